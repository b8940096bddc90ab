"""Closed intervals of time: the intersection of the hard ones, and the maximal consistent sets of the soft ones.

In one dimension intervals that meet pairwise have a common point (Helly 1923), so an empty intersection always has a
pair that shows it, and the maximal consistent sets are the maximal cliques of an interval graph, found by one sweep
over the end points (Fulkerson and Gross 1965): at most one a start point, O(n log n) before they are written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..model.time import Interval
from .graded import TimeItem

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hull:
    """What the hard limits leave, with the item that sets each end. `clash`: the pair that leaves nothing."""

    lower: TimeItem | None = None
    upper: TimeItem | None = None
    clash: tuple[TimeItem, TimeItem] | None = None

    @property
    def not_before(self) -> datetime | None:
        """The latest hard not-before."""
        return self.lower.interval.earliest if self.lower else None

    @property
    def not_after(self) -> datetime | None:
        """The earliest hard not-after."""
        return self.upper.interval.latest if self.upper else None


def start(interval: Interval) -> datetime:
    """Its earliest moment; an open end is the first moment there is."""
    return interval.earliest or EARLIEST


def end(interval: Interval) -> datetime:
    """Its latest moment; an open end is the last moment there is."""
    return interval.latest or LATEST


def hull(items: Iterable[TimeItem]) -> Hull:
    """Intersect the hard items. When nothing is left, `clash` holds max(start) and min(end), the minimal pair.

    Of several with one end the best graded sets it, so that one relay more of a weak one lowers no confidence.
    """
    hard = [item for item in items if item.hard and not item.denies]
    starts = [item for item in hard if item.interval.earliest is not None]
    ends = [item for item in hard if item.interval.latest is not None]
    lower = min(starts, key=lambda item: (LATEST - start(item.interval), _by_grade(item)), default=None)
    upper = min(ends, key=lambda item: (end(item.interval), _by_grade(item)), default=None)
    empty = lower is not None and upper is not None and start(lower.interval) > end(upper.interval)
    return Hull(lower=lower, upper=upper, clash=(lower, upper) if empty and lower and upper else None)


def _by_grade(item: TimeItem) -> tuple[bool, str, str]:
    return not item.grade.at_least("B", 2), str(item.grade), item.evidence.id


def within(item: TimeItem, left: Hull) -> bool:
    """Whether a soft item leaves room inside the hard limits."""
    return start(item.interval) <= (left.not_after or LATEST) and end(item.interval) >= (left.not_before or EARLIEST)


def lies_in(interval: Interval, said: Interval) -> bool:
    """Whether a limit leaves no time but the claimed: printed in 1998, said to be of before 2000."""
    return start(said) <= start(interval) and end(interval) <= end(said)


def readings(items: Sequence[TimeItem]) -> list[tuple[TimeItem, ...]]:
    """Every maximal set of items that can all be true together; one empty set when there are no items.

    A set is complete when, after one or more starts, the next event is an end: closed intervals, so that at one moment
    starts come before ends. Each set holds only items given; none is dropped from all sets.
    """
    events = sorted(
        [(start(item.interval), 0, index) for index, item in enumerate(items)]
        + [(end(item.interval), 1, index) for index, item in enumerate(items)]
    )
    found: list[tuple[TimeItem, ...]] = []
    open_now: dict[int, None] = {}
    grown = False
    for _, ends, index in events:
        if not ends:
            open_now[index] = None
            grown = True
            continue
        if grown:
            found.append(tuple(items[place] for place in sorted(open_now)))
            grown = False
        del open_now[index]
    return found or [()]


def clipped(items: Iterable[TimeItem], left: Hull) -> Interval | None:
    """What the hard limits and these items leave together; None when nothing."""
    intervals = [item.interval for item in items]
    lo = max([*map(start, intervals), left.not_before or EARLIEST])
    hi = min([*map(end, intervals), left.not_after or LATEST])
    return Interval(None if lo == EARLIEST else lo, None if hi == LATEST else hi) if lo <= hi else None


def gap(first: Interval, second: Interval) -> timedelta | None:
    """Time between two intervals that do not meet; None when they do."""
    if first.meets(second):
        return None
    return start(second) - end(first) if end(first) < start(second) else start(first) - end(second)
