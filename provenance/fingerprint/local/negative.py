"""The points of the negative of a picture, without looking at it again.

Where dark and bright change places every gradient turns over, and the direction of a region with it. Seen along the
region's own direction, that is half a turn: its rows and its columns change places, its directions stay.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...model.features import Probe
from .detect import Points
from .encode import Query, probe, queried

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FIRST = 200
"""Points, the most telling first, that are enough to tell whether a negative is worth asking for."""


def order() -> NDArray[np.intp]:
    """Where each of the 128 entries of a negative's descriptor stands in the plain one; its own inverse."""
    import numpy as np

    row, column, direction = np.meshgrid(np.arange(4), np.arange(4), np.arange(8), indexing="ij")
    return np.asarray(((3 - row) * 4 + 3 - column) * 8 + direction).reshape(-1)


def negative(points: Points) -> Points:
    """The points as they would be found in the negative."""
    import numpy as np

    return replace(
        points,
        angle_deg=np.mod(points.angle_deg + 180, 360).astype(np.float32),
        descriptors=np.ascontiguousarray(points.descriptors[:, order()]),
    )


def as_negative(asked: Query) -> Query:
    """All that a search for the negative asks with."""
    return queried(255 - asked.grey, negative(asked.plain))


def glance(asked: Query) -> Probe:
    """The questions of a short search for the negative: its first 200 points, not mirrored."""
    few = asked.plain
    first = replace(
        few,
        xy=few.xy[:_FIRST],
        size_px=few.size_px[:_FIRST],
        angle_deg=few.angle_deg[:_FIRST],
        descriptors=few.descriptors[:_FIRST],
    )
    return probe(negative(first))
