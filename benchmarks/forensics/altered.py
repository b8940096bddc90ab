"""Photographs with one part changed, and which: splices, copies of a part, filled and smoothed places."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import cv2
import numpy as np

from benchmarks.forensics.benign import Floats, Pixels

AREAS = (0.01, 0.02, 0.04, 0.1)
_DRAWS, _LEAST_LEVELS = 20, 0.5
"""White copied into white is no alteration: a blob in which less changes in the mean, grain blurred, is drawn anew."""
_VISIBLE_LEVELS, _LEAST_SHARE = 2.0, 0.002


def altered(
    pixels: Pixels, donor: Pixels, operation: str, rng: np.random.Generator, areas: tuple[float, ...] = AREAS
) -> tuple[Pixels, Pixels]:
    """The picture with a blob changed that covers one of the shares, and that blob: 255 inside.

    ValueError where none of 20 blobs changes more than half a level.
    """
    height, width = pixels.shape[:2]
    for _ in range(_DRAWS):
        blob = _blob(height, width, float(rng.choice(areas)), rng)
        share = cv2.GaussianBlur(blob, (0, 0), 1.0)[..., None] / 255.0
        other = OPERATIONS[operation](pixels, donor, blob, rng)
        changed = np.clip(pixels * (1 - share) + other * share, 0, 255).astype(np.uint8)
        if _felt(pixels, changed)[blob > 0].mean() >= _LEAST_LEVELS:
            return changed, blob
    raise ValueError(f"nothing changes by {operation}, wherever it is done")


def hardly(before: Pixels, after: Pixels) -> bool:
    """Whether what was laid over changes next to nothing, as white on white: under 0.2 % of the picture visibly."""
    return bool((_felt(before, after) > _VISIBLE_LEVELS).mean() < _LEAST_SHARE)


def _felt(before: Pixels, after: Pixels) -> Floats:
    """Levels of change, mean of the channels, blurred by a pixel so that grain alone counts for little."""
    off = cv2.GaussianBlur(after.astype(np.float32) - before.astype(np.float32), (0, 0), 1.0)
    return np.asarray(np.abs(off).mean(2), np.float64)


def _blob(height: int, width: int, area: float, rng: np.random.Generator) -> Pixels:
    radius = np.sqrt(area * height * width / np.pi)
    middle = rng.uniform(0.2, 0.8) * width, rng.uniform(0.2, 0.8) * height
    angle = np.linspace(0, 2 * np.pi, 60)
    bumps = 1 + 0.25 * np.sin(2 * angle + rng.uniform(0, 6)) + 0.12 * np.sin(5 * angle + rng.uniform(0, 6))
    corners = np.stack([middle[0] + radius * bumps * np.cos(angle), middle[1] + radius * bumps * np.sin(angle)], 1)
    blob = np.zeros((height, width), np.uint8)
    cv2.fillPoly(blob, [corners.astype(np.int32)], 255)
    return blob


def _splice(pixels: Pixels, donor: Pixels, _: Pixels, __: np.random.Generator) -> Pixels:
    height, width = pixels.shape[:2]
    if donor.shape[0] < height or donor.shape[1] < width:
        return np.asarray(cv2.resize(donor, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
    return donor[:height, :width]


def _copied(pixels: Pixels, _: Pixels, __: Pixels, rng: np.random.Generator) -> Pixels:
    height, width = pixels.shape[:2]
    away = int(rng.integers(height // 6, height // 3)), int(rng.integers(width // 6, width // 3))
    return np.roll(pixels, away, (0, 1))


def _turned(pixels: Pixels, _: Pixels, __: Pixels, rng: np.random.Generator) -> Pixels:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(5, 25), rng.uniform(0.85, 1.2))
    turn[:, 2] += rng.uniform(0.15, 0.3) * width, rng.uniform(0.1, 0.2) * height
    return np.asarray(cv2.warpAffine(pixels, turn, (width, height), borderMode=cv2.BORDER_REFLECT), np.uint8)


def _filled(pixels: Pixels, _: Pixels, blob: Pixels, rng: np.random.Generator) -> Pixels:
    return _grained(cv2.inpaint(pixels, blob, 5, cv2.INPAINT_TELEA), 2.0, rng)


def _retouched(pixels: Pixels, _: Pixels, __: Pixels, rng: np.random.Generator) -> Pixels:
    return _grained(cv2.GaussianBlur(pixels, (0, 0), 2.5), 1.5, rng)


def _grained(pixels: object, levels: float, rng: np.random.Generator) -> Pixels:
    plain = np.asarray(pixels, np.float64)
    return np.clip(plain + rng.normal(0, levels, plain.shape), 0, 255).astype(np.uint8)


OPERATIONS: MappingProxyType[str, Callable[[Pixels, Pixels, Pixels, np.random.Generator], Pixels]] = MappingProxyType(
    {"splice": _splice, "copied": _copied, "turned": _turned, "filled": _filled, "retouched": _retouched}
)
