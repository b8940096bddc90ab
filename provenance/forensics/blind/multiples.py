"""How many DCT coefficients lie at multiples of the steps of an earlier saving as a JPEG, for blocks of every grid.

T. Bianchi and A. Piva, Detection of Nonaligned Double JPEG Compression Based on Integer Periodicity Maps, IEEE
Transactions on Information Forensics and Security 7 (2012): in blocks of the grid that a part was saved on, and of no
other, its coefficients lie near the multiples of its steps, also after a finer saving on another grid. What is asked of
a coefficient is where it lies between two multiples, never how large it is: detail and plain ground tell nothing by
themselves, and those nearest to nought are not asked at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from ...image.containers.jpeg_tables import libjpeg
from .dct import SIDE, ZIGZAG, basis

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

QUALITIES = tuple(range(90, 98))
"""Of libjpeg, whose tables are tried: coarser ones leave zeros that votes tell, finer ones nothing."""
LEAST_STEP = 3
"""Smaller ones are lost in what rounding to pixels, and a last saving at 98, add."""
_PER_LEVEL = 4
"""Sizes of coefficients are told apart to a quarter of a level, up to 63."""
_NOT_ASKED = 255


def counted(luma: Bytes, known: Iterable[tuple[int, int]]) -> tuple[Bytes, Bytes]:
    """For each block, by its upper left pixel, and each of QUALITIES: coefficients at multiples, and all asked.

    Both uint8, shape (qualities, height, width); noughts where a block would reach beyond the edge. `luma`: uint8,
    shape (height, width). `known`: origins (x, y) of grids of the whole picture. Blocks in their rows, moved sideways,
    keep the coefficients without horizontal frequency where nothing changes sideways, so these are not asked there;
    the same of columns.
    """
    import cv2
    import numpy as np

    values, waves, known = luma.astype(np.float32), basis(), tuple(known)
    hits, asked = (np.zeros((len(QUALITIES), *luma.shape), np.uint8) for _ in range(2))
    for across in range(SIDE):
        rows = cv2.filter2D(values, cv2.CV_32F, waves[across][None, :], anchor=(0, 0))
        for down in range(SIDE):
            if (
                down % 4 == 0 and across % 4 == 0
            ):  # sums of whole levels by eighths: posterised pictures have steps there
                continue
            found = np.abs(cv2.filter2D(rows, cv2.CV_32F, waves[down][:, None], anchor=(0, 0)))
            sizes = np.asarray(cv2.convertScaleAbs(found, alpha=_PER_LEVEL, beta=-0.5), np.uint8)
            for x, y in known:
                if across == 0:
                    sizes[y::SIDE] = _NOT_ASKED
                if down == 0:
                    sizes[:, x::SIDE] = _NOT_ASKED
            _add(sizes, _steps(down, across), hits, asked)
    for counts in (hits, asked):
        counts[:, 1 - SIDE :] = counts[:, :, 1 - SIDE :] = 0
    return hits, asked


def _add(sizes: Bytes, steps: tuple[int, ...], hits: Bytes, asked: Bytes) -> None:
    """What one frequency gives to the counts of each quality, which has one of `steps`."""
    import cv2

    for step in set(steps):
        if step >= LEAST_STEP:
            near, between = (cv2.LUT(sizes, table) for table in _tables(step))
            for index, one in enumerate(steps):
                if one == step:
                    cv2.add(hits[index], near, dst=hits[index])
                    cv2.add(asked[index], between, dst=asked[index])


@cache
def _tables(step: int) -> tuple[Bytes, Bytes]:
    """By size in quarters of a level: whether it lies within a quarter of a step of a multiple; whether it is asked.

    As many sizes lie so near as do not, so a coefficient of any smooth distribution does by a chance of a half, or of
    less where large ones are rarer than small ones.
    """
    import numpy as np

    levels = (np.arange(256) + 0.5) / _PER_LEVEL
    multiple = np.rint(levels / step)
    asked = multiple > 0
    asked[_NOT_ASKED] = False
    near = asked & (np.abs(levels - multiple * step) < step / 4)
    return near.astype(np.uint8), asked.astype(np.uint8)


@cache
def _steps(down: int, across: int) -> tuple[int, ...]:
    """Of a frequency, by quality."""
    return tuple(libjpeg(quality)[0][ZIGZAG.index((down, across))] for quality in QUALITIES)
