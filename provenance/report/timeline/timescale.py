"""An axis of time that stays readable when one record is ten years older than everything else.

One scale holds for the whole axis. Where it is empty for long, it is cut: the stretches on both sides keep the scale,
and the cut says how much is left out. Moments are seconds since 1 January of the year 1, UTC (proleptic Gregorian
calendar), so that every datetime there is has its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

DAY_S = 86_400.0
_FIRST = datetime.min.replace(tzinfo=UTC)
LEAST_S = 6 * 3600.0
"""No stretch shows less than this: a finer axis than hours is not needed for pictures."""
CUT_SHARE = 0.3
"""An empty stretch is cut when it is longer than this share of the axis, ..."""
CUT_TIMES = 3.0
"""... and this many times as long as everything that is not as empty."""
MANY_TIMES = 2.0
"""With more of these than can be cut, only those are cut that stand out by this much from the longest one left."""
EDGE_PX = 9.0
"""Room inside a stretch before its first and after its last moment."""
OUTER_PX = 15.0
"""The same, more, at both ends of the axis: for arrows, and for what lies outside a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of the axis without a cut."""

    start_s: float
    end_s: float
    left_px: float
    right_px: float
    first_s: float
    last_s: float
    """The first and the last moment in it that something is said of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is left out between two stretches."""

    left_px: float
    right_px: float
    lasts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Where each moment stands."""

    stretches: tuple[Stretch, ...]
    cuts: tuple[Cut, ...]
    px_per_s: float

    def place_px(self, moment_s: float) -> float:
        """From the left end of the axis; what lies in a cut is placed in it, what lies outside at the nearer end."""
        first, last = self.stretches[0], self.stretches[-1]
        inside = min(max(moment_s, first.start_s), last.end_s)
        for before, after in pairwise(self.stretches):
            if before.end_s < inside < after.start_s:
                share = (inside - before.end_s) / (after.start_s - before.end_s)
                return before.right_px + share * (after.left_px - before.right_px)
        one = next(one for one in self.stretches if inside <= one.end_s)
        return one.left_px + (inside - one.start_s) * self.px_per_s


def seconds(moment: datetime) -> float:
    """The moment on the axis."""
    return (moment - _FIRST).total_seconds()


def scale(
    covered: Sequence[tuple[float, float]],
    points: Sequence[float],
    *,
    width_px: float,
    most_cuts: int,
    cut_px: float,
    least_px: float,
) -> Scale:
    """The axis for stretches of time that are spoken of and single moments, at least one moment in all.

    `least_px`: the least width of a stretch; `width_px` must hold one more of these than cuts, and the cuts.
    """
    moments = sorted({*points, *(end for pair in covered for end in pair)})
    gaps = _gaps(covered, moments)
    chosen = _chosen(moments[-1] - moments[0], gaps, most_cuts)
    while True:
        made = _laid(moments, sorted(chosen), width_px, cut_px, least_px)
        if made is not None:
            return made
        chosen = chosen[:-1]


def _gaps(covered: Sequence[tuple[float, float]], moments: Sequence[float]) -> list[tuple[float, float]]:
    """Neighbouring moments with nothing said of the time between them, the longest first."""
    changes: dict[float, int] = {}
    for start, end in covered:
        changes[start] = changes.get(start, 0) + 1
        changes[end] = changes.get(end, 0) - 1
    depth, found = 0, []
    for before, after in pairwise(moments):
        depth += changes.get(before, 0)
        if depth == 0:
            found.append((before, after))
    return sorted(found, key=lambda gap: (gap[0] - gap[1], gap[0]))


def _chosen(total_s: float, gaps: Sequence[tuple[float, float]], most: int) -> list[tuple[float, float]]:
    """The gaps to cut, the longest first."""
    lengths = [end - start for start, end in gaps]
    left_s, found = total_s, 0
    for index, length in enumerate(lengths):
        alike = sum(other for other in lengths[index:] if other >= length / 2)
        if length < CUT_SHARE * left_s and not (index and length >= lengths[index - 1] / 2):
            break
        if length < CUT_TIMES * max(left_s - alike, DAY_S):
            break
        left_s -= length
        found = index + 1
    if found > most:
        standing = [place for place in range(1, most + 1) if lengths[place - 1] >= MANY_TIMES * lengths[place]]
        found = max(standing, default=0)
    return list(gaps[:found])


def _laid(
    moments: Sequence[float], cuts: Sequence[tuple[float, float]], width_px: float, cut_px: float, least_px: float
) -> Scale | None:
    """The stretches side by side; None when a cut would leave out nothing."""
    bounds = list(
        zip([moments[0], *(after for _, after in cuts)], [*(before for before, _ in cuts), moments[-1]], strict=True)
    )
    lasting = [max(end - start, LEAST_S) for start, end in bounds]
    room_px = width_px - cut_px * len(cuts) - 2 * EDGE_PX * len(bounds) - 2 * OUTER_PX
    widths_px, px_per_s = _widths(lasting, room_px, least_px - 2 * EDGE_PX)
    stretches: list[Stretch] = []
    left_px = 0.0
    for index, ((first, last), inner_px) in enumerate(zip(bounds, widths_px, strict=True)):
        before_px = EDGE_PX + (OUTER_PX if index == 0 else 0.0)
        after_px = EDGE_PX + (OUTER_PX if index == len(bounds) - 1 else 0.0)
        spare_px = (inner_px - (last - first) * px_per_s) / 2
        outer_px = before_px + inner_px + after_px
        stretches.append(
            Stretch(
                start_s=first - (before_px + spare_px) / px_per_s,
                end_s=last + (after_px + spare_px) / px_per_s,
                left_px=left_px,
                right_px=left_px + outer_px,
                first_s=first,
                last_s=last,
            )
        )
        left_px += outer_px + cut_px
    pairs = list(pairwise(stretches))
    if any(after.start_s - before.end_s < (after.first_s - before.last_s) / 2 for before, after in pairs):
        return None
    return Scale(
        stretches=tuple(stretches),
        cuts=tuple(
            Cut(left_px=one.right_px, right_px=other.left_px, lasts=lasts(other.start_s - one.end_s))
            for one, other in pairs
        ),
        px_per_s=px_per_s,
    )


def _widths(lasting: Sequence[float], room_px: float, least_px: float) -> tuple[list[float], float]:
    """Widths by length at one scale, none below the least; what is short shows more of its surroundings.

    Where there is no room for the least width of each, all have the same.
    """
    least_px = min(least_px, room_px / len(lasting))
    short: set[int] = set()
    while True:
        long_s = sum(length for index, length in enumerate(lasting) if index not in short)
        px_per_s = (room_px - least_px * len(short)) / long_s
        more = {index for index, length in enumerate(lasting) if index not in short and length * px_per_s < least_px}
        if not more or len(short | more) == len(lasting):
            break
        short |= more
    widths = [least_px if index in short else length * px_per_s for index, length in enumerate(lasting)]
    return widths, px_per_s


def lasts(length_s: float) -> str:
    """ "2 years", "14 months", "12 days": rounded down; thousands of years as "7,853 y"."""
    days = int(length_s // DAY_S)
    if days < 60:
        return f"{days} days" if days != 1 else "1 day"
    years = int(days / 365.25)
    return f"{int(days / 30.436875)} months" if years < 2 else f"{years} years" if years < 1000 else f"{years:,} y"
