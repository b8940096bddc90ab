"""The metadata in a Canon CR3: TIFF blocks in a uuid box of `moov` (layout: ExifTool's Canon tables and LibRaw)."""

from __future__ import annotations

import struct

from .boxes import Box, boxes
from .listing import Listing, shown

CANON_UUID = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
# Kinds of the blocks: the first directory, the EXIF and GPS directories, and the maker note, each a TIFF of its own.
_KINDS = {b"CMT1": "exif", b"CMT2": "exif", b"CMT3": "maker-note", b"CMT4": "exif"}
_WIDTH, _HEIGHT = 256, 257
_MOST_ENTRIES = 200


def walk_moov(listing: Listing, moov: Box) -> tuple[int, int]:
    """List the blocks CMT1 to CMT4 and the thumbnail; width and height by CMT1, or zeros."""
    size_px = (0, 0)
    for box in boxes(listing, moov.content, moov.end):
        if box.code != b"uuid" or listing.data[box.content : box.content + 16] != CANON_UUID:
            continue
        for part in boxes(listing, box.content + 16, box.end):
            name = shown(part.code)
            whole = part.end - part.start
            if part.code in _KINDS:
                listing.add(_KINDS[part.code], name, part.start, whole, (part.content, part.end - part.content))
            if part.code == b"CMT1":
                size_px = _size(listing.data[part.content : part.end])
            elif part.code == b"THMB" and listing.data.startswith(b"\xff\xd8", part.content + 16):
                listing.add("preview", name, part.start, whole, (part.content + 16, part.end - part.content - 16))
    return size_px


def _size(block: bytes) -> tuple[int, int]:
    """Width and height in the first directory of a TIFF block."""
    order = "<" if block[:2] == b"II" else ">"
    if len(block) < 10:
        return 0, 0
    (start,) = struct.unpack_from(f"{order}I", block, 4)
    if start + 2 > len(block):
        return 0, 0
    (count,) = struct.unpack_from(f"{order}H", block, start)
    found = {}
    for index in range(min(count, _MOST_ENTRIES, (len(block) - start - 2) // 12)):
        at = start + 2 + 12 * index
        tag, kind = struct.unpack_from(f"{order}HH", block, at)
        if tag in (_WIDTH, _HEIGHT):
            (found[tag],) = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", block, at + 8)
    return found.get(_WIDTH, 0), found.get(_HEIGHT, 0)
