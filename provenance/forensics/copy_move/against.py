"""What is left of the fine detail of each cell of a part when that of its partner is taken away, in light and colour.

Colours are looked at as red less green and blue less green. What a picture shows has little fine detail there, the
noise of a sensor has: lookalikes differ in it, and a copy brings it along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .likeness import CELL_PX, means, warped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Pixels = NDArray[np.uint8]
    Levels = NDArray[np.int16]
    Plane = Floats | Levels

FINE_PX = 1.0
_ALIKE = 0.6
_REACH_PX = 8
_STRIP_PX = 512
_REDUCED = 1.1
SOFTENINGS = 2
"""At most, of a map."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Left:
    """Of each cell, shape (rows, columns); energies in squared levels."""

    left: Floats
    """Mean square of the difference of the fine detail of both; without end where the two are not alike."""
    less: Floats
    """The lesser energy of the two."""
    more: Floats
    """The larger one."""
    inside: Mask
    """Cells whose partner lies in the picture whole."""


def planes(pixels: Pixels) -> tuple[Floats, Levels, Levels]:
    """Luminance, red less green, blue less green, each of shape (height, width). `pixels`: sRGB, uint8.

    The colours in whole levels of two bytes: 40 megapixels of four, channel by channel, would take a gigabyte.
    """
    import cv2
    import numpy as np

    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.float32)
    red, green, blue = (pixels[..., channel] for channel in range(3))
    return grey, np.subtract(red, green, dtype=np.int16), np.subtract(blue, green, dtype=np.int16)


def softenings(shift: Doubles) -> tuple[float, ...]:
    """Standard deviations, in pixels, of the blurs that making the partner smaller may have brought: none, and where
    the map reduces it the one that a cubic kernel as wide as the reduction comes nearest to, as editors use it."""
    import numpy as np

    reduced = float(np.sqrt(abs(np.linalg.det(shift[:, :2]))))
    return (0.0,) if reduced < _REDUCED else (0.0, float(np.sqrt(1 - 1 / reduced)))


def light(plane: Plane, shift: Doubles, box: tuple[int, int, int, int], softened: float = 0.0) -> Left:
    """Of the luminance of a box (x, y, width, height), its partner blurred by `softened` pixels before it is laid."""
    import numpy as np

    fine, other, inside = _fine(plane, shift, box, softened)
    power, back = _energy(fine), _energy(other)
    together = means(fine * other) - means(fine) * means(other)
    alike = together > _ALIKE * np.sqrt(np.maximum(power * back, 1e-9))
    left = np.where(alike, means((fine - other) ** 2), np.float32(np.inf))
    return Left(
        left=np.asarray(left, np.float32), less=np.minimum(power, back), more=np.maximum(power, back), inside=inside
    )


def colours(pair: tuple[Levels, Levels], shift: Doubles, box: tuple[int, int, int, int], softened: float = 0.0) -> Left:
    """Of both planes of colour together."""
    import numpy as np

    (red, red_back, inside), (blue, blue_back, _) = (_fine(plane, shift, box, softened) for plane in pair)
    power, back = _energy(red) + _energy(blue), _energy(red_back) + _energy(blue_back)
    left = means((red - red_back) ** 2) + means((blue - blue_back) ** 2)
    return Left(left=left, less=np.minimum(power, back), more=np.maximum(power, back), inside=inside)


def colour_energy(pair: tuple[Levels, Levels]) -> Floats:
    """Of the fine detail of each cell in both planes of colour together, in squared levels."""
    import numpy as np

    last = pair[0].shape[0] // CELL_PX * CELL_PX
    strips = []
    for top in range(0, last, _STRIP_PX):
        before, end = min(top, _REACH_PX), min(top + _STRIP_PX, last)
        around = (_detail(plane[top - before : end + _REACH_PX]) for plane in pair)
        strips.append(sum(_energy(one[before:][: end - top]) for one in around))
    return np.concatenate(strips)


def _detail(plane: Plane) -> Floats:
    import cv2
    import numpy as np

    levels = plane.astype(np.float32, copy=False)
    return np.asarray(levels - cv2.GaussianBlur(levels, (0, 0), FINE_PX), np.float32)


def _energy(fine: Floats) -> Floats:
    return means(fine * fine) - means(fine) ** 2


def _fine(plane: Plane, shift: Doubles, box: tuple[int, int, int, int], softened: float) -> tuple[Floats, Floats, Mask]:
    """The fine detail of a box, that of its partner laid on it, and the cells whose partner lies inside."""
    import cv2
    import numpy as np

    x, y, width, height = box
    part = plane[y : y + height, x : x + width].astype(np.float32, copy=False)
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float64) + np.array((x, y))
    places = corners @ shift[:, :2].T + shift[:, 2]
    left, top = (int(one) for one in np.maximum(np.floor(places.min(0)) - _REACH_PX, 0))
    right, bottom = (int(one) for one in np.minimum(np.ceil(places.max(0)) + _REACH_PX, plane.shape[::-1]))
    if right - left < _REACH_PX or bottom - top < _REACH_PX:
        return np.zeros_like(part), np.zeros_like(part), np.zeros_like(means(part), np.bool_)
    local = shift.copy()
    local[:, 2] += shift[:, :2] @ np.array((x, y)) - np.array([left, top])
    around = plane[top:bottom, left:right].astype(np.float32, copy=False)
    if softened > 0:
        around = np.asarray(cv2.GaussianBlur(around, (0, 0), softened), np.float32)
    laid, inside = warped(around, local, part.shape)
    return _detail(part), _detail(laid), inside
