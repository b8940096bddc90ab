"""Whether places of the laid reference still lie off where the query shows them, and off together.

A copy lies on its reference by one homography, whatever saving and scaling did to it: what places of it are still off
is chance, and neighbours do not share it. Another angle, a camera that moved, trees in the wind are off by amounts that
neighbours share and that change over the picture; so are a print that was not flat and a lens that was corrected.

Corners (Shi and Tomasi 1994) are tracked from the reference to the query and back (Bouguet's pyramids of Lucas and
Kanade 1981; forward-backward error: Kalal, Mikolajczyk and Matas 2010).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .blocks import BLOCK_PX, enlarged
from .ranks import median

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Picture = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

_MOST_PLACES, _LEAST_PLACES, _LEAST_SHARE = 200, 20, 0.6
"""Fewer than that share found again alike: tones or detail are gone, as after strong filters, and nothing is known."""
_QUALITY, _APART_PX, _CORNER_PX = 0.01, 12, 7
_WINDOW_PX, _LEVELS, _ROUNDS, _STILL_PX = 21, 2, 20, 0.01
_BACK_PX, _FAR_PX = 0.3, 16.0
_PATCH_PX, _ALIKE = 17, 0.8
_OUTER, _LEAST_AT_SIDE, _SIDES = 0.25, 4, 3
"""Before a plain ground all places may lie in one body, and that may have been reshaped: it ends within the picture."""


def off_together_px(query: Floats, fitted: Floats, shown: Mask) -> float:
    """By how many pixels of the frame half of the places or more are off together with their neighbours; 0: unknown.

    The root of the median, over the places, of the scalar product of a place's shift with that of the nearest other
    one; of all places, and of those in the outer quarter at three sides at least, whichever is less. So a part that was
    altered has no say while it has less than half of the places, or does not reach three sides.

    `query`, `fitted`: shape (height, width, 3), levels; `shown`: shape (rows, columns), blocks to look in.
    """
    import cv2
    import numpy as np

    ours, theirs = (grey(one) for one in (query, fitted))
    blocks = enlarged(shown)
    looked = np.zeros(ours.shape, np.uint8)
    looked[: blocks.shape[0], : blocks.shape[1]] = blocks
    looked = np.asarray(cv2.erode(looked, np.ones((BLOCK_PX + 1,) * 2, np.uint8)), np.uint8)
    corners = cv2.goodFeaturesToTrack(
        theirs, _MOST_PLACES, _QUALITY, _APART_PX, mask=looked, blockSize=_CORNER_PX, useHarrisDetector=False
    )
    if corners is None or len(corners) < _LEAST_PLACES:
        return 0.0
    there, first = _tracked(theirs, ours, corners)
    back, second = _tracked(ours, theirs, there)
    places, shifts = corners[:, 0], (there - corners)[:, 0]
    held = first & second & (np.hypot(*(back - corners)[:, 0].T) < _BACK_PX) & (np.hypot(*shifts.T) < _FAR_PX)
    places, shifts = places[held], shifts[held]
    if len(places) < max(_LEAST_PLACES, _LEAST_SHARE * len(corners)):
        return 0.0
    alike = _alike(_patches(theirs, places), _patches(ours, places + shifts))
    places, shifts = places[alike], shifts[alike]
    if len(places) < max(_LEAST_PLACES, _LEAST_SHARE * len(corners)):
        return 0.0
    away = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    away[np.diag_indices(len(away))] = np.inf
    shared = (shifts * shifts[away.argmin(1)]).sum(1)
    rows, columns = np.nonzero(shown)
    box = BLOCK_PX * np.array([[columns.min(), rows.min()], [columns.max() + 1, rows.max() + 1]])
    return float(np.sqrt(max(0.0, min(median(shared), _at_sides(places, shared, box)))))


def _at_sides(places: Any, shared: Any, box: Any) -> float:
    """The third largest of the medians in the outer quarters of a box (left, top), (right, bottom); 0 if unknown."""

    near = (places - box[0]) / (box[1] - box[0])
    outer = (near[:, 0] < _OUTER, near[:, 0] > 1 - _OUTER, near[:, 1] < _OUTER, near[:, 1] > 1 - _OUTER)
    medians = [median(shared[one]) if one.sum() >= _LEAST_AT_SIDE else 0.0 for one in outer]
    return sorted(medians)[-_SIDES]


def grey(picture: Floats) -> Picture:
    """Of RGB levels, rounded and cut off at 0 and 255."""
    import cv2
    import numpy as np

    levels = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.float32)
    np.rint(levels, out=levels)
    return np.clip(levels, 0, 255, out=levels).astype(np.uint8)


def _tracked(start: Picture, end: Picture, places: Any) -> tuple[Any, Mask]:
    """Where places of one plane are in the other, shape (n, 1, 2), and which were found."""
    import cv2
    import numpy as np

    until = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ROUNDS, _STILL_PX)
    moved, found, _ = cv2.calcOpticalFlowPyrLK(
        start, end, places, np.zeros_like(places), winSize=(_WINDOW_PX,) * 2, maxLevel=_LEVELS, criteria=until
    )
    return moved, np.asarray(found[:, 0] > 0, np.bool_)


def _patches(plane: Picture, places: Any) -> NDArray[np.float64]:
    """Levels around places, shape (n, 17 * 17), means taken off."""
    import cv2
    import numpy as np

    reach = np.arange(_PATCH_PX, dtype=np.float32) - _PATCH_PX // 2
    across, down = (offsets.ravel()[None] for offsets in np.meshgrid(reach, reach))
    at = (places[:, :1] + across).astype(np.float32), (places[:, 1:] + down).astype(np.float32)
    levels = cv2.remap(plane, *at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float64)
    return np.asarray(levels - levels.mean(1, keepdims=True), np.float64)


def _alike(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> Mask:
    """Correlation of the patches above 0.8."""
    import numpy as np

    power = np.sqrt((ours**2).sum(1) * (theirs**2).sum(1))
    return np.asarray((ours * theirs).sum(1) > _ALIKE * np.maximum(power, 1e-6), np.bool_)
