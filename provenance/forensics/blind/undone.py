"""Whether one JPEG grid runs through the picture once a small resizing, or a turn, is undone: it was resized or turned.

Tiles of a resized picture show their former grid only where it lies within a fraction of a pixel of whole ones; made
smaller or larger again, all of them do (T. Bianchi and A. Piva, Reverse engineering of double JPEG compression in the
presence of image resizing, IEEE International Workshop on Information Forensics and Security 2012). A picture with a
part from elsewhere has most votes for one grid as it is, and fewer for any when it is resized; where it was laid into a
picture that had been resized before, the part loses its votes when the picture becomes whole.
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
    Counts = NDArray[np.int64]
    Doubles = NDArray[np.float64]

_ZEROS = (1.0, 2.0)
"""Sizes of a coefficient that counts as zero: after another saving at 98 to 100 either tells more in some pictures."""
_MOST_PX = 400
"""Sides of what is looked at, with the part in its midst: a window shows a grid that moves by a pixel within it."""
_MOST_MOVED_PX, _MOST = 1.3, 0.045
"""By how much a grid may move along the part found, and the largest scale less 1 and angle in radians."""
_APART_PX = 0.5
"""Two neighbouring scales or angles move the far side by so much."""
_KEPT = 0.25
"""The part goes with the whole where it keeps so many of its votes: 0.33 and more in nine resized pictures, 0.2 and
less in four with a part that was laid in after it (docs/adr/0100-a-resizing-undone.md)."""
_LOG10_NFA = -2.0
"""Of all undoings together, that so many more votes are for one grid by chance (docs/measured/blind.md)."""


def is_whole_when_undone(luma: Bytes, found: Suspect) -> bool:
    """Whether some undoing gives one grid more votes than any has as the picture is, and the part found with it.

    `luma`: shape (height, width).
    """
    near, corner = _around(luma, found.window)
    part = _part(near.shape, corner, found.window)
    as_it_is = _counts(near, part)
    undoings = list(_undoings(luma.shape, near.shape, corner, found.window))
    for undoing in undoings:
        for (all_votes, in_part), (before, in_part_before) in zip(
            _counts(*_moved(near, part, undoing)), as_it_is, strict=True
        ):
            trials, hits = int(all_votes.sum()) // GRIDS, int(all_votes.max()) // GRIDS
            chance = max(1 / GRIDS, float(before.max()) / max(int(before.sum()), 1))
            more = log10_nfa(trials, hits, chance, len(undoings) * len(_ZEROS)) <= _LOG10_NFA
            if more and in_part[all_votes.argmax()] >= _KEPT * in_part_before.max():
                return True
    return False


def _part(shape: tuple[int, ...], corner: tuple[int, int], window: tuple[int, int, int, int]) -> Bytes:
    """1 in the window, and 0 elsewhere in what is looked at."""
    import numpy as np

    part = np.zeros(shape, np.uint8)
    across, down = (
        slice(max(0, at - start), at - start + side)
        for at, start, side in zip(window[:2], corner, window[2:], strict=True)
    )
    part[down, across] = 1
    return part


def _moved(near: Bytes, part: Bytes, undoing: Doubles) -> tuple[Bytes, Bytes]:
    """Both as an undoing lays them."""
    import cv2
    import numpy as np

    size, edge, back = near.shape[::-1], cv2.BORDER_REFLECT, cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(near, undoing, size, flags=cv2.INTER_CUBIC | back, borderMode=edge)
    there = cv2.warpAffine(part, undoing, size, flags=cv2.INTER_NEAREST | back, borderMode=edge)
    return np.asarray(moved, np.uint8), np.asarray(there, np.uint8)


def _counts(luma: Bytes, part: Bytes) -> list[tuple[Counts, Counts]]:
    """By size of zero the votes for each grid: of all pixels, and of those of the part."""
    import numpy as np

    casts = votes_by(luma, _ZEROS)
    return [
        (np.bincount(cast.ravel(), minlength=256)[:GRIDS], np.bincount(cast[part > 0], minlength=256)[:GRIDS])
        for cast in casts
    ]


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
    # In a wider picture a pixel of its width moves nothing that is looked at by so much, and they are up to thousands.
    reach = int(most * width) if width * _APART_PX <= near[1] else 0
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
