"""What a case keeps of that which went into a report."""

import hashlib
from types import SimpleNamespace

from provenance.case.givens import given
from provenance.metadata.credentials.lists import shipped
from provenance.model.claims_file import ClaimsFile
from provenance.model.context import TrustAnchors
from provenance.model.credentials import Credential, CredentialState, TrustListUsed
from provenance.model.source import Source, SourceKind

OFFICIAL = shipped()[0]
OWN = TrustAnchors(name="desk\u202e.pem", pem="-----BEGIN CERTIFICATE-----\n")


def reporting(*lists: TrustListUsed) -> SimpleNamespace:
    source = Source(kind=SourceKind.FILE, name="a file", origin="a file")
    item = Credential(source=source, method="m", statement="s", state=next(iter(CredentialState)), lists=lists)
    return SimpleNamespace(evidence=(item,))


def test_lists_are_kept_as_bytes_and_named_with_their_day() -> None:
    official = TrustListUsed(name=OFFICIAL.name, sha256=OFFICIAL.sha256, issued=OFFICIAL.issued)
    other = TrustListUsed(name="a list of another version", sha256="ab" * 32)
    found = given(reporting(official, other), [OWN])
    own = hashlib.sha256(OWN.pem.encode()).hexdigest()
    assert set(found.files) == {f"data/trust/{OFFICIAL.sha256}.pem", f"data/trust/{own}.pem"}
    assert found.files[f"data/trust/{OFFICIAL.sha256}.pem"] == OFFICIAL.anchors.encode()
    assert found.settings["trust_lists"] == [
        f"{OFFICIAL.name}, issued {OFFICIAL.issued}, sha256 {OFFICIAL.sha256}",
        f"a list of another version, sha256 {'ab' * 32}",
        f'"desk\\u202e.pem", given, sha256 {own}',
    ]
    assert found.inputs == (OFFICIAL.sha256, "ab" * 32, own)


def test_a_claims_file_keeps_a_harmless_ending() -> None:
    for name, ending in (("a.YAML", ".yaml"), ("b.json", ".json"), ("../c.sh", ".txt"), ("d", ".txt")):
        claims = ClaimsFile(name=name, data=b"claims: []", statements=())
        (path,) = given(SimpleNamespace(evidence=()), claims=claims).files
        assert path == f"data/claims/{hashlib.sha256(b'claims: []').hexdigest()}{ending}"


def test_a_report_without_lists_and_claims_keeps_nothing() -> None:
    found = given(SimpleNamespace(evidence=()))
    assert (found.files, found.inputs, found.settings) == ({}, (), {})
