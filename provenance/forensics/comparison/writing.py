"""Writing that reads otherwise: letters exchanged, erased or added where both pictures have writing.

What is laid over a copy lies where its reference had something else. Where both have the same ground, and the same ink
in strokes on it, or one of them in line with strokes that both have, what differs is what is written, and no caption.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .boxes import around
from .channels import apart, most
from .inks import LEAST_PX, commonest
from .ranks import median, quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Mask = NDArray[np.bool_]
    Pieces = NDArray[np.int64]
    _Piece = tuple[int, int, int, int, int]
    """Left, top, right, bottom, and the pixels of ink that are looked at."""

_CHANGED_LEVELS = 24
_BESIDE, _ABOVE, _LEAST_REACH_PX = 2.5, 0.3, 12
"""How far is looked for the ground and the rest of the line, in heights of what changed."""
_GROUND_LEVELS, _SAME_GROUND_LEVELS, _PLAIN = 20.0, 14.0, 0.75
"""Of what is no ink close by, in the colour of the ground: without colour any texture is a mixture of two."""
_CONTRAST_LEVELS, _OFF_SHARE, _OFF_LEVELS, _TWO_COLOURS = 40.0, 0.25, 10.0, 0.8
_NO_INK, _EXCHANGED = 0.35, 0.12
"""Of what changed, ink that only the one has, and ink that only the other has."""
_STROKE, _STROKE_PX = 0.15, 1.0
"""A stroke is less thick than so much of its height: depth from its edge to its middle."""
_LEAST_HIGH_PX, _MOSTLY = 5, 0.7
_AS_HIGH, _IN_LINE, _APART, _LINED = 1.5, 0.6, 1.5, 0.85


def rewritten(query: Floats, fitted: Floats, mask: Mask, *, drawn: bool) -> bool:
    """Whether what differs in the region is what is written there, on a ground and in an ink that both have.

    Pictures of shape (height, width, 3), levels 0 to 255; `mask`: the region. `drawn`: whether it looks
    drawn; else thin dark things on plain ground, such as twigs, are writing only where they stand in one line.
    """
    import cv2
    import numpy as np

    tight = around(mask)
    high = tight[0].stop - tight[0].start
    down, across = (max(_LEAST_REACH_PX, round(share * high)) for share in (_ABOVE, _BESIDE))
    box = around(mask, down, across)
    ours, theirs, inside = query[box], fitted[box], mask[box]
    changed = np.zeros(inside.shape, np.bool_)
    changed[
        tuple(slice(one.start - wide.start, one.stop - wide.start) for one, wide in zip(tight, box, strict=True))
    ] = mask[tight] & (apart(query[tight], fitted[tight]) > _CHANGED_LEVELS)
    if changed.sum() < LEAST_PX:
        return False
    beside = cv2.dilate(inside.astype(np.uint8), np.ones((2 * down + 1,) * 2, np.uint8)).astype(bool) & ~changed
    inked = _inked(ours, theirs, changed, beside)
    if inked is None:
        return False
    new, gone = (changed & one & ~other for one, other in (inked, inked[::-1]))
    total = max(int((new | gone).sum()), 1)
    kinds = [(one, ink) for one, ink in ((new, inked[0]), (gone, inked[1])) if one.sum() >= _EXCHANGED * total]
    here = [_strokes(ink, one, _MOSTLY) for one, ink in kinds]
    if not here or not all(here):
        return False
    pieces = [one for held in here for one in held]
    if not drawn and not _lined(pieces):
        return False
    line = _strokes(inked[0] & inked[1], ~inside, 0.0)
    # Letters that only the copy has may be a caption on plain ground; those that it lacks were laid over nothing.
    added = len(here) == 1 and kinds[0][0] is new
    return all(_neighbours(held, line if added else line + held) for held in here)


def _inked(ours: Floats, theirs: Floats, changed: Mask, beside: Mask) -> tuple[Mask, Mask] | None:
    """Where each of the two has ink; None where they are not one plain ground and one ink in both."""
    import cv2
    import numpy as np

    if beside.sum() < LEAST_PX:
        return None
    ground, other = (commonest(one[beside]) for one in (ours, theirs))
    if most(np.abs(ground - other)) > _SAME_GROUND_LEVELS:
        return None
    off = np.concatenate([ours[changed], theirs[changed]]) - ground
    far2 = np.einsum("ij,ij->i", off, off)
    strong = off[far2 >= (0.8 * quantile(np.sqrt(far2), 0.95)) ** 2]
    ink = np.array([median(strong[:, one]) for one in range(3)], np.float32)
    length = float(np.sqrt((ink**2).sum()))
    if float(np.abs(ink).max()) < _CONTRAST_LEVELS:
        return None
    along = np.einsum("ij,j->i", off, ink / length)
    aside = np.sqrt(np.maximum(far2 - along**2, 0))
    if (aside < _OFF_SHARE * length + _OFF_LEVELS).mean() < _TWO_COLOURS:
        return None
    mixing = np.append(ink, -np.dot(ink, ground))[None] / length**2
    shares = [np.asarray(cv2.transform(one, mixing.astype(np.float32)), np.float32) for one in (ours, theirs)]
    plain = most(np.abs(theirs[beside & (shares[1] < _NO_INK)] - ground)) < _GROUND_LEVELS
    if not len(plain) or plain.mean() < _PLAIN:
        return None
    return shares[0] > 0.5, shares[1] > 0.5


def _strokes(ink: Mask, where: Mask, least: float) -> list[_Piece]:
    """The pieces of ink that reach there, are as thin as strokes of letters, and end: a lattice or a wire runs on.

    None of them where less than that share (`least`) of the ink there is in such strokes: a box, a thing, a texture.
    """
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    deep = cv2.distanceTransform(np.pad(ink, 1).astype(np.uint8), cv2.DIST_L2, 3)[1:-1, 1:-1]
    held = np.bincount(labels[where & ink], minlength=len(stats))
    found, thin = [], 0
    for number in np.flatnonzero(held):
        left, top, wide, high, _ = (int(one) for one in stats[number])
        part = slice(top, top + high), slice(left, left + wide)
        depth = float(deep[part][labels[part] == number].max())
        ends = left > 0 and top > 0 and left + wide < ink.shape[1] and top + high < ink.shape[0]
        if ends and high > _LEAST_HIGH_PX and depth <= _STROKE * high + _STROKE_PX:
            found.append((left, top, left + wide, top + high, int(held[number])))
            thin += int(held[number])
    return found if thin >= least * held.sum() else []


def _lined(pieces: list[_Piece]) -> bool:
    """Whether nearly all of the ink is in line with the piece that has most of it."""
    import numpy as np

    every = np.array(pieces).T
    in_line = _in_line(max(pieces, key=lambda one: one[4]), every)
    return bool(every[4][in_line].sum() >= _LINED * every[4].sum())


def _in_line(one: _Piece, others: Pieces) -> Mask:
    """Which pieces, shape (5, n), are about as high as one and stand in one line with it."""
    import numpy as np

    _, top, _, bottom, _ = others
    high, reach = one[3] - one[1], bottom - top
    shared = np.minimum(one[3], bottom) - np.maximum(one[1], top)
    larger, smaller = np.maximum(high, reach), np.minimum(high, reach)
    return np.asarray((larger <= _AS_HIGH * smaller) & (shared >= _IN_LINE * larger), np.bool_)


def _neighbours(pieces: list[_Piece], others: list[_Piece]) -> bool:
    """Whether one of them stands next to one of the others, in one line."""
    import numpy as np

    every = np.array(others, np.int64).reshape(-1, 5).T
    left, top, right, bottom, _ = every
    for one in pieces:
        apart = np.maximum(one[0], left) - np.minimum(one[2], right)
        near = apart <= _APART * np.maximum(one[3] - one[1], bottom - top)
        another = np.any(np.array(one) != every.T, axis=1)
        if np.any(near & another & _in_line(one, every)):
            return True
    return False
