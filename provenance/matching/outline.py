"""Where a reference lies in the picture under test, and how much of it is shown there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .points import geometry
from .sighted import Sighting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def outline(
    sighting: Sighting, size_px: tuple[int, int], shown: tuple[float, float, float, float] | None = None
) -> Floats:
    """The polygon in pixels of the picture under test, whose size is given, in which the reference is shown.

    `shown`: x0, y0, x1, y1 of the reference as detected, where not all of it is; None is its whole frame. Cut at the
    edges of what was asked.
    """
    import numpy as np

    found = sighting.laid
    frame = geometry.corners(*sighting.size_px) if shown is None else corners_of(shown)
    back = geometry.inverse(found.transform)
    polygon = geometry.overlap(geometry.apply(back, frame), *found.query_px)
    if found.mirrored and len(polygon):
        polygon = np.column_stack([found.query_px[0] - 1 - polygon[:, 0], polygon[:, 1]])
    return to_picture(sighting, polygon, size_px)


def to_picture(sighting: Sighting, xy: Floats, size_px: tuple[int, int]) -> Floats:
    """Points of what was asked, as detected, in pixels of the whole picture under test."""
    x0, y0, x1, y1 = sighting.box_px or (0, 0, *size_px)
    return xy * factors(sighting.laid.query_px, (x1 - x0, y1 - y0)) + (x0, y0)


def to_asked(sighting: Sighting, xy: Floats, size_px: tuple[int, int]) -> Floats:
    """Points of the whole picture under test in pixels of what was asked, as detected."""
    x0, y0, x1, y1 = sighting.box_px or (0, 0, *size_px)
    return (xy - (x0, y0)) * factors((x1 - x0, y1 - y0), sighting.laid.query_px)


def corners_of(box: tuple[float, float, float, float]) -> Floats:
    """The corners of a box: upper left, upper right, lower right, lower left."""
    import numpy as np

    x0, y0, x1, y1 = box
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float64)


def factors(start_px: tuple[int, int], end_px: tuple[int, int]) -> Floats:
    """From one size of a picture to another, so that its edges stay its edges."""
    import numpy as np

    return np.array([(end - 1) / max(start - 1, 1) for start, end in zip(start_px, end_px, strict=True)])
