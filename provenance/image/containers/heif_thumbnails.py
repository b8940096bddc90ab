"""The thumbnails of a HEIF or AVIF: coded pictures without a file of their own, which a decoder shows only if told to.

A thumbnail is an item that refers to its master by `thmb` (ISO/IEC 23008-12, section 6.4.4). With its number in the
place of the primary item's (ISO/IEC 14496-12, section 8.11.4), and the reference blanked, the file is a file of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...model.limits import Limits
from .boxes import boxes
from .item_tables import FILE, Item, Meta, read_meta
from .listing import Listing

_BLANK = b"none"
_CODES = (b"hvc1", b"av01", b"jpeg")
_MOST_BYTES = 128 * 2**20
"""Size of a file that is copied for each of its thumbnails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """One thumbnail of the primary item: where its coded bytes begin, how many, and what to write where to show it."""

    offset_bytes: int
    length_bytes: int
    edits: tuple[tuple[int, bytes], ...]


def thumbnails(data: bytes, limits: Limits) -> tuple[Thumbnail, ...]:
    """Those that lie in one piece in the file, in the order of its tables; none of a file without `meta`."""
    if len(data) > _MOST_BYTES:
        return ()
    listing = Listing(data, limits)
    box = next((box for box in boxes(listing, 0, listing.end, nested=False) if box.code == b"meta"), None)
    meta = read_meta(listing, box) if box else None
    found = [_of(meta, number, item) for number, item in meta.items.items()] if meta else []
    return tuple(one for one in found if one and one.offset_bytes + one.length_bytes <= len(data))


def shown(data: bytes, edits: tuple[tuple[int, bytes], ...]) -> bytes:
    """The file with a thumbnail in place of its primary picture."""
    changed = bytearray(data)
    for at, new in edits:
        changed[at : at + len(new)] = new
    return bytes(changed)


def _of(meta: Meta, number: int, item: Item) -> Thumbnail | None:
    at, size = meta.primary_at
    usable = item.method == FILE and len(item.extents) == 1 and item.code in _CODES and number != meta.primary
    if meta.primary not in item.thumbnail_of or not usable or number >> 8 * size:
        return None
    edits = ((at, number.to_bytes(size, "big")), (item.reference_at + 4, _BLANK))
    return Thumbnail(offset_bytes=item.extents[0][0], length_bytes=item.extents[0][1], edits=edits)
