"""Whether one JPEG grid runs through the picture once a small resizing, or a turn, is undone: it was resized or turned.

Tiles of a resized picture show their former grid only where it lies within a fraction of a pixel of whole ones; made
smaller or larger again, all of them do (T. Bianchi and A. Piva, Reverse engineering of double JPEG compression in the
presence of image resizing, IEEE International Workshop on Information Forensics and Security 2012). A picture with a
part from elsewhere has most votes for one grid as it is, and fewer for any when it is resized.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .chance import log10_nfa
from .dct import SIDE
from .regions import Suspect
from .votes import GRIDS, votes_by

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Doubles = NDArray[np.float64]

_ZEROS = (1.0, 2.0)
"""Sizes of a coefficient that counts as zero: after another saving at 98 to 100 either tells more in some pictures."""
_MOST_PX = 400
"""Sides of what is looked at, with the part in its midst: a window shows a grid that moves by a pixel within it."""
_MOST_MOVED_PX, _MOST = 1.3, 0.045
"""By how much a grid may move along the part found, and the largest scale less 1 and angle in radians."""
_APART_PX = 0.5
"""Two neighbouring scales or angles move the far side by so much."""
_LOG10_NFA = -2.0
"""Of all undoings together, that so many more votes are for one grid by chance (docs/measured/blind.md)."""


def is_whole_when_undone(luma: Bytes, found: Suspect) -> bool:
    """Whether some undoing gives one grid more votes than any has as the picture is. `luma`: shape (height, width)."""
    import cv2
    import numpy as np

    near, corner = _around(luma, found.window)
    as_it_is = _counts(near)
    undoings = list(_undoings(luma.shape, near.shape, corner, found.window))
    how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    for undoing in undoings:
        moved = cv2.warpAffine(near, undoing, near.shape[::-1], flags=how, borderMode=cv2.BORDER_REFLECT)
        for (trials, hits), (before, of) in zip(_counts(np.asarray(moved, np.uint8)), as_it_is, strict=True):
            chance = max(1 / GRIDS, of / max(before, 1))
            if log10_nfa(trials, hits, chance, len(undoings) * len(_ZEROS)) <= _LOG10_NFA:
                return True
    return False


def _counts(luma: Bytes) -> list[tuple[int, int]]:
    """By size of zero: votes, and those for the grid with the most, 64 pixels to one."""
    import numpy as np

    counts = [np.bincount(cast.ravel(), minlength=256)[:GRIDS] for cast in votes_by(luma, _ZEROS)]
    return [(int(one.sum()) // GRIDS, int(one.max()) // GRIDS) for one in counts]


def _around(luma: Bytes, window: tuple[int, int, int, int]) -> tuple[Bytes, tuple[int, int]]:
    """What is looked at, on the file's grid, and its upper left corner (x, y)."""
    import numpy as np

    height, width = luma.shape
    left, top = (
        max(0, min(of - _MOST_PX, at + side // 2 - _MOST_PX // 2)) // SIDE * SIDE
        for of, at, side in zip((width, height), window[:2], window[2:], strict=True)
    )
    return np.ascontiguousarray(luma[top : top + _MOST_PX, left : left + _MOST_PX]), (left, top)


def _undoings(
    whole: tuple[int, ...], near: tuple[int, ...], corner: tuple[int, int], window: tuple[int, int, int, int]
) -> Iterator[Doubles]:
    """Affine maps, shape (2, 3), from what was to what is looked at: by whole numbers of pixels a side, as a
    picture is fitted to a width; and, for one that was cut after it, by a scale or an angle about the part's middle."""
    height, width = whole
    most = min(_MOST, _MOST_MOVED_PX / window[2])
    middle = tuple(at + side / 2 - start for at, side, start in zip(window[:2], window[2:], corner, strict=True))
    edge = (-float(corner[0]), -float(corner[1]))
    reach = int(most * width)
    for wider in range(-reach, reach + 1):
        like = round(wider * height / width)
        for taller in (like - 1, like, like + 1):
            if wider or taller:
                yield _about(edge, width / (width - wider), height / (height - taller), 0.0)
    step = _APART_PX / max(near)
    for number in range(1, int(most / step) + 2):
        for one in (-number * step, number * step):
            yield _about(middle, 1 + one, 1 + one, 0.0)
            yield _about(middle, 1.0, 1.0, one)


def _about(fixed: tuple[float, ...], across: float, down: float, angle_rad: float) -> Doubles:
    """A scale, or a turn, about a point that stays, x and y from the corner of the first pixel."""
    import numpy as np

    cos, sin = np.cos(angle_rad), np.sin(angle_rad)
    linear = np.array([[across * cos, -across * sin], [down * sin, down * cos]])
    stays = np.array(fixed) - 0.5  # pixels are counted from the middle of the first
    return np.asarray(np.column_stack([linear, stays - linear @ stays]), np.float64)
