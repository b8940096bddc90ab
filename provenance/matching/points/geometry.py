"""Plane transforms between two pictures: fitted by least squares, applied, and described."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_MOST_CONDITION = 50
"""Points nearer to one line than this ratio of axes determine no affine transform."""


def apply(transform: Floats, xy: Floats) -> Floats:
    """Points (n, 2) under a transform (3, 3); points on the horizon go to infinity."""
    import numpy as np

    flat = xy @ transform[:, :2].T + transform[:, 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(flat[:, :2] / flat[:, 2:])


def similarity(scale: float, turn_rad: float, start: Floats, end: Floats) -> Floats:
    """The transform that scales, turns and takes `start` to `end`."""
    import numpy as np

    cosine, sine = scale * np.cos(turn_rad), scale * np.sin(turn_rad)
    linear = np.array([[cosine, -sine], [sine, cosine]])
    result = np.eye(3)
    result[:2, :2] = linear
    result[:2, 2] = end - linear @ start
    return result


def affine(start: Floats, end: Floats, weights: Floats | None = None) -> Floats | None:
    """The affine transform of least (weighted) squares; None for points that determine none."""
    import numpy as np

    if len(start) < 3:
        return None
    share = np.ones(len(start)) if weights is None else weights
    share = (share / max(float(share.sum()), 1e-12))[:, None]
    middle, target = (share * start).sum(axis=0), (share * end).sum(axis=0)
    rows = start - middle
    squares = rows.T @ (share * rows)
    # The points are centred, so the shift is apart, and the condition of the rest is that of two numbers.
    values = np.linalg.eigvalsh(squares)
    if values[0] * _MOST_CONDITION**2 < values[1] or values[1] <= 0:
        return None
    result = np.eye(3)
    result[:2, :2] = np.linalg.solve(squares, rows.T @ (share * (end - target))).T
    result[:2, 2] = target - result[:2, :2] @ middle
    return result


def homography(start: Floats, end: Floats, weights: Floats | None = None) -> Floats | None:
    """The homography of least (weighted) algebraic error on normalised points.

    Hartley and Zisserman, "Multiple View Geometry", 2004, algorithm 4.2.
    """
    import numpy as np

    if len(start) < 4:
        return None
    first, second = _normaliser(start), _normaliser(end)
    x, y = apply(first, start).T
    u, v = apply(second, end).T
    nought, one = np.zeros(len(x)), np.ones(len(x))
    rows = np.concatenate(
        [
            np.column_stack([-x, -y, -one, nought, nought, nought, u * x, u * y, u]),
            np.column_stack([nought, nought, nought, -x, -y, -one, v * x, v * y, v]),
        ]
    )
    if weights is not None:
        rows *= np.sqrt(np.concatenate([weights, weights]))[:, None]
    values, vectors = np.linalg.eigh(rows.T @ rows)
    if values[1] <= 1e-9 * max(values[-1], 1e-9):
        return None
    result = np.linalg.inv(second) @ vectors[:, 0].reshape(3, 3) @ first
    return None if abs(result[2, 2]) < 1e-9 else np.asarray(result / result[2, 2])


def inverse(transform: Floats) -> Floats:
    """The transform the other way."""
    import numpy as np

    return np.asarray(np.linalg.inv(transform), np.float64)


def stretch(transform: Floats, at: Floats) -> tuple[float, float, float]:
    """How it acts around the point `at`: scale (geometric mean), ratio of largest to least scale, turn in degrees.

    The scale is negative when the transform mirrors, and 0 when it collapses.
    """
    (a, b, c), (d, e, f), (g, h, i) = transform.tolist()
    x, y = float(at[0]), float(at[1])
    depth = g * x + h * y + i
    if abs(depth) < 1e-9:
        return 0.0, math.inf, 0.0
    u, v = (a * x + b * y + c) / depth, (d * x + e * y + f) / depth
    a, b, d, e = (a - u * g) / depth, (b - u * h) / depth, (d - v * g) / depth, (e - v * h) / depth
    # Singular values of the local linear map, in closed form.
    twice, apart = math.hypot(a + e, d - b), math.hypot(a - e, d + b)
    largest, least = (twice + apart) / 2, abs(twice - apart) / 2
    if least < 1e-9:
        return 0.0, math.inf, 0.0
    sign = math.copysign(1.0, a * e - b * d)
    return sign * math.sqrt(largest * least), largest / least, math.degrees(math.atan2(d, a))


def hull_share(xy: Floats, width_px: int, height_px: int) -> float:
    """The area of the convex hull of points as a share of the picture."""
    import cv2
    import numpy as np

    if len(xy) < 3:
        return 0.0
    area = cv2.contourArea(cv2.convexHull(np.asarray(xy, np.float32)))
    return float(min(1.0, area / (width_px * height_px)))


def scaling(start_px: tuple[int, ...], end_px: tuple[int, ...]) -> Floats:
    """From pixels of one size of a picture to those of another, from pixel centre to pixel centre."""
    import numpy as np

    x, y = end_px[0] / start_px[0], end_px[1] / start_px[1]
    return np.array([[x, 0, (x - 1) / 2], [0, y, (y - 1) / 2], [0, 0, 1.0]])


def corners(width_px: int, height_px: int) -> Floats:
    """The corners of a picture: upper left, upper right, lower right, lower left."""
    import numpy as np

    return np.array([[0, 0], [width_px - 1, 0], [width_px - 1, height_px - 1], [0, height_px - 1]], np.float64)


def overlap(outline: Floats, width_px: int, height_px: int) -> Floats:
    """The part of a convex outline that lies in the picture, as a polygon (n, 2), possibly empty.

    Sutherland and Hodgman, "Reentrant polygon clipping", 1974: one side of the picture after the other. OpenCV's
    intersectConvexConvex loses area where edges coincide but for rounding.
    """
    import numpy as np

    if not np.isfinite(outline).all() or np.abs(outline).max(initial=0) > 1e6:
        return np.empty((0, 2))
    for axis, limit, sign in ((0, 0.0, 1), (0, width_px - 1.0, -1), (1, 0.0, 1), (1, height_px - 1.0, -1)):
        outline = _clipped(outline, sign * (outline[:, axis] - limit))
    return outline if area_px(outline) > 0 else np.empty((0, 2))


def _clipped(outline: Floats, depth: Floats) -> Floats:
    """The part of a convex outline where the depth, given at its corners, is not negative."""
    import numpy as np

    kept: list[Floats] = []
    for place in range(len(outline)):
        before, here = depth[place - 1], depth[place]
        if (before < 0) != (here < 0):
            share = before / (before - here)
            kept.append(outline[place - 1] + share * (outline[place] - outline[place - 1]))
        if here >= 0:
            kept.append(outline[place])
    return np.array(kept, np.float64).reshape(-1, 2)


def inside(xy: Floats, polygon: Floats) -> int:
    """How many points lie in a convex polygon, its edge included."""
    import numpy as np

    if len(polygon) < 3:
        return 0
    depths = _depths(xy, polygon)
    return int((np.stack(depths) >= -1e-6).all(axis=0).sum())


def common(first: Floats, second: Floats) -> Floats:
    """The part that two convex polygons share, as a polygon (n, 2), possibly empty."""
    for place in range(len(second)):
        edge = second[[place - 1, place]]
        first = _clipped(first, _depth(first, edge, _handedness(second)))
    return first


def _depths(xy: Floats, polygon: Floats) -> list[Floats]:
    return [_depth(xy, polygon[[place - 1, place]], _handedness(polygon)) for place in range(len(polygon))]


def _depth(xy: Floats, edge: Floats, hand: float) -> Floats:
    """How far points lie on the inner side of an edge, times its length."""
    import numpy as np

    (x0, y0), (x1, y1) = edge
    return np.asarray(hand * ((x1 - x0) * (xy[:, 1] - y0) - (y1 - y0) * (xy[:, 0] - x0)), np.float64)


def _handedness(polygon: Floats) -> float:
    """1 or -1 by the way round in which the corners stand."""
    import numpy as np

    x, y = polygon.T
    return float(np.sign((x * np.roll(y, -1) - y * np.roll(x, -1)).sum()) or 1.0)


def area_px(polygon: Floats) -> float:
    """The area of a polygon."""
    import cv2
    import numpy as np

    return float(cv2.contourArea(polygon.astype(np.float32))) if len(polygon) > 2 else 0.0


def _normaliser(xy: Floats) -> Floats:
    """The transform that moves points around the origin, at a mean distance of the square root of two."""
    import numpy as np

    middle = xy.mean(axis=0)
    factor = np.sqrt(2) / max(float(np.hypot(*(xy - middle).T).mean()), 1e-9)
    return np.array([[factor, 0, -factor * middle[0]], [0, factor, -factor * middle[1]], [0, 0, 1]])
