"""The first screen of a report as a value: what every short form shows, in the order in which a reader asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..model.evidence import Evidence
from ..model.finding import NextStep, Question, Verdict
from ..model.outcome import Failed
from ..model.report import Report
from ..model.said import listing
from . import earlier, people, view, words
from .edition import told as edition
from .jsonform import body_digest
from .languages.tongue import ENGLISH, Tongue

_OPTIONS = {"--claimed-time": "TIME", "--claimed-place": "PLACE", "--reference": "SET", "--within": "SECONDS"}
"""Options of `check` that next steps name, in the order of its help, each with what stands behind it."""
_ENDS = str.maketrans("),.:;", "     ")
MOST_LINES = 12
"""Of one kind on the first screen; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence with what it cites; `label` and `verdict` stand before it, `note` behind it."""

    text: str
    cites: tuple[str, ...] = ()
    label: str = ""
    verdict: Verdict | None = None
    note: str = ""
    by: str = ""
    """Whose words the text is; "" where it is ours."""
    english: bool = False
    """Whether it is ours and stands in English in a form of another language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Texts are as they are in the report: whoever shows them makes them harmless for that place."""

    title: str
    facts: tuple[str, ...]
    overall: Verdict
    claims: tuple[Line, ...]
    answers: tuple[Line, ...]
    at_odds: tuple[Line, ...]
    unknown: tuple[Line, ...]
    steps: tuple[Line, ...]
    people: tuple[Line, ...]
    """What people added, accepted and set aside."""
    earlier: tuple[Line, ...]
    cited: tuple[Evidence, ...]
    """What these lines cite, in the order in which they do."""
    refusal: str
    edition: str
    """What was left out of an edition; "" for a full record."""
    digest: str


def outline(report: Report, tongue: Tongue = ENGLISH) -> Outline:
    """The first screen of a report, our words in the language of `tongue`."""
    original, refusal = report.original, report.refusal
    claims = _first(tuple(_claim(saying) for saying in view.under_test(report)), tongue)
    answers = tuple(
        line_of(
            words.answer(finding),
            tongue,
            cites=finding.sentences[0].cites
            if finding.sentences and finding.verdict is not Verdict.NOT_CHECKED
            else (),
            label=tongue.word(words.QUESTIONS[finding.question], "question"),
            verdict=finding.verdict,
        )
        for finding in report.findings
    )
    odds = _first(
        tuple(line_of(words.at_odds(one), tongue, cites=(one.first, one.second)) for one in words.conflicts(report)),
        tongue,
    )
    steps = tuple(line_of(step.text, tongue, cites=step.cites, note=could(step, tongue)) for step in report.next_steps)
    added = _first(tuple(_people(report)), tongue)
    before = _first(tuple(_earlier(report, tongue)), tongue, most=1)
    facts = (words.media(original), words.dimensions(report), words.size(original.size_bytes))
    return Outline(
        title=original.name,
        facts=(*filter(None, facts), f"sha256 {original.sha256}"),
        overall=report.overall,
        claims=claims,
        answers=answers,
        at_odds=odds,
        unknown=_first(tuple(_unknown(report, tongue)), tongue),
        steps=steps,
        people=added,
        earlier=before,
        cited=tuple(_cited(report, (claims, answers, before, odds, added, steps))),
        refusal="; ".join(tongue.told(one) or one for one in (refusal.reason, refusal.remedy) if one)
        if refusal
        else "",
        edition=_edition(report),
        digest=body_digest(report),
    )


def could(step: NextStep, tongue: Tongue = ENGLISH) -> str:
    """What a step could move, and what it takes: "Could settle When and Altered; minutes at the desk".

    With the whole command where the step names an option of it: on a page nobody knows what that belongs to.
    """
    moves = (("could settle {answers}", step.could_settle), ("could overturn {answers}", step.could_overturn))
    told = [tongue.word(verb, answers=_answers(ones, tongue)) for verb, ones in moves if ones]
    given = [
        f"{option} {value}" for option, value in _OPTIONS.items() if f"{option} " in f"{step.text} ".translate(_ENDS)
    ]
    command = f"provenance check IMAGE {' '.join(given)}"
    as_typed = [tongue.word("on the command line: {command}", command=command)] if given else []
    text = "; ".join([*told, tongue.word(step.effort.value, "effort"), *as_typed])
    return text[:1].upper() + text[1:]


def _answers(ones: Sequence[Question], tongue: Tongue) -> str:
    names = [tongue.word(words.QUESTIONS[one], "question") for one in ones]
    return listing(names) if tongue.english else ", ".join(names)


def line_of(text: str, tongue: Tongue, **rest: Any) -> Line:
    """A line of ours in this language, or in English and marked so."""
    shown = tongue.told(text)
    return Line(text=text if shown is None else shown, english=shown is None, **rest)


def _first(lines: tuple[Line, ...], tongue: Tongue, most: int = MOST_LINES) -> tuple[Line, ...]:
    left = len(lines) - most
    return (*lines[:most], Line(text=tongue.word("And {n} more in the report.", n=left))) if left > 0 else lines


def _claim(saying: view.Saying) -> Line:
    verdict = saying.result.overall if saying.result else None
    by = saying.by if saying.verbatim else ""
    return Line(text=saying.words, cites=(saying.item.id,), verdict=verdict, by=by)


def _people(report: Report) -> Iterable[Line]:
    for added in people.additions(report):
        aside = "; ".join(f"counts for nothing: {text}" for text in added.aside)
        by, text = (added.by, added.words) if added.words else ("", f"{added.by}: {added.item.statement}")
        yield Line(text=text, by=by, cites=(added.item.id,), note="; ".join(filter(None, (added.where, aside))))
    for review in report.reviews:
        of = words.QUESTIONS.get(Question(review.item)) if review.of_answer else ""
        what = f"the answer to {of}" if of else f"this item: {review.statement}"
        cites = () if review.of_answer or not review.here else (review.item,)
        note = f"{what}; {people.outcome(review)}; {people.entry(review.noted)}"
        yield Line(text=review.reason, by=review.by, label=review.word.value.capitalize(), cites=cites, note=note)


def _earlier(report: Report, tongue: Tongue) -> Iterable[Line]:
    for item in earlier.earlier_checks(report):
        yield Line(
            text=f"{earlier.told(item, tongue)}.",
            label=tongue.word("Checked before by this desk"),
            cites=(item.id,),
        )


def _edition(report: Report) -> str:
    made = report.derivation
    return f"{edition.OPENING} {edition.told(report)} {made.of}" if made else ""


def _unknown(report: Report, tongue: Tongue) -> Iterable[Line]:
    for finding in report.findings:
        for text in finding.not_established:
            yield line_of(text, tongue, label=tongue.word(words.QUESTIONS[finding.question], "question"))
    for run in report.checks:
        if isinstance(run.outcome, Failed):
            yield line_of(
                f"The check {run.check} broke; what it would have found is not known.", tongue, cites=(run.id,)
            )


def _cited(report: Report, groups: Sequence[Sequence[Line]]) -> Iterable[Evidence]:
    items = {item.id: item for item in report.evidence}
    for one in dict.fromkeys(cite for group in groups for line in group for cite in line.cites):
        if one in items:
            yield items[one]
