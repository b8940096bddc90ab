"""Check "xmp": every property of every XMP packet of the file, and what they claim of time, place and author."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.context import Context
from ...model.evidence import Evidence, Fact
from ...model.image import Image
from ...model.outcome import Outcome, Ran
from ...model.source import Source, SourceKind
from ...model.text import visible
from ..facts import fact_of
from ..topics import topic
from .packets import Packet, packets
from .rdf import Property
from .value import normal_form

METHOD = "xmp"
SOURCE = Source(kind=SourceKind.FILE, name="the file's own tags", origin="file")


def check(image: Image, context: Context) -> Outcome:
    """Facts for the properties of each packet, under their XMP paths, and claims by the file on time, place, author."""
    found: list[Evidence] = []
    read = 0
    for packet in packets(image, context.limits):
        read += 1
        found.extend(_facts(packet))
    if not read:
        kind = image.original.media_type.removeprefix("image/").upper() or "file"
        note = f"no XMP packet in this {kind}; most platforms remove it, so this says nothing about the picture"
        return Ran(note=note)
    return Ran(evidence=tuple(found), note="" if found else "the XMP packet is empty")


def _facts(packet: Packet) -> Iterator[Fact]:
    for one in packet.properties:
        yield _fact(packet, one)
    for problem in packet.problems:
        yield fact_of(
            packet.block,
            source=SOURCE,
            method=METHOD,
            statement=problem,
            key="xmp.problems",
            raw="",
            normal=problem,
        )


def _fact(packet: Packet, one: Property) -> Fact:
    path = one.path if one.path.isascii() else visible(one.path)
    notes = (*one.notes, *packet.notes)
    if one.language and one.language != "x-default":
        notes = (f"In the language {visible(one.language)}.", *notes)
    key = f"xmp.{path}"
    label = topic(key).label
    said = f"the {label} ({path})" if label != path else f"the property {path}"
    return fact_of(
        packet.block,
        source=SOURCE,
        method=METHOD,
        statement=f"The file's XMP gives {said}.",
        key=key,
        raw=one.value,
        normal=normal_form(one),
        notes=notes,
    )
