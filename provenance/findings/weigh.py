"""Evidence in, answers out: the one entrance to this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..model.evidence import Evidence
from ..model.finding import ClaimResult, Conflict, Finding, Question, Sentence, Verdict
from ..model.outcome import CheckRun, Failed, Ran
from ..model.said import last_day
from . import altered, frames, origin, seen_before, shadows, sources, when, where
from .conflicts import all_conflicts
from .graded import Sorted
from .judging import Judged, judge_place, judge_time
from .strength import sort_evidence
from .tiers import worst
from .timelines import timeline
from .unrun import reasons

# The checks a question rests on: when none of them ran, there is no answer, and their reason is given.
RESTS_ON: dict[Question, tuple[str, ...]] = {
    Question.SEEN_BEFORE: ("search",),
    Question.WHEN: ("recorded", "search", "exif"),
    Question.WHERE: ("recorded", "search", "exif"),
    Question.ALTERED: altered.METHODS,
    Question.ORIGIN: ("credentials", "manifest-store", "container", "exif"),
    Question.SOURCES: ("recorded", "search", "exif"),
}
RECORD = "record claims and evidence in a claims file"
"""The remedy where nobody has said anything yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """All answers."""

    findings: tuple[Finding, ...]
    claims: tuple[ClaimResult, ...]
    overall: Verdict
    """The first of recycled, contradicted, disputed, unproven, consistent that any tested claim has in a dimension
    asked for; not checked when neither was looked at; no claim when there is none."""
    not_after: str = ""
    """Last day on which the picture can have been taken, by hard limits alone, ISO 8601; "" when unbounded."""
    conflicts: tuple[Conflict, ...] = ()
    apart_km: float | None = None
    """Between the first claimed place and the best graded place apart from it, else a lead's, else between two
    places that evidence gives and that are apart; centre to centre."""


def weigh(evidence: tuple[Evidence, ...], runs: tuple[CheckRun, ...], questions: tuple[Question, ...]) -> Weighed:
    """Weigh all evidence once and answer the questions asked, in report order.

    Pure, and the same for any order of the evidence.
    """
    found = sort_evidence(evidence)
    items = tuple(sorted({item.id: item for item in evidence}.values(), key=lambda item: (item.label, item.id)))
    line = timeline(found)
    places = [judge_place(claim, found.places) for claim in found.claims]
    # A shadow excludes a time at the claimed place; of a picture taken elsewhere it says nothing of the time.
    there = frozenset(one.claim.id for one in places if one.verdict is not Verdict.CONTRADICTED)
    ruled_out = shadows.ruled_out(items, there)
    times = [judge_time(claim, line, ruled_out.get(claim.id, ())) for claim in found.claims]
    conflicts = all_conflicts(found, items, line, [*times, *places])
    results = tuple(_result(one, other, questions) for one, other in zip(times, places, strict=True))
    answers: dict[Question, Callable[[], Finding | None]] = {
        Question.SEEN_BEFORE: lambda: seen_before.finding(items, runs),
        Question.WHEN: lambda: when.finding(found, line, times, _of(conflicts, found, "time"), items),
        Question.WHERE: lambda: where.finding(found, places, _of(conflicts, found, "place"), items),
        Question.ALTERED: lambda: altered.finding(items, runs),
        Question.ORIGIN: lambda: origin.finding(items, runs),
        Question.SOURCES: lambda: sources.finding(items, conflicts),
    }
    return Weighed(
        findings=tuple(
            frames.beside(answers[question]() or _unanswered(question, runs), items)
            for question in Question
            if question in questions
        ),
        claims=results,
        overall=_overall(results, runs),
        not_after="" if line.left.upper is None else last_day(line.left.upper.interval),
        conflicts=conflicts,
        apart_km=where.apart_km(places, items, found.places),
    )


def _of(conflicts: tuple[Conflict, ...], found: Sorted, dimension: str) -> tuple[Conflict, ...]:
    """The conflicts about the picture in this dimension; of a pair that the desk recorded, what its items bound."""
    bounding = {item.evidence.id for item in (found.times if dimension == "time" else found.places)}
    bounding |= {claim.id for claim in found.claims}
    return tuple(
        one
        for one in conflicts
        if one.about == "picture"
        and (one.dimension == dimension or (not one.dimension and {one.first, one.second} <= bounding))
    )


def _result(time: Judged, place: Judged, questions: tuple[Question, ...]) -> ClaimResult:
    """One claim's row; a dimension that nobody asked for was not looked at."""
    pairs = ((time, Question.WHEN), (place, Question.WHERE))
    asked = [one for one, question in pairs if question in questions]
    when, where_ = (one.verdict if question in questions else Verdict.NOT_CHECKED for one, question in pairs)
    overall = worst(one.verdict for one in asked)
    if overall is Verdict.NO_CLAIM and (time.verdict, place.verdict) != (Verdict.NO_CLAIM, Verdict.NO_CLAIM):
        overall = Verdict.NOT_CHECKED
    decisive = next((one for one in asked if one.verdict is overall), None)
    return ClaimResult(
        claim=time.claim.id,
        when=when,
        where=where_,
        overall=overall,
        likelihood=decisive.likelihood if decisive else None,
        confidence=decisive.confidence if decisive else None,
    )


def _overall(results: Sequence[ClaimResult], runs: tuple[CheckRun, ...]) -> Verdict:
    """The worst word of all claims; "no claim" only where what was recorded was read and held none."""
    if not results:
        read = any(run.check == "recorded" and isinstance(run.outcome, Ran) for run in runs)
        return Verdict.NO_CLAIM if read else Verdict.NOT_CHECKED
    words = [result.overall for result in results]
    word = worst(words)
    return Verdict.NOT_CHECKED if word is Verdict.NO_CLAIM and Verdict.NOT_CHECKED in words else word


def _unanswered(question: Question, runs: tuple[CheckRun, ...]) -> Finding:
    """Not checked, with the reasons of all checks that could have spoken and did not."""
    if question is Question.WHERE and _read(runs):
        return where.unclaimed(run.id for run in runs if run.check in RESTS_ON[question])
    reason, remedy = reasons(run for run in runs if run.check in RESTS_ON[question])
    if reason:
        return _not_checked(question, reason, remedy)
    if question is Question.SOURCES and any(run.check == "recorded" for run in runs):
        return _no_sources(runs)
    return _not_checked(question, "no evidence to rest an answer on", RECORD)


def _read(runs: tuple[CheckRun, ...]) -> bool:
    """Whether what people and the file say of a place was read; that no set was searched is told by "seen before"."""
    ran = {run.check for run in runs if isinstance(run.outcome, Ran)}
    broke = any(isinstance(run.outcome, Failed) for run in runs if run.check in RESTS_ON[Question.WHERE])
    return {"recorded", "exif"} <= ran and not broke


def _not_checked(question: Question, reason: str, remedy: str) -> Finding:
    return Finding(question=question, verdict=Verdict.NOT_CHECKED, reason=reason, remedy=remedy)


def _no_sources(runs: tuple[CheckRun, ...]) -> Finding:
    ran = tuple(run.id for run in runs if run.check in RESTS_ON[Question.SOURCES])
    text = "Nobody's word was recorded or found: no claim, no statement, no publication."
    return Finding(
        question=Question.SOURCES,
        verdict=Verdict.NO_SOURCES,
        sentences=(Sentence(text=text, cites=ran),),
        would_change=("A claims file, or a matched picture with its records.",),
    )
