"""The last fit of a transform: wrong pairs and things that moved lose their pull on it.

Least squares within a tolerance of 1.2 % of a picture lets a few wrong pairs, or one near object, tilt the whole fit;
what is then measured of a copy looks like depth. Here a pair weighs less the further it lies off (Holland and Welsch,
"Robust regression using iteratively reweighted least-squares", 1977, with the squared Cauchy weight), and pairs are
chosen anew under the fit that results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import geometry
from .hypotheses import FINAL_SHARE, sane
from .pairing import Pairs, Sides, guided

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_ROUNDS, _STEPS = 2, 4
_LEAST_FOR_AFFINE, _LEAST_FOR_HOMOGRAPHY = 6, 12
_SCALE_OF_MEDIAN, _LEAST_SCALE_SHARE = 1.5, 0.0008
_KEPT = 0.9
"""A fit under which fewer pairs are left than this share of those before is no better one."""


def settled(both: Sides, transform: Floats, pairs: Pairs, longest_px: int) -> tuple[Floats, Pairs]:
    """The transform fitted once more and the pairs under it; what was given when that loses pairs."""
    first, before = transform, pairs
    for _ in range(_ROUNDS):
        transform = _weighted(transform, both.query_xy[pairs.query], both.reference_xy[pairs.reference], longest_px)
        pairs = guided(both, transform, FINAL_SHARE * longest_px)
        if len(pairs) < max(4.0, _KEPT * len(before)):
            return first, before
    return transform, pairs


def _weighted(transform: Floats, start: Floats, end: Floats, longest_px: int) -> Floats:
    import numpy as np

    if len(start) < _LEAST_FOR_AFFINE:
        return transform
    corners = start.min(axis=0), start.mean(axis=0), start.max(axis=0)
    for _ in range(_STEPS):
        off = np.hypot(*(geometry.apply(transform, start) - end).T)
        scale = max(_SCALE_OF_MEDIAN * float(np.median(off)), _LEAST_SCALE_SHARE * longest_px)
        weights = 1 / (1 + (off / scale) ** 2) ** 2
        fit = geometry.homography if len(start) >= _LEAST_FOR_HOMOGRAPHY else geometry.affine
        fitted = fit(start, end, weights)
        if fitted is None or not np.isfinite(fitted).all() or not all(sane(fitted, at) for at in corners):
            break
        transform = fitted
    return transform
