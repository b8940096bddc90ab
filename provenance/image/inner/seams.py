"""Finds the seams along which a collage was put together, with or without a narrow gutter.

A seam is one straight line across the whole piece at which the picture jumps in nearly every row, more than it does a
few pixels beside it; a horizon or a post jumps one way only, a seam jumps up here and down there, or is a gutter.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .cuts import Box
from .ground import most

_SAMPLES = 240
# Samples away from a seam at which the jump is compared: beside it, and beyond a narrow gutter.
_APART = (4, 9)
_MARGIN = max(_APART)
_LEAST_LEVELS = 8
# Of all sampled rows; and in each of eight parts of the seam but one. Measured in docs/measured/inner.md.
_JUMPING, _JUMPING_PART, _PARTS = 0.6, 0.4, 8
# At least this share of the jumps goes the other way, or their heights differ by so much of their mean.
_OTHER_WAY, _UNEVEN = 0.1, 0.45
# A seam whose jumps all go one way is taken for one only where it is as clear as this, or among other panes.
_SURE, _SURE_PART = 0.85, 0.65
_GUTTER_PX = 24
_LEAST_PANE = 0.15
_DEEPEST = 3


def panes(pixels: NDArray[np.uint8], box: Box, depth: int = 0) -> list[Box]:
    """The panes of a collage within `box`; the box alone where no seam runs across it."""
    x0, y0, x1, y1 = box
    if depth == _DEEPEST or min(x1 - x0, y1 - y0) < 96:
        return [box]
    part = pixels[y0:y1, x0:x1]
    across = _seam(part, among_panes=depth > 0)
    down = _seam(part.swapaxes(0, 1), among_panes=depth > 0)
    if max(across[0], down[0]) == 0:
        return [box]
    if across[0] >= down[0]:
        first, second = (x0, y0, x0 + across[1], y1), (x0 + across[2], y0, x1, y1)
    else:
        first, second = (x0, y0, x1, y0 + down[1]), (x0, y0 + down[2], x1, y1)
    return panes(pixels, first, depth + 1) + panes(pixels, second, depth + 1)


def _seam(lines: NDArray[np.uint8], *, among_panes: bool) -> tuple[float, int, int]:
    """The clearest seam over columns of (rows, columns, 3): strength (0: none), end of one pane, start of the next."""
    step_y = max(1, lines.shape[0] // _SAMPLES)
    stride = max(1, lines.shape[1] // (2 * _SAMPLES))
    sampled = lines[step_y // 2 :: step_y, ::stride].astype(np.int16)
    change = sampled[:, 2:] - sampled[:, :-2]
    jump = most(np.abs(change))
    step = (change[..., 0] + change[..., 1] + change[..., 2])[:, _MARGIN:-_MARGIN]
    best = (0.0, 0, 0)
    for apart in _APART:
        beside = _beside(jump, apart)
        clear = jump[:, _MARGIN:-_MARGIN] > beside + beside * 3 // 10 + _LEAST_LEVELS
        for place, share, weakest in _lines(clear):
            end, start = _to_the_pixel(lines[::step_y], (place + _MARGIN + 1) * stride, stride)
            gutter = _gutter(lines[::step_y], end)
            sure = share >= _SURE and weakest >= _SURE_PART
            if gutter is not None:
                end, start = gutter
            elif apart != _APART[0] or not _uneven(step[:, place][clear[:, place]], by_height=sure or among_panes):
                continue
            if share > best[0]:
                best = (share, end, start)
    return best


def _lines(clear: NDArray[np.bool_]) -> list[tuple[int, float, float]]:
    """Columns with a jump in nearly all rows, clearest first: place, share of rows, share in the last part but one."""
    share = clear.mean(axis=0)
    margin = round(_LEAST_PANE * len(share))
    rows = len(clear) // _PARTS * _PARTS
    places = np.flatnonzero(share >= _JUMPING)
    places = places[(places > margin) & (places < len(share) - margin)]
    parts = clear[:rows, places].reshape(_PARTS, rows // _PARTS, len(places)).mean(axis=1)
    weakest = np.sort(parts, axis=0)[1]
    found = [
        (int(place), float(share[place]), float(least))
        for place, least in zip(places, weakest, strict=True)
        if least >= _JUMPING_PART
    ]
    return sorted(found, key=lambda one: -one[1])[:8]


def _beside(jump: NDArray[np.int16], apart: int) -> NDArray[np.int16]:
    """The greater of the jumps so far to the left and to the right of each column that has both."""
    width = jump.shape[1]
    reach = _MARGIN - apart
    left = jump[:, reach : width - 2 * _MARGIN + reach]
    return np.maximum(left, jump[:, _MARGIN + apart : width - _MARGIN + apart])


def _uneven(steps: NDArray[np.int16], *, by_height: bool) -> bool:
    """Whether the jumps along a line differ as those between unrelated pictures do, in direction or in height."""
    ups = float((steps > 0).mean())
    uneven = by_height and float(steps.std()) >= _UNEVEN * abs(float(steps.mean()))
    return uneven or min(ups, 1 - ups) >= _OTHER_WAY


def _to_the_pixel(lines: NDArray[np.uint8], near_px: int, stride: int) -> tuple[int, int]:
    """The column at which the picture changes most, near a sampled one."""
    first = max(1, near_px - 2 * stride - 1)
    strip = lines[:, first - 1 : near_px + 2 * stride + 2].astype(np.int16)
    place = first + int(most(np.abs(np.diff(strip, axis=1))).mean(axis=0).argmax())
    return place, place


def _gutter(lines: NDArray[np.uint8], at_px: int) -> tuple[int, int] | None:
    """First and last column of a run of plain columns of one colour at a seam; None where there is none."""
    first = max(0, at_px - _GUTTER_PX)
    strip = lines[:, first : at_px + _GUTTER_PX].astype(np.int16)
    plain = strip.std(axis=0).max(axis=1) < 12
    here = at_px - first
    touching = [
        place for place in (here - 1, here, here + 1, here - 2, here + 2) if 0 <= place < len(plain) and plain[place]
    ]
    if not touching:
        return None
    start = end = touching[0]
    while start > 0 and plain[start - 1]:
        start -= 1
    while end < len(plain) - 1 and plain[end + 1]:
        end += 1
    if start == 0 or end == len(plain) - 1:
        return None
    return first + start, first + end + 1
