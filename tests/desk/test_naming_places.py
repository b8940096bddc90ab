"""A record's place given by a name is measured as a claim's is; a name of several places is not, and that is said."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

import provenance
from provenance import Question, Verdict
from provenance.intake.claims import claim_from_flags
from provenance.model.evidence import Appearance
from provenance.model.report import Report

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
PICTURE = Path(__file__).parents[2] / "samples/reference/wheat_road.jpg"


def checked(folder: Path, recorded: str, claimed: str) -> Report:
    """A picture of which a record, graded B2, names one place, and a claim another."""
    shutil.copy(PICTURE, folder / "one.jpg")
    (folder / "records.csv").write_text(
        f'file,publisher,place,published,published_basis,grade\none.jpg,A Paper,"{recorded}",2020-05-01,page_date,B2\n',
        encoding="utf-8",
    )
    claim = claim_from_flags(text="seen there", place=claimed)
    return provenance.check(PICTURE, references=[str(folder)], statements=[claim], now=NOW)


def caption(report: Report) -> Appearance:
    (found,) = (item for item in report.evidence if isinstance(item, Appearance))
    return found


@pytest.mark.parametrize(("recorded", "code"), [("Lund, Sweden", "SE"), ("near Tampere", "FI"), ("Paraguay", "PY")])
def test_a_named_place_of_a_record_contradicts_a_claim(tmp_path: Path, recorded: str, code: str) -> None:
    report = checked(tmp_path, recorded, "Osaka, JP")
    where = report.finding(Question.WHERE)
    assert where is not None and where.verdict is Verdict.CONTRADICTED
    place = caption(report).caption_place
    assert place is not None and (place.name, place.cc) == (recorded, code)
    said = [sentence.text for sentence in where.sentences]
    assert any(text.startswith(f'By the gazetteer "{recorded}" is read as') for text in said)


def test_a_name_of_several_places_bounds_nothing_and_the_answer_says_why(tmp_path: Path) -> None:
    report = checked(tmp_path, "San Antonio", "Osaka, JP")
    where = report.finding(Question.WHERE)
    assert where is not None and where.verdict is Verdict.UNPROVEN
    place = caption(report).caption_place
    assert place is not None and place.lat_deg is None
    assert any("which has no coordinates; that speaks neither" in sentence.text for sentence in where.sentences)
    assert any("until one is chosen" in limit for limit in caption(report).limits)
