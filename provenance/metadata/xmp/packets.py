"""Where the XMP packets of a file stand (XMP specification part 3), each with the block it is cited by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...image.structure import payload
from ...model.image import Block, Image
from ...model.limits import Limits
from ..container.png_text import packed_profile, profile_name
from ..iptc import resources as photoshop
from .extended import extended_packets
from .packet import packet_text
from .reading import read
from .rdf import Property

# Files joined from others hold a few; each costs up to a fraction of a second to read.
PACKETS = 50
_PROFILES = ("xmp", "XML:com.adobe.xmp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One packet as read: its block, its properties, what was broken or refused, and sentences for every property."""

    block: Block
    properties: tuple[Property, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def packets(image: Image, limits: Limits) -> Iterator[Packet]:
    """Every packet of the file in file order, the extended ones of a JPEG behind all others."""
    budget = limits.xmp_values
    named: set[str] = set()
    for block, content in _contents(image, limits):
        packet = _read(block, content, replace(limits, xmp_values=budget) if budget < limits.xmp_values else limits)
        budget = max(0, budget - len(packet.properties))
        named |= {one.value.strip().upper() for one in packet.properties if one.path == "xmpNote:HasExtendedXMP"}
        yield packet
    parts = [block for block in image.structure.blocks if block.kind == "xmp-extended"]
    for whole in extended_packets(image.data, parts, limits):
        packet = _read(whole.block, whole.content, replace(limits, xmp_values=budget))
        budget = max(0, budget - len(packet.properties))
        stray = () if whole.guid.upper() in named else ("No XMP packet of this file refers to this extended one.",)
        yield replace(packet, problems=(*whole.problems, *packet.problems), notes=stray)


def _read(block: Block, content: bytes, limits: Limits) -> Packet:
    text, problem = packet_text(content, limits)
    if problem:
        return Packet(block=block, properties=(), problems=(problem,))
    found = read(text, limits)
    return Packet(block=block, properties=found.properties, problems=found.problems)


def _contents(image: Image, limits: Limits) -> Iterator[tuple[Block, bytes]]:
    """Blocks of their own, and packets inside a PNG's text chunks or among the Photoshop resources."""
    count = 0
    own = [block for block in image.structure.blocks if block.kind == "xmp"]
    for block in image.structure.blocks:
        if count >= PACKETS:
            return
        if block.kind == "xmp":
            count += 1
            yield block, payload(image.data, block)
        elif block.kind == "text" and profile_name(image.data, block) in _PROFILES:
            count += 1
            yield block, packed_profile(image.data, block, limits)
        elif block.kind == "iptc":
            for inner, content in _resources(image.data, block):
                if count < PACKETS and not any(_within(inner, one) for one in own):
                    count += 1
                    yield inner, content


def _resources(data: bytes, block: Block) -> Iterator[tuple[Block, bytes]]:
    content = payload(data, block)
    if not photoshop.is_resources(content):
        return
    for item in photoshop.resources(content).of(photoshop.XMP):
        at = block.payload_offset_bytes + item.offset_bytes
        yield replace(block, payload_offset_bytes=at, payload_length_bytes=item.length_bytes), item.data(content)


def _within(inner: Block, other: Block) -> bool:
    return inner.payload_offset_bytes == other.payload_offset_bytes
