"""Whether a picture was straightened: turned by a few degrees and cut to what is left, as phones level a horizon.

Each angle has its own scale, that of the largest upright rectangle of the same shape within the turned picture. The
best few starts are refined with all six numbers of an affine map (enhanced correlation coefficient: Evangelidis and
Psarakis, PAMI 2008), so that a plain turn can be told from a shear. Measured: docs/measured/thumbnails.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin
from typing import TYPE_CHECKING, Any

from .evening import evened
from .frames import content, grey_of, shrunk, turned
from .laying import usual_boxes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[Any]
    Floats = NDArray[Any]

_FRAME_PX = 160
_ANGLES_DEG = (0, -3, 3, -6, 6, -9, 9)
_COARSE_BLUR_PX = 3.0
_STARTS = 3
_ROUNDS = 60
LEAST_DEG, MOST_DEG = 1.2, 14.0
"""Turns that count as straightening; smaller ones are met by a box."""
_PLAIN = 0.04
"""What scales and angles of both axes may differ by in a plain turn, as a share and in radians."""
_LEAST_SHARE = 0.5
"""Of what the picture covers at the start, that it must still cover."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tilt:
    """How a turned picture lies over its thumbnail."""

    turn: int
    degrees: float
    """The turn of the picture against the thumbnail, counter-clockwise positive."""
    plain: bool
    """A turn and a scale alone, no shear."""
    likeness: float
    thumbnail: Pixels
    """Upright, its longer side at most 160 pixels."""
    over: Floats
    """The picture laid over it, float32, same shape."""
    seen: NDArray[np.bool_]
    """Where the picture is."""
    shown: float
    """Share of the thumbnail's content there."""
    matrix: Floats
    """From pixels of the thumbnail to shares of the picture's sides, shape (2, 3)."""


def tilt(picture: Pixels, thumbnail: Pixels, turns: frozenset[int]) -> Tilt | None:
    """The best turn by a few degrees, whatever its likeness; None where none can be laid. `turns`: as laying.lay."""
    small, source = shrunk(thumbnail, _FRAME_PX), shrunk(picture, 2 * _FRAME_PX)
    starts = sorted(_starts(grey_of(source), small, turns), key=lambda one: -one[0])[:_STARTS]
    found = [_refined(source, turned(small, turn), turn, matrix) for _, turn, matrix in starts]
    return max((one for one in found if one is not None), key=lambda one: one.likeness, default=None)


def _starts(grey: Floats, small: Pixels, turns: frozenset[int]) -> list[tuple[float, int, Floats]]:
    """Every angle in every usual box: likeness with the fine averaged away, turn, map from thumbnail to picture."""
    found = []
    smooth = _even(grey, 2 * _COARSE_BLUR_PX)
    for turn in sorted(turns):
        upright = grey_of(turned(small, turn))
        target = _even(upright, _COARSE_BLUR_PX)
        for box in dict.fromkeys(usual_boxes(grey.shape[1] / grey.shape[0], upright)):
            for angle in _ANGLES_DEG:
                matrix = _start(box, angle, grey.shape)
                over, seen = _over(smooth, target.shape, matrix)
                found.append((_correlation(over, target, seen), turn, matrix))
    return found


def _even(grey: Floats, blur_px: float) -> Floats:
    """Free of brightness that changes over the frame, then blurred."""
    import cv2
    import numpy as np

    return np.asarray(cv2.GaussianBlur(evened(grey, max(grey.shape) / _FRAME_PX), (0, 0), blur_px), np.float32)


def _start(box: tuple[float, float, float, float], angle_deg: float, shape: tuple[int, ...]) -> Floats:
    import numpy as np

    wide, high = box[2] - box[0], box[3] - box[1]
    turn, aspect = radians(angle_deg), max(wide / high, high / wide)
    grow = cos(turn) + aspect * abs(sin(turn))
    across, down = shape[1] / wide * grow, shape[0] / high * grow
    x, y = (box[0] + box[2]) / 2 - 0.5, (box[1] + box[3]) / 2 - 0.5
    linear = np.array([[across * cos(turn), down * sin(turn)], [-across * sin(turn), down * cos(turn)]])
    middle = np.array([shape[1] / 2 - 0.5, shape[0] / 2 - 0.5])
    return np.concatenate([linear, (middle - linear @ np.array([x, y]))[:, None]], axis=1).astype(np.float32)


def _over(picture: Floats, shape: tuple[int, ...], matrix: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    import cv2
    import numpy as np

    size, flags = (shape[1], shape[0]), cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    over = cv2.warpAffine(picture, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    inside = np.ones(picture.shape[:2], np.float32)
    return np.asarray(over, np.float32), np.asarray(cv2.warpAffine(inside, matrix, size, flags=flags) > 0.99)


def _refined(source: Pixels, upright: Pixels, turn: int, matrix: Floats) -> Tilt | None:
    import cv2
    import numpy as np

    target = cv2.GaussianBlur(grey_of(upright), (0, 0), 1)
    pixels = cv2.GaussianBlur(source.astype(np.float32), (0, 0), 1)
    left, top, right, bottom = content(grey_of(upright))
    shown: NDArray[Any] = np.zeros(target.shape, bool)
    shown[top + 2 : bottom - 2, left + 2 : right - 2] = True
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ROUNDS, 1e-4)
    shown_mask: NDArray[Any] = np.ones(source.shape[:2], np.uint8)
    start = matrix
    begun = _over(pixels, target.shape, matrix)[1]
    fixed, moved = _even(grey_of(upright), 1), _even(grey_of(source), 1)
    try:
        _, matrix = cv2.findTransformECC(fixed, moved, matrix, cv2.MOTION_AFFINE, stop, shown_mask, 5)
    except cv2.error:
        return None
    matrix = np.asarray(matrix, np.float32)
    if not np.isfinite(matrix).all():
        return None
    over, seen = _over(pixels, target.shape, matrix)
    seen &= shown
    if seen.sum() < _LEAST_SHARE * max(int((begun & shown).sum()), 1):
        return None
    sides = np.array([[1 / source.shape[1]], [1 / source.shape[0]]])
    angle, plain = _plain(matrix, start)
    return Tilt(
        turn=turn,
        degrees=angle,
        plain=plain,
        likeness=_correlation(over.mean(axis=2), target, seen),
        thumbnail=upright,
        over=over,
        seen=seen,
        shown=float(seen.sum() / max(int(shown.sum()), 1)),
        matrix=matrix * sides,
    )


def _plain(matrix: Floats, start: Floats) -> tuple[float, bool]:
    """Degrees of the turn, and whether nothing else was done but a scale alike in both directions."""
    across, down = matrix[:, 0].tolist(), matrix[:, 1].tolist()
    first, second = atan2(-across[1], across[0]), atan2(down[0], down[1])
    # The start is stretched as the thumbnail is.
    scales = hypot(*across) / hypot(*start[:, 0].tolist()), hypot(*down) / hypot(*start[:, 1].tolist())
    same = abs(first - second) < _PLAIN and abs(scales[0] / max(scales[1], 1e-6) - 1) < _PLAIN
    return degrees((first + second) / 2), same


def _correlation(first: Floats, second: Floats, where: NDArray[np.bool_]) -> float:
    import numpy as np

    one, other = first[where], second[where]
    if len(one) < 100:
        return -1.0
    spread = float(one.std() * other.std())
    return float(np.mean((one - one.mean()) * (other - other.mean())) / spread) if spread > 1e-3 else -1.0
