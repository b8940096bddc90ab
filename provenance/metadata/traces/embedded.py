"""The small pictures that a file carries of itself, found without decoding: in EXIF, Photoshop, MPF blocks, as items.

EXIF blocks are those of a JPEG, of a PNG's eXIf chunk or raw profile, of a WebP; items those of a HEIF or AVIF.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ...image.containers import sniff
from ...image.containers.heif_thumbnails import shown, thumbnails
from ...image.containers.structure import payload
from ...model.image import Block, Structure
from ...model.limits import Limits
from ..container.png_text import is_packed_exif, packed_exif
from ..exif.tiff_block import sanitise
from ..exif.tiff_entries import Directory, unsigned

BLOCKS = 8
MOST = 6
"""Previews that are looked at in one file."""
_MOST_BYTES = 4 * 2**20
_JPEG = b"\xff\xd8\xff"
_ORIENTATION = 0x0112
_WANTED: Mapping[Directory, frozenset[int]] = {
    "ifd0": frozenset({_ORIENTATION}),
    "ifd1": frozenset(),
    "exif": frozenset(),
    "gps": frozenset(),
    "interop": frozenset(),
}
# Adobe Photoshop File Formats Specification (2019), image resources: 1036 and, with red and blue exchanged, 1033.
_PHOTOSHOP, _HEADER_BYTES = 0x040C, 28
# CIPA DC-007-2021, section 5.2.3.3.1: large thumbnails, VGA and full HD.
_LARGE_THUMBNAILS = frozenset({0x010001, 0x010002})
_WITH_ITEMS = {sniff.HEIF: "HEIF", sniff.AVIF: "AVIF"}
# ISO/IEC 23008-12, section 6.5.10: quarter turns counter-clockwise, as the orientation that EXIF would state.
_BY_TURN = {b"\1": 8, b"\2": 3, b"\3": 6}
_TURNS = {1: 0, 2: 4, 3: 2, 4: 6, 5: 7, 6: 1, 7: 5, 8: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """One small picture inside the file."""

    kind: str
    """Where it stands, in words: "EXIF", "Photoshop", "multi-picture", "HEIF", "AVIF"."""
    offset_bytes: int
    length_bytes: int
    orientation: int
    """Of the EXIF block, Exif 3.0 section 4.6.5.1.6, or what the container's turn amounts to; 1 where there is none."""
    media_type: str = sniff.JPEG
    unpacked: bytes = field(default=b"", repr=False)
    """The JPEG itself, where the block it stands in is packed; offset and length are the block's then."""
    edits: tuple[tuple[int, bytes], ...] = ()
    """What makes the file one of this picture (image/containers/heif_thumbnails.py)."""

    def content(self, data: bytes) -> bytes:
        """A picture to hand to a decoder; `data` is the file."""
        if self.edits:
            return shown(data, self.edits)
        return self.unpacked or data[self.offset_bytes : self.offset_bytes + self.length_bytes]


def embedded(data: bytes, walked: Structure, limits: Limits) -> tuple[Embedded, ...]:
    """Every preview that begins as a JPEG does, and every coded thumbnail, at most `MOST`; never raises."""
    found: list[Embedded] = []
    orientation = 1
    for block in [block for block in walked.blocks if block.kind == "exif"][:BLOCKS]:
        orientation, place = _in_exif(payload(data, block), limits)
        if place:
            found.append(_of("EXIF", block.payload_offset_bytes + place[0], place[1], orientation))
    for block in _packed(data, walked):
        content = packed_exif(data, block, limits)
        orientation, place = _in_exif(content, limits)
        if place:
            inner = content[place[0] : sum(place)]
            at = _of("EXIF", block.payload_offset_bytes, block.payload_length_bytes, orientation)
            found.append(replace(at, unpacked=inner))
    for block in [block for block in walked.blocks if block.kind == "iptc"][:BLOCKS]:
        found += [_of("Photoshop", at, length, orientation) for at, length in _photoshop(data, block)]
    for block in [block for block in walked.blocks if block.kind == "mpf"][:1]:
        found += [_of("multi-picture", at, length, orientation) for at, length in _multi_picture(data, block)]
    usable = [
        one
        for one in found
        if one.length_bytes <= _MOST_BYTES
        and (one.unpacked or data[one.offset_bytes : one.offset_bytes + 3]).startswith(_JPEG)
    ]
    usable += _items(data, walked, limits)
    return tuple({(one.offset_bytes, one.length_bytes): one for one in usable}.values())[:MOST]


def _in_exif(content: bytes, limits: Limits) -> tuple[int, tuple[int, int] | None]:
    """The orientation that an EXIF block states, and where in it a thumbnail lies."""
    exif = sanitise(content, limits, _WANTED)
    entry = exif.entries.get(("ifd0", _ORIENTATION))
    number = unsigned(entry, "<" if exif.little_endian else ">") if entry and entry.value else 1
    return (number if number in _TURNS else 1), exif.thumbnail


def _packed(data: bytes, walked: Structure) -> list[Block]:
    if walked.media_type != sniff.PNG:
        return []
    return [block for block in walked.blocks if block.kind == "text" and is_packed_exif(data, block)][:BLOCKS]


def _items(data: bytes, walked: Structure, limits: Limits) -> Iterator[Embedded]:
    """The thumbnails of a HEIF or AVIF; one without a turn of its own lies as the picture is stored."""
    if all(block.kind != "thumbnail" for block in walked.blocks) or walked.media_type not in _WITH_ITEMS:
        return
    turn = next((payload(data, block)[:1] for block in walked.blocks if block.kind == "irot"), b"")
    for one in [one for one in thumbnails(data, limits) if one.length_bytes <= _MOST_BYTES]:
        at = _of(_WITH_ITEMS[walked.media_type], one.offset_bytes, one.length_bytes, _BY_TURN.get(turn, 1))
        yield replace(at, media_type=walked.media_type, edits=one.edits)


def usual_turns(orientation: int) -> frozenset[int]:
    """The turns (frames.TURNS) in which a camera stores it: upright already, or as the picture is stored."""
    return frozenset({0, _TURNS.get(orientation, 0)})


def _of(kind: str, at: int, length: int, orientation: int) -> Embedded:
    return Embedded(kind=kind, offset_bytes=at, length_bytes=length, orientation=orientation)


def _photoshop(data: bytes, block: Block) -> Iterator[tuple[int, int]]:
    """Offset and length of thumbnails among the resources, walked one by one; a resource that is cut off ends it."""
    at, end = block.payload_offset_bytes, block.payload_offset_bytes + block.payload_length_bytes
    for _ in range(200):
        if at + 12 > end or data[at : at + 4] != b"8BIM":
            return
        number, name_bytes = int.from_bytes(data[at + 4 : at + 6], "big"), data[at + 6]
        size_at = at + 6 + name_bytes + 1 + (name_bytes + 1) % 2
        size, start = int.from_bytes(data[size_at : size_at + 4], "big"), size_at + 4
        if start + size > end:
            return
        if number == _PHOTOSHOP and size > _HEADER_BYTES:
            yield start + _HEADER_BYTES, size - _HEADER_BYTES
        at = start + size + size % 2


def _multi_picture(data: bytes, block: Block) -> Iterator[tuple[int, int]]:
    """Offset and length of the large thumbnails in the index (CIPA DC-007, section 5.2): 16 bytes a picture."""
    index, origin = payload(data, block), block.payload_offset_bytes
    order = {b"II": "<", b"MM": ">"}.get(index[:2], "")
    if not order or len(index) < 10:
        return
    at = struct.unpack_from(f"{order}I", index, 4)[0]
    count = struct.unpack_from(f"{order}H", index, at)[0] if at + 2 <= len(index) else 0
    for place in range(min(count, 32)):
        row = at + 2 + 12 * place
        if row + 12 > len(index):
            return
        tag, _, size, offset = struct.unpack_from(f"{order}HHII", index, row)
        if tag != 0xB002:
            continue
        for entry in range(offset, min(offset + min(size, 16 * 16), len(index) - 15), 16):
            attributes, length, start = struct.unpack_from(f"{order}III", index, entry)
            if attributes & 0xFFFFFF in _LARGE_THUMBNAILS and start and origin + start + length <= len(data):
                yield origin + start, length
