"""What a count can carry: the upper end of an exact interval for a rate."""

from __future__ import annotations

from math import comb


def upper_limit(events: int, trials: int, miss: float = 0.05) -> float:
    """One-sided 95 % upper limit of a rate (Clopper and Pearson 1934); for no event about 3 / trials."""
    if trials <= events:
        return 1.0
    low, high = events / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(events, trials, middle) > miss:
            low = middle
        else:
            high = middle
    return high


def _at_most(events: int, trials: int, rate: float) -> float:
    return sum(comb(trials, count) * rate**count * (1 - rate) ** (trials - count) for count in range(events + 1))
