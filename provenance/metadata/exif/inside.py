"""Blocks that a TIFF block holds in its first directory: an EXIF segment may carry XMP or IPTC as a TIFF file does."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import replace

from ...model.image import Block, Image

XMP, IPTC, PHOTOSHOP = 700, 33723, 34377
_EXIF = 0x8769
# As many as the first directory of any camera holds, several times over; a full one of 65,535 would cost for nothing.
_ENTRIES = 500
_BLOCKS = 8
_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1}


def inside(image: Image, *tags: int) -> Iterator[Block]:
    """The values of these tags in the EXIF blocks of a file, each as a block; not those that the walker has listed."""
    listed = {block.payload_offset_bytes for block in image.structure.blocks if block.kind in ("xmp", "iptc")}
    for block in [block for block in image.structure.blocks if block.kind == "exif"][:_BLOCKS]:
        for offset, length in _values(image.data, block, tags):
            if offset not in listed:
                yield replace(
                    block,
                    payload_offset_bytes=offset,
                    payload_length_bytes=length,
                    sha256=hashlib.sha256(memoryview(image.data)[offset : offset + length]).hexdigest(),
                )


def _values(data: bytes, block: Block, tags: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Offset in the file and length of each value: of the first directory, and of the Exif directory it points to."""
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
            if tag != _EXIF and tag not in tags:
                continue
            kind, values, offset = struct.unpack_from(f"{order}HII", data, at + 4 + 12 * index)
            length = _BYTES.get(kind, 0) * values
            if tag in tags and length > 4 and start + offset + length <= end:
                yield start + offset, length
            elif tag == _EXIF and len(directories) == 1:
                directories.append(start + offset)
