"""Changes between two pictures that lie on one another, and whose outline each of them has.

What differs and lies together is one change, holes filled. Along its outline one looks for a step of brightness. Where
a part of a picture was replaced, the altered picture has the step all the way round and the other goes on across it; a
thing laid over a picture does the same. Where something moved, part of the outline is that of the thing where it was,
and only the earlier picture has it, and part that of the thing where it is now. So how even both are matters, not how
large a change is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .registered import Registered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]
    Mask = NDArray[np.bool_]

LIKENESS_PX = 128
"""Lengths and areas are told in pixels of a picture whose longer side has as many."""
_CLOSED_PX, _LEAST_CLOSED_PX = 1.5, 3
_LEAST_PX, _LEAST_SPECK_PX = 2.0, 12
_STEP_PX, _LEAST_STEP_PX = 1.2, 2
_FLOOR_LEVELS, _SIDED, _MOST_LEVELS = 3.0, 0.5, 40.0
_SEEN_BESIDE, _SEEN_LEAST = 0.15, 1e-3
_MOSTLY = 3.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlined:
    """Changes. Outlines: their length in pixels at a longer side of 128, times the step in grey levels."""

    mask: Mask
    """The changes, of the shape of the planes."""
    mask_gone: Mask
    """Those whose outline is mostly the reference's."""
    mask_come: Mask
    """Those whose outline is mostly the query's."""
    gone: float = 0.0
    """Outlines that only the reference has."""
    come: float = 0.0
    """Outlines that only the query has."""
    number_gone: int = 0
    """Changes whose outline is mostly the reference's."""
    number_come: int = 0
    specks: int = 0
    """What is smaller than a change."""
    area: float = 0.0
    """Pixels at a longer side of 128."""
    largest: float = 0.0
    """Area of the largest."""


def outlined(found: Registered, differing: Mask) -> Outlined:
    """The changes that what differs adds up to."""
    import cv2
    import numpy as np

    unit = max(differing.shape) / LIKENESS_PX
    closed = _closed(differing, max(_LEAST_CLOSED_PX, round(_CLOSED_PX * unit)))
    count, labels, table, _ = cv2.connectedComponentsWithStats(closed.astype(np.uint8), connectivity=8)
    areas = table[:, cv2.CC_STAT_AREA].astype(np.float64)
    areas[0] = 0.0
    large = areas >= _LEAST_PX * unit**2
    specks = int(((areas >= _LEAST_SPECK_PX) & ~large).sum())
    mask = np.asarray(large[labels], np.bool_)
    if not mask.any():
        return Outlined(mask=mask, mask_gone=mask, mask_come=mask, specks=specks)
    gone, come = _steps(found, mask, closed, unit)
    sums = [large * np.bincount(labels.reshape(-1), one.reshape(-1), count) / unit for one in (gone, come)]
    went, came = sums[0] > _MOSTLY * sums[1], sums[1] > _MOSTLY * sums[0]
    return Outlined(
        mask=mask,
        mask_gone=went[labels],
        mask_come=came[labels],
        gone=float(sums[0].sum()),
        come=float(sums[1].sum()),
        number_gone=int(went.sum()),
        number_come=int(came.sum()),
        specks=specks,
        area=float(areas[large].sum()) / unit**2,
        largest=float(areas[large].max()) / unit**2,
    )


def _closed(differing: Mask, radius_px: int) -> Mask:
    """What lies together, without holes; single pixels are left out."""
    import cv2
    import numpy as np

    side = 2 * (radius_px | 1) + 1
    opened = cv2.morphologyEx(differing.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2)))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    around = np.pad(cv2.morphologyEx(opened, cv2.MORPH_CLOSE, disc), 1)
    cv2.floodFill(around, None, (0, 0), 2)
    return np.asarray(around[1:-1, 1:-1] != 2)


def _steps(found: Registered, mask: Mask, closed: Mask, unit: float) -> tuple[Plane, Plane]:
    """Along the outlines, how much larger the step is that the reference alone has; the same of the query."""
    import cv2
    import numpy as np

    wide = 2 * max(_LEAST_STEP_PX, round(_STEP_PX * unit)) + 1
    inside, outside = mask.astype(np.float32), (~closed & found.looked).astype(np.float32)

    def mean(plane: Plane) -> Plane:
        return np.asarray(cv2.blur(plane, (wide, wide)), np.float32)

    share_in, share_out = mean(inside), mean(outside)
    edge = mask & (cv2.erode(inside, np.ones((3, 3))) == 0) & (share_out > _SEEN_BESIDE)
    share_in, share_out = np.maximum(share_in, _SEEN_LEAST), np.maximum(share_out, _SEEN_LEAST)
    theirs, ours = (
        np.abs(mean(one * inside) / share_in - mean(one * outside) / share_out) for one in (found.theirs, found.ours)
    )
    sided = np.log((theirs + _FLOOR_LEVELS) / (ours + _FLOOR_LEVELS))
    more = np.minimum(np.abs(theirs - ours), _MOST_LEVELS)
    gone, come = (np.where(edge & one, more, 0).astype(np.float32) for one in (sided > _SIDED, sided < -_SIDED))
    return gone, come
