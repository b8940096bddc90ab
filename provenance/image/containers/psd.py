"""Reads the header and finds the image resources of a Photoshop file (Adobe: Photoshop File Formats, 2019)."""

from __future__ import annotations

import struct

from ...model.image import Structure
from ...model.limits import Limits
from .listing import Listing
from .sniff import PSD

_HEADER_BYTES = 26
# Image resources that are blocks of their own kind (Photoshop File Formats, "Image Resource IDs").
_KINDS = {1039: "icc", 1058: "exif", 1060: "xmp"}
_SIGNATURES = (b"8BIM", b"MeSa", b"PHUT", b"AgHg", b"DCSR")
_MOST_RESOURCES = 2000


def walk(data: bytes, limits: Limits) -> Structure:
    """List the header, the section of resources as one `iptc` block, and the XMP, EXIF and ICC blocks among them."""
    listing = Listing(data, limits)
    if len(data) < _HEADER_BYTES + 4:
        listing.cut_short("the header", _HEADER_BYTES + 4, len(data))
        return listing.structure(PSD)
    listing.add("header", "8BPS", 0, _HEADER_BYTES)
    height, width = struct.unpack_from(">II", data, 14)
    start = _HEADER_BYTES + 4 + int.from_bytes(data[_HEADER_BYTES : _HEADER_BYTES + 4], "big")
    length = int.from_bytes(data[start : start + 4], "big")
    if start + 4 + length > len(data):
        listing.cut_short("the section of image resources", start + 4 + length, len(data))
    elif length:
        listing.add("iptc", "image resources", start, 4 + length, (start + 4, length))
        _resources(listing, start + 4, start + 4 + length)
    return listing.structure(PSD, width, height)


def _resources(listing: Listing, position: int, end: int) -> None:
    """Signature, number, name (a length byte, padded to even), length, content (padded to even)."""
    data = listing.data
    for _ in range(_MOST_RESOURCES):
        if position + 12 > end:
            return
        if data[position : position + 4] not in _SIGNATURES:
            listing.problem(f"No image resource begins at offset {position}: the rest of them is not listed.")
            return
        number = int.from_bytes(data[position + 4 : position + 6], "big")
        content = position + 6 + (data[position + 6] + 2) // 2 * 2 + 4
        length = int.from_bytes(data[content - 4 : content], "big")
        if content + length > end:
            listing.problem(f"The image resource {number} at offset {position} reaches beyond its section.")
            return
        if number in _KINDS and length:
            whole = content + length - position
            listing.add(_KINDS[number], f"resource {number}", position, whole, (content, length))
        position = content + length + (length & 1)
    listing.problem(f"More than {_MOST_RESOURCES} image resources: the rest is not listed.")
