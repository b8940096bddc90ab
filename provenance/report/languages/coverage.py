"""How much of a report's own text is shown in a language, and how much stays in English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...model.evidence import Evidence, Fact
from ...model.outcome import Ran, Skipped
from ...model.report import Report
from ...model.standing import Standing, standing
from .. import words
from .tongue import UNREVIEWED, Tongue

_LEFT = "{n} of {all} sentences in English: not translated."


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Sentences of ours on the page, each as often as it stands there, and how many of them are not translated."""

    all: int
    shown: int
    """In English."""


def coverage(report: Report, tongue: Tongue) -> Coverage:
    """Counted over what the page shows: answers, contradictions, steps, statements and limits, notes of checks."""
    told = [tongue.told(text) is not None for text in (*answers(report), *grounds(report))]
    return Coverage(all=len(told), shown=told.count(False))


def governs(tongue: Tongue, counted: Coverage) -> list[tuple[str, str]]:
    """That this is a translation, which text governs, and how much of it stays English: the language of each sentence
    and the sentence; nothing in English.
    """
    if tongue.english:
        return []
    told = [] if tongue.reviewed else [(tongue.code, tongue.word(UNREVIEWED)), ("en", UNREVIEWED)]
    left = [(tongue.code, tongue.word(_LEFT, n=counted.shown, all=counted.all))] if counted.shown else []
    return [*told, *left]


def governs_report(report: Report, tongue: Tongue) -> list[tuple[str, str]]:
    """The same of a whole report."""
    return [] if tongue.english else governs(tongue, coverage(report, tongue))


def answers(report: Report) -> Iterator[str]:
    """What the findings say, in sentences, and what to do next."""
    for finding in report.findings:
        yield from (sentence.text for sentence in finding.sentences)
        yield from filter(None, (finding.reason, finding.remedy))
        yield from (*finding.would_change, *finding.not_established)
    yield from map(words.at_odds, words.conflicts(report))
    yield from (step.text for step in report.next_steps)


def grounds(report: Report) -> Iterator[str]:
    """What the evidence and the checks say in our words; what people wrote stands as they wrote it."""
    for item in report.evidence:
        if not isinstance(item, Fact):
            yield from () if by_person(item) else (item.statement,)
        yield from item.limits
    for run in report.checks:
        if isinstance(run.outcome, Ran):
            yield from filter(None, (run.outcome.note,))
        elif isinstance(run.outcome, Skipped):
            yield from filter(None, (run.outcome.reason, run.outcome.remedy))


def by_person(item: Evidence) -> bool:
    """Whether a person recorded an item: its statement may hold their words, in whatever language."""
    return standing(item) is Standing.PERSON
