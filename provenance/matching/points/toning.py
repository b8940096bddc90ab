"""The reference's likeness in the tones of the query: filters bend brightness, and may turn part of it over.

A solarised, posterised or strongly graded copy shows every point of its original in another brightness. One curve
from the reference's levels to the query's, fitted robustly over all that both show, takes such a filter back. It is
the same for the whole picture, so it cannot make another moment or another view of the scene agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...fingerprint.local.thumbnail import coarse
from . import blocks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Grey = NDArray[np.uint8]

_PIECES = 16
_STIFFNESS = 0.002
_LEAST_PX = 200
_ROUNDS = 3
_LEAST_SCALE_LEVELS = 4.0


def toned(transform: Floats, query_grey: Grey, likeness_grey: Grey, size_px: tuple[int, int]) -> Grey | None:
    """The likeness in the query's tones; None where both show too little in common. Parameters as blocks.compare."""
    import numpy as np

    laid, shown = blocks.laid(transform, query_grey, likeness_grey.shape, size_px)
    if shown.sum() < _LEAST_PX:
        return None
    ours = coarse(np.where(shown, laid, 128.0)).astype(np.float64)[shown]
    curve = _curve(likeness_grey[shown].astype(np.float64), ours)
    return np.asarray(np.rint(curve).clip(0, 255)[likeness_grey], np.uint8)


def _curve(levels: Floats, targets: Floats) -> Floats:
    """A piecewise linear curve over 256 levels, its bends held down a little; wrong pixels lose their pull on it."""
    import numpy as np

    place = np.minimum(levels / 255 * _PIECES, _PIECES - 1e-3)
    piece, share = place.astype(np.int64), place % 1
    rows = np.arange(len(levels))
    design = np.zeros((len(levels), _PIECES + 1))
    design[rows, piece], design[rows, piece + 1] = 1 - share, share
    bends = np.diff(np.eye(_PIECES + 1), 2, axis=0)
    stiff = _STIFFNESS * len(levels) * bends.T @ bends + 1e-6 * np.eye(_PIECES + 1)
    weights: Floats = np.ones(len(levels))
    knots: Floats = np.zeros(_PIECES + 1)
    for _ in range(_ROUNDS):
        weighted = design * weights[:, None]
        knots = np.asarray(np.linalg.solve(design.T @ weighted + stiff, weighted.T @ targets), np.float64)
        off = np.abs(targets - design @ knots)
        weights = np.asarray(1 / (1 + (off / (np.median(off) + _LEAST_SCALE_LEVELS)) ** 2), np.float64)
    return np.asarray(np.interp(np.arange(256), np.linspace(0, 255, _PIECES + 1), knots))
