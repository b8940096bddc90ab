"""What desks, platforms and posters lay over a photograph, with the name that each should be given."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import cv2
import numpy as np

from benchmarks.forensics.benign import Pixels


def _words(pixels: Pixels, _: np.random.Generator) -> Pixels:
    size = pixels.shape[1] / 520
    for line in (0.1, 0.9):
        place = int(0.05 * pixels.shape[1]), int(line * pixels.shape[0])
        for colour, width in (((0, 0, 0), 6), ((255, 255, 255), 2)):
            cv2.putText(pixels, "SEEN THIS MORNING", place, cv2.FONT_HERSHEY_DUPLEX, size, colour, width, cv2.LINE_AA)
    return pixels


def _bar_with_words(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    top = int(pixels.shape[0] * rng.uniform(0.8, 0.88))
    pixels[top:] = rng.choice([0, 24, 255])
    grey = 255 if pixels[-1, 0, 0] < 128 else 0
    place = int(0.04 * pixels.shape[1]), int(top + 0.6 * (pixels.shape[0] - top))
    cv2.putText(pixels, "Seen this morning", place, 0, pixels.shape[1] / 700, (grey, grey, grey), 2, cv2.LINE_AA)
    return pixels


def _letterbox(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    bar = int(pixels.shape[0] * rng.uniform(0.06, 0.12))
    pixels[:bar] = pixels[-bar:] = rng.choice([0, 255])
    return pixels


def _watermark(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    over = np.zeros(pixels.shape[:2], np.uint8)
    middle = int(pixels.shape[1] * rng.uniform(0.3, 0.7)), int(pixels.shape[0] * rng.uniform(0.3, 0.7))
    radius = int(0.12 * min(pixels.shape[:2]))
    cv2.circle(over, middle, radius, 255, max(4, radius // 4), cv2.LINE_AA)
    share = rng.uniform(0.3, 0.6) * over[..., None] / 255.0
    return np.asarray(pixels * (1 - share) + 255 * share, np.uint8)


def _logo(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    side = int(0.12 * min(pixels.shape[:2]))
    x, y = int(0.04 * pixels.shape[1]), int(0.04 * pixels.shape[0])
    colour = tuple(int(one) for one in rng.integers(0, 255, 3))
    cv2.rectangle(pixels, (x, y), (x + side, y + side), colour, -1)
    cv2.circle(pixels, (x + side // 2, y + side // 2), side // 3, (255, 255, 255), -1, cv2.LINE_AA)
    return pixels


def _blur(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    box = _box(pixels, rng)
    sigma = max(7.0, 0.12 * (box[0].stop - box[0].start))
    pixels[box] = cv2.GaussianBlur(pixels, (0, 0), sigma)[box]
    return pixels


def _pixelated(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    box = _box(pixels, rng)
    part = pixels[box]
    small = cv2.resize(part, (8, 8), interpolation=cv2.INTER_AREA)
    pixels[box] = cv2.resize(small, part.shape[1::-1], interpolation=cv2.INTER_NEAREST)
    return pixels


def _box(pixels: Pixels, rng: np.random.Generator) -> tuple[slice, slice]:
    side = int(0.2 * min(pixels.shape[:2]))
    y, x = (int(rng.uniform(0.2, 0.6) * one) for one in pixels.shape[:2])
    return slice(y, y + side), slice(x, x + side)


OVERLAYS: MappingProxyType[str, tuple[Callable[[Pixels, np.random.Generator], Pixels], str]] = MappingProxyType(
    {
        "words": (_words, "caption or text"),
        "bar with words": (_bar_with_words, "caption or text"),
        "letterbox": (_letterbox, "plain bar or frame"),
        "watermark": (_watermark, "watermark or logo"),
        "logo": (_logo, "watermark or logo"),
        "blur": (_blur, "blurred or pixelated"),
        "pixelated": (_pixelated, "blurred or pixelated"),
    }
)
"""How each is made, changing the copy handed in, and its name in forensics/comparison/overlays.py."""
