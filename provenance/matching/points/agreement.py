"""How well two pictures agree under a transform: what a proof rests on, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import blocks as dense
from . import geometry
from .beyond import border
from .pairing import Pairs, Sides

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_ALIKE, _APART, _PLACED = 0.6, 0.3, 0.5
_NEIGHBOURS = 3
_LARGEST_SHIFT_PX = 2.0
_LEAST_TONES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Measured under one transform from query to reference."""

    points: int
    """Pairs of points."""
    visible: int
    """Reference points whose place lies in the query."""
    covered: int
    """Query points whose place lies in the reference."""
    found_inside: float
    """Share of the points within the hull of the paired ones that are paired, on the side that has fewer."""
    residual_share: float
    """Median distance of paired points, of the reference's longer side."""
    residual_share_80: float
    """80 of 100 pairs are nearer than this."""
    parallax: float
    """Correlation of the residuals of neighbouring points: near 0 is noise, near 1 depth or another view."""
    drift_share: float
    """How large the part of the residuals is that neighbours have in common, of the reference's longer side."""
    hull_query: float
    """Hull of the paired points as a share of the query."""
    hull_reference: float
    likeness: float
    """Mean likeness of paired points."""
    blocks: int
    """Blocks of the thumbnails that both show and that have content."""
    blocks_alike: float
    """Share of these that agree (correlation above 0.6)."""
    busy_alike: float
    """The same share of blocks with content in either picture: a plain reference has nothing to disagree with."""
    block_correlation: float
    """Median correlation of these blocks."""
    blocks_inside: int
    """Those of these blocks that lie in the hull of the paired points: a post covers what it cut away."""
    inside_alike: float
    inside_apart: float
    """Share of the blocks inside with a correlation below 0.3."""
    inside_correlation: float
    inside_best: float
    """75 of 100 blocks inside have a lower correlation."""
    shift_px: float
    """Median distance by which agreeing blocks would have to move, in pixels of the thumbnail."""
    shift_drift_px: float
    """The part of these shifts that neighbouring blocks have in common."""
    shift_agrees: float
    """That part as a share: the correlation of neighbouring shifts."""
    tone_residual: float
    """Grey levels by which the mean brightness of blocks misses one tone curve, in the median."""
    scale: float
    """Reference pixels a query pixel, both as scaled for detection."""
    stretch: float
    """Largest to least scale around the middle."""
    bend: float
    """How much the scale changes from corner to corner, as a logarithm."""
    goes_on: float
    """Share of the reference's border across which the query shows the scene going on (beyond.py)."""
    ends: float
    """Share of it across which the query shows an edge or paint."""
    reference_seen: float
    """Share of the reference that lies in the query's frame."""


def measure(
    both: Sides,
    pairs: Pairs,
    transform: Floats,
    *,
    query_grey: NDArray[np.uint8],
    likeness_grey: NDArray[np.uint8],
    size_px: tuple[int, int],
) -> Agreement:
    """Measure.

    `query_grey`: as detected, already mirrored when the pairs are; `likeness_grey`: the reference's thumbnail;
    `size_px`: width and height of the reference as detected.
    """
    import numpy as np

    start, end = both.query_xy[pairs.query], both.reference_xy[pairs.reference]
    height, width = query_grey.shape
    longest = max(size_px)
    off = geometry.apply(transform, start) - end
    distance = np.sort(np.hypot(*off.T))
    scale, ratio, _ = geometry.stretch(transform, start.mean(axis=0))
    common, own = _shared_with_neighbours(end, off, 4.0, np.inf)
    blocks = dense.compare(transform, query_grey, likeness_grey, size_px)
    inside = blocks.counted & dense.within(blocks, end, size_px)
    all_around, within = blocks.correlation[blocks.counted], blocks.correlation[inside]
    placed = blocks.counted & (blocks.correlation > _PLACED)
    shifts = np.clip(blocks.shift_px[placed], -_LARGEST_SHIFT_PX, _LARGEST_SHIFT_PX)
    drift, moved = _shared_with_neighbours(dense.places(blocks)[placed], shifts, 0.5, 1.5)
    fewer = min(_in_hull(both.query_xy, start), _in_hull(both.reference_xy, end))
    seen = geometry.overlap(geometry.apply(transform, geometry.corners(width, height)), *size_px)
    going, ending = border(transform, query_grey, blocks, size_px)
    return Agreement(
        points=len(pairs),
        visible=_inside(geometry.apply(geometry.inverse(transform), both.reference_xy), width, height),
        covered=_inside(geometry.apply(transform, both.query_xy), *size_px),
        found_inside=min(1.0, len(pairs) / max(1, fewer)),
        residual_share=float(distance[len(distance) // 2]) / longest,
        residual_share_80=float(distance[len(distance) * 4 // 5]) / longest,
        parallax=common / own,
        drift_share=max(common, 0.0) ** 0.5 / longest,
        hull_query=geometry.hull_share(start, width, height),
        hull_reference=geometry.hull_share(end, *size_px),
        likeness=float(pairs.likeness.mean()),
        blocks=len(all_around),
        blocks_alike=_share(all_around > _ALIKE),
        busy_alike=_share(blocks.correlation[blocks.busy] > _ALIKE),
        block_correlation=_quantile(all_around, 50),
        blocks_inside=len(within),
        inside_alike=_share(within > _ALIKE),
        inside_apart=_share(within < _APART),
        inside_correlation=_quantile(within, 50),
        inside_best=_quantile(within, 75),
        shift_px=_quantile(np.hypot(*shifts.T), 50) if len(shifts) else _LARGEST_SHIFT_PX,
        shift_drift_px=max(drift, 0.0) ** 0.5,
        shift_agrees=drift / moved,
        tone_residual=_off_the_tone_curve(blocks, dense.within(blocks, end, size_px)),
        scale=abs(scale),
        stretch=ratio,
        bend=_bend(transform, start),
        goes_on=going,
        ends=ending,
        reference_seen=min(1.0, geometry.area_px(seen) / (size_px[0] * size_px[1])),
    )


def _inside(xy: Floats, width: int, height: int) -> int:
    import numpy as np

    with np.errstate(invalid="ignore"):
        return int(((xy >= 0) & (xy < [width, height])).all(axis=1).sum())


def _in_hull(xy: Floats, members: Floats) -> int:
    """How many points lie in the hull of some of them."""
    import cv2
    import numpy as np

    if len(members) < 3:
        return len(members)
    hull = cv2.convexHull(np.asarray(members, np.float32)).reshape(-1, 2).astype(np.float64)
    side = np.roll(hull, -1, axis=0) - hull
    away = xy[:, None] - hull[None]
    turns = side[None, :, 0] * away[..., 1] - side[None, :, 1] * away[..., 0]
    return int(((turns >= -1e-3).all(axis=1) | (turns <= 1e-3).all(axis=1)).sum())


def _share(chosen: Mask) -> float:
    return float(chosen.mean()) if len(chosen) else 0.0


def _quantile(values: Floats, per_cent: float) -> float:
    import numpy as np

    return float(np.percentile(values, per_cent)) if len(values) else 0.0


def _shared_with_neighbours(xy: Floats, off: Floats, from_px: float, to_px: float) -> tuple[float, float]:
    """Mean product of each deviation with those of its nearest points, and mean product of their lengths.

    Points nearer than `from_px` (one spot, two directions) share their error and say nothing of depth.
    """
    import numpy as np

    if len(xy) < 2 * _NEIGHBOURS:
        return 0.0, 1.0
    apart = np.hypot(xy[:, None, 0] - xy[None, :, 0], xy[:, None, 1] - xy[None, :, 1])
    apart[(apart < from_px) | (apart > to_px)] = np.inf
    near = np.argsort(apart, axis=1, kind="stable")[:, :_NEIGHBOURS]
    there = np.isfinite(np.take_along_axis(apart, near, axis=1))
    products = (off[:, None] * off[near]).sum(axis=2)
    own = (off**2).sum(axis=1)
    norm = np.sqrt(own[:, None] * own[near])
    number = max(1, int(there.sum()))
    return float((products * there).sum()) / number, max(float((norm * there).sum()) / number, 1e-9)


def _off_the_tone_curve(blocks: dense.Blocks, inside: Mask) -> float:
    """Median distance of the blocks' brightness from one parabola between both pictures, fitted robustly."""
    import numpy as np

    chosen = blocks.seen & inside
    if chosen.sum() < _LEAST_TONES:
        return 20.0
    ours, theirs = blocks.query_mean[chosen], blocks.reference_mean[chosen]
    if ours.std() <= 1:
        return 20.0
    spread = (ours - ours.mean()) / ours.std()
    curve, weight = np.column_stack([np.ones_like(spread), spread, spread**2]), np.ones(len(spread))
    for _ in range(4):
        solved = np.linalg.lstsq(curve * weight[:, None], theirs * weight, rcond=None)[0]
        off = np.abs(theirs - curve @ solved)
        weight = 1 / np.sqrt(1 + (off / (np.median(off) + 0.5)) ** 2)
    return float(np.median(off))


def _bend(transform: Floats, xy: Floats) -> float:
    import numpy as np

    low, high = xy.min(axis=0), xy.max(axis=0)
    spots = [low, np.array([high[0], low[1]]), high, np.array([low[0], high[1]])]
    scales = [abs(geometry.stretch(transform, spot)[0]) for spot in spots]
    return float(np.log(max(*scales, 1e-6) / max(min(scales), 1e-6)))
