"""EXIF, GPS and maker-note facts under the benchmark's keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from provenance.model.evidence import Evidence, Fact

_MOMENTS = {
    "exif.DateTimeOriginal": "exif.captured",
    "exif.DateTimeDigitized": "exif.digitised",
    "exif.DateTime": "exif.modified",
}
_BY_NORMAL = {
    "gps.GPSLatitude": "gps.latitude",
    "gps.GPSLongitude": "gps.longitude",
    "gps.GPSAltitude": "gps.altitude",
    "gps.GPSTimeStamp": "gps.timestamp",
    "gps.GPSImgDirection": "gps.direction",
    "gps.GPSDestBearing": "gps.dest_bearing",
    "gps.GPSHPositioningError": "gps.error",
    "gps.GPSSpeed": "gps.speed",
    "exif.ExposureTime": "exif.exposure",
    "exif.FNumber": "exif.aperture",
    "exif.PhotographicSensitivity": "exif.iso",
    "exif.FocalLength": "exif.focal_length",
}
_BY_RAW = {
    "exif.SubSecTimeOriginal": "exif.captured_subsec",
    "exif.OffsetTimeOriginal": "exif.captured_offset",
    "exif.SubSecTimeDigitized": "exif.digitised_subsec",
    "exif.OffsetTimeDigitized": "exif.digitised_offset",
    "exif.SubSecTime": "exif.modified_subsec",
    "exif.OffsetTime": "exif.modified_offset",
    "gps.GPSImgDirectionRef": "gps.direction_ref",
    "gps.GPSMapDatum": "gps.datum",
    "exif.Make": "exif.make",
    "exif.Model": "exif.model",
    "exif.BodySerialNumber": "exif.serial",
    "exif.LensModel": "exif.lens_model",
    "exif.LensSerialNumber": "exif.lens_serial",
    "exif.CameraOwnerName": "exif.owner",
    "exif.HostComputer": "exif.host",
    "exif.ImageUniqueID": "exif.image_id",
    "exif.Software": "exif.software",
    "exif.ProcessingSoftware": "exif.processing_software",
    "exif.ImageDescription": "exif.description",
    "exif.Artist": "exif.artist",
    "exif.UserComment": "exif.user_comment",
    "exif.XPComment": "exif.xp_comment",
    "exif.XPTitle": "exif.xp_title",
    "exif.XPAuthor": "exif.xp_author",
    "exif.Copyright": "exif.copyright",
}
_SERIALS = ("maker.SerialNumber", "maker.InternalSerialNumber")
_MAKER = {"maker.OwnerName": "maker.owner", "apple.ContentIdentifier": "apple.content_id"}
_FIRST = frozenset({"exif.description", "exif.orientation"})
_SIDES = ("exif.PixelXDimension", "exif.PixelYDimension")


def translated(items: Iterable[Evidence]) -> dict[str, object]:
    """The last block of a file that has a tag speaks for it, of some tags the first, as ExifTool has it."""
    found: dict[str, object] = {}
    parts: dict[str, str] = {}
    for fact in items:
        if not isinstance(fact, Fact):
            continue
        if told := _TOLD.get(fact.key):
            key, form = told
            value = form(fact)
            if value is not None and not (key in _FIRST and key in found):
                found[key] = value
        elif fact.key in _SIDES:
            parts[fact.key] = fact.normal
        elif fact.key in _SERIALS:
            parts.setdefault(fact.key, fact.raw)
    size = [parts.get(key, "0") for key in _SIDES]
    if "0" not in size and "" not in size:
        found["exif.size"] = " ".join(size)
    if serial := next((parts[key] for key in _SERIALS if key in parts), None):
        found["maker.serial"] = serial
    return found


def _moment(fact: Fact) -> str:
    """ExifTool leaves other separators as they are."""
    return fact.normal if fact.normal and "." not in fact.raw[:10] else fact.raw


def _day(fact: Fact) -> str:
    return fact.normal.replace("-", ":") if len(fact.normal) == 10 else fact.raw


_TOLD: dict[str, tuple[str, Callable[[Fact], str | None]]] = {
    **{key: (name, lambda fact: fact.normal or None) for key, name in _BY_NORMAL.items()},
    **{key: (name, lambda fact: fact.raw) for key, name in _MAKER.items()},
    **{key: (name, lambda fact: fact.raw.replace("\0", "\n")) for key, name in _BY_RAW.items()},
    **{key: (name, _moment) for key, name in _MOMENTS.items()},
    "gps.GPSDateStamp": ("gps.datestamp", _day),
    "exif.Orientation": ("exif.orientation", lambda fact: fact.raw.split(",")[0]),
    "exif.thumbnail": ("thumbnail.sha256", lambda fact: fact.normal[:16]),
}
