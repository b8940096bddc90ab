"""Pillow's Lanczos filter over rows of bytes, bit for bit, as products of matrices.

Pillow multiplies bytes with weights of 22 binary places, adds up, and rounds. It is asked itself for these weights, so
its sines are not repeated here; whether across or down comes first is the caller's to say. Why, and what it gains:
docs/adr/0085-a-lanczos-filter-of-our-own.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.uint8]
    Floats = NDArray[np.float64]
    _Float = TypeVar("_Float", np.float32, np.float64)

_ONE = 1 << 22
"""A weight of 1 (PRECISION_BITS in Pillow's Resample.c)."""
_SUPPORT = 3.0
_TOGETHER = 8  # rows of a result made by one product; with more of them more of its factors are 0
_ROUNDOFF = 2.0**-24  # of single precision, relative


@dataclass(frozen=True, slots=True, eq=False)
class _Taps:
    """Pillow's weights: a row of the result is made of the rows of a picture from `starts` (shape (size,)) on, with
    `weights` (shape (size, reach)), in units of 1 / _ONE."""

    rows: int
    starts: NDArray[np.int64]
    weights: NDArray[np.int32]

    def whole(self, kind: type[_Float]) -> NDArray[_Float]:
        """For all rows of the picture, shape (size, rows), as numbers of this kind."""
        import numpy as np

        found = np.zeros((len(self.weights), self.rows), kind)
        near = self.starts[:, None] + np.arange(self.weights.shape[1])
        found[np.arange(len(found))[:, None], near] = self.weights
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Filter:
    """`parts`: some rows of the result each, from which row of the picture on and to which, and the weights, which
    single precision holds exactly. `off`: by how many levels a sum in single precision is off at most."""

    taps: _Taps
    parts: tuple[tuple[slice, slice, NDArray[np.float32]], ...]
    off: float


def filtered(levels: Levels, length: float, size: int) -> Levels:
    """What Pillow makes of the first `length` rows, column by column: shape (rows, n) to (size, n).

    Sums are made in single precision; the one in some hundreds that comes too near to a half is made again in whole
    numbers.
    """
    import cv2
    import numpy as np

    kept = _filter(len(levels), length, size)
    wide = levels.astype(np.float32)
    sums = np.empty((size, levels.shape[1]), np.float32)
    for rows, used, weights in kept.parts:
        np.matmul(weights, wide[used], out=sums[rows])
    cv2.threshold(sums, 0, 0, cv2.THRESH_TOZERO, dst=sums)  # the next step would make them positive
    low, high = (np.asarray(cv2.convertScaleAbs(sums, alpha=1, beta=off), np.uint8) for off in (-kept.off, kept.off))
    unsure = np.flatnonzero(low != high)
    if unsure.size:
        low.reshape(-1)[unsure] = _exactly(levels, kept.taps, *np.divmod(unsure, levels.shape[1]))
    return low


def _exactly(levels: Levels, taps: _Taps, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Levels:
    """These places of the result."""
    import numpy as np

    near = levels[taps.starts[rows][:, None] + np.arange(taps.weights.shape[1]), columns[:, None]]
    sums = np.einsum("ij,ij->i", taps.weights[rows], near, dtype=np.int32)
    return np.asarray(np.clip((sums + _ONE // 2) // _ONE, 0, 255), np.uint8)


@lru_cache(maxsize=64)
def weights(rows: int, size: int) -> Floats:
    """Pillow's from so many rows to so many, shape (size, rows). In double precision a product with bytes is exact."""
    import numpy as np

    return _taps(rows, float(rows), size).whole(np.float64) / _ONE


def rounded(sums: Floats) -> Floats:
    """Products with `weights` as Pillow rounds and clips them, in place."""
    import numpy as np

    sums += 0.5
    return np.clip(np.floor(sums, out=sums), 0, 255, out=sums)


@lru_cache(maxsize=512)
def _filter(rows: int, length: float, size: int) -> _Filter:
    import numpy as np

    taps = _taps(rows, length, size)
    whole = taps.whole(np.float32) / np.float32(_ONE)
    parts = []
    for first in range(0, size, _TOGETHER):
        last = min(first + _TOGETHER, size)
        used = slice(int(taps.starts[first]), int(taps.starts[last - 1]) + taps.weights.shape[1])
        parts.append((slice(first, last), used, np.ascontiguousarray(whole[first:last, used])))
    # In whatever order a sum is made, no part of it exceeds that of its positive terms, or of its negative ones. Each
    # addition rounds one such part, all products together round no more than two; two more are for what follows.
    sizes, sums = np.abs(taps.weights).sum(axis=1), taps.weights.sum(axis=1)
    largest = float((sizes + np.abs(sums)).max()) / 2 / _ONE * 255
    off = (int(np.count_nonzero(taps.weights, axis=1).max()) + 4) * largest * _ROUNDOFF
    return _Filter(taps, tuple(parts), off)


def _taps(rows: int, length: float, size: int) -> _Taps:
    """Asked of Pillow: what it makes of rows of pixels in which a few are 1, farther apart than a filter reaches. To
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
    return _Taps(rows, starts, answers[np.arange(size)[:, None], near])
