"""Sums over every window of a grid, and a bound on the chance of so many hits in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]


def summed(values: NDArray[Any]) -> NDArray[Any]:
    """Summed-area table of an array of shape (rows, columns), with a row and a column of noughts before it."""
    import numpy as np

    sums = values.cumsum(0)
    table = np.zeros((len(values) + 1, values.shape[1] + 1), sums.dtype)
    np.cumsum(sums, 1, out=table[1:, 1:])
    return table


def counted(hits: NDArray[np.bool_]) -> Doubles:
    """The summed-area table of a mask, in doubles."""
    import numpy as np

    return summed(hits.astype(np.float64))


def within(sums: NDArray[Any], down: int, across: int) -> NDArray[Any]:
    """From a summed-area table, the sum of each window of so many rows and columns, by its first row and column.

    From a stack of them, shape (n, rows, columns), those of each.
    """
    upper, lower = sums[..., :-down, :], sums[..., down:, :]
    found: NDArray[Any] = lower[..., across:] - upper[..., across:] - lower[..., :-across] + upper[..., :-across]
    return found


def log10_hoeffding(trials: Doubles, hits: Doubles, chance: Doubles) -> Doubles:
    """log10 of Hoeffding's bound (1963) on the binomial tail, 0 where there are no more hits than chance gives.

    P(S >= k) <= (p / r)^k ((1 - p) / (1 - r))^(n - k) for r = k / n > p.
    """
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(trials > 0, hits / np.maximum(trials, 1), 0.0)
        first = np.where(hits > 0, hits * np.log10(chance / np.maximum(share, 1e-12)), 0.0)
        missed = trials - hits
        second = np.where(missed > 0, missed * np.log10((1 - chance) / np.maximum(1 - share, 1e-12)), 0.0)
    return np.where(share > chance, first + second, 0.0)
