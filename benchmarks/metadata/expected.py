"""ExifTool's tags as the facts of the table: what is compared with."""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Callable, Sequence
from types import MappingProxyType

from benchmarks.metadata.exiftool import BINARY, TAGS, Tags, ask_all
from benchmarks.metadata.forms import normal, number, text, whole
from benchmarks.metadata.table import ROWS

Facts = dict[str, object]

_TYPES = {
    "Extended WEBP": "WEBP",
    "APNG": "PNG",
    "BTF": "TIFF",
    "MPO": "JPEG",
    "PSB": "PSD",
    "JXL Codestream": "JXL",
    "HEIC": "HEIF",
    "HEICS": "HEIF",
    "HEIFS": "HEIF",
    "J2C": "JP2",
    "JPX": "JP2",
}
_MAKERS = (
    *("Canon", "Nikon", "Olympus", "Sony", "Pentax", "Panasonic", "FujiFilm", "Sigma", "Leica", "Ricoh"),
    *("Motorola", "Kodak", "Apple", "Samsung", "DJI", "PhaseOne", "Reconyx", "FLIR"),
)


def expected(paths: Sequence[str]) -> dict[str, Facts]:
    """ExifTool's facts by path; none for a file that it cannot read."""
    tags, binary = ask_all(paths, TAGS), ask_all(paths, BINARY)
    return {path: _facts(tags.get(path, {}), binary.get(path, {})) for path in paths}


def _facts(tags: Tags, binary: Tags) -> Facts:
    found: Facts = {}
    for row in ROWS.values() if "ExifTool:Error" not in tags else ():
        for tag in row.tags:
            value = _COMPUTED[tag](tags, binary) if tag in _COMPUTED else tags.get(tag)
            if value is None or str(value).startswith("(Binary data"):
                continue
            got = normal(row, value)
            if row.key.startswith("iptc."):
                got = [_reread(one) for one in got] if isinstance(got, list) else _reread(got)
            # U+FFFD: what ExifTool printed is no longer what the file holds.
            if got is not None and "\ufffd" not in json.dumps(got, ensure_ascii=False):
                found[row.key] = got
            break
    return found


def _reread(value: object) -> object:
    """IPTC text without a declared character set, which ExifTool takes for Windows-1252, as UTF-8 where it is that."""
    if not isinstance(value, str):
        return value
    try:
        raw = b"".join(one.encode("cp1252") if ord(one) > 0xFF else one.encode("latin-1") for one in value)
        return unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeError:
        return value


def _signed(name: str, negative: str, most: float) -> Callable[[Tags, Tags], object]:
    def value(tags: Tags, _: Tags) -> object:
        found, side = number(tags.get(f"GPS:{name}")), (text(tags.get(f"GPS:{name}Ref")) or "")[:1].upper()
        if found is None or not side or side not in "NSEW" or abs(found) > most:
            return None
        return -abs(found) if side == negative else abs(found)

    return value


def _altitude(tags: Tags, _: Tags) -> object:
    found = number(tags.get("GPS:GPSAltitude"))
    below = text(tags.get("GPS:GPSAltitudeRef")) in ("1", "3")  # Exif 3.0: 3 is below the sea level of the ellipsoid
    return found if found is None or not below else -abs(found)


def _clock(tags: Tags, _: Tags) -> object:
    try:
        hours, minutes, seconds = (float(part) for part in str(tags.get("GPS:GPSTimeStamp")).split(":"))
    except ValueError:
        return None
    minutes, seconds = divmod(round(hours * 3600 + minutes * 60 + seconds, 3), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{int(hours):02d}:{int(minutes):02d}:{seconds:06.3f}".rstrip("0").rstrip(".")


def _serial(tags: Tags, _: Tags) -> object:
    names = ("SerialNumber", "CameraSerialNumber", "InternalSerialNumber")
    return next((tags[f"{m}:{name}"] for m in _MAKERS for name in names if tags.get(f"{m}:{name}")), None)


def _density(tags: Tags, _: Tags) -> object:
    parts = [text(tags.get(f"JFIF:{name}")) for name in ("ResolutionUnit", "XResolution", "YResolution")]
    return " ".join(map(str, parts)) if all(parts) else None


def _declared_size(tags: Tags, _: Tags) -> object:
    sides = [whole(tags.get(f"ExifIFD:ExifImage{name}")) for name in ("Width", "Height")]
    return f"{sides[0]} {sides[1]}" if all(sides) else None


def _digest(last_name: str) -> Callable[[Tags, Tags], object]:
    def value(_: Tags, binary: Tags) -> object:
        found = next((str(one) for tag, one in binary.items() if tag.rpartition(":")[2] == last_name), "")
        if not found or found.startswith("("):
            return None
        encoded = found.startswith("base64:")
        content = base64.b64decode(found[7:]) if encoded else found.encode("utf-8", "surrogateescape")
        return hashlib.sha256(content).hexdigest()[:16]

    return value


_COMPUTED: MappingProxyType[str, Callable[[Tags, Tags], object]] = MappingProxyType(
    {
        "@latitude": _signed("GPSLatitude", "S", 180),
        "@longitude": _signed("GPSLongitude", "W", 180),
        "@altitude": _altitude,
        "@gpstime": _clock,
        "@makerserial": _serial,
        "@iso": lambda tags, _: (text(tags.get("ExifIFD:ISO")) or "").split(" ")[0] or None,
        "@thumbnail": _digest("ThumbnailImage"),
        "@photoshop_thumbnail": _digest("PhotoshopThumbnail"),
        "@profile": _digest("ICC_Profile"),
        "@density": _density,
        "@type": lambda tags, _: _TYPES.get(str(tags.get("File:FileType")), tags.get("File:FileType")),
        "@exifsize": _declared_size,
        "@c2pa": lambda tags, _: True if any(tag.startswith("JUMBF:") for tag in tags) else None,
    }
)
