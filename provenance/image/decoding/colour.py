"""Whatever a decoder gives to 8-bit sRGB; imported by the decoding process alone."""

from __future__ import annotations

import io
import math

from PIL import Image

from ...model.text import visible
from .refusals import LAID_OVER_WHITE

# Profile classes by the colour space field (ICC.1, section 7.2.8) and the Pillow mode they fit.
_SPACES = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK", b"Lab ": "LAB"}
_DEEP_MODES = ("I", "F")
_PROBE_STEPS = (0, 51, 102, 153, 204, 255)
# Probe colours that move no further than this are sRGB for every purpose here. Of 42 profiles found in published
# pictures, the 26 meant as sRGB move them by 0 or 1, the nearest other (one monitor's) by 11, Display P3 by 102.
_SAME_LEVELS = 3


def to_rgb(image: Image.Image, steps: list[str]) -> Image.Image:
    """The picture in mode RGB: colours by its profile, deep values scaled, alpha over white; adds to `steps`."""
    profile = image.info.get("icc_profile")
    image = _shallow(image, steps)
    image, alpha = _opaque(image)
    if image.mode not in _SPACES.values():
        image = image.convert("L" if image.mode == "1" else "RGB")
    if isinstance(profile, bytes) and profile:
        image = _managed(image, profile, steps)
    if image.mode == "CMYK":
        steps.append("CMYK converted to RGB without a profile: colours are approximate")
    if image.mode != "RGB":
        image = _lab(image) if image.mode == "LAB" else image.convert("RGB")
    if alpha is not None:
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=alpha)
        image = white
        steps.append(LAID_OVER_WHITE)
    return image


def _shallow(image: Image.Image, steps: list[str]) -> Image.Image:
    """16-bit, 32-bit and floating-point grey as 8-bit grey."""
    if not image.mode.startswith(_DEEP_MODES):
        return image
    if image.mode.startswith("I;16"):
        bits = getattr(image, "tag_v2", {}).get(258, (16,))
        low, high = 0.0, float(2 ** min(bits[0] if isinstance(bits, tuple) else bits, 16) - 1)
        image = image.convert("I")
        steps.append(f"{round(math.log2(high + 1))}-bit grey scaled to 8 bits")
    else:
        low, high = _range(image)
        steps.append(f"grey values from {low:g} to {high:g} scaled to 8 bits")
    scale = 255 / (high - low)
    info = dict(image.info)
    image = image.point(lambda value: value * scale + (-low * scale + 0.5)).convert("L")
    image.info = {key: value for key, value in info.items() if key != "transparency"}
    return image


def _range(image: Image.Image) -> tuple[float, float]:
    """The range of grey values: 0 to 1, 255 or 65535 where they fit into it, least to largest otherwise."""
    low, high = (float(value) for value in image.getextrema())  # type: ignore[arg-type]
    if not (math.isfinite(low) and math.isfinite(high)):
        return 0.0, 1.0
    for most in (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0):
        if low >= 0 and high <= most:
            return 0.0, most
    return low, max(high, low + 1)


def _opaque(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Colours and alpha apart; no alpha when every pixel is opaque."""
    if not image.has_transparency_data:
        return image, None
    grey = image.mode in ("1", "L", "LA", "La")
    blended_mode = "RGBA" if not grey or image.mode in ("1", "L") else "LA"
    blended = image if image.mode == blended_mode else image.convert(blended_mode)
    alpha = blended.getchannel("A")
    colours = blended.convert("L" if grey else "RGB")
    lowest, _ = alpha.getextrema()
    return colours, alpha if isinstance(lowest, int) and lowest < 255 else None


def _managed(image: Image.Image, profile: bytes, steps: list[str]) -> Image.Image:
    """The picture through its colour profile, where that is not sRGB; a profile that cannot be used is left out."""
    from PIL import ImageCms

    mode = _SPACES.get(profile[16:20], "")
    if image.mode == "L" and mode == "RGB":
        image = image.convert("RGB")
    if image.mode != mode:
        steps.append("the colour profile is for another kind of picture and was left out")
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
        if mode == "RGB" and _is_srgb(transform):
            return image
        converted = transform.apply(image)
        name = visible(ImageCms.getProfileDescription(source).strip(), limit=60)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        steps.append("the colour profile is broken and was left out")
        return image
    steps.append(f"colours converted from the profile \u201c{name}\u201d to sRGB")
    return converted


def _is_srgb(transform: object) -> bool:
    """Whether a transform leaves a lattice of probe colours where they are: measured, so a name cannot deceive."""
    from PIL import ImageChops

    lattice = bytes(part for r in _PROBE_STEPS for g in _PROBE_STEPS for b in _PROBE_STEPS for part in (r, g, b))
    probe = Image.frombytes("RGB", (36, 6), lattice)
    moved = ImageChops.difference(probe, transform.apply(probe))  # type: ignore[attr-defined]
    return all(high <= _SAME_LEVELS for _, high in moved.getextrema())  # type: ignore[misc]


def _lab(image: Image.Image) -> Image.Image:
    from PIL import ImageCms

    transform = ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")
    return transform.apply(image)
