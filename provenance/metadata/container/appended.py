"""The parts that Samsung's phones append to a picture, each by its name; one of them is a moment in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from ...image.containers.samsung import parts
from ...model.evidence import Fact
from ...model.image import Image
from .cite import fact, of_kind

_UTC_BYTES = 16
_YEAR_2000_MS, _YEAR_2100_MS = 946_684_800_000, 4_102_444_800_000


def appended(image: Image) -> Iterator[Fact]:
    """A fact for each part of the trailer, or of the box in which a HEIF has it."""
    for block in of_kind(image, "trailer", "sefd"):
        start = block.payload_offset_bytes
        for part in parts(image.data, start, start + block.payload_length_bytes):
            value = image.data[part.offset_bytes : part.offset_bytes + min(part.length_bytes, _UTC_BYTES)]
            at = f": {moment}" if part.name == "Image_UTC_Data" and (moment := _from_milliseconds(value)) else ""
            words = f"{part.name}, {part.length_bytes:,} bytes at {part.offset_bytes:,}{at}"
            yield fact(image, "file.appended", part.name, words, block)


def _from_milliseconds(digits: bytes) -> str:
    """Milliseconds since 1970 as ISO 8601 in UTC; "" for what is no such number, or none of this century."""
    if not digits.isdigit() or not _YEAR_2000_MS < int(digits) < _YEAR_2100_MS:
        return ""
    return datetime.fromtimestamp(int(digits) // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
