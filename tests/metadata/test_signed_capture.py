"""What sound credentials date: a listed time-stamp limits the age, signed tags claim time and place of capture."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

pytest.importorskip("c2pa", reason="c2pa-python is not installed: pip install 'provenance-desk[c2pa]'")
pytest.importorskip("cryptography", reason="cryptography is not installed")

from benchmarks.credentials.attacks import as_image, picture
from benchmarks.credentials.minting import Authority, authority, sign, time_stamps
from provenance.findings.strength import sort_evidence
from provenance.metadata.credentials.check import check
from provenance.model.context import Context, TrustAnchors
from provenance.model.evidence import Bound, BoundKind, Claim, Evidence
from provenance.model.outcome import Ran
from provenance.model.source import Grade

TAGS = {
    "label": "cawg.metadata",
    "data": {
        "@context": {"exif": "http://ns.adobe.com/exif/1.0/"},
        "exif:DateTimeOriginal": "2026-03-04T15:42:10+02:00",
        "exif:GPSLatitude": "50,27.0412N",
        "exif:GPSLongitude": "30,31.2037E",
    },
}


@pytest.fixture(scope="module")
def root() -> Authority:
    return authority()


@pytest.fixture(scope="module")
def stamps(root: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    with time_stamps(root, tmp_path_factory.mktemp("stamps")) as address:
        yield address


def told(data: bytes, root: Authority) -> list[Evidence]:
    context = Context(now=datetime.now(UTC), anchors=(TrustAnchors(name="bench.pem", pem=root.pem),))
    outcome = check(as_image(data), context)
    assert isinstance(outcome, Ran)
    return list(outcome.evidence)


def claims(items: list[Evidence]) -> list[Claim]:
    return [item for item in items if isinstance(item, Claim)]


def bounds(items: list[Evidence]) -> list[Bound]:
    return [item for item in items if isinstance(item, Bound)]


def test_a_listed_time_stamp_is_a_hard_limit(root: Authority, stamps: str) -> None:
    items = told(sign(picture("jpg", 3), "image/jpeg", root.signer(), stamps=stamps), root)
    (bound,) = bounds(items)
    assert bound.bound is BoundKind.SIGNED and bound.time is not None and bound.time.earliest is None
    assert bound.time.latest is not None
    assert abs(bound.time.latest - datetime.now(UTC)) < timedelta(minutes=5)
    assert [item.hard for item in sort_evidence(items).times] == [True]


def test_without_a_time_stamp_nobody_but_the_signer_says_when(root: Authority) -> None:
    assert bounds(told(sign(picture("jpg", 3), "image/jpeg", root.signer()), root)) == []


def test_a_time_stamp_by_an_unlisted_authority_limits_nothing(root: Authority, stamps: str) -> None:
    signed = sign(picture("jpg", 3), "image/jpeg", root.signer(), stamps=stamps)
    assert bounds(told(signed, authority("Another Root"))) == []


def test_a_time_stamp_of_other_bytes_limits_nothing(root: Authority, stamps: str) -> None:
    signed = bytearray(sign(picture("jpg", 3), "image/jpeg", root.signer(), stamps=stamps))
    signed[-100] ^= 1
    items = told(bytes(signed), root)
    assert bounds(items) == [] and claims(items) == []


def test_signed_tags_of_a_listed_signer_claim_time_and_place_at_b2(root: Authority) -> None:
    items = claims(told(sign(picture("jpg", 3), "image/jpeg", root.signer(), assertions=(TAGS,)), root))
    (time,) = (item for item in items if item.time is not None)
    (place,) = (item for item in items if item.place is not None)
    assert time.time is not None and time.time.earliest == datetime(2026, 3, 4, 13, 42, 10, tzinfo=UTC)
    assert place.place is not None and place.place.lat_deg == pytest.approx(50.450687, abs=1e-5)
    assert {item.grade for item in items} == {Grade("B", 2)}
    assert all("Bench Camera" in item.by and not item.defeaters for item in items)
    assert len(sort_evidence(items).asides) == 0


def test_signed_tags_of_an_unlisted_signer_are_set_aside_with_the_reason(root: Authority) -> None:
    stranger = authority("Another Root").signer(name="Famous Camera")
    items = claims(told(sign(picture("jpg", 3), "image/jpeg", stranger, assertions=(TAGS,)), root))
    assert len(items) == 2
    assert {aside.reason for aside in sort_evidence(items).asides} == {
        "the signer is on no list that was asked, so anybody may have signed it"
    }
    assert not any("Famous Camera" in item.by for item in items)


def test_an_edit_claims_no_capture_of_its_own(root: Authority) -> None:
    first = sign(picture("jpg", 3), "image/jpeg", root.signer())
    edit = sign(picture("jpg", 3), "image/jpeg", root.signer(), parent=first, assertions=(TAGS,))
    assert claims(told(edit, root)) == []
