"""Boxes of a JPEG XL that are packed with Brotli (ISO/IEC 18181-2, box "brob"; RFC 7932), unpacked under a limit.

The library is an extra; of the standard it takes nothing but the four characters of the packed box's type in front.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from ...image.containers.structure import payload
from ...model.evidence import Fact
from ...model.image import Block, Image
from ...model.limits import Limits
from .cite import fact

EXIF, XMP = "brob Exif", "brob xml "
BLOCKS = 4
"""Packed boxes of a kind that are unpacked in one file."""
MISSING, REMEDY = "brotli is not installed", "pip install 'provenance-desk[jxl]'"
_TYPE_BYTES, _OFFSET_BYTES = 4, 4


def unpacked(data: bytes, block: Block, limits: Limits) -> bytes:
    """What the box holds, of an Exif box from its TIFF header on; empty where it is broken, too large or not opened."""
    if find_spec("brotli") is None:
        return b""
    import brotli

    engine = brotli.Decompressor()
    try:
        content = engine.process(payload(data, block)[_TYPE_BYTES:], output_buffer_limit=limits.metadata_bytes + 1)
    except (brotli.error, TypeError):  # TypeError: a version before 1.2 knows no limit
        return b""
    if len(content) > limits.metadata_bytes or not engine.is_finished():
        return b""
    if block.kind == EXIF:  # an offset to the TIFF header stands first
        content = content[_OFFSET_BYTES + int.from_bytes(content[:_OFFSET_BYTES], "big") :]
    return bytes(content)


def opened(image: Image, kind: str, limits: Limits) -> Iterator[tuple[Block, bytes]]:
    """The packed boxes of a kind with what they hold."""
    for block in [block for block in image.structure.blocks if block.kind == kind][:BLOCKS]:
        if content := unpacked(image.data, block, limits):
            yield block, content


def refused(image: Image, limits: Limits) -> Iterator[Fact]:
    """A fact for each packed box that could not be read, with the reason."""
    for block in [block for block in image.structure.blocks if block.kind in (EXIF, XMP)][:BLOCKS]:
        if not unpacked(image.data, block, limits):
            why = "it is broken, or larger than the limit" if find_spec("brotli") else f"{MISSING} ({REMEDY})"
            box = f"The box {block.kind[5:].strip()} at offset {block.offset_bytes} is packed with Brotli"
            yield fact(
                image, "file.problems", "", f"{box}; not read: {why}.", block, statement=f"{box}; not read: {why}."
            )
