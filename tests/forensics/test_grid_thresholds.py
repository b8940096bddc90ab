"""Shares of votes at which a part is told, and what chance is allowed for, on votes that were made up."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.forensics.blind.grid import foreign_grids, main_grid
from provenance.forensics.blind.regions import Suspect
from provenance.forensics.blind.votes import NO_VOTE

Bytes = NDArray[np.uint8]
MAIN = (0, 0)
GRID, HALFWAY, BESIDE = 8 * 3 + 5, 8 * 0 + 4, 8 * 0 + 6
"""Off the rows and columns of MAIN; in its rows and half a block off; in its rows."""


def cast(cells: int = 48) -> Bytes:
    return np.full((8 * cells, 8 * cells), NO_VOTE, np.uint8)


def voted(votes: Bytes, cells: tuple[slice, slice], grid: int, of_64: int, first: int = 0) -> None:
    """So many pixels of each cell, from the `first` on."""
    rows, columns = (length // 8 for length in votes.shape)
    whole = votes.reshape(rows, 8, columns, 8).transpose(0, 2, 1, 3).reshape(rows, columns, 64).copy()
    whole[(*cells, slice(first, first + of_64))] = grid
    votes[:] = whole.reshape(rows, columns, 8, 8).transpose(0, 2, 1, 3).reshape(votes.shape)


def told(votes: Bytes) -> tuple[Suspect, ...]:
    return foreign_grids((votes,), MAIN)


@pytest.mark.parametrize(("of_64", "found"), [(8, False), (11, True)])
def test_less_than_fifteen_in_a_hundred_of_a_window_are_texture(of_64: int, found: bool) -> None:
    votes = cast()
    voted(votes, np.s_[8:40, 8:40], GRID, of_64)
    assert bool(told(votes)) is found


@pytest.mark.parametrize("of_64", [2, 4])
def test_the_chance_is_twice_what_the_grid_has_outside(of_64: int) -> None:
    votes = cast()
    voted(votes, np.s_[:, :], GRID, of_64)
    voted(votes, np.s_[16:32, 16:32], GRID, 48)
    assert told(votes)[0].chance == pytest.approx(2 * of_64 / 64, rel=0.01)


@pytest.mark.parametrize(("grid", "times"), [(BESIDE, 2), (HALFWAY, 4)])
def test_in_line_it_is_twice_what_another_such_grid_has_inside_and_four_times_halfway(grid: int, times: int) -> None:
    votes, part = cast(), np.s_[16:32, 16:32]
    voted(votes, part, grid, 40)
    voted(votes, part, 8 * 0 + 1, 6, first=40)
    assert told(votes)[0].chance == pytest.approx(times * 6 / 64, rel=0.01)


def test_a_cell_is_of_the_region_from_sixteen_votes_on() -> None:
    votes = cast()
    voted(votes, np.s_[12:36, 12:36], GRID, 20)
    voted(votes, np.s_[36:38, 12:36], GRID, 18)
    voted(votes, np.s_[38:40, 12:36], GRID, 12)
    cells = told(votes)[0].cells
    assert cells[12:38, 12:36].all()
    assert not cells[38:].any()


def test_eight_parts_are_told() -> None:
    votes = cast()
    for number in range(9):
        row, column = 16 * (number // 3), 16 * (number % 3)
        voted(votes, (slice(row + 2, row + 8), slice(column + 2, column + 8)), GRID + number, 60)
    assert len(told(votes)) == 8


@pytest.mark.parametrize(("of_64", "spread"), [(15, 0.5), (17, 1.0)])
def test_a_grid_is_spread_over_the_parts_in_which_a_quarter_votes_for_it(of_64: int, spread: float) -> None:
    """Of two halves it has one whole, and of the other so many of the votes; tiles are 8 cells a side."""
    votes = cast(16)
    voted(votes, np.s_[:8, :], GRID, 64)
    voted(votes, np.s_[8:, :], GRID, of_64)
    for other in range(1, 4):
        voted(votes, np.s_[8:, :], BESIDE + other, 16, first=of_64 + 16 * (other - 1))
    voted(votes, np.s_[8:, :], 63, 64 - of_64 - 48, first=of_64 + 48)
    assert main_grid(votes).spread == spread
