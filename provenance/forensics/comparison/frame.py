"""Query and reference in one frame of pixels, neither of them enlarged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Picture = NDArray[np.uint8]
    Levels = NDArray[np.float32]
    Mask = NDArray[np.bool_]

MOST_PX = 1_200_000
"""Of the frame. A changed region of 64 pixels is still 24 wide in a picture of 9 megapixels."""
LEAST_SIDE_PX = 64
MARGIN_PX = 2
_REDUCED = 0.98
_LONGEST_PX, _BESIDE_PX, _BESIDE = 32_000, 16, 0.03
"""OpenCV looks places up in pictures of at most 32,766 pixels a side: of a longer reference, a strip, the part is cut
out that the frame shows, with more around it than the registration moves by."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """The query as the frame has it, and how to find the reference from there."""

    query: Picture
    """Shape (height, width, 3), uint8 sRGB."""
    reference: Picture
    """Reduced to about the frame's resolution where it is finer."""
    transform: Floats
    """3 x 3, from pixel centres (x, y, 1) of the frame to those of `reference`."""
    scale: float
    """Pixels of the frame for each pixel of the query, at most 1."""
    shown: Mask
    """Where the frame shows the reference, by the outline that matching found."""
    unsure: Levels | None = None
    """Of the shape of `reference`: levels by which two ways of reducing it disagree; None where it was not reduced.

    Patterns too fine for the smaller picture come out as coarser ones, or as none, by the program that scales.
    """


def frame(query: Picture, reference: Picture, matrix: Floats, outline: Floats | None) -> Frame | None:
    """Bring both into one frame; None where too little of it is left.

    `matrix`: 3 x 3 from pixels of the query to those of the reference. `outline`: polygon (n, 2) in the query, or None
    for all of it.
    """
    import cv2
    import numpy as np

    height, width = query.shape[:2]
    finer = _scale_at(matrix, width / 2, height / 2)
    if not np.isfinite(finer) or finer <= 0:
        return None
    scale = min(1.0, finer, float(np.sqrt(MOST_PX / (height * width))))
    size = (round(width * scale), round(height * scale))
    if min(size) < LEAST_SIDE_PX:
        return None
    smaller = cv2.resize(query, size, interpolation=cv2.INTER_AREA) if scale < 1 else query
    to_query = resized(size, (width, height))
    whole = matrix @ to_query
    unsure = None
    reduced = 1 / (finer * width / size[0])
    if reduced < _REDUCED:
        held = (max(1, round(reference.shape[1] * reduced)), max(1, round(reference.shape[0] * reduced)))
        whole = resized((reference.shape[1], reference.shape[0]), held) @ whole
        unsure = _disagreeing(reference, held)
        reference = np.asarray(cv2.resize(reference, held, interpolation=cv2.INTER_AREA), np.uint8)
    if max(reference.shape[:2]) > _LONGEST_PX:
        box = _reached(whole, size, reference.shape)
        if box is None:
            return None
        reference, unsure = reference[box], None if unsure is None else unsure[box]
        whole = np.array([[1, 0, -box[1].start], [0, 1, -box[0].start], [0, 0, 1.0]]) @ whole
    shown = np.ones((size[1], size[0]), np.uint8)
    if outline is not None:
        shown[:] = 0
        points = (outline + 0.5) * np.array([size[0] / width, size[1] / height]) - 0.5
        cv2.fillPoly(shown, [np.rint(points).astype(np.int32)], 1)
        shown = cv2.erode(shown, np.ones((2 * MARGIN_PX + 1,) * 2, np.uint8), borderValue=1)
    return Frame(
        query=np.ascontiguousarray(smaller, np.uint8),
        reference=np.ascontiguousarray(reference, np.uint8),
        transform=whole / whole[2, 2],
        scale=scale,
        shown=shown.astype(bool),
        unsure=unsure,
    )


def _reached(transform: Floats, size: tuple[int, int], shape: tuple[int, ...]) -> tuple[slice, slice] | None:
    """Rows and columns of the reference that a frame of that size shows, with some around; None where too many."""
    import numpy as np

    width, height = size
    x, y, depth = transform @ np.array([[0, width, 0, width], [0, 0, height, height], [1, 1, 1, 1.0]])
    if not (depth > 0).all() and not (depth < 0).all():
        return None
    beside = _BESIDE_PX + _BESIDE * max(size)
    rows, columns = (
        slice(int(np.clip((at / depth).min() - beside, 0, side)), int(np.clip((at / depth).max() + beside, 0, side)))
        for at, side in ((y, shape[0]), (x, shape[1]))
    )
    long = rows.stop - rows.start, columns.stop - columns.start
    return (rows, columns) if min(long) >= LEAST_SIDE_PX and max(long) <= _LONGEST_PX else None


def _disagreeing(picture: Picture, size: tuple[int, int]) -> Levels:
    import cv2
    import numpy as np
    from PIL import Image

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    one = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)
    other = np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.LANCZOS), np.float32)
    return one - other


def unsure_of(both: Frame, transform: Floats) -> Levels | None:
    """`Frame.unsure` as the frame has it, shape (height, width)."""
    import cv2
    import numpy as np

    if both.unsure is None:
        return None
    height, width = both.query.shape[:2]
    way = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(both.unsure, transform, (width, height), flags=way), np.float32)


def laid(both: Frame, transform: Floats) -> tuple[Picture, Mask]:
    """The reference as the frame has it, and where it is shown whole."""
    import cv2
    import numpy as np

    height, width = both.query.shape[:2]
    way = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    warped = cv2.warpPerspective(both.reference, transform, (width, height), flags=way, borderMode=cv2.BORDER_REPLICATE)
    inner = np.zeros(both.reference.shape[:2], np.uint8)
    inner[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX] = 1
    there = cv2.warpPerspective(inner, transform, (width, height), flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    return np.asarray(warped, np.uint8), there.astype(bool) & both.shown


def resized(start: tuple[int, int], end: tuple[int, int]) -> Floats:
    """From pixel centres of a picture of one size (width, height) to those of the same picture in another."""
    import numpy as np

    across, down = end[0] / start[0], end[1] / start[1]
    return np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1.0]])


def _scale_at(matrix: Floats, x: float, y: float) -> float:
    """Pixels of the reference for each pixel of the query, at one place."""
    import numpy as np

    depth = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]
    if depth == 0:
        return 0.0
    place = matrix[:2] @ np.array([x, y, 1.0]) / depth
    jacobian = (matrix[:2, :2] - np.outer(place, matrix[2, :2])) / depth
    return float(np.sqrt(abs(np.linalg.det(jacobian))))
