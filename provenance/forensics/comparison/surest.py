"""The window that chance fills least often: all sizes and places are tried, few are looked at.

What a size can show at best, its most unusual blocks among its fewest blocks, is known from one look at the sums; sizes
are asked from the best on, until none can be surer.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..windows import log10_hoeffding, summed, within

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Places = NDArray[np.int64]
    Counts = NDArray[np.int32]
    Size = tuple[int, int, int]

TOGETHER = 2
"""Blocks that count as one: neighbours share edges, ringing and what the tone curve got wrong."""
AROUND = 1.5
"""The chance is at least so many times the share of unusual blocks outside the window: some pairs are rougher."""
_ROUNDING = 1e-9


def surest(
    unusual: Doubles, shown: Mask, sizes: tuple[Size, ...], levels: tuple[tuple[float, float], ...], tests: int
) -> tuple[float, tuple[int, int, int, int], int, int, float, float]:
    """The window with the smallest NFA: its logarithm, the window, its blocks, the unusual ones, level and chance.

    `sizes`: rows and columns of windows, and the fewest blocks shown in one of them.
    """
    import numpy as np

    best = 0.0, (0, 0, *shown.shape), 0, 0, *levels[0]
    held = table(shown)
    over = [table((unusual > level) & shown) for level, _ in levels]
    tried = _worth_a_look(over, sizes, levels, tests)
    first_of_equals = -1
    # From the surest that there may be on; of equally sure ones the first level and window stand.
    for bound, number, of, down, across in tried:
        if bound > best[0] + _ROUNDING:
            break
        level, chance = levels[of]
        count = within(over[of], down, across)
        least = _fewest(chance, float(np.log10(tests)) - best[0])
        row, column = np.divmod(np.flatnonzero(count >= least), count.shape[1])
        count, blocks = count[row, column], _held(held, row, column, down, across)
        places = _most_of(count, blocks)
        row, column, count, blocks = (one[places] for one in (row, column, count, blocks))
        if not len(row):
            continue
        chances = np.maximum(chance, AROUND * (over[of][-1, -1] - count) / np.maximum(held[-1, -1] - blocks, 1))
        tail = log10_tail(blocks, count, chances)
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

    least = [_fewest(chance, float(np.log10(tests))) for _, chance in levels]
    kept = [of for of, sums in enumerate(over) if sums[-1, -1] >= least[of]]
    if not kept:
        return []
    tables = np.stack([over[of] for of in kept])
    found: list[tuple[int, int, float, tuple[int, int, int, int]]] = []
    for place, (down, across, fewest) in enumerate(sizes):
        most = within(tables, down, across).reshape(len(kept), -1).max(1)
        for of, hits in zip(kept, most.tolist(), strict=True):
            if hits >= least[of]:
                which = of * len(sizes) + place, of, down, across
                found.append((hits, max(hits, fewest), levels[of][1], which))
    if not found:
        return []
    hits, blocks, chances = (np.array([one[at] for one in found]) for at in range(3))
    bounds = log10_tail(blocks, hits, chances) + np.log10(tests)
    return sorted((float(bound), *which) for bound, (*_, which) in zip(bounds, found, strict=True))


def _fewest(chance: float, log10_rare: float) -> int:
    """Unusual blocks below which no window is so rare: k hits of n are never rarer than all of k."""
    return TOGETHER * max(1, math.ceil(log10_rare / -math.log10(chance) - _ROUNDING))


def table(hits: Mask) -> Counts:
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


def log10_tail(blocks: NDArray[Any], unusual: NDArray[Any], chance: Doubles) -> Doubles:
    """log10 of the bound on the chance of so many unusual blocks among so many, `TOGETHER` counting as one."""
    import numpy as np

    return log10_hoeffding(np.floor(blocks / TOGETHER), np.floor(unusual / TOGETHER), chance)
