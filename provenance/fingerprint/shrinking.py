"""The one pass over all pixels: down to 64 x 64 grey levels, and the eight ways to lay those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from ..model.image import WorkingCopy
from .lanczos import filtered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Colours = NDArray[np.uint8]
    Sums = NDArray[np.uint16 | np.uint32]
    _Whole = TypeVar("_Whole", np.uint8, np.uint16)

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
    """The picture as 64 x 64 grey levels (ITU-R BT.601 luma), shape (64, 64), uint8, whatever its aspect ratio.

    Bit for bit what Pillow gives that averages rows (`reduce((1, rows))`), resizes with `LANCZOS` and `reducing_gap=3`,
    across before down, and converts to "L". Pillow 13 resizes tall pictures down before across, and 12.3 does those
    more than 100 times as tall as wide so.
    """
    import numpy as np
    from PIL import Image

    pixels = np.ascontiguousarray(copy.pixels)
    height, width, _ = pixels.shape
    rows, columns = max(1, height // (4 * SIDE_PX)), _factor(width)
    fewer = row_means(pixels, rows)
    length, pairs = height / rows, _factor(height / rows)
    # Columns lie as rows here, since whole rows are what is added and multiplied quickest.
    laid = row_means(_turned(fewer), columns) if pairs == 1 else _blocks(fewer, columns)
    across = filtered(laid.reshape(len(laid), -1), width / columns, SIDE_PX)
    upright = _turned(across.reshape(SIDE_PX, -1, 3))
    down = filtered(upright.reshape(len(upright), -1), length / pairs, SIDE_PX)
    return np.asarray(Image.fromarray(down.reshape(SIDE_PX, SIDE_PX, 3)).convert("L"))


def _turned(pixels: NDArray[_Whole]) -> NDArray[_Whole]:
    """Shape (h, w, 3) to (w, h, 3)."""
    import cv2

    return cast("NDArray[_Whole]", cv2.transpose(pixels))


def _factor(length: float) -> int:
    """By how many pixels means are taken before a length is filtered (Pillow's `reducing_gap` of 3)."""
    return max(1, int(length / SIDE_PX / 3))


def row_means(pixels: Colours, rows: int) -> Colours:
    """The means of so many rows each, the last of what is left: what Pillow's `reduce((1, rows))` gives, bit for bit.

    Sums of whole rows take a third of Pillow's time and no copy of all pixels.
    """
    import numpy as np

    if rows == 1:
        return pixels
    height, width, _ = pixels.shape
    whole, left = divmod(height, rows)
    flat = pixels.reshape(height, 3 * width)
    means = np.empty((whole + (left > 0), 3 * width), np.uint8)
    if rows == 2:
        _halve(flat[: 2 * whole], means[:whole])
    else:
        _divide(_sums(flat[: whole * rows], rows), rows, means[:whole])
    if left:
        _divide(_sums(flat[whole * rows :], left), left, means[whole:])
    return means.reshape(-1, width, 3)


def _blocks(pixels: Colours, columns: int) -> Colours:
    """The means of blocks of two rows and so many columns, columns laid as rows: Pillow's `reduce((columns, 2))`."""
    import numpy as np

    height, width, _ = pixels.shape
    flat = pixels.reshape(height, 3 * width)
    tall = np.empty(((height + 1) // 2, 3 * width), np.uint16)
    np.add(flat[: height - 1 : 2], flat[1::2], out=tall[: height // 2], dtype=np.uint16)
    tall[height // 2 :] = flat[height // 2 * 2 :]
    laid = _turned(tall.reshape(-1, width, 3)).reshape(width, -1)
    whole, left = divmod(width, columns)
    means = np.empty((whole + (left > 0), laid.shape[1]), np.uint8)
    pairs = height // 2 * 3
    for first, count, found in ((0, columns, means[:whole]), (whole * columns, left, means[whole:])):
        if len(found):
            sums = _sums(laid[first : first + len(found) * count], count, 2 * 255)
            _divide(sums[:, :pairs], 2 * count, found[:, :pairs])
            _divide(sums[:, pairs:], count, found[:, pairs:])  # of a row that is left over, if there is one
    return means.reshape(len(means), -1, 3)


def _sums(levels: NDArray[np.uint8 | np.uint16], rows: int, most: int = 255) -> Sums:
    """Of so many rows each, no level of which exceeds `most`."""
    import numpy as np

    each = levels.reshape(-1, rows, levels.shape[1])
    sums: Sums = each.sum(axis=1, dtype=np.uint16 if rows * most < 1 << 16 else np.uint32)
    return sums


def _halve(levels: Colours, means: Colours) -> None:
    """The means of two rows each, rounded up, in a third of the time of sums of 16 bits."""
    import cv2
    import numpy as np

    first, second = levels[::2], levels[1::2]
    apart = np.right_shift(cv2.bitwise_xor(first, second), 1)
    cv2.subtract(cv2.bitwise_or(first, second), apart, dst=means)


def _divide(sums: Sums, count: int, means: Colours) -> None:
    """Sums of so many bytes to means, rounded as Pillow does it: half is added, and the factor 1 / count is cut off
    after 24 bits, so that a sum which half makes a whole number falls to the one below, unless `count` is a power of 2.
    """
    import cv2
    import numpy as np

    if not sums.size:
        return
    if sums.dtype != np.uint16:
        means[:] = ((sums.astype(np.uint64) + count // 2) * ((1 << 24) // count)) >> 24
        return
    rest = count - count // 2 + (count & (count - 1) > 0)  # the least remainder that is rounded up
    cv2.convertScaleAbs(sums, means, 1 / count, 0.5 - (rest - 0.5) / count)


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
