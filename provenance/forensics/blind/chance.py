"""The alarm level of all blind methods together, and the number of false alarms of a region.

A contrario (Desolneux, Moisan and Morel, From Gestalt Theory to Image Analysis, 2008): a region is reported when so
many hits are expected by chance fewer than 10^ALARM_LOG10_NFA times in all windows and hypotheses that were tried.
"""

from __future__ import annotations

import math

METHODS = 4
"""By how many the level is shared (Bonferroni): foreign grid by zeros and by steps, compressed twice, copied within."""
TOGETHER_NFA = 1e-3
"""Alarms expected in one unaltered picture by all of them together."""
ALARM_LOG10_NFA = math.log10(TOGETHER_NFA / METHODS)
ALARMS_PER_THOUSAND = 1000 * TOGETHER_NFA / METHODS
"""Of one method at that level."""
FORMULA = "log10_nfa = log10(tests * sum over i from hits to trials of C(trials, i) chance^i (1 - chance)^(trials - i))"
"""What `log10_nfa` computes."""


def log10_nfa(trials: int, hits: int, chance: float, tests: int) -> float:
    """log10 of `tests` times the binomial tail P(at least `hits` of `trials`), `chance` between 0 and 1.

    The tail is summed from its largest term on, in logarithms: exact to about 1e-9, however small it is.
    """
    return math.log10(max(tests, 1)) + _log10_tail(trials, hits, chance)


def _log10_tail(trials: int, hits: int, chance: float) -> float:
    if hits <= 0 or chance >= 1:
        return 0.0
    if hits > trials or chance <= 0:
        return -math.inf
    if hits <= trials * chance:
        return 0.0 if hits <= trials * chance - 1 else min(0.0, _summed(trials, hits, chance))
    return min(0.0, _summed(trials, hits, chance))


def _summed(trials: int, hits: int, chance: float) -> float:
    """From `hits` on each term is smaller than the one before by a growing factor, so few are needed."""
    first = (
        math.lgamma(trials + 1)
        - math.lgamma(hits + 1)
        - math.lgamma(trials - hits + 1)
        + hits * math.log(chance)
        + (trials - hits) * math.log1p(-chance)
    )
    total, term, odds = 1.0, 1.0, chance / (1 - chance)
    for index in range(hits, trials):
        term *= (trials - index) / (index + 1) * odds
        total += term
        if term < total * 1e-12:
            break
    return (first + math.log(total)) / math.log(10)
