"""Between a picture as the file stores it and its upright working copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CELL_PX = 8
_TURNED = re.compile(r"turned upright \(EXIF orientation ([2-8])\)")
# Exif 3.0, section 4.6.5.1.6: transposed first, then mirrored from left to right, then from top to bottom.
_UPRIGHT = {
    "2": (False, True, False),
    "3": (False, True, True),
    "4": (False, False, True),
    "5": (True, False, False),
    "6": (True, True, False),
    "7": (True, True, True),
    "8": (True, False, True),
}


def upright(cells: NDArray[np.bool_], stored_px: tuple[int, int], steps: Sequence[str]) -> NDArray[np.bool_]:
    """`stored_px`: width and height in the file. `steps`: those of the working copy. To the nearest cell."""
    import numpy as np

    rows, columns = (max(1, -(-side // _CELL_PX)) for side in reversed(stored_px))
    found = np.zeros((rows, columns), bool)
    part = cells[:rows, :columns]
    found[: part.shape[0], : part.shape[1]] = part
    transposed, across, down = _turn(steps)
    found = found.T if transposed else found
    return np.ascontiguousarray(found[:: -1 if down else 1, :: -1 if across else 1])


def as_stored(upright_pixels: NDArray[np.bool_], steps: Sequence[str]) -> NDArray[np.bool_]:
    """A mask of the working copy's pixels as the file stores them."""
    transposed, across, down = _turn(steps)
    turned = upright_pixels[:: -1 if down else 1, :: -1 if across else 1]
    return turned.T if transposed else turned


def _turn(steps: Sequence[str]) -> tuple[bool, bool, bool]:
    matches = [match for match in map(_TURNED.search, steps) if match is not None]
    return _UPRIGHT[matches[0][1]] if matches else (False, False, False)
