"""A report in under a screen: the file, one line per question, what is at odds, what people added, what stays open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...model.evidence import Claim
from ...model.finding import ClaimResult, Finding, Verdict
from ...model.outcome import Failed
from ...model.report import Report
from ...model.text import visible
from .. import earlier as before
from .. import people, words
from ..edition import told as edition
from ..jsonform import body_digest
from ..languages.coverage import governs_report
from ..languages.isolate import isolated
from ..languages.tongue import ENGLISH, Tongue
from .columns import display_width
from .comparison import render_comparison
from .inspection import render_inspect
from .lines import LABEL, entry, headline, noted, told_in

__all__ = ["render", "render_comparison", "render_inspect"]

CLAIMS_SHOWN = 3
CONFLICTS_SHOWN = 2
STEPS_SHOWN = 2
_SAYS_WHERE = (Verdict.DIFFERS, Verdict.TRACE_FOUND)
"""What was found lies somewhere in the picture, which the end of the sentence says."""
ROOMY = 72
"""Columns from which a line holds an answer; in a narrower window each answer gets a second line."""
SCREEN_LINES = 21
"""Of a window of 24 lines, without those that name the files: what is left goes to answers that would be cut."""


def render(report: Report, *, width: int, colour: bool, tongue: Tongue = ENGLISH) -> str:
    """The report for a terminal `width` columns wide, without a newline at its end.

    One line an answer, and a second where a screen has room for it: what is longer ends in an ellipsis and stands in
    full in the other renderings. Only what a person has to do something about, a question not checked or pixels
    refused, takes as many lines as it needs. With `colour`, verdict words carry ANSI SGR sequences; nothing is said by
    colour alone. In another language than English (`tongue`) a note stands first, and "(en)" before what is not
    translated.
    """
    governed = noted(governs_report(report, tongue), width)
    lines = [*headline(report, width), *governed, ""]
    found = tuple(_answers(report, tongue))
    column = LABEL if tongue.english else max(display_width(answer.label) for answer in found) + 2
    if report.derivation is not None:
        lines += entry(tongue.word("Edition"), told_in(edition.line(report), tongue), width, share=1, column=column)

    def laid(answer: _Answer, more: int = 0) -> list[str]:
        return entry(
            answer.label,
            isolated(answer.text),
            width,
            verdict=answer.verdict,
            colour=colour,
            share=0 if answer.whole else (answer.most if width >= ROOMY else 2) + more,
            tongue=tongue,
            column=column,
        )

    told = [laid(answer) for answer in found]
    left = SCREEN_LINES + len(governed) - len(lines) - sum(map(len, told))
    for number in sorted((at for at, answer in enumerate(found) if answer.grows), key=lambda at: found[at].grows):
        longer = laid(found[number], 1)
        if (more := len(longer) - len(told[number])) and more <= left:
            told[number], left = longer, left - more
    return "\n".join([*lines, *(line for block in told for line in block)])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    label: str
    text: str
    verdict: Verdict | None = None
    whole: bool = False
    """Never cut."""
    most: int = 1
    """Lines it may take in an ordinary window."""
    grows: int = 0
    """When it is given one of the lines that are left, the first first; 0: never."""


def _answers(report: Report, tongue: Tongue) -> Iterable[_Answer]:
    yield from _claims(report, tongue)
    remedies: set[str] = set()
    for finding in report.findings:
        label = tongue.word(words.QUESTIONS[finding.question], "question")
        unchecked = finding.verdict is Verdict.NOT_CHECKED
        text = told_in(words.answer(finding) if not unchecked else _unchecked(finding, remedies), tongue)
        most = 2 if finding.verdict in _SAYS_WHERE else 1
        yield _Answer(label=label, text=text, verdict=finding.verdict, whole=unchecked, most=most, grows=1)
    if found := before.earlier_checks(report):
        yield _Answer(label=tongue.word("Earlier"), text=visible(before.line(found, tongue)), most=2)
    yield from _remainder(report, tongue)


def _unchecked(finding: Finding, told: set[str]) -> str:
    """Why a question was not checked, and how to mend it the first time that remedy comes."""
    remedy = "" if finding.remedy in told else finding.remedy
    told.add(finding.remedy)
    return "; ".join(filter(None, (finding.reason, remedy)))


def _claims(report: Report, tongue: Tongue) -> Iterable[_Answer]:
    """The overall word; with one claim beside it, with several each on a line of its own."""
    tested = [(_claim(report, result, tongue), result.overall) for result in report.claims]
    if len(tested) <= 1:
        text = "".join(text for text, _ in tested)
        yield _Answer(label=tongue.word("Overall"), text=text, verdict=report.overall, grows=3)
        return
    yield _Answer(label=tongue.word("Overall"), text=_how_many(report, tongue), verdict=report.overall)
    for text, verdict in tested[:CLAIMS_SHOWN]:
        yield _Answer(label=f"  {tongue.word('Claim')}", text=text, verdict=verdict, grows=3)
    if len(tested) > CLAIMS_SHOWN:
        yield _Answer(label="", text=tongue.word("and {n} more claims", n=len(tested) - CLAIMS_SHOWN))


def _how_many(report: Report, tongue: Tongue) -> str:
    """How many of several claims have the overall word."""
    number, worst = len(report.claims), sum(result.overall is report.overall for result in report.claims)
    if worst == number:
        return tongue.word("both claims") if number == 2 else tongue.word("all {n} claims", n=number)
    return tongue.word("{n} of {all} claims", n=worst, all=number)


def _claim(report: Report, result: ClaimResult, tongue: Tongue) -> str:
    claim = report.by_id(result.claim)
    if not isinstance(claim, Claim):
        return visible(result.claim)
    words_said = (
        f'"{visible(claim.quote, limit=80)}"'
        if claim.quote
        else visible(tongue.told(claim.statement) or claim.statement, limit=80)
    )
    return f"{words_said} ({visible(claim.by, limit=40)})" if claim.by else words_said


def _remainder(report: Report, tongue: Tongue) -> Iterable[_Answer]:
    """What the answers leave: refused pixels, contradictions, what is not known, checks that broke."""
    if report.refusal is not None:
        reason = told_in("; ".join(filter(None, (report.refusal.reason, report.refusal.remedy))), tongue)
        text = tongue.word("not decoded: {reason}", reason=reason)
        yield _Answer(label=tongue.word("Pixels"), text=text, whole=True)
    at_odds = words.conflicts(report)
    for number, conflict in enumerate(at_odds[:CONFLICTS_SHOWN]):
        yield _Answer(
            label="" if number else tongue.word("At odds"), text=told_in(words.at_odds(conflict), tongue), most=2
        )
    if len(at_odds) > CONFLICTS_SHOWN:
        yield _Answer(label="", text=tongue.word("and {n} more", n=len(at_odds) - CONFLICTS_SHOWN))
    if added := people.in_one_line(report):
        yield _Answer(label=tongue.word("People"), text=told_in(added, tongue), most=2)
    unknown = words.distinct(text for finding in report.findings for text in finding.not_established)
    if unknown:
        yield _Answer(label=tongue.word("Not known"), text=" ".join(told_in(one, tongue) for one in unknown))
    for number, step in enumerate(report.next_steps[:STEPS_SHOWN], 1):
        label = tongue.word("Next") if number == 1 else ""
        yield _Answer(label=label, text=f"{number}. {told_in(step.text, tongue)}", grows=2)
    if report.wording:
        yield _Answer(label=tongue.word("Wording"), text=told_in(" ".join(report.wording), tongue), most=2)
    failed = [f"{run.check} ({run.outcome.error})" for run in report.checks if isinstance(run.outcome, Failed)]
    if failed:
        yield _Answer(label=tongue.word("Failed"), text=visible("; ".join(failed)))
    yield _Answer(label=tongue.word("Digest"), text=body_digest(report), whole=True)
