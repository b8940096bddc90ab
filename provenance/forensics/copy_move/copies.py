"""Parts of a picture that are copies of each other: the search as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .against import SOFTENINGS, planes, softenings
from .closer import closer, corners
from .exactness import EQUALITY, Exact, Least, exact
from .identical import identical
from .likeness import CELL_PX, SIDES, WAYS, Window, alike, next_to_a_shift, refined, whole
from .points import pairs
from .shifts import MOST_SHIFTS, shifts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Pixels = NDArray[np.uint8]

MOST_PX = 1_200_000
"""Of the picture in which points are found; cells are compared in the picture as it is."""
MOST_COPIES = 4
_MOST_SIDE_PX = 1_024
_LEAST_SIDE_PX = 24
_TRIES = 2 * 2 * SOFTENINGS * len(EQUALITY)
"""Of a likeness: fitted, and of whole pixels; either way round; softened or not; at each level of equality."""


def copies(pixels: Pixels, least: Least) -> tuple[Exact, ...]:
    """The surest first. `pixels`: shape (height, width, 3), uint8 sRGB."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    scale = min(1.0, float(np.sqrt(MOST_PX / (height * width))))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    levels, looked = planes(pixels), small.astype(np.float32)
    number = tests((height, width))
    found = list(identical(pixels, least.light))
    for likeness in shifts(pairs(np.asarray(small, np.uint8))):
        # Which of two parts is the copy is not known, and a part made smaller looks like the larger one only one way.
        seen = ((shift, alike(looked, shift)) for shift in (likeness, inverse(likeness)))
        shift, window = next(((shift, window) for shift, window in seen if window is not None), (likeness, None))
        if window is None:
            continue
        part, box = (_box(window, scale, (height, width), grown) for grown in (1, 2))
        for form in _forms(np.asarray(grey, np.uint8), levels[0], _enlarged(shift, scale), part, box):
            tried = [
                exact(levels, one, where, least, number, softened=softened)
                for one, where in _ways(form, box, (height, width))
                for softened in softenings(one)
            ]
            found += [one for one in tried if one is not None]
    kept: list[Exact] = []
    for one in sorted(found, key=lambda one: one.found.log10_nfa):
        if len(kept) < MOST_COPIES and not any(_same(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def inverse(shift: Doubles) -> Doubles:
    """From the partner back."""
    import numpy as np

    back = np.linalg.inv(shift[:, :2])
    return np.column_stack([back, -back @ shift[:, 2]])


def _forms(
    grey: Pixels, levels: Floats, shift: Doubles, part: tuple[int, int, int, int], box: tuple[int, int, int, int]
) -> list[Doubles]:
    plain = [whole(levels, shift, part)] if next_to_a_shift(shift) else []
    laid = closer(grey, shift, box)
    return [*plain, refined(levels, shift, part) if laid is None else laid]


def _ways(
    form: Doubles, box: tuple[int, int, int, int], shape: tuple[int, int]
) -> list[tuple[Doubles, tuple[int, int, int, int]]]:
    """A form with its box, and back again with the box of its partner: the finest detail of a part is in the other,
    laid over it by interpolation, only where the other is the one that was copied."""
    import numpy as np

    one = [(form, box)]
    if np.array_equal(form[:, :2], np.eye(2)):
        return one
    places = corners(box) @ form[:, :2].T + form[:, 2]
    start = np.maximum(np.floor(places.min(0)), 0).astype(int) // CELL_PX * CELL_PX
    end = np.minimum(np.ceil(places.max(0)).astype(int), np.minimum(shape[::-1], start + _MOST_SIDE_PX))
    size = (end - start) // CELL_PX * CELL_PX
    if size.min() < _LEAST_SIDE_PX:
        return one
    return [*one, (inverse(form), (int(start[0]), int(start[1]), int(size[0]), int(size[1])))]


def tests(shape: tuple[int, int]) -> int:
    """Windows, likenesses, their forms and levels that could be tried in a picture of that height and width."""
    rows, columns = (side // CELL_PX for side in shape)
    windows = sum(max(0, rows - side + 1) * max(0, columns - side + 1) for side in SIDES)
    return max(1, windows * MOST_SHIFTS * _TRIES * WAYS)


def _enlarged(shift: Doubles, scale: float) -> Doubles:
    """From pixel centres of the reduced picture to those of the whole one."""
    import numpy as np

    if scale == 1:
        return shift
    # p' = A p + t in the small one, with p = s (P + 1/2) - 1/2.
    offset = (shift[:, :2] @ np.full(2, 0.5 * scale - 0.5) + shift[:, 2] + 0.5 - 0.5 * scale) / scale
    return np.column_stack([shift[:, :2], offset])


def _box(window: Window, scale: float, shape: tuple[int, int], grown: float) -> tuple[int, int, int, int]:
    """The window in the whole picture, `grown` times as large, on the cells' grid, no larger than 1,024 pixels."""
    side = min(_MOST_SIDE_PX, grown * window.side * CELL_PX / scale)
    middle = [(one + window.side / 2) * CELL_PX / scale for one in (window.column, window.row)]
    start = [int(max(0, one - side / 2)) // CELL_PX * CELL_PX for one in middle]
    size = [min(int(side) // CELL_PX * CELL_PX, (most - at)) for most, at in zip(shape[::-1], start, strict=True)]
    return start[0], start[1], size[0], size[1]


def _same(one: Exact, other: Exact) -> bool:
    """Whether both name the same pair of parts, either way round."""
    import numpy as np

    x, y, width, height = one.found.window
    middle = np.array([x + width / 2, y + height / 2])
    partner = one.shift[:, :2] @ middle + one.shift[:, 2]
    for start, end in ((middle, partner), (partner, middle)):
        away = np.abs(other.shift[:, :2] @ start + other.shift[:, 2] - end).max()
        if away < CELL_PX:
            return True
    return False
