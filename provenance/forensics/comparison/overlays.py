"""What a differing region looks like: words, a mark, a plain bar, a blur. Everything else has no name.

Whatever has a name here was drawn, not photographed: few colours, or the reference itself made paler or blurred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Mask = NDArray[np.bool_]

BAR, TEXT, MARK, BLUR = "plain bar or frame", "caption or text", "watermark or logo", "blurred or pixelated"
_CHANGED_LEVELS = 24
_NEAR_LEVELS = 14
_LEAST_PX = 60
_ONE_COLOUR, _PLAIN = 0.62, 0.9
_RECTANGLE = 0.85
_FITS = 0.93
_PALER = 0.03, 0.9
_BLURS_PX = (4.0, 6.0, 9.0, 14.0)
_BLURRED, _DETAIL_LEFT = 0.97, 0.35


def what(query: Floats, fitted: Floats, mask: Mask) -> str:
    """One of the four names, or "". Pictures of shape (height, width, 3), levels 0 to 255; `mask`: the region."""
    import numpy as np

    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    ours, theirs, inside = query[box], fitted[box], mask[box]
    changed = inside & (np.abs(ours - theirs).max(-1) > _CHANGED_LEVELS)
    if changed.sum() < _LEAST_PX:
        return MARK if _paler(ours[inside], theirs[inside]) else ""
    full = inside.mean() > _RECTANGLE
    plain = _shares(ours[inside])
    if full and plain[0] > _PLAIN:
        return BAR
    if full and sum(plain) > _PLAIN:
        return TEXT
    drawn = _shares(ours[changed])
    if sum(drawn) > _PLAIN or drawn[0] > _ONE_COLOUR:
        return TEXT if _pieces(changed) >= 3 else MARK
    if _paler(ours[changed], theirs[changed]):
        return MARK
    return BLUR if _blurred(query, fitted, mask, box) else ""


def _shares(colours: Floats) -> tuple[float, float]:
    """Shares of the pixels near the commonest colour, and near the commonest of the others."""
    import numpy as np

    left, found = colours, []
    for _ in range(2):
        if not len(left):
            found.append(0.0)
            continue
        cells = (left // _NEAR_LEVELS).astype(np.int64) @ np.array([1, 32, 1024])
        commonest = np.median(left[cells == np.bincount(cells).argmax()], axis=0)
        near = np.abs(left - commonest).max(-1) <= _NEAR_LEVELS
        found.append(float(near.sum()) / len(colours))
        left = left[~near]
    return found[0], found[1]


def _paler(ours: Floats, theirs: Floats) -> bool:
    """Whether one colour shines over the reference: ours = a theirs + b, with one a and one b a channel."""
    import numpy as np

    if len(ours) < _LEAST_PX:
        return False
    slopes, left, spread = [], 0.0, 0.0
    for channel in range(3):
        x, y = theirs[:, channel].astype(np.float64), ours[:, channel].astype(np.float64)
        middle = x - x.mean()
        slope = float(middle @ (y - y.mean()) / max(float(middle @ middle), 1e-9))
        slopes.append(slope)
        left += float(np.mean((y - y.mean() - slope * middle) ** 2))
        spread += float(np.var(y))
    return bool(spread > 0 and 1 - left / spread > _FITS and _PALER[0] < float(np.mean(slopes)) < _PALER[1])


def _pieces(changed: Mask) -> int:
    import cv2
    import numpy as np

    _, _, stats, _ = cv2.connectedComponentsWithStats(changed.astype(np.uint8), connectivity=8)
    return int((stats[1:, cv2.CC_STAT_AREA] >= 6).sum())


def _blurred(query: Floats, fitted: Floats, mask: Mask, box: tuple[slice, slice]) -> bool:
    """Whether a strong blur, or large pixels, of the reference explain it."""
    import cv2
    import numpy as np

    inside = mask[box]
    tall, wide = inside.shape
    if min(tall, wide) < 16:
        return False
    reach = 3 * round(max(_BLURS_PX))
    around = tuple(slice(max(0, one.start - reach), one.stop + reach) for one in box)
    ours, theirs = (np.ascontiguousarray(one[around].mean(-1)) for one in (query, fitted))
    within = cv2.erode(mask[around].astype(np.uint8), np.ones((7, 7), np.uint8)).astype(bool)
    if within.sum() < _LEAST_PX:
        return False
    detail = [one - cv2.GaussianBlur(one, (0, 0), 2.0) for one in (ours, theirs)]
    if np.std(detail[0][within]) > _DETAIL_LEFT * np.std(detail[1][within]):
        return False
    blurs = [cv2.GaussianBlur(theirs, (0, 0), sigma) for sigma in _BLURS_PX]
    fits = [float(np.corrcoef(ours[within], one[within])[0, 1]) for one in blurs]
    plain = float(np.corrcoef(ours[within], theirs[within])[0, 1])
    return max(fits) > _BLURRED and max(fits) > plain
