"""Places of a picture drawn by weight, none of them twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights = NDArray[np.float32] | NDArray[np.float64]
    Places = NDArray[np.int64]


def drawn(weights: Weights, most: int, seed: int) -> Places:
    """Indices into `weights` (shape (n,), none below 0) of at most so many places, in rising order.

    Those that numpy's `Generator.choice` draws without replacement: as many at once as are wanted, the same again for
    those that came twice. There all weights are summed up anew each time; here the sums are kept, and what has been
    drawn is taken off them.
    """
    import numpy as np

    held = np.flatnonzero(weights)
    if len(held) <= most:
        return held
    rng = np.random.default_rng(seed)
    sums = np.cumsum(weights, dtype=np.float64)
    found = np.zeros(0, np.int64)
    while len(found) < most:
        gone = np.concatenate([[0.0], np.cumsum(weights[found], dtype=np.float64)])
        at = rng.random(most - len(found)) * (sums[-1] - gone[-1])
        at += gone[np.searchsorted(sums[found] - gone[1:], at, side="right")]
        new = np.minimum(np.searchsorted(sums, np.sort(at), side="right"), len(sums) - 1)
        found = np.sort(np.concatenate([found, new]))
        found = found[np.append(True, found[1:] > found[:-1])]
    return found
