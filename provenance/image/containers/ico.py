"""Windows icons and cursors: a table of pictures, each a PNG or a bitmap (Microsoft: ICONDIR, ICONDIRENTRY)."""

from __future__ import annotations

import struct

_HEADER, _ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")
MOST_PICTURES = 256


def entries(data: bytes) -> list[tuple[int, int, int, int]]:
    """Width, height, offset and length of each picture in the table, as far as the table is there."""
    if len(data) < _HEADER.size:
        return []
    count = min(_HEADER.unpack_from(data)[2], MOST_PICTURES, (len(data) - _HEADER.size) // _ENTRY.size)
    rows = (_ENTRY.unpack_from(data, _HEADER.size + _ENTRY.size * index) for index in range(count))
    return [(row[0] or 256, row[1] or 256, row[7], row[6]) for row in rows]


def is_one(data: bytes) -> bool:
    """Whether the table is one: it has entries, its first has a reserved byte of 0 and points behind the table."""
    found = entries(data)
    table = _HEADER.size + _ENTRY.size * len(found)
    return bool(found) and data[9] == 0 and found[0][2] >= table and found[0][3] > 0
