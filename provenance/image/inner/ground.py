"""The ground of a screen: the few flat colours that pages, cards, bubbles and bars are painted with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Codes = NDArray[np.int32]
Distances = NDArray[np.uint8]

_BITS = 7
_LEVELS = 1 << _BITS
_STEP = 256 // _LEVELS
# A ground colour covers at least this share of the picture in flat spots, and there are at most so many of them.
_LEAST_SHARE = 0.006
_MOST_COLOURS = 10
_MANY_PX = 200_000
# Paint is one value: of the flat spots within 6 levels of a ground colour, this share lies within 1 of it. On 90
# rendered screens page and card colours have 0.94 to 1.00, dark parts of photographs 0.95 at most; overexposed parts
# cannot be told. JPEG's coarse chroma may make two values of one paint, and two paints may be neighbours: hence the
# lenient share of two.
_STRICT_SHARE, _LENIENT_SHARE = 0.92, 0.8
_EXACT_LEVELS, _NEAR_LEVELS = 1, 6
# The corners of a spot of 4 x 4 pixels (2 in small pictures) differ by no more than this where it is painted flat.
_FLAT_LEVELS = 1


def codes(pixels: NDArray[np.uint8]) -> Codes:
    """Each pixel's colour as one number, 7 bits a channel (R, G, B); shape (height, width)."""
    red, green, blue = (pixels[..., channel].astype(np.int32) >> (8 - _BITS) for channel in range(3))
    return (red << (2 * _BITS)) | (green << _BITS) | blue


def colours(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """The ground colours by the strict and the lenient rule, most frequent first; int16, shape (n, 3), n may be 0."""
    spots, looked_at = _flat_spots(pixels)
    strict: list[NDArray[np.int16]] = []
    lenient: list[NDArray[np.int16]] = []
    numbers = codes(spots[None].astype(np.uint8))[0]
    counts = np.bincount(numbers)
    frequent = np.flatnonzero(counts >= max(1.0, _LEAST_SHARE * looked_at))
    for number in frequent[np.argsort(-counts[frequent], kind="stable")][: 4 * _MOST_COLOURS]:
        colour = np.median(spots[numbers == number], axis=0).astype(np.int16)
        if any(np.abs(colour - other).max() <= _EXACT_LEVELS for other in lenient) or len(lenient) == _MOST_COLOURS:
            continue
        one, two = _paint(spots, colour)
        if one >= _STRICT_SHARE:
            strict.append(colour)
        if one >= _STRICT_SHARE or two >= _LENIENT_SHARE:
            lenient.append(colour)
    return np.array(strict, np.int16).reshape(-1, 3), np.array(lenient, np.int16).reshape(-1, 3)


def most(levels: NDArray[np.int16]) -> NDArray[np.int16]:
    """The greatest of the three channels of (..., 3); much faster than max over the last axis."""
    return np.maximum(np.maximum(levels[..., 0], levels[..., 1]), levels[..., 2])


def _flat_spots(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.int16], int]:
    """The colours of sampled spots that are flat, and how many spots were looked at."""
    stride = 4 if pixels.shape[0] * pixels.shape[1] > _MANY_PX else 2
    even = pixels[: pixels.shape[0] // stride * stride, : pixels.shape[1] // stride * stride]
    off = stride - 1
    here, right, below = (even[y::stride, x::stride].astype(np.int16) for y, x in ((0, 0), (0, off), (off, 0)))
    flat = (most(np.abs(here - right)) <= _FLAT_LEVELS) & (most(np.abs(here - below)) <= _FLAT_LEVELS)
    return here[flat], flat.size


def _paint(spots: NDArray[np.int16], colour: NDArray[np.int16]) -> tuple[float, float]:
    """Of the spots near a colour, the share that has exactly it, and the share that has it or the commonest other."""
    away = most(np.abs(spots - colour))
    rest = spots[(away <= _NEAR_LEVELS) & (away > _EXACT_LEVELS)]
    exact = int(np.count_nonzero(away <= _EXACT_LEVELS))
    if not len(rest):
        return 1.0, 1.0
    numbers = codes(rest[None].astype(np.uint8))[0]
    common = rest[numbers == np.bincount(numbers).argmax()][0]
    second = int(np.count_nonzero(most(np.abs(rest - common)) <= _EXACT_LEVELS))
    return exact / (exact + len(rest)), (exact + second) / (exact + len(rest))


def distances(numbers: Codes, ground: NDArray[np.int16], steps_levels: tuple[int, ...]) -> Distances:
    """How far each pixel is from the nearest ground colour: the least of the steps that reaches it in every channel
    (widened to whole bins of 2), or 255; uint8, shape as `numbers`. Steps rise.
    """
    table = np.full((_LEVELS,) * 3, 255, np.uint8)
    for step in reversed(steps_levels):
        for colour in ground:
            low = np.clip((colour - step) // _STEP, 0, _LEVELS - 1)
            high = np.clip((colour + step) // _STEP, 0, _LEVELS - 1) + 1
            table[low[0] : high[0], low[1] : high[1], low[2] : high[2]] = step
    return np.asarray(table.reshape(-1)[numbers])
