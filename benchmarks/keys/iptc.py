"""IPTC datasets and Photoshop resources under the benchmark's keys."""

from __future__ import annotations

import re
from collections.abc import Iterable

from provenance.model.evidence import Evidence, Fact

_TEXT = {
    "iptc.City": "iptc.city",
    "iptc.Sub-location": "iptc.sublocation",
    "iptc.Province-State": "iptc.state",
    "iptc.Country-PrimaryLocationName": "iptc.country",
    "iptc.Country-PrimaryLocationCode": "iptc.country_code",
    "iptc.Caption-Abstract": "iptc.caption",
    "iptc.Headline": "iptc.headline",
    "iptc.ObjectName": "iptc.object_name",
    "iptc.Credit": "iptc.credit",
    "iptc.Source": "iptc.source",
    "iptc.SpecialInstructions": "iptc.instructions",
    "iptc.OriginalTransmissionReference": "iptc.transmission_ref",
    "iptc.CopyrightNotice": "iptc.copyright",
    "photoshop.WriterName": "photoshop.writer",
    "photoshop.JPEGQuality": "photoshop.quality",
    "photoshop.IPTCDigest": "photoshop.iptc_digest",
    "photoshop.URL": "photoshop.url",
}
_LISTS = {"iptc.By-line": "iptc.byline", "iptc.Keywords": "iptc.keywords"}
_DATES = {"iptc.DateCreated": "iptc.date_created", "iptc.DigitalCreationDate": "iptc.digital_date"}
_DATE = re.compile(r"(\d{4})\D*(\d{2})\D*(\d{2})$")


def translated(items: Iterable[Evidence]) -> dict[str, object]:
    """The first IPTC block that is there speaks; of a value given twice in it, the last."""
    found: dict[str, object] = {}
    speaks: tuple[str, int] | None = None
    for fact in items:
        if not isinstance(fact, Fact) or not fact.key.startswith(("iptc.", "photoshop.")):
            continue
        if fact.key.startswith("iptc.") and fact.key != "iptc.problems":
            speaks = speaks or (fact.block_sha256, fact.offset_bytes)
            if speaks != (fact.block_sha256, fact.offset_bytes):
                continue
        if key := _LISTS.get(fact.key):
            values = found.setdefault(key, [])
            if isinstance(values, list):
                values.append(fact.raw)
        elif pair := _translated(fact):
            found[pair[0]] = pair[1]
    return found


def _translated(fact: Fact) -> tuple[str, object] | None:
    if fact.key in _TEXT:
        return _TEXT[fact.key], fact.raw
    if fact.key in _DATES:
        return _DATES[fact.key], _DATE.sub(r"\1:\2:\3", fact.raw)
    if fact.key == "iptc.TimeCreated":
        return "iptc.time_created", fact.normal or fact.raw
    return ("photoshop.thumbnail", fact.normal[:16]) if fact.key == "photoshop.thumbnail" else None
