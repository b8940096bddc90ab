"""Published checks and invented cases: the right answer to each, for stated reasons, and mutations of all of them."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from benchmarks.adapters import conclude, scenario_items
from benchmarks.algebra.__main__ import SCENARIOS, broken, load, question, wrong_answers
from benchmarks.algebra.mutations import KINDS, NOISE, mutations
from benchmarks.algebra.random_sets import evidence_set
from provenance.findings.judging import Judged, judge_place, judge_time
from provenance.findings.strength import sort_evidence
from provenance.findings.timelines import timeline
from provenance.findings.weigh import Weighed, weigh
from provenance.intake.claims import statements_from
from provenance.model.finding import Finding, Likelihood, Question, Verdict
from provenance.model.limits import Limits
from provenance.model.outcome import CheckRun, Ran

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "scenarios" / "dev.yaml"
OWN = load(SCENARIOS)
LOADED = OWN + (load(PUBLISHED) if PUBLISHED.is_file() else [])
WORDS = {Likelihood.ALMOST_NO_CHANCE: "almost no chance", Likelihood.VERY_UNLIKELY: "very unlikely",
         Likelihood.LIKELY: "likely", Likelihood.VERY_LIKELY: "very likely"}  # fmt: skip
each = pytest.mark.parametrize("scenario", LOADED, ids=lambda one: one["id"])


def weighed(scenario: dict[str, Any]) -> Weighed:
    items = scenario_items(scenario)
    return weigh(items, (CheckRun(check="recorded", outcome=Ran(evidence=items)),), tuple(Question))


def judged(scenario: dict[str, Any]) -> tuple[Judged, Judged]:
    found = sort_evidence(scenario_items(scenario))
    return judge_time(found.claims[0], timeline(found)), judge_place(found.claims[0], found.places)


def answers(scenario: dict[str, Any]) -> list[Finding]:
    return [one for one in weighed(scenario).findings if one.question in (Question.WHEN, Question.WHERE)]


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published checks are not beside this checkout")
def test_the_published_checks_are_among_them() -> None:
    assert len(LOADED) > len(OWN)


def test_the_invented_cases_have_their_own_names_and_reasons() -> None:
    assert len({one["id"] for one in OWN}) == len(OWN) >= 80
    assert all(one["expect"]["why"] and one["expect"]["must_not"] for one in OWN)
    kinds = {item["kind"] for one in OWN for item in one["evidence"]}
    assert len(kinds) == 12
    assert {item.get("date_basis") for one in OWN for item in one["evidence"]} >= {
        "agency_record", "platform_utc", "archive_snapshot", "print", "stock_record", "page_date", "statement",
        "search_snippet", "crawl_relative", "display_no_tz",
    }  # fmt: skip


@each
def test_the_right_conclusion_is_reached(scenario: dict[str, Any]) -> None:
    assert wrong_answers(scenario) == []


@each
def test_mutations_keep_what_they_must(scenario: dict[str, Any]) -> None:
    asked = question(scenario)
    plain = conclude(asked)
    for mutation in mutations(asked, len(KINDS)):
        assert broken(mutation, plain) == "", mutation.kind


@each
def test_each_kind_of_noise_changes_nothing(scenario: dict[str, Any]) -> None:
    asked = question(scenario)
    plain = [conclude(asked)[key] for key in ("time", "place", "overall", "not_after")]
    for number, noise in enumerate(NOISE):
        noisy = copy.deepcopy(asked)
        noisy["evidence"].append({"id": "noise", "origin": f"noise {number}", **noise})
        assert [conclude(noisy)[key] for key in ("time", "place", "overall", "not_after")] == plain, noise


@pytest.mark.parametrize("scenario", [*LOADED, *map(evidence_set, range(200))], ids=lambda one: one["id"])
def test_the_causing_items_alone_bring_the_verdict_about(scenario: dict[str, Any]) -> None:
    asked = question(scenario)
    for index, one in enumerate(judged(asked)):
        if one.verdict in (Verdict.NO_CLAIM, Verdict.UNPROVEN):
            assert one.causes == ()
            continue
        causes = {item.evidence.label for item in one.causes}
        assert one.causes
        alone = copy.deepcopy(asked)
        alone["evidence"] = [item for item in alone["evidence"] if item["id"] in causes]
        for item in alone["evidence"]:
            item.pop("contradicts", None)
        assert judged(alone)[index].verdict is one.verdict


@each
def test_every_verdict_names_its_causes_and_what_would_change_it(scenario: dict[str, Any]) -> None:
    asked = question(scenario)
    by_question = dict(zip((Question.WHEN, Question.WHERE), judged(asked), strict=True))
    for found in answers(asked):
        causes = {item.evidence.id for item in by_question[found.question].causes}
        assert causes <= set(found.sentences[0].cites), found.question
        assert all(sentence.cites for sentence in found.sentences)
        assert found.would_change
        assert all(one.endswith(".") for one in found.would_change)


@each
def test_likelihood_is_one_word_and_never_stands_with_confidence(scenario: dict[str, Any]) -> None:
    for found in answers(question(scenario)):
        texts = [sentence.text for sentence in found.sentences]
        trust = [text for text in texts if "Confidence in this judgement is" in text]
        chances = [text for text in texts if text.startswith(("There is almost no chance", "It is "))]
        assert len(trust) == (found.verdict is not Verdict.NO_CLAIM)
        assert len(chances) == (found.likelihood is not None)
        if found.likelihood is not None:
            said = [word for word in WORDS.values() if word in chances[0]]
            assert max(said, key=len) == WORDS[found.likelihood]
        assert not any("likely" in text or "chance" in text for text in trust)
        assert not any("%" in text or "per cent" in text for text in texts)
        assert (found.likelihood is None) == (found.verdict in (Verdict.UNPROVEN, Verdict.DISPUTED, Verdict.NO_CLAIM))


@each
def test_another_claim_beside_it_changes_nothing_of_the_first(scenario: dict[str, Any]) -> None:
    """Competing claims are each weighed by themselves, side by side."""
    alone = weighed(question(scenario)).claims[0]
    rival = copy.deepcopy(question(scenario))
    claims = [{**rival["claim"], "id": "first"}, {"id": "second", "text": "elsewhere", "time": "2001", "place": "NZ"}]
    evidence = [item for item in scenario_items(rival) if not getattr(item, "tested", False)]
    items = (*statements_from({"claims": claims}, "claims", Limits()), *evidence)
    first, second = weigh(items, (CheckRun(check="recorded", outcome=Ran(evidence=items)),), tuple(Question)).claims
    assert (first.when, first.where, first.overall) == (alone.when, alone.where, alone.overall)
    assert (first.likelihood, first.confidence) == (alone.likelihood, alone.confidence)
    assert second.when is not Verdict.NO_CLAIM


@each
def test_without_weighty_evidence_nothing_is_more_than_unproven(scenario: dict[str, Any]) -> None:
    bare = question(scenario)
    if bare["claim"].get("time") and str(bare["claim"]["time"].get("earliest", "")) > str(scenario["as_of"]):
        pytest.skip("the day of the check rules this claim out by itself")
    bare["evidence"] = [one for one in bare["evidence"] if one["kind"] in ("absence", "similarity", "context")]
    got = conclude(bare)
    assert got["time"] in ("unproven", "no_claim")
    assert got["place"] in ("unproven", "no_claim")
    assert got["not_after"] == str(scenario["as_of"])
