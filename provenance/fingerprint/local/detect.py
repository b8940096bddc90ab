"""Finds the points: SIFT (Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", 2004) as OpenCV has it.

Descriptors are RootSIFT (Arandjelovic and Zisserman, "Three things everyone should know to improve object retrieval",
2012, section 3) in whole numbers of length 512.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...model.image import WorkingCopy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

REFERENCE_PX, REFERENCE_POINTS = 512, 300
QUERY_PX, QUERY_POINTS = 640, 700
DESCRIPTOR_LENGTH = 512
_CONTRAST = 0.02  # Lowe's 0.03 of a picture in 0..1 loses half the points of hazy and recompressed pictures
_GRID = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """`n` points of a picture scaled to (`height_px`, `width_px`), the most telling of every region first."""

    width_px: int
    height_px: int
    xy: NDArray[np.float32]
    """Shape (n, 2), pixels from the centre of the first pixel, x to the right, y down."""
    size_px: NDArray[np.float32]
    """Shape (n,), diameter of the region."""
    angle_deg: NDArray[np.float32]
    """Shape (n,), direction of the region in [0, 360), from x towards y."""
    descriptors: NDArray[np.uint8]
    """Shape (n, 128): 4 rows, 4 columns, 8 directions; length about 512."""


def grey_of(copy: WorkingCopy, longest_px: int) -> Grey:
    """The picture as grey levels (ITU-R BT.601 luma) with its longer side at this length; never enlarged beyond 2."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(np.ascontiguousarray(copy.pixels), cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    factor = min(longest_px / max(height, width), 2.0)
    size = max(1, round(width * factor)), max(1, round(height * factor))
    if size == (width, height):
        return np.asarray(grey, np.uint8)
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8)


def detect(grey: Grey, most: int) -> Points:
    """The points of a grey picture, shape (height, width), at most `most`, spread over a 5 x 5 grid."""
    import cv2
    import numpy as np

    height, width = grey.shape
    # The precise upscale puts points of the doubled picture where they are; without it a mirrored picture differs.
    finder = cv2.SIFT_create(0, 3, _CONTRAST, 10, 1.6, True)  # type: ignore[attr-defined,unused-ignore]
    found = finder.detect(grey, None)
    rows = [(one.pt[0], one.pt[1], one.size, one.angle % 360.0, one.response) for one in found]
    table = np.array(rows, np.float32).reshape(-1, 5)
    chosen = _spread(table, width, height, most)
    kept: Any
    kept, descriptors = finder.compute(grey, [found[index] for index in chosen]) if len(chosen) else ([], None)
    if len(kept) != len(chosen):
        raise AssertionError("SIFT describes every point that it found")
    table = table[chosen]
    return Points(
        width_px=width,
        height_px=height,
        xy=np.ascontiguousarray(table[:, :2]),
        size_px=np.ascontiguousarray(table[:, 2]),
        angle_deg=np.ascontiguousarray(table[:, 3]),
        descriptors=rooted(np.zeros((0, 128), np.float32) if descriptors is None else descriptors),
    )


def rooted(descriptors: NDArray[np.float32]) -> NDArray[np.uint8]:
    """RootSIFT: the square root of every share, in whole numbers, length about 512."""
    import numpy as np

    share = descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-9)
    return np.asarray(np.minimum(np.rint(DESCRIPTOR_LENGTH * np.sqrt(share)), 255), np.uint8)


def _spread(table: NDArray[np.float32], width: int, height: int, most: int) -> NDArray[np.intp]:
    """Which rows to keep: the strongest of every grid cell, then the second of every cell, and so on."""
    import numpy as np

    x, y, size, angle, response = table.T
    order = np.lexsort((angle, size, x, y, -response))
    cell = np.minimum(x * _GRID // width, _GRID - 1) * _GRID + np.minimum(y * _GRID // height, _GRID - 1)
    cells = cell[order].astype(np.int64)
    by_cell = np.argsort(cells, kind="stable")
    starts = np.searchsorted(cells[by_cell], np.arange(_GRID * _GRID))
    rank = np.empty(len(order), np.int64)
    rank[by_cell] = np.arange(len(order)) - starts[cells[by_cell]]
    return order[np.argsort(rank, kind="stable")[:most]]
