"""The number of false alarms can be computed again by hand from what evidence holds."""

from fractions import Fraction
from math import comb, log10

import pytest

from provenance.forensics.blind.chance import ALARM_LOG10_NFA, METHODS, TOGETHER_NFA, log10_nfa


@pytest.mark.parametrize(
    ("trials", "hits", "chance", "tests"),
    [(64, 9, 1 / 64, 10_000), (20, 20, 0.5, 1), (400, 80, 0.05, 77), (50, 0, 0.1, 9)],
)
def test_it_is_the_tests_times_the_binomial_tail(trials: int, hits: int, chance: float, tests: int) -> None:
    p = Fraction(chance)
    tail = sum(comb(trials, i) * p**i * (1 - p) ** (trials - i) for i in range(hits, trials + 1))
    assert log10_nfa(trials, hits, chance, tests) == pytest.approx(log10(tests * tail), abs=1e-6)


def test_ends_are_no_errors() -> None:
    assert log10_nfa(10, 11, 0.5, 5) == float("-inf")
    assert log10_nfa(10, 3, 1.0, 1) == 0
    assert log10_nfa(10_000_000, 9_000_000, 1 / 64, 10**15) < -1_000_000


def test_all_methods_share_one_level() -> None:
    assert pytest.approx(TOGETHER_NFA) == METHODS * 10**ALARM_LOG10_NFA
