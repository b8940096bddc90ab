"""Unaltered and posted versions of a photograph, as desks meet them."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

Pixels = NDArray[np.uint8]
LONGEST_PX = 720


def jpeg(pixels: Pixels, quality: int, *, subsampling: int = 0) -> bytes:
    """Saved by Pillow."""
    return _saved(pixels, "JPEG", quality=quality, subsampling=subsampling)


def png(pixels: Pixels) -> bytes:
    """Saved without loss, fast."""
    return _saved(pixels, "PNG", compress_level=1)


def _saved(pixels: Pixels, kind: str, **how: Any) -> bytes:
    buffer = io.BytesIO()
    Pillow.fromarray(pixels).save(buffer, kind, **how)
    return buffer.getvalue()


def opened(data: bytes) -> Pixels:
    """Decoded to RGB as stored, cut on the grid to at most LONGEST_PX a side."""
    picture = Pillow.open(io.BytesIO(data)).convert("RGB")
    width, height = picture.size
    left, top = (max(0, (side - LONGEST_PX) // 2) // 8 * 8 for side in (width, height))
    box = (left, top, min(width, left + LONGEST_PX), min(height, top + LONGEST_PX))
    return np.array(picture.crop(box), np.uint8)


def _resized(pixels: Pixels, factor: float) -> Pixels:
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)


def _a_little_resized(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    way = int(rng.choice((cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_AREA, cv2.INTER_LANCZOS4)))
    factor = rng.uniform(0.96, 1.04)
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=way), np.uint8)


def decoded(data: bytes) -> Pixels:
    """Decoded to RGB as stored, whole."""
    return np.array(Pillow.open(io.BytesIO(data)).convert("RGB"), np.uint8)


def _off(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    down, across = divmod(int(rng.integers(1, 64)), 8)
    return pixels[down:, across:]


Made = Callable[[Pixels, np.random.Generator], bytes]
UNALTERED: MappingProxyType[str, Made] = MappingProxyType(
    {
        "saved without loss": lambda one, _: png(one),
        "cut off the grid, saved without loss": lambda one, rng: png(_off(one, rng)),
        "saved at 98 to 100": lambda one, rng: jpeg(one, int(rng.integers(98, 101)), subsampling=2),
        "cut off the grid, saved at 98 to 100": lambda one, rng: jpeg(_off(one, rng), int(rng.integers(98, 101))),
        "resized, saved at 98 to 100": lambda one, rng: jpeg(_resized(one, rng.uniform(0.4, 0.9)), 98),
        "filtered, saved without loss": lambda one, rng: png(
            np.asarray(255 * (one / 255.0) ** rng.uniform(0.7, 1.3), np.uint8)
        ),
        "saved at 70 to 88, then at 90 to 97": lambda one, rng: jpeg(
            decoded(jpeg(one, int(rng.integers(70, 89)))), int(rng.integers(90, 98)), subsampling=2
        ),
        "saved at 70 to 88, cut off the grid, then at 95": lambda one, rng: jpeg(
            _off(decoded(jpeg(one, int(rng.integers(70, 89)))), rng), 95
        ),
        "saved at 95": lambda one, _: jpeg(one, 95),
        "saved at 90": lambda one, _: jpeg(one, 90, subsampling=2),
        "resized by 0.96 to 1.04, saved at 98 to 100": lambda one, rng: jpeg(
            _a_little_resized(one, rng), int(rng.integers(98, 101)), subsampling=2
        ),
        "resized by 0.96 to 1.04, saved without loss": lambda one, rng: png(_a_little_resized(one, rng)),
    }
)
POSTED: MappingProxyType[str, Made] = MappingProxyType(
    {
        "posted: same size, 85": lambda one, _: jpeg(one, 85, subsampling=2),
        "posted: 0.6 of the size, 87": lambda one, _: jpeg(_resized(one, 0.6), 87, subsampling=2),
        "posted: half the size, 78": lambda one, _: jpeg(_resized(one, 0.5), 78, subsampling=2),
        "posted twice": lambda one, rng: jpeg(
            _resized(_off(decoded(jpeg(one, 85, subsampling=2)), rng), 0.8), 75, subsampling=2
        ),
        "posted: screenshot": lambda one, _: png(_resized(decoded(jpeg(one, 80, subsampling=2)), 0.73)),
        "posted: WebP": lambda one, _: _saved(one, "WEBP", quality=80),
    }
)
