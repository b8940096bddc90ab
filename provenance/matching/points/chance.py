"""How often a stranger would look as much like a copy: the tail of the best score that strangers reached.

Searches with pictures that have no copy in the set were made on photographs kept apart for fitting, and the highest
margin (scoring.margin) of each noted. Above a threshold such margins fall off exponentially (the generalised Pareto
law of shape 0; Pickands, "Statistical inference using extreme order statistics", 1975; Coles, "An Introduction to
Statistical Modeling of Extreme Values", 2001, chapter 4). Rate and mean excess are upper 95 % limits, so the law is
on the safe side. No law is trusted beyond what was seen: no more searches are stated than were made.

The rate grows with the set: twice as many strangers, twice the chance that one of them looks so. In a smaller set than
the one measured it is stated as in that one. The constants come from `python -m benchmarks.chance fit`; how often they
hold on other photographs is in docs/measured/chance.md.
"""

from __future__ import annotations

import math

THRESHOLD, RATE, SCALE = -6.314, 0.1108, 1.271
"""Margin from which on the law holds, share of the searches above it, mean excess."""
SEARCHES, PICTURES = 2312, 600
"""How many searches it was fitted on, in a set of how many pictures."""
LEAST = 50
"""Rarer than one in so many, or nothing is stated: where stated rates were tested on other photographs, one in 10 and
one in 20 were reached by up to a fifth more searches, one in 50 and rarer by fewer (docs/measured/chance.md)."""


def one_false_match_in(margin: float, pictures: int) -> int:
    """Searches with strangers in a set of so many pictures among which one reaches this margin; 0 when not known.

    Rounded down to 1, 2 or 5 times a power of ten, since it is known no better.
    """
    if pictures <= 0 or margin < THRESHOLD:
        return 0
    rate = max(RATE * math.exp(-(margin - THRESHOLD) / SCALE), 1 / SEARCHES)
    number = 1 / (rate * max(1.0, pictures / PICTURES))
    return _rounded(number) if number >= LEAST else 0


def _rounded(number: float) -> int:
    """Down to 1, 2 or 5 times a power of ten."""
    power = 10 ** int(math.log10(max(1.0, number)) + 1e-9)
    return int(max(step for step in (1, 2, 5) if step * power <= max(1.0, number) + 1e-9) * power)
