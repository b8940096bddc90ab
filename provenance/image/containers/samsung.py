"""The parts that Samsung's phones append to a picture, each with a name (layout: ExifTool's Samsung tables).

The trailer ends with a directory: "SEFH", version, count, then for each part two bytes unused, its type, how far before
the directory it stands and how long it is; behind it the directory's length and "SEFT". A part repeats its type and has
its name in front of its data. Numbers are little-endian.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from ...model.text import visible

_END, _START = b"SEFT", b"SEFH"
_ENTRY_BYTES, _MOST, _NAME_BYTES = 12, 64, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part by its name; offset and length of its data in the file, the name left out."""

    name: str
    offset_bytes: int
    length_bytes: int


def parts(data: bytes, start: int, end: int) -> tuple[Part, ...]:
    """The parts of a trailer between two offsets, in its directory's order; none where there is no directory."""
    if end - start < 20 or data[end - 4 : end] != _END:
        return ()
    (length,) = struct.unpack_from("<I", data, end - 8)
    directory = end - 8 - length
    if directory < start or length < 12 or not data.startswith(_START, directory):
        return ()
    count = min(struct.unpack_from("<I", data, directory + 8)[0], _MOST, (length - 12) // _ENTRY_BYTES)
    found = (_part(data, directory, directory + 12 + _ENTRY_BYTES * number, start) for number in range(count))
    return tuple(part for part in found if part is not None)


def _part(data: bytes, directory: int, entry: int, start: int) -> Part | None:
    _, kind, before, size = struct.unpack_from("<HHII", data, entry)
    at = directory - before
    if at < start or size < 8 or at + size > directory:
        return None
    _, repeated, name_bytes = struct.unpack_from("<HHI", data, at)
    if repeated != kind or 8 + name_bytes > size:
        return None
    name = data[at + 8 : at + 8 + min(name_bytes, _NAME_BYTES)].decode("utf-8", "replace")
    return Part(name=visible(name), offset_bytes=at + 8 + name_bytes, length_bytes=size - 8 - name_bytes)
