"""Local features of a picture paired with each other: what in it looks like something else in it.

SIFT (Lowe 2004) with the square roots of its histograms (Arandjelovic and Zisserman 2012). Where a picture repeats
itself, a point has many such partners and the nearest few are kept: what repeats is told from what was copied later,
pixel by pixel (`exactness.py`), not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Grey = NDArray[np.uint8]
    Indices = NDArray[np.int64]

MOST_POINTS = 5_000
"""Kept, the strongest of each cell first: pairing takes the square of it, 25 million products of 128 numbers."""
_CELLS = 16
"""A side of the grid of cells over which points are spread."""
_FOUND = 20_000
_CONTRAST = 0.012
"""OpenCV's contrast threshold; 0.04 by default, which finds next to nothing on grass and plaster."""
PARTNERS = 3
LEAST_LIKENESS = 0.93
"""Of two descriptors, 0 to 1 (their scalar product). Copies saved at quality 75 mostly reach 0.96."""
LEAST_AWAY_PX = 24.0
"""Between two paired points; a texture always looks like itself a few pixels on."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Points of one picture, paired: row i says that `start[i]` looks like `end[i]`. Each pair stands once."""

    start: Floats
    """Shape (n, 2): x, y."""
    end: Floats
    turn_rad: Floats
    """Shape (n,): by how much the second is turned against the first."""
    scale: Floats
    """Shape (n,): how many times larger the second is."""
    likeness: Floats


def pairs(grey: Grey) -> Pairs:
    """Of a picture of shape (height, width), uint8; the likeliest first."""
    import cv2
    import numpy as np

    finder = cv2.SIFT_create(_FOUND, 3, _CONTRAST, 10, 1.6, True)  # type: ignore[attr-defined,unused-ignore]
    found, features = finder.detectAndCompute(grey, None)
    if features is None or len(found) < 2:
        none = np.zeros((0, 2), np.float32)
        return Pairs(start=none, end=none, turn_rad=none[:, 0], scale=none[:, 0], likeness=none[:, 0])
    place = np.array([one.pt for one in found], np.float32)
    keep = _spread(place, np.array([one.response for one in found]), grey.shape)
    place, features = place[keep], np.asarray(features[keep], np.float32)
    angle = np.deg2rad(np.array([found[one].angle for one in keep], np.float32))
    size = np.array([found[one].size for one in keep], np.float32)
    features = np.sqrt(features / np.maximum(features.sum(1, keepdims=True), 1e-6))
    first, second, likeness = _nearest(features, place)
    order = np.argsort(-likeness, kind="stable")
    first, second, likeness = first[order], second[order], likeness[order]
    turn = np.angle(np.exp(1j * (angle[second] - angle[first]))).astype(np.float32)
    return Pairs(
        start=place[first], end=place[second], turn_rad=turn, scale=size[second] / size[first], likeness=likeness
    )


def _spread(place: Floats, strength: NDArray[np.float64], shape: tuple[int, ...]) -> Indices:
    """The strongest of each cell in turn, until there are enough: one busy tree does not take them all."""
    import numpy as np

    if len(place) <= MOST_POINTS:
        return np.arange(len(place))
    across = np.minimum(place[:, 0] * _CELLS // shape[1], _CELLS - 1).astype(np.int64)
    down = np.minimum(place[:, 1] * _CELLS // shape[0], _CELLS - 1).astype(np.int64)
    cell = down * _CELLS + across
    order = np.lexsort((-strength, cell))
    starts = np.searchsorted(cell[order], np.arange(_CELLS * _CELLS))
    rank = np.arange(len(order)) - starts[cell[order]]
    return np.sort(order[np.argsort(rank, kind="stable")[:MOST_POINTS]])


def _nearest(features: Floats, place: Floats) -> tuple[Indices, Indices, Floats]:
    import numpy as np

    firsts, seconds, likes = [], [], []
    for at in range(0, len(features), _AT_ONCE):
        rows = np.arange(at, min(at + _AT_ONCE, len(features)))
        like = features[rows] @ features.T
        # Across and down apart: numpy takes ten times as long to sum an axis of two.
        across, down = (place[rows, axis, None] - place[None, :, axis] for axis in (0, 1))
        like[across * across + down * down < LEAST_AWAY_PX**2] = 0
        for _ in range(PARTNERS):
            best = like.argmax(1)
            value = like[np.arange(len(rows)), best]
            good = value >= LEAST_LIKENESS
            firsts.append(rows[good])
            seconds.append(best[good])
            likes.append(value[good])
            like[np.arange(len(rows)), best] = 0
    first, second, likeness = np.concatenate(firsts), np.concatenate(seconds), np.concatenate(likes)
    low, high = np.minimum(first, second), np.maximum(first, second)
    _, once = np.unique(low * len(features) + high, return_index=True)
    return low[once], high[once], likeness[once].astype(np.float32)
