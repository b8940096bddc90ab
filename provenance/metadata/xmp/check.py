"""Check "xmp": every property of every XMP packet of the file, and what they claim of time, place and author."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.context import Context
from ...model.evidence import Evidence, Fact, Trace
from ...model.image import Image
from ...model.outcome import Outcome, Ran
from ...model.source import FILE_TAGS
from ...model.text import visible
from ..facts import fact_of
from ..topics import topic
from .claims import METHOD, claims
from .packets import Packet, packets
from .placing import Property
from .value import AXES, REFERENCES, degrees, normal_form

_SHOWN_PACKETS = 4
_COMPARED = (
    "exif:DateTimeOriginal",
    "photoshop:DateCreated",
    "exif:GPSLatitude",
    "exif:GPSLongitude",
    "photoshop:City",
    "dc:creator[1]",
    "tiff:Make",
    "tiff:Model",
    "xmpMM:DocumentID",
)


def check(image: Image, context: Context) -> Outcome:
    """Facts for the properties of each packet, under their XMP paths, and claims by the file on time, place, author."""
    found: list[Evidence] = []
    read = packets(image, context.limits)
    for packet in read:
        found.extend(_facts(packet))
        if context.claims:
            where = f" (XMP packet at byte {packet.block.payload_offset_bytes:,})" if len(read) > 1 else ""
            found.extend(claims(packet.properties, context.now, where))
    found.extend(_disagreement(read))
    if not read:
        kind = image.original.media_type.removeprefix("image/").upper() or "file"
        note = f"no XMP packet in this {kind}; most platforms remove it, so this says nothing about the picture"
        return Ran(note=note)
    return Ran(evidence=tuple(found), note="" if found else "the XMP packet is empty")


def _facts(packet: Packet) -> Iterator[Fact]:
    references = {one.path: one.value for one in packet.properties if one.path in REFERENCES}
    for one in packet.properties:
        yield _fact(packet, one, references.get(f"{one.path}Ref", ""))
    for problem in packet.problems:
        yield fact_of(
            packet.block,
            source=FILE_TAGS,
            method=METHOD,
            statement=problem,
            key="xmp.problems",
            raw="",
            normal=problem,
        )


def _fact(packet: Packet, one: Property, reference: str) -> Fact:
    path = one.path if one.path.isascii() else visible(one.path)
    notes = (*one.notes, *packet.notes)
    if one.language and one.language != "x-default":
        notes = (f"In the language {visible(one.language)}.", *notes)
    if one.path in AXES and (reason := degrees(one.value, one.path, reference)[1]):
        notes = (*notes, reason)
    key = f"xmp.{path}"
    label = topic(key).label
    said = f"the {label} ({path})" if label != path else f"the property {path}"
    return fact_of(
        packet.block,
        source=FILE_TAGS,
        method=METHOD,
        statement=f"The file's XMP gives {said}.",
        key=key,
        raw=one.value,
        normal=normal_form(one, reference),
        notes=notes,
    )


def _disagreement(read: tuple[Packet, ...]) -> Iterator[Trace]:
    """Two packets that say different things of one property are a mark of their own."""
    said: dict[str, set[str]] = {}
    for packet in read if len(read) > 1 else ():
        for one in packet.properties:
            if one.path in _COMPARED:
                said.setdefault(one.path, set()).add(one.value.strip())
    differing = [topic(f"xmp.{path}").label for path in _COMPARED if len(said.get(path, ())) > 1]
    if differing:
        where = ", ".join(f"{packet.block.payload_offset_bytes:,}" for packet in read[:_SHOWN_PACKETS])
        yield Trace(
            source=FILE_TAGS,
            statement=f"The file holds {len(read)} XMP packets (at bytes {where}); they disagree on the "
            f"{', the '.join(differing)}.",
            method=METHOD,
            limits=("Which of them is the older one cannot be seen from the packets.",),
            topic="several XMP packets",
            value="disagree",
        )
