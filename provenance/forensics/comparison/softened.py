"""Where the query lost fine detail that the reference has: soft retouching leaves little else.

What a blur leaves between two pictures is the reference's own fine detail with its sign turned, where saving leaves
noise of any sign: so the difference is projected on that detail (a matched filter), which adds up over a block what
is too faint to be told from noise by its energy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blocks import BLOCK_PX, LEAST_BLOCKS, counts, filled, means, regression, spread_by
from .channels import ends
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


def lost_detail(
    query: Floats, laid: Floats, fitted: Floats, shown: Mask, unsure: Floats | None, *, toned_levels: float
) -> Doubles:
    """By how many spreads a block lost more of its detail than is usual in this pair; 0 where nothing is known.

    Shape (rows, columns) of blocks of 8 x 8; arguments as those of `residual.residual`, before any blur. Detail that
    one of two ways of scaling makes up (`unsure`) is not lost.
    """
    import cv2
    import numpy as np

    silent = np.zeros([side // BLOCK_PX for side in shown.shape])
    if toned_levels > _TONED_LEVELS:
        return silent
    ours, theirs, before = (
        np.asarray(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), np.float32) for one in (query, fitted, laid)
    )
    mask = shown.view(np.uint8)
    fine, room = _fine(theirs), np.empty_like(theirs)
    after, plain = (cv2.norm(one, cv2.NORM_L2SQR, mask) for one in (fine, _fine(before, room)))
    if after > _SHARPER * plain:
        return silent
    off = np.asarray(cv2.GaussianBlur(cv2.subtract(ours, theirs, dst=ours), (0, 0), _SOFT_PX, dst=room))
    cv2.subtract(off, cv2.GaussianBlur(off, (0, 0), 2 * _FINE_PX, dst=before), dst=off)
    edge = cv2.erode(mask, np.ones((_EDGE_PX, _EDGE_PX), np.uint8), borderValue=1)
    used = filled(np.asarray(edge, np.bool_))
    gone = ends(query, laid, fitted) // 3
    if len(gone):
        ended = np.zeros(shown.shape, np.uint8)
        ended.reshape(-1)[gone] = 1
        ended = np.asarray(cv2.dilate(ended, np.ones((3, 3), np.uint8)), np.uint8)
        for one in (off, fine):
            np.copyto(one, 0, where=ended.view(np.bool_))
        used &= counts(ended) < _ENDED * BLOCK_PX**2
    power = means(np.multiply(fine, fine, out=theirs))
    strength = np.log(power + _NOISE)
    used &= strength > 0
    if used.sum() < LEAST_BLOCKS:
        return silent
    lost = -means(np.multiply(off, fine, out=theirs)) / np.sqrt(power + _NOISE)
    more = lost - _usual(lost, strength, fitted, used)
    typical = np.hypot(spread_by(more, strength, used, _LEAST_SPREAD), _LEAST_SHARE * np.sqrt(power))
    if unsure is not None:
        typical = np.hypot(typical, _SCALED_SHARE * np.sqrt(means(_fine(unsure) ** 2)))
    return np.where(used, more / typical, 0.0)


def _fine(grey: Floats, room: Floats | None = None) -> Floats:
    """A band of the detail. Where there is `room`, that holds it, and the plane itself what is finer."""
    import cv2
    import numpy as np

    soft = cv2.GaussianBlur(grey, (0, 0), _FINE_PX, dst=room)
    finer = cv2.subtract(grey, soft, dst=None if room is None else grey)
    return np.asarray(cv2.GaussianBlur(finer, (0, 0), _SOFT_PX, dst=soft), np.float32)


def _usual(lost: Doubles, strength: Doubles, fitted: Floats, used: Mask) -> Doubles:
    """What blocks of that detail, brightness and colour lose: saving takes more of faint and of dark detail."""
    import cv2
    import numpy as np

    tones = np.asarray(cv2.cvtColor(fitted, cv2.COLOR_RGB2YCrCb), np.float32)
    level = means(tones)[..., 0] / 255
    np.subtract(tones, 128, out=tones)
    colours = means(np.multiply(tones, tones, out=tones))
    colour = np.sqrt(colours[..., 1] + colours[..., 2]) / 64
    base = [strength, level, colour]
    likes = np.stack([np.ones_like(level), *base, *(one**2 for one in base)])
    target = lost[used]
    found = regression(likes[:, used], target, np.ones(len(target)), _LEAST_PULL)
    return mixed(found, likes)
