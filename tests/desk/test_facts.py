"""`facts`: what `inspect` finds, item by item, and nothing kept silent."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import provenance
from provenance.checks import Check
from provenance.desk import inspecting
from provenance.errors import InputError
from provenance.model.evidence import Claim, Fact

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NOW = datetime(2026, 11, 15, 9, tzinfo=UTC)


@pytest.mark.parametrize("name", ["stranger.jpg", "railcar_post.png"])
def test_facts_are_the_evidence_of_inspect(name: str) -> None:
    found = provenance.facts(SAMPLES / name, now=NOW)
    report = provenance.inspect(SAMPLES / name, now=NOW)
    assert {item.id for item in found} <= {item.id for item in report.evidence}
    read = [item for item in report.evidence if isinstance(item, Fact) and item.method not in inspecting.JUDGING]
    assert {item.id for item in read} <= {item.id for item in found}


def test_facts_name_type_size_and_time() -> None:
    keys = {item.key: item.normal for item in provenance.facts(SAMPLES / "stranger.jpg") if isinstance(item, Fact)}
    assert keys["file.type"] == "image/jpeg"
    assert keys["exif.DateTimeOriginal"].startswith("2024-04-06")


@pytest.mark.parametrize("name", ["stranger.jpg", "railcar_post.png"])
def test_the_values_can_be_had_without_what_they_claim(name: str) -> None:
    whole = provenance.facts(SAMPLES / name, now=NOW)
    values = provenance.facts(SAMPLES / name, now=NOW, claims=False)
    assert [item.id for item in values] == [item.id for item in whole if not isinstance(item, Claim)]


def test_limits_apply_and_errors_are_those_of_the_package(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too large"):
        provenance.facts(SAMPLES / "stranger.jpg", limits=provenance.Limits(file_bytes=100))
    (tmp_path / "note.jpg").write_text("no picture")
    with pytest.raises(InputError, match="not a picture"):
        provenance.facts(tmp_path / "note.jpg")


def test_a_reader_that_breaks_is_told_and_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise ValueError("out of \u202e luck")

    class Broken(Check):
        def function(self) -> Any:
            return broken

    monkeypatch.setattr(inspecting, "READERS", (Broken("broken", "", ()), *inspecting.READERS))
    first, *others = provenance.facts(SAMPLES / "stranger.jpg", now=NOW)
    assert isinstance(first, Fact) and first.key == "file.problems"
    assert "The check broken broke" in first.normal and "\u202e" not in first.normal
    assert any(isinstance(item, Fact) and item.key == "exif.DateTimeOriginal" for item in others)
