"""The EXIF tags that are read, by directory and number, in the order in which a desk asks for them.

Numbers and names: Exif 3.0 (CIPA DC-008-2023) sections 4.6.4 to 4.6.8; XP* tags: Microsoft's, UTF-16LE.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .tiff_entries import Directory

Form = Literal[
    "text", "wide", "comment", "moment", "number", "integer", "words", "area", "clock", "version", "zone", "fraction"
]
"""How the value is brought into normal form (reader.py): text; UTF-16 text; text with an 8-byte code in front;
date and time; a number; a whole number; exifread's words for an enumeration; text behind a code, without words; a time
of day; four characters; a time zone; the digits of a fraction of a second."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: the key of its Fact, where it stands, and its form. Some writers put Exif tags into IFD0."""

    key: str
    form: Form
    places: tuple[tuple[Directory, int], ...]


def _ifd0(name: str, form: Form, tag: int) -> Tag:
    return Tag(f"exif.{name}", form, (("ifd0", tag),))


def _exif(name: str, form: Form, tag: int) -> Tag:
    return Tag(f"exif.{name}", form, (("exif", tag), ("ifd0", tag)))


def _gps(name: str, form: Form, tag: int) -> Tag:
    return Tag(f"gps.{name}", form, (("gps", tag),))


TAGS: tuple[Tag, ...] = (
    _exif("DateTimeOriginal", "moment", 0x9003),
    _exif("SubSecTimeOriginal", "fraction", 0x9291),
    _exif("OffsetTimeOriginal", "zone", 0x9011),
    _exif("DateTimeDigitized", "moment", 0x9004),
    _exif("SubSecTimeDigitized", "fraction", 0x9292),
    _exif("OffsetTimeDigitized", "zone", 0x9012),
    _ifd0("DateTime", "moment", 0x0132),
    _exif("SubSecTime", "fraction", 0x9290),
    _exif("OffsetTime", "zone", 0x9010),
    _gps("GPSDateStamp", "moment", 0x1D),
    _gps("GPSTimeStamp", "clock", 0x07),
    _gps("GPSLatitudeRef", "text", 0x01),
    _gps("GPSLatitude", "number", 0x02),
    _gps("GPSLongitudeRef", "text", 0x03),
    _gps("GPSLongitude", "number", 0x04),
    _gps("GPSAltitudeRef", "integer", 0x05),
    _gps("GPSAltitude", "number", 0x06),
    _gps("GPSHPositioningError", "number", 0x1F),
    _gps("GPSMapDatum", "text", 0x12),
    _gps("GPSStatus", "text", 0x09),
    _gps("GPSDOP", "number", 0x0B),
    _gps("GPSImgDirection", "number", 0x11),
    _gps("GPSImgDirectionRef", "text", 0x10),
    _gps("GPSDestBearing", "number", 0x18),
    _gps("GPSDestBearingRef", "text", 0x17),
    _gps("GPSSpeed", "number", 0x0D),
    _gps("GPSSpeedRef", "text", 0x0C),
    _gps("GPSProcessingMethod", "area", 0x1B),
    _gps("GPSAreaInformation", "area", 0x1C),
    _ifd0("Make", "text", 0x010F),
    _ifd0("Model", "text", 0x0110),
    Tag("exif.BodySerialNumber", "text", (("exif", 0xA431), ("ifd0", 0xA431), ("ifd0", 0xC62F))),
    _exif("LensMake", "text", 0xA433),
    _exif("LensModel", "text", 0xA434),
    _exif("LensSerialNumber", "text", 0xA435),
    _exif("CameraOwnerName", "text", 0xA430),
    _ifd0("Artist", "text", 0x013B),
    _ifd0("Copyright", "text", 0x8298),
    _ifd0("XPAuthor", "wide", 0x9C9D),
    _exif("ImageUniqueID", "text", 0xA420),
    _ifd0("Software", "text", 0x0131),
    _ifd0("ProcessingSoftware", "text", 0x000B),
    _ifd0("HostComputer", "text", 0x013C),
    _ifd0("ImageDescription", "text", 0x010E),
    _exif("UserComment", "comment", 0x9286),
    _ifd0("XPTitle", "wide", 0x9C9B),
    _ifd0("XPComment", "wide", 0x9C9C),
    _ifd0("XPKeywords", "wide", 0x9C9E),
    _ifd0("XPSubject", "wide", 0x9C9F),
    _exif("PixelXDimension", "integer", 0xA002),
    _exif("PixelYDimension", "integer", 0xA003),
    _ifd0("Orientation", "words", 0x0112),
    _exif("ExposureTime", "number", 0x829A),
    _exif("FNumber", "number", 0x829D),
    _exif("PhotographicSensitivity", "integer", 0x8827),
    _exif("FocalLength", "number", 0x920A),
    _exif("FocalLengthIn35mmFilm", "integer", 0xA405),
    _exif("Flash", "words", 0x9209),
    _exif("ExifVersion", "version", 0x9000),
)
ROWS: Mapping[tuple[Directory, int], tuple[int, Tag]] = {
    place: (10 * rank + number, row) for rank, row in enumerate(TAGS) for number, place in enumerate(row.places)
}
"""The rows by place, each with its place in the order above; of the places of one tag the earlier speaks first."""
WANTED: Mapping[Directory, frozenset[int]] = {
    name: frozenset(tag for row in TAGS for place, tag in row.places if place == name)
    for name in ("ifd0", "ifd1", "exif", "gps", "interop")
}
