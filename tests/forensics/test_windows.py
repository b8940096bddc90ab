"""Sums of windows and Hoeffding's bound, against sums made one by one and the exact tail."""

from __future__ import annotations

import math

import numpy as np
import pytest

from provenance.forensics.blind.chance import log10_nfa
from provenance.forensics.windows import counted, log10_hoeffding, within


@pytest.mark.parametrize(("down", "across"), [(1, 1), (2, 3), (5, 7)])
def test_each_window_is_summed(down: int, across: int) -> None:
    hits = np.random.default_rng(1).random((5, 7)) < 0.4
    found = within(counted(hits), down, across)
    for row, column in np.ndindex(5 - down + 1, 7 - across + 1):
        assert found[row, column] == hits[row : row + down, column : column + across].sum()


@pytest.mark.parametrize(("trials", "hits", "chance"), [(10, 10, 0.01), (40, 12, 0.1), (200, 61, 0.25), (7, 1, 0.1)])
def test_the_bound_is_never_below_the_tail(trials: int, hits: int, chance: float) -> None:
    bound = float(log10_hoeffding(np.array([trials]), np.array([hits]), np.array([chance]))[0])
    share = hits / trials
    missed = (trials - hits) * math.log10((1 - chance) / (1 - share)) if hits < trials else 0.0
    assert bound == pytest.approx(hits * math.log10(chance / share) + missed)
    assert log10_nfa(trials, hits, chance, 1) <= bound + 1e-9 < 0


def test_where_chance_gives_as_much_there_is_no_surprise() -> None:
    assert not log10_hoeffding(
        np.array([0.0, 10, 10, 10]), np.array([0.0, 0, 1, 10]), np.array([0.1, 0.1, 0.1, 1.2])
    ).any()
