"""What must hold for any evidence: section by section of docs/adr/0007-evidence-algebra.md."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.findings.weigh import Weighed, weigh
from provenance.intake.claims import statements_from
from provenance.model.context import Context
from provenance.model.evidence import Evidence
from provenance.model.finding import Question, Verdict
from provenance.model.limits import Limits
from provenance.model.outcome import CheckRun, Ran
from provenance.placetime.recorded import received

NOW = datetime(2024, 11, 15, tzinfo=UTC)
DAYS = st.integers(0, 60).map(lambda days: str((datetime(2020, 1, 1) + timedelta(days=7 * days)).date()))
GRADES = st.sampled_from(["A1", "B2", "C2", "C3", "E5", "F6"])
ORIGINS = st.sampled_from(["north", "south", "east", "west"])
PLACES = st.sampled_from(
    [
        {"name": "Kyiv", "cc": "UA", "lat": 50.45, "lon": 30.52, "radius_km": 40, "level": "city"},
        {"name": "Ukraine", "cc": "UA", "lat": 48.8, "lon": 31.4, "radius_km": 700, "level": "country"},
        {"name": "Gaza City", "cc": "PS", "lat": 31.5, "lon": 34.47, "radius_km": 12, "level": "city"},
        {"name": "Krasnoyarsk", "cc": "RU", "lat": 56.01, "lon": 92.85, "radius_km": 20, "level": "city"},
    ]
)


def spans() -> st.SearchStrategy[dict[str, str]]:
    return st.tuples(DAYS, DAYS).map(lambda pair: dict(zip(("earliest", "latest"), sorted(pair), strict=True)))


def items() -> st.SearchStrategy[dict[str, Any]]:
    shared = {"grade": GRADES, "origin": ORIGINS}
    publication = st.fixed_dictionaries(
        {
            **shared,
            "kind": st.just("publication"),
            "published": spans(),
            "date_basis": st.sampled_from(
                ["agency_record", "page_date", "display_no_tz", "statement", "search_snippet"]
            ),
            "match": st.sampled_from(["exact", "crop", "mirrored", "component", "similar_scene", "unknown"]),
        },
        optional={"caption_time": spans(), "caption_place": PLACES},
    )
    statement = st.fixed_dictionaries(
        {**shared, "kind": st.sampled_from(["statement", "geolocation", "sun", "object", "metadata"]), "time": spans()},
        optional={"place": PLACES, "asserts_not": st.sampled_from([False, False, False, True])},
    )
    return publication | statement | st.fixed_dictionaries({**shared, "kind": st.sampled_from(["absence", "context"])})


def cases() -> st.SearchStrategy[tuple[dict[str, Any], list[dict[str, Any]]]]:
    both = st.fixed_dictionaries({"text": st.just("x"), "time": spans(), "place": PLACES})
    some = st.fixed_dictionaries({"text": st.just("x")}, optional={"time": spans(), "place": PLACES})
    return st.tuples(both | both | some, st.lists(items(), min_size=1, max_size=6))


def read(claim: dict[str, Any], evidence: list[dict[str, Any]]) -> tuple[Evidence, ...]:
    labelled = [{"id": f"e{index}", **item} for index, item in enumerate(evidence)]
    return statements_from({"claim": {"id": "c", "by": "claimant", **claim}, "evidence": labelled}, "case", Limits())


def weighed(statements: tuple[Evidence, ...]) -> Weighed:
    found = (*statements, received(Context(now=NOW), "00" * 32))
    return weigh(found, (CheckRun(check="recorded", outcome=Ran(evidence=found)),), tuple(Question))


def words(result: Weighed) -> list[tuple[Verdict, Verdict, Verdict]]:
    return [(one.when, one.where, one.overall) for one in result.claims]


@settings(max_examples=120, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_order_changes_nothing(case: tuple[dict[str, Any], list[dict[str, Any]]], rng: random.Random) -> None:
    statements = list(read(*case))
    plain = weighed(tuple(statements))
    rng.shuffle(statements)
    assert weighed(tuple(statements)) == plain


@settings(max_examples=120, deadline=None)
@given(cases(), st.data())
def test_a_copy_of_one_origin_changes_no_verdict(case: tuple[dict[str, Any], list[dict[str, Any]]], data: Any) -> None:
    claim, evidence = case
    if evidence:
        twin = data.draw(st.sampled_from(evidence))
        plain, doubled = weighed(read(claim, evidence)), weighed(read(claim, [*evidence, twin]))
        assert doubled.claims[0].likelihood == plain.claims[0].likelihood
        assert doubled.claims[0].confidence == plain.claims[0].confidence
        assert words(doubled) == words(plain)


@settings(max_examples=120, deadline=None)
@given(cases())
def test_a_soft_item_never_moves_the_hard_limit(case: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    claim, evidence = case
    soft = {
        "kind": "statement",
        "grade": "A1",
        "origin": "soft",
        "time": {"earliest": "2016-01-01", "latest": "2016-01-02"},
    }
    assert weighed(read(claim, [*evidence, soft])).not_after == weighed(read(claim, evidence)).not_after


@settings(max_examples=120, deadline=None)
@given(cases(), st.data())
def test_taking_an_item_away_never_tightens_the_limit(
    case: tuple[dict[str, Any], list[dict[str, Any]]], data: Any
) -> None:
    claim, evidence = case
    if evidence:
        index = data.draw(st.integers(0, len(evidence) - 1))
        rest = [*evidence[:index], *evidence[index + 1 :]]
        assert weighed(read(claim, rest)).not_after >= weighed(read(claim, evidence)).not_after


@settings(max_examples=200, deadline=None)
@given(cases(), st.data())
def test_widening_an_interval_never_makes_recycled_of_unproven(
    case: tuple[dict[str, Any], list[dict[str, Any]]], data: Any
) -> None:
    claim, evidence = case
    if words(weighed(read(claim, evidence)))[0][0] is not Verdict.UNPROVEN:
        return
    dated = [(item, key) for item in (claim, *evidence) for key in ("time", "published", "caption_time") if key in item]
    target, key = data.draw(st.sampled_from(dated))
    days = data.draw(st.integers(1, 2000))
    target[key] = {
        "earliest": shifted(target[key]["earliest"], -days),
        "latest": shifted(target[key]["latest"], data.draw(st.integers(0, days))),
    }
    assert words(weighed(read(claim, evidence)))[0][0] is not Verdict.RECYCLED


def shifted(day: str, days: int) -> str:
    return str((datetime.fromisoformat(day) + timedelta(days=days)).date())


@settings(max_examples=120, deadline=None)
@given(cases(), GRADES, st.sampled_from(["agency_record", "platform_utc", "page_date"]))
def test_what_is_dated_after_the_check_is_kept_and_counts_for_nothing(
    case: tuple[dict[str, Any], list[dict[str, Any]]], grade: str, basis: str
) -> None:
    claim, evidence = case
    late = {"kind": "publication", "grade": grade, "origin": "late", "match": "exact", "date_basis": basis,
            "published": "2025-03-01", "caption_time": "2016-05-05"}  # fmt: skip
    plain, later = weighed(read(claim, evidence)), weighed(read(claim, [*evidence, late]))
    assert words(later) == words(plain)
    assert later.not_after == plain.not_after
    assert any("dated after this check" in said.text for finding in later.findings for said in finding.sentences) or (
        len(evidence) >= 6
    )


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(min_value=datetime(2015, 1, 1), max_value=datetime(2024, 10, 1)),
    st.integers(0, 26 * 60 - 1),
    st.sampled_from(["agency_record", "platform_utc", "page_date", "display_no_tz"]),
)
def test_a_gap_below_26_hours_without_zones_is_never_recycled(start: datetime, minutes: int, basis: str) -> None:
    """Written times on both sides without a zone may be 26 hours apart and still mean the same moment."""
    published, claimed = start, start + timedelta(minutes=minutes)
    evidence = [{"kind": "publication", "grade": "A1", "match": "exact", "date_basis": basis,
                 "published": published.isoformat(timespec="minutes")}]  # fmt: skip
    result = weighed(read({"time": claimed.isoformat(timespec="minutes")}, evidence))
    assert words(result)[0][0] is Verdict.UNPROVEN


@settings(max_examples=120, deadline=None)
@given(cases())
def test_every_sentence_cites_something_there_and_says_no_forbidden_word(
    case: tuple[dict[str, Any], list[dict[str, Any]]],
) -> None:
    statements = read(*case)
    result = weighed(statements)
    there = {item.id for item in statements} | {received(Context(now=NOW), "00" * 32).id, "check-recorded"}
    for finding in result.findings:
        for sentence in finding.sentences:
            assert set(sentence.cites) <= there
            lowered = sentence.text.lower()
            assert not any(word in lowered for word in ("authentic", "genuine", "fake", "verified", "%", "score"))
            assert not ("confidence" in lowered and any(w in lowered for w in ("likely", "chance")))
        for conflict in finding.conflicts:
            assert {conflict.first, conflict.second} <= there
            assert conflict.first != conflict.second


@settings(max_examples=120, deadline=None)
@given(cases())
def test_overall_is_the_first_word_that_either_dimension_has(case: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    order = [
        Verdict.RECYCLED,
        Verdict.CONTRADICTED,
        Verdict.DISPUTED,
        Verdict.UNPROVEN,
        Verdict.CONSISTENT,
        Verdict.NO_CLAIM,
    ]
    for when, where, overall in words(weighed(read(*case))):
        assert overall is min((when, where), key=order.index)
