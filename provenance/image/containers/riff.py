"""Walks the chunks of a WebP (RFC 9649, section 2) without decoding a pixel."""

from __future__ import annotations

from ...model.image import Structure
from ...model.limits import Limits
from .listing import Listing, shown
from .sniff import WEBP

_KINDS = {b"EXIF": "exif", b"XMP ": "xmp", b"ICCP": "icc", b"C2PA": "c2pa"}


def walk(data: bytes, limits: Limits) -> Structure:
    """List the chunks of a WebP; `frames` counts ANMF chunks. An "Exif" prefix before the TIFF header is left out."""
    listing = Listing(data, limits)
    declared_end = 8 + int.from_bytes(data[4:8], "little")
    end = min(declared_end, listing.end)
    if declared_end > listing.end:
        listing.cut_short("the RIFF chunk", declared_end, listing.end)
    position, frames, size_px = 12, 0, (0, 0)
    while position + 8 <= end and listing.goes_on():
        code, length = data[position : position + 4], int.from_bytes(data[position + 4 : position + 8], "little")
        content = position + 8
        if content + length > listing.end:
            listing.cut_short(f"the chunk {shown(code)} at offset {position}", length, listing.end - content)
            break
        if content + length > end:
            listing.problem(
                f"The chunk {shown(code)} at offset {position} reaches beyond the declared end of the file."
            )
        if size_px == (0, 0):
            size_px = _size(data, code, content, length)
        frames += code == b"ANMF"
        skip = 6 if code == b"EXIF" and data.startswith(b"Exif\x00\x00", content) else 0
        listing.add(
            _KINDS.get(code, shown(code).strip()), shown(code), position, 8 + length, (content + skip, length - skip)
        )
        position = content + length + (length & 1)
    if size_px == (0, 0) and declared_end <= listing.end:
        listing.problem("No chunk tells the size of the picture.")
    listing.trailer(max(position, end))
    return listing.structure(WEBP, *size_px, frames=max(1, frames))


def _size(data: bytes, code: bytes, content: int, length: int) -> tuple[int, int]:
    """Width and height from VP8X (RFC 9649, 2.7.1), VP8 (RFC 6386, 9.1) or VP8L (RFC 9649, 3.4), or zeros."""
    if code == b"VP8X" and length >= 10:
        width, height = data[content + 4 : content + 7], data[content + 7 : content + 10]
        return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1
    if code == b"VP8 " and length >= 10 and data[content + 3 : content + 6] == b"\x9d\x01\x2a":
        width, height = data[content + 6 : content + 8], data[content + 8 : content + 10]
        return int.from_bytes(width, "little") & 0x3FFF, int.from_bytes(height, "little") & 0x3FFF
    if code == b"VP8L" and length >= 5 and data[content] == 0x2F:
        bits = int.from_bytes(data[content + 1 : content + 5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return 0, 0
