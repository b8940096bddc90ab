"""Small resizings and turns, undone: what is looked at of a picture, and the maps that are tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .dct import SIDE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Doubles = NDArray[np.float64]

_MOST_PX = 400
"""Sides of what is looked at, with the part in its midst: a window shows a grid that moves by a pixel within it."""
_MOST_MOVED_PX, _MOST = 1.3, 0.045
"""By how much a grid may move along the part found, and the largest scale less 1 and angle in radians."""
_APART_PX = 0.5
"""Two neighbouring scales or angles move the far side by so much."""


def around(luma: Bytes, window: tuple[int, int, int, int]) -> tuple[Bytes, tuple[int, int]]:
    """What is looked at, on the file's grid, and its upper left corner (x, y)."""
    import numpy as np

    height, width = luma.shape
    left, top = (
        max(0, min(of - _MOST_PX, at + side // 2 - _MOST_PX // 2)) // SIDE * SIDE
        for of, at, side in zip((width, height), window[:2], window[2:], strict=True)
    )
    return np.ascontiguousarray(luma[top : top + _MOST_PX, left : left + _MOST_PX]), (left, top)


def part_of(shape: tuple[int, ...], corner: tuple[int, int], window: tuple[int, int, int, int]) -> Bytes:
    """1 in the window, and 0 elsewhere in what is looked at."""
    import numpy as np

    part = np.zeros(shape, np.uint8)
    across, down = (
        slice(max(0, at - start), at - start + side)
        for at, start, side in zip(window[:2], corner, window[2:], strict=True)
    )
    part[down, across] = 1
    return part


def moved(near: Bytes, part: Bytes, undoing: Doubles) -> tuple[Bytes, Bytes]:
    """Both as an undoing lays them."""
    import cv2
    import numpy as np

    size, edge, back = near.shape[::-1], cv2.BORDER_REFLECT, cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(near, undoing, size, flags=cv2.INTER_CUBIC | back, borderMode=edge)
    there = cv2.warpAffine(part, undoing, size, flags=cv2.INTER_NEAREST | back, borderMode=edge)
    return np.asarray(moved, np.uint8), np.asarray(there, np.uint8)


def undoings(
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
