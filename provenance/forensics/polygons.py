"""The outlines of a mask as polygons with few corners."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Corners = NDArray[np.int32]

_MOST_PIECES, _MOST_CORNERS = 6, 80


def largest(mask: NDArray[np.uint8], least_share: float = 0.0) -> list[Corners]:
    """Contours of the largest pieces, but for those smaller than that share of the largest."""
    import cv2
    import numpy as np

    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    ordered = sorted(contours, key=cv2.contourArea, reverse=True)[:_MOST_PIECES]
    return [
        np.asarray(one, np.int32)
        for one in ordered
        if cv2.contourArea(one) >= least_share * cv2.contourArea(ordered[0])
    ]


def simplified(contour: Corners) -> Corners:
    """The corners of a contour, shape (n, 2): x, y; drawn coarser until there are few."""
    import cv2
    import numpy as np

    fine = 1.0
    corners = cv2.approxPolyDP(contour, fine, True)
    while len(corners) > _MOST_CORNERS:
        fine *= 1.5
        corners = cv2.approxPolyDP(contour, fine, True)
    return np.asarray(corners.reshape(-1, 2), np.int32)
