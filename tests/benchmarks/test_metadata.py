"""The metadata benchmark: its normal forms, its table, and a run against kept answers."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks.metadata import __main__ as program
from benchmarks.metadata import exiftool, forms
from benchmarks.metadata.expected import expected
from benchmarks.metadata.peers import by_exifread, by_pillow
from benchmarks.metadata.table import BLOCKS, FIELDS, ROWS
from benchmarks.metadata.tally import SAME, WRONG, Tally

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
STRANGER = str(SAMPLES / "stranger.jpg")


@pytest.mark.parametrize(
    ("form", "ours", "theirs", "agree"),
    [
        ("moment", "2024-04-06T10:11:12Z", "2024:04:06 10:11:12+00:00", True),
        ("moment", "2024:04:06 10:11", "2024-04-06T10:11:00", True),
        ("moment", "2024:04:06 10:11:12", "2024:04:06 10:11:12+01:00", False),
        ("text", "a  b\x00c", "a b", True),
        ("text", "na\u00efve", "na?ve", True),
        ("text", "naive man", "na?", False),
        ("degrees", "52,30.0S", -52.5, True),
        ("number", "1/250", 0.004, True),
        ("number", "1/0", 0.004, False),
        ("whole", "100", 101, False),
        ("estimate", 90, 91, True),
        ("size", "30 40", "40 30", True),
        ("texts", ["b", "a"], ["a", "b"], True),
    ],
)
def test_values_are_held_in_one_form(form: str, ours: object, theirs: object, agree: bool) -> None:
    row = next(row for row in ROWS.values() if row.form == form)
    got = forms.normal(row, ours)
    assert (got is not None and forms.same(form, got, forms.normal(row, theirs))) is agree


def test_every_row_has_a_block_and_records_have_fields() -> None:
    assert {row.block for row in ROWS.values()} == set(BLOCKS)
    assert {row.key for row in ROWS.values() if row.form == "records"} == set(FIELDS)
    assert len(ROWS) > 140


def test_outcomes_are_counted_by_block_type_and_topic() -> None:
    tally = Tally("ours")
    theirs = {"file.type": "JPEG", "exif.make": "Canon", "exif.model": "EOS", "xmp.make": "Canon"}
    tally.add("x.jpg", {"file.type": "JPEG", "exif.make": "Nikon", "exif.model": "EOS", "gps.datum": "WGS-84"}, theirs)
    assert tally.counts["block", "EXIF and GPS"] == {WRONG: 1, SAME: 1, "extra": 1}
    assert tally.recall(("all", "all facts")) == 0.5
    assert tally.recall(("topic", "camera")) == pytest.approx(1 / 3)
    assert [one[:2] for one in sorted(tally.differing)] == [("missing", "xmp.make"), (WRONG, "exif.make")]


@pytest.mark.parametrize("read", [by_exifread, by_pillow])
def test_the_peers_read_what_they_reach(read) -> None:
    assert str(forms.moment(read(STRANGER)["exif.captured"])).startswith("2024-04-06T")


def test_a_run_against_kept_answers_needs_no_exiftool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, listing = tmp_path / "answers.json", tmp_path / "list.txt"
    kept.write_text(json.dumps({STRANGER: {"file.type": "JPEG", "exif.make": "nobody's"}}))
    listing.write_text(STRANGER)
    monkeypatch.setattr(exiftool, "installed", lambda: "")
    monkeypatch.setattr(sys, "argv", ["metadata", str(listing), "--oracle", str(kept), "--missing"])
    assert program.main() == 0
    told = capsys.readouterr().out
    assert "| all facts | 2 |" in told and "exif.make" in told


def test_without_exiftool_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(exiftool, "installed", lambda: "")
    monkeypatch.setattr(sys, "argv", ["metadata", str(SAMPLES)])
    assert program.main() == 1
    assert "not checked: exiftool is not installed" in capsys.readouterr().out


@pytest.mark.skipif(not exiftool.installed(), reason="exiftool is not installed")
def test_exiftool_is_asked_and_its_answers_kept(tmp_path: Path) -> None:
    told = expected([STRANGER])[STRANGER]
    assert told["file.type"] == "JPEG" and str(told["exif.captured"]).startswith("2024-04-06")
    kept = tmp_path / "answers.json"
    assert program.answers([STRANGER], str(SAMPLES), str(kept)) == program.answers([STRANGER], str(SAMPLES), str(kept))
