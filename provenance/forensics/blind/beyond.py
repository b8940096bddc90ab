"""Whether the grid of a part runs on beyond it: then it is that of the picture, from before it was cut and saved again.

In a file that had been a JPEG before, was cut and saved again, the first grid, which the later saving blurred, may show
in some parts only. Asked with a larger size of zero, and without the later grid, it still has more votes than any other
all over the picture; that of a part from elsewhere has none to speak of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .chance import ALARM_LOG10_NFA
from .dct import SIDE
from .grid import main_grid
from .regions import CELL_PX, Suspect
from .votes import NO_VOTE, votes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

_ZERO = 2.0
"""A coefficient up to this counts as zero: what another saving at 90 and above adds to one is mostly less."""
_AROUND_PX = 16
"""Beyond its window and its cells a part may still reach so far."""


def runs_on(luma: Bytes, found: Suspect, main: tuple[int, int], *, a_jpeg: bool) -> bool:
    """Whether most votes outside of the part found are for its grid, with that of origin `main` out of the question.

    In the rows or columns of `main` that says nothing of a JPEG, whose texture votes for such grids all over.
    """
    if found.grid is None or (a_jpeg and any(one == of for one, of in zip(found.grid, main, strict=True))):
        return False
    cast = votes(luma, zero=_ZERO, but=SIDE * main[1] + main[0])
    cast[_around(found, cast.shape)] = NO_VOTE
    rest = main_grid(cast)
    return rest.origin == found.grid and rest.log10_nfa <= ALARM_LOG10_NFA


def _around(found: Suspect, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Pixels of the part, and near it."""
    import cv2
    import numpy as np

    part = np.zeros(shape, np.uint8)
    cells = cv2.resize(found.cells.astype(np.uint8), None, fx=CELL_PX, fy=CELL_PX, interpolation=cv2.INTER_NEAREST)
    part[: cells.shape[0], : cells.shape[1]] = cells
    x, y, width, height = found.window
    part[y : y + height, x : x + width] = 1
    wide = np.ones((2 * _AROUND_PX + 1, 2 * _AROUND_PX + 1), np.uint8)
    return np.asarray(cv2.dilate(part, wide) > 0)
