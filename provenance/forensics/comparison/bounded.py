"""The most that saving and scaling leave in a block, whatever the other blocks of the pair hold.

What is usual is learned from blocks that are alike, so where most of one kind were changed (the one textured thing in
front of plain ground, all dark ground under a caption) the change would set its own rule. Saving cannot take more than
there is. So what is left in a block, as the mean of squared levels, is held against half of the mean of the squared
levels of the block's own detail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blocks import means
from .ranks import median

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_DETAIL_PX, _DETAIL_SHARE = 4.0, 0.5
"""Detail is what a blur of 4 pixels takes; half of its energy is the bound."""
SPREAD = 0.25
_BELOW = 0.7
"""Blocks are counted by spreads above what is usual. So the bound is put into that form: a spread is 0.25 in the
natural logarithm of the energy, and what counts as usual is the bound less 0.7, which is half of it. A block with as
much as the bound is then 2.8 spreads up, and 4 and 6 spreads are 1.35 and 2.2 times the bound. Counted in 360 unaltered
pairs of 36 photographs, filters apart: in 97 pairs of 100 at most 1 block in 150 had more than 1.35 times the bound,
and at most 1 in 2,000 more than 2.2 times (1 in 150 and 1 in 1,100 in 67 pairs of 8 others)."""
_TONED_LEVELS = 1.5
"""Beyond, nothing is bounded: a filter that clips leaves as much as it likes."""


def bounded(
    picture: Floats, room: Floats, allowed: Doubles, moved: Doubles, whole: Mask, *, quanta: float
) -> Doubles | None:
    """Usual energy (logarithm of squared levels) by that bound, shape (rows, columns); None where tones changed.

    `picture`: the fitted reference, YCrCb, shape (height, width, 3), as is `room`, which is written over; `allowed`:
    squared levels that nothing counts below; `moved`: levels by which fitting the tones moved each block; `quanta`:
    squared levels that say nothing.
    """
    import cv2
    import numpy as np

    if median(moved[whole]) > _TONED_LEVELS:
        return None
    detail = np.asarray(cv2.GaussianBlur(picture, (0, 0), _DETAIL_PX, dst=room), np.float32)
    cv2.subtract(picture, detail, dst=detail)
    # All of the colour's: JPEG keeps a quarter of its samples, and along an edge of colours none may be left.
    squares = means(np.multiply(detail, detail, out=detail)).sum(-1)
    return np.asarray(np.log(allowed + _DETAIL_SHARE * squares + quanta) - _BELOW)
