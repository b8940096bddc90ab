"""The one pass over all pixels: down to 64 x 64 grey levels, and the eight ways to lay those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model.image import WorkingCopy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Colours = NDArray[np.uint8]

SIDE_PX = 64

TURNS: tuple[tuple[str, bool, int], ...] = (
    ("as it is", False, 0),
    ("mirrored left-right", True, 0),
    ("turned by 90 degrees clockwise", False, 3),
    ("turned by 180 degrees", False, 2),
    ("turned by 90 degrees counter-clockwise", False, 1),
    ("mirrored left-right, then turned by 90 degrees clockwise", True, 3),
    ("mirrored top-bottom", True, 2),
    ("mirrored left-right, then turned by 90 degrees counter-clockwise", True, 1),
)
"""All ways to lay a rectangle onto itself: words, whether mirrored first, quarter turns counter-clockwise."""

MIRRORED = frozenset(words for words, mirrored, _ in TURNS if mirrored)
"""The turns that no camera and no scanner makes."""


def shrink(copy: WorkingCopy) -> Grey:
    """The picture as 64 x 64 grey levels (ITU-R BT.601 luma), shape (64, 64), uint8, whatever its aspect ratio."""
    import numpy as np
    from PIL import Image

    pixels = np.ascontiguousarray(copy.pixels)
    height, width, _ = pixels.shape
    rows = max(1, height // (4 * SIDE_PX))
    colour = Image.fromarray(row_means(pixels, rows) if rows > 1 else pixels)
    box = (0.0, 0.0, float(width), height / rows)
    small = colour.resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    return np.asarray(small.convert("L"))


def row_means(pixels: Colours, rows: int) -> Colours:
    """The means of so many rows each, the last of what is left: what Pillow's `reduce((1, rows))` gives, bit for bit.

    Sums of whole rows take a third of Pillow's time and no copy of all pixels.
    """
    import numpy as np

    height, width, _ = pixels.shape
    whole, left = divmod(height, rows)
    flat = pixels.reshape(height, 3 * width)
    means = np.empty((whole + (left > 0), 3 * width), np.uint8)
    wide = np.uint16 if rows <= 257 else np.uint32  # 257 times 255 is the largest sum of 16 bits
    sums = flat[: whole * rows].reshape(whole, rows, -1).sum(axis=1, dtype=wide)
    _divide(sums, rows, means[:whole])
    if left:
        _divide(flat[whole * rows :].sum(axis=0, keepdims=True, dtype=wide), left, means[whole:])
    return means.reshape(-1, width, 3)


def _divide(sums: NDArray[np.uint16 | np.uint32], rows: int, means: Colours) -> None:
    """Sums of so many bytes to means, rounded as Pillow does it: half is added, and the factor 1 / rows is cut off
    after 24 bits, so that a sum which half makes a whole number falls to the one below, unless `rows` is a power of 2.
    """
    import cv2
    import numpy as np

    if sums.dtype != np.uint16:
        means[:] = ((sums.astype(np.uint64) + rows // 2) * ((1 << 24) // rows)) >> 24
        return
    rest = rows - rows // 2 + (rows & (rows - 1) > 0)  # the least remainder that is rounded up
    cv2.convertScaleAbs(sums, means, 1 / rows, 0.5 - (rest - 0.5) / rows)


@dataclass(frozen=True, slots=True)
class Way:
    """One of TURNS as steps on rows and columns, in this order."""

    words: str
    transposed: bool
    upside_down: bool
    left_right: bool

    def laid(self, grey: Grey) -> Grey:
        """The picture laid so."""
        return self.flipped(grey.T if self.transposed else grey)

    def flipped(self, grey: Grey) -> Grey:
        """The last two steps alone."""
        return grey[:: -1 if self.upside_down else 1, :: -1 if self.left_right else 1]


def _way(words: str, mirrored: bool, quarters: int) -> Way:
    # A quarter turn is a transposition and one flip.
    upside_down = quarters == 2 or (quarters == 1 and not mirrored) or (quarters == 3 and mirrored)
    left_right = (quarters == 0 and mirrored) or (quarters == 2 and not mirrored) or quarters == 3
    return Way(words, quarters % 2 == 1, upside_down, left_right)


WAYS = tuple(_way(*turn) for turn in TURNS)
