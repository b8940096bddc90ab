"""How much of a reference the picture under test shows: a post cuts a picture to its box and covers the rest.

The transform alone puts the whole frame of the reference into the picture. Its sides are moved in to where both
pictures stop looking alike, and then to the sides of an inner photograph that lies there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .looks import Shown, dense
from .outline import outline, to_asked, to_picture
from .points import geometry
from .sighted import Sighting
from .views import Box, Views, area_px

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regions:
    """What both pictures show, as polygons (n, 2)."""

    query: Floats
    """In pixels of the picture under test."""
    reference: Floats
    """In pixels of the reference as detected."""


_LEAST_CUT = 0.02
_HELD = 0.9
_AGREE = 0.75
_FILLED = 0.75
"""A box of which the outline fills less holds other things too, as a screen does that the picture is inset in."""


def shown(sighting: Sighting, boxes: Sequence[Box], size_px: tuple[int, int], seen: Shown) -> tuple[Shown, Box | None]:
    """The box of the reference that is shown, and the inner photograph that it is cut to, if one fits.

    `boxes`: the inner photographs in pixels of the picture under test, whose size is given; `seen`: by `dense`.
    """
    import numpy as np

    points = to_picture(sighting, sighting.laid.query_xy, size_px)
    by_looks = outline(sighting, size_px, seen)
    for box in boxes:
        held = ((points >= box[:2]) & (points < box[2:])).all(axis=1)
        if np.mean(held) < _HELD:
            continue
        cut = _cut(outline(sighting, size_px), box)
        if geometry.area_px(cut) < _FILLED * area_px(box):
            continue
        if _overlap(cut, by_looks) >= _AGREE or geometry.area_px(by_looks) < geometry.area_px(cut):
            return _frame(sighting), box
    return seen, None


def _cut(polygon: Floats, box: Box) -> Floats:
    """A convex polygon within a box."""
    import numpy as np

    moved = geometry.overlap(polygon - box[:2], box[2] - box[0], box[3] - box[1]) if len(polygon) > 2 else polygon[:0]
    return moved + np.array(box[:2]) if len(moved) else moved


def _overlap(first: Floats, second: Floats) -> float:
    """Intersection over union of two convex polygons."""
    if min(len(first), len(second)) < 3:
        return 0.0
    both = geometry.area_px(geometry.common(first, second))
    return both / max(geometry.area_px(first) + geometry.area_px(second) - both, 1e-9)


def cut_regions(sighting: Sighting, seen: Shown, box: Box | None, size_px: tuple[int, int]) -> Regions:
    """The regions of both pictures for a box of the reference that is shown, cut to an inner photograph."""
    import numpy as np

    found = sighting.laid
    region = outline(sighting, size_px, seen)
    if box is not None:
        region = _cut(region, box)
    asked = to_asked(sighting, region, size_px)
    if found.mirrored and len(asked):
        asked = np.column_stack([found.query_px[0] - 1 - asked[:, 0], asked[:, 1]])
    laid = geometry.apply(found.transform, asked)
    return Regions(query=region, reference=geometry.overlap(laid, *sighting.size_px) if len(laid) > 2 else laid)


def regions(sighting: Sighting, views: Views) -> Regions:
    """Where both pictures show the same, for a reference that was found in one of the views."""
    size_px = views.size_px
    view = views.seen(sighting.box_px, sighting.laid.query_px, sighting.taken_back)
    if view.query is None:
        return cut_regions(sighting, _frame(sighting), None, size_px)
    looks = dense(sighting, view.query.grey, sighting.laid.likeness_grey)
    if _near_whole(sighting, looks, size_px):
        return cut_regions(sighting, _frame(sighting), None, size_px)
    seen, box = shown(sighting, views.inner, size_px, looks)
    return cut_regions(sighting, seen, box, size_px)


def _near_whole(sighting: Sighting, looks: Shown, size_px: tuple[int, int]) -> bool:
    """Whether what looks alike is all of the outline, but for what blurs at its sides."""
    everything = geometry.area_px(outline(sighting, size_px))
    return geometry.area_px(outline(sighting, size_px, looks)) >= (1 - _LEAST_CUT) * everything


def _frame(sighting: Sighting) -> Shown:
    return 0.0, 0.0, sighting.size_px[0] - 1.0, sighting.size_px[1] - 1.0
