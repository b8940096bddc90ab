"""Whether what the query shows in a change stands elsewhere in the same change of the reference: then it moved.

What was laid over a picture, or put in from another, is nowhere in the reference; what was copied from another part of
the picture stands there where nothing changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_BLOCK_PX, _FAR_PX, _MOST_BLOCKS = 16, 48, 16
_LEAST_CHANGED, _LEAST_SPREAD = 0.15, 5.0
_LEAST_MOVED_PX, _FOUND, _MORE = 2.0, 0.75, 0.05
_FEWEST = 3


def displaced(ours: Plane, theirs: Plane, off: Plane, changed: Mask) -> float:
    """Share of the query's most changed blocks that stand elsewhere in what changed of the reference, 0 to 1."""
    import cv2
    import numpy as np

    rows, columns = (side // _BLOCK_PX for side in changed.shape)
    cut = slice(0, rows * _BLOCK_PX), slice(0, columns * _BLOCK_PX)
    shares = changed[cut].reshape(rows, _BLOCK_PX, columns, _BLOCK_PX).mean(axis=(1, 3))
    sums = (np.abs(off) * changed)[cut].reshape(rows, _BLOCK_PX, columns, _BLOCK_PX).mean(axis=(1, 3))
    down, across = np.nonzero(shares > _LEAST_CHANGED)
    first = np.argsort(-sums[down, across], kind="stable")[:_MOST_BLOCKS]
    near = cv2.dilate(changed.astype(np.uint8), np.ones((5, 5))) > 0
    told = [_moved(ours, theirs, near, y, x) for y, x in zip(down[first].tolist(), across[first].tolist(), strict=True)]
    seen = [one for one in told if one is not None]
    return sum(seen) / max(len(seen), _FEWEST)


def _moved(ours: Plane, theirs: Plane, changed: Mask, row: int, column: int) -> bool | None:
    """Whether the block is found better in the change than where it is, or where nothing changed; None if too plain."""
    import cv2
    import numpy as np

    y, x = row * _BLOCK_PX, column * _BLOCK_PX
    block = np.ascontiguousarray(ours[y : y + _BLOCK_PX, x : x + _BLOCK_PX])
    if block.std() < _LEAST_SPREAD:
        return None
    top, left = max(0, y - _FAR_PX), max(0, x - _FAR_PX)
    window = theirs[top : y + _BLOCK_PX + _FAR_PX, left : x + _BLOCK_PX + _FAR_PX]
    alike = cv2.matchTemplate(np.ascontiguousarray(window), block, cv2.TM_CCOEFF_NORMED)
    height, width = alike.shape
    half = _BLOCK_PX // 2
    inside = changed[top + half : top + half + height, left + half : left + half + width]
    far = np.hypot(*np.mgrid[top - y : top - y + height, left - x : left - x + width]) >= _LEAST_MOVED_PX
    within = float(alike[inside & far].max(initial=0.0))
    without = float(alike[~inside].max(initial=0.0))
    return within > _FOUND and within > without and within > float(alike[y - top, x - left]) + _MORE
