"""States and flags of pictures signed in the test itself: certificates run out, so none is kept as a file."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import PIL.Image
import pytest

pytest.importorskip("c2pa", reason="c2pa-python is not installed: pip install 'provenance-desk[c2pa]'")
pytest.importorskip("cryptography", reason="cryptography is not installed")

from benchmarks.credentials import attacks
from benchmarks.credentials.attacks import Case, as_image, picture
from benchmarks.credentials.minting import Authority, authority, sign, time_stamps
from provenance.findings.credentials import opening, sentences
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load
from provenance.metadata.credentials import apart, library, lists
from provenance.metadata.credentials.check import check
from provenance.metadata.credentials.codes import state
from provenance.metadata.credentials.library import NoReading, Reading
from provenance.model.context import Context, TrustAnchors
from provenance.model.credentials import Credential, CredentialFlag, CredentialState
from provenance.model.limits import Limits
from provenance.model.outcome import Ran, Skipped
from tests.loopback import Quiet, served

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "corpora" / "c2pa"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FORMATS = ("jpg", "png", "webp", "tif")


@pytest.fixture(scope="module")
def root() -> Authority:
    return authority()


@pytest.fixture(scope="module")
def told(root: Authority) -> Callable[[bytes], Credential | None]:
    """The Credential of a file, the test's own root being the desk's added list."""
    context = Context(now=NOW, anchors=(TrustAnchors(name="bench.pem", pem=root.pem),))

    def of(data: bytes) -> Credential | None:
        outcome = check(as_image(data), context)
        assert isinstance(outcome, Ran)
        return next((item for item in outcome.evidence if isinstance(item, Credential)), None)

    return of


@pytest.fixture(scope="module")
def made(root: Authority, tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """Every attack on a JPEG and a PNG."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    with time_stamps(root, tmp_path_factory.mktemp("stamps")) as address:
        return [case for suffix in ("jpg", "png") for case in attacks.of_format(root, address, suffix, 7)]


Told = Callable[[bytes], Credential | None]


def test_every_attack_is_told_as_what_it_is(made: list[Case], told: Told) -> None:
    assert len(made) >= 55
    wrong = []
    for case in made:
        found = told(case.data)
        kind = found.state.value if found else "none"
        flags = tuple(sorted(flag.value for flag in found.flags)) if found else ()
        if kind not in case.states or (kind == "trusted" and flags != case.flags):
            wrong.append((case.attack, case.suffix, kind, flags))
    assert not wrong


def test_a_laundered_picture_names_the_ancestor_and_what_failed(made: list[Case], told: Told) -> None:
    twice = next(case for case in made if case.attack == "and signed once more")
    found = told(twice.data)
    assert found is not None
    assert [ancestor.depth for ancestor in found.ancestors] == [1, 2]
    assert found.ancestors[1].failures == ("assertion.dataHash.mismatch",)
    assert found.ancestors[1].imported_by == "Bench Camera"


def test_a_time_stamp_names_its_authority_and_whether_it_is_listed(made: list[Case], told: Told) -> None:
    found = told(next(case.data for case in made if case.attack == "untouched"))
    assert found is not None and found.active is not None
    assert (found.active.time_by, found.active.time_listed) == ("Bench Time Stamps", True)
    bare = told(next(case.data for case in made if case.attack == "untouched, no time-stamp"))
    assert bare is not None and bare.active is not None
    assert bare.active.time_by == ""


def test_the_end_of_a_certificate_that_ran_out_is_told(made: list[Case], told: Told) -> None:
    found = told(next(case.data for case in made if case.attack == "certificate ran out"))
    assert found is not None
    assert datetime.fromisoformat(found.expired) < datetime.now(UTC)


def test_every_list_is_named_with_digest_and_date_and_only_one_vouches(root: Authority, told: Told) -> None:
    found = told(sign(picture("jpg", 3), "image/jpeg", root.signer()))
    assert found is not None
    assert [each.name for each in found.lists] == [lists.OFFICIAL, lists.INTERIM, "added list bench.pem", lists.STAMPS]
    assert [each.vouches for each in found.lists] == [False, False, True, False]
    assert all(len(each.sha256) == 64 for each in found.lists)
    assert found.lists[0].issued == "2026-08-05"


def test_who_vouches_for_times_vouches_for_no_signer(
    root: Authority, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signer under an authority for time-stamps is not on the list of signers."""
    stamps = lists.TrustList(name="stamps", anchors=root.pem)
    monkeypatch.setattr(library, "stamps", lambda: stamps)
    library._library.cache_clear()
    try:
        data = sign(picture("jpg", 3), "image/jpeg", root.signer())
        reading = library.read(data, "image/jpeg", lists.shipped()[0], Limits(), 60.0)
        assert isinstance(reading, Reading)
        assert state(reading, recomputed=None) is CredentialState.VALID_UNTRUSTED
    finally:
        library._library.cache_clear()


def test_a_list_that_is_no_list_takes_nothing_from_the_others(root: Authority) -> None:
    context = Context(now=NOW, anchors=(TrustAnchors(name="broken.pem", pem="no certificate"),))
    outcome = check(as_image(sign(picture("png", 3), "image/png", root.signer())), context)
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    assert isinstance(found, Credential)
    assert found.state is CredentialState.VALID_UNTRUSTED


def test_a_list_past_its_next_update_says_so(root: Authority) -> None:
    data = sign(picture("jpg", 3), "image/jpeg", root.signer())
    for year, late in ((2026, 0), (2028, 2)):
        outcome = check(as_image(data), Context(now=datetime(year, 11, 23, tzinfo=UTC)))
        assert isinstance(outcome, Ran)
        assert sum("was to be replaced by 2027-08-05" in text for text in outcome.evidence[0].limits) == late


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_host_that_a_picture_names_is_asked(suffix: str, root: Authority, told: Told) -> None:
    """A real server stands at the address that the picture names; nobody calls."""
    asked: list[str] = []

    class Trap(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with served(Trap) as port:
        address = f"http://127.0.0.1:{port}/manifest.c2pa"
        kind = {"jpg": "image/jpeg", "tif": "image/tiff"}.get(suffix, f"image/{suffix}")
        found = told(sign(picture(suffix, 3), kind, root.signer(), remote=address))
        time.sleep(0.2)
    assert found is not None
    assert (found.state, found.host) == (CredentialState.REMOTE_REFERENCE, "127.0.0.1")
    assert asked == []


def test_the_kernel_sees_no_internet_socket(root: Authority, tmp_path: Path) -> None:
    if (
        shutil.which("strace") is None
        or subprocess.run(["strace", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("strace is not on this machine, or may not trace")
    from benchmarks.credentials.sockets import internet_calls

    plain, kind, signer = picture("jpg", 3), "image/jpeg", root.signer()
    (tmp_path / "signed.jpg").write_bytes(sign(plain, kind, signer))
    (tmp_path / "named.jpg").write_bytes(sign(plain, kind, signer, remote="http://localhost:9/manifest.c2pa"))
    command = [sys.executable, "-m", "benchmarks.credentials.sockets", "--read", str(tmp_path)]
    opened, printed = internet_calls(command)
    assert "1 remote_reference" in printed and "1 valid_untrusted" in printed
    assert opened == []


@pytest.mark.parametrize("damage", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"<svg", b"\0\0\0\x18ftypmp42" * 40])
def test_whatever_the_library_makes_of_it_is_an_answer(damage: bytes) -> None:
    for kind in ("image/jpeg", "image/png", "image/svg+xml", "video/mp4", "image/nonsense"):
        answer = library.read(damage + b"jumb", kind, lists.shipped()[0], Limits(), 60.0)
        assert answer is None or isinstance(answer, NoReading)


def test_the_rest_of_a_store_that_nobody_finds_is_no_absence(root: Authority, told: Told) -> None:
    signed = sign(picture("jpg", 3), "image/jpeg", root.signer())
    at = as_image(signed).structure.blocks[1].offset_bytes
    hidden = signed[: at + 1] + b"\xea" + signed[at + 2 :]  # APP10 instead of APP11
    found = told(hidden)
    assert found is not None
    assert found.state is CredentialState.UNREADABLE


def test_a_deep_and_wide_chain_is_cut_at_the_limits(root: Authority) -> None:
    data = sign(picture("jpg", 3), "image/jpeg", root.signer())
    for _ in range(4):
        data = sign(data, "image/jpeg", root.signer(), parent=data)
    outcome = check(as_image(data), Context(now=NOW, limits=Limits(ancestors=2)))
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    assert isinstance(found, Credential)
    assert len(found.ancestors) == 2
    assert found.left_out == "2 are not listed: more than 2 in number"
    assert any(found.left_out in text for text in found.limits)
    assert "not every earlier version is listed" in opening(found)
    near = check(as_image(data), Context(now=NOW, limits=Limits(ancestor_depth=1)))
    assert isinstance(near, Ran) and isinstance(near.evidence[0], Credential)
    assert near.evidence[0].left_out == "3 are not listed: more than 1 generations back"


def test_the_thumbnail_of_a_manifest_is_a_hint_at_whose_it_is(root: Authority, tmp_path: Path) -> None:
    signed = sign((ROOT / "samples" / "stranger.jpg").read_bytes(), "image/jpeg", root.signer(), thumbnail=True)
    other = (ROOT / "samples" / "railcar_mirrored.jpg").read_bytes()
    stores = [block for block in as_image(signed).structure.blocks if block.kind == "c2pa"]
    start, end = stores[0].offset_bytes, stores[-1].offset_bytes + stores[-1].length_bytes
    moved = other[:2] + signed[start:end] + other[2:]
    alike = {}
    with Decoder() as decoder:
        for name, data in (("own", signed), ("moved", moved)):
            path = tmp_path / f"{name}.jpg"
            path.write_bytes(data)
            outcome = check(load(path, decoder, Limits()), Context(now=NOW))
            assert isinstance(outcome, Ran)
            (found,) = outcome.evidence
            assert isinstance(found, Credential)
            (likeness,) = found.likenesses
            alike[name] = (found.state, likeness.alike)
    assert alike == {
        "own": (CredentialState.VALID_UNTRUSTED, True),
        "moved": (CredentialState.CONTENT_CHANGED, False),
    }


@pytest.fixture
def files() -> Iterator[tuple[Path, dict[str, object]]]:
    if not SHARED.is_dir():
        pytest.skip("the corpus of signed pictures is not on this machine")
    known = json.loads((SHARED / "expected.json").read_text(encoding="utf-8"))["files"]
    return ((SHARED / "files" / name, entry) for name, entry in sorted(known.items()))


def test_public_files_have_the_state_that_is_known_of_them(files: Iterator[tuple[Path, dict[str, object]]]) -> None:
    pem = "".join((SHARED / "trust" / f"{name}.pem").read_text() for name in ("c2pa-test-anchors", "desk-test-root"))
    anchors, unhurried = (TrustAnchors(name="test.pem", pem=pem),), Limits(credential_wall_s=600)
    context = Context(now=NOW, anchors=anchors, limits=unhurried)
    sound = {"trusted", "valid_untrusted", "expired_unproven_time"}
    wrong = []
    for path, entry in files:
        outcome = check(as_image(path.read_bytes()), context)
        found = next(iter(outcome.evidence), None) if isinstance(outcome, Ran) else None
        kind = found.state.value if isinstance(found, Credential) else "none"
        flags = sorted(flag.value for flag in found.flags) if isinstance(found, Credential) else []
        # Certificates run out: a file that once was trusted may now have an unproven time, and nothing worse.
        ran_out = kind == "expired_unproven_time" and entry["state"] in sound
        if (kind != entry["state"] and not ran_out) or flags != entry["flags"]:
            wrong.append((path.name, kind, flags, entry["state"], entry["flags"]))
    assert not wrong


def test_flags_are_of_the_closed_set(told: Told, root: Authority) -> None:
    found = told(
        sign(picture("png", 3), "image/png", root.signer(), source_type="compositeWithTrainedAlgorithmicMedia")
    )
    assert found is not None and found.flags == (CredentialFlag.AI_DECLARED,)


def _many(number: int) -> tuple[dict[str, object], ...]:
    return tuple({"label": f"org.example.a{each}", "data": {"a": each}} for each in range(number))


def test_a_store_of_more_assertions_than_the_limit_is_not_handed_to_the_library(
    root: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sign(picture("png", 3), "image/png", root.signer(), assertions=_many(30))
    monkeypatch.setattr(library, "read", lambda *_: pytest.fail("the library was asked"))
    outcome = check(as_image(data), Context(now=NOW, limits=Limits(credential_assertions=20)))
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    assert isinstance(found, Credential)
    assert (found.state, found.reason) == (
        CredentialState.UNREADABLE,
        "the store holds more assertions than the limit of 20",
    )


def test_a_store_of_more_manifests_than_the_limit_is_not_handed_to_the_library(root: Authority) -> None:
    data = sign(picture("jpg", 3), "image/jpeg", root.signer())
    for _ in range(3):
        data = sign(data, "image/jpeg", root.signer(), parent=data)
    for most, kind in ((3, CredentialState.UNREADABLE), (4, CredentialState.VALID_UNTRUSTED)):
        outcome = check(as_image(data), Context(now=NOW, limits=Limits(credential_manifests=most)))
        assert isinstance(outcome, Ran)
        (found,) = outcome.evidence
        assert isinstance(found, Credential)
        assert found.state is kind


def test_a_reading_that_takes_too_long_ends_the_validation(root: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    data, asked = sign(picture("jpg", 3), "image/jpeg", root.signer()), []
    over = threading.Event()

    def slow(*arguments: object) -> None:
        asked.append(arguments)
        over.wait(60)

    monkeypatch.setattr(library, "ask", slow)
    outcome = check(as_image(data), Context(now=NOW, limits=Limits(credential_wall_s=0.1)))
    over.set()
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    assert isinstance(found, Credential)
    assert (found.state, found.reason) == (CredentialState.UNREADABLE, "validation took longer than 0.1 s")
    assert len(asked) == 1


def test_a_large_store_is_read_in_a_process_that_ends_with_its_time(
    root: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sign(picture("jpg", 3), "image/jpeg", root.signer(), assertions=_many(1_800))
    image = as_image(data)
    assert apart.is_large(image)
    monkeypatch.setattr(library, "read", lambda *_: pytest.fail("it was read in this process"))
    anchors = (TrustAnchors(name="bench.pem", pem=root.pem),)
    started = time.monotonic()
    outcome = check(image, Context(now=NOW, anchors=anchors, limits=Limits(credential_wall_s=0.3)))
    assert isinstance(outcome, Ran) and isinstance(late := outcome.evidence[0], Credential)
    assert (late.state, late.reason) == (CredentialState.UNREADABLE, "validation took longer than 0.3 s")
    assert time.monotonic() - started < 20
    assert not running_children()
    outcome = check(image, Context(now=NOW, anchors=anchors, limits=Limits(credential_wall_s=120)))
    assert isinstance(outcome, Ran) and isinstance(found := outcome.evidence[0], Credential)
    assert found.state is CredentialState.TRUSTED


def running_children() -> list[str]:
    """Processes of this one that run the script of a reading."""
    path = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    numbers = path.read_text().split() if path.exists() else []
    lines = [Path(f"/proc/{number}/cmdline").read_bytes().decode("utf-8", "replace") for number in numbers]
    return [line for line in lines if "apart_child" in line]


@pytest.mark.parametrize("damage", ["cut", "flipped", "none"])
def test_a_reading_apart_says_what_a_reading_here_says(root: Authority, damage: str) -> None:
    data = sign(picture("png", 3), "image/png", root.signer())
    data = {"cut": data[: len(data) // 2], "flipped": data[:-40] + b"x" + data[-39:], "none": picture("png", 3)}[damage]
    for each in (*lists.shipped(), lists.added(TrustAnchors(name="bench.pem", pem=root.pem))):
        here = library.read(data, "image/png", each, Limits(), 60.0)
        there = apart.read(data, "image/png", each, Limits(), 60.0)
        assert type(here) is type(there)
        if isinstance(here, Reading) and isinstance(there, Reading):
            assert (here.active, here.manifests) == (there.active, there.manifests)
            assert state(here, recomputed=None) is state(there, recomputed=None)
        else:
            assert here == there


@pytest.mark.parametrize("fault", ["raises", "old", "foreign"])
def test_a_library_that_cannot_be_loaded_says_nothing_of_the_file(
    root: Authority, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    data = sign(picture("jpg", 3), "image/jpeg", root.signer())
    if fault == "old":
        monkeypatch.setattr(library, "distributed", lambda _: "0.12.1")
    else:
        foreign = types.ModuleType("c2pa")
        if fault == "raises":
            monkeypatch.setattr(foreign, "__getattr__", _no_native_part, raising=False)
        monkeypatch.setitem(sys.modules, "c2pa", foreign)
        monkeypatch.setattr(library, "installed", lambda: True)
    outcome = check(as_image(data), Context(now=NOW))
    assert isinstance(outcome, Skipped)
    assert outcome.reason.startswith("c2pa cannot be loaded: ")
    assert outcome.remedy == library.REMEDY


def _no_native_part(name: str) -> None:
    raise OSError("libc2pa_c.so: cannot open shared object file")


def test_a_folder_that_is_called_as_the_library_is_no_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "c2pa").mkdir()
    monkeypatch.delitem(sys.modules, "c2pa", raising=False)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert not library.installed()


def _laundered(root: Authority) -> bytes:
    """A picture whose credentials did not hold when it was signed again."""
    signed = sign(picture("jpg", 3), "image/jpeg", root.signer())
    bad = attacks._bits(signed, "jpg", 1)[0]
    return sign(bad, "image/jpeg", root.signer(), parent=bad)


def test_laundering_is_not_hidden_behind_many_generations_or_parts(root: Authority) -> None:
    deep = _laundered(root)
    for _ in range(4):
        deep = sign(deep, "image/jpeg", root.signer(), parent=deep)
    parts = tuple(picture("jpg", 9, size=(8, 8)) for _ in range(6))
    wide = sign(_laundered(root), "image/jpeg", root.signer(), parent=_laundered(root), parts=parts)
    for data, limits in ((deep, Limits(ancestor_depth=2)), (deep, Limits(ancestors=3)), (wide, Limits(ancestors=3))):
        outcome = check(as_image(data), Context(now=NOW, limits=limits))
        assert isinstance(outcome, Ran)
        (found,) = outcome.evidence
        assert isinstance(found, Credential)
        assert CredentialFlag.ANCESTOR_FAILED in found.flags
        assert ("assertion.dataHash.mismatch",) in [each.failures for each in found.ancestors]
        assert "an earlier version did not verify" in opening(found)


def test_a_model_declared_far_back_is_told(root: Authority) -> None:
    data = sign(picture("jpg", 3), "image/jpeg", root.signer(), source_type="trainedAlgorithmicMedia")
    for _ in range(4):
        data = sign(data, "image/jpeg", root.signer(), parent=data)
    outcome = check(as_image(data), Context(now=NOW, limits=Limits(ancestors=2)))
    assert isinstance(outcome, Ran) and isinstance(found := outcome.evidence[0], Credential)
    assert found.flags == (CredentialFlag.AI_DECLARED,)
    assert any(each.depth == 4 and each.signing.model for each in found.ancestors)


def test_an_importer_that_checked_nothing_is_told(root: Authority, told: Told) -> None:
    """The library of an importer can be told not to validate; then nothing failed, and nothing held."""
    signed = sign(picture("jpg", 3), "image/jpeg", root.signer())
    bad = attacks._bits(signed, "jpg", 1)[0]
    found = told(sign(bad, "image/jpeg", root.signer(), parent=bad, validate=False))
    assert found is not None and found.state is CredentialState.TRUSTED
    (ancestor,) = found.ancestors
    assert not ancestor.checked and not ancestor.failures
    assert "no check of an earlier version is recorded" in opening(found)
    assert any("was not recorded when" in each.text for each in sentences(found))
    honest = told(sign(signed, "image/jpeg", root.signer(), parent=signed))
    assert honest is not None and honest.ancestors[0].checked
    assert "recorded" not in opening(honest)


def test_a_part_that_a_model_made_does_not_make_the_picture_one(root: Authority, told: Told) -> None:
    model = sign(picture("jpg", 5), "image/jpeg", root.signer(), source_type="trainedAlgorithmicMedia")
    plain = sign(picture("jpg", 3), "image/jpeg", root.signer())
    for role, words in (("componentOf", "a part"), ("inputTo", "an input")):
        found = told(sign(plain, "image/jpeg", root.signer(), parent=plain, parts=(model,), role=role))
        assert found is not None and found.flags == (CredentialFlag.AI_DECLARED,)
        assert f"; {words} is declared as made by a model" in opening(found)
        assert any("whoever wrote that manifest" in each.text for each in sentences(found))
    own = told(model)
    assert own is not None and "; a generative model is declared" in opening(own)
    assert any("That is a statement of the signer." in each.text for each in sentences(own))


def test_an_old_claim_stamped_by_a_stranger_says_that_its_certificate_ran_out(root: Authority, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    with time_stamps(authority("Stranger"), tmp_path) as address:
        data = root.run_out(lambda brief: sign(picture("jpg", 3), "image/jpeg", brief, stamps=address, version=1))
    context = Context(now=datetime.now(UTC), anchors=(TrustAnchors(name="bench.pem", pem=root.pem),))
    outcome = check(as_image(data), context)
    assert isinstance(outcome, Ran) and isinstance(found := outcome.evidence[0], Credential)
    assert found.state is CredentialState.TRUSTED
    assert opening(found).endswith("; certificate ran out, time unproven")
    assert any("only a time-stamp that no list vouches for" in each.text for each in sentences(found))


def test_a_time_that_one_added_list_vouches_for_counts_under_another(root: Authority, tmp_path: Path) -> None:
    """The certificate ran out; one list names its signer, another the authority that stamped it before."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    stamper = authority("Another Root")
    with time_stamps(stamper, tmp_path) as address:
        data = root.run_out(lambda brief: sign(picture("jpg", 3), "image/jpeg", brief, stamps=address))
    names = [TrustAnchors(name=f"{name}.pem", pem=pem) for name, pem in (("a", root.pem), ("b", stamper.pem))]
    broken = TrustAnchors(name="c.pem", pem="-----BEGIN CERTIFICATE-----\nno certificate\n-----END CERTIFICATE-----\n")
    for anchors, expected, proven in (
        ((names[0], names[1]), CredentialState.TRUSTED, True),
        ((names[1], names[0]), CredentialState.TRUSTED, True),
        ((*names, broken), CredentialState.TRUSTED, True),
        ((names[0],), CredentialState.EXPIRED_UNPROVEN_TIME, False),
        ((names[1],), CredentialState.VALID_UNTRUSTED, True),
    ):
        outcome = check(as_image(data), Context(now=datetime.now(UTC), anchors=anchors))
        assert isinstance(outcome, Ran) and isinstance(found := outcome.evidence[0], Credential)
        assert (found.state, found.active is not None and found.active.time_listed) == (expected, proven), anchors
        assert [each.name for each in found.lists if each.vouches] == (
            ["added list a.pem"] if expected is CredentialState.TRUSTED else []
        )
        assert (found.expired == "") is proven


def test_a_stamp_in_an_earlier_version_is_the_importers_word(made: list[Case], told: Told) -> None:
    found = told(next(case.data for case in made if case.attack == "edited honestly"))
    assert found is not None
    (ancestor,) = found.ancestors
    assert (ancestor.signing.time_by, ancestor.signing.time_listed) == ("Bench Time Stamps", False)


def test_a_signed_raw_file_that_is_made_like_a_tiff_is_validated(root: Authority, told: Told) -> None:
    out = io.BytesIO()
    tags = {0x010F: "Leica Camera AG", 0xC612: b"\1\4\0\0"}  # DNGVersion
    PIL.Image.frombytes("RGB", (160, 120), random.Random(7).randbytes(57_600)).save(out, "TIFF", tiffinfo=tags)
    assert as_image(out.getvalue()).structure.media_type == "image/x-adobe-dng"
    assert told(out.getvalue()) is None
    signed = sign(out.getvalue(), "image/tiff", root.signer())
    assert as_image(signed).structure.media_type == "image/x-adobe-dng"
    whole = told(signed)
    assert whole is not None and whole.state is CredentialState.TRUSTED
    changed = bytearray(signed)
    changed[signed.index(out.getvalue()[-400:-300])] ^= 1
    other = told(bytes(changed))
    assert other is not None and other.state is CredentialState.CONTENT_CHANGED
