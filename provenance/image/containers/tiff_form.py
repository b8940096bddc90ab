"""How numbers stand in a TIFF (TIFF 6.0, section 2) or a BigTIFF: byte order, widths, the value of an entry."""

from __future__ import annotations

import struct
from dataclasses import dataclass

TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_A_PICTURE, _PIXELS = frozenset({256, 257}), frozenset({273, 324})  # width and height; strips, tiles
_MOST_ENTRIES = 400
_TYPED = 8  # one entry in so many may be damaged itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How numbers stand in this file: struct codes of byte order, offset, entry count; bytes of an inline value."""

    order: str
    offset: str
    count: str
    inline_bytes: int

    def number(self, data: bytes, at: int, code: str) -> int | None:
        """An integer by its struct code; None where the data end before."""
        size = struct.calcsize(code)
        return struct.unpack(self.order + code, data[at : at + size])[0] if at + size <= len(data) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An entry's value: type code, count, and where its bytes lie."""

    kind: int
    count: int
    offset: int

    @property
    def length(self) -> int:
        """Bytes of the whole value."""
        return TYPE_BYTES.get(self.kind, 0) * self.count


def entries_of_first(data: bytes) -> int:
    """How many entries the first directory announces; 0 where there is none."""
    form = form_of(data)
    position = form.number(data, 8 if form.inline_bytes == 8 else 4, form.offset) or 0
    return form.number(data, position, form.count) or 0 if position else 0


def is_damaged(data: bytes) -> bool:
    """Whether bytes that begin with a byte order, but not with the number 42, are a TIFF all the same.

    The directory tells: entries in order (TIFF 6.0, section 2), nearly all of known types, with a size and where the
    pixels stand.
    """
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        return False
    start = struct.unpack_from(f"{order}I", data, 4)[0]
    count = struct.unpack_from(f"{order}H", data, start)[0] if start + 2 <= len(data) else 0
    if start < 8 or not len(_A_PICTURE) <= count <= _MOST_ENTRIES or start + 2 + 12 * count > len(data):
        return False
    rows = list(struct.iter_unpack(f"{order}HH8x", data[start + 2 : start + 2 + 12 * count]))
    tags = [tag for tag, _ in rows]
    return (
        _TYPED * sum(kind not in TYPE_BYTES for _, kind in rows) <= count
        and tags == sorted(set(tags))
        and set(tags) >= _A_PICTURE
        and not _PIXELS.isdisjoint(tags)
    )


def form_of(data: bytes) -> Form:
    """How numbers stand, by the first four bytes."""
    order = "<" if data[:2] == b"II" else ">"
    if data[2:4] in (b"+\x00", b"\x00+"):
        return Form(order=order, offset="Q", count="Q", inline_bytes=8)
    return Form(order=order, offset="I", count="H", inline_bytes=4)


def scalar(data: bytes, form: Form, value: Value | None) -> int:
    """The first integer of a value; 0 where there is none."""
    found = numbers(data, form, value, 1)
    return found[0] if found else 0


def numbers(data: bytes, form: Form, value: Value | None, limit: int) -> tuple[int, ...]:
    """The first `limit` integers of a value of type BYTE, SHORT, LONG or LONG8, none below zero; empty for any other.

    Some writers state sizes in the signed types; a value below zero is none.
    """
    code = (
        {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 6: "b", 8: "h", 9: "i", 17: "q"}.get(value.kind) if value else None
    )
    if value is None or code is None:
        return ()
    count = min(value.count, limit, max(0, len(data) - value.offset) // struct.calcsize(code))
    found = struct.unpack_from(f"{form.order}{count}{code}", data, value.offset) if count else ()
    return found if min(found, default=0) >= 0 else ()
