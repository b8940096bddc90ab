"""Two pictures laid on one another at full resolution, where the reference's own pixels are at hand.

The transform that points gave is known to about a pixel. Here it is refined block by block (Lucas and Kanade, "An
iterative image registration technique", 1981), from a quarter of the size to all of it, and the reference is brought
to the tones and the softness of the query, so that what is left is no filter, no saving and no scaling. What is left
is then looked at by closely.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..points import blocks, geometry
from ..points.shifts import BLOCK_PX, shifts
from .likened import Tones, softened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Plane = NDArray[np.float32]
    Grey = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

LONGEST_PX, LEAST_PX = 512, 128
_BLACK, _WHITE = 6, 249
_AROUND_PX, _MOST_PART = 4, 0.6
_LEAST_AREA_PX, _LEAST_UNCLIPPED_PX = 1500, 1500
_STEPS = (4, 2, 1)
"""Sizes at which both are compared, one in so many pixels: refined at all but the last, where there are several."""
_FINE_PX, _SOFT = 1.0, 0.2
"""A query with less than this share of the reference's finest detail is compared at half the size."""
_TONES, _LEAST_OF_TONE, _FOLDED_LEVELS = 16, 50, 30.0
_PLACED, _LEAST_CORNER, _MOST_SHIFT_PX, _LEAST_BLOCKS = 0.5, 4.0, 3.0, 12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Registered:
    """Planes of one shape, in grey levels of the query."""

    ours: Plane
    """The query over the reference."""
    theirs: Plane
    """The reference in the tones of the query, as soft as the query."""
    looked: Mask
    """Where both have something to compare: in the hull of the paired points, neither black nor white."""
    plain: Plane
    """The same as sharp as it is."""
    soft: bool = False
    """The query is so blurred that more pixels than these would show nothing more."""
    folded: bool = False
    """Brighter is darker in a part of the tones, as in a solarised picture."""


def registered(
    transform: Floats, query_grey: Grey, colours: NDArray[np.uint8], *, reference_xy: Floats, size_px: tuple[int, int]
) -> Registered | None:
    """Lay and refine; None where too little is left to be compared.

    `query_grey`: as detected, mirrored where the pairs are; `transform`: from it to the reference of `size_px` (width,
    height) as detected; `colours`: the reference itself, RGB, any size; `reference_xy`: the paired points in it.
    """
    import cv2
    import numpy as np

    transform, colours, reference_xy, size_px = shared_part(transform, colours, reference_xy, size_px)
    size = work_px(transform, query_grey, colours, size_px)
    last: tuple[Tones, Mask] | None = None
    soft = False
    for step in _STEPS:
        small = size[0] // step, size[1] // step
        if step > 1 and max(small) < LEAST_PX:
            continue
        how = cv2.INTER_AREA if small[0] < colours.shape[1] else cv2.INTER_CUBIC
        tones = Tones.of(np.asarray(cv2.resize(np.ascontiguousarray(colours), small, interpolation=how), np.uint8))
        inside = _hull(reference_xy, size_px, small) & ~_clipped(tones.grey)
        found = _compared(transform, query_grey, tones, inside, size_px)
        soft = last is not None and found is not None and _soft(found)
        if found is None or soft:
            break
        if step == 1 and last is not None:
            return found
        transform, last = _refined(transform, found, size_px), (tones, inside)
    best = None if last is None else _compared(transform, query_grey, *last, size_px)
    return None if best is None else replace(best, soft=soft)


def fine(plane: Plane) -> Plane:
    """What a blur of a pixel's radius takes away."""
    import cv2

    result: Plane = plane - cv2.GaussianBlur(plane, (0, 0), _FINE_PX)
    return result


def shared_part(
    transform: Floats, colours: NDArray[np.uint8], reference_xy: Floats, size_px: tuple[int, int]
) -> tuple[Floats, NDArray[np.uint8], Floats, tuple[int, int]]:
    """The same for the part of the reference that holds the paired points, where that is a small part of it."""
    import numpy as np

    low = np.maximum(np.floor(reference_xy.min(axis=0)) - _AROUND_PX, 0).astype(int)
    high = np.minimum(np.ceil(reference_xy.max(axis=0)) + _AROUND_PX, size_px).astype(int)
    width, height = (high - low).tolist()
    if max(width, height) >= _MOST_PART * max(size_px) or min(width, height) < BLOCK_PX:
        return transform, colours, reference_xy, size_px
    finer = np.array([colours.shape[1], colours.shape[0]]) / size_px
    (x0, y0), (x1, y1) = np.rint(low * finer).astype(int).tolist(), np.rint(high * finer).astype(int).tolist()
    moved = np.array([[1.0, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]]) @ transform
    return moved, colours[y0:y1, x0:x1], reference_xy - low, (width, height)


def work_px(transform: Floats, grey: Grey, colours: NDArray[np.uint8], size_px: tuple[int, int]) -> tuple[int, int]:
    """The size at which neither picture is enlarged, at most 512 and at least 128 pixels long."""
    import numpy as np

    longest = max(size_px)
    scale = abs(geometry.stretch(transform, np.array(grey.shape[::-1]) / 2)[0])
    factor = min(1 / max(scale, 1e-6), max(colours.shape[:2]) / longest, LONGEST_PX / longest)
    factor = max(factor, min(1.0, LEAST_PX / longest))
    return max(BLOCK_PX, round(size_px[0] * factor)), max(BLOCK_PX, round(size_px[1] * factor))


def _compared(transform: Floats, grey: Grey, tones: Tones, inside: Mask, size_px: tuple[int, int]) -> Registered | None:
    import cv2
    import numpy as np

    laid, shown = _laid(transform, grey, size_px, (tones.grey.shape[1], tones.grey.shape[0]))
    looked = inside & (cv2.erode(shown, np.ones((3, 3))) > 0)
    if looked.sum() * (max(LONGEST_PX // max(laid.shape), 1)) < _LEAST_AREA_PX:
        return None
    unclipped = looked & ~_clipped(laid)
    looked = unclipped if unclipped.sum() >= _LEAST_UNCLIPPED_PX else looked
    ours = laid.astype(np.float32)
    plain = tones.foretold(ours, looked)
    folded = _folded(tones.grey[looked], ours[looked])
    return Registered(ours=ours, theirs=softened(plain, ours, looked), looked=looked, plain=plain, folded=folded)


def laid_over(
    transform: Floats, grey: Grey, size_px: tuple[int, int], end_px: tuple[int, int], reference_xy: Floats
) -> tuple[Grey, Mask]:
    """The query over the reference of `size_px`, at the size `end_px`, and where both show what the points enclose."""
    import cv2
    import numpy as np

    laid, shown = _laid(transform, grey, size_px, end_px)
    return laid, np.asarray(_hull(reference_xy, size_px, end_px) & (cv2.erode(shown, np.ones((3, 3))) > 0))


def _folded(theirs: Grey, ours: Plane) -> bool:
    """Whether the usual brightness of the query rises and falls with that of the reference."""
    import numpy as np

    bounds = np.quantile(theirs, np.arange(1, _TONES) / _TONES)
    tone = np.searchsorted(bounds, theirs)
    usual = [float(np.median(ours[tone == one])) for one in range(_TONES) if (tone == one).sum() >= _LEAST_OF_TONE]
    steps = np.diff(usual)
    return bool(min(steps[steps > 0].sum(), -steps[steps < 0].sum()) > _FOLDED_LEVELS)


def _laid(transform: Floats, grey: Grey, size_px: tuple[int, int], end_px: tuple[int, int]) -> tuple[Grey, Grey]:
    """The query over the reference, and 255 where it lies."""
    import cv2
    import numpy as np

    onto, grey = blocks.shrunk(geometry.scaling(size_px, end_px) @ transform, grey, below=0.6)
    laid = cv2.warpPerspective(grey, onto, end_px, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    shown = cv2.warpPerspective(np.full(grey.shape, 255, np.uint8), onto, end_px, flags=cv2.INTER_NEAREST)
    return np.asarray(laid, np.uint8), np.asarray(shown, np.uint8)


def _soft(found: Registered) -> bool:
    """Whether the query is so soft that this size shows nothing that half of it does not."""
    import numpy as np

    ours, theirs = (float(np.percentile(np.abs(fine(one)[found.looked]), 90)) for one in (found.ours, found.plain))
    return ours < _SOFT * theirs


def _refined(transform: Floats, found: Registered, size_px: tuple[int, int]) -> Floats:
    """The transform under which most blocks lie where they fit; what was given when too few say where."""
    import numpy as np

    seen = shifts(found.ours, found.theirs, found.looked)
    far = np.hypot(*seen.shift_px.T)
    held = (seen.correlation > _PLACED) & (seen.corner > _LEAST_CORNER) & (far < _MOST_SHIFT_PX)
    if held.sum() < _LEAST_BLOCKS:
        return transform
    start, end = (seen.middle + seen.shift_px)[held], seen.middle[held]
    weights: Floats = np.ones(len(start))
    bent: Floats = np.eye(3)
    for _ in range(5):
        fitted = geometry.homography(start, end, weights)
        if fitted is None or not np.isfinite(fitted).all():
            return transform
        bent = fitted
        off = np.hypot(*(geometry.apply(bent, start) - end).T)
        weights = np.asarray(1 / (1 + (off / (1.5 * np.median(off) + 0.05)) ** 2) ** 2, np.float64)
    scaled = geometry.scaling(size_px, found.ours.shape[::-1])
    return np.asarray(geometry.inverse(scaled) @ bent @ scaled @ transform, np.float64)


def _hull(xy: Floats, size_px: tuple[int, int], end_px: tuple[int, int]) -> Mask:
    import cv2
    import numpy as np

    inside = np.zeros(end_px[::-1], np.uint8)
    hull = cv2.convexHull(np.asarray(xy, np.float32)).reshape(-1, 2)
    hull = hull * np.array([end_px[0] / size_px[0], end_px[1] / size_px[1]])
    cv2.fillConvexPoly(inside, np.rint(hull).astype(np.int32), 1)
    return np.asarray(inside > 0)


def _clipped(grey: Grey) -> Mask:
    """Black or white, and next to it."""
    import cv2
    import numpy as np

    ends = ((grey <= _BLACK) | (grey >= _WHITE)).astype(np.uint8)
    return np.asarray(cv2.dilate(ends, np.ones((3, 3))) > 0)
