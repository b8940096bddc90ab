"""Whether what differs shows the same in both pictures, far from where it was: then it moved, however it turned.

A hand, a ball or a card between two frames goes farther than places are sought one by one (`moving.py`), turns and
bends. Small patches of it still stand within what differs of the other picture, in both directions, and stand there
rather than anywhere in what is alike. What was pasted, filled or smoothed has no such patches; what was copied, and the
ground that was filled in behind a part moved by hand, have better ones where nothing differs. Two parts exchanged by
hand have them, each where the other was: one way and the same way back in one picture, as a thing that moved does not
go. That patches of one picture are to be found in the other, both ways: Simakov, Caspi, Shechtman and Irani,
Summarizing Visual Data Using Bidirectional Similarity (2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .blocks import enlarged
from .boxes import around
from .clusters import LEVELS, LEVELS_OF_DETAIL
from .residual import Residual
from .sums import MOST_PRODUCTS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.float32]
    Mask = NDArray[np.bool_]
    Places = NDArray[np.intp]

_HALF_PX, _EACH_PX, _SOFT_PX = 3, 2, 1.0
"""Patches of 7 pixels of the frame, every second pixel of them, of blurred pictures."""
_SOFT_MARGIN_PX = 24
"""Around what differs: more than a patch and the blur reach."""
_FAR_PX = 24
"""Nearer patches do not count: what was pulled or reshaped by hand stands there, and what did not move."""
_AROUND_PX = 9
_ASKED, _HELD, _BESIDE = 250, 3000, 40_000
"""Patches at most, about: of what differs, to find those among, and of the rest."""
_FEWEST, _LEAST_FAR = 8, 0.8
_LEAST_PX = 3
_AT_ONCE = 50
_MOST_OF_THERE = 0.5
"""Of the squared distance to what the other picture shows at the same place."""
_MOST_OF_REST = 0.85
"""Of that to the nearest patch where nothing differs. In 195 altered pairs of 41 photographs the larger of the two
directions is 1.17 or more, in 40 with a part moved by hand by 40 to 250 pixels 1.04; in 27 pairs of frames that were
said to differ 16 lie below."""
_FOUND_OF_THERE, _FOUND_OF_REST, _FOUND_OF_OWN = 0.25, 0.5, 0.15
"""For a patch that is found beyond doubt; the last: of that to a plain one, since one cloud is like another. Of a
texture exchanged for another of its kind 0.08 to 0.16 of the patches lie below 0.5, and 0.05 at most below 0.15."""
_LEAST_FOUND, _FEWEST_FOUND = 0.08, 2
"""Of the patches asked, in all and in a part. Where clouds replaced clouds, or a texture another of its kind, 0.05 at
most."""
_BACK_PX, _BACK_STEPS = 6.0, 2
"""So far, or so many steps of the grid, a way and the way back differ at most."""
_RETURN, _EXCHANGED = 0.1, 0.3
"""Of the patches found, those that go the way back of one, and the share of patches with such from which on parts were
exchanged: 0.5 to 0.99 in the five of 24 such pairs that would not be judged otherwise, 0 in six pairs of frames (both
while the bound on plain patches was 0.5)."""


def elsewhere(query: Levels, fitted: Levels, found: Residual, parts: Sequence[Mask]) -> tuple[bool, ...]:
    """Of each part, whether patches of it stand elsewhere within the parts of the other picture; of all, both ways.

    `query`, `fitted`: shape (height, width, 3), levels of one frame; `parts`: masks of shape (height, width).
    """
    import cv2
    import numpy as np

    none = (False,) * len(parts)
    held = np.asarray(np.any(parts, axis=0), np.bool_)
    shown = _pixels(found.shown, held.shape)
    differs = (found.unusual > LEVELS[0][0]) | (found.softer > LEVELS_OF_DETAIL[0][0])
    asked = held & _pixels(differs & found.shown, held.shape)
    rest = shown & ~(cv2.dilate(held.astype(np.uint8), np.ones((_AROUND_PX, _AROUND_PX), np.uint8)) > 0)
    every = max(_LEAST_PX, _every(held, _HELD))
    places = _grid(asked, max(_LEAST_PX + 1, _every(asked, _ASKED)))
    among, beside = _grid(held & shown, every), _grid(rest, every)
    if len(places) < _FEWEST or not len(among) or not len(beside):
        return none
    beside = beside[np.linspace(0, len(beside) - 1, min(len(beside), _BESIDE)).astype(int)]
    # What differs is blurred in its box: the rest is hardly ever asked for.
    box = around(held, _SOFT_MARGIN_PX)
    corner = np.array([box[0].start, box[1].start])
    ours, theirs = _soft(query[box]), _soft(fitted[box])
    told = []
    for one, other, whole in ((ours, theirs, fitted), (theirs, ours, query)):
        sure, ways = _found(one, other, places - corner, among - corner, (whole, beside))
        if not _enough(sure) or _exchanged(ways[sure], max(_BACK_PX, _BACK_STEPS * every)):
            return none
        rows, columns = places.T
        told.append([_enough(sure[part[rows, columns]]) for part in parts])
    return tuple(here or there for here, there in zip(*told, strict=True))


def _found(
    one: Levels, other: Levels, places: Places, among: Places, beside: tuple[Levels, Places]
) -> tuple[Mask, Places]:
    """Which patches of `one` at places are beyond doubt among those of `other`, none where they are as good
    `beside`: at places of the whole of the other, not blurred.

    And by how many rows and columns each lies off there, shape (n, 2).
    """
    import numpy as np

    patches = _patches(one, places)
    there = ((patches - _patches(other, places)) ** 2).sum(1)
    near, which = _nearest(patches, _patches(other, among), places, among)
    ways = among[which] - places
    far = np.isfinite(near)
    near = np.where(far, near, there)
    sure = np.asarray((near < _FOUND_OF_THERE * there) & (near < _FOUND_OF_OWN * _own(patches)), np.bool_)
    # The rest of the picture is many patches: it is asked only where enough of them are left.
    if far.mean() < _LEAST_FAR or near.sum() > _MOST_OF_THERE * there.sum() or not _enough(sure):
        return np.zeros(len(places), np.bool_), ways
    rest, _ = _nearest(patches, _patches(_soft(beside[0]), beside[1]))
    if near.sum() > _MOST_OF_REST * rest.sum():
        return np.zeros(len(places), np.bool_), ways
    return sure & (near < _FOUND_OF_REST * rest), ways


def _exchanged(ways: Places, near_px: float) -> bool:
    """Whether of the patches found, ways of shape (n, 2), many went by a way that others went back."""
    import numpy as np

    apart = np.hypot(*(ways[:, None] + ways[None]).transpose(2, 0, 1))
    back = (apart <= near_px).mean(1) >= _RETURN
    return bool(back.mean() >= _EXCHANGED)


def _enough(sure: Mask) -> bool:
    return int(sure.sum()) >= max(_FEWEST_FOUND, _LEAST_FOUND * len(sure))


def _soft(picture: Levels) -> Levels:
    import cv2
    import numpy as np

    return np.asarray(cv2.GaussianBlur(picture, (0, 0), _SOFT_PX), np.float32)


def _own(patches: Levels) -> Levels:
    """Squared distance of each patch to a plain one of its colour."""
    import numpy as np

    levels = patches.reshape(len(patches), -1, 3)
    return np.asarray(((levels - levels.mean(1, keepdims=True)) ** 2).sum((1, 2)), np.float32)


def _pixels(blocks: Mask, shape: tuple[int, ...]) -> Mask:
    """Of blocks the pixels of the frame, of which the last may lie in no whole block."""
    import numpy as np

    pixels = np.zeros(shape, np.bool_)
    whole = enlarged(blocks) > 0
    pixels[: whole.shape[0], : whole.shape[1]] = whole
    return pixels


def _every(mask: Mask, most: int) -> int:
    """From how many pixels on, each way, places of a mask are at most about so many."""
    import numpy as np

    return int(np.ceil(np.sqrt(mask.sum() / most)))


def _grid(mask: Mask, every: int) -> Places:
    """Row and column of places of a mask whose patch lies in the frame, shape (n, 2)."""
    import numpy as np

    inner = np.zeros_like(mask)
    within = slice(_HALF_PX, -_HALF_PX)
    inner[within, within] = mask[within, within]
    return np.asarray(np.argwhere(inner[::every, ::every]) * every, np.intp)


def _patches(picture: Levels, places: Places) -> Levels:
    """Levels around places, shape (n, 48)."""
    import numpy as np

    reach = range(-_HALF_PX, _HALF_PX + 1, _EACH_PX)
    rows, columns = places.T
    return np.concatenate([picture[rows + down, columns + across] for down in reach for across in reach], 1)


def _nearest(
    patches: Levels, others: Levels, places: Places | None = None, elsewhere: Places | None = None
) -> tuple[Levels, Places]:
    """Squared distance of each patch to the nearest of the others, and which; with places of those far enough away.

    Infinite where none is.
    """
    import numpy as np

    # All but a patch's own square in one product, each small enough for one thread.
    ours = np.column_stack([-2 * patches, np.ones(len(patches), np.float32)])
    theirs = np.column_stack([others, (others * others).sum(1)])
    wide = MOST_PRODUCTS // (_AT_ONCE * ours.shape[1])
    nearest, which = np.empty(len(patches), np.float32), np.empty(len(patches), np.intp)
    for start in range(0, len(patches), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        columns = [ours[some] @ theirs[left : left + wide].T for left in range(0, len(theirs), wide)]
        apart = np.concatenate(columns, 1)
        if places is not None and elsewhere is not None:
            off = places[some, None] - elsewhere[None]
            apart[(off * off).sum(2) < _FAR_PX**2] = np.inf
        which[some] = apart.argmin(1)
        nearest[some] = apart.min(1)
    return np.maximum(nearest + (patches * patches).sum(1), 0), which
