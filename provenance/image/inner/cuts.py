"""Cuts a page along its empty rows and columns until no piece has any (recursive X-Y cut).

Nagy and Seth, "Hierarchical representation of optically scanned documents", ICPR 1984.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .ground import Mask

Box = tuple[int, int, int, int]
"""x0, y0, x1, y1; x1 and y1 lie outside."""

# A row is empty when all but this share of it is ground: border lines and scroll bars cross empty rows.
_SPECK = 0.015
_DEEPEST = 12


def pieces(ground: Mask, box: Box, least_px: int, band_px: int) -> Iterator[Box]:
    """The pieces of `box` that no empty band of `band_px` divides and no empty row or column borders.

    Pieces narrower or lower than `least_px` are not cut further: they are words, lines and icons.
    """
    waiting = [(box, 0, 0)]
    while waiting:
        (x0, y0, x1, y1), whole, depth = waiting.pop()
        if min(x1 - x0, y1 - y0) < least_px:
            yield x0, y0, x1, y1
            continue
        part = ground[y0:y1, x0:x1]
        along = depth % 2
        filled = part.shape[1 - along] - np.count_nonzero(part, axis=1 - along)
        empty = filled <= _SPECK * part.shape[1 - along]
        spans = list(_spans(empty, band_px))
        length = (x1 - x0) if along else (y1 - y0)
        unchanged = len(spans) == 1 and spans[0] == (0, length)
        whole = whole + 1 if unchanged else 0
        if whole == 2 or depth == _DEEPEST:
            yield x0, y0, x1, y1
            continue
        for start, end in spans:
            inner = (x0 + start, y0, x0 + end, y1) if along else (x0, y0 + start, x1, y0 + end)
            waiting.append((inner, whole, depth + 1))


def _spans(empty: NDArray[np.bool_], band_px: int) -> Iterator[tuple[int, int]]:
    """Runs that are not empty, joined over gaps narrower than `band_px`."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (~empty).view(np.int8), [0]))))
    runs = edges.reshape(-1, 2).tolist()
    joined: list[list[int]] = []
    for start, end in runs:
        if joined and start - joined[-1][1] < band_px:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    yield from ((start, end) for start, end in joined)


def trimmed(ground: Mask, box: Box) -> Box:
    """The box without what sticks out of it, such as a badge over its edge: sides move in to a sharp jump."""
    x0, y0, x1, y1 = box
    part = ~ground[y0:y1, x0:x1]
    top, bottom = _jumps(part.mean(axis=1))
    left, right = _jumps(part[top : len(part) - bottom].mean(axis=0))
    return x0 + left, y0 + top, x1 - right, y1 - bottom


def _jumps(fill: NDArray[np.float64]) -> tuple[int, int]:
    """How far in from each end the fill jumps from less than half to most of what it usually is; 0 without a jump."""
    usual = float(np.median(fill))
    found = []
    for way in (fill, fill[::-1]):
        place = int(np.argmax(way >= 0.8 * usual))
        sharp = 2 < place < len(way) // 2 and way[place - 3] < 0.5 * usual
        found.append(place if sharp else 0)
    return found[0], found[1]
