"""Windows whose coefficients lie at multiples of an earlier saving's steps on a grid other than the picture's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .chance import ALARM_LOG10_NFA, log10_nfa
from .dct import SIDE
from .multiples import QUALITIES
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
_LEAST_DEVIATIONS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What was counted in one window of one grid, for one quality."""

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
    """Windows of all sides that fit in so many blocks, each for 63 grids and every quality."""
    rows, columns = shape
    windows = sum(max(0, rows - side + 1) * max(0, columns - side + 1) for side in SIDES)
    return max(1, windows * (GRIDS - 1) * len(QUALITIES))


def windows(luma: Bytes, hits: Counts, asked: Counts, known: tuple[tuple[int, int], ...], tests: int) -> list[Window]:
    """Of each grid that is not known, the surest window, where it is at or below the alarm level."""
    import numpy as np

    own = _not_asked(known)
    surest: dict[int, Window] = {}
    for side in SIDES:
        if side > min(hits.shape[:2]):
            break
        hit, trials = (_summed(one, side) for one in (hits, asked))
        deviations = (2 * hit - trials) / np.sqrt(np.maximum(trials, 1))
        deviations[hit < LEAST_SHARE * trials] = 0
        deviations[:, :, own] = 0
        for grid, best in enumerate(deviations.reshape(-1, GRIDS).argmax(0)):
            row, column = (int(one) for one in np.unravel_index(int(best), deviations.shape[:2]))
            if deviations[row, column, grid] >= _LEAST_DEVIATIONS:
                one = _window(grid, (row, column, side), hit[row, column, grid], trials[row, column, grid], tests=tests)
                surest[grid] = min(one, surest.get(grid, one), key=lambda each: each.log10_nfa)
    told = (
        _again(one, luma, hits, asked, own=own, tests=tests)
        for one in surest.values()
        if one.log10_nfa <= ALARM_LOG10_NFA
    )
    return [one for one in told if one.log10_nfa <= ALARM_LOG10_NFA]


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


def _again(one: Window, luma: Bytes, hits: Counts, asked: Counts, *, own: list[int], tests: int) -> Window:
    """With a chance that is no less than its grid elsewhere, and other grids in the window, ask for; equals once."""
    import numpy as np

    row, column, side = one.at
    around = tuple(slice(max(0, at - side // 2), at + side + side // 2) for at in (row, column))
    whole, window, near = (
        np.stack([each[place].sum((0, 1)) for each in (hits, asked)]) for place in ((...,), one.inside, around)
    )
    outside, beside, further = whole - window, _at_least(window), _at_least(whole - near)
    others = np.delete(np.arange(GRIDS), [*own, one.grid])
    usual = float(((whole - near)[0, others].sum()) / max((whole - near)[1, others].sum(), 1))
    chance = max(
        CHANCE,
        0.5 + _AROUND * (float(outside[0, one.grid]) / max(float(outside[1, one.grid]), 1) - 0.5),
        usual + _FURTHER * (float(further[one.grid]) - usual),
        0.5 + _BESIDE * (float(beside[others].max()) - 0.5),
    )
    once = _first_of_equals(luma, one)
    hit, trials = (each[one.inside][..., one.grid][once].sum() for each in (hits, asked))
    return _window(one.grid, one.at, hit, trials, tests=tests, chance=round(min(1.0, chance), 6))


def _at_least(counts: Counts) -> Counts:
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
