"""The outline of a region, pixel by pixel: from unusual blocks to polygons in the picture under test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..polygons import largest, simplified
from .blocks import enlarged, pixels
from .boxes import around
from .residual import Residual

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Picture = NDArray[np.uint8]

_UNUSUAL = 2.0
_CLOSED_PX = 9
_APART_PX = 16
_LEAST_SHARE = 0.05
"""Of the largest piece; what is smaller is left out."""


def traced(found: Residual, region: Mask, shape: tuple[int, ...], *, whole: bool = False) -> Mask:
    """The pixels of the frame, of that shape, that belong to a region of blocks: unusual, closed and filled.

    `whole`: the blocks themselves with them, where no single pixel shows what its block does.
    """
    import cv2
    import numpy as np

    near = np.asarray(cv2.dilate(region.astype(np.uint8), np.ones((3, 3), np.uint8)), np.bool_)
    box = around(near)
    blocks = enlarged(region[box])
    unusual = ((found.excess(box) > _UNUSUAL) & (enlarged(near[box]) > 0)).astype(np.uint8)
    unusual |= blocks * whole
    ring = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_CLOSED_PX, _CLOSED_PX))
    closed = cv2.morphologyEx(
        cv2.copyMakeBorder(unusual, *(_CLOSED_PX,) * 4, cv2.BORDER_CONSTANT), cv2.MORPH_CLOSE, ring
    )
    closed = np.asarray(closed[_CLOSED_PX:-_CLOSED_PX, _CLOSED_PX:-_CLOSED_PX], np.uint8)
    inner = np.zeros(blocks.shape, np.uint8)
    cv2.drawContours(inner, largest(np.asarray(closed, np.uint8), _LEAST_SHARE), -1, 1, cv2.FILLED)
    filled = np.zeros(shape[:2], np.bool_)
    filled[pixels(box)] = inner if inner.any() else blocks
    return filled


def pieces(mask: Mask) -> list[Mask]:
    """The parts of a mask that lie apart, the largest first: two lines of words are two regions."""
    import cv2
    import numpy as np

    reach = np.ones((2 * _APART_PX + 1,) * 2, np.uint8)
    box = around(mask)
    inner = mask[box]
    count, labels = cv2.connectedComponents(cv2.dilate(inner.astype(np.uint8), reach), connectivity=8)
    areas = np.bincount(labels[inner], minlength=count)
    order = [int(one) for one in np.argsort(-areas) if areas[one] > _LEAST_SHARE * areas.max()]
    found = []
    for one in order:
        part = np.zeros_like(mask)
        part[box] = inner & (labels == one)
        found.append(part)
    return found


def outlined(mask: Mask, scale: float) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Polygons of the mask in pixels of the picture under test, of which the frame has `scale` pixels each."""
    import numpy as np

    polygons = []
    for contour in largest(mask.astype(np.uint8), _LEAST_SHARE):
        places = np.rint((simplified(contour) + 0.5) / scale - 0.5).astype(int)
        polygons.append(tuple((int(x), int(y)) for x, y in places))
    return tuple(polygons)
