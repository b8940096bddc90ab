"""A curve of tones: what levels became, by medians."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ranks import median

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]

_PIECES, _LEAST_IN_PIECE = 32, 20


def curve(levels: Doubles, targets: Doubles) -> tuple[Doubles, Doubles]:
    """Medians of the targets in pieces of equal population of the levels, which rise, made to rise."""
    import numpy as np

    edges = np.unique(_quantiles(levels, np.linspace(0, 1, _PIECES + 1)))
    starts = np.searchsorted(levels, edges[1:-1])
    pieces = [
        (_middle(held), median(wanted))
        for held, wanted in zip(np.split(levels, starts), np.split(targets, starts), strict=True)
        if len(held) >= _LEAST_IN_PIECE
    ]
    knots, values = np.array(pieces, np.float64).reshape(-1, 2).T
    return knots, np.maximum.accumulate(values) if len(values) else values


def bend(levels: NDArray[np.floating], line: tuple[Doubles, Doubles]) -> Doubles:
    """The levels on that curve; beyond its ends one level is one level."""
    import numpy as np

    knots, values = line
    if len(knots) < 3:
        return np.asarray(levels, np.float64)
    beyond = np.minimum(levels - knots[0], 0) + np.maximum(levels - knots[-1], 0)
    return np.asarray(np.interp(levels, knots, values) + beyond, np.float64)


def _quantiles(rising: Doubles, shares: Doubles) -> Doubles:
    """Of sorted numbers, between two of them by their distance."""
    import numpy as np

    place = shares * (len(rising) - 1)
    lower = place.astype(np.int64)
    first, second = rising[lower], rising[np.minimum(lower + 1, len(rising) - 1)]
    part, apart = place - lower, second - first
    return np.asarray(np.where(part >= 0.5, second - apart * (1 - part), first + apart * part), np.float64)


def _middle(rising: Doubles) -> float:
    """The median of sorted numbers."""
    half = len(rising) // 2
    return float(rising[half] if len(rising) % 2 else (rising[half - 1] + rising[half]) / 2)
