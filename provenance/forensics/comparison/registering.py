"""The alignment that matching found, refined to a fraction of a pixel, whatever part of the picture was changed.

Forward additive Gauss-Newton over a homography (Baker and Matthews, Lucas-Kanade 20 years on, IJCV 56, 2004) on pixels
drawn by their gradient, with Tukey's biweight (Beaton and Tukey 1974): altered regions lose their pull, where the
correlation coefficient of a plain ECC is steered by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .drawing import drawn
from .frame import Frame
from .ranks import median, quantile
from .sums import across, dot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Levels = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_SAMPLES = 12_000
_ROUNDS = 12
_LEAST = 400
_STILL_PX = 0.01
_BLURS_PX = 3.0, 1.0
"""Wide first: a fence or a row of windows lies as well on itself one bar or one window off."""
_AGREES = 0.2
_MOST_PX, _MOST_SHARE = 8.0, 0.02
"""Matching errs by a few pixels; who moves further has lost hold."""
_CUT = 3.0
"""Residuals beyond three times their typical size count for nothing."""
_LEAST_LEVELS = 0.3


def registered(both: Frame) -> tuple[Floats, float]:
    """The refined transform of the frame, and the share of the sampled pixels that agree with it (0 to 1)."""
    # What is smooth all over has too little to go by under the wide blur, and runs away: then it lies as it was found.
    greys = _grey(both.query), _grey(both.reference)
    coarse, _ = _refined(greys, both.shown, both.transform, _BLURS_PX[0])
    return _refined(greys, both.shown, coarse, _BLURS_PX[1])


def _refined(greys: tuple[Levels, Levels], shown: Mask, start: Floats, blur_px: float) -> tuple[Floats, float]:
    import cv2
    import numpy as np

    ours, theirs = (np.asarray(cv2.GaussianBlur(one, (0, 0), blur_px), np.float32) for one in greys)
    height, width = ours.shape
    if np.count_nonzero(shown) < _LEAST:
        return start, 0.0
    slopes = _gradients(theirs)
    places = _places(ours, shown)
    wanted = ours.ravel()[places].astype(np.float64)
    middle, half = np.array([width / 2, height / 2]), max(width, height) / 2
    x, y = ((places % width) - middle[0]) / half, ((places // width) - middle[1]) / half
    to_unit = np.array([[1 / half, 0, -middle[0] / half], [0, 1 / half, -middle[1] / half], [0, 0, 1.0]])
    found = start @ np.linalg.inv(to_unit)
    found = found / found[2, 2]
    weights = np.ones(len(places))
    at_first = 0.0
    for turn in range(_ROUNDS):
        depth = found[2, 0] * x + found[2, 1] * y + 1
        u, v = ((row[0] * x + row[1] * y + row[2]) / depth for row in found[:2])
        inside = (u > 3) & (v > 3) & (u < theirs.shape[1] - 4) & (v < theirs.shape[0] - 4)
        used = slice(None) if inside.all() else np.flatnonzero(inside)
        at = tuple(one[used] for one in (x, y, u, v, depth))
        if len(at[0]) < _LEAST:
            return start, 0.0
        level, slope_x, slope_y = _at((theirs, *slopes), at[2], at[3])
        gain, offset = _line(level, wanted[used], weights[used])
        off = wanted[used] - gain * level - offset
        cut = _CUT * (1.4826 * median(np.abs(off)) + _LEAST_LEVELS)
        weights[used] = near = _biweight(off, cut)
        at_first = at_first if turn else float((weights > _AGREES).mean())
        design = np.empty((11, len(off)))
        _pulls(gain * slope_x, gain * slope_y, at, design)
        design[8], design[9], design[10] = level, 1, off
        products = across(design[:10] * near, design)
        normal, pulled = products[:, :10], products[:, 10]
        normal[np.diag_indices(10)] *= 1 + 1e-6
        step = np.asarray(np.linalg.lstsq(normal, pulled, rcond=None)[0][:8], np.float64)
        found = found + np.append(step, 0).reshape(3, 3)
        if _farthest(step, at) < _STILL_PX:
            break
    refined = found @ to_unit
    if not np.all(np.isfinite(refined)) or refined[2, 2] == 0:
        return start, 0.0
    if _far(start, refined, (width, height)) > max(_MOST_PX, _MOST_SHARE * max(width, height)):
        return start, at_first
    return refined / refined[2, 2], float((weights > _AGREES).mean())


def _far(start: Floats, refined: Floats, size: tuple[int, int]) -> float:
    """How far in pixels of the reference the corners of the frame were moved, the most of the four."""
    import numpy as np

    width, height = size
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1.0]]).T
    before, after = (one[:2] / one[2] for one in (start @ corners, refined @ corners))
    return float(np.hypot(*(after - before)).max())


def _grey(picture: NDArray[np.uint8]) -> Levels:
    import cv2
    import numpy as np

    return cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)


def _places(ours: Levels, shown: Mask) -> NDArray[np.int64]:
    """Pixels drawn by their gradient, of those shown."""
    import cv2
    import numpy as np

    strength = np.asarray(cv2.magnitude(*_gradients(ours)), np.float32)
    some = np.float32(0.3) if shown.all() else np.float32(0.3) * shown
    if some.ndim:
        strength *= shown
    np.minimum(strength, np.float32(_upper(strength, 0.95)), out=strength)
    strength += some
    return drawn(strength.ravel(), _SAMPLES, 0)


def _upper(values: Levels, share: float) -> float:
    """The value that so large a share does not exceed: the few above a guess are sorted, not all."""
    import numpy as np

    flat = values.ravel()
    above = round((1 - share) * len(flat))
    guess = quantile(flat[:: max(1, len(flat) // 4096)], max(0.0, share - 0.05))
    upper = flat[flat > guess]
    upper = upper if len(upper) > above else flat
    return float(np.partition(upper, len(upper) - 1 - above)[len(upper) - 1 - above])


def _gradients(grey: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import cv2
    import numpy as np

    across, down = (cv2.Sobel(grey, cv2.CV_32F, *order, ksize=3, scale=1 / 8) for order in ((1, 0), (0, 1)))
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def _at(planes: tuple[Levels, ...], u: Floats, v: Floats) -> tuple[Floats, ...]:
    """Bilinear values at places (a row of at most 12,000: OpenCV's remap takes 32,767)."""
    import cv2
    import numpy as np

    places = u.astype(np.float32)[None], v.astype(np.float32)[None]
    return tuple(np.asarray(cv2.remap(one, *places, cv2.INTER_LINEAR)[0], np.float64) for one in planes)


def _biweight(off: Floats, cut: float) -> Floats:
    """Tukey's."""
    import numpy as np

    kept: Floats = 1 - np.minimum((off / cut) ** 2, 1)
    return np.asarray(np.multiply(kept, kept, out=kept), np.float64)


def _line(level: Floats, wanted: Floats, weights: Floats) -> tuple[float, float]:
    """Gain and offset that bring the levels closest to those wanted."""
    total = weights.sum() + 1e-9
    mean, goal = dot(weights, level) / total, dot(weights, wanted) / total
    away = weights * (level - mean)
    spread = dot(away, level - mean)
    gain = dot(away, wanted - goal) / spread if spread > 1e-9 else 1.0
    return gain, float(goal - gain * mean)


def _pulls(slope_x: Floats, slope_y: Floats, at: tuple[Floats, ...], into: Floats) -> None:
    """How the level moves with each of the eight numbers of the homography; `at`: x, y, where they come to, depth."""
    x, y, u, v, depth = at
    over_x, over_y = slope_x / depth, slope_y / depth
    both = -(over_x * u + over_y * v)
    into[2], into[5] = over_x, over_y
    for row, one in ((0, over_x), (3, over_y), (6, both)):
        into[row], into[row + 1] = one * x, one * y


def _farthest(step: Floats, at: tuple[Floats, ...]) -> float:
    """How far in pixels u or v moves anywhere with that step of the eight numbers."""
    import numpy as np

    x, y, u, v, depth = at
    turned = step[6] * x + step[7] * y
    moves = (one[0] * x + one[1] * y + one[2] - end * turned for one, end in ((step[:3], u), (step[3:6], v)))
    return max(float(np.abs(one / depth).max()) for one in moves)
