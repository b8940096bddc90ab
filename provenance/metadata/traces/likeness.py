"""A picture laid into a box of its thumbnail's frame, and how alike both are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .frames import FINE_PX, content, within

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[Any]
    Floats = NDArray[Any]

_LEAST_PIXELS = 60
_LEAST_SHARE = 0.55
"""Overlap in which a placement is compared, of the smaller of both."""


def likeness(grey: Floats, upright: Floats, box: tuple[float, float, float, float], longest_px: int = FINE_PX) -> float:
    """Correlation of the picture, laid into `box`, and the thumbnail where both are; -1 where they hardly meet."""
    import cv2
    import numpy as np

    factor = min(1.0, longest_px / max(upright.shape))
    size = max(8, round(upright.shape[1] * factor)), max(8, round(upright.shape[0] * factor))
    small = cv2.resize(upright, size, interpolation=cv2.INTER_AREA) if factor < 1 else upright
    scaled = tuple(value * factor for value in box)
    over, seen = warped(grey, (small.shape[1], small.shape[0]), (scaled[0], scaled[1], scaled[2], scaled[3]))
    shares = seen.mean(), seen.sum() / max((scaled[2] - scaled[0]) * (scaled[3] - scaled[1]), 1)
    if max(shares) < _LEAST_SHARE:
        return -1.0
    if longest_px >= FINE_PX:
        seen &= within(small.shape, content(small))
    if seen.sum() < _LEAST_PIXELS:
        return -1.0
    first, second = over[seen], small[seen]
    spread = float(first.std() * second.std())
    return float(np.mean((first - first.mean()) * (second - second.mean())) / spread) if spread > 1e-3 else -1.0


def warped(
    picture: NDArray[np.generic], size: tuple[int, int], box: tuple[float, float, float, float]
) -> tuple[Floats, NDArray[np.bool_]]:
    """The picture laid into `box` of a frame of `size` (width, height), averaged, and where it covers the frame."""
    import cv2
    import numpy as np

    across, down = box[2] - box[0], box[3] - box[1]
    whole = max(1, round(across)), max(1, round(down))
    shrinks = whole[0] < picture.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    source = cv2.resize(np.asarray(picture, np.float32), whole, interpolation=how)
    matrix = np.array(
        [
            [across / whole[0], 0, box[0] + across / whole[0] / 2 - 0.5],
            [0, down / whole[1], box[1] + down / whole[1] / 2 - 0.5],
        ],
        np.float64,
    )
    over = cv2.warpAffine(source, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    columns, rows = np.arange(size[0]) + 0.5, np.arange(size[1]) + 0.5
    seen = ((rows >= box[1]) & (rows <= box[3]))[:, None] & ((columns >= box[0]) & (columns <= box[2]))[None]
    return np.asarray(over, np.float32), seen
