"""The linter for our own words: what it must catch, what it must let pass, and every report that the tests make."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest

from benchmarks.adapters import scenario_items
from benchmarks.algebra.__main__ import SCENARIOS, load
from provenance.findings.weigh import weigh
from provenance.model.evidence import Lead, LeadKind
from provenance.model.finding import Finding, Question, Sentence, Verdict
from provenance.model.outcome import CheckRun, Ran, Skipped
from provenance.model.report import Report
from provenance.model.source import Source, SourceKind
from provenance.report.html import render as html
from provenance.report.linter import MOST_COMPLAINTS, Rule, broken, complaints
from provenance.report.terminal import report as terminal

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "scenarios" / "dev.yaml"
LOADED = load(SCENARIOS) + (load(PUBLISHED) if PUBLISHED.is_file() else [])

CAUGHT = [
    ("The picture is authentic.", Rule.JUDGEMENT),
    ("This is an authentic photograph of the scene.", Rule.JUDGEMENT),
    ("Its authenticity was checked by two methods.", Rule.JUDGEMENT),
    ("The file could be authenticated by its signature.", Rule.JUDGEMENT),
    ("The picture is inauthentic.", Rule.JUDGEMENT),
    ("The photograph is genuine.", Rule.JUDGEMENT),
    ("It genuinely shows the railway station.", Rule.JUDGEMENT),
    ("The picture is a fake.", Rule.JUDGEMENT),
    ("The scene was faked.", Rule.JUDGEMENT),
    ("Fakes of this kind are common.", Rule.JUDGEMENT),
    ("The picture was verified.", Rule.JUDGEMENT),
    ("Verified: the picture shows Krasnoyarsk.", Rule.JUDGEMENT),
    ("The place stays unverified.", Rule.JUDGEMENT),
    ("The picture is real.", Rule.JUDGEMENT),
    ("The photograph looks real.", Rule.JUDGEMENT),
    ("This is not a real photograph.", Rule.JUDGEMENT),
    ("It is the real picture of the convoy.", Rule.JUDGEMENT),
    ("The scene seems real and the light agrees.", Rule.JUDGEMENT),
    ("No trace was found; the picture is GENUINE.", Rule.JUDGEMENT),
    ("It is likely that the claim holds, with high confidence.", Rule.MIXED),
    ("Confidence is low that it is very unlikely.", Rule.MIXED),
    ("We are confident that it is almost certain.", Rule.MIXED),
    ("With moderate confidence there is almost no chance that it was taken in May.", Rule.MIXED),
    ("The likelihood is given with low confidence.", Rule.MIXED),
    ("It is improbable that it was taken there.", Rule.ROW),
    ("It was probably taken in July.", Rule.ROW),
    ("It is highly probable that both are one.", Rule.ROW),
    ("There are roughly even odds that it is older.", Rule.ROW),
    ("It is nearly certain that it was mirrored.", Rule.ROW),
    ("There is a remote chance that it is newer.", Rule.ROW),
    ("It is highly likely that the tags are wrong.", Rule.ROW),
    ("It is highly unlikely that the tags are right.", Rule.ROW),
    ("That it was taken in Kursk is a realistic possibility.", Rule.ROW),
    ("The claim holds at 87 %.", Rule.PERCENT),
    ("We are 95% sure that the picture was altered.", Rule.PERCENT),
    ("It is 60 per cent likely that the place is right.", Rule.PERCENT),
    ("There is an 80 percent chance that the area was changed.", Rule.PERCENT),
    ("The probability of a copy is 99.9 %.", Rule.PERCENT),
    ("Nine checks agree, which makes it 9 out of 10 certain.", Rule.PERCENT),
    ("Credibility of the picture: 75 %.", Rule.PERCENT),
    ("The blocks agree with a score of 92 %.", Rule.PERCENT),
]
PASSES = [
    "No match among 15 pictures; crops would be missed.",
    "No trace found by the 1 of 2 methods that could speak for this file; on posted copies these find fewer than 1 in "
    "10 alterations.",
    "It is likely that the picture was taken before the claimed time.",
    "There is almost no chance that the claim holds.",
    "It is almost certain that the picture is older than the claim.",
    "It is very unlikely that the picture was taken there.",
    "There is a roughly even chance that the date is that of the upload.",
    "Confidence in this judgement is high: three independent origins agree.",
    "It is likely that the claim holds. Confidence in this judgement is low: one source alone speaks for it.",
    "Confidence in this judgement is moderate: the sources are two.",
    "7 of 8 planted variants of this picture were found: crop to 50 %, mirrored; not found: crop to 30 %.",
    "The reference was cropped to 38 % of its area.",
    "61 of 80 points and 93 % of the blocks agree.",
    "What covers less than 1.5 % of the picture is called a shared element.",
    "The crop covers 12.5 per cent of the reference.",
    "83.9 % in at most 8 even colours, 0.4 % of the area is anything else.",
    "within 60 when at most 30 % of the rises in brightness differ",
    "JPEG quality 30 was found, and so was a crop to 50 %.",
    'The caption says "a genuine photograph, verified by our desk".',
    "The caption says “100 % real picture, no fake”.",
    "Подпись: «genuine photo».",
    "The clock of the camera ran in real time.",
    "The real name of the account is not known.",
    "The signature is intact, and the signer is listed.",
    "The file is not the one that was signed.",
    "Whether the picture is new.",
    "How old the picture is at most: only soft dates were found.",
    "The remote manifest was not fetched.",
    "credentials elsewhere, not fetched",
    "The sources contradict each other on the place: 3,651 km apart.",
    "A neighbouring frame is not told from a copy.",
    "An unrelated picture would agree as well in fewer than one of 40000 such searches of a set of this size.",
    "The two differ in 4 of 256 bits when the picture under test is laid mirrored left-right.",
    "What the thumbnail shows and the picture does not is within 3 % of the area.",
    "The light is realistic in no measurable sense, and is not judged.",
    "A likeness of the picture is kept in 2 KB.",
    "Searched: 15 pictures in yard at snapshot 0123456789ab, by phash256/1 within 60 bits.",
    "Really large pictures are scaled down first.",
    "The border agrees over 25 % of its length.",
    "Published by Agence (@agence), 19 Jul 2014 (agency record); graded B2.",
    "It would have missed: parts smaller than about 150 pixels.",
]


def test_there_are_forty_of_each() -> None:
    assert len({text for text, _ in CAUGHT}) >= 40 <= len(set(PASSES))


@pytest.mark.parametrize(("text", "rule"), CAUGHT)
def test_what_no_report_may_say_is_caught_by_its_rule(text: str, rule: Rule) -> None:
    assert rule in broken(text)


@pytest.mark.parametrize("text", PASSES)
def test_what_a_report_may_say_passes(text: str) -> None:
    assert broken(text) == ()


def test_a_likelihood_and_a_confidence_may_stand_in_two_sentences() -> None:
    apart = "It is likely that the claim holds. Confidence in this judgement is low: one source."
    assert broken(apart) == ()
    assert broken(apart.replace(". Confidence", ", and confidence")) == (Rule.MIXED,)


def test_a_name_that_a_source_has_is_exempt_and_the_same_word_of_ours_is_not() -> None:
    assert broken("Published by Verified News, undated.", ["Verified News"]) == ()
    assert broken("Published by Verified News; the picture is verified.", ["Verified News"]) == (Rule.JUDGEMENT,)
    assert broken("Unverified Newsroom says so.", ["Verified News"]) == (Rule.JUDGEMENT,)


def _lead(statement: str, by: str = "a reader", quote: str = "") -> Lead:
    source = Source(kind=SourceKind.PERSON, name=by, origin=by)
    return Lead(
        source=source, statement=statement, method="recorded by the desk", lead=LeadKind.CONTEXT, by=by, quote=quote
    )


def _told(report: Report, text: str, *items: Lead, cites: tuple[str, ...] = ()) -> Report:
    said = Sentence(text=text, cites=cites or tuple(item.id for item in items))
    finding = Finding(question=Question.SEEN_BEFORE, verdict=Verdict.NO_MATCH, sentences=(said,))
    return dataclasses.replace(report, findings=(finding,), evidence=(*report.evidence, *items))


def test_words_of_the_cited_source_are_exempt_those_of_another_are_not(bare: Report) -> None:
    one, other = _lead("Somebody wrote.", by="Genuine Photo Agency"), _lead("Somebody wrote.", by="a reader")
    text = "Recorded: Genuine Photo Agency, undated."
    assert complaints(_told(bare, text, one)) == ()
    assert [said.rule for said in complaints(_told(bare, text, other))] == [Rule.JUDGEMENT]


def test_a_stranger_who_says_a_banned_word_alone_does_not_exempt_our_own(bare: Report) -> None:
    item = _lead("Somebody wrote.", quote="genuine")
    assert [one.rule for one in complaints(_told(bare, "The picture is genuine.", item))] == [Rule.JUDGEMENT]


def test_a_sentence_tied_to_nothing_in_the_report_is_caught(bare: Report) -> None:
    told = complaints(_told(bare, "Nothing was found.", cites=("search-000000000000",)))
    assert [(one.rule, one.where) for one in told] == [(Rule.UNTIED, "seen-before")]
    run = CheckRun(check="search", outcome=Ran(evidence=()))
    tied = dataclasses.replace(_told(bare, "Nothing was found.", cites=(run.id,)), checks=(run,))
    assert complaints(tied) == ()


def test_statements_limits_and_notes_are_read_too(bare: Report) -> None:
    item = dataclasses.replace(_lead("The picture is fake."), limits=("It was probably altered.",))
    runs = (
        CheckRun(check="one", outcome=Ran(evidence=(item,), note="90 % sure")),
        CheckRun(check="other", outcome=Skipped(reason="the picture is genuine")),
    )
    told = complaints(dataclasses.replace(bare, findings=(), evidence=(item,), checks=runs))
    assert [(one.rule, one.where) for one in told] == [
        (Rule.JUDGEMENT, item.id),
        (Rule.ROW, item.id),
        (Rule.PERCENT, runs[0].id),
        (Rule.JUDGEMENT, runs[1].id),
    ]


def test_complaints_are_bounded_and_harmless_to_show(bare: Report) -> None:
    items = tuple(_lead(f"The picture number {number} is fake\u202e\x1b[31m.") for number in range(300))
    told = complaints(dataclasses.replace(bare, findings=(), evidence=items))
    assert len(told) == MOST_COMPLAINTS
    assert not any(mark in str(one) for one in told for mark in "\u202e\x1b")


def test_a_hostile_report_is_read_in_no_time(bare: Report) -> None:
    item = _lead("Somebody wrote.", quote='fake "' * 200_000 + "«" * 100_000)
    begun = time.process_time()
    complaints(_told(bare, 'fake "' * 20_000 + "is 9" * 20_000, item))
    assert time.process_time() - begun < 20


def test_the_sample_reports_break_no_rule(founding: Report, bare: Report) -> None:
    assert list(map(str, complaints(founding))) == []
    assert list(map(str, complaints(bare))) == []


@pytest.mark.parametrize("scenario", LOADED, ids=lambda one: one["id"])
def test_no_answer_to_a_scenario_breaks_a_rule(scenario: dict[str, object], bare: Report) -> None:
    items = scenario_items(scenario)
    runs = (CheckRun(check="recorded", outcome=Ran(evidence=items)),)
    weighed = weigh(items, runs, tuple(Question))
    report = dataclasses.replace(bare, findings=weighed.findings, evidence=items, checks=runs)
    assert list(map(str, complaints(report))) == []


def test_a_broken_rule_is_a_note_that_every_rendering_shows(bare: Report) -> None:
    item = _lead("The picture is fake.")
    told = tuple(map(str, complaints(dataclasses.replace(bare, findings=(), evidence=(item,)))))
    marked = dataclasses.replace(bare, wording=told)
    assert "breaks its own rules for words" in html(marked, {})
    assert "breaks its own rules for words" not in html(bare, {})
    assert "Wording" in terminal.render(marked, width=100, colour=False)
    assert "Wording" not in terminal.render(bare, width=100, colour=False)
