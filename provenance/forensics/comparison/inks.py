"""Flat colours that were drawn over a picture: letters, logos, boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .channels import most
from .ranks import median

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Mask = NDArray[np.bool_]

LEAST_PX = 60
_CELL_LEVELS, _NEAR_LEVELS = 6, 6
_MOST_INKS, _LEAST_INK, _INK_NEAR_LEVELS = 3, 0.1, 14
_INK_LEVELS_OFF, _INK_FLAT, _INK_FLATTER = 3, 0.66, 0.18
_SLOWLY_PX, _CORE, _INK_DRIFT_LEVELS = 2.0, 0.3, 1.2
"""The more an ink drifts, the more of it has to be of one brightness: 99 of 128 colours of drawn marks saved at quality
90 pass, 16 of 181 of altered parts."""
_LETTERS, _STROKE_PX = 4, 6.0
_AROUND_PX, _HOME_LEVELS, _HOME = 24, 8, 0.2


def inks(ours: Floats, changed: Mask, fitted: Floats, mask: Mask, box: tuple[slice, slice]) -> tuple[int, Mask]:
    """How many flat colours were drawn there, the largest first, and the changed pixels that have none of them."""
    import cv2
    import numpy as np

    left, count = changed.copy(), 0
    for _ in range(_MOST_INKS):
        if left.sum() < _LEAST_INK * changed.sum() or left.sum() < LEAST_PX:
            break
        colour = commonest(ours[left])
        off = most(np.abs(ours - colour))
        like = left & (off <= _INK_NEAR_LEVELS)
        if like.sum() < _LEAST_INK * changed.sum() or not _flat(ours, like):
            break
        # With the pixels beside them: letters have soft edges, and thin ones little else.
        left &= ~cv2.dilate(like.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
        # A box of a colour that is at home there counts with the letters in it, not alone.
        count += 1 if _letters(like) or not _at_home(colour, fitted, mask, box) else 0
    return count, left if count else changed


def _letters(like: Mask) -> bool:
    """Whether they are several thin strokes: white letters on white ground and dark trees are no piece of either."""
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(like.astype(np.uint8), connectivity=8)
    large = np.flatnonzero(stats[1:, cv2.CC_STAT_AREA] > like.sum() / 50) + 1
    if len(large) < _LETTERS:
        return False
    deep = cv2.distanceTransform(np.pad(like, 1).astype(np.uint8), cv2.DIST_L2, 3)[1:-1, 1:-1]
    return max(float(deep[labels == one].max()) for one in large) <= _STROKE_PX


def commonest(colours: Floats) -> Floats:
    """The commonest colour of shape (n, 3): ink is flat, skies and walls are not."""
    import numpy as np

    cells = np.floor(colours / _CELL_LEVELS)
    number = (cells[:, 0] + 64 * cells[:, 1] + 4096 * cells[:, 2]).astype(np.int64)
    number -= number.min()
    held = colours[number == np.bincount(number).argmax()]
    return np.array([median(held[:, one]) for one in range(3)], np.float32)


def share_of(colour: Floats, colours: Floats) -> float:
    """The share of pixels that have about that colour."""
    import numpy as np

    return float((most(np.abs(colours - colour)) <= _NEAR_LEVELS).mean())


def _flat(ours: Floats, like: Mask) -> bool:
    """Whether pixels have one brightness but for what saving adds: ink does, skies and walls change slowly.

    Brightness alone: JPEG halves the resolution of colour, which bleeds into thin letters.
    """
    import cv2
    import numpy as np

    grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(ours), cv2.COLOR_RGB2GRAY), np.float32)
    near = np.abs(grey - median(grey[like])) <= _INK_LEVELS_OFF
    here = like.astype(np.float32)
    around = np.asarray(cv2.GaussianBlur(here, (0, 0), _SLOWLY_PX))
    middle = np.asarray(cv2.GaussianBlur(grey * here, (0, 0), _SLOWLY_PX)) / np.maximum(around, 1e-3)
    core = like & (around > _CORE)
    if not core.any():
        return False
    drift = float(middle[core].std())
    return bool(drift < _INK_DRIFT_LEVELS and near[like].mean() > _INK_FLAT + _INK_FLATTER * drift)


def _at_home(colour: Floats, fitted: Floats, mask: Mask, box: tuple[slice, slice]) -> bool:
    """Whether the reference has that colour all around: then something of the picture itself was put there."""
    import numpy as np

    reach = _AROUND_PX
    around = tuple(slice(max(0, one.start - reach), one.stop + reach) for one in box)
    ring = fitted[around][~mask[around]]
    return bool(len(ring) and (most(np.abs(ring - colour)) <= _HOME_LEVELS).mean() > _HOME)
