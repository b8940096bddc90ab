"""EXIF, GPS and maker-note facts under the benchmark's keys."""

from __future__ import annotations

from collections.abc import Iterable

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
}
_SERIALS = ("maker.SerialNumber", "maker.InternalSerialNumber")
_MAKER = {"maker.OwnerName": "maker.owner", "apple.ContentIdentifier": "apple.content_id"}


def translated(items: Iterable[Evidence]) -> dict[str, object]:
    """The first block of a file that has a tag speaks for it, as ExifTool has it."""
    found: dict[str, object] = {}
    sides: dict[str, str] = {}
    serials: dict[str, str] = {}
    for fact in items:
        if not isinstance(fact, Fact):
            continue
        if fact.key in ("exif.PixelXDimension", "exif.PixelYDimension"):
            sides.setdefault(fact.key, fact.normal)
        elif fact.key in _SERIALS:
            serials.setdefault(fact.key, fact.raw)
        elif pair := _translated(fact):
            found.setdefault(*pair)
    size = [sides.get(f"exif.Pixel{axis}Dimension", "0") for axis in "XY"]
    if "0" not in size and "" not in size:
        found["exif.size"] = " ".join(size)
    if serial := next((serials[key] for key in _SERIALS if key in serials), None):
        found["maker.serial"] = serial
    return found


def _translated(fact: Fact) -> tuple[str, object] | None:
    if fact.key in _BY_NORMAL:
        return (_BY_NORMAL[fact.key], fact.normal) if fact.normal else None
    if fact.key in _MAKER:
        return _MAKER[fact.key], fact.raw
    if fact.key in _BY_RAW:
        return _BY_RAW[fact.key], fact.raw.replace("\0", "\n")
    if fact.key in _MOMENTS:
        usual = fact.normal and "." not in fact.raw[:10]  # ExifTool leaves other separators as they are
        return _MOMENTS[fact.key], fact.normal if usual else fact.raw
    if fact.key == "gps.GPSDateStamp":
        return "gps.datestamp", fact.normal.replace("-", ":") if len(fact.normal) == 10 else fact.raw
    if fact.key == "exif.Copyright":
        return "exif.copyright", fact.raw.replace("\0", "\n")
    if fact.key == "exif.Orientation":
        return "exif.orientation", fact.raw.split(",")[0]
    return ("thumbnail.sha256", fact.normal[:16]) if fact.key == "exif.thumbnail" else None
