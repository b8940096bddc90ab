"""The index of a multi-picture file: how many pictures, where each lies (CIPA DC-007-2009, section 5)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_NUMBER, _ENTRIES = 0xB001, 0xB002
_ENTRY_BYTES = 16
_MOST_TAGS, _MOST_IMAGES = 100, 200
# Section 5.2.3.3.1: the low 24 bits of an entry's attributes.
_TYPES = {
    0x010001: "small preview (VGA)",
    0x010002: "large preview (full HD)",
    0x010003: "large preview (4K)",
    0x010004: "large preview (8K)",
    0x020001: "panorama",
    0x020002: "disparity",
    0x020003: "multi-angle",
    0x030000: "primary picture",
    0x040000: "original kept by an editor",
    0x050000: "gain map",
}
_FIRST_KIND = 24  # the type is the low 24 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One picture by its index entry: `offset` counts from the index's TIFF header; 0 is the first picture."""

    kind: str
    offset: int
    length: int


def number_of_images(index: bytes) -> int:
    """How many pictures the index announces; 0 when it cannot be read. `index` starts at its TIFF header."""
    order, tags = _tags(index)
    return tags[_NUMBER][2] if order and _NUMBER in tags else 0


def entries(index: bytes) -> tuple[Entry, ...]:
    """The entries of the index, the first picture among them, as far as they stand in it."""
    order, tags = _tags(index)
    if not order or _ENTRIES not in tags:
        return ()
    _, length, offset = tags[_ENTRIES]
    count = min(length // _ENTRY_BYTES, _MOST_IMAGES, max(0, len(index) - offset) // _ENTRY_BYTES)
    found = []
    for number in range(count):
        attributes, size, start = struct.unpack_from(f"{order}III", index, offset + _ENTRY_BYTES * number)
        kind = attributes & (2**_FIRST_KIND - 1)
        found.append(Entry(kind=_TYPES.get(kind, "type not stated"), offset=start, length=size))
    return tuple(found)


def _tags(index: bytes) -> tuple[str, dict[int, tuple[int, int, int]]]:
    """Byte order and the tags of the first directory: type, count, value or offset; "" when it is none."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(index[:4], "")
    if not order or len(index) < 10:
        return "", {}
    (start,) = struct.unpack_from(f"{order}I", index, 4)
    if start + 2 > len(index):
        return "", {}
    (count,) = struct.unpack_from(f"{order}H", index, start)
    count = min(count, _MOST_TAGS, (len(index) - start - 2) // 12)
    rows = (struct.unpack_from(f"{order}HHII", index, start + 2 + 12 * number) for number in range(count))
    return order, {tag: (kind, length, value) for tag, kind, length, value in rows}
