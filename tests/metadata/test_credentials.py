"""The check "credentials": presence by structure, never a word on validity."""

from types import SimpleNamespace

import pytest

from provenance.metadata.credentials.check import check
from provenance.metadata.xmp.packet import DUBLIN_CORE_TERMS
from provenance.model.context import Context
from provenance.model.evidence import Trace
from provenance.model.outcome import Ran, Skipped

C2PA_TYPE = bytes.fromhex("6332706100110010800000AA00389B71")


def jumbf_store() -> bytes:
    description = C2PA_TYPE + b"\3c2pa\0"
    described = (8 + len(description)).to_bytes(4, "big") + b"jumd" + description
    return (8 + len(described)).to_bytes(4, "big") + b"jumb" + described


def with_xmp(make: SimpleNamespace, body: str) -> bytes:
    packet = f'<x:xmpmeta xmlns:dcterms="{DUBLIN_CORE_TERMS}" {body}/>'.encode()
    return make.jpeg(make.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet))  # type: ignore[no-any-return]


def test_an_embedded_store_is_a_trace_that_says_it_was_not_validated(make: SimpleNamespace, context: Context) -> None:
    data = make.jpeg(make.segment(0xEB, b"JP\0\1\0\0\0\1" + jumbf_store()))
    outcome = check(make.image(data), context)
    assert isinstance(outcome, Ran)
    (trace,) = outcome.evidence
    assert isinstance(trace, Trace)
    assert trace.topic == "credentials"
    assert "embedded manifest store" in trace.value
    assert trace.limits[0] == "Not validated: this version reads no signatures."
    assert not trace.alters


def test_a_png_store_is_found_by_its_chunk(make: SimpleNamespace, context: Context) -> None:
    outcome = check(make.image(make.png((b"caBX", jumbf_store()))), context)
    assert isinstance(outcome, Ran) and len(outcome.evidence) == 1


def test_a_remote_reference_names_its_host_and_is_not_fetched(make: SimpleNamespace, context: Context) -> None:
    data = with_xmp(make, 'dcterms:provenance="https://cai-manifests.example.org/a?secret=1"')
    outcome = check(make.image(data), context)
    assert isinstance(outcome, Ran)
    (trace,) = outcome.evidence
    assert isinstance(trace, Trace)
    assert trace.value == "remote manifest store at cai-manifests.example.org"


@pytest.mark.parametrize("reference", ["self#jumbf=/c2pa/urn:uuid:1", "https://[broken", "ftp://a.example/b"])
def test_other_references_name_no_host(make: SimpleNamespace, context: Context, reference: str) -> None:
    outcome = check(make.image(with_xmp(make, f'dcterms:provenance="{reference}"')), context)
    assert isinstance(outcome, Ran) and outcome.evidence == ()


def test_nothing_found_is_a_statement_about_the_file(make: SimpleNamespace, context: Context) -> None:
    outcome = check(make.image(make.jpeg()), context)
    assert isinstance(outcome, Ran)
    assert outcome.evidence == ()
    assert outcome.note.startswith("no C2PA manifest store in the file's structure")


def test_a_type_without_a_walker_is_not_checked(make: SimpleNamespace, context: Context) -> None:
    assert isinstance(check(make.image(b"no picture at all"), context), Skipped)
