"""How facts are shown: for each key its group, its label in a desk's words, and its place in the order."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Topic:
    """Where a fact stands when facts are listed."""

    group: str
    label: str
    order: int


_GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "file",
        (
            ("file.type", "file type by content"),
            ("file.size", "size of the picture in pixels"),
            ("file.frames", "number of frames"),
            ("file.blocks", "parts of the file"),
            ("file.problems", "what was broken or refused in the file"),
        ),
    ),
    (
        "time",
        (
            ("exif.DateTimeOriginal", "time of capture"),
            ("exif.SubSecTimeOriginal", "fraction of the second of capture"),
            ("exif.OffsetTimeOriginal", "time zone of the time of capture"),
            ("exif.DateTimeDigitized", "time of digitising"),
            ("exif.SubSecTimeDigitized", "fraction of the second of digitising"),
            ("exif.OffsetTimeDigitized", "time zone of the time of digitising"),
            ("exif.DateTime", "time of the last change"),
            ("exif.SubSecTime", "fraction of the second of the last change"),
            ("exif.OffsetTime", "time zone of the time of the last change"),
            ("gps.GPSDateStamp", "date of the GPS fix (UTC)"),
            ("gps.GPSTimeStamp", "time of the GPS fix (UTC)"),
        ),
    ),
    (
        "position",
        (
            ("gps.GPSLatitude", "latitude in degrees"),
            ("gps.GPSLatitudeRef", "hemisphere of the latitude"),
            ("gps.GPSLongitude", "longitude in degrees"),
            ("gps.GPSLongitudeRef", "hemisphere of the longitude"),
            ("gps.GPSAltitude", "altitude in metres"),
            ("gps.GPSAltitudeRef", "reference of the altitude"),
            ("gps.GPSHPositioningError", "error of the position in metres, as the receiver put it"),
            ("gps.GPSMapDatum", "geodetic datum"),
            ("gps.GPSStatus", "state of the receiver"),
            ("gps.GPSDOP", "dilution of precision"),
            ("gps.GPSImgDirection", "bearing of the camera in degrees"),
            ("gps.GPSImgDirectionRef", "north that the bearing of the camera counts from"),
            ("gps.GPSDestBearing", "bearing of the destination in degrees"),
            ("gps.GPSDestBearingRef", "north that the bearing of the destination counts from"),
            ("gps.GPSSpeed", "speed of the receiver"),
            ("gps.GPSSpeedRef", "unit of the speed"),
            ("gps.GPSProcessingMethod", "method of positioning"),
            ("gps.GPSAreaInformation", "name of the GPS area"),
        ),
    ),
    (
        "camera",
        (
            ("exif.Make", "maker of the camera"),
            ("exif.Model", "model of the camera"),
            ("exif.BodySerialNumber", "serial number of the camera"),
            ("exif.LensMake", "maker of the lens"),
            ("exif.LensModel", "model of the lens"),
            ("exif.LensSerialNumber", "serial number of the lens"),
            ("exif.ImageUniqueID", "identifier the camera gave the picture"),
        ),
    ),
    (
        "people and rights",
        (
            ("exif.CameraOwnerName", "owner of the camera"),
            ("exif.Artist", "author"),
            ("exif.XPAuthor", "author as Windows keeps it"),
            ("exif.Copyright", "copyright notice"),
        ),
    ),
    (
        "software",
        (
            ("exif.Software", "program or firmware"),
            ("exif.ProcessingSoftware", "program that processed the picture"),
            ("exif.HostComputer", "computer"),
            ("xmp.DigitalSourceType", "IPTC digital source type"),
            ("c2pa.generator", "program that the active manifest names"),
            ("c2pa.generator.earlier", "program that an earlier manifest names"),
        ),
    ),
    (
        "text",
        (
            ("exif.ImageDescription", "description"),
            ("exif.UserComment", "comment"),
            ("exif.XPTitle", "title as Windows keeps it"),
            ("exif.XPComment", "comment as Windows keeps it"),
            ("exif.XPKeywords", "keywords as Windows keeps them"),
            ("exif.XPSubject", "subject as Windows keeps it"),
            ("file.comment", "comment in the file"),
        ),
    ),
    (
        "picture as taken",
        (
            ("exif.PixelXDimension", "width by the tags in pixels"),
            ("exif.PixelYDimension", "height by the tags in pixels"),
            ("exif.Orientation", "orientation"),
            ("exif.ExposureTime", "exposure time in seconds"),
            ("exif.FNumber", "f-number"),
            ("exif.PhotographicSensitivity", "ISO sensitivity"),
            ("exif.FocalLength", "focal length in millimetres"),
            ("exif.FocalLengthIn35mmFilm", "focal length as on 35 mm film, in millimetres"),
            ("exif.Flash", "flash"),
            ("exif.ExifVersion", "version of the EXIF format"),
            ("exif.thumbnail", "embedded thumbnail"),
        ),
    ),
    (
        "coding",
        (
            ("jpeg.process", "JPEG coding process"),
            ("jpeg.subsampling", "chroma subsampling"),
            ("jpeg.quality", "quality by the quantisation tables"),
            ("jpeg.tables", "digest of the quantisation tables"),
            ("icc.description", "colour profile"),
            ("xmp.present", "XMP packet"),
            ("iptc.present", "IPTC or Photoshop block"),
        ),
    ),
    (
        "problems",
        (
            ("exif.problems", "what was broken or refused in the EXIF block"),
            ("xmp.problems", "what was broken or refused in the XMP packet"),
            ("png.problems", "what was broken or refused in the PNG text"),
            ("icc.problems", "what was broken or refused in the colour profile"),
        ),
    ),
)

TOPICS = MappingProxyType(
    {
        key: Topic(group, label, 1000 * place + index)
        for place, (group, rows) in enumerate(_GROUPS)
        for index, (key, label) in enumerate(rows)
    }
)


def topic(key: str) -> Topic:
    """The topic of a key; keys that a file names itself ("png.text.Software") stand among the text."""
    known = TOPICS.get(key)
    if known is not None:
        return known
    if key.startswith("png.text."):
        return Topic("text", f"PNG text {key.removeprefix('png.text.')!r}", TOPICS["file.comment"].order + 1)
    return Topic("other", key, 1000 * len(_GROUPS))
