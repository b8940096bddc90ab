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


def _frame(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    wide = int(min(pixels.shape[:2]) * rng.uniform(0.03, 0.07))
    colour = rng.choice([0, 30, 255])
    for edge in (pixels[:wide], pixels[-wide:], pixels[:, :wide], pixels[:, -wide:]):
        edge[:] = colour
    return pixels


def _viewer(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Time and battery above, a row of round buttons below: a telephone's gallery over the whole picture."""
    height, width = pixels.shape[:2]
    dark = rng.random() < 0.5
    ground, ink = ((0, 0, 0), (255, 255, 255)) if dark else ((255, 255, 255), (30, 30, 30))
    bar, size = int(0.05 * height), height / 1100
    pixels[:bar] = ground
    cv2.putText(pixels, "21:47", (int(0.03 * width), int(0.75 * bar)), 0, size, ink, 1, cv2.LINE_AA)
    cv2.rectangle(pixels, (int(0.9 * width), bar // 3), (int(0.95 * width), 2 * bar // 3), ink, -1)
    pixels[-2 * bar :] = ground
    for place in (0.14, 0.38, 0.62, 0.86):
        cv2.circle(pixels, (int(place * width), height - bar), int(0.4 * bar), ink, 2, cv2.LINE_AA)
    return pixels


def _play(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """A round button with a triangle, and the length of the film in a corner."""
    height, width = pixels.shape[:2]
    middle, radius = (width // 2, height // 2), int(rng.uniform(0.07, 0.12) * min(height, width))
    over = np.zeros((height, width), np.uint8)
    cv2.circle(over, middle, radius, 255, -1, cv2.LINE_AA)
    share = 0.6 * over[..., None] / 255.0
    pixels = np.asarray(pixels * (1 - share), np.uint8).copy()
    corners = [[middle[0] - radius // 3, middle[1] - radius // 2], [middle[0] - radius // 3, middle[1] + radius // 2]]
    corners.append([middle[0] + radius // 2, middle[1]])
    cv2.fillPoly(pixels, [np.array(corners, np.int32)], (255, 255, 255), cv2.LINE_AA)
    cv2.rectangle(
        pixels, (int(0.86 * width), int(0.92 * height)), (int(0.98 * width), int(0.98 * height)), (0, 0, 0), -1
    )
    place = int(0.87 * width), int(0.968 * height)
    cv2.putText(pixels, "0:34", place, 0, width / 1100, (255, 255, 255), 1, cv2.LINE_AA)
    return pixels


def _plate(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """A flat box blurred, as a number plate."""
    height, width = pixels.shape[:2]
    down, across = int(0.07 * min(height, width)), int(0.25 * min(height, width))
    y, x = int(rng.uniform(0.2, 0.8) * height), int(rng.uniform(0.1, 0.6) * width)
    box = slice(y, y + down), slice(x, x + across)
    pixels[box] = cv2.GaussianBlur(pixels, (0, 0), max(5.0, down / 5))[box]
    return pixels


def _face(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """An oval blurred, with a soft edge."""
    box = _box(pixels, rng)
    side = box[0].stop - box[0].start
    oval = np.zeros(pixels.shape[:2], np.uint8)
    cv2.ellipse(oval, (box[1].start + side // 2, box[0].start + side // 2), (side // 3, side // 2), 0, 0, 360, 255, -1)
    share = cv2.GaussianBlur(oval, (0, 0), 2.0)[..., None] / 255.0
    blurred = cv2.GaussianBlur(pixels, (0, 0), max(7.0, side / 8))
    return np.asarray(pixels * (1 - share) + blurred * share, np.uint8)


Lay = Callable[[Pixels, np.random.Generator], Pixels]
_WORDS, _BAR, _MARK, _BLUR = "caption or text", "plain bar or frame", "watermark or logo", "blurred or pixelated"
OVERLAYS: MappingProxyType[str, tuple[Lay, frozenset[str]]] = MappingProxyType(
    {
        "words": (_words, frozenset({_WORDS})),
        "bar with words": (_bar_with_words, frozenset({_WORDS})),
        "letterbox": (_letterbox, frozenset({_BAR})),
        "frame": (_frame, frozenset({_BAR})),
        "watermark": (_watermark, frozenset({_MARK})),
        "logo": (_logo, frozenset({_MARK})),
        "viewer": (_viewer, frozenset({_WORDS, _BAR, _MARK})),
        "play button": (_play, frozenset({_WORDS, _BAR, _MARK})),
        "blur": (_blur, frozenset({_BLUR})),
        "pixelated": (_pixelated, frozenset({_BLUR})),
        "plate": (_plate, frozenset({_BLUR})),
        "face": (_face, frozenset({_BLUR})),
    }
)
"""How each is made, which may change the copy handed in, and the names of comparison/overlays.py that fit it."""
