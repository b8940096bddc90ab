"""Unusual blocks that lie together: regions, each with its number of false alarms.

A contrario (Desolneux, Moisan and Morel, From Gestalt Theory to Image Analysis, 2008): among all windows tried, how
many would by chance alone hold as many unusual blocks, if blocks were unusual as often as they are in unaltered pairs?
The binomial tail is bounded by Hoeffding's inequality (1963), which anybody can compute again from window, counts,
chance and number of tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..windows import within
from .residual import Residual
from .surest import log10_tail, surest, table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

LEVELS: tuple[tuple[float, float], ...] = ((4.0, 0.004), (6.0, 0.0006), (9.0, 0.00005))
"""Unusual by so many spreads, and how often a block is, in pairs rougher than 97 of 100 unaltered ones.

Measured in docs/measured/comparison.md."""
LEVELS_OF_DETAIL: tuple[tuple[float, float], ...] = ((3.0, 0.008), (4.0, 0.004), (6.0, 0.001))
"""The same for detail that was lost."""
SIDES = (3, 4, 6, 8, 12, 16, 24, 32)
"""Of the windows, in blocks."""
LONG = 4
"""Windows are square, so many times as long as wide, or run from side to side: lines of words, bars, frames."""
ALARM_LOG10_NFA = -3.0
MOST_REGIONS = 8
_GROWN = 2.0
_LEAST_KEPT = 2


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
    shown = found.shown
    both = (found.unusual.copy(), LEVELS), (found.softer.copy(), LEVELS_OF_DETAIL)
    smallest = 0.0
    kept: list[Cluster] = []
    tests = _tests(shown.shape)
    held = table(shown)
    sizes = tuple((down, across, int(within(held, down, across).min())) for down, across in _windows(shown.shape))
    while len(kept) < MOST_REGIONS:
        tried = [surest(values, shown, sizes, levels, tests) for values, levels in both]
        detail_lost = tried[1][0] < tried[0][0]
        log10_nfa, window, blocks, count, level, chance = tried[detail_lost]
        smallest = min(smallest, log10_nfa) if not kept else smallest
        if log10_nfa > ALARM_LOG10_NFA:
            break
        region = _region(both[detail_lost][0], level, window, shown)
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
        row, column, down, across = window
        for values, _ in both:
            values[region] = 0
            values[row : row + down, column : column + across] = 0
    return tuple(kept), smallest


def _region(unusual: Doubles, level: float, window: tuple[int, int, int, int], shown: Mask) -> Mask:
    """All blocks that hang together with those of the window that are unusual at this level; where there are none, the
    window itself.
    """
    import cv2
    import numpy as np

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
    return np.asarray(region, np.bool_)


def log10_nfa(blocks: int, unusual: int, chance: float, tests: int) -> float:
    """log10 of tests x the bound on the chance of so many unusual blocks, `TOGETHER` of them counting as one."""
    import numpy as np

    return float(log10_tail(np.array([blocks]), np.array([unusual]), np.array([chance]))[0] + np.log10(tests))


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
