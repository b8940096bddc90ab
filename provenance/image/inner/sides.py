"""Brings the sides of a roughly known rectangle to the pixel, and measures how straight and plain they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .cuts import Box
from .ground import most

# JPEG spreads an edge over its block of 8 pixels, so the true side lies at most so far inside what differs.
_RINGING_PX = 12
_PLATEAU_PX = 6
_CLIP_LEVELS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a rectangle, seen from outside to inside."""

    visible: bool
    """False where the picture ends with the rectangle."""
    position_px: int
    contrast_levels: float
    """Mean difference to the outside just inside the side, clipped at 60 levels a pixel."""
    covered: float
    """Share of the side's length where the first pixels inside differ from the outside."""


def refine(pixels: NDArray[np.uint8], box: Box, slack_px: int) -> tuple[Box, tuple[Side, Side, Side, Side]]:
    """The box to the pixel with its sides: left, top, right, bottom. `slack_px`: how far outside a side may lie."""
    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = box
    inset_x, inset_y = (x1 - x0) // 12, (y1 - y0) // 12
    rows = pixels[y0 + inset_y : y1 - inset_y]
    columns = pixels[:, x0 + inset_x : x1 - inset_x].swapaxes(0, 1)
    left = _side(rows, x0, slack_px, (x1 - x0) // 3)
    right = _mirrored(_side(rows[:, ::-1], width - x1, slack_px, (x1 - x0) // 3), width)
    top = _side(columns, y0, slack_px, (y1 - y0) // 3)
    bottom = _mirrored(_side(columns[:, ::-1], height - y1, slack_px, (y1 - y0) // 3), height)
    return (left.position_px, top.position_px, right.position_px, bottom.position_px), (left, top, right, bottom)


def _side(lines: NDArray[np.uint8], at_px: int, slack_px: int, most_px: int) -> Side:
    """The side near column `at_px` of `lines` (length, across, 3), with the outside at lower columns."""
    first = at_px - slack_px
    if first < 2:
        return Side(visible=False, position_px=0 if at_px <= slack_px else at_px, contrast_levels=0.0, covered=1.0)
    step = max(1, len(lines) // 400)
    strip = lines[::step, first - 2 : at_px + min(_RINGING_PX + _PLATEAU_PX, most_px)].astype(np.int16)
    outside = np.median(strip[:, :2], axis=(0, 1)).astype(np.int16)
    away = np.minimum(most(np.abs(strip - outside)), _CLIP_LEVELS)
    profile = away.mean(axis=0)
    plateau = float(np.median(profile[slack_px + 2 + 2 :]))
    crossed = np.flatnonzero(profile >= plateau / 2)
    place = max(int(crossed[0]), 2) if len(crossed) else slack_px + 2
    inside = away[:, place + 1 : place + 4]
    return Side(
        visible=True,
        position_px=first - 2 + place,
        contrast_levels=plateau,
        covered=float((inside.mean(axis=1) > max(4.0, plateau / 6)).mean()) if inside.size else 0.0,
    )


def _mirrored(side: Side, length_px: int) -> Side:
    return Side(
        visible=side.visible,
        position_px=length_px - side.position_px,
        contrast_levels=side.contrast_levels,
        covered=side.covered,
    )
