"""Codes of the GPS tags, in EXIF and XMP, in words (Exif 3.0 section 4.6.6): hemispheres, norths, units, states."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NORTH = {"T": "true north", "M": "magnetic north"}
_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "GPSLatitudeRef": {"N": "north", "S": "south"},
        "GPSLongitudeRef": {"E": "east", "W": "west"},
        # Sea level until Exif 2.32; since 3.0 the ellipsoid, with two more codes for the sea.
        "GPSAltitudeRef": {
            "0": "above sea level (since Exif 3.0: above the ellipsoid)",
            "1": "below sea level (since Exif 3.0: below the ellipsoid)",
            "2": "above sea level",
            "3": "below sea level",
        },
        "GPSStatus": {"A": "measuring", "V": "measurement interrupted"},
        "GPSSpeedRef": {"K": "kilometres an hour", "M": "miles an hour", "N": "knots"},
        "GPSImgDirectionRef": _NORTH,
        "GPSDestBearingRef": _NORTH,
        "GPSTrackRef": _NORTH,
        "GPSDestLatitudeRef": {"N": "north", "S": "south"},
        "GPSDestLongitudeRef": {"E": "east", "W": "west"},
        "GPSDestDistanceRef": {"K": "kilometres", "M": "miles", "N": "nautical miles"},
        "GPSMeasureMode": {"2": "in two dimensions", "3": "in three dimensions"},
    }
)


def in_words(key: str, code: str) -> str:
    """What a code under a fact's key stands for; "" for every other fact, and for a code that is none."""
    name = key.removeprefix("gps.").removeprefix("xmp.exif:")
    words = _WORDS.get(name) if name != key else None
    return words.get(code.strip("\0 ").upper(), "") if words else ""
