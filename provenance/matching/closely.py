"""What is left between two pictures that lie on one another at full resolution: moved things, laid-over things, grain.

Two frames of a camera at rest agree like a copy but for what moved, and for the grain of the sensor, which is another
in every exposure. At full resolution a pedestrian far down a street is some twenty pixels high, where the likeness of
a set has two or three. What differs by more than the usual error there, and hangs together, is a spot; in which
picture a thing stands is told by the step of brightness across its outline (moments.py). Spots near one another are
one change.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .registered import Registered, fine, shifts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Plane = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_LIKENESS_PX = 128
"""Sums are of pixels at this size, as those of moments.py are."""
_TIMES, _TIMES_USUAL, _LEAST_LEVELS = 3.0, 3.5, 8.0
_LEAST_ERROR_LEVELS, _LEAST_STEP_SHARE = 1.5, 0.12
_SLOW_SHARE, _MOST_SLOW_LEVELS, _SLOW_CLIP_LEVELS = 0.25, 20.0, 30.0
_LEAST_SPOT_PX = 12
_EVEN_LEVELS, _EVEN_SHARE = 4, 0.7
_STEP_FLOOR_LEVELS, _SIDED, _NET = 3.0, 0.5, 0.45
_MOSTLY = 0.6
_TEXTURED, _HELD_FROM, _LEAST_CORNER, _LEAST_HELD = 4.0, 0.5, 4.0, 6
_ALIKE = 0.7
_NEIGHBOURS_PX = 25.0
_FLAT_SHARE, _GRAIN_BLOCK_PX, _LEAST_FLAT = 0.4, 8, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left. Sums are of pixels at a longer side of 128, times grey levels."""

    gone: float = 0.0
    """Spots in which the reference shows a thing and the query the ground behind it."""
    come: float = 0.0
    other: float = 0.0
    """Spots in which both or neither do."""
    changes_gone: float = 0.0
    """Changes, spots that lie together, of which most is gone."""
    changes_come: float = 0.0
    changes_mixed: float = 0.0
    number_gone: int = 0
    number_come: int = 0
    number_mixed: int = 0
    largest: float = 0.0
    """The largest change, as a share of all, or of 100 where all are less."""
    grain: float = 1.0
    """Correlation of the finest detail where the picture is plain: the same exposure, or another."""
    blocks: int = 0
    """Blocks of 16 pixels with content."""
    alike: float = 0.0
    """Share of them with a correlation above 0.7."""
    median: float = 0.0
    """Their median correlation."""
    held: int = 0
    """Blocks that say where they lie."""
    shift_px: float = 9.0
    """80 of 100 of these lie nearer than this to where the transform puts them."""
    shared_shift: float = 9.0
    """Mean product of the shifts of neighbouring blocks: noise is near 0, depth and another view are not."""


def left(found: Registered) -> Left:
    """Measure."""
    spots = _spots(found)
    sums = {side: sum(one.sum for one in spots if one.side == side) for side in ("gone", "come", "other")}
    changes = _changes(spots)
    every = [total for one in changes.values() for total in one]
    return Left(
        **sums,
        **{f"changes_{side}": sum(one) for side, one in changes.items()},
        **{f"number_{side}": len(one) for side, one in changes.items()},
        largest=max(every, default=0.0) / max(sum(every), 100.0),
        grain=_grain(found),
        **_laid(found),
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    change: int
    sum: float
    side: str


def _spots(found: Registered) -> list[_Spot]:
    """Compact differences, brighter and darker ones apart."""
    import cv2
    import numpy as np

    off = found.theirs - found.ours
    off = off - _slow(off, found.looked)
    differing, smooth = _differing(off, found)
    ground = cv2.dilate(differing.astype(np.uint8), np.ones((3, 3))) == 0
    unit = max(off.shape) / _LIKENESS_PX
    margin = max(3, round(2 * unit))
    _, together = cv2.connectedComponents(
        cv2.dilate(differing.astype(np.uint8), np.ones((2 * margin - 1, 2 * margin - 1))), connectivity=8
    )
    spots = []
    for sign in (1, -1):
        sided = (differing & (sign * smooth > 0)).astype(np.uint8)
        sided = cv2.morphologyEx(sided, cv2.MORPH_OPEN, np.ones((2, 2)))
        sided = cv2.morphologyEx(sided, cv2.MORPH_CLOSE, np.ones((3, 3)))
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
            spots.append(_Spot(int(np.bincount(together[window][spot]).argmax()), size, side))
    return spots


def _differing(off: Plane, found: Registered) -> tuple[Mask, Plane]:
    """Where the difference is beyond the usual one, which is larger at edges, and the difference averaged."""
    import cv2
    import numpy as np

    edges = cv2.dilate(np.minimum(_steps(found.ours), _steps(found.theirs)), np.ones((3, 3)))
    plain, by_edge = _usual(np.abs(off[found.looked]), edges[found.looked])
    usual = np.hypot(max(plain, _LEAST_ERROR_LEVELS), max(by_edge, _LEAST_STEP_SHARE) * edges)
    smooth = np.asarray(cv2.blur(off, (3, 3)), np.float32)
    times = np.abs(smooth) / usual
    limit = max(_TIMES, _TIMES_USUAL * 1.4826 * float(np.median(times[found.looked])))
    return np.asarray(found.looked & (times > limit) & (np.abs(smooth) > _LEAST_LEVELS)), smooth


def _usual(away: Plane, edges: Plane) -> tuple[float, float]:
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
    return "even" if even and side != "gone" else side


def _changes(spots: list[_Spot]) -> dict[str, list[float]]:
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


def _grain(found: Registered) -> float:
    """Correlation of the finest detail over the plainer blocks."""
    import cv2
    import numpy as np

    height, width = found.ours.shape
    side = _GRAIN_BLOCK_PX
    down, across = height // side, width // side

    def cut(plane: Plane) -> Floats:
        whole = np.asarray(plane[: down * side, : across * side], np.float64)
        return whole.reshape(down, side, across, side).swapaxes(1, 2).reshape(-1, side * side)

    whole = cut(found.looked.astype(np.float32)).min(axis=1) > 0
    if whole.sum() < _LEAST_FLAT:
        return 0.8
    soft = cut(cv2.GaussianBlur(found.theirs, (0, 0), 1.5))[whole]
    spread = soft.max(axis=1) - soft.min(axis=1)
    plain = spread <= max(float(np.quantile(spread, _FLAT_SHARE)), 6.0)
    ours, theirs = (cut(fine(one))[whole][plain] for one in (found.ours, found.theirs))
    power, other, product = (ours**2).sum(axis=1), (theirs**2).sum(axis=1), (ours * theirs).sum(axis=1)
    usual = power + other <= np.quantile(power + other, 0.9)
    return float(product[usual].sum() / math.sqrt(power[usual].sum() * other[usual].sum() + 1e-9))


def _laid(found: Registered) -> dict[str, float]:
    """How alike blocks are, and how they lie."""
    import numpy as np

    seen = shifts(found)
    content = seen.correlation[seen.spread > _TEXTURED]
    held = (seen.correlation > _HELD_FROM) & (seen.corner > _LEAST_CORNER)
    measured: dict[str, float] = {"blocks": len(content), "held": int(held.sum())}
    if len(content):
        measured |= {"alike": float((content > _ALIKE).mean()), "median": float(np.median(content))}
    if measured["held"] >= _LEAST_HELD:
        moved, middle = np.clip(seen.shift_px[held], -3, 3), seen.middle[held]
        apart = np.hypot(*(middle[:, None] - middle[None]).transpose(2, 0, 1))
        near = (apart > 0) & (apart < _NEIGHBOURS_PX)
        products = moved[:, None, 0] * moved[None, :, 0] + moved[:, None, 1] * moved[None, :, 1]
        measured["shift_px"] = float(np.percentile(np.hypot(*moved.T), 80))
        measured["shared_shift"] = float(products[near].sum()) / max(1, int(near.sum()))
    return measured
