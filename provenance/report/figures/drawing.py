"""Pixels of figures: panels, dimmed surroundings, outlines, points and lines that stay legible in grey print.

Every mark is a light core in a black casing: it stands out from bright and dark ground alike, printed in grey, and for
every colour vision, because nothing is told by hue (WCAG 2.2, 1.4.1). All pictures are sRGB, uint8, shape
(height, width, 3), order R, G, B.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Floats = NDArray[np.float64]

QUALITY = 80
CORE, CASING, GROUND = (255, 214, 10), (0, 0, 0), (132, 132, 132)
_DIMMED = 0.5
_LINE_SHARE = 0.8
_SUBPIXEL_BITS = 4
_FURTHEST_PX = 30_000
_TAG_PX, _BADGE_PX, _NUMBER_PX = 15, 22, 12


def jpeg(pixels: Pixels) -> bytes:
    """A baseline JPEG, sRGB, without metadata: the same pixels give the same bytes."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def resized(pixels: Pixels, width_px: int, height_px: int) -> Pixels:
    """The picture in another size: averaged when it shrinks, smooth when it grows."""
    import cv2
    import numpy as np

    shrinks = width_px * height_px < pixels.shape[0] * pixels.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    source = np.ascontiguousarray(pixels)
    return np.array(cv2.resize(source, (max(width_px, 1), max(height_px, 1)), interpolation=how), np.uint8)


def dimmed(pixels: Pixels, outlines: Sequence[Floats]) -> Pixels:
    """The picture darkened and without colour, except inside the outlines."""
    import cv2
    import numpy as np

    mask = np.zeros(pixels.shape[:2], np.uint8)
    for outline in outlines:
        cv2.fillPoly(mask, [_fixed(outline)], 255, cv2.LINE_8, _SUBPIXEL_BITS)
    dark = cv2.convertScaleAbs(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), alpha=_DIMMED)
    result = np.asarray(np.repeat(dark[..., None], 3, axis=2), np.uint8)
    np.copyto(result, pixels, where=mask[..., None].astype(bool))
    return result


def outline(pixels: Pixels, corners: Floats) -> None:
    """Draw a closed outline into the picture."""
    import cv2

    for colour, thickness in ((CASING, 5), (CORE, 2)):
        cv2.polylines(pixels, [_fixed(corners)], True, colour, thickness, cv2.LINE_AA, _SUBPIXEL_BITS)


def lines(pixels: Pixels, starts: Floats, ends: Floats) -> None:
    """Draw thin lines between points, shape (n, 2) each, into the picture, which shines through them a little."""
    import cv2

    drawn = pixels.copy()
    for start, end in zip(_fixed(starts).tolist(), _fixed(ends).tolist(), strict=True):
        for colour, thickness in ((CASING, 3), (CORE, 1)):
            cv2.line(drawn, start, end, colour, thickness, cv2.LINE_AA, _SUBPIXEL_BITS)
    cv2.addWeighted(drawn, _LINE_SHARE, pixels, 1 - _LINE_SHARE, 0, dst=pixels)


def dots(pixels: Pixels, points: Floats) -> None:
    """Draw a small dot at every point, shape (n, 2), into the picture."""
    import cv2

    for middle in _fixed(points).tolist():
        for colour, radius in ((CASING, 4.0), (CORE, 2.6)):
            cv2.circle(pixels, middle, round(radius * 2**_SUBPIXEL_BITS), colour, -1, cv2.LINE_AA, _SUBPIXEL_BITS)


def tag(pixels: Pixels, text: str, *, right: bool = False) -> None:
    """Write a short text of ours into the lower left corner of the picture, or the lower right one."""
    letters = _lettered(text, _TAG_PX, (255, 255, 255))
    _put(pixels, letters, pixels.shape[1] if right else 0, pixels.shape[0])


def badge(pixels: Pixels, text: str, place: Floats) -> None:
    """Write a number at a place (x, y) into the picture."""
    _put(pixels, _lettered(text, _BADGE_PX, CORE), round(float(place[0])), round(float(place[1])))


def numbers(pixels: Pixels, points: Floats) -> None:
    """Write 1, 2, 3, ... beside points, shape (n, 2)."""
    for number, (x, y) in enumerate(points.tolist(), 1):
        _put(pixels, _lettered(str(number), _NUMBER_PX, CORE), round(x) + 5, round(y) - _NUMBER_PX)


def _lettered(text: str, size_px: int, colour: tuple[int, int, int]) -> Pixels:
    """Light on black in the typeface that comes with Pillow, so that no font of the machine is asked for."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(size_px)
    left, top, right, bottom = font.getbbox(text)
    size = round(right - left) + size_px, round(bottom - top) + round(size_px * 0.8)
    image = Image.new("RGB", size, CASING)
    ImageDraw.Draw(image).text((size[0] / 2, size[1] / 2), text, font=font, fill=colour, anchor="mm")
    return np.array(image, np.uint8)


def _put(pixels: Pixels, patch: Pixels, x: int, y: int) -> None:
    """Lay a small picture with its corner at a place, moved inwards so that it shows as much as it can."""
    height, width = pixels.shape[:2]
    top, left = min(max(y, 0), max(height - patch.shape[0], 0)), min(max(x, 0), max(width - patch.shape[1], 0))
    shown = patch[: height - top, : width - left]
    pixels[top : top + shown.shape[0], left : left + shown.shape[1]] = shown


def _fixed(points: Floats) -> NDArray[np.int32]:
    """Places in the fixed-point form in which OpenCV draws, far outliers drawn in."""
    import numpy as np

    near = np.nan_to_num(np.asarray(points, np.float64)).clip(-_FURTHEST_PX, _FURTHEST_PX)
    return np.asarray(np.rint(near * 2**_SUBPIXEL_BITS), np.int32)
