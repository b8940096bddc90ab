"""Where the XMP packets of a file stand (XMP specification part 3), each with the block it is cited by."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ...image.containers.structure import payload
from ...model.image import Block, Image
from ...model.limits import Limits
from ..container import brob
from ..container.png_text import packed_profile, profile_name
from ..exif.inside import XMP, inside
from ..iptc import resources as photoshop
from .extended import extended_packets
from .packet import packet_text
from .placing import Property
from .reading import read

# Files joined from others hold a few; each costs up to a fraction of a second to read.
PACKETS = 50
# A program writes one such text chunk; each may unpack to the size of a metadata block.
PROFILES = 4
# How some programs' names, or damaged ones, stand before a packet in APP1.
_START = re.compile(rb"<\?xpacket\s|<x:xmpmeta\s|<x:xapmeta\s|<rdf:RDF\s")
_NAME_BYTES = 64
_PROFILES = ("xmp", "XML:com.adobe.xmp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One packet as read: its block, its properties, what was broken or refused, and sentences for every property."""

    block: Block
    properties: tuple[Property, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def packets(image: Image, limits: Limits) -> tuple[Packet, ...]:
    """Every packet of the file in file order, the extended ones of a JPEG behind all others; read once for all checks.

    All of them together may hold as many values and bytes as the limits allow one.
    """
    return image.once(_packets, limits)


def values(image: Image, limits: Limits, path: str) -> Iterator[str]:
    """What every packet gives under a path, of a list or of alternatives in languages the first: never empty."""
    for packet in packets(image, limits):
        yield from (one.value.strip() for one in packet.properties if one.path in (path, f"{path}[1]"))


def _packets(image: Image, limits: Limits) -> tuple[Packet, ...]:
    return tuple(_each(image, limits))


def _each(image: Image, limits: Limits) -> Iterator[Packet]:
    left = limits
    named: set[str] = set()
    for block, content in islice(_everywhere(image, limits), PACKETS):
        packet, left = _read(block, content, left)
        named |= {one.value.strip().upper() for one in packet.properties if one.path == "xmpNote:HasExtendedXMP"}
        yield packet
    parts = [block for block in image.structure.blocks if block.kind == "xmp-extended"]
    for whole in extended_packets(image.data, parts, left) if parts else ():
        packet, left = _read(whole.block, whole.content, left)
        stray = () if whole.guid.upper() in named else ("No XMP packet of this file refers to this extended one.",)
        yield replace(packet, problems=(*whole.problems, *packet.problems), notes=stray)


def _read(block: Block, content: bytes, limits: Limits) -> tuple[Packet, Limits]:
    """One packet, and what is left of the limits for further ones; a refused one costs what it may have unpacked to."""
    text, problem = packet_text(content, limits)
    if problem:
        packed = content[:1] == b"\x78"
        cost = limits.metadata_bytes if packed else len(content)
        return Packet(block=block, properties=(), problems=(problem,)), _less(limits, cost, 0, 0)
    found = read(text, limits)
    packet = Packet(block=block, properties=found.properties, problems=found.problems)
    return packet, _less(limits, len(text), text.count("<"), len(found.properties))


def _less(limits: Limits, length: int, elements: int, values: int) -> Limits:
    return replace(
        limits,
        metadata_bytes=max(0, limits.metadata_bytes - length),
        xml_elements=max(0, limits.xml_elements - elements),
        xmp_values=max(0, limits.xmp_values - values),
    )


def _everywhere(image: Image, limits: Limits) -> Iterator[tuple[Block, bytes]]:
    """Blocks of their own, and packets in a PNG's text, among Photoshop resources, in a segment that lacks the name."""
    own = {block.payload_offset_bytes for block in image.structure.blocks if block.kind == "xmp"}
    profiles = 0
    for block in image.structure.blocks:
        if block.kind == "xmp":
            yield block, payload(image.data, block, most=limits.metadata_bytes + 1)
        elif block.kind == "text" and profiles < PROFILES and profile_name(image.data, block) in _PROFILES:
            profiles += 1
            yield block, packed_profile(image.data, block, limits)
        elif block.kind == "APP1":
            start = block.payload_offset_bytes
            found = _START.search(image.data, start, start + min(_NAME_BYTES, block.payload_length_bytes))
            if found:
                yield _part(image.data, block, found.start() - start)
        elif block.kind == "iptc":
            for item in _resources(payload(image.data, block)):
                if block.payload_offset_bytes + item.offset_bytes not in own:
                    yield _part(image.data, block, item.offset_bytes, item.length_bytes)

    for block in inside(image, limits, XMP):
        yield block, payload(image.data, block)
    yield from brob.opened(image, brob.XMP, limits)


def _resources(content: bytes) -> Iterable[photoshop.Resource]:
    found = photoshop.XMP_MARK in content and photoshop.is_resources(content)
    return photoshop.resources(content).of(photoshop.XMP) if found else ()


def _part(data: bytes, block: Block, start: int, length: int | None = None) -> tuple[Block, bytes]:
    """A piece of a block, as a block of its own."""
    length = block.payload_length_bytes - start if length is None else length
    at = block.payload_offset_bytes + start
    content = data[at : at + length]
    digest = hashlib.sha256(content).hexdigest()
    return replace(block, payload_offset_bytes=at, payload_length_bytes=length, sha256=digest), content
