"""What equals another part and is no copy of it: ornaments around a picture, drawn ground, nets and bars of facades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .likeness import BAND_PX, CELL_PX, means

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_FLAT = 0.5
_FRAME_PX = 32
_NEXT_PX = 6, 24
"""How far on a window is looked for as a whole; beyond that two parts may be copies (`points.LEAST_AWAY_PX`)."""
_NEARER_PX = 24, 48, 96
_PART_PX = 32
"""A side of the parts of a larger window, at least: each holds a mesh or more, and the bars of a facade cross in it."""
_ITSELF = 0.85
"""Correlation: a net raised an alarm at 0.98, a facade with parts of 0.92 to 0.97; of copied parts of CoMoFoD and NoSo
the highest is 0.70, and of those laid in facades, of all parts of each the least one, 0.81."""


def framed(
    hit: Mask, window: tuple[slice, slice], origin: tuple[int, int], shift: Doubles, shape: tuple[int, ...]
) -> bool:
    """Whether all that hits lies at the edge of the picture, and its partner, too: an ornament laid around it."""
    import numpy as np

    rows, columns = np.nonzero(hit[window])
    cells = np.column_stack([columns + window[1].start + 0.5, rows + window[0].start + 0.5])
    places = cells * CELL_PX + np.array(origin)
    far = np.array(shape[::-1])
    both = places, places @ shift[:, :2].T + shift[:, 2]
    return all(bool((np.minimum(one, far - one).min(1) < _FRAME_PX).all()) for one in both)


def drawn(part: Floats, used: Mask, window: tuple[slice, slice]) -> bool:
    """Whether half the neighbouring pixels of the cells have one level: ink and pixels of a screen, no photograph."""
    import numpy as np

    same = np.zeros(part.shape, np.float32)
    same[:, 1:] = np.abs(np.diff(part, axis=1)) < 0.5
    return float(means(same)[window][used[window]].mean()) > _FLAT


def patterned(grey: Floats, window: tuple[int, int, int, int]) -> bool:
    """Whether a window (x, y, width, height) lies on itself a few pixels on, or each part of it on a place nearer than
    the partner: a net, a grating, bars of a facade, of such contrast that what differs between the meshes is a small
    share of it. In parts, since what repeats in perspective lies on itself mesh by mesh only."""
    x, y, width, height = window
    reach = max(_NEXT_PX[1], min(width, height) - _NEXT_PX[0])  # the partner lies a side away, and looks alike around
    left, top = max(0, x - reach), max(0, y - reach)
    band = _band(grey[top : y + height + reach, left : x + width + reach])
    window = x - left, y - top, width, height
    if _on_itself(band, window, _NEXT_PX[1]):
        return True
    across, down = (max(1, side // _PART_PX) for side in (width, height))
    size = width // across, height // down
    starts = ((column * size[0], row * size[1]) for row in range(down) for column in range(across))
    parts = ((window[0] + right, window[1] + below, *size) for right, below in starts)
    return all(_on_itself(band, part, min(width, height) - _NEXT_PX[0]) for part in parts)


def _band(grey: Floats) -> Floats:
    import cv2
    import numpy as np

    return np.asarray(cv2.GaussianBlur(grey, (0, 0), BAND_PX[0]) - cv2.GaussianBlur(grey, (0, 0), BAND_PX[1]))


def _on_itself(band: Floats, part: tuple[int, int, int, int], reach: int) -> bool:
    """Whether a part of a band of fine detail lies on one that starts 6 to `reach` pixels on. Near ones are asked
    first: a net of narrow meshes lies on the next of them, and the pixels to be looked at grow with the square."""
    import cv2
    import numpy as np

    x, y, width, height = part
    for near in (*(far for far in _NEARER_PX if far < reach), reach):
        left, top = max(0, x - near), max(0, y - near)
        around = band[top : y + height + near, left : x + width + near]
        fit = cv2.matchTemplate(around, band[y : y + height, x : x + width], cv2.TM_CCOEFF_NORMED)
        down, right = (np.abs(np.arange(long) - at) for long, at in zip(fit.shape, (y - top, x - left), strict=True))
        if fit[np.maximum(down[:, None], right) >= _NEXT_PX[0]].max(initial=0.0) > _ITSELF:
            return True
    return False
