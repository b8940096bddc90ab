"""Small things that a reader stumbled over: order of labels, half-open times, ties, positions, what is set aside."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from provenance.findings.strength import sort_evidence
from provenance.findings.weigh import weigh
from provenance.intake.claims import claim_from_flags, statements_from
from provenance.model.context import Context
from provenance.model.evidence import Claim, Evidence
from provenance.model.finding import Finding, Question, Verdict
from provenance.model.limits import Limits
from provenance.model.outcome import CheckRun, Ran
from provenance.model.place import Level, Place
from provenance.model.said import where
from provenance.model.source import Source, SourceKind
from provenance.placetime.recorded import received

NOW = received(Context(now=datetime(2024, 11, 20, tzinfo=UTC)), "00" * 32)
TAGS = Source(kind=SourceKind.FILE, name="the file's own tags", origin="file")


def answered(question: Question, *evidence: Evidence) -> Finding:
    runs = (CheckRun(check="recorded", outcome=Ran()), CheckRun(check="exif", outcome=Ran()))
    return weigh((NOW, *evidence), runs, (question,)).findings[0]


def stated(*items: dict[str, object], claim: dict[str, object]) -> tuple[Evidence, ...]:
    return statements_from({"claims": [claim], "evidence": list(items)}, "x.yaml", Limits())


def test_labels_are_ordered_as_people_count() -> None:
    claims = [{"id": f"c{number}", "text": "x", "time": "2024"} for number in (10, 2, 1)]
    found = statements_from({"claims": claims, "evidence": []}, "x.yaml", Limits())
    assert [one.label for one in sort_evidence(found).claims] == ["c1", "c2", "c10"]


@pytest.mark.parametrize(
    ("time", "words"), [("2024-01-01/..", "dates it from 1 Jan 2024"), ("../2023-12-31", "dates it until 31 Dec 2023")]
)
def test_a_half_open_claim_reads_as_a_sentence(time: str, words: str) -> None:
    assert words in answered(Question.WHEN, claim_from_flags(text="x", time=time)).sentences[0].text


def test_two_accounts_of_one_weight_are_not_told_as_best_and_next_best() -> None:
    items = stated(
        {"id": "e1", "kind": "statement", "origin": "a", "grade": "B2", "time": "2022-03-09"},
        {"id": "e2", "kind": "statement", "origin": "b", "grade": "B2", "time": "2022-03-20"},
        claim={"text": "x", "time": "2022-03-09"},
    )
    told = " ".join(one.text for one in answered(Question.WHEN, *items).sentences)
    assert "One account of when it was taken" in told and "Another account, of the same weight," in told
    assert "best graded" not in told


def test_a_place_that_is_set_aside_is_no_lack_of_evidence() -> None:
    at = Place(name="39.36 N, 9.4 W", lat_deg=39.36, lon_deg=-9.4, level=Level.POINT)
    tag = Claim(
        source=TAGS,
        statement="t",
        method="exif",
        by=TAGS.name,
        place=at,
        basis="EXIF GPS",
        defeaters=("The position is rounded to hundredths of a degree.",),
    )
    found = answered(Question.WHERE, tag)
    assert found.verdict is Verdict.NO_CLAIM
    assert found.sentences[0].text == "No place is claimed, and what names one is not counted."
    assert "rounded to hundredths" in found.sentences[-1].text


def test_a_claim_of_the_future_is_told_as_one() -> None:
    text = answered(Question.WHEN, claim_from_flags(text="x", time="2030")).sentences[0].text
    assert text == "The claimed time lies after this check; that says nothing of an earlier copy."


def test_a_copy_that_only_the_desk_compared_is_said_to_be_so() -> None:
    items = stated(
        {
            "id": "e1",
            "kind": "publication",
            "origin": "a",
            "grade": "A1",
            "published": "2010-05-01",
            "date_basis": "archive_snapshot",
            "match": "exact",
        },
        claim={"text": "x", "time": "2022"},
    )
    found = answered(Question.WHEN, *items)
    assert found.verdict is Verdict.RECYCLED
    assert any("on the desk's word that it is the same picture" in one.text for one in found.sentences)


def test_a_position_is_at_and_a_town_is_in() -> None:
    items = stated(
        {
            "id": "e1",
            "kind": "statement",
            "origin": "a",
            "grade": "F3",
            "place": {"name": "48.3 N, 8.9 E", "lat": 48.3, "lon": 8.9},
        },
        claim={
            "text": "x",
            "place": {"name": "Kursk", "cc": "RU", "lat": 51.7, "lon": 36.2, "radius_km": 20, "level": "city"},
        },
    )
    told = " ".join(one.text for one in answered(Question.WHERE, *items).sentences)
    assert "places it at 48.3 N" in told


def test_what_is_more_than_a_name_stands_in_quotation_marks() -> None:
    assert where(Place(name="near Bakhmut", cc="UA")) == '"near Bakhmut" (UA)'
    assert where(Place(name="Bakhmut", cc="UA")) == "Bakhmut (UA)"


def test_a_distance_that_a_namesake_may_fit_is_said_to_be_not_judged() -> None:
    items = stated(claim={"text": "Москва в 5000 км от Владивостока", "by": "A poster", "time": "2024"})
    told = " ".join(one.text for one in answered(Question.SOURCES, *items).sentences)
    assert "states 5,000 km" in told and "was not judged" in told
