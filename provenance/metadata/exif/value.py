"""What was read of an EXIF block: named values in raw and normal form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Value(NamedTuple):
    """One tag's value; a tuple, since a picture has dozens.

    `numbers` holds None for a fraction over zero; `notes` are sentences on how it was read.
    """

    key: str
    raw: str
    normal: str
    numbers: tuple[float | None, ...] = ()
    notes: tuple[str, ...] = ()
    offset_bytes: int = 0
    """Where its bytes stand in the block."""
    length_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExifBlock:
    """All that was read of one block, by key, in a desk's order."""

    values: Mapping[str, Value]
    thumbnail: tuple[int, int] | None
    """Offset and length in bytes, within the block, of the JPEG thumbnail."""
    problems: tuple[str, ...]
