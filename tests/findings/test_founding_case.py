"""The founding sample reads as an editor would write it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.findings.weigh import Weighed, weigh
from provenance.intake.claims import read_claims
from provenance.model.context import Context
from provenance.model.evidence import Evidence
from provenance.model.finding import Finding, Question, Verdict
from provenance.model.outcome import CheckRun, Ran
from provenance.placetime.recorded import received

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "railcar_post.claims.yaml"
pytestmark = pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample claims file is not there")


@pytest.fixture(scope="module")
def founding() -> tuple[tuple[Evidence, ...], Weighed]:
    now = datetime(2024, 11, 15, 12, tzinfo=UTC)
    items = (*read_claims(SAMPLE), received(Context(now=now), "00" * 32))
    return items, weigh(items, (CheckRun(check="recorded", outcome=Ran(evidence=items)),), tuple(Question))


def answer(founding: tuple[tuple[Evidence, ...], Weighed], question: Question) -> tuple[Finding, str]:
    found = next(one for one in founding[1].findings if one.question is question)
    return found, "\n".join(one.text for one in found.sentences)


def test_both_dimensions_of_every_claim_are_unproven(founding: tuple[tuple[Evidence, ...], Weighed]) -> None:
    assert founding[1].overall is Verdict.UNPROVEN
    assert {(one.when, one.where) for one in founding[1].claims} == {(Verdict.UNPROVEN, Verdict.UNPROVEN)}
    assert founding[1].not_after == "2024-11-15"


def test_krasnoyarsk_is_a_lead_and_nothing_places_the_picture_in_kursk(
    founding: tuple[tuple[Evidence, ...], Weighed],
) -> None:
    found, text = answer(founding, Question.WHERE)
    assert "Krasnoyarsk (RU) is a lead and no more: " in text
    assert text.count("decide.") == 2  # what is too weak is told together, not item by item
    assert "graded C3, places it in Krasnoyarsk (RU), within Russia (RU) and outside Kursk Oblast (RU); " in text
    assert "Nothing places the picture in Kursk" in text
    assert found.not_established == ("Where the picture was taken.",)


def test_the_stated_distance_is_a_note_and_the_officials_speak_of_the_event(
    founding: tuple[tuple[Evidence, ...], Weighed],
) -> None:
    found, text = answer(founding, Question.SOURCES)
    assert "states 4,400 km from Kursk to Krasnoyarsk; the straight line is 3,650 km" in text
    events = [one for one in found.conflicts if one.about == "event"]
    by_id = {item.id: item.label for item in founding[0]}
    assert [{by_id[one.first], by_id[one.second]} for one in events] == [{"e7", "e8"}]
    assert "contradict" in events[0].text and "moves no verdict about the picture" in events[0].text
    assert "It may be a distance by road or rail, or it may be measured between other end points." in text
    for question in (Question.WHEN, Question.WHERE):
        assert not any(one.about == "event" for one in answer(founding, question)[0].conflicts)
