"""What the structure tells of credentials, with and without the library: presence and generator, never validity."""

from types import SimpleNamespace

import pytest

from provenance.metadata.credentials import check as credentials
from provenance.metadata.credentials import library, presence
from provenance.model.context import Context
from provenance.model.credentials import Credential, CredentialState
from provenance.model.evidence import Fact, Trace
from provenance.model.limits import Limits
from provenance.model.outcome import Ran, Skipped

C2PA_TYPE = bytes.fromhex("6332706100110010800000AA00389B71")


def box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def superbox(label: bytes, *contents: bytes) -> bytes:
    return box(b"jumb", box(b"jumd", C2PA_TYPE + b"\3" + label + b"\0") + b"".join(contents))


def text(value: str) -> bytes:
    assert len(value) < 24
    return bytes([0x60 + len(value)]) + value.encode()


def claim(label: bytes, cbor: bytes) -> bytes:
    return superbox(label, box(b"cbor", cbor))


def first_version(generator: str) -> bytes:
    return superbox(b"urn:1", claim(b"c2pa.claim", b"\xa1" + text("claim_generator") + text(generator)))


def second_version(name: str, version: str) -> bytes:
    info = b"\xa2" + text("name") + text(name) + text("version") + text(version)
    # A map of open length, as some writers have it (RFC 8949, section 3.2.1).
    return superbox(b"urn:2", claim(b"c2pa.claim.v2", b"\xbf" + text("claim_generator_info") + info + b"\xff"))


def with_store(make: SimpleNamespace, *manifests: bytes) -> bytes:
    store = superbox(b"c2pa", *manifests)
    return make.jpeg(make.segment(0xEB, b"JP\0\1\0\0\0\1" + store))  # type: ignore[no-any-return]


def with_xmp(make: SimpleNamespace, body: str) -> bytes:
    packet = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:dcterms="http://purl.org/dc/terms/" {body}/></rdf:RDF>'
    ).encode()
    return make.jpeg(make.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet))  # type: ignore[no-any-return]


def test_an_embedded_store_is_a_trace_that_says_nothing_of_validity(make: SimpleNamespace, context: Context) -> None:
    outcome = presence.check(make.image(with_store(make)), context)
    assert isinstance(outcome, Ran)
    (trace,) = outcome.evidence
    assert isinstance(trace, Trace)
    assert trace.topic == "credentials"
    assert "embedded manifest store" in trace.value
    assert trace.limits[0] == presence.UNVALIDATED
    assert not trace.alters


def test_the_generators_are_told_of_each_manifest_and_the_last_one_is_active(
    make: SimpleNamespace, context: Context
) -> None:
    data = with_store(make, first_version("Camera 1.0"), second_version("Editor", "2.1"))
    outcome = presence.check(make.image(data), context)
    assert isinstance(outcome, Ran)
    told = {item.key: item.normal for item in outcome.evidence if isinstance(item, Fact)}
    assert told == {"c2pa.generator.earlier": "Camera 1.0", "c2pa.generator": "Editor 2.1"}


def test_a_png_store_is_found_by_its_chunk(make: SimpleNamespace, context: Context) -> None:
    outcome = presence.check(make.image(make.png((b"caBX", superbox(b"c2pa")))), context)
    assert isinstance(outcome, Ran) and len(outcome.evidence) == 1


@pytest.mark.parametrize(
    "body",
    [
        'dcterms:provenance="https&#58;//a.example/b"',
        'xmlns:t="http://purl.org/dc/terms/" t:provenance = "https://a.example/b"',
    ],
)
def test_a_remote_reference_is_read_as_xml_has_it(make: SimpleNamespace, body: str) -> None:
    assert presence.remote_hosts(make.image(with_xmp(make, body)), Limits()) == ["a.example"]


def test_a_remote_reference_names_its_host_and_is_not_fetched(make: SimpleNamespace, context: Context) -> None:
    data = with_xmp(make, 'dcterms:provenance="https://cai-manifests.example.org/a?secret=1"')
    outcome = presence.check(make.image(data), context)
    assert isinstance(outcome, Ran)
    (trace,) = outcome.evidence
    assert isinstance(trace, Trace)
    assert trace.value == "remote manifest store at cai-manifests.example.org"


@pytest.mark.parametrize("reference", ["self#jumbf=/c2pa/urn:uuid:1", "https://[broken", "ftp://a.example/b"])
def test_other_references_name_no_host(make: SimpleNamespace, context: Context, reference: str) -> None:
    outcome = presence.check(make.image(with_xmp(make, f'dcterms:provenance="{reference}"')), context)
    assert isinstance(outcome, Ran) and outcome.evidence == ()


@pytest.mark.parametrize("check", [presence.check, credentials.check])
def test_nothing_found_is_a_statement_about_the_file(
    make: SimpleNamespace, context: Context, check: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "installed", lambda: False)
    outcome = check(make.image(make.jpeg()), context)  # type: ignore[operator]
    assert isinstance(outcome, Ran)
    assert outcome.evidence == ()
    assert outcome.note.startswith("no C2PA manifest store in the file's structure")


@pytest.mark.parametrize("check", [presence.check, credentials.check])
def test_a_type_without_a_walker_is_not_checked(make: SimpleNamespace, context: Context, check: object) -> None:
    assert isinstance(check(make.image(b"no picture at all"), context), Skipped)  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["embedded", "remote", "cut short"])
def test_without_the_library_a_store_is_not_checked_and_never_none(
    make: SimpleNamespace, context: Context, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(library, "installed", lambda: False)
    data = {
        "embedded": with_store(make),
        "remote": with_xmp(make, 'dcterms:provenance="https://a.example/b"'),
        "cut short": make.jpeg()[:-20],
    }[kind]
    outcome = credentials.check(make.image(data), context)
    assert isinstance(outcome, Skipped)
    assert outcome.reason == "c2pa is not installed"
    assert outcome.remedy == "pip install 'provenance-desk[c2pa]'"


def test_a_store_beyond_the_limit_is_not_handed_to_the_library(
    make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "read", lambda *_: pytest.fail("the library was asked"))
    from datetime import UTC, datetime

    strict = Context(now=datetime(2026, 11, 23, tzinfo=UTC), limits=Limits(credential_bytes=8))
    outcome = credentials.check(make.image(with_store(make)), strict)
    assert isinstance(outcome, Ran)
    (item,) = outcome.evidence
    assert isinstance(item, Credential)
    assert item.state is CredentialState.UNREADABLE
    assert "larger than the limit" in item.reason


def test_a_tiff_with_a_directory_of_thousands_is_not_handed_to_the_library(
    make: SimpleNamespace, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("c2pa")
    monkeypatch.setattr(library, "ask", lambda *_: pytest.fail("the library was asked"))
    data = b"II*\0\x08\0\0\0" + (6000).to_bytes(2, "little") + bytes(5999 * 12)  # cut short
    outcome = credentials.check(make.image(data), context)
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    assert isinstance(found, Credential) and found.state is CredentialState.UNREADABLE
    assert "6,000 entries" in found.reason
