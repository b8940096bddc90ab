"""A likeness of two parts laid as closely as fine points allow: to a twentieth of a pixel, sheared or stretched too.

Parts that were turned, scaled or distorted are equal only where they are laid so closely. Points are found anew in
both, in small parts at double size (SIFT, Lowe 2004), paired only where the likeness nearly brings them together, and
an affine map is drawn from them at random and fitted to those that agree (RANSAC, Fischler and Bolles 1981).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .shifts import sound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]
    Floats = NDArray[np.float32]
    Grey = NDArray[np.uint8]

_MOST_POINTS = 1_500
"""Of each part; pairing takes their product."""
_CONTRAST, _EDGE, _SIGMA = 0.004, 20, 1.2
_PRECISE = True
"""Otherwise SIFT doubles the picture a quarter of a pixel off, which cancels in parts that are only shifted and adds up
where one of them is turned: half a pixel at 180 degrees."""
_LARGER, _LARGER_UP_TO_PX = 2, 512
"""Beyond that side there are points enough, and four times the pixels would take seconds."""
_REACH_PX = 8
_NEAR_PX, _LEAST_LIKENESS = 4.0, 0.9
_AGREEING_PX, _TRIED = 1.0, 2_000
_LEAST_POINTS, _LEAST_SIDE_PX = 6, 16


def closer(grey: Grey, shift: Doubles, box: tuple[int, int, int, int]) -> Doubles | None:
    """The affine map (2, 3) near `shift` from a box (x, y, width, height) of the picture to its partner; None where
    fewer than six points of both agree on one."""
    import cv2
    import numpy as np

    x, y, width, height = box
    places = corners(box) @ shift[:, :2].T + shift[:, 2]
    start = np.maximum(np.floor(places.min(0)) - _REACH_PX, 0).astype(int)
    end = np.minimum(np.ceil(places.max(0)) + _REACH_PX, grey.shape[::-1]).astype(int)
    if (end - start).min() < _LEAST_SIDE_PX:
        return None
    ours = _points(grey[y : y + height, x : x + width], (x, y))
    theirs = _points(grey[start[1] : end[1], start[0] : end[0]], (int(start[0]), int(start[1])))
    if ours is None or theirs is None:
        return None
    like = ours[1] @ theirs[1].T
    expected = ours[0] @ shift[:, :2].T + shift[:, 2]
    across, down = (expected[:, axis, None] - theirs[0][None, :, axis] for axis in (0, 1))
    like[across * across + down * down > _NEAR_PX**2] = 0
    best = like.argmax(1)
    mutual = (like.argmax(0)[best] == np.arange(len(best))) & (like.max(1) > _LEAST_LIKENESS)
    if mutual.sum() < _LEAST_POINTS:
        return None
    pairs = ours[0][mutual], theirs[0][best[mutual]]
    found, agreeing = cv2.estimateAffine2D(*pairs, ransacReprojThreshold=_AGREEING_PX, maxIters=_TRIED)
    if found is None or agreeing.sum() < _LEAST_POINTS or not sound(found):
        return None
    middle = np.array([x + width / 2, y + height / 2, 1])
    return np.asarray(found, np.float64) if np.abs((found - shift) @ middle).max() <= _NEAR_PX else None


def corners(box: tuple[int, int, int, int]) -> Doubles:
    """Shape (4, 2)."""
    import numpy as np

    x, y, width, height = box
    return np.array([[x, y], [x + width, y], [x, y + height], [x + width, y + height]], np.float64)


def _points(part: Grey, origin: tuple[int, int]) -> tuple[Doubles, Floats] | None:
    """Places in the whole picture and square roots of histograms, of the strongest points of a part."""
    import cv2
    import numpy as np

    larger = _LARGER if max(part.shape) <= _LARGER_UP_TO_PX else 1
    large = cv2.resize(part, None, fx=larger, fy=larger, interpolation=cv2.INTER_CUBIC)
    finder = cv2.SIFT_create(_MOST_POINTS, 3, _CONTRAST, _EDGE, _SIGMA, _PRECISE)  # type: ignore[attr-defined,unused-ignore]
    found, features = finder.detectAndCompute(large, None)
    if features is None or len(found) < _LEAST_POINTS:
        return None
    found, features = found[:_MOST_POINTS], features[:_MOST_POINTS]
    places = (np.array([one.pt for one in found], np.float64) - 0.5 * (larger > 1)) / larger + origin
    return places, np.sqrt(features / np.maximum(features.sum(1, keepdims=True), 1e-6))
