"""Where the query lost fine detail that the reference has: soft retouching leaves little else.

What a blur leaves between two pictures is the reference's own fine detail with its sign turned, where saving leaves
noise of any sign: so the difference is projected on that detail (a matched filter), which adds up over a block what
is too faint to be told from noise by its energy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blocks import BLOCK_PX, LEAST_BLOCKS, means, regression, spread_by
from .channels import ends, planes
from .sums import mixed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_FINE_PX, _SOFT_PX = 1.25, 0.7
"""The band of detail that is looked at: soft retouching takes it, and a copy of half the size still has it."""
_NOISE = 0.5
"""Squared levels of detail that say nothing."""
_LEAST_SPREAD, _LEAST_PULL = 0.15, 0.05
_LEAST_SHARE = 0.08
"""Of a block's detail: a spread is never less, so that three spreads are a quarter of it lost at least."""
_SCALED_SHARE = 0.5
_TONED_LEVELS, _SHARPER = 2.5, 1.25
"""Beyond either the test is silent: filters and sharpening change detail by places, as measured on 300 pairs."""
_ENDED = 0.5
_EDGE_PX = 9


def lost_detail(query: Floats, laid: Floats, fitted: Floats, shown: Mask, unsure: Floats) -> Doubles:
    """By how many spreads a block lost more of its detail than is usual in this pair; 0 where nothing is known.

    Shape (rows, columns) of blocks of 8 x 8; pictures as in `residual.residual`, before any blur. Detail that one
    of two ways of scaling makes up (`unsure`) is not lost.
    """
    import cv2
    import numpy as np

    edge = cv2.erode(shown.astype(np.uint8), np.ones((_EDGE_PX, _EDGE_PX), np.uint8), borderValue=1)
    ours, theirs, before = (
        np.asarray(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), np.float32) for one in (query, fitted, laid)
    )
    silent = np.zeros([side // BLOCK_PX for side in shown.shape])
    places = np.flatnonzero(shown)[::37]
    toned = (one.reshape(-1, 3)[places] for one in (fitted, laid))
    if not len(places) or np.median(np.abs(next(toned) - next(toned))) > _TONED_LEVELS:
        return silent
    fine = _fine(theirs)
    after, plain = (cv2.norm(one, cv2.NORM_L2SQR, shown.astype(np.uint8)) for one in (fine, _fine(before)))
    if after > _SHARPER * plain:
        return silent
    gone = np.zeros(shown.shape, np.uint8)
    gone.reshape(-1)[ends(query, laid, fitted) // 3] = 1
    ended = np.asarray(cv2.dilate(gone, np.ones((3, 3), np.uint8)), np.uint8)
    off = np.asarray(cv2.GaussianBlur(ours - theirs, (0, 0), _SOFT_PX))
    off = np.where(ended, np.float32(0), off - cv2.GaussianBlur(off, (0, 0), 2 * _FINE_PX))
    fine = np.where(ended, np.float32(0), fine)
    power = means(fine * fine)
    strength = np.log(power + _NOISE)
    used = (means(edge.astype(np.float32)) > 0.99) & (means(ended.astype(np.float32)) < _ENDED) & (strength > 0)
    if used.sum() < LEAST_BLOCKS:
        return silent
    lost = -means(off * fine) / np.sqrt(power + _NOISE)
    more = lost - _usual(lost, strength, fitted, used)
    typical = np.hypot(spread_by(more, strength, used, _LEAST_SPREAD), _LEAST_SHARE * np.sqrt(power))
    typical = np.hypot(typical, _SCALED_SHARE * np.sqrt(means(_fine(unsure) ** 2)))
    return np.where(used, more / typical, 0.0)


def _fine(grey: Floats) -> Floats:
    import cv2
    import numpy as np

    return np.asarray(cv2.GaussianBlur(grey - cv2.GaussianBlur(grey, (0, 0), _FINE_PX), (0, 0), _SOFT_PX), np.float32)


def _usual(lost: Doubles, strength: Doubles, fitted: Floats, used: Mask) -> Doubles:
    """What blocks of that detail, brightness and colour lose: saving takes more of faint and of dark detail."""
    import cv2
    import numpy as np

    luma, red, blue = planes(cv2.cvtColor(fitted, cv2.COLOR_RGB2YCrCb))
    level = means(luma) / 255
    colour = np.sqrt(means((red - 128) ** 2 + (blue - 128) ** 2)) / 64
    base = [strength, level, colour]
    likes = np.stack([np.ones_like(level), *base, *(one**2 for one in base)])
    target = lost[used]
    found = regression(likes[:, used], target, np.ones(len(target)), _LEAST_PULL)
    return mixed(found, likes)
