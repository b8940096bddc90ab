"""A report in well under a screen: what the file is, one line per question, what is at odds, what stays open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model.evidence import Claim
from ..model.finding import ClaimResult, Verdict
from ..model.outcome import Failed
from ..model.report import Report
from ..model.text import visible
from . import words
from .comparison import render_comparison
from .inspection import render_inspect
from .lines import entry, headline

__all__ = ["render", "render_comparison", "render_inspect"]

LINES = 22
"""Lines that the ordinary report takes at most: a terminal of 24 lines less the path and the prompt."""
CLAIMS_SHOWN = 3
CONFLICTS_SHOWN = 3
SHORTEST = 2
"""Lines that every answer keeps."""


def render(report: Report, *, width: int, colour: bool) -> str:
    """The report for a terminal `width` columns wide, without a newline at its end.

    Where the whole would not fit a screen, the longest answers are cut with an ellipsis; they stand in full in the
    other renderings. With `colour`, verdict words carry ANSI SGR sequences; nothing is said by colour alone.
    """
    head = [*headline(report, width), ""]
    entries = [_entry(line, width, colour, share=line.most) for line in _answers(report)]
    shares = _shares([len(lines) for lines in entries], LINES - len(head))
    for line, share in zip(_answers(report), shares, strict=True):
        head += _entry(line, width, colour, share=share)
    return "\n".join(head)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    label: str
    text: str
    verdict: Verdict | None = None
    most: int = 0
    """Lines it may take even where there is room; 0: as many as it needs."""


def _entry(line: _Answer, width: int, colour: bool, *, share: int) -> list[str]:
    return entry(line.label, line.text, width, verdict=line.verdict, colour=colour, share=share)


def _shares(lengths: list[int], room: int) -> list[int]:
    """Lines for each answer: the longest, and of equal ones the last, gives up lines until all fit or each has two."""
    shares = list(lengths)
    while sum(shares) > room and max(shares) > SHORTEST:
        longest = max(range(len(shares)), key=lambda index: (shares[index], index))
        shares[longest] -= 1
    return shares


def _answers(report: Report) -> Iterable[_Answer]:
    yield from _claims(report)
    for finding in report.findings:
        label = words.QUESTIONS[finding.question]
        yield _Answer(label=label, text=visible(words.answer(finding)), verdict=finding.verdict)
    yield from _remainder(report)


def _claims(report: Report) -> Iterable[_Answer]:
    """The overall word; with one claim beside it, with several each on a line of its own."""
    tested = [(_claim(report, result), result.overall) for result in report.claims]
    if len(tested) <= 1:
        yield _Answer(label="Overall", text="".join(text for text, _ in tested), verdict=report.overall)
        return
    yield _Answer(label="Overall", text=f"{len(tested)} claims tested", verdict=report.overall)
    for text, verdict in tested[:CLAIMS_SHOWN]:
        yield _Answer(label="  Claim", text=text, verdict=verdict)
    if len(tested) > CLAIMS_SHOWN:
        yield _Answer(label="", text=f"and {len(tested) - CLAIMS_SHOWN} more claims")


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
        yield _Answer(label="Pixels", text=visible(f"not decoded: {reason}"))
    at_odds = words.conflicts(report)
    if at_odds:
        shown = [visible(words.at_odds(conflict)) for conflict in at_odds[:CONFLICTS_SHOWN]]
        more = len(at_odds) - len(shown)
        yield _Answer(label="At odds", text=" ".join([*shown, f"And {more} more." if more else ""]))
    unknown = words.distinct(text for finding in report.findings for text in finding.not_established)
    if unknown:
        yield _Answer(label="Not known", text=visible(" ".join(unknown)), most=SHORTEST)
    failed = [f"{run.check} ({run.outcome.error})" for run in report.checks if isinstance(run.outcome, Failed)]
    if failed:
        yield _Answer(label="Failed", text=visible("; ".join(failed)))
