"""Windows whose coefficients lie at multiples of an earlier saving's steps on a grid other than the picture's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .chance import ALARM_LOG10_NFA, log10_nfa
from .dct import SIDE
from .first_tables import first_tables
from .votes import GRIDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Counts = NDArray[np.float32]

SIDES = (6, 7, 8, 10, 12, 16, 24, 32, 48, 64)
"""Of the square windows, in blocks."""
CHANCE = 0.5
"""Of a coefficient to lie within a quarter of a step of a multiple where nothing was saved with that step."""
LEAST_SHARE = 2 / 3
"""Of the trials that must be hits: fewer, and many of them, are a grid of the whole picture and a table of which some
steps are the same (up to 0.63 where it was cut off its grid), or lines of a page (0.62)."""
_AROUND, _FURTHER = 2.0, 4.0
"""What the chance is above a half is at least so many times what its grid is outside the window; and above the mean of
other grids so many times what its grid is half a window and more away, less two standard deviations. A grid that runs
through the picture, and shows more in some of it, is no part from elsewhere."""
_BESIDE = 2.0
"""What it is above a half is at least so many times what another grid is in the window, less two standard deviations:
lines or levels that recur suit more grids than one."""
_LEAST_OUTSIDE = 0.1
"""Of the trials of a window, as many the rest of the picture must have: a page whose letters all lie in the window, and
that was saved, cut and saved again, has no rest to be other than."""
_LEAST_DEVIATIONS = 5.0
_LOOKED_AT, _LEAST_TO_LOOK = (3, 5, 12), 4.0
"""Sides in pairs of blocks of the windows that are looked at first, and the standard deviations from which on a grid is
looked at with every window: an alarm has 6.6 or more in one of these, of which a window a block off keeps most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What was counted in one window of one grid, for one table."""

    log10_nfa: float
    grid: int
    at: tuple[int, int, int]
    """Row, column and side in blocks of that grid."""
    trials: int
    hits: int
    chance: float

    @property
    def origin(self) -> tuple[int, int]:
        """Of its grid: x and y, 0 to 7."""
        return self.grid % SIDE, self.grid // SIDE

    @property
    def inside(self) -> tuple[slice, slice]:
        """Its rows and columns of blocks."""
        row, column, side = self.at
        return slice(row, row + side), slice(column, column + side)


def tests_of(shape: tuple[int, ...]) -> int:
    """Windows of all sides that fit in so many blocks, each for 63 grids and every table."""
    rows, columns = shape
    windows = sum(max(0, rows - side + 1) * max(0, columns - side + 1) for side in SIDES)
    return max(1, windows * (GRIDS - 1) * len(first_tables()))


def windows(luma: Bytes, hits: Bytes, asked: Bytes, known: tuple[tuple[int, int], ...], tests: int) -> list[Window]:
    """Of each grid that is not known, the surest window, where it is at or below the alarm level.

    `hits`, `asked`: of one table, shape (height, width), by the upper left pixel of a block.
    """
    own = _not_asked(known)
    found = (_surest(hits, asked, grid, tests) for grid in _promising(hits, asked) if grid not in own)
    told = (
        _again(one, luma, hits, asked, own=own, tests=tests)
        for one in found
        if one is not None and one.log10_nfa <= ALARM_LOG10_NFA
    )
    return [one for one in told if one.log10_nfa <= ALARM_LOG10_NFA]


def of_grid(counts: Bytes, grid: int) -> Counts:
    """Of the whole blocks of one grid, shape (height // 8, width // 8)."""
    import numpy as np

    rows, columns = (length // SIDE for length in counts.shape)
    whole = counts[grid // SIDE : rows * SIDE : SIDE, grid % SIDE : columns * SIDE : SIDE]
    return np.asarray(whole, np.float32)


def _promising(hits: Bytes, asked: Bytes) -> list[int]:
    """Grids with more hits than usual in windows of 6, 10 or 24 blocks, every second row and column of blocks."""
    import numpy as np

    pairs, deviations = tuple(_of_pairs(one) for one in (hits, asked)), np.zeros(GRIDS)
    for side in _LOOKED_AT:
        if side <= min(pairs[0].shape[:2]):
            hit, trials = (_summed(one, side) for one in pairs)
            ahead = (2 * hit - trials) / np.sqrt(np.maximum(trials, 1))
            deviations = np.maximum(deviations, ahead.max((0, 1)))
    return [int(grid) for grid in np.flatnonzero(deviations >= _LEAST_TO_LOOK)]


def _of_pairs(counts: Bytes) -> Counts:
    """Sums of two by two blocks of each grid, shape (height // 16, width // 16, 64)."""
    import numpy as np

    rows, columns = (length // (2 * SIDE) for length in counts.shape)
    whole = counts[: rows * 2 * SIDE, : columns * 2 * SIDE].reshape(rows, 2, SIDE, columns * 2 * SIDE)
    tall = (whole[:, 0] + whole[:, 1]).reshape(rows, SIDE, columns, 2, SIDE)  # four times 60 at most fit in 8 bits
    wide = tall[:, :, :, 0] + tall[:, :, :, 1]
    return np.asarray(wide.transpose(0, 2, 1, 3).reshape(rows, columns, GRIDS), np.float32)


def _surest(hits: Bytes, asked: Bytes, grid: int, tests: int) -> Window | None:
    import numpy as np

    counts, surest = [of_grid(one, grid) for one in (hits, asked)], None
    for side in SIDES:
        if side > min(counts[0].shape):
            break
        hit, trials = (_summed(one, side) for one in counts)
        deviations = (2 * hit - trials) / np.sqrt(np.maximum(trials, 1))
        deviations[hit < LEAST_SHARE * trials] = 0
        row, column = (int(one) for one in np.unravel_index(int(deviations.argmax()), deviations.shape))
        if deviations[row, column] >= _LEAST_DEVIATIONS:
            one = _window(grid, (row, column, side), hit[row, column], trials[row, column], tests=tests)
            surest = one if surest is None else min(one, surest, key=lambda each: each.log10_nfa)
    return surest


def _not_asked(known: tuple[tuple[int, int], ...]) -> list[int]:
    """Grids of the picture, and those half a block along its rows or columns: where little changes on their way, a
    coefficient of these is a fixed part of the difference of two of the picture's, so these are multiples as well."""
    half = SIDE // 2
    moved = ((x, y, across, down) for x, y in known for across, down in ((0, 0), (half, 0), (0, half)))
    return sorted({SIDE * ((y + down) % SIDE) + (x + across) % SIDE for x, y, across, down in moved})


def _summed(counts: Counts, side: int) -> Counts:
    """Of every window, by its first row and column, and grid."""
    import cv2
    import numpy as np

    sums = cv2.boxFilter(counts, cv2.CV_32F, (side, side), anchor=(0, 0), normalize=False)
    return np.asarray(sums[: counts.shape[0] - side + 1, : counts.shape[1] - side + 1])


def _window(
    grid: int, at: tuple[int, int, int], hits: float, trials: float, *, tests: int, chance: float = CHANCE
) -> Window:
    hit, of = round(float(hits)), round(float(trials))
    value = log10_nfa(of, hit, chance, tests)
    return Window(log10_nfa=value, grid=grid, at=at, trials=of, hits=hit, chance=chance)


def _again(one: Window, luma: Bytes, hits: Bytes, asked: Bytes, *, own: list[int], tests: int) -> Window:
    """With a chance that is no less than its grid elsewhere, and other grids in the window, ask for; equals once."""
    import numpy as np

    row, column, side = one.at
    around = tuple(slice(max(0, at - side // 2), at + side + side // 2) for at in (row, column))
    whole, window, near = (
        np.stack([of_grids(each, place) for each in (hits, asked)])
        for place in ((slice(None), slice(None)), one.inside, around)
    )
    outside, beside, further = whole - window, _at_least(window), _at_least(whole - near)
    others = np.delete(np.arange(GRIDS), [*own, one.grid])
    usual = float(((whole - near)[0, others].sum()) / max((whole - near)[1, others].sum(), 1))
    chance = max(
        CHANCE,
        0.5 + _AROUND * (float(outside[0, one.grid]) / max(float(outside[1, one.grid]), 1) - 0.5),
        usual + _FURTHER * (float(further[one.grid]) - usual),
        0.5 + _BESIDE * (float(beside[others].max()) - 0.5),
        float(outside[1, one.grid] < _LEAST_OUTSIDE * window[1, one.grid]),
    )
    once = _first_of_equals(luma, one)
    hit, trials = (of_grid(each, one.grid)[one.inside][once].sum() for each in (hits, asked))
    return _window(one.grid, one.at, hit, trials, tests=tests, chance=round(min(1.0, chance), 6))


def of_grids(counts: Bytes, blocks: tuple[slice, ...]) -> NDArray[np.int64]:
    """Of rows and columns of blocks, the sum of each grid."""
    import numpy as np

    rows, columns = (length // SIDE for length in counts.shape)
    whole = counts[: rows * SIDE, : columns * SIDE].reshape(rows, SIDE, columns, SIDE)
    return np.asarray(whole[blocks[0], :, blocks[1]].sum((0, 2), dtype=np.int64).ravel())


def _at_least(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Of hits and trials by grid, shape (2, 64): the share of hits less two standard deviations of one of a half."""
    import numpy as np

    return np.asarray((counts[0] - np.sqrt(counts[1])) / np.maximum(counts[1], 1))


def _first_of_equals(luma: Bytes, one: Window) -> NDArray[np.bool_]:
    """Of blocks of a window that are equal to the level, as lines of a page that recur, one."""
    import numpy as np

    row, column, side = one.at
    across, down = one.origin
    top, left = SIDE * row + down, SIDE * column + across
    part = luma[top : top + side * SIDE, left : left + side * SIDE]
    rows, columns = (length // SIDE for length in part.shape)
    whole = part[: rows * SIDE, : columns * SIDE].reshape(rows, SIDE, columns, SIDE).transpose(0, 2, 1, 3)
    _, first = np.unique(whole.reshape(rows * columns, GRIDS), axis=0, return_index=True)
    once = np.zeros(rows * columns, bool)
    once[first] = True
    kept = np.zeros((side, side), bool)
    kept[:rows, :columns] = once.reshape(rows, columns)
    return kept
