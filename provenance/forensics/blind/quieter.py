"""Parts of another JPEG grid by ranks: blocks of 8 x 8 whose coefficients are smaller than those of blocks around them.

A vote (votes.py) goes to the one block that has the most zeros of all around it. Where the picture was saved again,
rounding lifts zeros above what counts as one; few blocks of a pasted part are first then, but most are among the first.
So each block is ranked among those that begin within half a block of it, and it is a hit when it is among the first
eighth: a rank test, whose chance is known whatever the picture shows. The origins that have the rows or the columns of
the picture's own grid share some of its zeros and would always be ahead: they are ranked by themselves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..windows import counted, log10_hoeffding, within
from .chance import ALARM_LOG10_NFA, log10_nfa
from .regions import MOST_REGIONS, SIDES, Suspect
from .votes import GRIDS, NO_VOTE, SIDE, basis, flat

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

FIRST, FIRST_IN_LINE = 6, 1
"""Of the 49 origins off the rows and columns of the picture's grid, and of the 7 others of a row or column: the first
eighth and the first seventh. Fewer lose parts of which all zeros are gone, more lose small parts (measured)."""
_MOST_SAVED, _MOST = 1.25, 0.75
"""A coefficient counts up to this size, in steps of quality 100: what is larger was never zero. Of a JPEG of quality 98
and above, and of a file without loss (docs/measured/blind.md)."""
_AROUND = 2.0
"""The chance is at least so many times the share of hits of that origin outside the window."""
_LEAST_HEARD = 3
"""Of the nine blocks around one, for it to belong to a region."""
_SLACK = 5.0
"""Natural logarithm: by how much the binomial tail may lie below Hoeffding's bound in windows that are looked at."""
_STRIP_ROWS = 512
_HALF = SIDE // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Origins that are ranked together, 8 * y + x, and how many of them are hits."""

    names: tuple[int, ...]
    first: int
    away: tuple[Sequence[int], Sequence[int]]
    """How far up and down, and to the left and right, the blocks begin among which one is ranked."""

    @property
    def chance(self) -> float:
        """Of a block to be a hit."""
        return self.first / len(self.names)


def kinds(main: tuple[int, int], own: tuple[int, int] | None) -> tuple[Origins, Origins, Origins]:
    """The origins off the lines of the grid `main`, those of its rows and those of its columns; without `own`."""
    left_out = {SIDE * y + x for x, y in (main, own or main)}
    off, rows, columns = (
        tuple(one for one in range(GRIDS) if one not in left_out and _lines(one, main) == lines)
        for lines in ((False, False), (True, False), (False, True))
    )
    around, here = range(-_HALF, _HALF), (0,)
    return (
        Origins(names=off, first=FIRST, away=(around, around)),
        Origins(names=rows, first=FIRST_IN_LINE, away=(here, around)),
        Origins(names=columns, first=FIRST_IN_LINE, away=(around, here)),
    )


def _lines(origin: int, main: tuple[int, int]) -> tuple[bool, bool]:
    return origin // SIDE == main[1], origin % SIDE == main[0]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranks:
    """The blocks of a picture, each ranked among those of its kind."""

    three: tuple[Origins, ...]
    told: Bytes
    """For each block, by its upper left pixel: 1 for a hit, 0 for none, NO_VOTE where it says nothing."""


def ranked(luma: Bytes, main: tuple[int, int], own: tuple[int, int] | None) -> Ranks:
    """Nothing say blocks that are plain or begin within 8 pixels of the edge. `own`: grid of the last saving of a JPEG.

    `luma`: uint8, shape (height, width), each at least 24. `main`: origin of the grid of the picture, x and y.
    """
    import numpy as np

    three, most = kinds(main, own), _MOST if own is None else _MOST_SAVED
    height = luma.shape[0]
    told = np.full(luma.shape, NO_VOTE, np.uint8)
    for top in range(0, height, _STRIP_ROWS):
        first, last = max(0, top - 2 * SIDE), min(height, top + _STRIP_ROWS + 2 * SIDE)
        strip = _strip(luma[first:last], three, first, most)
        low, high = max(top, SIDE), min(top + _STRIP_ROWS, height - 2 * SIDE + 1)
        told[low:high] = strip[low - first : high - first]
    told[:, :SIDE] = told[:, 1 - 2 * SIDE :] = NO_VOTE
    return Ranks(three=three, told=told)


def _strip(luma: Bytes, three: tuple[Origins, ...], first: int, most: float) -> Bytes:
    import numpy as np

    sizes = _sizes(luma, most)
    rows, columns = (np.arange(length) % SIDE for length in luma.shape)
    origin = SIDE * ((rows[:, None] + first) % SIDE) + columns[None, :]
    told = np.full(luma.shape, NO_VOTE, np.uint8)
    kind = np.full(GRIDS, len(three), np.uint8)
    for number, one in enumerate(three):
        kind[list(one.names)] = number
    among = kind[origin]
    for number, one in enumerate(three):
        these = among == number
        ahead = _ahead(np.where(these, sizes, np.float32(np.inf)), *one.away)
        told[these] = ahead[these] < one.first
    told[flat(luma)] = NO_VOTE
    return told


def _sizes(luma: Bytes, most: float) -> Floats:
    """For each block, by its upper left pixel: the sum of its squared coefficients but the mean, each up to `most`."""
    import cv2
    import numpy as np

    values, sizes = luma.astype(np.float32), np.zeros(luma.shape, np.float32)
    waves = basis()
    for across in range(SIDE):
        rows = cv2.filter2D(values, cv2.CV_32F, waves[across][None, :], anchor=(0, 0))
        for down in range(0 if across else 1, SIDE):
            found = cv2.filter2D(rows, cv2.CV_32F, waves[down][:, None], anchor=(0, 0))
            sizes += np.minimum(found * found, np.float32(most * most))
    return sizes


def _ahead(sizes: Floats, down: Sequence[int], across: Sequence[int]) -> Bytes:
    """How many of the blocks that begin so many pixels away are no larger.

    From 4 pixels before to 3 after each origin stands once, and those of a line are in that line.
    """
    import numpy as np

    tall, wide = sizes.shape
    around = np.pad(sizes, _HALF, constant_values=np.inf)
    ahead = np.zeros(sizes.shape, np.uint8)
    for top in down:
        for left in across:
            if (top, left) != (0, 0):
                ahead += around[_HALF + top : _HALF + top + tall, _HALF + left : _HALF + left + wide] <= sizes
    return ahead


def quieter_parts(ranks: Ranks, main: tuple[int, int], tests: int) -> list[Suspect]:
    """Parts whose blocks of one origin are hits too often, at or below the alarm level.

    `tests`: windows and origins of this and all other ways in which the picture is looked at.
    """
    return [
        found
        for one in ranks.three
        for origin in one.names
        for found in _of_origin(ranks.told, origin, one.chance, main, tests)
    ]


def _of_origin(told: Bytes, origin: int, chance: float, main: tuple[int, int], tests: int) -> list[Suspect]:
    import cv2
    import numpy as np

    y, x = divmod(origin, SIDE)
    cells = told.shape[0] // SIDE, told.shape[1] // SIDE
    blocks = np.full(cells, NO_VOTE, np.uint8)
    part = told[y::SIDE, x::SIDE][: cells[0], : cells[1]]
    blocks[: part.shape[0], : part.shape[1]] = part
    hits, spoken = blocks == 1, blocks != NO_VOTE
    near, heard = (cv2.boxFilter(one.astype(np.float32), -1, (3, 3), normalize=False) for one in (hits, spoken))
    found: list[Suspect] = []
    while len(found) < MOST_REGIONS:
        best = _surest(hits, spoken, chance, tests)
        if best is None or best.log10_nfa > ALARM_LOG10_NFA:
            break
        (row, column), side = best.at, best.side
        inside = slice(row, row + side), slice(column, column + side)
        # Halfway between the window and what is expected of any, as votes are outlined.
        kept = (near >= (best.chance + best.hits / best.trials) / 2 * heard) & (heard >= _LEAST_HEARD)
        _, labels = cv2.connectedComponents(kept.astype(np.uint8), connectivity=8)
        region = np.isin(labels, [one for one in np.unique(labels[inside]) if one])
        if not region.any():
            region[inside] = True
        hits = hits & ~region
        hits[inside] = False
        found.append(
            Suspect(
                log10_nfa=best.log10_nfa,
                window=(column * SIDE + x, row * SIDE + y, side * SIDE, side * SIDE),
                trials=best.trials,
                hits=best.hits,
                chance=best.chance,
                tests=tests,
                cells=_moved(region, y >= _HALF, x >= _HALF),
                detail=f"grid from {x}, {y} where the rest has {main[0]}, {main[1]}, by ranks",
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    log10_nfa: float
    at: tuple[int, int]
    """Row and column of its first block."""
    side: int
    trials: int
    hits: int
    chance: float


def _surest(hits: Mask, spoken: Mask, least: float, tests: int) -> _Window | None:
    """Chosen by Hoeffding's bound, counted by the exact binomial."""
    import numpy as np

    hit, held, best = counted(hits), counted(spoken), None
    wanted = math.log(10) * (math.log10(tests) - ALARM_LOG10_NFA) - _SLACK
    for side in SIDES:
        if side > min(hits.shape):
            break
        met, trials = within(hit, side, side), within(held, side, side)
        elsewhere = (hit[-1, -1] - met) / np.maximum(held[-1, -1] - trials, 1)
        chance = np.maximum(least, _AROUND * elsewhere)
        over = met - chance * trials
        # The exponent of Hoeffding's bound is at most the chi-squared of the counts: few windows come near the level.
        worth = (over > 0) & (chance < 1) & (over * over >= wanted * trials * chance * (1 - chance))
        if not worth.any():
            continue
        places = np.argwhere(worth)
        at = int(np.argmin(log10_hoeffding(trials[worth], met[worth], chance[worth])))
        row, column = (int(one) for one in places[at])
        counts, rate = (int(trials[row, column]), int(met[row, column])), round(float(chance[row, column]), 6)
        value = log10_nfa(*counts, rate, tests)
        if best is None or value < best.log10_nfa:
            best = _Window(log10_nfa=value, at=(row, column), side=side, trials=counts[0], hits=counts[1], chance=rate)
    return best


def _moved(region: Mask, down: bool, right: bool) -> Mask:
    """Blocks that begin in the second half of a cell lie mostly in the next."""
    import numpy as np

    moved = np.zeros_like(region)
    moved[int(down) :, int(right) :] = region[: region.shape[0] - down, : region.shape[1] - right]
    return moved if moved.any() else region
