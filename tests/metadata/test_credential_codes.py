"""Status codes into states, and what a hash leaves out, on readings written by hand: what no library signs for us."""

import base64
import hashlib
import io
from types import SimpleNamespace
from typing import Any

import PIL.Image
import pytest

from provenance.metadata.credentials.binding import binding
from provenance.metadata.credentials.codes import state
from provenance.metadata.credentials.formats import TIFFS
from provenance.metadata.credentials.library import Reading
from provenance.metadata.credentials.lists import TrustList
from provenance.metadata.credentials.signings import stamp
from provenance.model.credentials import CredentialState as State

LAYOUT = "data hash exclusion does not match the manifest location in the asset"
LIST = TrustList(name="a list", anchors="")


def reading(*failed: tuple[str, str], deltas: tuple[str, ...] = (), listed: bool = False, **store: Any) -> Reading:
    succeeded = [{"code": "claimSignature.validated", "url": "", "explanation": ""}]
    if listed:
        succeeded.append({"code": "signingCredential.trusted", "url": "", "explanation": "found in [system_anchors]"})
    results = {
        "activeManifest": {
            "success": succeeded,
            "failure": [{"code": code, "url": "", "explanation": words} for code, words in failed],
        },
        "ingredientDeltas": [
            {"ingredientAssertionURI": "u", "validationDeltas": {"failure": [{"code": code} for code in deltas]}}
        ],
    }
    return Reading(
        trust_list=LIST, active="m", manifests={"m": {"claim": {}, "assertion_store": store}}, results=results
    )


@pytest.mark.parametrize(
    ("failed", "recomputed", "expected"),
    [
        ([], None, State.TRUSTED),
        (["signingCredential.untrusted"], None, State.VALID_UNTRUSTED),
        (["signingCredential.invalid"], None, State.VALID_UNTRUSTED),
        (["signingCredential.ocsp.revoked"], None, State.VALID_UNTRUSTED),
        (["signingCredential.expired"], None, State.EXPIRED_UNPROVEN_TIME),
        (["claimSignature.outsideValidity"], None, State.EXPIRED_UNPROVEN_TIME),
        (["signingCredential.expired", "assertion.dataHash.mismatch"], None, State.CONTENT_CHANGED),
        (["assertion.bmffHash.mismatch"], None, State.CONTENT_CHANGED),
        (["assertion.boxesHash.mismatch", "assertion.hashedURI.mismatch"], None, State.CONTENT_CHANGED),
        (["assertion.hashedURI.mismatch"], None, State.MANIFEST_DAMAGED),
        (["claimSignature.mismatch", "assertion.dataHash.mismatch"], None, State.MANIFEST_DAMAGED),
        (["assertion.undeclared"], None, State.MANIFEST_DAMAGED),
        (["something.unheard.of"], None, State.UNREADABLE),
        (["general.error"], None, State.UNREADABLE),
        (["assertion.inaccessible"], None, State.UNREADABLE),
        (["manifest.inaccessible"], None, State.UNREADABLE),
        (["assertion.externalReference.inaccessible"], None, State.UNREADABLE),
        (["assertion.dataHash.malformed"], None, State.UNREADABLE),
        (["something.unheard.of", "assertion.dataHash.mismatch"], None, State.CONTENT_CHANGED),
        (["hashedURI.missing"], None, State.MANIFEST_DAMAGED),
        (["assertion.outsideManifest"], None, State.MANIFEST_DAMAGED),
        (["ingredient.manifest.missing"], None, State.MANIFEST_DAMAGED),
        (["claim.multiple"], None, State.MANIFEST_DAMAGED),
        (["cawg.identity.unknown", "timeStamp.mismatch"], None, State.TRUSTED),
        (["assertion.action.malformed"], None, State.UNREADABLE),
        (["manifest.multipleParents", "assertion.hashedURI.mismatch"], None, State.MANIFEST_DAMAGED),
    ],
)
def test_codes_are_read_as_what_they_say(failed: list[str], recomputed: bool | None, expected: State) -> None:
    told = state(reading(*((code, "") for code in failed), listed=True), recomputed=recomputed)
    assert told is expected


@pytest.mark.parametrize(
    ("words", "recomputed", "expected"),
    [
        (LAYOUT, True, State.LAYOUT_NONCONFORMING),
        (LAYOUT, False, State.CONTENT_CHANGED),
        (LAYOUT, None, State.CONTENT_CHANGED),
        ("hashes do not match", True, State.CONTENT_CHANGED),
    ],
)
def test_an_objection_to_the_layout_counts_only_with_our_own_match(
    words: str, recomputed: bool | None, expected: State
) -> None:
    assert state(reading(("assertion.dataHash.mismatch", words)), recomputed=recomputed) is expected


def test_a_claim_whose_signature_was_not_validated_is_damaged_whatever_else_is_said() -> None:
    empty = Reading(
        trust_list=LIST, active="m", manifests={}, results={"activeManifest": {"success": [], "failure": []}}
    )
    assert state(empty, recomputed=None) is State.MANIFEST_DAMAGED


def test_what_fails_of_an_ingredient_only_now_was_changed_after_signing() -> None:
    assert (
        state(reading(deltas=("ingredient.manifest.mismatch",), listed=True), recomputed=None) is State.MANIFEST_DAMAGED
    )
    assert state(reading(deltas=("signingCredential.untrusted",), listed=True), recomputed=None) is State.TRUSTED


def data_hash(data: bytes, *ranges: tuple[int, int], algorithm: str = "sha256") -> dict[str, object]:
    kept, at = b"", 0
    for start, length in ranges:
        kept, at = kept + data[at:start], start + length
    digest = hashlib.new(algorithm, kept + data[at:]).digest()
    exclusions = [{"start": start, "length": length} for start, length in ranges]
    return {"exclusions": exclusions, "alg": algorithm, "hash": base64.b64encode(digest).decode()}


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_a_hash_that_leaves_the_tags_out_is_told(make: SimpleNamespace, algorithm: str) -> None:
    exif = make.tiff({"ifd0": {0x010F: make.ascii("Maker")}})
    described = b"jumd" + bytes.fromhex("6332706100110010800000AA00389B71") + b"\3c2pa\0"
    box = (len(described) + 12).to_bytes(4, "big") + b"jumb" + (len(described) + 4).to_bytes(4, "big") + described
    store = make.segment(0xEB, b"JP\0\1\0\0\0\1" + box)
    image = make.image(make.jpeg(make.segment(0xE1, b"Exif\0\0" + exif), store))
    end = 2 + len(exif) + 10 + len(store)
    named = {"c2pa.hash.data": data_hash(image.data, (0, end), algorithm=algorithm)}
    told = binding(image, reading(**named))
    assert (told.recomputed, told.metadata_outside, told.picture_outside) == (True, True, False)
    assert told.unbound_bytes > len(exif)


def test_a_hash_that_leaves_picture_data_out_is_told(make: SimpleNamespace) -> None:
    image = make.image(make.jpeg())
    whole = {"c2pa.hash.data": data_hash(image.data, (0, len(image.data)))}
    told = binding(image, reading(**whole))
    assert told.recomputed and told.picture_outside


@pytest.mark.parametrize(
    "exclusions",
    [
        [{"start": 0, "length": 10**9}],
        [{"start": -1, "length": 4}],
        [{"start": 0, "length": 9}, {"start": 4, "length": 9}],
        [{"start": "0", "length": 1}],
        [7],
    ],
)
def test_ranges_that_cannot_be_are_not_computed(make: SimpleNamespace, exclusions: list[object]) -> None:
    named = {"c2pa.hash.data": {"exclusions": exclusions, "alg": "sha256", "hash": "AA=="}}
    assert binding(make.image(make.jpeg()), reading(**named)).recomputed is None


@pytest.mark.parametrize(
    ("paths", "metadata", "picture"),
    [
        (("/ftyp", "/mfra", "/free", "/skip"), False, False),
        (("/ftyp", "/meta"), True, True),
        (("/meta/idat",), True, True),
        (("/meta/iprp",), True, True),
        (("//mdat",), True, True),
        (("/moov",), True, True),
        (("/mdat",), True, True),
        (("/uuid",), True, False),
    ],
)
def test_what_a_bmff_hash_leaves_out(
    make: SimpleNamespace, paths: tuple[str, ...], metadata: bool, picture: bool
) -> None:
    named = {"c2pa.hash.bmff.v2": {"exclusions": [{"xpath": path} for path in paths], "hash": "AA=="}}
    told = binding(make.image(make.jpeg()), reading(**named))
    assert (told.metadata_outside, told.picture_outside) == (metadata, picture)


@pytest.mark.parametrize(
    ("names", "metadata", "picture"),
    [
        (["C2PA"], False, False),
        (["APP1"], True, False),
        (["APP2"], True, True),
        (["SOS"], True, True),
        (["IDAT"], True, True),
        (7, True, True),
    ],
)
def test_what_a_hash_of_boxes_leaves_out(make: SimpleNamespace, names: object, metadata: bool, picture: bool) -> None:
    boxes = [{"names": names, "excluded": True}, {"names": ["DQT"]}]
    told = binding(make.image(make.jpeg()), reading(**{"c2pa.hash.boxes": {"boxes": boxes}}))
    assert (told.metadata_outside, told.picture_outside) == (metadata, picture)


def test_a_colour_profile_is_part_of_the_picture(make: SimpleNamespace) -> None:
    profile = make.segment(0xE2, b"ICC_PROFILE\0\1\1" + bytes(200))
    image = make.image(make.jpeg(profile))
    named = {"c2pa.hash.data": data_hash(image.data, (2, len(profile)))}
    assert binding(image, reading(**named)).picture_outside


@pytest.mark.parametrize("tags", [{}, {0xC612: b"\1\4\0\0"}], ids=["tiff", "dng"])
@pytest.mark.parametrize(("left_out", "outside"), [(0, False), (16, False), (17, True), (400, True)])
def test_what_a_hash_of_a_tiff_leaves_out_may_be_the_picture(
    make: SimpleNamespace, tags: dict[int, bytes], left_out: int, outside: bool
) -> None:
    """Its tags and its pixels are one block to us, so nothing of it is known to be mere description."""
    out = io.BytesIO()
    PIL.Image.new("RGB", (16, 16), "red").save(out, "TIFF", tiffinfo={0x010F: "Maker", **tags})
    image = make.image(out.getvalue())
    assert image.structure.media_type in TIFFS
    named = {"c2pa.hash.data": data_hash(image.data, (100, left_out))}
    told = binding(image, reading(**named))
    assert (told.recomputed, told.unbound_bytes) == (True, left_out)
    assert (told.metadata_outside, told.picture_outside) == (outside, outside)


def test_where_nobody_walks_an_objection_to_the_layout_may_be_about_the_picture(make: SimpleNamespace) -> None:
    data = b"<svg xmlns='http://www.w3.org/2000/svg'/><!-- c2pa. -->"
    image = make.image(data)
    named = {"c2pa.hash.data": data_hash(data, (0, len(data)))}
    assert binding(image, reading(**named), layout=True).picture_outside
    assert not binding(image, reading(**named)).picture_outside


def test_of_two_hashes_none_is_recomputed_in_whatever_order_they_come(make: SimpleNamespace) -> None:
    image = make.image(make.jpeg())
    strict, lax = data_hash(image.data), data_hash(image.data, (0, len(image.data)))
    for names in (("c2pa.hash.data", "c2pa.hash.data__1"), ("c2pa.hash.data__1", "c2pa.hash.data")):
        told = binding(image, reading(**dict(zip(names, (strict, lax), strict=True))))
        assert told.recomputed is None and told.picture_outside


def under(name: str, *failed: str, listed: bool = False, stamp: str = "") -> Reading:
    told = reading(*((code, "") for code in failed), listed=listed)
    if stamp:
        told.results["activeManifest"]["success"].append(
            {"code": "timeStamp.trusted", "url": "", "explanation": f"timestamp cert trusted: {stamp}"}
        )
    return Reading(
        trust_list=TrustList(name=name, anchors=""), active="m", manifests=told.manifests, results=told.results
    )


def test_the_report_rests_on_the_list_that_vouches(make: SimpleNamespace) -> None:
    from provenance.metadata.credentials.check import _best

    refused = under("a", "signingCredential.ocsp.revoked", "signingCredential.untrusted")
    vouching = under("b", "signingCredential.ocsp.revoked", listed=True)
    told = [(each, state(each, recomputed=None)) for each in (refused, vouching)]
    assert _best(told) == (vouching, State.VALID_UNTRUSTED)
    expired = under("c", "signingCredential.expired", listed=True)
    told = [(each, state(each, recomputed=None)) for each in (under("a", "signingCredential.untrusted"), expired)]
    assert _best(told) == (expired, State.EXPIRED_UNPROVEN_TIME)
    unlisted = under("c", "signingCredential.expired", "signingCredential.untrusted")
    told = [(each, state(each, recomputed=None)) for each in (unlisted, under("a", "signingCredential.untrusted"))]
    assert _best(told)[1] is State.VALID_UNTRUSTED
    timed = under("b", "signingCredential.untrusted", stamp="T, trust list: user_anchors")
    told = [(each, state(each, recomputed=None)) for each in (under("a", "signingCredential.untrusted"), timed)]
    assert _best(told) == (timed, State.VALID_UNTRUSTED)


@pytest.mark.parametrize(
    ("words", "added", "expected"),
    [
        ("T, trust list: user_anchors", False, ("T", True, False)),
        ("T, trust list: system_anchors", False, ("T", False, True)),
        ("T, trust list: system_anchors", True, ("T", True, False)),
        (
            "T, trust list: user_anchors, trust list: system_anchors",
            False,
            ("T, trust list: user_anchors", False, True),
        ),
        ("T", False, ("T", False, False)),
    ],
)
def test_which_list_vouches_for_a_time(words: str, added: bool, expected: tuple[str, bool, bool]) -> None:
    results = under("a", stamp=words).results["activeManifest"]
    assert stamp(results, TrustList(name="a", anchors="", added=added)) == expected
    assert stamp(results, None) == (expected[0], False, False)
