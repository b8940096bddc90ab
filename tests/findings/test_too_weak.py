"""What is too weak to decide is told together; what defeats an item takes its weight and is told too."""

from __future__ import annotations

from typing import Any

import pytest

from provenance.errors import StatementsError
from provenance.findings.weigh import Weighed, weigh
from provenance.intake.claims import statements_from
from provenance.model.finding import Question, Verdict
from provenance.model.limits import Limits
from provenance.model.outcome import CheckRun, Ran

LIMA = {"name": "Lima", "cc": "PE", "lat": -12.05, "lon": -77.04, "radius_km": 30, "level": "city"}
CUSCO = {"name": "Cusco", "cc": "PE", "lat": -13.53, "lon": -71.97, "radius_km": 15, "level": "city"}
CLAIM = {"id": "c", "text": "x", "by": "a post", "time": "2022-02-24", "place": LIMA}


def case(*evidence: dict[str, Any], claims: list[dict[str, Any]] | None = None) -> Weighed:
    items = statements_from({"claims": claims or [CLAIM], "evidence": list(evidence)}, "case", Limits())
    return weigh(items, (CheckRun(check="recorded", outcome=Ran(evidence=items)),), tuple(Question))


def told(result: Weighed, question: Question) -> list[str]:
    return [one.text for finding in result.findings if finding.question is question for one in finding.sentences]


def said(label: str, grade: str, **fields: Any) -> dict[str, Any]:
    return {"id": label, "kind": "statement", "by": label, "origin": label, "grade": grade, **fields}


def test_sources_that_place_it_alike_are_one_sentence_that_cites_them_all() -> None:
    result = case(said("A", "D3", place=CUSCO), said("B", "F3", place=CUSCO), said("C", "E4", place=CUSCO))
    (text,) = [one for one in told(result, Question.WHERE) if "Cusco" in one]
    assert text == (
        "Three sources place it in Cusco (PE), outside Lima (PE): A, C and B, graded D3, E4 and F3; none is strong "
        "enough to decide."
    )
    finding = next(one for one in result.findings if one.question is Question.WHERE)
    (sentence,) = [one for one in finding.sentences if one.text == text]
    assert len(sentence.cites) == 4


def test_one_root_told_twice_is_said_to_be_one() -> None:
    twice = [said("A", "C3", time="2022-02-24"), {**said("B", "C3", time="2022-02-24"), "origin": "A"}]
    (text,) = [one for one in told(case(*twice), Question.WHEN) if one.startswith("Two sources")]
    assert text == (
        "Two sources date it within the claimed time: A (24 Feb 2022) and B (24 Feb 2022), graded C3 and C3; they go "
        "back to one origin, and neither is strong enough to decide."
    )


def test_one_source_alone_has_its_own_words() -> None:
    result = case(said("A", "D4", place=LIMA, asserts_not=True), said("B", "C3", time="../2021-05-01"))
    when = "B, graded C3, puts it no later than 1 May 2021, before the claimed time; that is too weak to decide."
    assert when in told(result, Question.WHEN)
    denied = "A, graded D4, denies that it was taken in Lima (PE); that is too weak to decide."
    assert denied in told(result, Question.WHERE)


def test_claims_of_different_times_are_told_apart() -> None:
    claims = [CLAIM, {**CLAIM, "id": "d", "time": "2020-02-24"}]
    texts = told(case(said("A", "C3", time="2022-02-24"), claims=claims), Question.WHEN)
    assert "A, graded C3, dates it to 24 Feb 2022, within the time of claim c; that is too weak to decide." in texts
    assert "A, graded C3, dates it to 24 Feb 2022, after the time of claim d; that is too weak to decide." in texts


@pytest.mark.parametrize("kind", ["statement", "geolocation", "metadata", "object"])
def test_what_another_item_defeats_weighs_nothing_and_is_told_with_the_reason(kind: str) -> None:
    first = {**said("A", "A1", place=LIMA, time="2022-02-24"), "kind": kind}
    assert case(first).claims[0].overall is Verdict.CONSISTENT
    withdrawn = case({**first, "defeated_by": ["B"]}, said("B", "A1", text="withdrawn"))
    assert withdrawn.claims[0].overall is Verdict.UNPROVEN
    assert any("because B takes its weight, as the desk recorded" in text for text in told(withdrawn, Question.WHERE))
    assert len(withdrawn.conflicts) == 1


def test_a_defeater_that_is_not_there_is_refused_by_its_own_key() -> None:
    with pytest.raises(StatementsError, match="defeated_by names 'Z'"):
        case({**said("A", "A1", place=LIMA), "defeated_by": ["Z"]})


def test_what_speaks_for_a_claim_and_is_better_graded_is_not_hidden_by_what_speaks_against_it() -> None:
    both = case(said("A", "C2", time="2022-02-24"), said("B", "E5", time="2020-01-01"))
    assert told(both, Question.WHEN)[0] == "No source of enough weight dates it to 24 Feb 2022."
    other = case(said("A", "E5", time="2022-02-24"), said("B", "C2", time="2020-01-01"))
    assert told(other, Question.WHEN)[0] == "B, graded C2, speaks against it, too weak to decide."


@pytest.mark.parametrize(
    ("kind", "time", "place"),
    [
        ("statement", "denies the time, 24 Feb 2022", "denies the claimed place, Lima (PE)"),
        ("geolocation", "rules out 24 Feb 2022", "rules out the claimed place, Lima (PE)"),
    ],
)
def test_a_person_denies_and_a_match_rules_out(kind: str, time: str, place: str) -> None:
    both = {**said("A", "B2", time="2022-02-24", place=LIMA, asserts_not=True), "kind": kind}
    result = case(both)
    assert any(time in one.text for one in result.conflicts)
    assert told(result, Question.WHERE)[0].startswith(f"A {place}")
    assert told(result, Question.WHEN)[0].startswith(f"A {place.split(maxsplit=1)[0]}")


@pytest.mark.parametrize(
    ("published", "captioned", "named"),
    [
        ("2023-09-17", "1402-06-25", "the date in the caption of A"),
        ("1402-06-26", "2023-09-16", "the day of publication of A"),
        ("1402-06-26", "1402-06-25", "A"),
        ("1402-06-26", None, "A"),
    ],
)
def test_of_two_dates_the_one_of_another_calendar_alone_is_set_aside(
    published: str, captioned: str | None, named: str
) -> None:
    copy = {"id": "A", "kind": "publication", "by": "A", "origin": "A", "grade": "A1", "published": published,
            "date_basis": "agency_record", "match": "exact", "caption_time": captioned}  # fmt: skip
    result = case(copy, claims=[{**CLAIM, "time": "2023-09-16"}])
    assert any(
        text.startswith(f"Not counted: {named}, because it is dated before") for text in told(result, Question.WHEN)
    )
    assert (result.not_after == "2023-09-17") == (published == "2023-09-17")
    consistent = captioned == "2023-09-16"
    assert result.claims[0].when is (Verdict.CONSISTENT if consistent else Verdict.UNPROVEN)


def post(label: str, **fields: Any) -> dict[str, Any]:
    return {"id": label, "kind": "publication", "by": label, "origin": label, "grade": "E5", "published": "2022-02-25",
            "date_basis": "platform_utc", "match": "exact", "text": "the claim, as they have it", **fields}  # fmt: skip


def test_of_several_claims_a_post_repeats_only_that_whose_place_it_says() -> None:
    other = {**CLAIM, "id": "d", "by": "another", "place": CUSCO}
    result = case(post("Ann"), post("Ben", caption_place=LIMA), said("W", "C3", place=CUSCO), claims=[CLAIM, other])
    repeated = [one.text for one in result.conflicts if "repeats the claim" in one.text]
    assert repeated == ["Ben repeats the claim of Lima (PE), W places it in Cusco (PE), at least 530 km away."]


def test_a_post_that_says_another_place_repeats_no_claim() -> None:
    result = case(post("Ann", caption_place=CUSCO), said("W", "B2", place=CUSCO))
    assert not any("repeats the claim" in one.text for one in result.conflicts)
