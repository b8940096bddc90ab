"""Whether what one of two pictures has more than the other is paint: lines, letters, arrows, faces, bars in few tones.

People draw on the pictures they pass on. What was drawn has one tone along each stroke, while what comes and goes
before a camera is lit and has a grain. Tones are read where the pictures differ most, in the middle of strokes, since
their borders mix with what lies beneath.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .outlined import Outlined
from .registered import Registered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_TONES, _TONE_LEVELS = 3, 8
"""So many tones, each so many grey levels wide on either side."""
_SIDED = 2.5
"""How much more of the outlines the painted picture has: what moved has left one place for another."""
_OTHERS = 0.02
"""Most middles in changes that only the other has, beside those that only the painted picture has: pieces, pins or
people of which some went while more came are no paint on one of both (docs/measured/copies.md)."""
_SURE, _FEWER_TONES = 0.9, 0.2
"""Or it has the fewer tones by far: paint as bright as what it covers has no outline. A dark thing that moved before an
even sky has few tones in both pictures."""
_PEAK_PX, _PEAK_LEVELS, _LEAST_PEAKS = 0.7, 1.0, 50


def painted(found: Registered, off: Plane, differing: Mask, seen: Outlined) -> float:
    """Share of the middles of strokes that lies in three tones, in the picture that was painted on; 0 where neither.

    `off`: the difference in grey levels; `differing`: where it is beyond the usual one.
    """
    import cv2
    import numpy as np

    strength = cv2.GaussianBlur(np.abs(off), (0, 0), _PEAK_PX)
    peaks = differing & (strength >= cv2.dilate(strength, np.ones((3, 3))) - _PEAK_LEVELS)
    if peaks.sum() < _LEAST_PEAKS:
        return 0.0
    ours, theirs = _in_few_tones(found.ours[peaks]), _in_few_tones(found.theirs[peaks])
    come, gone = (int((peaks & mask).sum()) for mask in (seen.mask_come, seen.mask_gone))
    return max(
        _told(ours, theirs, seen.come, seen.gone) if gone <= _OTHERS * come else 0.0,
        _told(theirs, ours, seen.gone, seen.come) if come <= _OTHERS * gone else 0.0,
    )


def _told(share: float, others: float, outlines: float, others_outlines: float) -> float:
    """The share of one picture, where it is the one that has more."""
    sided = outlines >= _SIDED * others_outlines and outlines > 0
    return share if sided or (share >= _SURE and share - others >= _FEWER_TONES) else 0.0


def _in_few_tones(tones: Plane) -> float:
    import numpy as np

    count = np.bincount(np.clip(np.rint(tones), 0, 255).astype(int), minlength=256)
    held = 0
    for _ in range(_TONES):
        near = np.convolve(count, np.ones(2 * _TONE_LEVELS + 1, int), "same")
        middle = int(near.argmax())
        held += int(near[middle])
        count[max(0, middle - _TONE_LEVELS) : middle + _TONE_LEVELS + 1] = 0
    return held / len(tones)
