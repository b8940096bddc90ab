"""What matching left out of its outline and the copy shows all the same: the picture below a caption, for one.

Matching draws its outline around the points that both share. A strip with words laid over a picture has none, and what
lies beyond it falls out too. Where a part of the outside still rises and falls with the reference, the copy goes on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .blocks import filled, rising
from .frame import Frame, laid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_ALIKE, _CONTENT_LEVELS2 = 0.8, 20.0
_LEAST_BLOCKS, _LEAST_SHARE = 12, 0.15
"""Alike, of the blocks with content of one side: of a page beside a picture next to none are."""


def widened(both: Frame, transform: Floats) -> Frame:
    """The frame, in which each side that goes on is shown as well."""
    import cv2
    import numpy as np

    if both.shown.all() or not both.shown.any():
        return both
    rows, columns = np.flatnonzero(both.shown.any(1)), np.flatnonzero(both.shown.any(0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    whole = replace(both, shown=np.ones_like(both.shown))
    over, there = laid(whole, transform)
    ours, theirs = (np.asarray(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), np.float32) for one in (both.query, over))
    # The same block by block; where the reference does not reach there is nothing to go on.
    together, _, likeness = rising(ours, theirs)
    used = (likeness > _CONTENT_LEVELS2) & filled(there)
    shown = both.shown.copy()
    for side in (np.s_[:top, :], np.s_[bottom:, :], np.s_[:, :left], np.s_[:, right:]):
        beyond = np.zeros_like(shown)
        beyond[side] = True
        here = used & filled(beyond)
        alike = int((together[here] > _ALIKE).sum())
        if alike >= max(_LEAST_BLOCKS, _LEAST_SHARE * here.sum()):
            shown |= beyond & there
    return replace(both, shown=shown)
