"""Reads the header and finds the image resources of a Photoshop file (Adobe: Photoshop File Formats, 2019)."""

from __future__ import annotations

import struct

from ..model.image import Structure
from ..model.limits import Limits
from .listing import Listing
from .sniff import PSD

_HEADER_BYTES = 26


def walk(data: bytes, limits: Limits) -> Structure:
    """List the header and the resources, an `iptc` block; the XMP, EXIF and ICC of a PSD are resources too."""
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
    return listing.structure(PSD, width, height)
