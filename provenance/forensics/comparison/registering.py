"""The alignment that matching found, refined to a fraction of a pixel, whatever part of the picture was changed.

Forward additive Gauss-Newton over a homography (Baker and Matthews, Lucas-Kanade 20 years on, IJCV 56, 2004) on pixels
drawn by their gradient, with Tukey's biweight (Beaton and Tukey 1974): altered regions lose their pull, where the
correlation coefficient of a plain ECC is steered by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .frame import Frame
from .sums import dot, over_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

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
    coarse, _ = _refined(both, both.transform, _BLURS_PX[0])
    return _refined(both, coarse, _BLURS_PX[1])


def _refined(both: Frame, start: Floats, blur_px: float) -> tuple[Floats, float]:
    import cv2
    import numpy as np

    ours, theirs = _smooth(both.query, blur_px), _smooth(both.reference, blur_px)
    height, width = ours.shape
    across, down = _gradients(theirs)
    strength = np.hypot(*_gradients(ours)) * both.shown
    draw = np.minimum(strength, np.quantile(strength, 0.95)).ravel() + 0.3 * both.shown.ravel()
    if np.count_nonzero(draw) < _LEAST:
        return start, 0.0
    rng = np.random.default_rng(0)
    places = rng.choice(draw.size, min(_SAMPLES, int(np.count_nonzero(draw))), replace=False, p=draw / draw.sum())
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
        if inside.sum() < _LEAST:
            return start, 0.0
        level, slope_x, slope_y = (_at(cv2, grey, u[inside], v[inside]) for grey in (theirs, across, down))
        held = weights[inside]
        gain, offset = _line(level, wanted[inside], held)
        off = wanted[inside] - gain * level - offset
        cut = _CUT * (1.4826 * float(np.median(np.abs(off))) + _LEAST_LEVELS)
        weights[inside] = np.where(np.abs(off) < cut, (1 - (off / cut) ** 2) ** 2, 0.0)
        at_first = at_first if turn else float((weights > _AGREES).mean())
        moves = _moves(x[inside], y[inside], u[inside], v[inside], depth[inside])
        design = gain * (slope_x[:, None] * moves[0] + slope_y[:, None] * moves[1])
        design = np.column_stack([design, level, np.ones_like(level)])
        weighted = design * weights[inside][:, None]
        normal = over_rows(weighted, design)
        normal[np.diag_indices(10)] *= 1 + 1e-6
        step = np.linalg.lstsq(normal, over_rows(weighted, off), rcond=None)[0][:8]
        found = found + np.append(step, 0).reshape(3, 3)
        if max(float(np.abs(one @ step).max()) for one in moves) < _STILL_PX:
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


def _smooth(picture: NDArray[np.uint8], blur_px: float) -> NDArray[np.float32]:
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), blur_px), np.float32)


def _gradients(grey: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import cv2
    import numpy as np

    across, down = (cv2.Sobel(grey, cv2.CV_32F, *order, ksize=3, scale=1 / 8) for order in ((1, 0), (0, 1)))
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def _at(cv2: object, grey: NDArray[np.float32], u: Floats, v: Floats) -> Floats:
    """Bilinear values at places (a row of at most 12,000: OpenCV's remap takes 32,767)."""
    import numpy as np

    places = u.astype(np.float32)[None], v.astype(np.float32)[None]
    return np.asarray(cv2.remap(grey, *places, cv2.INTER_LINEAR)[0], np.float64)  # type: ignore[attr-defined]


def _line(level: Floats, wanted: Floats, weights: Floats) -> tuple[float, float]:
    """Gain and offset that bring the levels closest to those wanted."""
    total = weights.sum() + 1e-9
    mean, goal = dot(weights, level) / total, dot(weights, wanted) / total
    away = weights * (level - mean)
    spread = dot(away, level - mean)
    gain = dot(away, wanted - goal) / spread if spread > 1e-9 else 1.0
    return gain, float(goal - gain * mean)


def _moves(x: Floats, y: Floats, u: Floats, v: Floats, depth: Floats) -> tuple[Floats, Floats]:
    """How u and v move with the eight numbers of the homography, shape (n, 8) each."""
    import numpy as np

    none = np.zeros_like(x)
    across = np.stack([x, y, np.ones_like(x), none, none, none, -u * x, -u * y], 1)
    down = np.stack([none, none, none, x, y, np.ones_like(x), -v * x, -v * y], 1)
    return across / depth[:, None], down / depth[:, None]
