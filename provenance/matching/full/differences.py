"""Where two pictures that lie on one another at full resolution differ by more than the usual error.

The usual error is larger at edges, where a fraction of a pixel is a difference; both parts are estimated robustly.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .registered import Registered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_TIMES, _TIMES_USUAL, _LEAST_LEVELS = 3.0, 3.5, 8.0
_LEAST_ERROR_LEVELS, _LEAST_STEP_SHARE = 1.5, 0.12
_SLOW_SHARE, _MOST_SLOW_LEVELS, _SLOW_CLIP_LEVELS = 0.25, 20.0, 30.0
_SAMPLED_PX = 20000


def unexplained(found: Registered) -> Plane:
    """The difference, the reference less the query, without light that changes slowly across the picture."""
    off = found.theirs - found.ours
    result: Plane = off - _slow(off, found.looked)
    return result


def differing(off: Plane, found: Registered) -> Mask:
    """Where the difference, averaged over 3 x 3 pixels, is beyond the usual one, which is larger at edges."""
    import cv2
    import numpy as np

    edges = cv2.dilate(np.minimum(_steps(found.ours), _steps(found.theirs)), np.ones((3, 3)))
    places = np.flatnonzero(found.looked)
    places = places[:: max(1, len(places) // _SAMPLED_PX)]
    plain, by_edge = _usual(np.abs(off.reshape(-1)[places]), edges.reshape(-1)[places])
    usual = np.hypot(max(plain, _LEAST_ERROR_LEVELS), max(by_edge, _LEAST_STEP_SHARE) * edges)
    smooth = np.asarray(cv2.blur(off, (3, 3)), np.float32)
    times = np.abs(smooth) / usual
    limit = max(_TIMES, _TIMES_USUAL * 1.4826 * float(np.median(times.reshape(-1)[places])))
    return np.asarray(found.looked & (times > limit) & (np.abs(smooth) > _LEAST_LEVELS))


def _usual(away: NDArray[Any], edges: NDArray[Any]) -> tuple[float, float]:
    """The usual error on even ground and how it grows with the step of brightness, from medians of five parts."""
    import numpy as np

    bounds = np.quantile(edges, (0, 0.25, 0.5, 0.75, 0.9, 1))
    steps, errors = [], []
    for low, high in pairwise(bounds.tolist()):
        part = (edges >= low) & (edges <= high)
        if part.sum() > 50:
            steps.append(float(np.median(edges[part])))
            errors.append(1.4826 * float(np.median(away[part])))
    x, y = np.array(steps), np.array(errors)
    if len(x) < 3 or x.std() <= 0.1:
        return max(1.0, 1.4826 * float(np.median(away))), 0.2
    growth = max(0.0, float(((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()))
    return max(1.0, float(np.median(y - growth * x))), growth


def _steps(plane: Plane) -> Plane:
    import cv2
    import numpy as np

    soft = cv2.GaussianBlur(plane, (0, 0), 0.7)
    across, down = (cv2.Sobel(soft, cv2.CV_32F, dx, 1 - dx, scale=1 / 8) for dx in (1, 0))
    return np.asarray(cv2.magnitude(across, down), np.float32)


def _slow(off: Plane, looked: Mask) -> Plane:
    """Light that changes slowly across the picture."""
    import cv2
    import numpy as np

    side = max(9, round(max(off.shape) * _SLOW_SHARE) | 1)
    cut = np.where(looked, np.clip(off, -_SLOW_CLIP_LEVELS, _SLOW_CLIP_LEVELS), 0).astype(np.float32)
    mean = cv2.blur(cut, (side, side)) / np.maximum(cv2.blur(looked.astype(np.float32), (side, side)), 0.05)
    return np.asarray(np.clip(mean, -_MOST_SLOW_LEVELS, _MOST_SLOW_LEVELS), np.float32)
