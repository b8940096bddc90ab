"""A picture or its thumbnail made ready to be laid over the other: turned, shrunk, in grey, without bars.

Pictures: uint8, shape (height, width, 3), R, G, B.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[Any]
    Floats = NDArray[Any]

FINE_PX = 256
"""Longer side to which a larger thumbnail is shrunk; the picture is brought to the scale of the thumbnail."""
TURNS = (
    "as it is",
    "turned by 90 degrees",
    "turned by 180 degrees",
    "turned by 270 degrees",
    "mirrored left-right",
    "mirrored and turned by 90 degrees",
    "mirrored top-bottom",
    "mirrored and turned by 270 degrees",
)


def turned(pixels: Pixels, turn: int) -> Pixels:
    """One of the eight ways to lay a picture; 0 to 3 quarter turns clockwise, from 4 on mirrored first."""
    import numpy as np

    first = pixels[:, ::-1] if turn >= 4 else pixels
    return np.ascontiguousarray(np.rot90(first, -(turn % 4)))


def shrunk(pixels: Pixels, longest_px: int) -> Pixels:
    """The picture averaged down so that its longer side is at most `longest_px`."""
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    factor = longest_px / max(height, width)
    if factor >= 1:
        return pixels
    if factor < 0.25:  # rows and columns dropped first: averaging 12 megapixels would take ten times as long
        step = int(0.5 / factor)
        pixels = np.ascontiguousarray(pixels[::step, ::step])
    size = max(1, round(width * factor)), max(1, round(height * factor))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def grey_of(pixels: Pixels) -> Floats:
    """Luma, float32, 0 to 255."""
    import cv2
    import numpy as np

    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.float32)


def content(grey: Floats) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what lies between bars: rows or columns at opposite edges in one even tone."""
    height, width = grey.shape
    top, bottom = _bars(grey)
    left, right = _bars(grey[top : height - bottom].T)
    return (left, top, width - right, height - bottom)


def within(shape: tuple[int, ...], box: tuple[int, int, int, int]) -> NDArray[np.bool_]:
    """A mask of the box in a frame of this shape."""
    import numpy as np

    mask = np.zeros(shape[:2], bool)
    mask[box[1] : box[3], box[0] : box[2]] = True
    return mask


def _bars(grey: Floats) -> tuple[int, int]:
    """How many rows at the start and the end are a bar: even, alike in tone, at both ends, less than a third each."""
    most = grey.shape[0] // 3
    start, end = _even(grey[: most + 1]), _even(grey[::-1][: most + 1])
    both = min(start, end) > 0 and max(start, end) <= most and abs(float(grey[0].mean() - grey[-1].mean())) < 12
    return (start, end) if both and abs(start - end) <= max(3, 0.1 * grey.shape[0]) else (0, 0)


def _even(rows: Floats) -> int:
    """Rows from the first on that have its tone and no more than the noise of JPEG."""
    tone = float(rows[0].mean())
    count = 0
    for row in rows:
        if float(row.std()) > 5 or abs(float(row.mean()) - tone) > 5:
            break
        count += 1
    return count
