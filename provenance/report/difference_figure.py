"""Where a picture differs from its reference: the regions outlined and numbered, the rest dimmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model.evidence import Comparison
from . import drawing
from .figures import Figure

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME = "difference.jpg"
_LONGEST_PX = 1000


def difference_figure(query: NDArray[Any], found: Comparison) -> Figure | None:
    """None without a region. `query`: sRGB, uint8, (height, width, 3). Every place comes from the evidence."""
    import numpy as np

    if not found.regions:
        return None
    factor = min(1.0, _LONGEST_PX / max(query.shape[:2]))
    small = drawing.resized(query, round(query.shape[1] * factor), round(query.shape[0] * factor))
    regions = [
        [(np.array(outline, np.float64) + 0.5) * factor - 0.5 for outline in region.outlines]
        for region in found.regions
    ]
    picture = drawing.dimmed(small, [outline for region in regions for outline in region])
    for number, (region, outlines) in enumerate(zip(found.regions, regions, strict=True), 1):
        for outline in outlines:
            drawing.outline(picture, outline)
        drawing.badge(picture, str(number), np.array(region.box_px[:2], np.float64) * factor)
    count = len(found.regions)
    where = "the outlined region, numbered 1," if count == 1 else f"the {count} outlined regions, numbered by surety,"
    return Figure(
        name=NAME,
        jpeg=drawing.jpeg(picture),
        width_px=int(picture.shape[1]),
        height_px=int(picture.shape[0]),
        alt=f"The picture under test, dimmed but for {where} where it differs from the reference.",
    )
