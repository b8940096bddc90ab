"""Blocks that a TIFF block holds in its first directory: an EXIF segment may carry XMP or IPTC as a TIFF file does."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import replace

from ...model.image import Block, Image
from ...model.limits import Limits

XMP, IPTC, PHOTOSHOP = 700, 33723, 34377
_EXIF = 0x8769
_SOUGHT = frozenset({XMP, IPTC, PHOTOSHOP, _EXIF})
# As many as the first directory of any camera holds, several times over; a full one of 65,535 would cost for nothing.
_ENTRIES = 500
_BLOCKS = 8
# A file holds one or two; crafted ones point to all of their bytes hundreds of times.
_PARTS, _MOST_HASHED_TIMES = 50, 2
_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1}


def inside(image: Image, limits: Limits, *tags: int) -> Iterator[Block]:
    """The values of these tags in the EXIF blocks of a file, each as a block; not those that the walker has listed."""
    return (block for tag, block in image.once(_parts, limits) if tag in tags)


def _parts(image: Image, _: Limits) -> tuple[tuple[int, Block], ...]:
    """All of them with their tags, found in one pass for every reader that asks, as far as the bytes to hash allow."""
    found: list[tuple[int, Block]] = []
    left_bytes = _MOST_HASHED_TIMES * len(image.data)
    listed = {block.payload_offset_bytes for block in image.structure.blocks if block.kind in ("xmp", "iptc")}
    for block in [block for block in image.structure.blocks if block.kind == "exif"][:_BLOCKS]:
        for tag, offset, length in _values(image.data, block):
            if offset not in listed:
                left_bytes -= length
                if left_bytes < 0 or len(found) == _PARTS:
                    return tuple(found)
                digest = hashlib.sha256(memoryview(image.data)[offset : offset + length]).hexdigest()
                part = replace(block, payload_offset_bytes=offset, payload_length_bytes=length, sha256=digest)
                found.append((tag, part))
    return tuple(found)


def _values(data: bytes, block: Block) -> Iterator[tuple[int, int, int]]:
    """Tag, offset in the file and length of each: of the first directory, and of the Exif directory it points to."""
    start, end = block.payload_offset_bytes, block.payload_offset_bytes + block.payload_length_bytes
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[start : start + 4])
    if order is None or start + 8 > end:
        return
    directories = [start + struct.unpack_from(f"{order}I", data, start + 4)[0]]
    for at in directories:
        if at + 2 > end:
            continue
        count = min(struct.unpack_from(f"{order}H", data, at)[0], _ENTRIES, (end - at - 2) // 12)
        listed = struct.unpack_from(order + count * "H10x", data, at + 2)
        for index, tag in enumerate(listed):
            if tag not in _SOUGHT:
                continue
            kind, values, offset = struct.unpack_from(f"{order}HII", data, at + 4 + 12 * index)
            length = _BYTES.get(kind, 0) * values
            if tag == _EXIF:
                directories += [start + offset] if len(directories) == 1 else []
            elif length > 4 and start + offset + length <= end:
                yield tag, start + offset, length
