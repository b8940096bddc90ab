"""What a case keeps besides pictures and reports, and how it describes itself for other programs."""

import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import provenance
from provenance.api import read_trust_list
from provenance.case import describing
from provenance.case.cases import chronology, seal
from provenance.model.case import State
from provenance.report.exports.ro_crate import NAME
from provenance.sealing.verified import verify
from tests.report.exports.test_ro_crate import validated

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ODD = "</script> \u202e \x1b[31m {{7*7}} \" ' é 列車"
VALIDATE = (sys.executable, "-c", "from case_utils.case_validate import main; main()")


def make(case: Path, keys: Path, root: Path) -> None:
    """Two reports, one with claims and a trust list, and what two persons said; sealed."""
    claims = case.with_name("said.yaml")
    claims.write_text("claims:\n  - text: A train\n    time: 2024-11\n", encoding="utf-8")
    shared = {"only": ["altered"], "now": NOW, "case": case}
    provenance.check(SAMPLES / "stranger.jpg", claims=claims, trust_lists=[root], **shared)
    provenance.check(SAMPLES / "railcar_mirrored.jpg", **shared)
    original = hashlib.sha256((SAMPLES / "stranger.jpg").read_bytes()).hexdigest()
    provenance.record(case, ODD, source="Neighbour", grade="B2", about=[original[:12]], attach=[claims], now=NOW)
    provenance.record(case, "A second word.", now=NOW)
    seal(case, keys=keys, now=NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, monkeypatch_module: pytest.MonkeyPatch) -> Path:
    top = tmp_path_factory.mktemp("described")
    monkeypatch_module.setenv("PROVENANCE_BY", "Жанна")
    monkeypatch_module.setenv("XDG_CACHE_HOME", str(top / "cache"))
    root = top / "root.pem"
    root.write_text(_pem(), encoding="ascii")
    for name in ("one", "two"):
        make(top / name, top / "keys", root)
    return top


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def test_what_went_into_a_report_is_kept_by_digest(made: Path) -> None:
    entry = next(entry for entry in chronology(made / "one") if entry.did == "reported")
    data = (made / "said.yaml").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert (made / "one/data/claims" / f"{digest}.yaml").read_bytes() == data
    assert entry.settings["claims"] == f'"said.yaml", sha256 {digest}' and digest in entry.inputs
    pem = read_trust_list(made / "root.pem").pem.encode()
    listed = hashlib.sha256(pem).hexdigest()
    assert (made / "one/data/trust" / f"{listed}.pem").read_bytes() == pem
    assert entry.settings["trust_lists"] == [f'"root.pem", given, sha256 {listed}'] and listed in entry.inputs


def test_the_same_inputs_and_time_describe_the_case_in_the_same_bytes(made: Path) -> None:
    for name in (NAME, "case.jsonld", "seal.json", "seal.json.sig", "data/log.jsonl"):
        assert (made / "one" / name).read_bytes() == (made / "two" / name).read_bytes()
    assert verify(made / "one").state is State.INTACT
    for form, name in (("ro-crate", NAME), ("case", "case.jsonld")):
        assert describing.describe_case(made / "one", form) + "\n" == (made / "one" / name).read_text(encoding="utf-8")


def test_the_crate_lists_every_file_and_tells_every_entry(made: Path) -> None:
    case = made / "one"
    crate = {node["@id"]: node for node in json.loads((case / NAME).read_text(encoding="utf-8"))["@graph"]}
    for path in (path for path in (case / "data").rglob("*") if path.is_file()):
        node = crate[path.relative_to(case).as_posix()]
        assert node["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert node["contentSize"] == str(path.stat().st_size)
    entries = list(chronology(case))
    assert [crate[f"#entry-{entry.number}"]["name"].split(": ")[1] for entry in entries] == [e.did for e in entries]
    said = [node for name, node in crate.items() if name.startswith("#recorded-")]
    assert ODD in said[0]["description"] and "source: Neighbour" in said[0]["description"]
    assert "data/originals/" in said[0]["about"]["@id"] and said[1]["description"].startswith("A second word.")
    derived = [node["wasDerivedFrom"] for name, node in crate.items() if name.endswith("/report.json")]
    alone, several = sorted(derived, key=lambda parents: isinstance(parents, list))
    assert alone["@id"].startswith("data/originals/")
    assert {parent["@id"].split("/")[1] for parent in several} == {"originals", "claims", "trust"}


def test_the_validators_find_nothing(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for an author and a publisher, which nobody has named."""
    found = validated(made / "one", monkeypatch, recommended=True)
    assert all("`author`" in issue or "`publisher`" in issue for issue in found), found


def test_case_validate_finds_nothing_in_the_whole_graph(made: Path) -> None:
    pytest.importorskip("case_utils", reason="case_validate is not installed: pip install case-utils")
    nodes = json.loads((made / "one/case.jsonld").read_text(encoding="utf-8"))["@graph"]
    names = [node["@id"] for node in nodes]
    assert len(names) == len(set(names))
    assert sum(node["@type"] == "uco-core:Annotation" and ODD in node["uco-core:statement"] for node in nodes) == 1
    ended = subprocess.run([*VALIDATE, str(made / "one/case.jsonld")], capture_output=True, text=True, check=False)
    assert ended.returncode == 0 and "Conforms: True" in ended.stdout, ended.stdout + ended.stderr
    assert "Results (" not in ended.stdout


def test_a_report_that_cannot_be_read_back_stops_no_seal(tmp_path: Path) -> None:
    from benchmarks.custody.cases import AUTHOR
    from provenance.custody.writing import writing

    case = tmp_path / "case"
    with writing(case, AUTHOR, create=True) as writer:
        for number, data in enumerate((b"{}\n", b"[" * 99_999, b"\xff\x00")):
            writer.enter(AUTHOR, "reported", "x", files={f"data/reports/{number}/report.json": data})
    seal(case, keys=tmp_path / "keys")
    root = next(n for n in json.loads((case / NAME).read_text(encoding="utf-8"))["@graph"] if n["@id"] == "./")
    assert "Not described beyond their files: data/reports/0/report.json" in root["description"]
    assert verify(case).state is State.INTACT


def _pem() -> str:
    from benchmarks.credentials.minting import authority

    return authority("Desk Root").pem
