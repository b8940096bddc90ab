"""Cells of a picture as the file stores it, brought upright as its working copy was."""

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

    matches = [match for match in map(_TURNED.search, steps) if match is not None]
    rows, columns = (max(1, -(-side // _CELL_PX)) for side in reversed(stored_px))
    found = np.zeros((rows, columns), bool)
    part = cells[:rows, :columns]
    found[: part.shape[0], : part.shape[1]] = part
    for match in matches[:1]:
        transposed, across, down = _UPRIGHT[match[1]]
        found = found.T if transposed else found
        found = found[:: -1 if down else 1, :: -1 if across else 1]
    return np.ascontiguousarray(found)
