"""XMP values in one form: degrees, codes, single-spaced text (ISO 16684-1:2019, section 8; part 2, exif schema)."""

from __future__ import annotations

import re

from .placing import Property

# "DDD,MM,SSk" or "DDD,MM.mmk" (XMP specification part 2, section 1.2.7.4, GPSCoordinate).
_COORDINATE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d{1,12})?)(?:,(\d{1,2}(?:\.\d{1,12})?))?\s*([NSEWnsew])")
_DECIMAL = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,12})?)")
_NOT_STANDARD = "It is written in decimal degrees, which the standard does not have; a plain number was read as one."
AXES = {"exif:GPSLatitude": ("N", "S", 90), "exif:GPSLongitude": ("E", "W", 180)}
_SOURCE_TYPE = "iptc4xmpext:digitalsourcetype"


def normal_form(one: Property) -> str:
    """The value as it is compared: signed degrees, the code of a source type, otherwise single-spaced text."""
    if one.path in AXES:
        value, _ = degrees(one.value, one.path)
        return "" if value is None else f"{value:.7f}".rstrip("0").rstrip(".")
    text = " ".join(one.value.split())
    return text.rstrip("/").rpartition("/")[2] if one.path.lower() == _SOURCE_TYPE else text


def degrees(text: str, path: str) -> tuple[float | None, str]:
    """Signed degrees of "exif:GPSLatitude" or "exif:GPSLongitude", south and west negative; and what is wrong."""
    positive, negative, most = AXES[path]
    if decimal := _DECIMAL.fullmatch(text.strip()):
        value = float(decimal[1])
        return (value, _NOT_STANDARD) if abs(value) <= most else (None, f"It lies outside -{most} to {most} degrees.")
    match = _COORDINATE.fullmatch(text.strip())
    if match is None:
        return None, "It is not degrees and minutes with a letter for the hemisphere."
    whole, minutes, seconds, letter = float(match[1]), float(match[2]), float(match[3] or 0), match[4].upper()
    if letter not in (positive, negative):
        return None, "The hemisphere is not one of this axis."
    value = whole + minutes / 60 + seconds / 3600
    if value > most or minutes >= 60 or seconds >= 60:
        return None, f"It lies outside 0 to {most} degrees, or its minutes or seconds reach 60."
    return -value if letter == negative else value, ""
