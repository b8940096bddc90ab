"""XMP properties under the benchmark's keys."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from provenance.model.evidence import Evidence, Fact

_BY_RAW = {
    "exif:DateTimeOriginal": "captured",
    "xmp:CreateDate": "created",
    "xmp:ModifyDate": "modified",
    "xmp:MetadataDate": "metadata_date",
    "photoshop:DateCreated": "date_created",
    "photoshop:City": "city",
    "photoshop:State": "state",
    "photoshop:Country": "country",
    "Iptc4xmpCore:Location": "location",
    "Iptc4xmpCore:CountryCode": "country_code",
    "tiff:Make": "make",
    "tiff:Model": "model",
    "aux:SerialNumber": "serial",
    "aux:Lens": "lens",
    "xmp:CreatorTool": "creator_tool",
    "xmpMM:DocumentID": "document_id",
    "xmpMM:InstanceID": "instance_id",
    "xmpMM:OriginalDocumentID": "original_document_id",
    "dc:description": "description",
    "photoshop:Headline": "headline",
    "dc:title": "title",
    "photoshop:Credit": "credit",
    "photoshop:Source": "source",
    "photoshop:Instructions": "instructions",
    "photoshop:TransmissionReference": "transmission_ref",
    "Iptc4xmpExt:DigitalSourceType": "digital_source_type",
    "Iptc4xmpExt:DigitalSourcetype": "digital_source_type",
    "Iptc4xmpExt:Event": "event",
    "dc:rights": "rights",
    "xmpRights:UsageTerms": "usage_terms",
    "xmpRights:WebStatement": "web_statement",
    "xmpRights:Marked": "rights_marked",
    "plus:DataMining": "data_mining",
    "exif:UserComment": "user_comment",
    "dcterms:provenance": "provenance",
    "GCamera:MotionPhoto": "motion",
    "GCamera:MicroVideo": "micro_video",
    "GDepth:Format": "depth_format",
}
_BY_NORMAL = {"exif:GPSLatitude": "latitude", "exif:GPSLongitude": "longitude"}
_LISTS = {
    "photoshop:DocumentAncestors": "ancestors",
    "dc:creator": "creator",
    "dc:subject": "subject",
    "Iptc4xmpExt:PersonInImage": "person",
}
_RECORDS = {
    "Iptc4xmpExt:LocationCreated": "location_created",
    "Iptc4xmpExt:LocationShown": "location_shown",
    "xmpMM:History": "history",
    "xmpMM:DerivedFrom": "derived_from",
    "plus:Licensor": "licensor",
    "plus:CopyrightOwner": "copyright_owner",
}
_DATES = frozenset({"captured", "created", "modified", "metadata_date", "date_created"})
_DATE, _MOMENT = (
    re.compile(r"\d{4}(?:-\d\d){0,2}"),
    re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d(?::\d\d)?)\s*(\S*)"),
)
_INDEX = re.compile(r"\[\d+\]$")


def translated(items: Iterable[Evidence]) -> dict[str, object]:
    """Of several packets the last that has a property speaks for it."""
    found: dict[str, object] = {}
    speaks: dict[str, tuple[str, int]] = {}
    for fact in items:
        if not isinstance(fact, Fact) or not fact.key.startswith("xmp."):
            continue
        path, name, key = _asked(fact.key)
        place = fact.block_sha256, fact.offset_bytes
        if key is None:
            continue
        if speaks.get(key) != place:
            speaks[key] = place
            found.pop(f"xmp.{key}", None)
        _take(found, f"xmp.{key}", path, name, fact)
    return {key: list(value.values()) if isinstance(value, dict) else value for key, value in found.items()}


@lru_cache(maxsize=2048)  # files say mostly the same
def _asked(fact_key: str) -> tuple[str, str, str | None]:
    """Path and name of a property, and the benchmark's key for it."""
    path = fact_key.removeprefix("xmp.")
    name = _name(path)
    return path, name, _BY_RAW.get(name) or _BY_NORMAL.get(name) or _LISTS.get(name) or _RECORDS.get(name)


def _name(path: str) -> str:
    """The property's name, begun as the standard begins it: ExifTool reads "dc:Rights" as dc:rights too."""
    name = _INDEX.sub("", path.partition("/")[0])
    prefix, _, local = name.partition(":")
    return f"{prefix}:{local[:1].lower()}{local[1:]}" if prefix in ("dc", "dcterms") else name


def _take(found: dict[str, object], key: str, path: str, name: str, fact: Fact) -> None:
    root, _, field = path.partition("/")
    if name in _RECORDS:
        records = found.setdefault(key, {})
        if isinstance(records, dict) and field:
            record = records.setdefault(root, {})
            short = _INDEX.sub("", field.partition("/")[0]).partition(":")[2]
            record.setdefault(short, fact.raw)
    elif name in _LISTS:
        values = found.setdefault(key, [])
        if isinstance(values, list) and not field:
            values.append(fact.raw)
    elif not field:
        value = fact.normal if name in _BY_NORMAL else fact.raw
        # Of alternatives the first speaks, of a property that comes twice the last.
        if value and (path == name or key not in found):
            found[key] = _dated(value) if key.removeprefix("xmp.") in _DATES else value


def _dated(value: str) -> str:
    """A date with ExifTool's separators (ConvertXMPDate of its XMP.pm): part of a date, and what is none, too."""
    if whole := _MOMENT.fullmatch(value):
        year, month, day, clock, rest = whole.groups()
        return f"{year}:{month}:{day} {clock}{rest}"
    return value.replace("-", ":") if _DATE.match(value) else value
