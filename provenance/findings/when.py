"""When: can the picture have been taken at the claimed time?"""

from __future__ import annotations

from collections.abc import Sequence

from ..intake.said import as_written, span
from ..model.evidence import Appearance, Bound, BoundKind, Claim
from ..model.finding import Conflict, Finding, Question, Sentence, Verdict
from .intervals import clipped, gap
from .judging import Judged, Timeline
from .strength import Aside, Sorted, TimeItem
from .tiers import worst
from .verdicts import asides_said, headline, weight_said, why_changes
from .wording import cited, counted, graded, lasting, merged, name

QUESTION = Question.WHEN


def finding(found: Sorted, line: Timeline, judged: Sequence[Judged], conflicts: Sequence[Conflict]) -> Finding | None:
    """The answer; None when there is nothing at all to rest one on."""
    limits = _limits(line)
    claims = [one for one in judged if one.claim.time is not None]
    opening = _opening(found, line, claims)
    if opening is None:
        return None
    decisive = min(claims, key=lambda one: one.verdict is not worst(other.verdict for other in claims), default=None)
    sentences = [
        *opening,
        *(sentence for one in claims for sentence in weight_said(one, "the picture was taken at the claimed time")),
        *limits,
        *_reading(line),
        *asides_said([aside for aside in found.asides if _speaks_of_time(aside)]),
    ]
    return Finding(
        question=QUESTION,
        verdict=worst(one.verdict for one in claims),
        sentences=merged(sentences),
        would_change=why_changes(claims, "time"),
        not_established=_not_established(line),
        conflicts=tuple(conflicts),
        likelihood=decisive.likelihood if decisive else None,
        confidence=decisive.confidence if decisive else None,
    )


def _opening(found: Sorted, line: Timeline, claims: Sequence[Judged]) -> list[Sentence] | None:
    """The one-line answer, then one line a claim where several were tested."""
    if claims:
        return headline(claims, _answer)
    upper = line.left.upper
    if upper is not None:
        claim = "The claim names no time" if found.claims else "No claim to test"
        return [cited(f"{claim}; the picture was taken by {_by(upper)} at the latest.", *found.claims, upper.evidence)]
    if found.claims:
        return [cited("The claim names no time, and nothing bounds it.", *found.claims)]
    return None


def _answer(one: Judged) -> Sentence:
    """A verdict on one claim in one line."""
    claim, said = one.claim, span(one.claim.time) if one.claim.time else ""
    causes = [item.evidence for item in one.causes]
    if one.verdict is Verdict.RECYCLED:
        return cited(_older(one), claim, *causes)
    if one.verdict is Verdict.CONTRADICTED:
        return cited(f"{name(causes[0])} rules out the claimed time, {said}.", claim, *causes)
    if one.verdict is Verdict.DISPUTED:
        return cited(f"Items of comparable weight disagree on the claimed time, {said}.", claim, *causes)
    if one.verdict is Verdict.CONSISTENT:
        who = f"{name(causes[0])} alone, the claimant itself," if one.own else name(causes[0])
        more = f" and {counted(len(causes) - 1, 'more item')}" if len(causes) > 1 else ""
        return cited(f"{who}{more} {'support' if more else 'supports'} the claimed time, {said}.", claim, *causes)
    return cited(f"Nothing independent dates the picture to {said}.", claim, *(item.evidence for item in one.support))


def _older(one: Judged) -> str:
    item = one.causes[0]
    apart = gap(item.interval, one.claim.time) if isinstance(item, TimeItem) and one.claim.time else None
    early = f"at least {lasting(apart)} before the claimed time" if apart is not None else "before the claimed time"
    if isinstance(item, TimeItem) and not item.asserts and isinstance(item.evidence, Appearance):
        return f"A copy was published by {_by(item)}, {early}."
    if isinstance(item, TimeItem) and not item.asserts:
        return f"The picture was taken by {_by(item)} at the latest, {early}."
    return f"{name(item.evidence)} dates it to {span(item.interval) if isinstance(item, TimeItem) else ''}, {early}."


def _by(item: TimeItem) -> str:
    return span(item.interval).removeprefix("until ") if item.interval.earliest is None else _last(item)


def _last(item: TimeItem) -> str:
    return span(item.interval).rpartition(" – ")[2]


def _limits(line: Timeline) -> list[Sentence]:
    """The hard limits, each with who sets it."""
    left = line.left
    if left.clash is not None:
        first, second = (item.evidence for item in left.clash)
        return [cited(f"Two hard limits exclude each other: {name(first)} and {name(second)}.", first, second)]
    found = []
    if left.lower is not None:
        start = span(left.lower.interval).partition(" – ")[0].removeprefix("from ")
        found.append(cited(f"Not before {start}: {name(left.lower.evidence)}.", left.lower.evidence))
    if left.upper is not None:
        found.append(cited(f"Not after {_by(left.upper)}: {name(left.upper.evidence)}.", left.upper.evidence))
    return found


def _reading(line: Timeline) -> list[Sentence]:
    """The reading that the best grades support; where two are equal, both."""
    telling = [reading for reading in line.readings if any(item.asserts for item in reading)]
    sentences: list[Sentence] = []
    for reading in telling[:2]:
        if (left := clipped([item for item in reading if item.asserts], line.left)) is None:
            continue
        items = [item for item in reading if item.asserts]
        narrow = min(items, key=lambda item: (str(item.grade), item.evidence.id))
        origins = len({item.origin for item in items})
        times = span(narrow.interval) if len(items) == 1 else _rounded(items)
        which = "The best graded reading" if not sentences else "The next reading"
        text = f"{which} dates the capture to {times} ({counted(origins, 'origin')}; best: {graded(narrow.evidence)})."
        sentences.append(cited(text, *(item.evidence for item in items)))
        if left is None or len(telling) == 1:
            break
    return sentences


def _rounded(items: Sequence[TimeItem]) -> str:
    """The narrowest item's own words: a date is never printed finer than somebody gave it."""
    return span(min(items, key=_width).interval)


def _width(item: TimeItem) -> tuple[float, str]:
    start, end = as_written(item.interval)
    return ((end - start).total_seconds() if start and end else float("inf"), item.evidence.id)


def _speaks_of_time(aside: Aside) -> bool:
    item = aside.evidence
    if isinstance(item, Appearance):
        return item.published is not None or item.caption_time is not None
    return getattr(item, "time", None) is not None or (isinstance(item, Claim) and item.time is not None)


def _not_established(line: Timeline) -> tuple[str, ...]:
    found = []
    if line.left.not_before is None and not any(item.asserts for item in line.soft):
        found.append("When the picture was taken: nothing gives a not-before, so it may be of any age.")
    elif line.left.not_before is None:
        found.append("How old the picture is at most: only statements or tags say when it was taken.")
    if isinstance(line.left.upper and line.left.upper.evidence, Bound) and line.left.upper is not None:
        bound = line.left.upper.evidence
        if isinstance(bound, Bound) and bound.bound is BoundKind.RECEIVED:
            found.append("When the picture was first published.")
    if line.left_out:
        found.append(f"What {counted(line.left_out, 'item')} of the lowest grades would add: too many were given.")
    return tuple(found)
