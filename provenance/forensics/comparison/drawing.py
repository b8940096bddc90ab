"""Places of a picture drawn by weight, none of them twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights = NDArray[np.float32] | NDArray[np.float64]
    Places = NDArray[np.int64]

_TOGETHER = 8
"""Weights that are summed up as one, until a draw falls among them."""


def drawn(weights: Weights, most: int, seed: int) -> Places:
    """Indices into `weights` (shape (n,), none below 0) of at most so many places, in rising order.

    Those that numpy's `Generator.choice` draws without replacement: as many at once as are wanted, the same again for
    those that came twice. There all weights are summed up anew each time; here the sums of short pieces are kept, a
    piece is looked into where a draw falls on it, and what has been drawn is taken off.
    """
    import numpy as np

    if np.count_nonzero(weights > 0) <= most:
        return np.flatnonzero(weights)
    rng = np.random.default_rng(seed)
    padded, ends = _summed(weights)
    found, sums = np.zeros(0, np.int64), np.zeros(0)
    while len(found) < most:
        gone = np.concatenate([[0.0], np.cumsum(weights[found], dtype=np.float64)])
        at = rng.random(most - len(found)) * (ends[-1] - gone[-1])
        at += gone[np.searchsorted(sums - gone[1:], at, side="right")]
        new, to_new = _reached(padded, ends, np.sort(at))
        every = np.concatenate([found, new])
        order = np.argsort(every, kind="stable")
        every = every[order]
        kept = np.append(True, every[1:] > every[:-1])
        found, sums = every[kept], np.concatenate([sums, to_new])[order[kept]]
    return found


def _summed(weights: Weights) -> tuple[Weights, NDArray[np.float64]]:
    """The weights, made up to whole short pieces, and the sum of all up to the end of each piece."""
    import cv2
    import numpy as np

    short = -len(weights) % _TOGETHER
    flat: Any = np.pad(weights, (0, short)) if short else weights
    totals = np.asarray(cv2.reduce(flat.reshape(-1, _TOGETHER), 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F), np.float64)
    return flat, np.cumsum(totals)


def _reached(
    weights: Weights, ends: NDArray[np.float64], at: NDArray[np.float64]
) -> tuple[Places, NDArray[np.float64]]:
    """The places at which the sum of the weights first exceeds each of the sums `at`, and the sums there."""
    import numpy as np

    piece = np.minimum(np.searchsorted(ends, at, side="right"), len(ends) - 1)
    within = np.ascontiguousarray(weights.reshape(-1, _TOGETHER)[piece].T, np.float64)
    within[0] += np.where(piece > 0, ends[piece - 1], 0.0)
    sums = within[0].copy()
    # The sum so far of those whose place is reached stands still; the last place of a piece takes all that is left.
    step = np.zeros(len(at), np.int64)
    for weight in within[1:]:
        further = sums <= at
        step += further
        sums += weight * further
    return piece * _TOGETHER + step, sums
