"""Parts of a picture covered for good: boxes filled with one colour, then the pixels written anew and nothing else.

Never a blur or a mosaic: both keep enough of what lies below to read numbers and to recognise faces (McPherson, Shokri
and Shmatikov, "Defeating Image Obfuscation with Deep Learning", 2016; Hill et al., "On the (In)effectiveness of
Mosaicing and Blurring as Tools for Document Redaction", PoPETs 2016).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from ..model.image import WorkingCopy

_QUALITY = 92
FILL = (0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box of an upright picture in pixels: its upper left corner, width and height."""

    x: int
    y: int
    width_px: int
    height_px: int

    def __str__(self) -> str:
        return f"{self.x},{self.y},{self.width_px},{self.height_px}"


def covered(copy: WorkingCopy, boxes: Sequence[Box]) -> WorkingCopy:
    """The picture with the boxes filled, cut at its edges. Raises ValueError for a box that covers nothing of it."""
    import numpy as np

    pixels = np.array(copy.pixels)
    for box in boxes:
        left, top = max(box.x, 0), max(box.y, 0)
        right, bottom = min(box.x + box.width_px, copy.width_px), min(box.y + box.height_px, copy.height_px)
        if left >= right or top >= bottom:
            raise ValueError(f"{box} lies outside the picture, which is {copy.width_px} x {copy.height_px} pixels")
        pixels[top:bottom, left:right] = FILL
    pixels.setflags(write=False)
    noun = "box" if len(boxes) == 1 else "boxes"
    return WorkingCopy(pixels=pixels, steps=(*copy.steps, f"{len(boxes)} {noun} covered"))


def encoded(copy: WorkingCopy, *, jpeg: bool) -> bytes:
    """The pixels as a JPEG (quality 92) or PNG file: no metadata, no thumbnail, nothing of the file they came from."""
    from PIL import Image

    buffer = io.BytesIO()
    image = Image.fromarray(copy.pixels)
    if jpeg:
        image.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        image.save(buffer, "PNG")
    return buffer.getvalue()
