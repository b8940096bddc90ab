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
from .votes import GRIDS, NO_VOTE, votes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

_ZERO = 2.0
"""A coefficient up to this counts as zero: what another saving at 90 and above adds to one is mostly less."""
_BEFORE_OTHERS = 2.0
"""Times the votes of the next grid. Texture gives those in line with the picture's own nearly as many each (16,925 and
15,324 beside a part in the rows of one photograph), a first saving gives them to one."""
_AROUND_PX = 16
"""Beyond its window and its cells a part may still reach so far."""


def runs_on(luma: Bytes, found: Suspect, main: tuple[int, int], *, a_jpeg: bool) -> bool:
    """Whether most votes outside of the part found are for its grid, with that of origin `main` out of the question.

    Texture votes for grids in the rows or columns of `main` all over: in a JPEG such a grid says nothing, and without
    loss it must lead the others by far.
    """
    if found.grid is None:
        return False
    in_line = any(one == of for one, of in zip(found.grid, main, strict=True))
    if in_line and a_jpeg:
        return False
    cast = votes(luma, zero=_ZERO, but=SIDE * main[1] + main[0])
    cast[_around(found, cast.shape)] = NO_VOTE
    rest = main_grid(cast)
    if rest.origin != found.grid or rest.log10_nfa > ALARM_LOG10_NFA:
        return False
    return not in_line or _leads(cast)


def _leads(cast: Bytes) -> bool:
    """Whether the grid with the most votes has so many more than the next."""
    import numpy as np

    second, first = np.sort(np.bincount(cast.ravel(), minlength=256)[:GRIDS])[-2:]
    return bool(first >= _BEFORE_OTHERS * second)


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
