"""Where a picture and its thumbnail lie in each other, at all scales, where no usual placement fits.

Normalised cross-correlation (Lewis, "Fast Template Matching", 1995).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .frames import content, turned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

_SEARCH_PX = 80
_SCALES = tuple(0.94**step for step in range(19))
Placement = tuple[float, int, tuple[float, float, float, float]]
"""Likeness, turn, box."""


def searched(grey: Floats, thumbnail: Floats, turns: frozenset[int]) -> Iterator[Placement]:
    """The best place of the picture in the thumbnail and of the thumbnail in the picture, in each way round."""
    for turn in sorted(turns):
        whole = turned(thumbnail, turn)
        # Even edges may be bars or the picture's own, so both frames are searched.
        for left, top, right, bottom in dict.fromkeys((content(whole), (0, 0, whole.shape[1], whole.shape[0]))):
            upright = whole[top:bottom, left:right]
            for value, _, box in (_within(grey, upright, turn), _around(grey, upright, turn)):
                yield value, turn, (box[0] + left, box[1] + top, box[2] + left, box[3] + top)


def _within(grey: Floats, upright: Floats, turn: int) -> Placement:
    """The picture as a part of what the thumbnail shows."""
    import cv2

    factor = min(1.0, _SEARCH_PX / max(upright.shape))
    frame = cv2.resize(upright, (max(8, round(upright.shape[1] * factor)), max(8, round(upright.shape[0] * factor))))
    value, x, y, width, height = _at_scales(frame, grey)
    if not width:
        return -1.0, turn, (0.0, 0.0, float(upright.shape[1]), float(upright.shape[0]))
    return value, turn, (x / factor, y / factor, (x + width) / factor, (y + height) / factor)


def _around(grey: Floats, upright: Floats, turn: int) -> Placement:
    """The thumbnail as a part of what the picture shows."""
    import cv2

    less = _SEARCH_PX / max(grey.shape)
    size = max(8, round(grey.shape[1] * less)), max(8, round(grey.shape[0] * less))
    frame = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    value, x, y, width, _ = _at_scales(frame, upright)
    if not width:
        return -1.0, turn, (0.0, 0.0, float(upright.shape[1]), float(upright.shape[0]))
    unit = upright.shape[1] / width
    return value, turn, (-x * unit, -y * unit, (frame.shape[1] - x) * unit, (frame.shape[0] - y) * unit)


def _at_scales(frame: Floats, part: Floats) -> tuple[float, int, int, int, int]:
    """Where a part lies best in a frame, over all scales: likeness, left, top, width (0: nowhere), height."""
    import cv2

    aspect = part.shape[1] / part.shape[0]
    fit = min(frame.shape[1], frame.shape[0] * aspect)
    best = (-1.0, 0, 0, 0, 0)
    for scale in _SCALES:
        size = round(fit * scale), round(fit * scale / aspect)
        if min(size) < 8 or size[0] > frame.shape[1] or size[1] > frame.shape[0]:
            continue
        value, (x, y) = _best_place(frame, cv2.resize(part, size, interpolation=cv2.INTER_AREA))
        if value > best[0]:
            best = (value, x, y, *size)
    return best


def _best_place(frame: Floats, template: Floats) -> tuple[float, tuple[int, int]]:
    import cv2
    import numpy as np

    if float(template.std()) < 2:
        return -1.0, (0, 0)
    scores = np.nan_to_num(cv2.matchTemplate(frame, template, cv2.TM_CCOEFF_NORMED), posinf=-1, neginf=-1)
    _, value, _, place = cv2.minMaxLoc(scores)
    return float(value), (int(place[0]), int(place[1]))
