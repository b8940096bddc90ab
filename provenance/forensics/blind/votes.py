"""Which JPEG grid each pixel speaks for: that of the 8 x 8 block around it with the most DCT coefficients of zero.

T. Nikoukhah, J. Anger, M. Colom, J.-M. Morel and R. Grompone von Gioi, ZERO: a Local JPEG Grid Origin Detector Based on
the Number of DCT Zeros and Its Applications in Image Forensics, Image Processing On Line 11 (2021), section 3; written
from the paper. Where two blocks of different grids have the same number, or a block is constant along rows or columns,
a pixel has no vote.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..windows import summed, within
from .dct import SIDE, basis

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

GRIDS = SIDE * SIDE
NO_VOTE = 255
ZERO = 0.5
"""A coefficient below half a step of quality 100 is one that quantisation made zero (section 3.1)."""
ZERO_SAVED = 1.0
"""The same after another saving at quality 98 to 100, whose own rounding adds up to 0.7 to it (measured)."""
_STRIP_ROWS = 512


def luminance(pixels: Bytes) -> Bytes:
    """Rounded luminance (ITU-R BT.601) of sRGB pixels, shape (height, width, 3): uint8, shape (height, width)."""
    import cv2
    import numpy as np

    return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY), np.uint8)


def votes(luma: Bytes, *, zero: float = ZERO, but: int | None = None) -> Bytes:
    """For each pixel the origin of the grid it votes for, 8 * (y % 8) + (x % 8); NO_VOTE where it has none.

    `zero`: the largest size of a coefficient that counts as zero. `but`: a grid that is not to be voted for.
    `luma`: uint8, shape (height, width), each at least 24. Pixels within 7 of the edge never vote.
    """
    return votes_by(luma, (zero,), but=but)[0]


def votes_by(luma: Bytes, zeros: tuple[float, ...], *, but: int | None = None) -> tuple[Bytes, ...]:
    """The votes by several sizes of zero, from one transform."""
    import numpy as np

    height = luma.shape[0]
    casts = tuple(np.full(luma.shape, NO_VOTE, np.uint8) for _ in zeros)
    for top in range(0, height, _STRIP_ROWS):
        first, last = max(0, top - 2 * SIDE), min(height, top + _STRIP_ROWS + 2 * SIDE)
        low, high = max(top, SIDE - 1), min(top + _STRIP_ROWS, height - SIDE + 1)
        for cast, strip in zip(casts, _strips(luma[first:last], first, zeros, but), strict=True):
            cast[low:high] = strip[low - first : high - first]
    for cast in casts:
        cast[:, : SIDE - 1] = cast[:, 1 - SIDE :] = NO_VOTE
    return casts


def _strips(luma: Bytes, first: int, zeros: tuple[float, ...], but: int | None) -> Iterator[Bytes]:
    """Votes of rows `first` and on, by each size; those of the 7 rows at either end are void."""
    import cv2
    import numpy as np

    flat = _flat(luma)
    rows, columns = (np.arange(length, dtype=np.uint16) % SIDE for length in luma.shape)
    grid = SIDE * ((rows[:, None] + first) % SIDE) + columns[None, :]
    if but is not None:
        flat[grid == but] = False
    around = np.ones((SIDE, SIDE), np.uint8)
    for number in _numbers(luma, zeros):
        count = number.astype(np.uint16) * GRIDS
        if but is not None:
            count[grid == but] = 0
        # Within any 8 x 8 window of block origins each grid stands once: two maxima, of which one prefers high numbers
        # and one low ones, name the same grid where the block with the most zeros is alone.
        best = [
            np.asarray(cv2.dilate(np.where(flat, np.uint16(65535), count + name), around, anchor=(SIDE - 1, SIDE - 1)))
            for name in (grid, GRIDS - 1 - grid)
        ]
        high, low = best[0] % GRIDS, GRIDS - 1 - best[1] % GRIDS
        yield np.where((high == low) & (best[0] != 65535), high, NO_VOTE).astype(np.uint8)


def _numbers(luma: Bytes, zeros: tuple[float, ...]) -> list[Bytes]:
    """For each block, by its upper left pixel: how many of its 63 coefficients beside the mean are zero, by size."""
    import cv2
    import numpy as np

    values = luma.astype(np.float32)
    waves = basis()
    numbers = [np.zeros(luma.shape, np.uint8) for _ in zeros]
    for across in range(SIDE):
        rows = cv2.filter2D(values, cv2.CV_32F, waves[across][None, :], anchor=(0, 0))
        for down in range(0 if across else 1, SIDE):
            found = cv2.filter2D(rows, cv2.CV_32F, waves[down][:, None], anchor=(0, 0))
            for number, zero in zip(numbers, zeros, strict=True):
                within = np.asarray(cv2.inRange(found, -zero, zero), np.uint8)
                np.subtract(number, within, out=number)  # 255: plus 1 in 8 bits
    return numbers


def _flat(luma: Bytes) -> NDArray[np.bool_]:
    """Blocks whose rows are all alike, or whose columns are; and those that reach beyond the edge."""
    import numpy as np

    flat = np.ones(luma.shape, bool)
    inner = flat[: 1 - SIDE, : 1 - SIDE]
    inner[:] = False
    for axis in (0, 1):
        differs = np.diff(luma, axis=axis) != 0
        sums = summed(differs.astype(np.int32))
        tall, wide = (SIDE - 1, SIDE) if axis == 0 else (SIDE, SIDE - 1)
        inner |= within(sums, tall, wide) == 0
    return flat
