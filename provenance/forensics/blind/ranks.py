"""Ranks of blocks: whether the coefficients of a block of 8 x 8 are smaller than those of most blocks around it.

A vote (votes.py) goes to the one block that has the most zeros of all around it. Where the picture was saved again,
rounding lifts zeros above what counts as one; few blocks of a pasted part are first then, but most are among the first.
So each block is ranked among those that begin within half a block of it, and it is a hit when it is among the first
eighth: a rank test, whose chance is known whatever the picture shows. The origins that have the rows or the columns of
the picture's own grid share some of its zeros and would always be ahead: they are ranked by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .votes import GRIDS, NO_VOTE, SIDE, basis, flat

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Floats = NDArray[np.float32]

FIRST, FIRST_IN_LINE = 6, 1
"""Of the 49 origins off the rows and columns of the picture's grid, and of the 7 others of a row or column: the first
eighth and the first seventh (of 2, 4, 8 and 16 of all 63, 8 found the most parts)."""
_MOST = 1.25
"""A coefficient counts up to this size, in steps of quality 100: what is larger was never zero, whatever a saving at 98
to 100 added."""
_STRIP_ROWS = 512
HALF = SIDE // 2


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
    around, here = range(-HALF, HALF), (0,)
    return (
        Origins(names=off, first=FIRST, away=(around, around)),
        Origins(names=rows, first=FIRST_IN_LINE, away=(here, around)),
        Origins(names=columns, first=FIRST_IN_LINE, away=(around, here)),
    )


def halfway(origin: int, main: tuple[int, int]) -> bool:
    """Whether its rows or columns lie half a block from those of `main`: such blocks hold halves of two of its blocks.

    Texture puts them ahead of others in the same picture, along a whole line of origins.
    """
    return HALF in ((origin // SIDE - main[1]) % SIDE, (origin % SIDE - main[0]) % SIDE)


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

    three = kinds(main, own)
    height = luma.shape[0]
    told = np.full(luma.shape, NO_VOTE, np.uint8)
    for top in range(0, height, _STRIP_ROWS):
        first, last = max(0, top - 2 * SIDE), min(height, top + _STRIP_ROWS + 2 * SIDE)
        strip = _strip(luma[first:last], three, first)
        low, high = max(top, SIDE), min(top + _STRIP_ROWS, height - 2 * SIDE + 1)
        told[low:high] = strip[low - first : high - first]
    told[:, :SIDE] = told[:, 1 - 2 * SIDE :] = NO_VOTE
    return Ranks(three=three, told=told)


def _strip(luma: Bytes, three: tuple[Origins, ...], first: int) -> Bytes:
    import numpy as np

    sizes = _sizes(luma)
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


def _sizes(luma: Bytes) -> Floats:
    """For each block, by its upper left pixel: the sum of its squared coefficients but the mean, each up to `_MOST`."""
    import cv2
    import numpy as np

    values, sizes = luma.astype(np.float32), np.zeros(luma.shape, np.float32)
    waves = basis()
    for across in range(SIDE):
        rows = cv2.filter2D(values, cv2.CV_32F, waves[across][None, :], anchor=(0, 0))
        for down in range(0 if across else 1, SIDE):
            found = cv2.filter2D(rows, cv2.CV_32F, waves[down][:, None], anchor=(0, 0))
            sizes += np.minimum(found * found, np.float32(_MOST**2))
    return sizes


def _ahead(sizes: Floats, down: Sequence[int], across: Sequence[int]) -> Bytes:
    """How many of the blocks that begin so many pixels away are no larger.

    From 4 pixels before to 3 after each origin stands once, and those of a line are in that line.
    """
    import numpy as np

    tall, wide = sizes.shape
    around = np.pad(sizes, HALF, constant_values=np.inf)
    ahead = np.zeros(sizes.shape, np.uint8)
    for top in down:
        for left in across:
            if (top, left) != (0, 0):
                ahead += around[HALF + top : HALF + top + tall, HALF + left : HALF + left + wide] <= sizes
    return ahead
