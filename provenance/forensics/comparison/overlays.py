"""What a differing region looks like: words, a mark, a plain bar, a blur. Everything else has no name.

Whatever has a name here was drawn, not photographed: few colours, or the reference made paler or strongly blurred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .boxes import around
from .channels import apart, average
from .inks import LEAST_PX, commonest, inks, share_of
from .ranks import median
from .sums import dot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Mask = NDArray[np.bool_]

BAR, TEXT, MARK, BLUR = "plain bar or frame", "caption or text", "watermark or logo", "blurred or pixelated"
_CHANGED_LEVELS = 24
_LEAST_CHANGED = 0.04
_ONE_COLOUR, _PLAIN = 0.5, 0.93
_DRAWN = 0.6
"""Of what changed, in flat colours."""
_EDGE, _MOST_OF_IT = 0.02, 0.8
_LETTERS, _LETTER_SHARE = 4, 0.015
_RECTANGLE = 0.85
_FITS, _MOST_FIT, _SHINES_THROUGH = 0.9, 0.6, 0.6
_ROUNDS = 6
_PALER = 0.1, 0.9
_BEYOND_LEVELS = 10.0
"""Of the difference it makes, beyond white or black, which nothing is: what the colour laid over may be off."""
_AS_MUCH, _GREY_LEVELS, _FITS_PLAINLY = 0.06, 10.0, 0.8
_BLURS_PX = (1.5, 2.5, 3.5, 5.0, 7.0, 10.0, 14.0, 20.0)
_LEAST_BLUR_PX = 4.9
"""Softer blurs are retouching; nobody hides a face with them."""
_BLURRED, _DETAIL_LEFT = 0.9, 0.35
_BLURRED_SURELY, _UNEXPLAINED = 0.95, 0.2
_QUARTERED_PX2, _ROUGHLY = 4.0, 0.1
"""What reducing to a quarter and enlarging blur, squared; and more than they move a correlation: of 640 in 230 pairs by
0.045 at most, and by 0.007 of those above 0.8."""
_IN_A_BLOCK, _FLAT_LEVELS, _FLATTER, _SQUARE = 0.6, 3, 0.15, 0.1


def what(query: Floats, fitted: Floats, mask: Mask) -> str:
    """One of the four names, or "". Pictures of shape (height, width, 3), levels 0 to 255; `mask`: the region."""

    box = around(mask)
    ours, theirs, inside = query[box], fitted[box], mask[box]
    changed = inside & (apart(ours, theirs) > _CHANGED_LEVELS)
    # First of all: what is left of a blurred face may have few colours too.
    if _blurred(query, fitted, mask, box):
        return BLUR
    if changed.sum() < max(LEAST_PX, _LEAST_CHANGED * inside.sum()):
        return ""
    if inside.mean() > _RECTANGLE and _at_an_edge(mask, box):
        share = share_of(commonest(ours[inside]), ours[inside])
        if share > _PLAIN:
            return BAR
        if share > _ONE_COLOUR:
            return TEXT
    count, left = inks(ours, changed, fitted, mask, box)
    if count and left.sum() < (1 - _DRAWN) * changed.sum():
        return TEXT if _pieces(changed) >= _LETTERS else MARK
    if not _paler(ours, theirs, left):
        return ""
    across = (box[1].stop - box[1].start) > _MOST_OF_IT * mask.shape[1]
    return TEXT if across and inside.mean() > _MOST_FIT else MARK


def _at_an_edge(mask: Mask, box: tuple[slice, slice]) -> bool:
    """Whether the region lies along one side of the picture, over most of its length."""
    close = [_EDGE * side for side in mask.shape]
    touches = [
        one.start <= far or one.stop >= side - far for one, far, side in zip(box, close, mask.shape, strict=True)
    ]
    long = [(one.stop - one.start) > _MOST_OF_IT * side for one, side in zip(box, mask.shape, strict=True)]
    return bool((touches[0] and long[1]) or (touches[1] and long[0]))


def _paler(ours: Floats, theirs: Floats, changed: Mask) -> bool:
    """Whether one colour lies over the reference, which shines through: ours = a theirs + (1 - a) colour.

    Least squares, in which pixels beyond three typical distances (soft edges) count for nothing in the next round.
    """
    import numpy as np

    if changed.sum() < LEAST_PX:
        return False
    x, y = (np.ascontiguousarray(one[changed].T, np.float64) for one in (theirs, ours))
    sums = np.vstack([x, y, x * x, x * y])
    kept = np.ones(x.shape[1], np.bool_)
    for _ in range(_ROUNDS):
        count = np.count_nonzero(kept)
        middle, goal, squares, products = (np.einsum("ij,j->i", sums, kept.astype(np.float64)) / count).reshape(4, 3)
        slopes = (products - middle * goal) / np.maximum(squares - middle * middle, 1e-9 / count)
        off = np.abs(y - (goal - slopes * middle)[:, None] - slopes[:, None] * x).max(0)
        kept = off <= 3 * 1.4826 * median(off) + 1.0
    if kept.mean() <= _MOST_FIT or slopes.min() <= _PALER[0] or slopes.max() >= _PALER[1]:
        return False
    inks = (goal - slopes * middle) / (1 - slopes)
    if (np.abs(inks - np.clip(inks, 0, 255)) * (1 - slopes)).max() > _BEYOND_LEVELS:
        return False
    around_middle, around_goal = (one[:, kept] - at[:, None] for one, at in ((x, middle), (y, goal)))
    spread = float((around_goal**2).sum())
    left = float(((around_goal - slopes[:, None] * around_middle) ** 2).sum())
    fit = 1 - left / spread if spread > 0 else 0.0
    # A grey, as much of it in each channel: no photograph lies so on another, however little detail is left.
    if np.ptp(slopes) < _AS_MUCH and np.ptp(inks) < _GREY_LEVELS:
        return fit > _FITS_PLAINLY
    return fit > _FITS and _detail(ours, theirs, changed) > _SHINES_THROUGH


def _detail(ours: Floats, theirs: Floats, changed: Mask) -> float:
    """Correlation of fine detail, away from the edges of what changed where it is thick enough."""
    import cv2
    import numpy as np

    inner = cv2.erode(changed.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    if inner.sum() < LEAST_PX:
        return 1.0
    fine = [average(one) for one in (ours, theirs)]
    first, second = ((one - cv2.GaussianBlur(one, (0, 0), 2.0))[inner] for one in fine)
    return _together(first, second)


def _together(first: Floats, second: Floats) -> float:
    """Correlation; 0 where one of them is plain."""
    import numpy as np

    # In doubles: the mean of equal float32 may be another.
    one, other = (np.asarray(values, np.float64) - values.mean(dtype=np.float64) for values in (first, second))
    power = dot(one, one) * dot(other, other)
    return dot(one, other) / power**0.5 if power > 0 else 0.0


def _pieces(changed: Mask) -> int:
    import cv2
    import numpy as np

    _, _, stats, _ = cv2.connectedComponentsWithStats(changed.astype(np.uint8), connectivity=8)
    return int((stats[1:, cv2.CC_STAT_AREA] >= _LETTER_SHARE * changed.sum()).sum())


def _blurred(query: Floats, fitted: Floats, mask: Mask, box: tuple[slice, slice]) -> bool:
    """Whether a strong blur, or large pixels, of the reference explain it."""
    import cv2
    import numpy as np

    reach = 3 * round(max(_BLURS_PX))
    near = tuple(slice(max(0, one.start - reach), one.stop + reach) for one in box)
    ours, theirs = (average(one[near]) for one in (query, fitted))
    within = cv2.erode(mask[near].astype(np.uint8), np.ones((7, 7), np.uint8)).astype(bool)
    places = np.flatnonzero(within)
    if len(places) < 4 * LEAST_PX:
        return False
    here = ours.ravel()[places]
    fits = dict.fromkeys(_BLURS_PX, 0.0)
    likely = _likely(here, theirs, places)
    # Soft ones last: where no strong one explains it, it does not matter whether a soft one does.
    for sigma in (*likely, *(one for one in _BLURS_PX if one < _LEAST_BLUR_PX)):
        if sigma < _LEAST_BLUR_PX and max(fits.values()) <= _BLURRED:
            break
        blurred = np.asarray(cv2.GaussianBlur(theirs, (0, 0), sigma), np.float32)
        fits[sigma] = _together(here, blurred.ravel()[places])
    best = max(_BLURS_PX, key=lambda one: fits[one])
    if fits[best] > _BLURRED_SURELY and best >= _LEAST_BLUR_PX:
        blurred = np.asarray(cv2.GaussianBlur(theirs, (0, 0), best), np.float32)
        # Soft edges and the outline of an oval leave detail; the blur explains nearly all that differs all the same.
        unexplained = np.var((ours - blurred)[within]) / max(float(np.var((ours - theirs)[within])), 1e-6)
        if unexplained < _UNEXPLAINED:
            return True
    slope = [np.abs(np.diff(one, axis=1))[within[:, 1:]] for one in (ours, theirs)]
    if fits[best] > _BLURRED and best >= _LEAST_BLUR_PX:
        return bool(np.mean(slope[0]) < _DETAIL_LEFT * np.mean(slope[1]) or np.mean(slope[0] < 2) > _IN_A_BLOCK)
    # Large pixels: flat by squares, and blurred the two are one.
    flat = [float(np.mean(one < _FLAT_LEVELS)) for one in slope]
    if flat[0] < _IN_A_BLOCK or flat[0] < flat[1] + _FLATTER:
        return False
    soft = [
        cv2.GaussianBlur(one, (0, 0), max(_LEAST_BLUR_PX, _SQUARE * min(mask[box].shape))) for one in (ours, theirs)
    ]
    return _together(soft[0][within], soft[1][within]) > _BLURRED


def _likely(here: Floats, theirs: Floats, places: NDArray[np.int64]) -> list[float]:
    """The strong blurs that may explain the levels `here`: those of a quarter of the size nearly do."""
    import cv2
    import numpy as np

    size = theirs.shape[1], theirs.shape[0]
    quarter = cv2.resize(theirs, (max(1, size[0] // 4), max(1, size[1] // 4)), interpolation=cv2.INTER_AREA)
    found = []
    for sigma in (one for one in _BLURS_PX if one >= _LEAST_BLUR_PX):
        rough = cv2.resize(cv2.GaussianBlur(quarter, (0, 0), (sigma**2 - _QUARTERED_PX2) ** 0.5 / 4), size)
        if _together(here, np.asarray(rough, np.float32).ravel()[places]) > _BLURRED - _ROUGHLY:
            found.append(sigma)
    return found
