"""The picture with regions outlined and numbered, the rest dimmed: differences from a reference, blind methods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...model.differences import Anomaly, Comparison, DifferingRegion, SuspectRegion
from . import drawing
from .match import Figure

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME = "difference.jpg"
_LONGEST_PX = 1000


def difference_figure(query: NDArray[Any], found: Comparison) -> Figure | None:
    """None without a region. `query`: sRGB, uint8, (height, width, 3). Every place comes from the evidence."""
    said = "where it differs from the reference"
    return _figure(query, found.regions, NAME, said) if found.regions else None


def anomaly_figure(query: NDArray[Any], found: Anomaly) -> Figure | None:
    """The same for what a blind method found. A part that a region equals is outlined too, and stays dimmed."""
    name = f"{found.what.value.lower().replace(' ', '-')}.jpg"
    return _figure(query, found.regions, name, f"that the method {found.method} found") if found.regions else None


def _figure(query: NDArray[Any], found: Sequence[DifferingRegion | SuspectRegion], name: str, said: str) -> Figure:
    import numpy as np

    factor = min(1.0, _LONGEST_PX / max(query.shape[:2]))
    small = drawing.resized(query, round(query.shape[1] * factor), round(query.shape[0] * factor))
    regions = [
        [(np.array(outline, np.float64) + 0.5) * factor - 0.5 for outline in region.outlines] for region in found
    ]
    picture = drawing.dimmed(small, [outline for region in regions for outline in region])
    for number, (region, outlines) in enumerate(zip(found, regions, strict=True), 1):
        for outline in outlines:
            drawing.outline(picture, outline)
        drawing.badge(picture, str(number), np.array(region.box_px[:2], np.float64) * factor)
        if isinstance(region, SuspectRegion) and region.partner_px is not None:
            x, y, width, height = region.partner_px
            corners = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], np.float64)
            drawing.outline(picture, corners * factor)
            drawing.badge(picture, f"= {number}", corners[0] * factor)
    count = len(found)
    where = "the outlined region, numbered 1," if count == 1 else f"the {count} outlined regions, numbered by surety,"
    return Figure(
        name=name,
        jpeg=drawing.jpeg(picture),
        width_px=int(picture.shape[1]),
        height_px=int(picture.shape[0]),
        alt=f"The picture under test, dimmed but for {where} {said}.",
    )
