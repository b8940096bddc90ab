"""Which parts of a record may be left out, and which metadata values and claims of the file tell of them.

Values are let through by a list of keys that tell of none. What is no name, place or number by its key is free text,
which may hold each of them, and goes with any.
"""

from __future__ import annotations

import re
from enum import StrEnum

from ...metadata.topics import topic
from ...model.evidence import Claim, Fact
from ...model.source import SourceKind


class Part(StrEnum):
    """A part of a record that an edition may leave out."""

    GPS = "gps"
    NAMES = "names"
    SERIALS = "serials"


SAID = {
    Part.GPS: "positions and places that the file states (GPS and place fields)",
    Part.NAMES: "names of people, accounts and files, addresses, and free text in the file",
    Part.SERIALS: "serial numbers and identifiers of devices and documents",
}
ALL = frozenset(Part)
_HARMLESS_GROUPS = frozenset({"file", "time", "picture as taken", "coding"})
_HARMLESS = frozenset(
    (
        *("exif.Make", "exif.Model", "exif.LensMake", "exif.LensModel", "maker.LensModel"),
        *("xmp.tiff:Make", "xmp.tiff:Model", "xmp.aux:Lens"),
        *("exif.Software", "exif.ProcessingSoftware", "xmp.xmp:CreatorTool", "xmp.x:xmptk"),
        *("iptc.OriginatingProgram", "iptc.ProgramVersion", "photoshop.WriterName", "photoshop.ReaderName"),
        *("photoshop.JPEGQuality", "photoshop.JPEGFormat", "generator.name", "generator.model"),
        *("c2pa.generator", "c2pa.generator.earlier", "xmp.GCamera:MotionPhoto", "xmp.GCamera:MicroVideo"),
        *("xmp.Iptc4xmpExt:DigitalSourceType", "xmp.Iptc4xmpExt:DigitalSourcetype"),
    )
)
_FREE_IN_HARMLESS = frozenset({"icc.description", "file.problems", "file.stated", "file.appended"})
_SERIAL = re.compile(
    r"serial|uniqueid|contentidentifier|documentid|instanceid|documentancestors|derivedfrom|ingredients", re.IGNORECASE
)
_POSITION = frozenset({"position", "place in words"})
_NAME = re.compile(
    r"artist|author|creator|by-?line|owner|credit|copyright|writer|contact|person|licensor|rights|hostcomputer|source",
    re.IGNORECASE,
)


def parts_of(key: str) -> frozenset[Part]:
    """The parts that a metadata value may tell of, by its key; free text may tell of any."""
    if key.startswith("gps.") or "GPS" in key or topic(key).group in _POSITION or key == "film.position":
        return frozenset({Part.GPS})
    if _SERIAL.search(key):
        return frozenset({Part.SERIALS})
    if key in _HARMLESS or (topic(key).group in _HARMLESS_GROUPS and key not in _FREE_IN_HARMLESS):
        return frozenset()
    return frozenset({Part.NAMES}) if _NAME.search(key) or key.startswith("screen.") else ALL


def names_somebody(fact: Fact) -> bool:
    """Whether a value is a name by its key, so that it is to be struck out wherever else it stands."""
    return _NAME.search(fact.key) is not None and fact.key not in _HARMLESS


def parts_of_claim(claim: Claim) -> frozenset[Part]:
    """The parts that a claim by the file itself tells of: its place, its author; a time and a camera tell of none."""
    if claim.source.kind is not SourceKind.FILE or claim.tested:
        return frozenset()
    if claim.place is not None:
        return frozenset({Part.GPS})
    return frozenset() if claim.time is not None or "Make/Model" in claim.basis else ALL
