"""When: can the picture have been taken at the claimed time?"""

from __future__ import annotations

from collections.abc import Sequence

from ..model.evidence import Appearance, Bound, BoundKind, Evidence
from ..model.finding import Conflict, Finding, Question, Sentence, Verdict
from ..model.said import span, where
from . import shadows
from .edited import edited
from .file.times import zone_from
from .gaps import least
from .graded import Sorted, TimeItem
from .judging import Judged
from .tiers import worst
from .time_told import (
    below_the_bar,
    by,
    dated,
    earliest_copy,
    hint,
    limits,
    most_telling,
    not_established,
    readings,
    soft_limit,
    speaks_of_time,
)
from .timelines import Timeline
from .too_weak import claimants
from .verdicts import asides_said, headline, sides, weights_said, why_changes
from .wording import cited, denying, graded, merged, more_sources, name, verb

QUESTION = Question.WHEN


def finding(
    found: Sorted,
    line: Timeline,
    judged: Sequence[Judged],
    conflicts: Sequence[Conflict],
    items: Sequence[Evidence] = (),
) -> Finding | None:
    """The answer; None when there is nothing at all to rest one on."""
    claims = [one for one in judged if one.claim.time is not None]
    opening = _opening(found, line, claims, items)
    if opening is None:
        return None
    decisive = min(claims, key=lambda one: one.verdict is not worst(other.verdict for other in claims), default=None)
    sentences = [
        *opening,
        *weights_said(claims, _what),
        *below_the_bar(claims),
        *claimants(claims),
        *limits(line),
        *soft_limit(line, claims),
        *readings(line),
        *shadows.sentences(items),
        *edited(items),
        *asides_said([aside for aside in found.asides if speaks_of_time(aside)]),
    ]
    return Finding(
        question=QUESTION,
        verdict=worst(one.verdict for one in claims),
        sentences=merged(sentences),
        would_change=why_changes(claims, "time"),
        not_established=not_established(line),
        conflicts=tuple(conflicts),
        likelihood=decisive.likelihood if decisive else None,
        confidence=decisive.confidence if decisive else None,
    )


def _opening(
    found: Sorted, line: Timeline, claims: Sequence[Judged], items: Sequence[Evidence]
) -> list[Sentence] | None:
    """The one-line answer, then one line a claim where several were tested."""
    if claims:
        return headline(claims, _answer)
    upper, copy = line.left.upper, earliest_copy(line)
    if copy is not None:
        text = f"No time is claimed; {_dated_copy(copy)}."
        return [cited(text, *found.claims, copy.evidence)]
    said = most_telling(line)
    if said is not None:
        says = verb(said.evidence, "says", "say")
        zone = zone_from(said.evidence, items)
        text = f"No time is claimed; {graded(said.evidence)}, {says} {span(said.interval)}{zone}."
        return [cited(text, *found.claims, said.evidence)]
    if upper is not None:
        return [cited(f"No time is claimed; taken by {by(upper)} at the latest.", *found.claims, upper.evidence)]
    if found.claims:
        return [cited("No time is claimed, and nothing bounds it.", *found.claims)]
    return None


def _what(one: Judged) -> str:
    """What the likelihood is of: a shadow alone speaks of place and time together, and of neither by itself."""
    together = bool(one.causes) and all(isinstance(item, TimeItem) and shadows.by_shadow(item) for item in one.causes)
    return f"the picture was taken at the claimed {'place and time' if together else 'time'}"


def _dated_copy(item: TimeItem) -> str:
    if isinstance(item.evidence, Appearance):
        return f"a copy is dated {by(item)} ({graded(item.evidence)})"
    return f"taken by {by(item)} ({graded(item.evidence)})"


def _answer(one: Judged) -> Sentence:
    """A verdict on one claim in one line."""
    claim, said = one.claim, span(one.claim.time) if one.claim.time else ""
    causes = [item.evidence for item in one.causes]
    if one.verdict is Verdict.RECYCLED:
        return cited(_older(one), claim, *causes)
    if one.verdict is Verdict.CONTRADICTED:
        return cited(_otherwise(one, said), claim, *causes)
    if one.verdict is Verdict.DISPUTED and one.hard:
        text = f"Two firm limits exclude each other, so the claimed time, {said}, cannot be judged."
        return cited(text, claim, *causes)
    if one.verdict is Verdict.DISPUTED:
        return cited(f"{sides(one)} disagree on the claimed time, {said}.", claim, *causes)
    if one.verdict is Verdict.CONSISTENT:
        who = f"{name(causes[0])} alone, the claimant itself," if one.own else name(causes[0])
        more = more_sources(one.origins - 1)
        return cited(f"{who}{more} {'support' if more else 'supports'} the claimed time, {said}.", claim, *causes)
    open_ended = one.claim.time is not None and (one.claim.time.earliest is None or one.claim.time.latest is None)
    heard = any(item.evidence.id not in one.claimants for item in one.support)
    who = "source of enough weight" if heard else "independent source"
    nothing = f"No {who} dates it {said}." if open_ended else f"No {who} dates it to {said}."
    return hint(one) or cited(nothing, claim, *(item.evidence for item in one.support))


def _otherwise(one: Judged, said: str) -> str:
    """Contradicted: who dates it otherwise, and how far off."""
    item = one.causes[0]
    who = name(item.evidence)
    if isinstance(item, TimeItem) and shadows.by_shadow(item) and one.claim.place is not None:
        return f"The shadow measured by {who} rules out the claimed time, {said}, at {where(one.claim.place)}."
    if not isinstance(item, TimeItem) or item.denies or one.claim.time is None:
        return f"{who} {denying(item.evidence)} the claimed time, {said}."
    apart = least(item.interval, one.claim.time)
    side = "before" if item.interval.before(one.claim.time) else "after"
    return f"{who} {dated(item)}, {f'{apart} ' if apart else ''}{side} the claimed time, {said}."


def _older(one: Judged) -> str:
    item = one.causes[0]
    apart = least(item.interval, one.claim.time) if isinstance(item, TimeItem) and one.claim.time else ""
    early = f"{apart} before the claimed time" if apart else "before the claimed time"
    if isinstance(item, TimeItem) and not item.asserts and isinstance(item.evidence, Appearance):
        return f"A copy was {'on the web' if item.evidence.sighting else 'published'} by {by(item)}, {early}."
    if isinstance(item.evidence, Bound) and item.evidence.bound is BoundKind.RECEIVED:
        return "The claimed time lies after this check; that says nothing of an earlier copy."
    if (
        isinstance(item.evidence, Bound)
        and item.evidence.bound is BoundKind.CHECKED_BEFORE
        and isinstance(item, TimeItem)
    ):
        return f"This desk checked it before, on {by(item)}, {early}."
    if isinstance(item, TimeItem) and not item.asserts:
        return f"Taken by {by(item)} at the latest, {early}."
    return f"{name(item.evidence)} dates it to {span(item.interval) if isinstance(item, TimeItem) else ''}, {early}."
