"""Bytes to upright 8-bit sRGB with Pillow; imported by the decoding process alone.

Pillow is held to the one format that the content was sniffed as, and every plug-in of another format stays out.
"""

from __future__ import annotations

import contextlib
import io
import re
import struct
import warnings
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Any

from PIL import Image, UnidentifiedImageError

from ...errors import NO_ROOM, DecodeError
from ...model.text import visible
from ..containers import raw_types, sniff
from . import refusals, turning
from .colour import to_rgb
from .mending import jpeg_variants, png_without_extras

_FORMATS = {
    sniff.JPEG: ("JPEG", "PIL.JpegImagePlugin"),
    sniff.PNG: ("PNG", "PIL.PngImagePlugin"),
    sniff.WEBP: ("WEBP", "PIL.WebPImagePlugin"),
    sniff.GIF: ("GIF", "PIL.GifImagePlugin"),
    sniff.TIFF: ("TIFF", "PIL.TiffImagePlugin"),
    sniff.BMP: ("BMP", "PIL.BmpImagePlugin"),
    sniff.AVIF: ("AVIF", "PIL.AvifImagePlugin"),
    sniff.HEIF: ("HEIF", "pillow_heif"),
}
_FORMATS |= dict.fromkeys(raw_types.PLAIN_TIFF, _FORMATS[sniff.TIFF])  # for the preview that some of them begin with
_NAMES = {
    sniff.PSD: "Photoshop's PSD",
    sniff.JXL: "JPEG XL",
    sniff.JP2: "JPEG 2000",
    sniff.ICO: "a Windows icon",
    sniff.JXR: "JPEG XR",
    **raw_types.NAMES,
}
_REDUCED_STEP = "reduced preview"
_ORIENTATION, _SUBFILE, _REDUCED = 0x0112, 0x00FE, 1
# HEIF and AVIF decode tiles side by side; a thread takes 8 MiB of the address space that is limited.
_THREADS = 4
_TRUNCATED = re.compile(
    r"truncated|cut short|end of file|premature|unexpected end|buffer is not large enough", re.IGNORECASE
)
# Exif 3.0, section 4.6.5.1.6: what brings a stored picture upright.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Size of the written pixels and what was done on the way."""

    width: int
    height: int
    steps: list[str]


def warm() -> None:
    """Load what nearly every picture needs, before the first is there."""
    Image.preinit()


def prepare(media_type: str) -> None:
    """Load the plug-in of a format before limits apply. Raises DecodeError where there is none."""
    if media_type not in _FORMATS:
        raise refusals.no_decoder(_NAMES.get(media_type, "this format"))
    name, module_name = _FORMATS[media_type]
    try:
        module = import_module(module_name)
    except ImportError as error:
        raise refusals.no_decoder(name, "heif") from error
    if media_type == sniff.HEIF:
        module.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=_THREADS)
    elif media_type == sniff.AVIF:
        if not getattr(module, "SUPPORTED", True):
            raise refusals.no_decoder(name, "heif")
        vars(module)["DEFAULT_MAX_THREADS"] = _THREADS


def render(picture: IO[bytes], output: IO[bytes], limits: dict[str, Any]) -> Rendered:
    """Decode the first frame of `picture` and write it to `output` as a binary PPM (netpbm: header, then R, G, B rows).

    `limits` holds media_type, pixels_px, frames and metadata_values. Raises DecodeError.
    """
    Image.MAX_IMAGE_PIXELS = limits["pixels_px"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image, steps = _mended(picture, limits)
            # The PPM writer hands rows to the file in pieces of 64 KiB: the pixels are never in memory twice.
            image.save(output, "PPM")
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise refusals.too_many_pixels((0, 0), limits["pixels_px"]) from error
        except (DecodeError, MemoryError):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno in NO_ROOM:
                raise  # which says nothing of the picture
            raise _refusal(error) from error
    return Rendered(width=image.width, height=image.height, steps=steps)


def _mended(picture: IO[bytes], limits: dict[str, Any]) -> tuple[Image.Image, list[str]]:
    """The picture as it is; where that fails, a PNG without its extras or a JPEG that lacks nothing but its end."""
    if limits["media_type"] in raw_types.PLAIN_TIFF:
        return _preview(picture, limits)
    try:
        return _decoded(picture, limits)
    except (OSError, SyntaxError, ValueError) as error:
        picture.seek(0)
        if limits["media_type"] == sniff.PNG:
            kept = png_without_extras(picture.read())
            image, steps = _decoded(io.BytesIO(kept), limits)
            return image, ["read without text and colour profile: a part beside the pixels is broken", *steps]
        if limits["media_type"] == sniff.JPEG and _TRUNCATED.search(str(error)):
            variants = [_decoded(io.BytesIO(variant), limits) for variant in jpeg_variants(picture.read())]
            if variants[0][0].tobytes() == variants[1][0].tobytes():
                return variants[0]
        raise


def _preview(picture: IO[bytes], limits: dict[str, Any]) -> tuple[Image.Image, list[str]]:
    """The first picture of a raw file, if the file marks it as a smaller copy; sensor values are not developed here."""
    try:
        image, steps = _decoded(picture, {**limits, "media_type": sniff.TIFF})
    except (DecodeError, MemoryError):
        raise
    except Exception as error:
        raise refusals.no_decoder(_NAMES[limits["media_type"]]) from error
    if not any(step.startswith(_REDUCED_STEP) for step in steps):
        raise refusals.no_decoder(_NAMES[limits["media_type"]])
    return image, steps


def _decoded(picture: IO[bytes], limits: dict[str, Any]) -> tuple[Image.Image, list[str]]:
    media_type = limits["media_type"]
    if media_type == sniff.TIFF:
        _require_short_directory(picture, limits["metadata_values"])
    image = Image.open(picture, formats=[_FORMATS[media_type][0]])
    steps = _checked(image, limits)
    for key in ("xmp", "XML:com.adobe.xmp"):
        image.info.pop(key, None)  # Pillow would take an orientation from it; viewers do not
    orientation = _tiff_orientation(image) if media_type == sniff.TIFF else 0
    image.load()
    if media_type == sniff.TIFF:
        turned = to_rgb(image, steps)  # Pillow has turned it while loading
    else:
        with contextlib.suppress(Exception):  # a broken EXIF block turns nothing
            orientation = image.getexif().get(_ORIENTATION, 1)
        turned = to_rgb(image, steps)
        if orientation in _UPRIGHT:
            turned = turned.transpose(_UPRIGHT[orientation])
    if orientation in _UPRIGHT and media_type != sniff.AVIF:  # there Pillow makes it of the container's irot and imir
        steps.append(turning.step(orientation))
    return turned, steps


def _checked(image: Image.Image, limits: dict[str, Any]) -> list[str]:
    """Refuse by size and number of frames before a pixel is decoded; the steps known so far."""
    if image.width * image.height > limits["pixels_px"]:
        raise refusals.too_many_pixels(image.size, limits["pixels_px"])
    frames = getattr(image, "n_frames", 1)
    if frames > limits["frames"]:
        raise refusals.too_many_frames(frames, limits["frames"])
    steps = [f"first of {frames} frames"] if frames > 1 else []
    if limits["media_type"] == sniff.TIFF and getattr(image, "tag_v2", {}).get(_SUBFILE, 0) & _REDUCED:
        steps.append(f"{_REDUCED_STEP}: the file marks its first picture as a smaller copy of another")
    return steps


def _require_short_directory(picture: IO[bytes], most: int) -> None:
    """Refuse a TIFF by the length of its directory: Pillow reads every entry with all its values."""
    from ..containers import tiff_form  # a walker with the model behind it: most pictures need neither in this process

    entries = tiff_form.entries_of_first(picture.read())
    picture.seek(0)
    if entries > most:
        raise refusals.broken(f"its directory announces {entries:,} entries, more than the limit of {most:,}")


def _tiff_orientation(image: Image.Image) -> int:
    value = getattr(image, "tag_v2", {}).get(_ORIENTATION, 1)
    return value if isinstance(value, int) else 1


def _refusal(error: Exception) -> DecodeError:
    """What a decoder's own error means to a person."""
    text = visible(str(error), limit=200)
    if isinstance(error, EOFError | struct.error) or _TRUNCATED.search(text):
        return refusals.cut_short()
    if "memory" in text.lower():
        raise MemoryError from error
    return refusals.broken("" if isinstance(error, UnidentifiedImageError) else text)
