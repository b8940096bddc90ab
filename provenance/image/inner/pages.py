"""Cuts a sampled page into pieces, large and small, under several notions of what its ground is."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from .cuts import Box, pieces, trimmed
from .ground import Codes, Distances, colours, distances

# Ground tolerances in levels: exact paint first, then what JPEG at quality 30 leaves beside edges.
_EXACT, LOOK, _LOOSE, WIDE = _TOLERANCES = (1, 4, 10, 18)
_BAND_PX = 2
_SAME_PX = 4
_RINGING_PX = 8


def away_from_ground(small: NDArray[np.uint8], numbers: Codes) -> list[Distances]:
    """Distances of every pixel to the ground: by the lenient rule for paint, then by the strict one where it differs.

    Empty where the picture has no paint. The better score decides later which rule was right.
    """
    strict, lenient = colours(small)
    found = [distances(numbers, lenient, _TOLERANCES)] if len(lenient) else []
    if 0 < len(strict) < len(lenient):
        found.append(distances(numbers, strict, _TOLERANCES))
    return found


def cut(away: list[Distances], least_px: int) -> tuple[list[Box], int]:
    """The distinct large pieces at all tolerances, as they are and trimmed, and how many small ones are words."""
    found: list[Box] = []
    words = 0
    for one, tolerance in product(away, _TOLERANCES):
        ground = one <= tolerance
        all_pieces = list(pieces(ground, (0, 0, ground.shape[1], ground.shape[0]), least_px, _BAND_PX))
        large = [box for box in all_pieces if _large(box, least_px)]
        if tolerance == _LOOSE:  # below, the ringing around a photograph falls into specks
            words = max(words, _apart([box for box in all_pieces if not _large(box, least_px)], large))
        for box in large:
            for kept in (box, trimmed(ground, box)):
                if _large(kept, least_px) and not any(_same(kept, other) for other in found):
                    found.append(kept)
    return found, words


def overlap(first: Box, second: Box) -> bool:
    """Whether two boxes share a pixel."""
    return min(first[2], second[2]) > max(first[0], second[0]) and min(first[3], second[3]) > max(first[1], second[1])


def _apart(small: list[Box], large: list[Box]) -> int:
    """How many small pieces are not the ringing of a large one."""
    reach = _RINGING_PX
    widened = [(x0 - reach, y0 - reach, x1 + reach, y1 + reach) for x0, y0, x1, y1 in large]
    return sum(1 for box in small if not any(overlap(box, other) for other in widened))


def _large(box: Box, least_px: int) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) >= least_px


def _same(first: Box, second: Box) -> bool:
    return max(abs(a - b) for a, b in zip(first, second, strict=True)) <= _SAME_PX
