"""What a film inside a picture's file says of itself: when it was made, where, and the keys that phones write.

ISO/IEC 14496-12, sections 8.2.2 (movie header) and 8.11.1 (meta); QuickTime File Format (Apple, 2016), "Metadata": a
list of names of the namespace `mdta`, and values by their number in it; user data "\\xa9xyz": a position by ISO 6709.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ...model.limits import Limits
from .boxes import Box, boxes
from .listing import Listing

_MOST_KEYS, _NAME_BYTES, _VALUE_BYTES = 64, 200, 2_000
_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_POSITION = b"\xa9xyz"
# Well-known types of values (QuickTime File Format, table 3-5).
_UTF8, _UTF16, _SIGNED, _UNSIGNED, _FLOAT = 1, 2, 21, 22, 23


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One value: `name` is "created", "position" or the key's own name; offset and length are of its bytes."""

    name: str
    value: str
    offset_bytes: int
    length_bytes: int


def film(data: bytes, start: int, end: int, limits: Limits) -> tuple[Said, ...]:
    """What the boxes between two offsets say, at most `_MOST_KEYS` values; never raises."""
    listing = Listing(data, limits)
    for moov in boxes(listing, start, min(end, len(data)), nested=False):
        if moov.code == b"moov":
            return tuple(_in_movie(listing, moov))[:_MOST_KEYS]
    return ()


def _in_movie(listing: Listing, moov: Box) -> Iterator[Said]:
    for box in boxes(listing, moov.content, moov.end):
        if box.code == b"mvhd":
            yield from _created(listing.data, box)
        elif box.code == b"meta":
            yield from _keys(listing, box)
        elif box.code == b"udta":
            yield from _in_user_data(listing, box)


def _in_user_data(listing: Listing, udta: Box) -> Iterator[Said]:
    for box in boxes(listing, udta.content, udta.end):
        if box.code == _POSITION and box.end - box.content > 4:  # length and language stand first
            yield _said("position", listing.data, box.content + 4, box.end, _UTF8)
        elif box.code == b"meta":
            yield from _keys(listing, box)


def _created(data: bytes, header: Box) -> Iterator[Said]:
    """Seconds since 1904 in UTC; 0 is "not set"."""
    size = 8 if data[header.content : header.content + 1] == b"\1" else 4
    at = header.content + 4
    seconds = int.from_bytes(data[at : at + size], "big")
    if at + size <= header.end and 0 < seconds < 2**33:
        moment = (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield Said(name="created", value=moment, offset_bytes=at, length_bytes=size)


def _keys(listing: Listing, meta: Box) -> Iterator[Said]:
    """Values by name; in a QuickTime file the box has no version in front, in others it has."""
    data = listing.data
    plain = data[meta.content + 4 : meta.content + 8] == b"hdlr"
    inside = list(boxes(listing, meta.content + (0 if plain else 4), meta.end))
    names = next((_names(listing, box) for box in inside if box.code == b"keys"), [])
    for values in [box for box in inside if box.code == b"ilst"][:1]:
        for item in boxes(listing, values.content, values.end):
            number = int.from_bytes(item.code, "big")
            value = next((box for box in boxes(listing, item.content, item.end) if box.code == b"data"), None)
            if value is not None and 0 < number <= len(names) and value.end - value.content > 8:
                kind = int.from_bytes(data[value.content + 1 : value.content + 4], "big")
                yield _said(names[number - 1], data, value.content + 8, value.end, kind)


def _names(listing: Listing, keys: Box) -> list[str]:
    found: list[str] = []
    for box in boxes(listing, keys.content + 8, keys.end):
        found.append(listing.data[box.content : min(box.end, box.content + _NAME_BYTES)].decode("utf-8", "replace"))
        if len(found) >= _MOST_KEYS:
            break
    return found


def _said(name: str, data: bytes, start: int, end: int, kind: int) -> Said:
    return Said(
        name=name,
        value=_text(data[start : min(end, start + _VALUE_BYTES)], kind),
        offset_bytes=start,
        length_bytes=end - start,
    )


def _text(value: bytes, kind: int) -> str:
    """A value as text; "" for a type that is none of words or numbers."""
    if kind in (_UTF8, _UTF16):
        return value.decode("utf-8" if kind == _UTF8 else "utf-16-be", "replace").strip("\0 ")
    if kind in (_SIGNED, _UNSIGNED) and len(value) <= 8:
        return str(int.from_bytes(value, "big", signed=kind == _SIGNED))
    return f"{struct.unpack('>f', value)[0]:g}" if kind == _FLOAT and len(value) == 4 else ""
