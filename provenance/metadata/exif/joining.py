"""EXIF that goes on in the next segments of a JPEG.

Exif 3.0 (section 4.7.2) allows one segment, which holds 64 KiB; programs that keep more go on in segments of the
same identifier right behind it, which begin with no TIFF header. ExifTool writes and joins them so.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model.image import Block

_SEGMENT = "APP1"
MOST_SEGMENTS = 256
"""16 MiB, as much as any block of metadata may take unpacked."""
_HEADERS = (b"II*\0", b"MM\0*")


def with_what_follows(data: bytes, blocks: Sequence[Block]) -> list[list[Block]]:
    """The EXIF blocks of a file, each with the segments that continue it."""
    pieces: list[list[Block]] = []
    for block in blocks:
        if pieces and len(pieces[-1]) < MOST_SEGMENTS and _goes_on(data, pieces[-1][-1], block):
            pieces[-1].append(block)
        else:
            pieces.append([block])
    return pieces


def _goes_on(data: bytes, before: Block, block: Block) -> bool:
    behind = before.offset_bytes + before.length_bytes
    return (
        block.name == before.name == _SEGMENT
        and block.offset_bytes == behind
        and not data.startswith(_HEADERS, block.payload_offset_bytes)
    )
