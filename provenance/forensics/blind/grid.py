"""The JPEG grid of a picture, and windows that carry another one, each with its number of false alarms.

The a-contrario model of ZERO (Nikoukhah et al., Image Processing On Line 11 (2021), section 4): where no grid is, each
of the 64 is voted for as often as any other, and 64 pixels, which share their blocks, count as one trial. Only the part
of the paper on foreign grids is here: parts that lack the grid of the rest are common in files as cameras write them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .chance import ALARM_LOG10_NFA, log10_nfa
from .dct import SIDE
from .regions import Suspect
from .votes import GRIDS, NO_VOTE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Counts = NDArray[np.float32]

CHANCE = 1 / GRIDS
SIDES = (4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
"""Of the square windows, in cells of 8 x 8 pixels."""
MOST_REGIONS = 8
LEAST_SHARE = 0.15
"""Of a window's trials that must be hits: fewer are texture that happens to suit a grid."""
_AROUND = 2.0
"""The chance is at least so many times the share of that grid's votes outside the window; and of a grid with the rows
or columns of the picture's own, so many times the share of any other such grid in the window. Where a picture was saved
twice on its own grid, which has no vote, texture gives each up to a fifth; a part from elsewhere votes for one."""
_AROUND_HALFWAY = 4.0
"""The same of the two grids of those that lie half a block off: texture favours them most
(docs/adr/0082-votes-half-a-block-off.md)."""
_KEPT_VOTES = 16
"""Of a cell's 64 pixels: a cell belongs to a region when so many vote for its grid, or more where many do elsewhere."""
_TILE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MainGrid:
    """The grid that most pixels vote for. Its number of false alarms: 64 tests of all pixels, 64 to a trial."""

    origin: tuple[int, int]
    """x and y of the first whole block's corner, 0 to 7."""
    log10_nfa: float
    trials: int
    hits: int
    spread: float
    """Share of the parts of 64 x 64 pixels with votes to speak of in which a quarter of them are for it."""


def main_grid(cast: Bytes) -> MainGrid:
    """`cast`: as votes.votes gives it."""
    import numpy as np

    counts = np.bincount(cast.ravel(), minlength=256)[:GRIDS]
    best = int(counts.argmax())
    trials, hits = cast.size // GRIDS, int(counts[best]) // GRIDS
    cells = _cells(cast == best)
    voting = _cells(cast != NO_VOTE)
    tall, wide = (length - length % _TILE for length in cells.shape)
    own, all_of = (
        one[:tall, :wide].reshape(tall // _TILE, _TILE, wide // _TILE, _TILE).sum((1, 3)) for one in (cells, voting)
    )
    heard = all_of >= GRIDS * _TILE
    leads = own > all_of / 4
    return MainGrid(
        origin=(best % SIDE, best // SIDE),
        log10_nfa=log10_nfa(trials, hits, CHANCE, GRIDS),
        trials=trials,
        hits=hits,
        spread=float((leads & heard).sum() / max(int(heard.sum()), 1)),
    )


def tests_of(shape: tuple[int, ...], casts: int = 1) -> int:
    """Windows of all sides that fit in so many cells, each for 63 grids, in each of so many casts."""
    rows, columns = shape
    windows = sum(max(0, rows - side + 1) * max(0, columns - side + 1) for side in SIDES)
    return max(1, windows * (GRIDS - 1) * casts)


def foreign_grids(casts: tuple[Bytes, ...], main: tuple[int, int]) -> tuple[Suspect, ...]:
    """Parts with a grid other than that of origin `main`, at or below the alarm level: at most 8, the surest first.

    `casts`: votes of one picture by one or more sizes of what counts as zero; a part that two of them show is told
    once.
    """
    own = SIDE * main[1] + main[0]
    tests = tests_of((casts[0].shape[0] // SIDE, casts[0].shape[1] // SIDE), len(casts))
    found: list[tuple[int, Suspect]] = []
    for cast in casts:
        votes = [_cells(cast == grid) for grid in range(GRIDS)]
        near = {grid for grid in range(GRIDS) if grid != own and _in_line(grid, main)}
        for grid in range(GRIDS):
            if grid != own:
                beside = [votes[other] for other in sorted(near - {grid})] if grid in near else []
                found += [(grid, one) for one in _of_grid(votes[grid].copy(), beside, grid, main, tests)]
    kept: list[tuple[int, Suspect]] = []
    for grid, one in sorted(found, key=lambda each: each[1].log10_nfa):
        if not any(grid == other and (one.cells & already.cells).any() for other, already in kept):
            kept.append((grid, one))
    return tuple(one for _, one in kept[:MOST_REGIONS])


def _in_line(grid: int, main: tuple[int, int]) -> bool:
    """Whether a grid has the rows or the columns of that of origin `main`."""
    return grid % SIDE == main[0] or grid // SIDE == main[1]


def _halfway(grid: int, main: tuple[int, int]) -> bool:
    """Whether its rows or columns lie half a block from those of `main`: its blocks hold halves of two of these."""
    return SIDE // 2 in ((grid // SIDE - main[1]) % SIDE, (grid % SIDE - main[0]) % SIDE)


def _of_grid(cells: Counts, beside: list[Counts], grid: int, main: tuple[int, int], tests: int) -> list[Suspect]:
    import cv2
    import numpy as np

    found: list[Suspect] = []
    whole = cells.copy()
    around = _AROUND_HALFWAY if _halfway(grid, main) else _AROUND
    while len(found) < MOST_REGIONS:
        value, (row, column, side), hits, chance = _surest(cells, beside, around, tests)
        if value > ALARM_LOG10_NFA:
            break
        inside = slice(row, row + side), slice(column, column + side)
        # Halfway between the window and what is expected of any: some grids have votes all over.
        least = max(_KEPT_VOTES, GRIDS * (chance + hits / side**2) / 2)
        kept = cv2.morphologyEx((whole >= least).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        _, labels = cv2.connectedComponents(kept, connectivity=8)
        region = np.isin(labels, [one for one in np.unique(labels[inside]) if one])
        if not region.any():
            region[inside] = True
        found.append(
            Suspect(
                log10_nfa=value,
                window=(column * SIDE, row * SIDE, side * SIDE, side * SIDE),
                trials=side * side,
                hits=hits,
                chance=chance,
                tests=tests,
                cells=region,
                detail=f"grid from {grid % SIDE}, {grid // SIDE} where the rest has {main[0]}, {main[1]}",
                grid=(grid % SIDE, grid // SIDE),
            )
        )
        cells[region] = 0
        cells[inside] = 0
    return found


def _surest(
    cells: Counts, beside: list[Counts], around: float, tests: int
) -> tuple[float, tuple[int, int, int], int, float]:
    """All windows of one side have as many trials, so of each side only the one with the most votes is asked."""
    import cv2
    import numpy as np

    best = (0.0, (0, 0, 0), 0, CHANCE)
    total = float(cells.sum())
    for side in SIDES:
        if side > min(cells.shape):
            break
        sums = cv2.boxFilter(cells, cv2.CV_32F, (side, side), anchor=(0, 0), normalize=False)
        sums = sums[: cells.shape[0] - side + 1, : cells.shape[1] - side + 1]
        at = np.unravel_index(int(np.argmax(sums)), sums.shape)
        hits = round(float(sums[at])) // GRIDS
        if hits < LEAST_SHARE * side * side:
            continue
        outside = (total - float(sums[at])) / max(GRIDS * (cells.size - side * side), 1)
        within = at[0], at[0] + side, at[1], at[1] + side
        others = [float(one[within[0] : within[1], within[2] : within[3]].mean()) / GRIDS for one in beside]
        chance = round(max(CHANCE, _AROUND * outside, *(around * one for one in others)), 6)
        if chance >= 1:
            continue
        value = log10_nfa(side * side, hits, chance, tests)
        if value < best[0]:
            best = (value, (int(at[0]), int(at[1]), side), hits, chance)
    return best


def _cells(votes: NDArray[np.bool_]) -> Counts:
    """How many pixels of each 8 x 8 cell vote so; pixels beyond the last whole cell are left out."""
    import numpy as np

    rows, columns = votes.shape[0] // SIDE, votes.shape[1] // SIDE
    whole = votes[: rows * SIDE, : columns * SIDE].reshape(rows, SIDE, columns, SIDE)
    return np.asarray(whole.sum((1, 3)), np.float32)
