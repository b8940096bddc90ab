"""Walks the chunks of a PNG (W3C PNG, 3rd edition, section 5) without inflating anything."""

from __future__ import annotations

import zlib

from ...model.image import Structure
from ...model.limits import Limits
from .listing import Listing, shown
from .sniff import PNG

_KINDS = {b"eXIf": "exif", b"iCCP": "icc", b"caBX": "c2pa", b"tEXt": "text", b"zTXt": "text", b"iTXt": "text"}
_PIXEL_CHUNKS = (b"IDAT", b"fdAT")
_LARGEST_CHUNK_BYTES = 2**31 - 1
_XMP_KEYWORD = b"XML:com.adobe.xmp\x00"


def walk(data: bytes, limits: Limits) -> Structure:
    """List the chunks of a PNG, a run of IDAT or fdAT chunks as one block.

    The payload is the chunk's data as it stands in the file: keyword first in `text` and `icc`, zlib data still packed.
    Of `xmp` it starts at the text (packed when the iTXt compression flag says so: then its first byte is 0x78); of
    `exif` at the TIFF header.
    """
    listing = Listing(data, limits)
    size_px, frames = (0, 0), 1
    position = 8
    run: tuple[bytes, int] | None = None
    while listing.goes_on():
        code = data[position + 4 : position + 8]
        if run and code != run[0]:
            listing.add(shown(run[0]), shown(run[0]), run[1], position - run[1])
            run = None
        length = _checked_length(listing, position, code)
        if length is None:
            break
        content = position + 8
        if code == b"IHDR" and length >= 8:
            size_px = (
                int.from_bytes(data[content : content + 4], "big"),
                int.from_bytes(data[content + 4 : content + 8], "big"),
            )
        elif code == b"acTL" and length >= 4:
            frames = int.from_bytes(data[content : content + 4], "big")
        if code in _PIXEL_CHUNKS:
            run = run or (code, position)
        else:
            _chunk(listing, code, position, length)
        position = content + length + 4
        if code == b"IEND":
            listing.trailer(position)
            break
    if run:
        listing.add(shown(run[0]), shown(run[0]), run[1], min(position, listing.end) - run[1])
    return listing.structure(PNG, *size_px, frames=max(frames, 1))


def _checked_length(listing: Listing, position: int, code: bytes) -> int | None:
    """The length of the chunk at `position`; None, and a problem, when there is no whole chunk."""
    data, there = listing.data, listing.end - position - 12
    if there < 0:
        listing.cut_short("the end of the picture (chunk IEND)", 12, there + 12)
        return None
    length = int.from_bytes(data[position : position + 4], "big")
    if length > _LARGEST_CHUNK_BYTES:
        listing.problem(f"The chunk {shown(code)} at offset {position} has the impossible length {length}.")
        return None
    if length > there:
        listing.cut_short(f"the chunk {shown(code)} at offset {position}", length, there)
        return None
    if not (code.isascii() and code.isalpha()):
        listing.problem(f"The chunk at offset {position} has a name that is no four letters: {shown(code)}.")
    stored = int.from_bytes(data[position + 8 + length : position + 12 + length], "big")
    if zlib.crc32(memoryview(data)[position + 4 : position + 8 + length]) != stored:
        listing.problem(f"The chunk {shown(code)} at offset {position} has a wrong checksum.")
    return length


def _chunk(listing: Listing, code: bytes, position: int, length: int) -> None:
    data, content = listing.data, position + 8
    kind, skip = _KINDS.get(code, shown(code)), 0
    if code == b"eXIf" and data.startswith(b"Exif\x00\x00", content):
        skip = 6
    elif code == b"iTXt" and data.startswith(_XMP_KEYWORD, content):
        kind, skip = "xmp", _text_offset(data[content : content + length])
    listing.add(kind, shown(code), position, length + 12, (content + skip, length - skip))


def _text_offset(chunk: bytes) -> int:
    """Where the text of an iTXt chunk starts: keyword, flag, method, language tag, translated keyword (11.3.3.4)."""
    language_end = chunk.find(b"\x00", len(_XMP_KEYWORD) + 2)
    keyword_end = chunk.find(b"\x00", language_end + 1) if language_end >= 0 else -1
    return keyword_end + 1 if keyword_end >= 0 else min(len(_XMP_KEYWORD) + 2, len(chunk))
