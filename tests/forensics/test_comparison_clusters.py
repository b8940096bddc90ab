"""What the number of false alarms of a region is computed from: chances, levels, windows and their number."""

from __future__ import annotations

import math

import numpy as np
import pytest

from provenance.forensics.comparison.clusters import Cluster, clusters

from .test_comparison_sums import residual

SIDES = (3, 4, 6, 8, 12, 16, 24, 32)


def found(unusual: np.ndarray | None, softer: np.ndarray | None, shape: tuple[int, int]) -> tuple[Cluster, ...]:
    nothing, shown = np.zeros(shape), np.ones(shape, np.bool_)
    left = residual(nothing if unusual is None else unusual, shown)
    if softer is not None:
        left.softer[:] = softer
    return clusters(left)[0]


def windows(rows: int, columns: int) -> int:
    """Square, four times as long as wide either way, and from side to side, each size once."""
    sizes = {(side, side) for side in SIDES}
    sizes |= {(side, 4 * side) for side in SIDES} | {(4 * side, side) for side in SIDES}
    sizes |= {(side, columns) for side in SIDES} | {(rows, side) for side in SIDES}
    return sum(max(0, rows - down + 1) * max(0, columns - across + 1) for down, across in sizes)


@pytest.mark.parametrize(
    ("spreads", "lost", "level", "chance"),
    [
        (5.9, False, 4.0, 0.004),
        (8.9, False, 6.0, 0.0006),
        (9.1, False, 9.0, 0.00005),
        (3.9, True, 3.0, 0.008),
        (5.9, True, 4.0, 0.004),
        (6.1, True, 6.0, 0.001),
    ],
)
def test_a_block_is_as_rare_as_the_highest_level_that_it_is_beyond(
    spreads: float, lost: bool, level: float, chance: float
) -> None:
    """All 64 blocks of a part, and none elsewhere: 32 pairs, three levels of each kind at all windows."""
    blocks = np.zeros((30, 40))
    blocks[10:18, 20:28] = spreads
    (one,) = found(None if lost else blocks, blocks if lost else None, (30, 40))
    assert (one.level, one.chance, one.detail_lost) == (level, chance, lost)
    assert (one.window, one.blocks, one.unusual) == ((10, 20, 8, 8), 64, 64)
    assert one.tests == windows(30, 40) * 6
    assert one.log10_nfa == pytest.approx(math.log10(one.tests) + 32 * math.log10(chance))


@pytest.mark.parametrize("box", [(4, 3, 4, 16), (4, 3, 16, 4), (12, 0, 3, 40), (0, 17, 30, 3)])
def test_windows_are_long_either_way_or_run_from_side_to_side(box: tuple[int, int, int, int]) -> None:
    row, column, down, across = box
    blocks = np.zeros((30, 40))
    blocks[row : row + down, column : column + across] = 5.0
    (one,) = found(blocks, None, (30, 40))
    assert one.window == box
    assert one.unusual == one.blocks == down * across
