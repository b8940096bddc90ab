"""Which point of the query goes with which of the reference, before any transform is known and under one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...fingerprint.local.detect import Points
from ...fingerprint.local.encode import Coded
from . import geometry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rows = NDArray[np.int64]

MOST_PAIRS = 300
_LIKE, _GUIDED_LIKE = 0.42, 0.30
"""Least likeness of a pair, alone and under a transform; equal points have about 0.9, strangers are around 0."""
_AHEAD = 0.06
_SCALE, _TURN_DEG = 1.7, 35.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sides:
    """The points of both pictures and how alike each two are."""

    query_xy: Floats
    query_size_px: Floats
    query_angle_deg: Floats
    reference_xy: Floats
    reference_size_px: Floats
    reference_angle_deg: Floats
    likeness: NDArray[np.float32]
    """Shape (query points, reference points): 1 would be the same point, strangers are near 0."""
    alike: Pairs
    """All pairs that a transform could confirm, in the order (query point, reference point)."""
    enlarging: Floats
    """Logarithm of the size of the reference point over that of the query point, for each of these pairs."""
    turning_deg: Floats
    """Direction of the reference point less that of the query point, for each of these pairs."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Pairs of points: their numbers on both sides and their likeness."""

    query: Rows
    reference: Rows
    likeness: NDArray[np.float32]

    def __len__(self) -> int:
        """How many."""
        return len(self.query)

    def chosen(self, rows: NDArray[np.bool_] | Rows) -> Pairs:
        """Some of them."""
        return Pairs(query=self.query[rows], reference=self.reference[rows], likeness=self.likeness[rows])


def sides(points: Points, projections: NDArray[np.float32], kept: Coded) -> Sides:
    """Set both pictures side by side.

    Likeness is the share of a query point's distances from the cuts that lie on the reference point's sides, from -1
    to 1: whole numbers below 2**24 are multiplied, so it is the same on every machine. OpenCV multiplies matrices of
    this size on one thread; the waiting of BLAS threads for each other costs ten times as much.
    """
    import cv2
    import numpy as np

    likeness = np.asarray(cv2.gemm(projections, kept.signs, 1, None, 0, flags=cv2.GEMM_2_T), np.float32)  # type: ignore[call-overload,unused-ignore]
    likeness /= np.maximum(np.abs(projections).sum(axis=1, keepdims=True), 1)
    query, reference = np.divmod(np.flatnonzero(likeness >= _GUIDED_LIKE), max(likeness.shape[1], 1))
    query_size_px, reference_size_px = points.size_px.astype(np.float64), kept.size_px.astype(np.float64)
    query_angle_deg, reference_angle_deg = points.angle_deg.astype(np.float64), kept.angle_deg.astype(np.float64)
    return Sides(
        query_xy=points.xy.astype(np.float64),
        query_size_px=query_size_px,
        query_angle_deg=query_angle_deg,
        reference_xy=kept.xy.astype(np.float64),
        reference_size_px=reference_size_px,
        reference_angle_deg=reference_angle_deg,
        likeness=likeness,
        alike=Pairs(query=query, reference=reference, likeness=likeness[query, reference]),
        enlarging=np.log(reference_size_px)[reference] - np.log(query_size_px)[query],
        turning_deg=reference_angle_deg[reference] - query_angle_deg[query],
    )


def tentative(both: Sides) -> Pairs:
    """Pairs by likeness alone: the best of a query point or of a reference point, ahead of the second best."""
    import numpy as np

    like = both.likeness
    if min(like.shape) < 2:
        return Pairs(query=np.empty(0, np.int64), reference=np.empty(0, np.int64), likeness=np.empty(0, np.float32))
    # Only points with a like one can have a pair, and who is ahead matters to no other.
    rows, columns = np.flatnonzero(like.max(axis=1) >= _LIKE), np.flatnonzero(like.max(axis=0) >= _LIKE)
    forward, ahead = _best(like[rows])
    backward, ahead_backward = _best(np.ascontiguousarray(like[:, columns].T))
    chosen = np.zeros(like.shape, np.float32)
    chosen[rows, forward] += ahead
    chosen[backward, columns] += ahead_backward
    partner = np.full(like.shape[1], -1, np.int64)
    partner[columns] = backward
    mutual = partner[forward] == rows
    chosen[rows[mutual], forward[mutual]] += _AHEAD
    query, reference = np.divmod(np.flatnonzero(chosen >= _AHEAD), like.shape[1])
    best = np.argsort(-chosen[query, reference], kind="stable")[:MOST_PAIRS]
    query, reference = query[best], reference[best]
    return Pairs(query=query, reference=reference, likeness=like[query, reference])


def around(both: Sides, transform: Floats, reach_px: float) -> Sides:
    """Both sides with only those pairs that a transform near this one could confirm."""
    import numpy as np

    scaled, turned = _apart(both, transform)
    near = np.flatnonzero((scaled <= 2 * np.log(_SCALE)) & (turned <= 2 * _TURN_DEG))
    near = near[_away(both, transform, near) <= reach_px**2]
    return replace(
        both, alike=both.alike.chosen(near), enlarging=both.enlarging[near], turning_deg=both.turning_deg[near]
    )


def guided(both: Sides, transform: Floats, tolerance_px: float) -> Pairs:
    """Pairs that a transform (query to reference) brings together, each point once: mutually the most alike."""
    import numpy as np

    query, reference = both.alike.query, both.alike.reference
    scaled, turned = _apart(both, transform)
    near = np.flatnonzero((scaled <= np.log(_SCALE)) & (turned <= _TURN_DEG))
    near = near[_away(both, transform, near) <= tolerance_px**2]
    # Sorted by likeness, the first pair of a query point that is also the first of its reference point is mutual.
    order = near[np.argsort(-both.alike.likeness[near], kind="stable")]
    first = _firsts(query[order], len(both.query_xy)) & _firsts(reference[order], len(both.reference_xy))
    return both.alike.chosen(np.sort(order[first]))


def _best(like: NDArray[np.float32]) -> tuple[Rows, NDArray[np.float32]]:
    """The most alike column of every row, and how far it is ahead of the second."""
    import numpy as np

    rows = np.arange(like.shape[0])
    best = like.argmax(axis=1)
    rest = like.copy()
    rest[rows, best] = -2
    return best, like[rows, best] - rest.max(axis=1)


def _firsts(numbers: Rows, most: int) -> NDArray[np.bool_]:
    """Where each number, below `most`, stands for the first time."""
    import numpy as np

    places = np.arange(len(numbers))
    first = np.empty(most, np.int64)
    first[numbers[::-1]] = places[::-1]
    return np.asarray(first[numbers] == places)


def _apart(both: Sides, transform: Floats) -> tuple[Floats, Floats]:
    """How far each pair is from a transform in size, as a logarithm, and in direction, in degrees."""
    import numpy as np

    scale, _, turn_deg = geometry.stretch(transform, both.query_xy.mean(axis=0))
    scaled = np.abs(both.enlarging - np.log(max(abs(scale), 1e-9)))
    return scaled, np.abs((both.turning_deg - turn_deg + 180) % 360 - 180)


def _away(both: Sides, transform: Floats, rows: Rows) -> Floats:
    """How far a transform leaves the points of these pairs from one another, squared."""
    import numpy as np

    moved = geometry.apply(transform, both.query_xy)
    moved = np.where(np.isfinite(moved), moved, 1e9)
    off = moved[both.alike.query[rows]] - both.reference_xy[both.alike.reference[rows]]
    return np.asarray((off**2).sum(axis=1))
