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
            ("mpf.images", "pictures in the file by its index"),
            ("file.further", "further picture in the file"),
            ("file.appended", "part that the phone appended (Samsung)"),
            ("file.stated", "part behind the picture that the XMP states"),
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
            ("png.modified", "time of the last change by the PNG (UTC)"),
            ("xmp.exif:DateTimeOriginal", "time of capture in XMP"),
            ("xmp.photoshop:DateCreated", "date of creation by the editorial fields"),
            ("xmp.exif:DateTimeDigitized", "time of digitising in XMP"),
            ("xmp.xmp:CreateDate", "time of creation of the document"),
            ("xmp.xmp:ModifyDate", "time of the last change in XMP"),
            ("xmp.xmp:MetadataDate", "time of the last change of the XMP"),
            ("iptc.DateCreated", "date of creation by the IPTC fields"),
            ("iptc.TimeCreated", "time of creation by the IPTC fields"),
            ("iptc.DigitalCreationDate", "date of digitising by the IPTC fields"),
            ("iptc.DigitalCreationTime", "time of digitising by the IPTC fields"),
            ("film.created", "time of making by the film inside the file"),
            ("film.com.apple.quicktime.creationdate", "time of making, with its zone, by the film inside the file"),
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
            ("film.position", "position by the film inside the file"),
            ("film.com.apple.quicktime.location.ISO6709", "position by Apple's key in the film inside the file"),
            ("xmp.exif:GPSLatitude", "latitude in degrees in XMP"),
            ("xmp.exif:GPSLongitude", "longitude in degrees in XMP"),
            ("xmp.exif:GPSAltitude", "altitude in metres in XMP"),
            ("xmp.exif:GPSTimeStamp", "time of the GPS fix in XMP"),
        ),
    ),
    (
        "place in words",
        (
            ("xmp.Iptc4xmpExt:LocationCreated", "place where the camera stood"),
            ("xmp.Iptc4xmpExt:LocationShown", "place that is shown"),
            ("xmp.Iptc4xmpCore:Location", "place within the city"),
            ("xmp.photoshop:City", "city by the editorial fields"),
            ("xmp.photoshop:State", "province or state by the editorial fields"),
            ("xmp.photoshop:Country", "country by the editorial fields"),
            ("xmp.Iptc4xmpCore:CountryCode", "code of the country by the editorial fields"),
            ("iptc.Sub-location", "place within the city by the IPTC fields"),
            ("iptc.City", "city by the IPTC fields"),
            ("iptc.Province-State", "province or state by the IPTC fields"),
            ("iptc.Country-PrimaryLocationName", "country by the IPTC fields"),
            ("iptc.Country-PrimaryLocationCode", "code of the country by the IPTC fields"),
        ),
    ),
    (
        "camera",
        (
            ("exif.Make", "maker of the camera"),
            ("exif.Model", "model of the camera"),
            ("exif.BodySerialNumber", "serial number of the camera"),
            ("maker.SerialNumber", "serial number of the camera by its maker's note"),
            ("maker.InternalSerialNumber", "inner serial number by the maker's note"),
            ("exif.LensMake", "maker of the lens"),
            ("exif.LensModel", "model of the lens"),
            ("exif.LensSerialNumber", "serial number of the lens"),
            ("maker.LensModel", "model of the lens by the maker's note"),
            ("exif.ImageUniqueID", "identifier the camera gave the picture"),
            ("apple.ContentIdentifier", "identifier that ties the picture to its film (Live Photo)"),
            ("film.com.apple.quicktime.content.identifier", "identifier in the film (Live Photo)"),
            ("film.com.apple.quicktime.make", "maker of the camera by the film inside the file"),
            ("film.com.android.manufacturer", "maker of the phone by the film inside the file"),
            ("film.com.apple.quicktime.model", "model of the camera by the film inside the file"),
            ("film.com.android.model", "model of the phone by the film inside the file"),
            ("xmp.tiff:Make", "maker of the camera in XMP"),
            ("xmp.tiff:Model", "model of the camera in XMP"),
            ("xmp.aux:SerialNumber", "serial number of the camera in XMP"),
            ("xmp.aux:Lens", "lens in XMP"),
            ("xmp.aux:OwnerName", "owner of the camera in XMP"),
        ),
    ),
    (
        "people and rights",
        (
            ("exif.CameraOwnerName", "owner of the camera"),
            ("maker.OwnerName", "owner of the camera by the maker's note"),
            ("exif.Artist", "author"),
            ("exif.XPAuthor", "author as Windows keeps it"),
            ("exif.Copyright", "copyright notice"),
            ("xmp.dc:creator", "author in XMP"),
            ("xmp.photoshop:AuthorsPosition", "position of the author"),
            ("xmp.photoshop:Credit", "credit line in XMP"),
            ("xmp.photoshop:Source", "source in XMP"),
            ("xmp.dc:rights", "copyright notice in XMP"),
            ("xmp.xmpRights:UsageTerms", "terms of use"),
            ("xmp.xmpRights:WebStatement", "address of the rights statement"),
            ("xmp.xmpRights:Marked", "marked as under copyright"),
            ("xmp.plus:Licensor", "licensor"),
            ("xmp.plus:CopyrightOwner", "owner of the copyright"),
            ("xmp.plus:ImageCreator", "creator of the picture"),
            ("xmp.plus:DataMining", "whether data mining is allowed"),
            ("xmp.Iptc4xmpExt:PersonInImage", "person shown"),
            ("xmp.Iptc4xmpCore:CreatorContactInfo", "contact of the author"),
            ("iptc.By-line", "author by the IPTC fields"),
            ("iptc.By-lineTitle", "position of the author by the IPTC fields"),
            ("iptc.Credit", "credit line by the IPTC fields"),
            ("iptc.Source", "source by the IPTC fields"),
            ("iptc.CopyrightNotice", "copyright notice by the IPTC fields"),
            ("iptc.Contact", "contact by the IPTC fields"),
            ("iptc.Writer-Editor", "writer of the caption by the IPTC fields"),
            ("photoshop.CopyrightFlag", "copyright mark in the Photoshop resources"),
            ("photoshop.URL", "address in the Photoshop resources"),
        ),
    ),
    (
        "software",
        (
            ("exif.Software", "program or firmware"),
            ("exif.ProcessingSoftware", "program that processed the picture"),
            ("exif.HostComputer", "computer"),
            ("film.com.apple.quicktime.software", "program or firmware by the film inside the file"),
            ("film.com.android.version", "version of Android by the film inside the file"),
            ("generator.name", "image generator by the file's text"),
            ("generator.model", "model of the generator"),
            ("generator.prompt", "prompt of the generator"),
            ("xmp.Iptc4xmpExt:DigitalSourceType", "IPTC digital source type"),
            ("xmp.Iptc4xmpExt:DigitalSourcetype", "IPTC digital source type"),
            ("xmp.xmp:CreatorTool", "program that made the file"),
            ("xmp.x:xmptk", "program library that wrote the XMP"),
            ("xmp.xmpMM:History", "history of edits"),
            ("xmp.xmpMM:DerivedFrom", "document it was derived from"),
            ("xmp.xmpMM:Ingredients", "documents that went into it"),
            ("xmp.photoshop:DocumentAncestors", "documents that it descends from"),
            ("xmp.xmpMM:DocumentID", "identifier of the document"),
            ("xmp.xmpMM:InstanceID", "identifier of this version of the document"),
            ("xmp.xmpMM:OriginalDocumentID", "identifier of the document it began as"),
            ("xmp.dcterms:provenance", "where its Content Credentials are kept"),
            ("xmp.GCamera:MotionPhoto", "motion photo"),
            ("xmp.GCamera:MicroVideo", "motion photo"),
            ("xmp.GDepth:Format", "depth map"),
            ("iptc.OriginatingProgram", "program that wrote the IPTC block"),
            ("iptc.ProgramVersion", "version of that program"),
            ("photoshop.WriterName", "program that wrote the Photoshop resources"),
            ("photoshop.ReaderName", "program that can read the Photoshop resources"),
            ("photoshop.JPEGQuality", "quality that was set in Photoshop"),
            ("photoshop.JPEGFormat", "JPEG format that was set in Photoshop"),
            ("photoshop.IPTCDigest", "Photoshop's digest of the IPTC block"),
            ("c2pa.generator", "program that the active manifest names"),
            ("c2pa.generator.earlier", "program that an earlier manifest names"),
        ),
    ),
    (
        "text",
        (
            ("screen.handle", "account named on the screen"),
            ("screen.counts", "counts on the screen"),
            ("screen.script", "script of the words on the screen"),
            ("exif.ImageDescription", "description"),
            ("exif.UserComment", "comment"),
            ("exif.XPTitle", "title as Windows keeps it"),
            ("exif.XPComment", "comment as Windows keeps it"),
            ("exif.XPKeywords", "keywords as Windows keeps them"),
            ("exif.XPSubject", "subject as Windows keeps it"),
            ("xmp.dc:title", "title in XMP"),
            ("xmp.photoshop:Headline", "headline in XMP"),
            ("xmp.dc:description", "description in XMP"),
            ("xmp.exif:UserComment", "comment in XMP"),
            ("xmp.dc:subject", "keyword in XMP"),
            ("xmp.Iptc4xmpExt:Event", "event"),
            ("xmp.photoshop:Instructions", "instructions in XMP"),
            ("xmp.photoshop:TransmissionReference", "job identifier in XMP"),
            ("iptc.ObjectName", "title by the IPTC fields"),
            ("iptc.Headline", "headline by the IPTC fields"),
            ("iptc.Caption-Abstract", "caption by the IPTC fields"),
            ("iptc.Keywords", "keyword by the IPTC fields"),
            ("iptc.SpecialInstructions", "instructions by the IPTC fields"),
            ("iptc.OriginalTransmissionReference", "job identifier by the IPTC fields"),
            ("file.comment", "comment in the file"),
        ),
    ),
    (
        "picture as taken",
        (
            ("exif.PixelXDimension", "width by the tags in pixels"),
            ("exif.PixelYDimension", "height by the tags in pixels"),
            ("exif.Orientation", "orientation"),
            ("heif.rotation", "turn the file asks for, in degrees anticlockwise"),
            ("exif.ExposureTime", "exposure time in seconds"),
            ("exif.FNumber", "f-number"),
            ("exif.PhotographicSensitivity", "ISO sensitivity"),
            ("exif.FocalLength", "focal length in millimetres"),
            ("exif.FocalLengthIn35mmFilm", "focal length as on 35 mm film, in millimetres"),
            ("exif.Flash", "flash"),
            ("exif.ExifVersion", "version of the EXIF format"),
            ("exif.thumbnail", "embedded thumbnail"),
            ("photoshop.thumbnail", "thumbnail in the Photoshop resources"),
            ("photoshop.BGRThumbnail", "thumbnail in the Photoshop resources"),
        ),
    ),
    (
        "coding",
        (
            ("jpeg.process", "JPEG coding process"),
            ("jpeg.subsampling", "chroma subsampling"),
            ("jpeg.quality", "quality by the quantisation tables"),
            ("jpeg.estimate", "quality estimate of common tools, where it differs"),
            ("jpeg.tables", "digest of the quantisation tables"),
            ("jpeg.ducky", "quality by Adobe's Save for Web"),
            ("jpeg.adobe_transform", "colour transform by the Adobe segment"),
            ("jpeg.jfif_version", "JFIF version"),
            ("jpeg.jfif_density", "pixel density by JFIF"),
            ("icc.description", "colour profile"),
            ("icc.sha256", "digest of the colour profile"),
        ),
    ),
    (
        "problems",
        (
            ("exif.problems", "what was broken or refused in the EXIF block"),
            ("xmp.problems", "what was broken or refused in the XMP packet"),
            ("iptc.problems", "what was broken or refused in the IPTC or Photoshop block"),
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
    if key.startswith("iptc."):
        name = key.removeprefix("iptc.")
        return Topic("further metadata", f"IPTC field {name}", 1000 * len(_GROUPS) - 1)
    if key.startswith("xmp."):
        return _xmp_topic(key)
    if key.startswith("film."):
        return Topic("further metadata", f"key {key.removeprefix('film.')} of the film", 1000 * len(_GROUPS) - 1)
    if key.startswith("png.text."):
        return Topic("text", f"PNG text {key.removeprefix('png.text.')!r}", TOPICS["file.comment"].order + 1)
    return Topic("other", key, 1000 * len(_GROUPS))


def _xmp_topic(key: str) -> Topic:
    """A part of a known property stands with it; what nobody asks for stands under its XMP path, at the end."""
    path = key.removeprefix("xmp.")
    root = path.partition("/")[0].partition("[")[0]
    known = TOPICS.get(f"xmp.{root}")
    if known is None:
        return Topic("further metadata", path, 1000 * len(_GROUPS) - 2)
    index = path[len(root) :].partition("/")[0].strip("[]")
    fields = [part.rpartition(":")[2] for part in path.split("/")[1:]]
    if not fields:
        return known
    number = f" {index}" if index else ""
    return Topic(known.group, f"{known.label}{number}: {', '.join(fields)}", known.order)
