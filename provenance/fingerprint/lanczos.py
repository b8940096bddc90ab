"""Pillow's Lanczos filter over rows of bytes, bit for bit, as products of matrices.

Pillow multiplies bytes with weights of 22 binary places, adds up in whole numbers, and rounds. It is asked itself for
these weights, so its sines are not repeated here; whether across or down comes first is the caller's to say. Why, and
what it gains: docs/adr/0085-a-lanczos-filter-of-our-own.md.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.uint8]
    Floats = NDArray[np.float64]
    Whole = NDArray[np.int32 | np.int64]

_ONE = 1 << 22
"""A weight of 1 (PRECISION_BITS in Pillow's Resample.c)."""
_SUPPORT = 3.0
_TOGETHER = 8  # rows of a result made by one product; with more of them more of its factors are 0


def filtered(levels: Levels, length: float, size: int) -> Levels:
    """What Pillow makes of the first `length` rows, column by column: shape (rows, n) to (size, n)."""
    import numpy as np

    found = np.empty((size, levels.shape[1]), np.uint8)
    for rows, used, weights in _parts(len(levels), length, size):
        # Exact, in whatever order it is added up: multiples of 1 / _ONE below 2 ** 16 take 38 of 53 bits.
        sums = weights @ levels[used].astype(np.float64)
        sums += 0.5
        found[rows] = np.clip(sums, 0, 255, out=sums)
    return found


@lru_cache(maxsize=512)
def _parts(rows: int, length: float, size: int) -> tuple[tuple[slice, slice, Floats], ...]:
    """Some rows of the result each, from which row of the picture on and to which, and the weights of these."""
    import numpy as np

    starts, weights = _weights(rows, length, size)
    reach = weights.shape[1]
    parts = []
    for first in range(0, size, _TOGETHER):
        last = min(first + _TOGETHER, size)
        begin, end = int(starts[first]), int(starts[last - 1]) + reach
        part = np.zeros((last - first, end - begin))
        near = starts[first:last, None] - begin + np.arange(reach)
        part[np.arange(last - first)[:, None], near] = weights[first:last] / _ONE
        parts.append((slice(first, last), slice(begin, end), part))
    return tuple(parts)


def _weights(rows: int, length: float, size: int) -> tuple[Whole, Whole]:
    """Pillow's, in units of 1 / _ONE, shape (size, reach), and from which row of the picture on each lies, (size,).

    Asked of Pillow: what it makes of rows of pixels in which a few are 1, farther apart than a filter reaches. To
    32-bit pixels it rounds results as it rounds its weights for bytes.
    """
    import numpy as np
    from PIL import Image

    reach = min(rows, math.ceil(2 * _SUPPORT * max(length / size, 1.0)) + 4)
    places = np.arange(rows)
    ones = np.zeros((reach, rows), np.int32)
    ones[places % reach, places] = _ONE
    box = (0.0, 0.0, length, float(reach))
    answers = np.asarray(Image.fromarray(ones).resize((size, reach), Image.Resampling.LANCZOS, box=box)).T
    middles = (np.arange(size) + 0.5) * (length / size)
    starts = np.clip((middles - reach / 2).astype(np.int64), 0, rows - reach)
    near = (starts[:, None] + np.arange(reach)) % reach
    return starts, answers[np.arange(size)[:, None], near]
