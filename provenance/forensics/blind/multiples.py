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

from .dct import SIDE, ZIGZAG, basis
from .lasting import least_steps

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Doubles = NDArray[np.float64]
    Tables = tuple[tuple[int, ...], ...]

_PER_LEVEL = 4
"""Sizes of coefficients are told apart to a quarter of a level, up to 63."""
_MOST = 254
"""Of the sizes in quarters of a level: what is larger is not asked."""
_STRIP_ROWS = 128
"""So few stay in the processor's cache while all tables are counted."""


def counted(
    luma: Bytes, known: Iterable[tuple[int, int]], last: tuple[int, ...], tables: Tables
) -> tuple[Bytes, Bytes]:
    """For each block, by its upper left pixel, and each of `tables`: coefficients at multiples, and all asked.

    Both uint8, shape (tables, height, width); noughts where a block would reach beyond the edge. `luma`: uint8,
    shape (height, width). `known`: origins (x, y) of grids of the whole picture. Blocks in their rows, moved sideways,
    keep the coefficients without horizontal frequency where nothing changes sideways, so these are not asked there;
    the same of columns. `last`: table of the last saving, empty for a file without loss. `tables`: in zigzag order.
    """
    import numpy as np

    hits, asked = (np.zeros((len(tables), *luma.shape), np.uint8) for _ in range(2))
    height, width = luma.shape
    least, known = least_steps(last), tuple(known)
    for top in range(0, height - SIDE + 1, _STRIP_ROWS):
        end = min(top + _STRIP_ROWS, height - SIDE + 1)
        moved = tuple((x, (y - top) % SIDE) for x, y in known)
        for whole, counts in zip((hits, asked), _strip(luma[top : end + SIDE - 1], moved, least, tables), strict=True):
            whole[:, top:end, : width - SIDE + 1] = counts[:, : end - top, : width - SIDE + 1]
    return hits, asked


def _strip(luma: Bytes, known: tuple[tuple[int, int], ...], least: Doubles, tables: Tables) -> tuple[Bytes, Bytes]:
    """Of some rows, and a block's rows less one after them."""
    import cv2
    import numpy as np

    values, waves = luma.astype(np.float32), basis()
    hits, asked = (np.zeros((len(tables), *luma.shape), np.uint8) for _ in range(2))
    for across in range(SIDE):
        rows = cv2.filter2D(values, cv2.CV_32F, waves[across][None, :], anchor=(0, 0))
        for down in range(SIDE):
            steps, smallest = _steps(tables, down, across), least[down, across]
            # Sums of whole levels by eighths are left out: posterised pictures have steps there.
            if (down % 4 == 0 and across % 4 == 0) or max(steps) < smallest:
                continue
            found = np.abs(cv2.filter2D(rows, cv2.CV_32F, waves[down][:, None], anchor=(0, 0)))
            sizes = np.asarray(cv2.convertScaleAbs(found, alpha=_PER_LEVEL, beta=-0.5), np.uint8)
            cv2.threshold(sizes, _MOST, 0, cv2.THRESH_TOZERO_INV, dst=sizes)
            for x, y in known:
                if across == 0:
                    sizes[y::SIDE] = 0
                if down == 0:
                    sizes[:, x::SIDE] = 0
            for step in {one for one in steps if one >= smallest}:
                _add(sizes, step, [index for index, one in enumerate(steps) if one == step], hits, asked)
    return hits, asked


def _add(sizes: Bytes, step: int, of: list[int], hits: Bytes, asked: Bytes) -> None:
    """What one frequency gives to the counts of those tables that have this step there."""
    import cv2

    near = cv2.LUT(sizes, _near(step))
    # From half a step on, which is 2 * step quarters of a level.
    between = cv2.threshold(sizes, 2 * step - 1, 1, cv2.THRESH_BINARY)[1]
    for index in of:
        cv2.add(hits[index], near, dst=hits[index])
        cv2.add(asked[index], between, dst=asked[index])


@cache
def _near(step: int) -> Bytes:
    """By size in quarters of a level: whether it lies within a quarter of a step of a multiple other than nought.

    As many sizes lie so near as do not, so a coefficient of any smooth distribution does by a chance of a half, or of
    less where large ones are rarer than small ones.
    """
    import numpy as np

    levels = (np.arange(256) + 0.5) / _PER_LEVEL
    multiple = np.rint(levels / step)
    return np.asarray((multiple > 0) & (np.abs(levels - multiple * step) < step / 4), np.uint8)


@cache
def _steps(tables: Tables, down: int, across: int) -> tuple[int, ...]:
    """Of a frequency, by table."""
    return tuple(steps[ZIGZAG.index((down, across))] for steps in tables)
