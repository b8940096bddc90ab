"""One candidate laid against the query: points paired, a transform fitted, the agreement measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...fingerprint.local import thumbnail
from ...fingerprint.local.encode import Query, coded
from ...model.features import Features
from . import hypotheses, pairing, scoring, settling, toning
from .agreement import Agreement, measure
from .pairing import Pairs, Sides

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Grey = NDArray[np.uint8]


_TONED_POINTS = 20
"""Pairs from which on other tones are tried: solarised copies have 30 to 130."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Laid:
    """A transform from the query, as detected and mirrored first when `mirrored`, to the reference as detected."""

    query_px: tuple[int, int]
    """Width and height of the query as detected."""
    mirrored: bool
    transform: NDArray[np.float64]
    query_xy: NDArray[np.float64]
    """Paired points, shape (n, 2), pixels of the query as detected, not mirrored."""
    reference_xy: NDArray[np.float64]
    every_xy: NDArray[np.float64]
    """All points of the reference, shape (m, 2)."""
    agreement: Agreement
    likeness_grey: NDArray[np.uint8]
    """The reference's thumbnail, in the tones of the query where only so both agree."""


def lay(query: Query, kept: Features, *, mirrored: bool) -> Laid | None:
    """Lay a reference against the query; None when no transform holds. Raises ValueError for damaged features."""
    import numpy as np

    points = query.mirrored if mirrored else query.plain
    if not kept.points or not len(points.xy):
        return None
    reference = coded(kept)
    both = pairing.sides(points, query.projections[int(mirrored)], reference)
    longest_px = max(reference.width_px, reference.height_px)
    fitted = hypotheses.fit(both, pairing.tentative(both), longest_px)
    if fitted is None:
        return None
    transform, pairs = settling.settled(both, *fitted, longest_px)
    query_grey = np.ascontiguousarray(query.grey[:, ::-1]) if mirrored else query.grey
    agreement, likeness_grey = _agreement(
        both,
        pairs,
        transform,
        query_grey,
        thumbnail.luma(kept.thumbnail),
        size_px=(reference.width_px, reference.height_px),
    )
    start = both.query_xy[pairs.query]
    if mirrored:
        start = np.column_stack([points.width_px - 1 - start[:, 0], start[:, 1]])
    return Laid(
        query_px=(points.width_px, points.height_px),
        mirrored=mirrored,
        transform=transform,
        query_xy=start,
        reference_xy=both.reference_xy[pairs.reference],
        every_xy=both.reference_xy,
        agreement=agreement,
        likeness_grey=likeness_grey,
    )


def _agreement(
    both: Sides, pairs: Pairs, transform: Floats, query_grey: Grey, likeness_grey: Grey, *, size_px: tuple[int, int]
) -> tuple[Agreement, Grey]:
    """The agreement with the likeness as it is, or in the query's tones where that says more for a copy."""
    plain = measure(both, pairs, transform, query_grey=query_grey, likeness_grey=likeness_grey, size_px=size_px)
    if scoring.margin(plain) >= 0 or len(pairs) < _TONED_POINTS:
        return plain, likeness_grey
    other_grey = toning.toned(transform, query_grey, likeness_grey, size_px)
    if other_grey is None:
        return plain, likeness_grey
    other = measure(both, pairs, transform, query_grey=query_grey, likeness_grey=other_grey, size_px=size_px)
    better = scoring.margin(other) > scoring.margin(plain)
    return (other, other_grey) if better else (plain, likeness_grey)
