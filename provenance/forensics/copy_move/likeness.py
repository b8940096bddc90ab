"""Where a map lays a picture on itself so that both look alike, and that map refined there.

Windows are no wider than the map moves them: a part and its copy lie apart, while what repeats at a short
distance (bricks, rails, blinds) also lies on itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..windows import counted, within

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

CELL_PX = 8
SIDES = (3, 4, 6, 8, 12, 16, 24, 32)
"""Of the windows, in cells."""
WAYS = 2
"""In which copies are looked for, over points and over equal pixels: the alarm level is shared."""
BAND_PX = 0.7, 2.5
_ALIKE, _LEAST_ENERGY = 0.7, 1.0
_LEAST_SHARE, _LEAST_CELLS = 0.75, 8
_FITTED_PX = 384
_DRIFT, _DRIFT_PX = 0.04, 4.0
_ROUNDS, _STILL = 30, 1e-5
_REACH_PX = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """In cells: first row and column, and cells a side."""

    row: int
    column: int
    side: int


def alike(grey: Floats, shift: Doubles) -> Window | None:
    """The window in which most cells look alike, if three in four do; None where none has eight of them."""
    import cv2
    import numpy as np

    fine = cv2.GaussianBlur(grey, (0, 0), BAND_PX[0]) - cv2.GaussianBlur(grey, (0, 0), BAND_PX[1])
    laid, inside = warped(fine, shift, grey.shape)
    power, other = _spread(fine), _spread(laid)
    together = means(fine * laid) - means(fine) * means(laid)
    used = (np.minimum(power, other) > _LEAST_ENERGY) & inside
    good = used & (together > _ALIKE * np.sqrt(np.maximum(power * other, 1e-9)))
    counts, sums = counted(used), counted(good)
    far = apart(shift, used.shape)
    best, most = None, _LEAST_CELLS - 1.0
    for side in SIDES:
        if side > min(used.shape):
            break
        among, hits = within(counts, side, side), within(sums, side, side)
        hits = np.where((hits >= _LEAST_SHARE * among) & (middles(far, side) >= CELL_PX * side), hits, 0)
        at = np.unravel_index(int(hits.argmax()), hits.shape)
        if hits[at] > most:
            most, best = float(hits[at]), Window(row=int(at[0]), column=int(at[1]), side=side)
    return best


def refined(grey: Floats, shift: Doubles, box: tuple[int, int, int, int]) -> Doubles:
    """The likeness fitted to a box (x, y, width, height) as the correlation coefficient has it (ECC: Evangelidis and
    Psarakis, IEEE PAMI 30(10), 2008); as it is where that leads away."""
    import cv2
    import numpy as np

    height, width = grey.shape
    x, y, right, bottom = _middle(grey.shape, box)
    corners = np.array([[x, y], [right, y], [x, bottom], [right, bottom]], np.float64)
    places = corners @ shift[:, :2].T + shift[:, 2]
    left, top = (int(one) for one in np.maximum(np.floor(places.min(0)) - 12, 0))
    end = np.minimum(np.ceil(places.max(0)) + 12, (width, height)).astype(int)
    if end[0] - left < 2 * CELL_PX or end[1] - top < 2 * CELL_PX:
        return shift
    local = shift.copy()
    local[:, 2] += shift[:, :2] @ np.array([x, y]) - np.array([left, top])
    part, other = (
        cv2.GaussianBlur(one, (0, 0), 0.6) for one in (grey[y:bottom, x:right], grey[top : end[1], left : end[0]])
    )
    stop = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, _ROUNDS, _STILL)
    try:
        _, fitted = cv2.findTransformECC(
            part, other, local.astype(np.float32), cv2.MOTION_AFFINE, stop, np.ones(other.shape, np.uint8), 1
        )
    except cv2.error:  # it does not converge
        return shift
    found = np.asarray(fitted, np.float64)
    found[:, 2] += np.array([left, top]) - found[:, :2] @ np.array([x, y])
    moved = np.abs(corners @ found[:, :2].T + found[:, 2] - places).max()
    if not np.all(np.isfinite(found)) or moved > _DRIFT_PX or np.abs(found - shift)[:, :2].max() > _DRIFT:
        return shift
    return found


def _middle(shape: tuple[int, ...], box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the middle of a box, no larger than what is fitted."""
    height, width = shape
    x, y = box[0] + max(0, box[2] - _FITTED_PX) // 2, box[1] + max(0, box[3] - _FITTED_PX) // 2
    return x, y, min(width, x + min(box[2], _FITTED_PX)), min(height, y + min(box[3], _FITTED_PX))


def next_to_a_shift(shift: Doubles) -> bool:
    """Whether it hardly turns or scales."""
    import numpy as np

    return bool(np.abs(shift[:, :2] - np.eye(2)).max() < _DRIFT)


def whole(grey: Floats, shift: Doubles, box: tuple[int, int, int, int]) -> Doubles:
    """The shift by whole pixels, near that of the middle of a box (x, y, width, height), that fits it best."""
    import cv2
    import numpy as np

    left, top, right, bottom = _middle(grey.shape, box)
    first, last = np.array([left, top]), np.array([right, bottom])
    middle = (first + last - 1) / 2
    about = np.round(shift[:, :2] @ middle + shift[:, 2] - middle).astype(int)
    start = np.maximum(about + first - _REACH_PX, 0)
    end = np.minimum(about + last + _REACH_PX, grey.shape[::-1])
    if np.any(end - start < last - first):
        return np.column_stack([np.eye(2), about])
    fit = cv2.matchTemplate(
        grey[start[1] : end[1], start[0] : end[0]], grey[top:bottom, left:right], cv2.TM_CCOEFF_NORMED
    )
    down, across = np.unravel_index(int(np.argmax(fit)), fit.shape)
    return np.column_stack([np.eye(2), start + np.array([across, down]) - first]).astype(np.float64)


def warped(picture: Floats, shift: Doubles, shape: tuple[int, ...]) -> tuple[Floats, Mask]:
    """The picture laid on itself, of that shape, and the cells that lie inside whole."""
    import cv2
    import numpy as np

    size = (shape[1], shape[0])
    laid = cv2.warpAffine(
        picture, shift, size, flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    ones = np.ones(picture.shape, np.float32)
    inside = cv2.warpAffine(ones, shift, size, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    return np.asarray(laid, np.float32), np.asarray(means(np.asarray(inside, np.float32)) > 0.99)


def means(values: Floats) -> Floats:
    """Of whole cells, shape (rows, columns)."""
    rows, columns = (side // CELL_PX for side in values.shape)
    cut = values[: rows * CELL_PX, : columns * CELL_PX]
    found: Floats = cut.reshape(rows, CELL_PX, columns, CELL_PX).mean((1, 3))
    return found


def _spread(values: Floats) -> Floats:
    return means(values * values) - means(values) ** 2


def apart(shift: Doubles, shape: tuple[int, ...], origin: tuple[int, int] = (0, 0)) -> Doubles:
    """By how many pixels, across or down, the middle of each cell is moved; `origin`: x, y of the first cell."""
    import numpy as np

    down, across = np.mgrid[: shape[0], : shape[1]]
    x, y = (np.asarray(one * CELL_PX + (CELL_PX - 1) / 2) + at for one, at in zip((across, down), origin, strict=True))
    off = [row[0] * x + row[1] * y + row[2] - of for row, of in zip(shift, (x, y), strict=True)]
    return np.asarray(np.maximum(np.abs(off[0]), np.abs(off[1])), np.float64)


def middles(values: Doubles, side: int) -> Doubles:
    """The value in the middle of each window of that side."""
    rows, columns = (one - side + 1 for one in values.shape)
    return values[side // 2 : side // 2 + rows, side // 2 : side // 2 + columns]
