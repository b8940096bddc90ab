"""Reads the headers of a BMP (Microsoft: BITMAPFILEHEADER, BITMAPV5HEADER)."""

from __future__ import annotations

import struct

from ...model.image import Structure
from ...model.limits import Limits
from .listing import Listing
from .sniff import BMP

_PROFILE_EMBEDDED = b"DEBM"  # bV5CSType "MBED", little-endian


def walk(data: bytes, limits: Limits) -> Structure:
    """List the two headers, an embedded colour profile, the pixels, and what follows the declared size."""
    listing = Listing(data, limits)
    header_bytes = int.from_bytes(data[14:18], "little")
    listing.add("header", "BITMAPFILEHEADER", 0, min(14, len(data)))
    if 14 + header_bytes > len(data):
        listing.cut_short("the header", 14 + header_bytes, len(data))
        return listing.structure(BMP)
    listing.add("header", f"DIB header of {header_bytes} bytes", 14, header_bytes)
    size_px = struct.unpack_from("<HH" if header_bytes == 12 else "<ii", data, 18)
    if header_bytes == 124 and data[70:74] == _PROFILE_EMBEDDED:
        start, length = struct.unpack_from("<II", data, 126)
        if 14 + start + length > len(data):
            listing.cut_short("the colour profile", 14 + start + length, len(data))
        else:
            listing.add("icc", "ICC", 14 + start, length)
    declared_bytes, pixels_at = struct.unpack_from("<I4xI", data, 2)
    end = declared_bytes if pixels_at <= declared_bytes <= len(data) else len(data)
    if declared_bytes > len(data):
        listing.cut_short("the picture", declared_bytes, len(data))
    if 14 + header_bytes <= pixels_at < end:
        listing.add("pixels", "pixels", pixels_at, end - pixels_at)
    listing.trailer(end)
    return listing.structure(BMP, max(size_px[0], 0), abs(size_px[1]))
