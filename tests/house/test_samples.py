"""The samples are what their manifest says, small, and marked as computer-rendered."""

import csv
import hashlib
from pathlib import Path

import pytest

from provenance.model.limits import Limits

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ROWS = list(csv.DictReader((SAMPLES / "manifest.csv").open(encoding="utf-8", newline="")))
PICTURES = [row for row in ROWS if row["file"].endswith((".jpg", ".png"))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_file_is_as_its_manifest_says(row: dict[str, str]) -> None:
    data = (SAMPLES / row["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == row["sha256"]
    assert len(data) == int(row["bytes"])
    assert row["why"] and row["origin"] and row["licence"]


def test_every_picture_stands_in_the_manifest() -> None:
    there = {str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*") if path.suffix in (".jpg", ".png")}
    assert there == {row["file"] for row in PICTURES}


def test_all_of_it_is_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 20 * 2**20


@pytest.mark.parametrize("row", PICTURES, ids=lambda row: row["file"])
def test_every_picture_says_that_no_camera_took_it(row: dict[str, str]) -> None:
    from datetime import UTC, datetime

    import provenance

    report = provenance.inspect(SAMPLES / row["file"], limits=Limits(), now=datetime(2024, 11, 15, tzinfo=UTC))
    sources = [item for item in report.evidence if getattr(item, "key", "").endswith("DigitalSourceType")]
    assert [getattr(item, "normal", "") for item in sources] == ["digitalCreation"]
