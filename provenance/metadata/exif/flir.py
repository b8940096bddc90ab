"""The camera's serial number in the segments that thermal cameras of FLIR add to a JPEG.

The segments (APP1, "FLIR\\0") join to one block of the form FFF: a header, a directory of records, one of them on the
camera. Undocumented by the maker; layout and offsets: ExifTool's FLIR.pm 12.57.
"""

from __future__ import annotations

import struct

from .maker_note import SERIAL
from .value import Value

_START, _HEADER_BYTES, _ENTRY_BYTES, _MOST_ENTRIES = b"FFF\0", 64, 32, 64
_DIRECTORY_AT, _CAMERA_INFO, _SERIAL_AT, _SERIAL_BYTES = 24, 0x20, 260, 16
_ORDER_MARK = 2  # the record on the camera begins with this number, in its own byte order


def serial_number(block: bytes) -> Value | None:
    """The serial number in the joined block, with its place there; None where it has none. Never raises."""
    if not block.startswith(_START) or len(block) < _HEADER_BYTES:
        return None
    for order in (">", "<"):
        at, count = struct.unpack_from(f"{order}II", block, _DIRECTORY_AT)
        if not (_HEADER_BYTES <= at < len(block) and 0 < count <= _MOST_ENTRIES):
            continue
        for entry in range(at, min(at + count * _ENTRY_BYTES, len(block) - _ENTRY_BYTES + 1), _ENTRY_BYTES):
            kind, start, length = struct.unpack_from(f"{order}H10xII", block, entry)
            if kind == _CAMERA_INFO and length >= _SERIAL_AT + _SERIAL_BYTES:
                return _serial(block, start)
    return None


def _serial(block: bytes, start: int) -> Value | None:
    if int.from_bytes(block[start : start + 2], "little") not in (_ORDER_MARK, _ORDER_MARK << 8):
        return None
    at = start + _SERIAL_AT
    text = block[at : at + _SERIAL_BYTES].partition(b"\0")[0].decode("latin-1").strip()
    if not (text.isascii() and text.isprintable() and any(letter.isalnum() for letter in text)):
        return None
    return Value(key=SERIAL, raw=text, normal=text, offset_bytes=at, length_bytes=len(text))
