"""The points of the mirrored picture, without looking at it again.

Mirrored left to right, a region's descriptor has the same entries in another order: seen along the region's own
direction, its rows change sides and its directions turn the other way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .detect import Points

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def order() -> NDArray[np.intp]:
    """Where each of the 128 entries of a mirrored descriptor stands in the plain one; its own inverse."""
    import numpy as np

    row, column, direction = np.meshgrid(np.arange(4), np.arange(4), np.arange(8), indexing="ij")
    return np.asarray(((3 - row) * 4 + column) * 8 + (-direction) % 8).reshape(-1)


def mirrored(points: Points) -> Points:
    """The points as they would be found in the picture mirrored left to right."""
    import numpy as np

    xy = points.xy.copy()
    xy[:, 0] = points.width_px - 1 - xy[:, 0]
    return replace(
        points,
        xy=xy,
        angle_deg=np.mod(180 - points.angle_deg, 360).astype(np.float32),
        descriptors=np.ascontiguousarray(points.descriptors[:, order()]),
    )
