"""What becomes of a photograph on its way without anybody altering it: functions of its pixels and a generator."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sent:
    """A picture as it arrived, and how it lies on the one that was sent."""

    pixels: Pixels
    matrix: Floats
    """3 x 3, from its pixels to those of the picture that was sent."""
    outline: Floats | None = None
    """Where it shows that picture, a polygon; None for all of it."""


def jpeg(pixels: Pixels, quality: float, *, subsampling: int = 2) -> Pixels:
    """Saved as JPEG and decoded again."""
    return _saved(pixels, "JPEG", quality=int(quality), subsampling=subsampling)


def kept(pixels: Pixels) -> Sent:
    """Nothing done."""
    return Sent(pixels=pixels, matrix=np.eye(3))


def resaved(pixels: Pixels, rng: np.random.Generator) -> Sent:
    """JPEG of some quality."""
    return kept(jpeg(pixels, rng.integers(60, 97)))


def cropped(pixels: Pixels, rng: np.random.Generator) -> Sent:
    """Cut off the grid of the JPEG, and saved."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = (int(rng.integers(1, max(2, side // 10))) for side in (width, height, width, height))
    return _again(_cut(kept(pixels), left, top, width - left - right, height - top - bottom), rng.integers(70, 97))


def posted(pixels: Pixels, _: np.random.Generator) -> Sent:
    """Same size, quality 85, as X does."""
    return kept(jpeg(pixels, 85))


def halved(pixels: Pixels, _: np.random.Generator) -> Sent:
    """Half size, quality 78, as messengers do."""
    return _again(_scaled(kept(pixels), 0.5), 78)


def posted_twice(pixels: Pixels, rng: np.random.Generator) -> Sent:
    """Scaled, saved, cut by a few pixels and saved again."""
    first = _again(_scaled(kept(pixels), rng.uniform(0.6, 0.95)), 80)
    height, width = first.pixels.shape[:2]
    return _again(_cut(first, 3, 5, width - 7, height - 9), 78)


def screenshot(pixels: Pixels, rng: np.random.Generator) -> Sent:
    """In a page with words above it, lossless."""
    shown = _scaled(kept(pixels), rng.uniform(0.6, 1.3), Image.Resampling.BICUBIC)
    height, width = shown.pixels.shape[:2]
    page = np.full((height + 260, width + 60, 3), rng.choice([18, 255]), np.uint8)
    page[120 : 120 + height, 30 : 30 + width] = shown.pixels
    cv2.putText(page, "Seen this morning", (30, 80), 0, 0.8, (128, 128, 128), 2)
    corners = np.array([[30, 120], [29 + width, 120], [29 + width, 119 + height], [30, 119 + height]], float)
    return Sent(pixels=page, matrix=shown.matrix @ _moved(-30, -120), outline=corners)


def filtered(pixels: Pixels, rng: np.random.Generator) -> Sent:
    """Tones or colours of the whole picture changed, some so far that they clip, and saved."""
    which = rng.choice(list(FILTERS))
    toned = FILTERS[which](pixels.astype(np.float64), rng)
    return kept(jpeg(np.clip(toned, 0, 255).astype(np.uint8), rng.integers(75, 95)))


def mirrored(pixels: Pixels, _: np.random.Generator) -> Sent:
    """Left to right, and saved."""
    turn = np.array([[-1, 0, pixels.shape[1] - 1], [0, 1, 0], [0, 0, 1.0]])
    return Sent(pixels=jpeg(np.ascontiguousarray(pixels[:, ::-1]), 88), matrix=turn)


def sharpened(pixels: Pixels, rng: np.random.Generator) -> Sent:
    """Unsharp mask, and saved."""
    mask = ImageFilter.UnsharpMask(rng.uniform(1, 2.5), int(rng.integers(50, 120)), 2)
    return kept(jpeg(np.asarray(Image.fromarray(pixels).filter(mask), np.uint8), 85))


def webp(pixels: Pixels, rng: np.random.Generator) -> Sent:
    """Saved as WebP."""
    return kept(_saved(pixels, "WEBP", quality=int(rng.integers(60, 90))))


def _gamma(levels: Floats, rng: np.random.Generator) -> Floats:
    return np.asarray(255 * (levels / 255) ** rng.uniform(0.55, 1.8))


def _contrast(levels: Floats, rng: np.random.Generator) -> Floats:
    return (levels - 128) * rng.uniform(0.7, 1.6) + 128 + rng.uniform(-25, 25)


def _grey(levels: Floats, _: np.random.Generator) -> Floats:
    return np.repeat((levels @ [0.299, 0.587, 0.114])[..., None], 3, 2)


def _sepia(levels: Floats, _: np.random.Generator) -> Floats:
    return levels @ np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]]).T


def _warm(levels: Floats, rng: np.random.Generator) -> Floats:
    far = rng.uniform(0.05, 0.2)
    return levels * np.array([1 + far, 1.0, 1 - far])


def _vignette(levels: Floats, rng: np.random.Generator) -> Floats:
    height, width = levels.shape[:2]
    down, across = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    return levels * (1 - rng.uniform(0.2, 0.5) * (across**2 + down**2) / 2)[..., None]


def _saturated(levels: Floats, rng: np.random.Generator) -> Floats:
    grey = levels.mean(2, keepdims=True)
    return grey + (levels - grey) * rng.uniform(1.2, 1.8)


def _saved(pixels: Pixels, form: str, **how: int) -> Pixels:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, form, **how)
    return np.asarray(Image.open(io.BytesIO(buffer.getvalue())).convert("RGB"), np.uint8)


def _moved(across: float, down: float) -> Floats:
    return np.array([[1, 0, across], [0, 1, down], [0, 0, 1.0]])


def _scaled(sent: Sent, scale: float, how: Image.Resampling = Image.Resampling.LANCZOS) -> Sent:
    height, width = sent.pixels.shape[:2]
    size = round(width * scale), round(height * scale)
    across, down = width / size[0], height / size[1]
    back = np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1.0]])
    smaller = np.asarray(Image.fromarray(sent.pixels).resize(size, how), np.uint8)
    return Sent(pixels=smaller, matrix=sent.matrix @ back)


def _cut(sent: Sent, left: int, top: int, width: int, height: int) -> Sent:
    part = sent.pixels[top : top + height, left : left + width]
    return Sent(pixels=np.ascontiguousarray(part), matrix=sent.matrix @ _moved(left, top))


def _again(sent: Sent, quality: float) -> Sent:
    return Sent(pixels=jpeg(sent.pixels, quality), matrix=sent.matrix, outline=sent.outline)


FILTERS = MappingProxyType(
    {
        "gamma": _gamma,
        "contrast": _contrast,
        "grey": _grey,
        "sepia": _sepia,
        "warm": _warm,
        "vignette": _vignette,
        "saturated": _saturated,
    }
)
WAYS: MappingProxyType[str, Callable[[Pixels, np.random.Generator], Sent]] = MappingProxyType(
    {
        "resaved": resaved,
        "cropped": cropped,
        "posted": posted,
        "half size": halved,
        "posted twice": posted_twice,
        "screenshot": screenshot,
        "filtered": filtered,
        "mirrored": mirrored,
        "sharpened": sharpened,
        "webp": webp,
    }
)
