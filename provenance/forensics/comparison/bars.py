"""Bars of one colour along the sides of a picture, with or without words on them: letterboxes, frames, captions.

They are looked for first, since together they can cover so much that windows of the usual shapes hold nothing unusual
beside what lies outside them, and since a frame encloses all the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .blocks import BLOCK_PX
from .channels import most
from .clusters import ALARM_LOG10_NFA, LEVELS, Cluster, along_sides, log10_nfa
from .ranks import median
from .residual import Residual
from .surest import AROUND

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_NEAR_LEVELS, _CHANGED_LEVELS = 14, 24
_OF_A_LINE, _DIFFERS = 0.5, 0.25
_EDGE_PX, _WORDS_LEVELS, _WORDS = 4, 40, 0.004
_LEAST_PX = 6
_OF_A_BLOCK = 0.25
"""Covered of a block that counts: the outermost ones are never shown whole, and frames are narrow."""
_MOST_SHARE = 0.45
"""Of the picture's height or width: what covers more is no bar."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bar:
    """One bar."""

    cluster: Cluster
    mask: Mask
    """Of the frame's pixels."""
    plain: bool
    """Without words or marks on it."""


def bars(query: Levels, fitted: Levels, found: Residual) -> tuple[tuple[Bar, ...], Residual]:
    """The bars, at most one a side, and the residual in which they are not shown."""
    import cv2
    import numpy as np

    height, width = found.shown.shape
    sides = tuple(
        _span(np.asarray(found.shown.any(axis)), of, side)
        for axis, of, side in zip((1, 0), (height, width), query.shape, strict=False)
    )
    ours, theirs = query[sides], fitted[sides]
    seen = []
    covered = np.zeros(found.shown.shape, np.uint8)
    for turns in range(4):
        strip, plain = _strip(np.rot90(ours, turns), np.rot90(theirs, turns))
        if not strip.any():
            continue
        mask = np.zeros(query.shape[:2], np.bool_)
        mask[sides] = np.rot90(strip, -turns)
        cells = mask[: height * BLOCK_PX, : width * BLOCK_PX].reshape(height, BLOCK_PX, width, BLOCK_PX)
        mostly = np.asarray(cells.mean((1, 3)) > _OF_A_BLOCK, np.bool_)
        covered |= cells.any((1, 3)).astype(np.uint8)
        if (mostly & found.shown).any():
            seen.append((mask, mostly, plain))
    if not seen:
        return (), found
    left_over = replace(found, shown=found.shown & ~cv2.dilate(covered, np.ones((3, 3), np.uint8)).astype(bool))
    told = [Bar(cluster=_cluster(region, found, left_over), mask=mask, plain=plain) for mask, region, plain in seen]
    sure = tuple(one for one in told if one.cluster.log10_nfa <= ALARM_LOG10_NFA)
    # One side that is sure vouches for the others: where the reference is as dark as the frame, nothing else does.
    return (sure, left_over) if sure else ((), found)


def _span(shown: Mask, blocks: int, side_px: int) -> slice:
    """Pixels from the first row or column of blocks shown to the last; to the picture's edge where that is near."""
    import numpy as np

    held = np.flatnonzero(shown)
    first, last = int(held[0]), int(held[-1]) + 1
    return slice(0 if first <= 1 else first * BLOCK_PX, side_px if last >= blocks - 1 else last * BLOCK_PX)


def _strip(ours: Levels, theirs: Levels) -> tuple[Mask, bool]:
    """The lines from the top that mostly have the colour of the first ones, where the reference has another."""
    import numpy as np

    none = np.zeros(ours.shape[:2], np.bool_)
    colour = np.array([median(ours[: BLOCK_PX // 2, :, one]) for one in range(3)], np.float32)
    # Few pictures have a bar at all: the first lines say so before the rest is looked at.
    first = most(np.abs(ours[:_LEAST_PX] - colour)) <= _NEAR_LEVELS
    if not (first.mean(1) > _OF_A_LINE).all():
        return none, False
    deepest = int(_MOST_SHARE * len(ours))
    held, looked = [first], len(first)
    # The lines are looked at by eights, until one is of another colour.
    while looked <= deepest and (held[-1].mean(1) > _OF_A_LINE).all():
        held.append(most(np.abs(ours[looked : min(looked + BLOCK_PX, deepest + 1)] - colour)) <= _NEAR_LEVELS)
        looked += len(held[-1])
    near = np.concatenate(held)
    lines = near.mean(1) > _OF_A_LINE
    deep = len(lines) if lines.all() else int(np.argmin(lines))
    if deep > deepest:
        return none, False
    near, other = near[:deep], most(np.abs(theirs[:deep] - colour)) > _CHANGED_LEVELS
    if (near & other).sum() < _DIFFERS * near.sum():
        return none, False
    none[:deep] = True
    words = most(np.abs(ours[_EDGE_PX : deep - _EDGE_PX, _EDGE_PX:-_EDGE_PX] - colour)) > _WORDS_LEVELS
    return none, bool(words.mean() < _WORDS) if words.size else True


def _cluster(region: Mask, found: Residual, left_over: Residual) -> Cluster:
    import numpy as np

    rows, columns = np.flatnonzero(region.any(1)), np.flatnonzero(region.any(0))
    window = int(rows[0]), int(columns[0]), int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    inside = region & found.shown
    tests = along_sides(found.shown.shape)
    around, here = left_over.unusual[left_over.shown], found.unusual[inside]
    told = []
    for level, usual in LEVELS:
        count = int((here > level).sum())
        chance = min(0.999, max(usual, AROUND * float((around > level).mean()) if around.size else 0.0))
        told.append((log10_nfa(here.size, count, chance, tests), count, level, chance))
    log10, count, level, chance = min(told)
    return Cluster(
        log10_nfa=log10,
        window=window,
        blocks=here.size,
        unusual=count,
        level=level,
        chance=chance,
        tests=tests,
        region=inside,
    )
