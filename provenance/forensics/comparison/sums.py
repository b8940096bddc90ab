"""Sums over many rows in one thread.

From about 10,000 numbers on BLAS starts a thread for each core. For sums of this size that saves nothing: a core that
has other work to do is waited for at full load, and the last digits hang on the number of cores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]

MOST_PRODUCTS = 200_000
"""Of one product of matrices: OpenBLAS takes more than one thread from 262,144 on."""


def across(one: Doubles, other: Doubles) -> Doubles:
    """one @ other.T for shapes (a, n) and (b, n), n large, a and b small."""
    import numpy as np

    rows, others, length = len(one), len(other), one.shape[1]
    piece = max(1, MOST_PRODUCTS // (rows * others))
    whole = length // piece * piece
    left = one[:, whole:] @ other[:, whole:].T
    if not whole:
        return np.asarray(left, np.float64)
    pieces = one[:, :whole].reshape(rows, -1, piece), other[:, :whole].reshape(others, -1, piece)
    return np.asarray(np.matmul(pieces[0].transpose(1, 0, 2), pieces[1].transpose(1, 2, 0)).sum(0) + left, np.float64)


def mixed(shares: Doubles, rows: Doubles) -> Doubles:
    """The sum of arrays, shape (a, ...), each by its share, shape (a,)."""
    import numpy as np

    return np.asarray(np.einsum("i,i...->...", shares, rows), np.float64)


def dot(one: Doubles, other: Doubles) -> float:
    """Of two rows of numbers."""
    import numpy as np

    return float(np.einsum("i,i", one, other))
