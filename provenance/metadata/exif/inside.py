"""Blocks that a TIFF block holds in its first directory: an EXIF segment may carry XMP or IPTC as a TIFF file does."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import replace

from ...image.sniff import TIFF
from ...image.structure import payload
from ...model.image import Block, Image

XMP, IPTC, PHOTOSHOP = 700, 33723, 34377
_EXIF = 0x8769
# As many as the first directory of any camera holds, several times over; a full one of 65,535 would cost for nothing.
_ENTRIES = 500
_BLOCKS = 8
_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1}


def inside(image: Image, *tags: int) -> Iterator[Block]:
    """The values of these tags in the EXIF blocks of a file, each as a block. A TIFF's own are listed by its walker."""
    if image.structure.media_type == TIFF:
        return
    for block in [block for block in image.structure.blocks if block.kind == "exif"][:_BLOCKS]:
        content = payload(image.data, block)
        for offset, length in _values(content, tags):
            yield replace(
                block,
                payload_offset_bytes=block.payload_offset_bytes + offset,
                payload_length_bytes=length,
                sha256=hashlib.sha256(content[offset : offset + length]).hexdigest(),
            )


def _values(content: bytes, tags: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Offset and length of each value: of the first directory and of the Exif directory, where some writers move it."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(content[:4])
    if order is None or len(content) < 10:
        return
    directories = [struct.unpack_from(f"{order}I", content, 4)[0]]
    for at in directories:
        if at + 2 > len(content):
            continue
        count = min(struct.unpack_from(f"{order}H", content, at)[0], _ENTRIES, (len(content) - at - 2) // 12)
        entries = content[at + 2 : at + 2 + 12 * count]
        for tag, kind, values, offset in struct.iter_unpack(f"{order}HHII", entries):
            length = _BYTES.get(kind, 0) * values
            if tag in tags and length > 4 and offset + length <= len(content):
                yield offset, length
            elif tag == _EXIF and len(directories) == 1:
                directories.append(offset)
