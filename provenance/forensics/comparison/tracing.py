"""The outline of a region, pixel by pixel: from unusual blocks to polygons in the picture under test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..polygons import largest, simplified
from .blocks import enlarged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.float32]
    Mask = NDArray[np.bool_]
    Picture = NDArray[np.uint8]

_UNUSUAL = 2.0
_CLOSED_PX = 9
_APART_PX = 16
_LEAST_SHARE = 0.05
"""Of the largest piece; what is smaller is left out."""


def traced(excess: Levels, region: Mask, shape: tuple[int, ...], *, whole: bool = False) -> Mask:
    """The pixels of the frame, of that shape, that belong to a region of blocks: unusual, closed and filled.

    `excess`: that of `residual.Residual`. `whole`: the blocks themselves with them, where no single pixel shows what
    its block does.
    """
    import cv2
    import numpy as np

    blocks = enlarged(region)
    near = enlarged(cv2.dilate(region.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    unusual = ((excess > _UNUSUAL) & (near > 0)).astype(np.uint8)
    unusual |= blocks * whole
    ring = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_CLOSED_PX, _CLOSED_PX))
    closed = cv2.morphologyEx(
        cv2.copyMakeBorder(unusual, *(_CLOSED_PX,) * 4, cv2.BORDER_CONSTANT), cv2.MORPH_CLOSE, ring
    )
    closed = np.asarray(closed[_CLOSED_PX:-_CLOSED_PX, _CLOSED_PX:-_CLOSED_PX], np.uint8)
    filled = np.zeros(shape[:2], np.uint8)
    cv2.drawContours(filled, largest(np.asarray(closed, np.uint8), _LEAST_SHARE), -1, 1, cv2.FILLED)
    if not filled.any():
        filled[: blocks.shape[0], : blocks.shape[1]] = blocks
    return np.asarray(filled, np.bool_)


def pieces(mask: Mask) -> list[Mask]:
    """The parts of a mask that lie apart, the largest first: two lines of words are two regions."""
    import cv2
    import numpy as np

    reach = np.ones((2 * _APART_PX + 1,) * 2, np.uint8)
    count, labels = cv2.connectedComponents(cv2.dilate(mask.astype(np.uint8), reach), connectivity=8)
    areas = np.bincount(labels[mask], minlength=count)
    order = [int(one) for one in np.argsort(-areas) if areas[one] > _LEAST_SHARE * areas.max()]
    return [mask & (labels == one) for one in order]


def outlined(mask: Mask, scale: float) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Polygons of the mask in pixels of the picture under test, of which the frame has `scale` pixels each."""
    import numpy as np

    polygons = []
    for contour in largest(mask.astype(np.uint8), _LEAST_SHARE):
        places = np.rint((simplified(contour) + 0.5) / scale - 0.5).astype(int)
        polygons.append(tuple((int(x), int(y)) for x, y in places))
    return tuple(polygons)
