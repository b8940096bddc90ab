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
from typing import TYPE_CHECKING, Any

from . import differences
from .registered import Registered, fine, shifts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_TEXTURED, _HELD_FROM, _LEAST_CORNER, _LEAST_HELD = 4.0, 0.5, 4.0, 6
_ALIKE, _UNKNOWN_PX = 0.7, 9.0
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
    noise_levels: float = 0.0
    """The usual difference (1.4826 times the median: the standard deviation of a normal error)."""
    soft: bool = False
    """The query is blurred far beyond the reference."""
    grain: float = 1.0
    """Correlation of the finest detail where the picture is plain: the same exposure, or another."""
    blocks: int = 0
    """Blocks of 16 pixels with content."""
    alike: float = 0.0
    """Share of them with a correlation above 0.7."""
    median: float = 0.0
    """Their median correlation."""
    shift_px: float = 9.0
    """80 of 100 of those that say where they lie are nearer than this to where the transform puts them."""
    shared_shift: float = 9.0
    """Mean product of the shifts of neighbouring blocks: noise is near 0, depth and another view are not."""


def left(found: Registered) -> Left:
    """Measure."""
    import numpy as np

    seen = differences.spots(found)
    gone, come, other = (sum(one.sum for one in seen if one.side == side) for side in ("gone", "come", "other"))
    changes = differences.changes(seen)
    every = [total for one in changes.values() for total in one]
    lying = _lying(found)
    return Left(
        gone=gone,
        come=come,
        other=other,
        changes_gone=sum(changes["gone"]),
        changes_come=sum(changes["come"]),
        changes_mixed=sum(changes["mixed"]),
        number_gone=len(changes["gone"]),
        number_come=len(changes["come"]),
        number_mixed=len(changes["mixed"]),
        largest=max(every, default=0.0) / max(sum(every), 100.0),
        noise_levels=1.4826 * float(np.median(np.abs(differences.unexplained(found)[found.looked]))),
        soft=found.soft,
        grain=_grain(found),
        blocks=lying.blocks,
        alike=lying.alike,
        median=lying.median,
        shift_px=lying.shift_px,
        shared_shift=lying.shared_shift,
    )


def _grain(found: Registered) -> float:
    """Correlation of the finest detail over the plainer blocks."""
    import cv2
    import numpy as np

    height, width = found.ours.shape
    side = _GRAIN_BLOCK_PX
    down, across = height // side, width // side

    def cut(plane: NDArray[Any]) -> Floats:
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


@dataclass(frozen=True, slots=True)
class _Lying:
    """How alike blocks are, and how they lie; as in Left."""

    blocks: int
    alike: float
    median: float
    shift_px: float
    shared_shift: float


def _lying(found: Registered) -> _Lying:
    import numpy as np

    seen = shifts(found)
    content = seen.correlation[seen.spread > _TEXTURED]
    alike, median = (float((content > _ALIKE).mean()), float(np.median(content))) if len(content) else (0.0, 0.0)
    held = (seen.correlation > _HELD_FROM) & (seen.corner > _LEAST_CORNER)
    if held.sum() < _LEAST_HELD:
        return _Lying(len(content), alike, median, _UNKNOWN_PX, _UNKNOWN_PX)
    moved, middle = np.clip(seen.shift_px[held], -3, 3), seen.middle[held]
    apart = np.hypot(*(middle[:, None] - middle[None]).transpose(2, 0, 1))
    near = (apart > 0) & (apart < _NEIGHBOURS_PX)
    products = moved[:, None, 0] * moved[None, :, 0] + moved[:, None, 1] * moved[None, :, 1]
    far = float(np.percentile(np.hypot(*moved.T), 80))
    return _Lying(len(content), alike, median, far, float(products[near].sum()) / max(1, int(near.sum())))
