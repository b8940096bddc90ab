"""A report in under a screen: the file, one line per question, what is at odds, what people added, what stays open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model.evidence import Claim
from ..model.finding import ClaimResult, Finding, Verdict
from ..model.outcome import Failed
from ..model.report import Report
from ..model.text import visible
from . import earlier as before
from . import people, words
from .comparison import render_comparison
from .edition import told as edition
from .inspection import render_inspect
from .jsonform import body_digest
from .lines import entry, headline

__all__ = ["render", "render_comparison", "render_inspect"]

CLAIMS_SHOWN = 3
CONFLICTS_SHOWN = 2
STEPS_SHOWN = 2
ROOMY = 72
"""Columns from which a line holds an answer; in a narrower window each answer gets a second line."""


def render(report: Report, *, width: int, colour: bool) -> str:
    """The report for a terminal `width` columns wide, without a newline at its end.

    One line an answer: what is longer ends in an ellipsis and stands in full in the other renderings. Only what a
    person has to do something about, a question not checked or pixels refused, takes as many lines as it needs. With
    `colour`, verdict words carry ANSI SGR sequences; nothing is said by colour alone.
    """
    lines = [*headline(report, width), ""]
    if report.derivation is not None:
        lines += entry("Edition", visible(edition.line(report)), width, share=1)
    for answer in _answers(report):
        share = 0 if answer.whole else answer.most if width >= ROOMY else 2
        lines += entry(answer.label, answer.text, width, verdict=answer.verdict, colour=colour, share=share)
    return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    label: str
    text: str
    verdict: Verdict | None = None
    whole: bool = False
    """Never cut."""
    most: int = 1
    """Lines it may take in an ordinary window."""


def _answers(report: Report) -> Iterable[_Answer]:
    yield from _claims(report)
    remedies: set[str] = set()
    for finding in report.findings:
        label, unchecked = words.QUESTIONS[finding.question], finding.verdict is Verdict.NOT_CHECKED
        text = visible(words.answer(finding)) if not unchecked else visible(_unchecked(finding, remedies))
        yield _Answer(label=label, text=text, verdict=finding.verdict, whole=unchecked)
    if found := before.earlier_checks(report):
        yield _Answer(label="Earlier", text=visible(before.line(found)), most=2)
    yield from _remainder(report)


def _unchecked(finding: Finding, told: set[str]) -> str:
    """Why a question was not checked, and how to mend it the first time that remedy comes."""
    remedy = "" if finding.remedy in told else finding.remedy
    told.add(finding.remedy)
    return "; ".join(filter(None, (finding.reason, remedy)))


def _claims(report: Report) -> Iterable[_Answer]:
    """The overall word; with one claim beside it, with several each on a line of its own."""
    tested = [(_claim(report, result), result.overall) for result in report.claims]
    if len(tested) <= 1:
        yield _Answer(label="Overall", text="".join(text for text, _ in tested), verdict=report.overall)
        return
    yield _Answer(label="Overall", text=_how_many(report), verdict=report.overall)
    for text, verdict in tested[:CLAIMS_SHOWN]:
        yield _Answer(label="  Claim", text=text, verdict=verdict)
    if len(tested) > CLAIMS_SHOWN:
        yield _Answer(label="", text=f"and {len(tested) - CLAIMS_SHOWN} more claims")


def _how_many(report: Report) -> str:
    """How many of several claims have the overall word."""
    number, worst = len(report.claims), sum(result.overall is report.overall for result in report.claims)
    if worst == number:
        return "both claims" if number == 2 else f"all {number} claims"
    return f"{worst} of {number} claims"


def _claim(report: Report, result: ClaimResult) -> str:
    claim = report.by_id(result.claim)
    if not isinstance(claim, Claim):
        return visible(result.claim)
    words_said = f'"{visible(claim.quote, limit=80)}"' if claim.quote else visible(claim.statement, limit=80)
    return f"{words_said} ({visible(claim.by, limit=40)})" if claim.by else words_said


def _remainder(report: Report) -> Iterable[_Answer]:
    """What the answers leave: refused pixels, contradictions, what is not known, checks that broke."""
    if report.refusal is not None:
        reason = "; ".join(filter(None, (report.refusal.reason, report.refusal.remedy)))
        yield _Answer(label="Pixels", text=visible(f"not decoded: {reason}"), whole=True)
    at_odds = words.conflicts(report)
    for number, conflict in enumerate(at_odds[:CONFLICTS_SHOWN]):
        yield _Answer(label="" if number else "At odds", text=visible(words.at_odds(conflict)), most=2)
    if len(at_odds) > CONFLICTS_SHOWN:
        yield _Answer(label="", text=f"and {len(at_odds) - CONFLICTS_SHOWN} more")
    if added := people.in_one_line(report):
        yield _Answer(label="People", text=visible(added), most=2)
    unknown = words.distinct(text for finding in report.findings for text in finding.not_established)
    if unknown:
        yield _Answer(label="Not known", text=visible(" ".join(unknown)))
    for number, step in enumerate(report.next_steps[:STEPS_SHOWN], 1):
        yield _Answer(label="Next" if number == 1 else "", text=visible(f"{number}. {step.text}"))
    if report.wording:
        yield _Answer(label="Wording", text=visible(" ".join(report.wording)), most=2)
    failed = [f"{run.check} ({run.outcome.error})" for run in report.checks if isinstance(run.outcome, Failed)]
    if failed:
        yield _Answer(label="Failed", text=visible("; ".join(failed)))
    yield _Answer(label="Digest", text=body_digest(report), whole=True)
