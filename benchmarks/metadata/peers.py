"""Two libraries as a program would use them, under the keys of the table: exifread alone, and Pillow.

Values go through the same normal forms as ours. What a peer has no function for is left out, not counted wrong; XMP is
left out of Pillow's, whose `getxmp` drops the prefixes that tell properties of different schemas apart.
"""

from __future__ import annotations

import hashlib
import logging
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import exifread
from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

_EXIF = (
    *(("exif.captured", "exif", 0x9003), ("exif.digitised", "exif", 0x9004), ("exif.modified", "image", 0x0132)),
    *(("exif.captured_subsec", "exif", 0x9291), ("exif.digitised_subsec", "exif", 0x9292)),
    *(("exif.modified_subsec", "exif", 0x9290), ("exif.captured_offset", "exif", 0x9011)),
    *(("exif.digitised_offset", "exif", 0x9012), ("exif.modified_offset", "exif", 0x9010)),
    *(("exif.make", "image", 0x010F), ("exif.model", "image", 0x0110), ("exif.serial", "exif", 0xA431)),
    *(("exif.owner", "exif", 0xA430), ("exif.host", "image", 0x013C), ("exif.image_id", "exif", 0xA420)),
    *(("exif.lens_model", "exif", 0xA434), ("exif.lens_serial", "exif", 0xA435), ("exif.exposure", "exif", 0x829A)),
    *(("exif.aperture", "exif", 0x829D), ("exif.iso", "exif", 0x8827), ("exif.focal_length", "exif", 0x920A)),
    *(("exif.software", "image", 0x0131), ("exif.processing_software", "image", 0x000B)),
    *(("exif.description", "image", 0x010E), ("exif.artist", "image", 0x013B), ("exif.copyright", "image", 0x8298)),
    *(("exif.orientation", "image", 0x0112), ("gps.datestamp", "gps", 0x1D), ("gps.datum", "gps", 0x12)),
    *(("gps.direction", "gps", 0x11), ("gps.direction_ref", "gps", 0x10), ("gps.dest_bearing", "gps", 0x18)),
    *(("gps.error", "gps", 0x1F), ("gps.speed", "gps", 0x0D), ("exif.user_comment", "exif", 0x9286)),
    *(("exif.xp_title", "image", 0x9C9B), ("exif.xp_comment", "image", 0x9C9C), ("exif.xp_author", "image", 0x9C9D)),
)
_IPTC = MappingProxyType(
    {
        "city": 90,
        "sublocation": 92,
        "state": 95,
        "country": 101,
        "country_code": 100,
        "caption": 120,
        "headline": 105,
        "object_name": 5,
        "byline": 80,
        "credit": 110,
        "source": 115,
        "keywords": 25,
        "instructions": 40,
        "transmission_ref": 103,
        "copyright": 116,
    }
)
"""Datasets of record 2 (IPTC-IIM 4.2, chapter 6)."""
_PNG = MappingProxyType(
    {name: f"png.{name.lower()}" for name in ("Software", "Comment", "Title", "Author", "Description")}
    | {"parameters": "png.parameters", "prompt": "png.prompt", "workflow": "png.workflow"}
)
_TYPES = {"MPO": "JPEG", "JPEG2000": "JP2"}
_COPYRIGHT_PARTS = 2  # photographer and editor, Exif 3.0 section 4.6.5

Read = Callable[[str, int], Any]


def by_exifread(path: str) -> dict[str, object]:
    """`exifread.process_file` with its maker notes."""
    logger = logging.getLogger("exifread")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with Path(path).open("rb") as stream:
            tags = exifread.process_file(stream, details=True)
    finally:
        logger.setLevel(level)
    by_number: dict[tuple[str, int], Any] = {}
    for name, tag in tags.items():
        place = {"Image": "image", "EXIF": "exif", "GPS": "gps"}.get(name.partition(" ")[0])
        if place and hasattr(tag, "tag"):
            by_number.setdefault((place, tag.tag), _plain(tag.values))
    found = _exif(lambda place, number: by_number.get((place, number)))
    thumbnail = tags.get("JPEGThumbnail")
    if isinstance(thumbnail, bytes):
        found["thumbnail.sha256"] = hashlib.sha256(thumbnail).hexdigest()[:16]
    return found


def by_pillow(path: str) -> dict[str, object]:
    """What opening a file with Pillow gives without decoding it, and its EXIF and IPTC functions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _by_pillow(path)


def _by_pillow(path: str) -> dict[str, object]:
    with Image.open(path) as picture:
        kind = str(picture.format)
        found: dict[str, object] = {
            "file.type": _TYPES.get(kind, kind),
            "file.size": f"{picture.width} {picture.height}",
        }
        if getattr(picture, "n_frames", 1) > 1:
            found["file.frames"] = getattr(picture, "n_frames", 1)
        exif = picture.getexif()
        gps, inner = exif.get_ifd(ExifTags.IFD.GPSInfo), exif.get_ifd(ExifTags.IFD.Exif)
        places = {"image": exif, "exif": inner, "gps": gps}
        found |= _exif(lambda place, number: _plain(places[place].get(number)))
        found |= _info(picture.info)
        if isinstance(picture, ImageFile.ImageFile):
            found |= _iptc(IptcImagePlugin.getiptcinfo(picture) or {})
    return found


def _info(info: Mapping[Any, Any]) -> dict[str, object]:
    found: dict[str, object] = {key: info[name] for name, key in _PNG.items() if info.get(name)}
    if info.get("icc_profile"):
        found["icc.sha256"] = hashlib.sha256(info["icc_profile"]).hexdigest()[:16]
    if info.get("jfif_version"):
        found["jpeg.jfif_version"] = " ".join(map(str, info["jfif_version"]))
        found["jpeg.jfif_density"] = " ".join(map(str, (info.get("jfif_unit"), *info.get("jfif_density", ()))))
    if info.get("comment"):
        found["file.comment"] = info["comment"]
    return found


def _iptc(records: Mapping[tuple[int, int], Any]) -> dict[str, object]:
    return {f"iptc.{name}": records[2, number] for name, number in _IPTC.items() if (2, number) in records}


def _plain(value: object) -> object:
    """Ratios as floats, lists of one as that one."""
    if isinstance(value, (list, tuple)):
        parts = [_plain(one) for one in value]
        return parts[0] if len(parts) == 1 else parts
    if hasattr(value, "numerator") and not isinstance(value, int):
        return float(value) if getattr(value, "denominator", 0) else None  # type: ignore[arg-type]
    return value


def _exif(read: Read) -> dict[str, object]:
    found = {key: value for key, place, number in _EXIF if (value := read(place, number)) is not None}
    for key in ("exif.xp_title", "exif.xp_comment", "exif.xp_author"):
        if key in found:
            found[key] = _bytes(found[key]).decode("utf-16-le", "replace")
    if "exif.user_comment" in found:
        found["exif.user_comment"] = _comment(_bytes(found["exif.user_comment"]))
    if isinstance(found.get("exif.copyright"), str):
        parts = str(found["exif.copyright"]).split("\0")
        found["exif.copyright"] = "\n".join(parts) if len(parts) == _COPYRIGHT_PARTS else parts[0]
    sides = [read("exif", 0xA002), read("exif", 0xA003)]
    if all(sides):
        found["exif.size"] = f"{sides[0]} {sides[1]}"
    for key, number, negative in (("gps.latitude", 2, "S"), ("gps.longitude", 4, "W")):
        side, parts = str(read("gps", number - 1) or ""), read("gps", number)
        if side and isinstance(parts, list) and all(isinstance(one, (int, float)) for one in parts):
            angle_deg = sum(one / 60**power for power, one in enumerate(parts))
            found[key] = -angle_deg if side.upper().startswith(negative) else angle_deg
    altitude, below = read("gps", 6), read("gps", 5) in (1, 3, b"\x01", b"\x03")
    if isinstance(altitude, (int, float)):
        found["gps.altitude"] = -altitude if below else altitude
    clock = read("gps", 7)
    if isinstance(clock, list) and len(clock) == 3 and all(isinstance(one, (int, float)) for one in clock):
        minutes, seconds = divmod(round(clock[0] * 3600 + clock[1] * 60 + clock[2], 3), 60)
        hours, minutes = divmod(minutes, 60)
        found["gps.timestamp"] = f"{int(hours):02d}:{int(minutes):02d}:{seconds:06.3f}".rstrip("0").rstrip(".")
    return found


def _bytes(value: object) -> bytes:
    if isinstance(value, str):
        return value.encode("latin-1", "replace")
    try:
        return bytes(value)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return b""


def _comment(value: bytes) -> str:
    """UserComment behind the eight bytes that name its character code (Exif 3.0, section 4.6.6)."""
    if value.startswith(b"UNICODE"):
        return value[8:].decode("utf-16-le" if value[9:10] == b"\0" else "utf-16-be", "replace")
    return value[8:].decode("utf-8", "replace")
