"""What is left between two pictures that lie on one another at full resolution: changes, and the grain.

Two frames of a camera at rest agree like a copy but for what moved, and for the grain of the sensor, which is another
in every exposure. At full resolution a pedestrian far down a street is some twenty pixels high, where the likeness of
a set has two or three. A copy has one grain with its reference as far as saving and scaling let it through, also when a
part of it was replaced, so grain is compared where nothing changed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ..points.blocks import cut
from ..points.shifts import BLOCK_PX, Shifts, shifts
from .differences import differing, unexplained
from .displaced import displaced
from .outlined import outlined
from .painted import painted
from .registered import Registered
from .repeated import repeated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Plane = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_TEXTURED, _HELD_FROM, _LEAST_CORNER, _LEAST_HELD = 4.0, 0.5, 4.0, 6
_ALIKE, _UNKNOWN_PX = 0.7, 9.0
_NEIGHBOURS_PX = 25.0
_FLAT_SHARE, _FLAT_LEVELS, _GRAIN_BLOCK_PX, _LEAST_FLAT = 0.4, 6.0, 8, 30
_PLAIN_PX, _APART_PX, _BANDS_PX = 1.5, 9, (0.7, 1.4, 2.8)
_UNKNOWN_GRAIN = 0.8, 0.9, 0.95
_EVEN, _LEAST_APART, _UNKNOWN_UNEVEN = 0.93, 10, 0.2
_CHANGED, _STILL_ALIKE, _UNKNOWN_REPLACED = 0.02, 0.5, 1.0
_MARKED_AREA, _EXACT_UNEVEN, _EXACT_SHIFT_PX, _EXACT_SHARED = 300.0, 0.02, 0.6, 0.1
"""Only where much differs, and all else lies exactly and is alike, is it asked whether what differs repeats, and only
where all else does, whether it is paint."""
_PAINTED_FINE = 0.5
"""Two exposures have two grains, as far as saving left any (two of 16 frames at rest: 0.10 and 0.11)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left. Of changes as in Outlined."""

    gone: float = 0.0
    come: float = 0.0
    number_gone: int = 0
    number_come: int = 0
    specks: int = 0
    area: float = 0.0
    largest: float = 0.0
    displaced: float = 0.0
    """Share of the most changed blocks of the query that stand elsewhere in what changed of the reference."""
    noise_levels: float = 0.0
    """The usual difference (1.4826 times the median: the standard deviation of a normal error)."""
    soft: bool = False
    """The query is blurred far beyond the reference."""
    folded: bool = False
    """As in Registered."""
    fine: float = 0.8
    """Correlation of detail finer than 0.7 pixels where the picture is plain: the same exposure, or another."""
    middling: float = 0.9
    """The same of detail between 0.7 and 1.4 pixels."""
    coarse: float = 0.95
    """The same of detail between 1.4 and 2.8 pixels."""
    uneven: float = 0.2
    """Share of blocks with content and outside the changes that correlate less than 0.93."""
    replaced: float = 1.0
    """Share of the changes, where either picture has content, in blocks that correlate less than 0.5."""
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
    repeated: float = 0.0
    """How well what differs lies on itself in two directions (repeated.py); 0 where that was not asked."""
    painted: float = 0.0
    """Share of what one of both has more that is paint (painted.py); 0 where that was not asked."""


def left(found: Registered) -> Left:
    """Measure."""
    import numpy as np

    off = unexplained(found)
    beyond = differing(off, found)
    seen = outlined(found, beyond)
    lying, (fine, middling, coarse) = _lying(found, seen.mask), _grain(found, seen.mask)
    exact = _exact(lying)
    return Left(
        gone=seen.gone,
        come=seen.come,
        number_gone=seen.number_gone,
        number_come=seen.number_come,
        specks=seen.specks,
        area=seen.area,
        largest=seen.largest,
        displaced=displaced(found.ours, found.theirs, off, seen.mask),
        noise_levels=1.4826 * float(np.median(np.abs(off[found.looked]))),
        soft=found.soft,
        folded=found.folded,
        fine=fine,
        middling=middling,
        coarse=coarse,
        uneven=lying.uneven,
        replaced=lying.replaced,
        blocks=lying.blocks,
        alike=lying.alike,
        median=lying.median,
        shift_px=lying.shift_px,
        shared_shift=lying.shared_shift,
        repeated=repeated(off, found.looked, seen.mask) if exact and seen.area >= _MARKED_AREA else 0.0,
        painted=painted(found, off, beyond, seen) if exact and fine >= _PAINTED_FINE else 0.0,
    )


def _exact(lying: _Lying) -> bool:
    """Whether all but what differs lies exactly and is alike, so that something laid over may be all that differs."""
    lies = lying.shift_px <= _EXACT_SHIFT_PX and lying.shared_shift <= _EXACT_SHARED
    return lies and lying.uneven <= _EXACT_UNEVEN


def _grain(found: Registered, changed: Mask) -> tuple[float, float, float]:
    """Correlation of detail of three finenesses over the plainer blocks outside the changes."""
    import cv2
    import numpy as np

    apart = found.looked & (cv2.dilate(changed.astype(np.uint8), np.ones((_APART_PX, _APART_PX))) == 0)
    whole = cut(apart, _GRAIN_BLOCK_PX).min(axis=1) > 0
    if whole.sum() < _LEAST_FLAT:
        return _UNKNOWN_GRAIN
    soft = cut(cv2.GaussianBlur(found.plain, (0, 0), _PLAIN_PX), _GRAIN_BLOCK_PX)[whole]
    spread = soft.max(axis=1) - soft.min(axis=1)
    plain = spread <= max(float(np.quantile(spread, _FLAT_SHARE)), _FLAT_LEVELS)
    told = []
    for one, other in zip(_bands(found.ours), _bands(found.theirs), strict=True):
        ours, theirs = (cut(plane, _GRAIN_BLOCK_PX)[whole][plain] for plane in (one, other))
        power, others, product = (ours**2).sum(axis=1), (theirs**2).sum(axis=1), (ours * theirs).sum(axis=1)
        usual = power + others <= np.quantile(power + others, 0.9)
        told.append(float(product[usual].sum() / math.sqrt(power[usual].sum() * others[usual].sum() + 1e-9)))
    return told[0], told[1], told[2]


def _bands(plane: Plane) -> list[Plane]:
    """Detail from fine to coarse."""
    import cv2

    soft = [plane, *(cv2.GaussianBlur(plane, (0, 0), radius) for radius in _BANDS_PX)]
    return [finer - coarser for finer, coarser in pairwise(soft)]


@dataclass(frozen=True, slots=True)
class _Lying:
    """How alike blocks are, and how they lie; as in Left."""

    uneven: float
    replaced: float
    blocks: int
    alike: float
    median: float
    shift_px: float
    shared_shift: float


def _lying(found: Registered, changed: Mask) -> _Lying:
    import cv2
    import numpy as np

    seen = shifts(found.ours, found.theirs, found.looked)
    near = cv2.dilate(changed.astype(np.uint8), np.ones((BLOCK_PX + 1, BLOCK_PX + 1))) > 0
    columns, rows = np.rint(seen.middle).astype(int).T
    apart = seen.correlation[(seen.spread > _TEXTURED) & ~near[rows, columns]]
    uneven = float((apart < _EVEN).mean()) if len(apart) > _LEAST_APART else _UNKNOWN_UNEVEN
    replaced = _replaced(found.ours, seen, changed)
    content = seen.correlation[seen.spread > _TEXTURED]
    alike, median = (float((content > _ALIKE).mean()), float(np.median(content))) if len(content) else (0.0, 0.0)
    held = (seen.correlation > _HELD_FROM) & (seen.corner > _LEAST_CORNER)
    if held.sum() < _LEAST_HELD:
        return _Lying(uneven, replaced, len(content), alike, median, _UNKNOWN_PX, _UNKNOWN_PX)
    moved, middle = np.clip(seen.shift_px[held], -3, 3), seen.middle[held]
    away = np.hypot(*(middle[:, None] - middle[None]).transpose(2, 0, 1))
    beside = (away > 0) & (away < _NEIGHBOURS_PX)
    products = moved[:, None, 0] * moved[None, :, 0] + moved[:, None, 1] * moved[None, :, 1]
    far = float(np.percentile(np.hypot(*moved.T), 80))
    shared = float(products[beside].sum()) / max(1, int(beside.sum()))
    return _Lying(uneven, replaced, len(content), alike, median, far, shared)


def _replaced(ours: Plane, seen: Shifts, changed: Mask) -> float:
    """As in Left. What moves leaves other things in a block; tones, folds and wear leave what the block showed."""
    import numpy as np

    across = changed.shape[1] // BLOCK_PX
    columns, rows = np.rint((seen.middle + 0.5) / BLOCK_PX - 0.5).astype(int).T
    share = cut(changed, BLOCK_PX).mean(axis=1)[rows * across + columns]
    chosen = np.flatnonzero(share > _CHANGED)
    spread = cut(ours, BLOCK_PX)[(rows * across + columns)[chosen]].std(axis=1)
    chosen = chosen[np.maximum(seen.spread[chosen], spread) > _TEXTURED]
    total = float(share[chosen].sum())
    other = seen.correlation[chosen] < _STILL_ALIKE
    return float(share[chosen][other].sum()) / total if total else _UNKNOWN_REPLACED
