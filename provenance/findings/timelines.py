"""What bounds the time of capture, once, for any number of claims: what is left, and what can be true at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from ..model.time import Interval
from .graded import PlaceItem, Sorted, TimeItem
from .intervals import Hull, end, hull, lies_in, readings, within
from .tiers import Tier, tier

MOST_ITEMS = 300
"""No desk records as many; a file made to slow the program down could. The best graded are kept."""

Item = TimeItem | PlaceItem
Kind = TypeVar("Kind", TimeItem, PlaceItem, Item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All limits on time, once, for any number of claims."""

    left: Hull
    limits: tuple[TimeItem, ...]
    """The hard ones, but for the day of the check, which says nothing of the picture."""
    checked: datetime | None
    """The day of the check."""
    soft: tuple[TimeItem, ...]
    """Soft items that leave room inside the hard limits."""
    excluded: tuple[TimeItem, ...]
    """Soft items that the hard limits rule out."""
    denials: tuple[TimeItem, ...]
    readings: tuple[tuple[TimeItem, ...], ...]
    left_out: int = 0


def timeline(found: Sorted) -> Timeline:
    """Intersect the hard limits and list the maximal consistent readings of the soft ones, the preferred one first."""
    left = hull(found.times)
    soft = [item for item in found.times if not item.hard and not item.denies]
    fitting = [item for item in soft if left.clash is None and within(item, left)]
    kept = best(fitting)[:MOST_ITEMS]
    return Timeline(
        left=left,
        limits=tuple(best(item for item in found.times if item.hard and not item.by_check))[:MOST_ITEMS],
        checked=min((end(item.interval) for item in found.times if item.by_check), default=None),
        soft=tuple(kept),
        excluded=tuple(item for item in soft if left.clash is None and not within(item, left)),
        denials=tuple(item for item in found.times if item.denies)[:MOST_ITEMS],
        readings=tuple(sorted(readings(kept), key=preference)),
        left_out=len(fitting) - len(kept),
    )


def preference(reading: Sequence[TimeItem]) -> list[tuple[str, int]]:
    """Lexicographic by the best grade of each origin: a better grade first, then more origins."""
    grades: dict[str, tuple[str, int]] = {}
    for item in reading:
        grade = (item.grade.reliability, item.grade.credibility)
        grades[item.origin] = min(grade, grades.get(item.origin, grade))
    return [*sorted(grades.values()), ("G", 0)]


def best(items: Iterable[Kind]) -> list[Kind]:
    """By grade, then by content."""
    return sorted(items, key=lambda item: (str(item.grade), item.evidence.label, item.evidence.id))


def limits_for(line: Timeline, said: Interval) -> list[TimeItem]:
    """The firm limits that leave no time but the claimed.

    None where what they exclude weighs as much and leaves none of it: one of the two is wrong, and which is not known.
    Nor is an earlier check any where the claimed time goes on past the day of this one: else checking twice would help.
    """
    found = [item for item in line.limits if lies_in(item.interval, said)]
    if line.checked is not None and line.checked <= end(said):
        found = [item for item in found if not item.by_earlier_check]
    against = [item for item in line.excluded if not item.interval.meets(said)]
    return [] if tier(against) >= max(tier(found), Tier.SINGLE) else found
