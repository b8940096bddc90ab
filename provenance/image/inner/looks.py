"""Tells photographs from words, icons and buttons among the pieces of a page; of those that overlap, the best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .cuts import Box
from .ground import Codes, Distances, codes
from .pages import LOOK, WIDE, away_from_ground, cut, overlap
from .sides import Side, refine

# Of the picture's shorter side: what is smaller is a face, an icon, a preview.
_LEAST_SIDE = 0.15
# A few words and icons beside it make a page of the ground around a photograph.
PAGE_WORDS = 4
# Text is ground with ink on it, more than half; buttons and bars have few colours. Under JPEG, text is near the ground
# for the most part, in few colours.
_MOST_GROUND, _LEAST_COLOURS = 0.45, 4.0
_MOST_WIDE, _FEW_COLOURS = 0.55, 60.0
_COVERED = 0.6
# Pieces that fill so much of a picture, each with four straight sides, are the panes of a collage.
_TILED = 0.8
# Without words around, what only looks framed is common: a pale sky, a thing on white. There the sides must be plainer;
# of 336 ordinary photographs 8 had a pale or dark part that passed as a frame before.
_COVERED_IN_A_FRAME, _COVERED_ALONE, _CONTRAST_ALONE_LEVELS = 0.7, 0.97, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a page that looks like a photograph, to the pixel of the full picture."""

    box: Box
    sides: tuple[Side, Side, Side, Side]
    ground_share: float
    colours: float
    """Effective number of colours: exp of the entropy at 5 bits a channel."""
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The picture, its sampled colours, and their distances to the ground."""

    pixels: NDArray[np.uint8]
    stride: int
    numbers: Codes
    away: Distances


def photographs(pixels: NDArray[np.uint8], stride: int) -> tuple[list[Piece], int]:
    """The pieces of a picture that look like photographs, and how many words, lines of words and icons lie beside."""
    small = np.ascontiguousarray(pixels[::stride, ::stride])
    numbers = codes(small)
    away = away_from_ground(small, numbers)
    if not away:
        return [], 0
    boxes, words = cut(away, round(_LEAST_SIDE * min(numbers.shape)))
    on_a_page = words >= PAGE_WORDS
    page = _Page(pixels=pixels, stride=stride, numbers=numbers, away=away[0])
    judged = [piece for box in boxes if (piece := _judge(page, box)) is not None]
    panes = _best([piece for piece in judged if _gutters(piece)])
    if len(panes) > 1 and sum(_area(piece.box) for piece in panes) >= _TILED * pixels.shape[0] * pixels.shape[1]:
        return panes, words
    return _best([piece for piece in judged if _straight(piece, on_a_page=on_a_page)]), words


def _judge(page: _Page, box: Box) -> Piece | None:
    """The piece with its sides to the pixel; None for words, buttons and bars."""
    x0, y0, x1, y1 = box
    away = page.away[y0:y1, x0:x1]
    ground = away <= LOOK
    ground_share = float(ground.mean())
    if ground_share > _MOST_GROUND:
        return None
    colours = _effective_colours(page.numbers[y0:y1:2, x0:x1:2])
    if colours < _LEAST_COLOURS or (colours < _FEW_COLOURS and float((away <= WIDE).mean()) > _MOST_WIDE):
        return None
    height, width = page.pixels.shape[:2]
    stride = page.stride
    full = (x0 * stride, y0 * stride, min(x1 * stride, width), min(y1 * stride, height))
    exact, sides = refine(page.pixels, full, 2 * stride)
    covered = sum(min(side.covered / _COVERED, 1.0) for side in sides)
    area = ground.size / page.away.size
    score = covered - 2 * ground_share - 2 * _emptiest_end(ground) + 0.3 * float(np.log2(area))
    return Piece(box=exact, sides=sides, ground_share=ground_share, colours=colours, score=score)


def _effective_colours(numbers: Codes) -> float:
    """exp of the entropy of the colours at 5 bits a channel."""
    five = ((numbers >> 16) << 10) | (((numbers >> 9) & 31) << 5) | ((numbers >> 2) & 31)
    counts = np.bincount(five.ravel())
    shares = counts[counts > 0] / five.size
    return float(np.exp(-(shares * np.log(shares)).sum()))


def _emptiest_end(ground: NDArray[np.bool_]) -> float:
    """Ground beyond a half in the strip along each side that has most of it: words at the end of a piece."""
    height, width = ground.shape
    dy, dx = max(1, height // 12), max(1, width // 12)
    ends = (ground[:dy], ground[-dy:], ground[:, :dx], ground[:, -dx:])
    return max(0.0, max(float(end.mean()) for end in ends) - 0.5)


def _straight(piece: Piece, *, on_a_page: bool) -> bool:
    """Whether the sides that are seen are straight lines between the piece and plain ground; on a page but one."""
    visible = [side for side in piece.sides if side.visible]
    if on_a_page:
        weak = sum(1 for side in visible if side.covered < _COVERED)
        return len(visible) > weak and weak <= 1
    if _faces(piece.sides):
        return all(side.covered >= _COVERED_IN_A_FRAME for side in visible)
    return bool(visible) and all(
        side.covered >= _COVERED_ALONE and side.contrast_levels >= _CONTRAST_ALONE_LEVELS for side in visible
    )


def _gutters(piece: Piece) -> bool:
    """Whether every side is a straight line, as between the panes of a collage that fill the picture."""
    return all(side.covered >= _COVERED_IN_A_FRAME for side in piece.sides)


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _faces(sides: tuple[Side, Side, Side, Side]) -> bool:
    """Whether two opposite sides are seen, as between bars."""
    left, top, right, bottom = (side.visible for side in sides)
    return (left and right) or (top and bottom)


def _best(judged: list[Piece]) -> list[Piece]:
    """The pieces in order of score, without those that overlap a better one."""
    kept: list[Piece] = []
    for piece in sorted(judged, key=lambda one: (-one.score, one.box)):
        if not any(overlap(piece.box, other.box) for other in kept):
            kept.append(piece)
    return kept
