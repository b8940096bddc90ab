"""Unusual blocks that lie together: regions, each with its number of false alarms.

A contrario (Desolneux, Moisan and Morel, From Gestalt Theory to Image Analysis, 2008): among all windows tried, how
many would by chance alone hold as many unusual blocks, if blocks were unusual as often as they are in unaltered pairs?
The binomial tail is bounded by Hoeffding's inequality (1963), which anybody can compute again from window, counts,
chance and number of tests.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..windows import log10_hoeffding, summed, within
from .residual import Residual

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Places = NDArray[np.int64]
    Counts = NDArray[np.int32]
    Size = tuple[int, int, int]

LEVELS: tuple[tuple[float, float], ...] = ((4.0, 0.004), (6.0, 0.0006), (9.0, 0.00005))
"""Unusual by so many spreads, and how often a block is, in pairs rougher than 97 of 100 unaltered ones.

Measured in docs/measured/comparison.md."""
LEVELS_OF_DETAIL: tuple[tuple[float, float], ...] = ((3.0, 0.008), (4.0, 0.004), (6.0, 0.001))
"""The same for detail that was lost."""
SIDES = (3, 4, 6, 8, 12, 16, 24, 32)
"""Of the windows, in blocks."""
LONG = 4
"""Windows are square, so many times as long as wide, or run from side to side: lines of words, bars, frames."""
TOGETHER = 2
"""Blocks that count as one: neighbours share edges, ringing and what the tone curve got wrong."""
ALARM_LOG10_NFA = -3.0
MOST_REGIONS = 8
AROUND = 1.5
"""The chance is at least so many times the share of unusual blocks outside the window: some pairs are rougher."""
_GROWN = 2.0
_LEAST_KEPT = 2
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cluster:
    """A region with the window that found it; all in blocks."""

    log10_nfa: float
    window: tuple[int, int, int, int]
    """Row, column, rows and columns."""
    blocks: int
    """Blocks shown in the window."""
    unusual: int
    """Of them unusual."""
    level: float
    chance: float
    tests: int
    detail_lost: bool = False
    """Whether its blocks lack detail; else they differ by more than usual."""
    region: Mask
    """All unusual blocks that hang together with it, shape (rows, columns) of the residual."""


def clusters(found: Residual) -> tuple[tuple[Cluster, ...], float]:
    """Regions at or below the alarm level, the surest first, and the smallest log10 of an NFA met anywhere."""
    import cv2
    import numpy as np

    shown = found.shown
    both = (found.unusual.copy(), LEVELS), (found.softer.copy(), LEVELS_OF_DETAIL)
    smallest = 0.0
    kept: list[Cluster] = []
    tests = _tests(shown.shape)
    held = _table(shown)
    sizes = tuple((down, across, int(within(held, down, across).min())) for down, across in _windows(shown.shape))
    while len(kept) < MOST_REGIONS:
        tried = [_surest(values, shown, sizes, levels, tests) for values, levels in both]
        detail_lost = tried[1][0] < tried[0][0]
        unusual = both[detail_lost][0]
        log10_nfa, window, blocks, count, level, chance = tried[detail_lost]
        smallest = min(smallest, log10_nfa) if not kept else smallest
        if log10_nfa > ALARM_LOG10_NFA:
            break
        row, column, down, across = window
        grown = cv2.morphologyEx((unusual > _GROWN).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        _, labels = cv2.connectedComponents(grown, connectivity=8)
        inside = labels[row : row + down, column : column + across]
        strong = inside[unusual[row : row + down, column : column + across] > level]
        parts = [one for one in np.unique(strong) if one and (labels == one).sum() >= _LEAST_KEPT]
        region = np.isin(labels, parts) & shown
        if not region.any():
            region = np.zeros_like(shown)
            region[row : row + down, column : column + across] = shown[row : row + down, column : column + across]
        kept.append(
            Cluster(
                log10_nfa=log10_nfa,
                window=window,
                blocks=blocks,
                unusual=count,
                level=level,
                chance=chance,
                tests=tests,
                detail_lost=detail_lost,
                region=region,
            )
        )
        for values, _ in both:
            values[region] = 0
            values[row : row + down, column : column + across] = 0
    return tuple(kept), smallest


def log10_nfa(blocks: int, unusual: int, chance: float, tests: int) -> float:
    """log10 of tests x the bound on the chance of so many unusual blocks, `TOGETHER` neighbours counting as one."""
    import numpy as np

    return float(_log10_tail(np.array([blocks]), np.array([unusual]), np.array([chance]))[0] + np.log10(tests))


def _windows(shape: tuple[int, ...]) -> list[tuple[int, int]]:
    """Rows and columns of all windows that fit."""
    rows, columns = shape
    sizes = [(side, side) for side in SIDES]
    sizes += [(side, LONG * side) for side in SIDES] + [(LONG * side, side) for side in SIDES]
    sizes += [(side, columns) for side in SIDES] + [(rows, side) for side in SIDES]
    return sorted({size for size in sizes if size[0] <= rows and size[1] <= columns})


def _tests(shape: tuple[int, ...]) -> int:
    rows, columns = shape
    windows = sum((rows - down + 1) * (columns - across + 1) for down, across in _windows(shape))
    return max(1, windows * (len(LEVELS) + len(LEVELS_OF_DETAIL)))


def along_sides(shape: tuple[int, ...]) -> int:
    """Tests of bars: of every depth, at each side."""
    return max(1, 2 * sum(shape[:2]) * len(LEVELS))


def _surest(
    unusual: Doubles, shown: Mask, sizes: tuple[Size, ...], levels: tuple[tuple[float, float], ...], tests: int
) -> tuple[float, tuple[int, int, int, int], int, int, float, float]:
    """The window with the smallest NFA: its logarithm, the window, its blocks, the unusual ones, level and chance.

    `sizes`: rows and columns of windows, and the fewest blocks shown in one of them.
    """
    import numpy as np

    best = 0.0, (0, 0, *shown.shape), 0, 0, *levels[0]
    held = _table(shown)
    over = [_table((unusual > level) & shown) for level, _ in levels]
    tried = _worth_a_look(over, sizes, levels, tests)
    first_of_equals = -1
    # From the surest that there may be on; of equally sure ones the first level and window stand.
    for bound, number, of, down, across in tried:
        if bound > best[0] + _ROUNDING:
            break
        level, chance = levels[of]
        count = within(over[of], down, across)
        least = TOGETHER * max(1, int(np.ceil((np.log10(tests) - best[0]) / -np.log10(chance) - _ROUNDING)))
        row, column = np.divmod(np.flatnonzero(count >= least), count.shape[1])
        count, blocks = count[row, column], _held(held, row, column, down, across)
        places = _most_of(count, blocks)
        row, column, count, blocks = (one[places] for one in (row, column, count, blocks))
        if not len(row):
            continue
        chances = np.maximum(chance, AROUND * (over[of][-1, -1] - count) / np.maximum(held[-1, -1] - blocks, 1))
        tail = _log10_tail(blocks, count, chances)
        at = int(np.argmin(tail))
        value = float(tail[at]) + float(np.log10(tests))
        if value < best[0] or (value == best[0] and number < first_of_equals):
            window = int(row[at]), int(column[at]), down, across
            best = (value, window, int(blocks[at]), int(count[at]), level, float(chances[at]))
            first_of_equals = number
    return best


def _worth_a_look(
    over: list[Counts], sizes: tuple[Size, ...], levels: tuple[tuple[float, float], ...], tests: int
) -> list[tuple[float, int, int, int, int]]:
    """What no window of a size goes below, the least first, and which it is: number, level, rows and columns.

    It is that of the most unusual blocks that one of them holds among the fewest blocks that another one does.
    """
    import numpy as np

    found = []
    for number, ((of, (_, chance)), (down, across, fewest)) in enumerate(itertools.product(enumerate(levels), sizes)):
        # k hits of n are never rarer than all of k.
        least = TOGETHER * max(1, int(np.ceil(np.log10(tests) / -np.log10(chance) - _ROUNDING)))
        if least > min(over[of][-1, -1], down * across):
            continue
        most = within(over[of], down, across).max()
        if most >= least:
            found.append((most, max(most, fewest), chance, (number, of, down, across)))
    if not found:
        return []
    hits, blocks, chances, which = zip(*found, strict=True)
    bounds = _log10_tail(np.array(blocks), np.array(hits), np.array(chances)) + np.log10(tests)
    return sorted((float(bound), *one) for bound, one in zip(bounds, which, strict=True))


def _table(hits: Mask) -> Counts:
    """The summed-area table of a mask, in the shortest numbers that hold it."""
    import numpy as np

    return summed(hits).astype(np.int32)


def _held(sums: Counts, row: Places, column: Places, down: int, across: int) -> Counts:
    """From a summed-area table, the sums of single windows, by their first rows and columns."""
    below, beyond = row + down, column + across
    found: Counts = sums[below, beyond] - sums[row, beyond] - sums[below, column] + sums[row, column]
    return found


def _most_of(count: Counts, blocks: Counts) -> Places:
    """Of windows with as many blocks those with the most unusual ones: no other of them is surer."""
    import numpy as np

    pairs = count // TOGETHER
    most = np.zeros(int(blocks.max(initial=0)) + 1, np.int32)
    np.maximum.at(most, blocks, pairs)
    return np.flatnonzero(pairs == most[blocks])


def _log10_tail(blocks: NDArray[Any], unusual: NDArray[Any], chance: Doubles) -> Doubles:
    import numpy as np

    return log10_hoeffding(np.floor(blocks / TOGETHER), np.floor(unusual / TOGETHER), chance)
