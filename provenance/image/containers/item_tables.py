"""The tables of a meta box: which items there are, where they lie, what they have (ISO/IEC 14496-12, 8.11)."""

from __future__ import annotations

from dataclasses import dataclass, field

from .boxes import Box, boxes
from .fields import Fields
from .listing import Listing

FILE, IDAT = 0, 1  # construction methods
_MOST_MASTERS = 16


@dataclass(slots=True, kw_only=True)
class Item:
    """One item while the meta box is being read."""

    code: bytes = b""
    content_type: bytes = b""
    method: int = FILE
    extents: list[tuple[int, int]] = field(default_factory=list)
    properties: list[int] = field(default_factory=list)
    thumbnail_of: tuple[int, ...] = ()
    """Items that it is a smaller copy of; `reference_at` is where the box that says so starts."""
    reference_at: int = 0
    describes: tuple[int, ...] = ()
    """Items whose metadata it holds (`cdsc`)."""


@dataclass(slots=True, kw_only=True)
class Meta:
    """What the meta box has said so far. `budget` bounds the entries read of all its tables together."""

    budget: int
    primary: int = -1
    primary_at: tuple[int, int] = (0, 0)
    """Offset and length of the number of the primary item in the file."""
    items: dict[int, Item] = field(default_factory=dict)
    properties: list[Box] = field(default_factory=list)
    idat: Box | None = None
    of_primary: frozenset[tuple[bytes, bytes]] = frozenset()
    """Code and content type of the items that describe the primary item."""

    def item(self, number: int) -> Item:
        """The item of a number; a new one where a table names it first."""
        return self.items.setdefault(number, Item())


def read_meta(listing: Listing, meta_box: Box) -> Meta:
    """Read the tables of a meta box, under one budget."""
    meta = Meta(budget=listing.limits.blocks)
    readers = {
        b"pitm": _primary,
        b"iinf": _infos,
        b"iloc": _locations,
        b"iprp": _properties,
        b"iref": _references,
    }
    for box in boxes(listing, meta_box.content + 4, meta_box.end):
        if box.code == b"idat":
            meta.idat = box
        elif box.code in readers:
            readers[box.code](listing, box, meta)
    described = (one for one in meta.items.values() if meta.primary in one.describes)
    meta.of_primary = frozenset((one.code, one.content_type) for one in described)
    if meta.budget <= 0:
        listing.problem(
            f"The meta box has more than {listing.limits.blocks} entries in its tables: the rest was not read."
        )
    return meta


def _primary(listing: Listing, box: Box, meta: Meta) -> None:
    fields = Fields(listing.data, box.content, box.end)
    version = fields.number(1)
    fields.skip(3)
    id_bytes = 4 if version else 2
    meta.primary, meta.primary_at = fields.number(id_bytes), (box.content + 4, id_bytes)


def _infos(listing: Listing, box: Box, meta: Meta) -> None:
    """Item types from the `infe` boxes, version 2 and 3 (section 8.11.6)."""
    start = box.content + (6 if listing.data[box.content : box.content + 1] == b"\x00" else 8)
    for entry in boxes(listing, start, box.end):
        fields = Fields(listing.data, entry.content, entry.end)
        version = fields.number(1)
        fields.skip(3)
        meta.budget -= 1
        if version < 2 or entry.code != b"infe" or meta.budget <= 0:
            continue
        item = meta.item(fields.number(2 if version == 2 else 4))
        fields.skip(2)
        item.code = fields.take(4)
        if item.code == b"mime":
            fields.text()
            item.content_type = fields.text()


def _locations(listing: Listing, box: Box, meta: Meta) -> None:
    """Where each item lies (`iloc`, section 8.11.3)."""
    fields = Fields(listing.data, box.content, box.end)
    version = fields.number(1)
    fields.skip(3)
    sizes = fields.number(2)
    offset_size, length_size, base_size, index_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    for _ in range(fields.number(2 if version < 2 else 4)):
        if fields.ended or meta.budget <= 0:
            break
        item = meta.item(fields.number(2 if version < 2 else 4))
        meta.budget -= 1
        item.method = fields.number(2) & 15 if version in (1, 2) else FILE
        fields.skip(2)
        base = fields.number(base_size)
        for _ in range(fields.number(2)):
            if fields.ended or meta.budget <= 0:
                break
            fields.skip(index_size if version in (1, 2) else 0)
            start = base + fields.number(offset_size)
            item.extents.append((start, fields.number(length_size)))
            meta.budget -= 1
    if fields.overrun:
        listing.problem(f"The box iloc at offset {box.start} ends in the middle of its table.")


def _references(listing: Listing, box: Box, meta: Meta) -> None:
    """Which items are thumbnails of others, and which describe them (`iref`, section 8.11.12; 23008-12 section 6.4)."""
    id_bytes = 4 if listing.data[box.content : box.content + 1] == b"\x01" else 2
    for part in boxes(listing, box.content + 4, box.end):
        meta.budget -= 1
        if part.code in (b"thmb", b"cdsc") and meta.budget > 0:
            fields = Fields(listing.data, part.content, part.end)
            item = meta.item(fields.number(id_bytes))
            named = tuple(fields.number(id_bytes) for _ in range(min(fields.number(2), _MOST_MASTERS)))
            if part.code == b"thmb":
                item.thumbnail_of, item.reference_at = named, part.start
            else:
                item.describes = (*item.describes, *named)[:_MOST_MASTERS]


def _properties(listing: Listing, box: Box, meta: Meta) -> None:
    """Properties and which item has which (`ipco`, `ipma`, 23008-12 section 9.3)."""
    for part in boxes(listing, box.content, box.end):
        if part.code == b"ipco":
            meta.properties += boxes(listing, part.content, part.end)
        elif part.code == b"ipma":
            _associations(listing, part, meta)


def _associations(listing: Listing, box: Box, meta: Meta) -> None:
    fields = Fields(listing.data, box.content, box.end)
    version, flags = fields.number(1), fields.number(3)
    for _ in range(fields.number(4)):
        if fields.ended or meta.budget <= 0:
            break
        item = meta.item(fields.number(2 if version < 1 else 4))
        meta.budget -= 1
        for _ in range(fields.number(1)):
            item.properties.append(fields.number(2) & 0x7FFF if flags & 1 else fields.number(1) & 0x7F)
