"""Parts that files are built of in the tests of walkers, and the one block of a kind that a walker listed."""

import struct
import zlib

from provenance.model.image import Block, Structure


def chunk(code: bytes, content: bytes) -> bytes:
    """Of a PNG."""
    return struct.pack(">I", len(content)) + code + content + struct.pack(">I", zlib.crc32(code + content))


def box(code: bytes, content: bytes) -> bytes:
    """Of a HEIF and its like (ISO/IEC 14496-12)."""
    return struct.pack(">I4s", len(content) + 8, code) + content


def full(code: bytes, content: bytes, version: int = 0) -> bytes:
    """A box that tells its version."""
    return box(code, bytes([version, 0, 0, 0]) + content)


def only(walked: Structure, kind: str) -> Block:
    (block,) = (block for block in walked.blocks if block.kind == kind)
    return block
