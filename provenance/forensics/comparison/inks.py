"""Flat colours that were drawn over a picture: letters, logos, boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .channels import most

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Mask = NDArray[np.bool_]

LEAST_PX = 60
_CELL_LEVELS, _NEAR_LEVELS = 6, 6
_MOST_INKS, _LEAST_INK, _INK_NEAR_LEVELS = 3, 0.1, 14
_INK_LEVELS_OFF, _INK_FLAT = 3, 0.78
_SLOWLY_PX, _CORE, _INK_DRIFT_LEVELS = 2.0, 0.3, 1.0
"""Of 165 drawn marks saved at quality 90 nine in ten pass both, of 288 altered parts one in twenty."""
_AROUND_PX, _HOME_LEVELS, _HOME = 24, 8, 0.2


def inks(ours: Floats, changed: Mask, fitted: Floats, mask: Mask, box: tuple[slice, slice]) -> tuple[int, Mask]:
    """How many flat colours were drawn there, the largest first, and the changed pixels that have none of them."""
    import cv2
    import numpy as np

    left, count = changed.copy(), 0
    for _ in range(_MOST_INKS):
        if left.sum() < _LEAST_INK * changed.sum() or left.sum() < LEAST_PX:
            break
        colour, _ = commonest(ours[left])
        off = most(np.abs(ours - colour))
        like = left & (off <= _INK_NEAR_LEVELS)
        if like.sum() < _LEAST_INK * changed.sum() or not _flat(ours, like) or _at_home(colour, fitted, mask, box):
            break
        # With the pixels beside them: letters have soft edges, and thin ones little else.
        left &= ~cv2.dilate(like.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
        count += 1
    return count, left


def commonest(colours: Floats) -> tuple[Floats, float]:
    """The commonest colour and the share of pixels that have it: ink is flat, skies and walls are not."""
    import numpy as np

    cells = (colours // _CELL_LEVELS).astype(np.int64) @ np.array([1, 64, 4096])
    found = np.median(colours[cells == np.bincount(cells - cells.min()).argmax() + cells.min()], axis=0)
    near = most(np.abs(colours - found)) <= _NEAR_LEVELS
    return np.asarray(found, np.float32), float(near.mean())


def _flat(ours: Floats, like: Mask) -> bool:
    """Whether pixels have one brightness but for what saving adds: ink does, skies and walls change slowly.

    Brightness alone: JPEG halves the resolution of colour, which bleeds into thin letters.
    """
    import cv2
    import numpy as np

    grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(ours), cv2.COLOR_RGB2GRAY), np.float32)
    near = np.abs(grey - np.median(grey[like])) <= _INK_LEVELS_OFF
    here = like.astype(np.float32)
    around = np.asarray(cv2.GaussianBlur(here, (0, 0), _SLOWLY_PX))
    middle = np.asarray(cv2.GaussianBlur(grey * here, (0, 0), _SLOWLY_PX)) / np.maximum(around, 1e-3)
    core = like & (around > _CORE)
    return bool(near[like].mean() > _INK_FLAT and core.any() and middle[core].std() < _INK_DRIFT_LEVELS)


def _at_home(colour: Floats, fitted: Floats, mask: Mask, box: tuple[slice, slice]) -> bool:
    """Whether the reference has that colour all around: then something of the picture itself was put there."""
    import numpy as np

    reach = _AROUND_PX
    around = tuple(slice(max(0, one.start - reach), one.stop + reach) for one in box)
    ring = fitted[around][~mask[around]]
    return bool(len(ring) and (most(np.abs(ring - colour)) <= _HOME_LEVELS).mean() > _HOME)
