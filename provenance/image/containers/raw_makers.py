"""Walks the raw files that are no TIFF: Fujifilm's RAF, Minolta's MRW, Canon's CRW, Sigma's X3F.

None of them is described by its maker; the layouts are those that ExifTool's tag tables and LibRaw (both free software)
agree on. Of each only the parts that hold metadata or a preview are listed.
"""

from __future__ import annotations

import struct

from ...model.image import Structure
from ...model.limits import Limits
from . import jpeg, raw_types
from .listing import Listing, shown

_RAF_HEADER_BYTES = 92
_RAF_CROPPED_SIZE = 0x0111  # height, then width
_RAF_MOST_TAGS = 256
_MRW_MOST_BLOCKS = 64
_CRW_IMAGE_PROPERTIES, _CRW_IMAGE_INFO = 0x300A, 0x1810
_CRW_ENTRY_BYTES, _CRW_MOST_ENTRIES = 10, 256
_X3F_MOST_SECTIONS, _X3F_JPEG, _X3F_SECTION_BYTES = 64, 18, 28


def walk(data: bytes, limits: Limits) -> Structure:
    """List headers, previews and EXIF blocks; width and height as the maker states them, zeros where it is not known.

    The segments of a preview that is a JPEG with metadata of its own are listed as those of a JPEG are.
    """
    listing = Listing(data, limits)
    kind = raw_types.raw_type(data)
    reader = {raw_types.RAF: _raf, raw_types.MRW: _mrw, raw_types.CRW: _crw, raw_types.X3F: _x3f}.get(kind)
    size_px = reader(listing) if reader else (0, 0)
    return listing.structure(kind, *size_px)


def _raf(listing: Listing) -> tuple[int, int]:
    data = listing.data
    if len(data) < _RAF_HEADER_BYTES + 16:
        listing.cut_short("the header", _RAF_HEADER_BYTES + 16, len(data))
        return 0, 0
    listing.add("header", "RAF", 0, _RAF_HEADER_BYTES)
    at, length, tags_at, tags_bytes = struct.unpack_from(">4I", data, 84)
    _preview(listing, "RAF", at, length)
    if tags_at + tags_bytes > len(data):
        listing.cut_short("the directory of the raw picture", tags_at + tags_bytes, len(data))
        return 0, 0
    listing.add("RAF tags", "RAF tags", tags_at, tags_bytes)
    sensor_at, sensor_bytes = struct.unpack_from(">2I", data, _RAF_HEADER_BYTES + 8)
    if sensor_at + sensor_bytes > listing.end:
        listing.cut_short(f"the raw picture at offset {sensor_at}", sensor_bytes, listing.end - sensor_at)
    count = int.from_bytes(data[tags_at : tags_at + 4], "big")
    position, end = tags_at + 4, tags_at + tags_bytes
    for _ in range(min(count, _RAF_MOST_TAGS)):
        if position + 4 > end:
            break
        tag, size = struct.unpack_from(">HH", data, position)
        if tag == _RAF_CROPPED_SIZE and size >= 4 and position + 8 <= end:
            height, width = struct.unpack_from(">HH", data, position + 4)
            return width, height
        position += 4 + size
    return 0, 0


def _mrw(listing: Listing) -> tuple[int, int]:
    """Blocks of a name, a length (32 bits) and content: PRD the dimensions, TTW a TIFF with the EXIF data."""
    data, size_px = listing.data, (0, 0)
    end = min(8 + int.from_bytes(data[4:8], "big"), listing.end)
    position = 8
    for _ in range(_MRW_MOST_BLOCKS):
        if position + 8 > end or not listing.goes_on():
            break
        code, length = data[position : position + 4], int.from_bytes(data[position + 4 : position + 8], "big")
        if position + 8 + length > end:
            listing.cut_short(f"the block {shown(code[1:])} at offset {position}", length, end - position - 8)
            break
        if code == b"\0PRD" and length >= 16:
            height, width = struct.unpack_from(">HH", data, position + 20)
            size_px = width, height
        name = shown(code[1:])
        kind = "exif" if code == b"\0TTW" else name
        listing.add(kind, name, position, 8 + length, (position + 8, length))
        position += 8 + length
    else:
        if position + 8 <= end:
            listing.problem(f"More than {_MRW_MOST_BLOCKS} blocks: the rest is not listed.")
    return size_px


def _crw(listing: Listing) -> tuple[int, int]:
    """The size from a heap of directories (Canon: CIFF 1.0, revision 4), each at its heap's end."""
    data = listing.data
    order = "<" if data[:2] == b"II" else ">"
    start, end = struct.unpack_from(f"{order}I", data, 2)[0], listing.end
    if start >= end:
        listing.cut_short("the header", start, end)
        return 0, 0
    listing.add("header", "CRW", 0, start)
    if _crw_table(data, order, start, end) is None:
        listing.problem("The directory of this file lies outside it: the file is cut short, or damaged.")
    for wanted in (_CRW_IMAGE_PROPERTIES, _CRW_IMAGE_INFO):
        found = _crw_entry(data, order, start, end, wanted)
        if found is None:
            return 0, 0
        start, end = found
    if end - start < 8:
        return 0, 0
    listing.add("CRW size", "ImageInfo", start, end - start)
    width, height = struct.unpack_from(f"{order}II", data, start)
    return width, height


def _crw_table(data: bytes, order: str, start: int, end: int) -> int | None:
    """Where the directory of a heap begins; None where its last bytes point out of it."""
    table = start + struct.unpack_from(f"{order}I", data, end - 4)[0] if end - start >= 6 else end
    return table if start <= table <= end - 6 else None


def _crw_entry(data: bytes, order: str, start: int, end: int, wanted: int) -> tuple[int, int] | None:
    """Where the content of an entry lies, start and end; None when it is not there."""
    if (table := _crw_table(data, order, start, end)) is None:
        return None
    (count,) = struct.unpack_from(f"{order}H", data, table)
    for index in range(min(count, _CRW_MOST_ENTRIES, (end - table - 2) // _CRW_ENTRY_BYTES)):
        tag, size, offset = struct.unpack_from(f"{order}HII", data, table + 2 + _CRW_ENTRY_BYTES * index)
        if tag == wanted:
            return (start + offset, start + offset + size) if start + offset + size <= end else None
    return None


def _x3f(listing: Listing) -> tuple[int, int]:
    """The header's size, and the JPEG previews of the directory whose offset ends the file."""
    data = listing.data
    if len(data) < 52:
        listing.cut_short("the header", 52, len(data))
        return 0, 0
    at = 28 if data[6] < 4 else 40
    listing.add("header", "FOVb", 0, at + 8)
    width, height = struct.unpack_from("<II", data, at)
    table = int.from_bytes(data[-4:], "little")
    if data[table : table + 4] != b"SECd" or table + 12 > len(data):
        listing.problem("The directory of the file is not where its last bytes say.")
        return width, height
    count = int.from_bytes(data[table + 8 : table + 12], "little")
    if count > _X3F_MOST_SECTIONS:
        listing.problem(f"More than {_X3F_MOST_SECTIONS} sections: the rest is not listed.")
    for index in range(min(count, _X3F_MOST_SECTIONS, (len(data) - table - 12) // 12)):
        start, length, code = struct.unpack_from("<II4s", data, table + 12 + 12 * index)
        if code != b"IMA2" or data[start : start + 4] != b"SECi" or length < _X3F_SECTION_BYTES:
            continue
        if int.from_bytes(data[start + 12 : start + 16], "little") == _X3F_JPEG:
            _preview(listing, "IMA2", start + _X3F_SECTION_BYTES, length - _X3F_SECTION_BYTES)
    return width, height


def _preview(listing: Listing, name: str, at: int, length: int) -> None:
    """List a preview that is a JPEG, and the metadata in it."""
    if at + length > listing.end:
        listing.cut_short(f"the preview {name} at offset {at}", length, listing.end - at)
    elif length and listing.data.startswith(b"\xff\xd8", at):
        listing.add("preview", f"JPEG of {name}", at, length)
        jpeg.embedded(listing, at, at + length)
