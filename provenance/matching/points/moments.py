"""Whether a picture that agrees like a copy shows another moment before the same camera: a neighbouring frame.

Block by block, two frames of a camera at rest agree like a copy; what tells them apart is small, compact and goes both
ways: something stands in the reference where the query shows the ground behind it, and the other way round (change
detection: Radke, Andra, Al-Kofahi and Roysam, "Image Change Detection Algorithms: A Systematic Survey", 2005). A
caption, a logo or a sticker only adds to one of the two. In which picture a thing stands is told by the step of
brightness across the outline of the spot: the other shows no such step.

The weights are fitted by benchmarks/fit_moments.py on photographs that nothing is measured on
(benchmarks/copies/fitting_photos.csv). Where nothing moved between two frames, or only came or only went, the likeness
that a set keeps cannot tell one from a copy.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .changes import Changes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

WEIGHTS = (-6.36, 0.94, 0.24, 1.27, 1.67)
"""Of nothing, then of each feature."""
ANOTHER_FROM = 0.0
"""Log-odds. Only where something came and something went: a thing on one side alone may be laid over a copy."""
MOST_NOISE_LEVELS = 10.0
"""What differs more than this everywhere is worn, and scribbles over it are spots like others. In fitting the usual
difference is above it in 31 of 32 ruined copies, and in 2 of 243 frames that would be called another moment."""
_LEAST_SPOT_PX = 5
_EVEN_LEVELS, _EVEN_SHARE = 4, 0.7
_MARGIN_PX, _WINDOW_PX = 4, 7
_STEP_FLOOR_LEVELS = 3.0
_SIDED = 0.5
"""Logarithm of one step over the other from which on a thing stands in one picture; below, in both or neither."""
_NET, _SURROUNDED = 0.45, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Compact changes. Sums are of pixels of the likeness times grey levels."""

    gone: float = 0.0
    """Where the reference shows a thing and the query the ground behind it."""
    come: float = 0.0
    """Where the query shows a thing and the reference the ground behind it."""
    other: float = 0.0
    """Where both or neither do."""
    number: int = 0
    noise_levels: float = 0.0


def another_moment(found: Spots) -> bool:
    """Whether something came and something went, and as another moment does rather than what is laid over a copy."""
    worn = found.noise_levels > MOST_NOISE_LEVELS
    return not worn and min(found.gone, found.come) > 0 and log_odds(found) >= ANOTHER_FROM


def log_odds(found: Spots) -> float:
    """That another moment made the changes."""
    return WEIGHTS[0] + sum(weight * value for weight, value in zip(WEIGHTS[1:], features(found), strict=True))


def features(found: Spots) -> tuple[float, float, float, float]:
    """What the model sees, in the order of WEIGHTS[1:]."""
    return (
        math.log1p(min(found.gone, found.come) / 100),
        math.log1p(found.other / 100),
        math.log1p(found.number),
        math.log1p(found.noise_levels),
    )


def spots(seen: Changes) -> Spots:
    """The spots, brighter and darker ones apart, by the picture that shows a thing there.

    Spots where the query is of even colour, as what is drawn is, are left out.
    """
    import cv2
    import numpy as np

    sums, number = {"gone": 0.0, "come": 0.0, "other": 0.0}, 0
    ground = cv2.dilate(seen.differing.astype(np.uint8), np.ones((3, 3))) == 0
    for sign in (1, -1):
        sided = cv2.morphologyEx(
            (seen.differing & (sign * seen.smooth > 0)).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2))
        )
        count, labels, table, _ = cv2.connectedComponentsWithStats(sided, connectivity=8)
        for label in range(1, count):
            x, y, width, height, area = table[label].tolist()
            rows, columns = (
                slice(max(0, at - _MARGIN_PX), at + long + _MARGIN_PX) for at, long in ((y, height), (x, width))
            )
            spot = labels[rows, columns] == label
            if area < _LEAST_SPOT_PX or _even(spot, seen.full, (rows, columns), labels.shape):
                continue
            side = _side(seen, spot, ground[rows, columns], (rows, columns))
            sums[side] += area * float(np.abs(seen.smooth[rows, columns][spot]).mean())
            number += 1
    return Spots(**sums, number=number, noise_levels=seen.noise_levels)


def _even(spot: Mask, full: NDArray[np.uint8], window: tuple[slice, slice], shape: tuple[int, ...]) -> bool:
    """Whether the query is of even colour in a spot of the likeness."""
    import cv2
    import numpy as np

    rows, columns = (
        slice(int(one.start * fine), int((one.start + size) * fine) + 1)
        for one, size, fine in zip(
            window, spot.shape, (full.shape[0] / shape[0], full.shape[1] / shape[1]), strict=True
        )
    )
    shown = full[rows, columns]
    spread = cv2.dilate(shown, np.ones((3, 3))).astype(np.int16) - cv2.erode(shown, np.ones((3, 3)))
    large = cv2.resize(spot.astype(np.uint8), shown.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    return bool(large.any() and (spread[large] <= _EVEN_LEVELS).mean() >= _EVEN_SHARE)


def _side(seen: Changes, spot: Mask, ground: Mask, window: tuple[slice, slice]) -> str:
    """Which picture has a step of brightness across the outline of the spot."""
    import cv2
    import numpy as np

    inside, outside = spot.astype(np.float64), (ground & ~spot).astype(np.float64)
    share_in, share_out = np.maximum(_mean(inside), 1e-3), _mean(outside)
    rim = spot & (share_out > 0.15)
    if not rim.any():
        return "other"
    share_out = np.maximum(share_out, 1e-3)
    theirs, ours = (
        float(np.abs(_mean(one * inside) / share_in - _mean(one * outside) / share_out)[rim].mean())
        for one in (seen.theirs[window], seen.ours[window])
    )
    sided = math.log((theirs + _STEP_FLOOR_LEVELS) / (ours + _STEP_FLOOR_LEVELS))
    if sided < -_SIDED:
        return "come"
    shape = spot.astype(np.uint8)
    around = cv2.dilate(shape, np.ones((_WINDOW_PX, _WINDOW_PX))) > 0
    ring = (cv2.dilate(shape, np.ones((5, 5))) > 0) & ~(cv2.erode(shape, np.ones((3, 3))) > 0)
    # What is made coarse or blurred loses its outlines too, but on average it stays as bright as it was.
    off = seen.off[window][around]
    net = abs(float(off.sum())) / max(float(np.abs(off).sum()), 1e-6)
    surrounded = float(seen.looked[window][ring].mean())
    return "gone" if sided > _SIDED and net > _NET and surrounded > _SURROUNDED else "other"


def _mean(plane: NDArray[Any]) -> Floats:
    import cv2
    import numpy as np

    return np.asarray(cv2.blur(plane, (_WINDOW_PX, _WINDOW_PX)), np.float64)
