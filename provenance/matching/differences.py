"""Compact differences between two pictures that lie on one another at full resolution, and what each of them is.

In which picture a thing stands is told by the step of brightness across the outline of a spot (moments.py). Spots near
one another are one change: a sticker over a thing is one, a passer-by that went on is two.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .registered import Registered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_LIKENESS_PX = 128
_TIMES, _TIMES_USUAL, _LEAST_LEVELS = 3.0, 3.5, 8.0
_LEAST_ERROR_LEVELS, _LEAST_STEP_SHARE = 1.5, 0.12
_SLOW_SHARE, _MOST_SLOW_LEVELS, _SLOW_CLIP_LEVELS = 0.25, 20.0, 30.0
_LEAST_SPOT_PX = 12
_EVEN_LEVELS, _EVEN_SHARE = 4, 0.7
_SAMPLED_PX = 20000
_LARGE_PX = 50
"""At a longer side of 128: half a hundredth of the picture."""
_STEP_FLOOR_LEVELS, _SIDED, _NET = 3.0, 0.5, 0.45
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Spot:
    """A compact difference of one sign."""

    change: int
    """The number of the change that it is a part of."""
    sum: float
    """Pixels at a longer side of 128, times grey levels."""
    side: str
    """"gone", "come", "other", or "even" for what is drawn in an even colour."""


def spots(found: Registered) -> list[Spot]:
    """Compact differences, brighter and darker ones apart."""
    import cv2
    import numpy as np

    off = unexplained(found)
    differing, smooth = _differing(off, found)
    ground = cv2.dilate(differing.astype(np.uint8), np.ones((3, 3))) == 0
    unit = max(off.shape) / _LIKENESS_PX
    margin = max(3, round(2 * unit))
    _, together = cv2.connectedComponents(
        cv2.dilate(differing.astype(np.uint8), np.ones((2 * margin - 1, 2 * margin - 1))), connectivity=8
    )
    found_spots: list[Spot] = []
    for sign in (1, -1):
        opened = cv2.morphologyEx((differing & (sign * smooth > 0)).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2)))
        sided = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((3, 3)))
        count, labels, table, _ = cv2.connectedComponentsWithStats(sided, connectivity=8)
        for label in range(1, count):
            x, y, width, height, area = table[label].tolist()
            if area < _LEAST_SPOT_PX:
                continue
            window = (
                slice(max(0, y - margin), y + height + margin),
                slice(max(0, x - margin), x + width + margin),
            )
            spot = labels[window] == label
            side = _side(found, off[window], spot, ground[window], window)
            size = area * float(np.abs(smooth[window][spot]).mean()) / unit**2
            found_spots.append(Spot(int(np.bincount(together[window][spot]).argmax()), size, side))
    return found_spots


def unexplained(found: Registered) -> Plane:
    """The difference, the reference less the query, without light that changes slowly across the picture."""
    off = found.theirs - found.ours
    result: Plane = off - _slow(off, found.looked)
    return result


def _differing(off: Plane, found: Registered) -> tuple[Mask, Plane]:
    """Where the difference is beyond the usual one, which is larger at edges, and the difference averaged."""
    import cv2
    import numpy as np

    edges = cv2.dilate(np.minimum(_steps(found.ours), _steps(found.theirs)), np.ones((3, 3)))
    places = np.flatnonzero(found.looked)
    places = places[:: max(1, len(places) // _SAMPLED_PX)]
    plain, by_edge = _usual(np.abs(off.reshape(-1)[places]), edges.reshape(-1)[places])
    usual = np.hypot(max(plain, _LEAST_ERROR_LEVELS), max(by_edge, _LEAST_STEP_SHARE) * edges)
    smooth = np.asarray(cv2.blur(off, (3, 3)), np.float32)
    times = np.abs(smooth) / usual
    limit = max(_TIMES, _TIMES_USUAL * 1.4826 * float(np.median(times.reshape(-1)[places])))
    return np.asarray(found.looked & (times > limit) & (np.abs(smooth) > _LEAST_LEVELS)), smooth


def _usual(away: NDArray[Any], edges: NDArray[Any]) -> tuple[float, float]:
    """The usual error on even ground and how it grows with the step of brightness, from medians of five parts."""
    import numpy as np

    bounds = np.quantile(edges, (0, 0.25, 0.5, 0.75, 0.9, 1))
    steps, errors = [], []
    for low, high in pairwise(bounds.tolist()):
        part = (edges >= low) & (edges <= high)
        if part.sum() > 50:
            steps.append(float(np.median(edges[part])))
            errors.append(1.4826 * float(np.median(away[part])))
    x, y = np.array(steps), np.array(errors)
    if len(x) < 3 or x.std() <= 0.1:
        return max(1.0, 1.4826 * float(np.median(away))), 0.2
    growth = max(0.0, float(((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()))
    return max(1.0, float(np.median(y - growth * x))), growth


def _steps(plane: Plane) -> Plane:
    import cv2
    import numpy as np

    soft = cv2.GaussianBlur(plane, (0, 0), 0.7)
    across, down = (cv2.Sobel(soft, cv2.CV_32F, dx, 1 - dx, scale=1 / 8) for dx in (1, 0))
    return np.asarray(cv2.magnitude(across, down), np.float32)


def _slow(off: Plane, looked: Mask) -> Plane:
    """Light that changes slowly across the picture."""
    import cv2
    import numpy as np

    side = max(9, round(max(off.shape) * _SLOW_SHARE) | 1)
    cut = np.where(looked, np.clip(off, -_SLOW_CLIP_LEVELS, _SLOW_CLIP_LEVELS), 0).astype(np.float32)
    mean = cv2.blur(cut, (side, side)) / np.maximum(cv2.blur(looked.astype(np.float32), (side, side)), 0.05)
    return np.asarray(np.clip(mean, -_MOST_SLOW_LEVELS, _MOST_SLOW_LEVELS), np.float32)


def _side(found: Registered, off: Plane, spot: Mask, ground: Mask, window: tuple[slice, slice]) -> str:
    """Which picture has a step of brightness across the outline: "gone", "come", "other"; "even" for drawn ones."""
    import cv2
    import numpy as np

    theirs, ours = found.theirs[window], found.ours[window]
    wide = 2 * max(3, round(2 * max(found.ours.shape) / _LIKENESS_PX)) + 1

    def mean(plane: Plane) -> Plane:
        return np.asarray(cv2.blur(plane, (wide, wide)), np.float32)

    side = "other"
    inside, outside = spot.astype(np.float32), (ground & ~spot).astype(np.float32)
    share_in, share_out = np.maximum(mean(inside), 1e-3), mean(outside)
    rim = spot & (share_out > 0.1)
    if rim.any():
        share_out = np.maximum(share_out, 1e-3)
        first, second = (
            float(np.abs(mean(one * inside) / share_in - mean(one * outside) / share_out)[rim].mean())
            for one in (theirs, ours)
        )
        sided = math.log((first + _STEP_FLOOR_LEVELS) / (second + _STEP_FLOOR_LEVELS))
        around = off[cv2.dilate(spot.astype(np.uint8), np.ones((5, 5))) > 0]
        net = abs(float(around.sum())) / max(float(np.abs(around).sum()), 1e-6)
        side = "come" if sided < -_SIDED else "gone" if sided > _SIDED and net > _NET else "other"
    spread = cv2.dilate(ours, np.ones((3, 3))) - cv2.erode(ours, np.ones((3, 3)))
    even = (spread[spot] <= _EVEN_LEVELS).mean() >= _EVEN_SHARE
    # Ground is even behind a small thing that went; what is even and large is drawn.
    large = spot.sum() > _LARGE_PX * (max(found.ours.shape) / _LIKENESS_PX) ** 2
    return "even" if even and (side != "gone" or large) else side


def changes(spots: list[Spot]) -> dict[str, list[float]]:
    """Spots that lie together, by what most of them are; what is drawn in an even colour came."""
    by_change: dict[int, dict[str, float]] = {}
    for one in spots:
        sums = by_change.setdefault(one.change, {"gone": 0.0, "come": 0.0, "other": 0.0})
        sums["come" if one.side == "even" else one.side] += one.sum
    found: dict[str, list[float]] = {"gone": [], "come": [], "mixed": []}
    for sums in by_change.values():
        total = sum(sums.values())
        side = next((one for one in ("gone", "come") if sums[one] > _MOSTLY * total), "mixed")
        found[side].append(total)
    return found
