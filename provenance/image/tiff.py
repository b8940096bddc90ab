"""Walks the directories of a TIFF (TIFF 6.0, section 2) or BigTIFF without decoding a pixel."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from ..model.image import Structure
from ..model.limits import Limits
from .jumbf import is_c2pa
from .listing import Listing
from .sniff import TIFF

_TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_SUBFILE, _WIDTH, _HEIGHT, _SUB_DIRECTORIES = 254, 256, 257, 330
_REDUCED = 1  # NewSubfileType: a smaller copy of another picture in the file
_WANTED_OF_FIRST = (_SUBFILE, _WIDTH, _HEIGHT, _SUB_DIRECTORIES)
# Tags whose value is a block of its own: kind and name.
_BLOCKS = {
    700: ("xmp", "XMP"),  # XMP part 3, section 1.1.4
    33723: ("iptc", "IPTC"),  # bare IIM records
    34377: ("iptc", "Photoshop"),  # Photoshop resources
    34675: ("icc", "ICC"),
    52545: ("c2pa", "JUMBF"),  # C2PA specification 2.1, appendix A.3.3
}
_PIXELS = ((273, 279), (324, 325))  # offsets and byte counts of strips and of tiles
_READ = ("IFD0", "SubIFD")  # of the others of the chain only the place is listed
# Directories may overlap, so their entries are counted over the whole file.
_ENTRIES_A_VALUE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How numbers stand in this file: struct codes of byte order, offset, entry count; bytes of an inline value."""

    order: str
    offset: str
    count: str
    inline_bytes: int

    def number(self, data: bytes, at: int, code: str) -> int | None:
        size = struct.calcsize(code)
        return struct.unpack(self.order + code, data[at : at + size])[0] if at + size <= len(data) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """An entry's value: type code, count, and where its bytes lie."""

    kind: int
    count: int
    offset: int

    @property
    def length(self) -> int:
        return _TYPE_BYTES.get(self.kind, 0) * self.count


def entries_of_first(data: bytes) -> int:
    """How many entries the first directory announces; 0 where there is none."""
    form = _form(data)
    position = form.number(data, 8 if form.inline_bytes == 8 else 4, form.offset) or 0
    return form.number(data, position, form.count) or 0 if position else 0


def _form(data: bytes) -> _Form:
    order = "<" if data[:2] == b"II" else ">"
    if data[2:4] in (b"+\x00", b"\x00+"):
        return _Form(order=order, offset="Q", count="Q", inline_bytes=8)
    return _Form(order=order, offset="I", count="H", inline_bytes=4)


def walk(data: bytes, limits: Limits) -> Structure:
    """List a TIFF: the whole file as one `exif` block, each directory of the chain, and the blocks inside the first.

    `iptc` named "IPTC" holds bare IIM records, named "Photoshop" image resources. `frames` counts the chain. Where the
    first directory is a reduced copy (DNG, NEF), the size is the largest of its sub-directories'.
    """
    listing = Listing(data, limits)
    form = _form(data)
    big = form.inline_bytes == 8
    listing.add("exif", "BigTIFF" if big else "TIFF", 0, len(data))
    first: dict[int, _Value] = {}
    seen: set[int] = set()
    budget = _ENTRIES_A_VALUE * limits.metadata_values
    position = form.number(data, 8 if big else 4, form.offset) or 0
    if position == 0:
        listing.problem("The file names no directory.")
    while position:
        if not _goes_on(listing, position, seen, budget):
            break
        seen.add(position)
        entries, after, budget = _directory(listing, form, position, f"IFD{len(seen) - 1}", budget)
        first = first or entries
        position = form.number(data, after, form.offset) or 0 if after else 0
    _listed(listing, first)
    size_px = _size(data, form, first)
    if _scalar(data, form, first.get(_SUBFILE)) & _REDUCED:
        for offset in _numbers(data, form, first.get(_SUB_DIRECTORIES), limits.block_depth):
            if _goes_on(listing, offset, seen, budget):
                entries, _, budget = _directory(listing, form, offset, "SubIFD", budget)
                size_px = max(size_px, _size(data, form, entries))
    _check_pixels(listing, form, first)
    return listing.structure(TIFF, *size_px, frames=max(1, len(seen)))


def _size(data: bytes, form: _Form, entries: dict[int, _Value]) -> tuple[int, int]:
    return _scalar(data, form, entries.get(_WIDTH)), _scalar(data, form, entries.get(_HEIGHT))


def _goes_on(listing: Listing, position: int, seen: set[int], budget: int) -> bool:
    if position in seen:
        listing.problem(f"The chain of directories returns to offset {position}; it was followed once.")
    elif position + 2 > listing.end:
        listing.cut_short(f"the directory at offset {position}", 2, listing.end - position)
    elif len(seen) >= listing.limits.frames or budget <= 0 or not listing.goes_on():
        listing.problem(f"The chain of directories was cut off after {len(seen)}.")
    else:
        return True
    return False


def _directory(
    listing: Listing, form: _Form, position: int, name: str, budget: int
) -> tuple[dict[int, _Value], int, int]:
    """The wanted entries of one directory, where the offset of the next stands (0: nowhere), and the budget left."""
    data = listing.data
    count, start = form.number(data, position, form.count) or 0, position + struct.calcsize(form.count)
    entry = struct.Struct(form.order + ("HHQ8s" if form.inline_bytes == 8 else "HHI4s"))
    allowed = min(count, budget, listing.limits.metadata_values)
    taken = min(allowed, max(0, listing.end - start) // entry.size)
    if taken < allowed:
        listing.cut_short(f"the directory {name} at offset {position}", count * entry.size, listing.end - start)
    elif taken < count:
        listing.problem(f"The directory {name} has {count} entries; only {taken} were read.")
    value_at = entry.size - form.inline_bytes
    found: dict[int, _Value] = {}
    wanted = {*_WANTED_OF_FIRST, *_BLOCKS, *(tag for pair in _PIXELS for tag in pair)} if name in _READ else set()
    for index, (tag, kind, values, _) in enumerate(entry.iter_unpack(data[start : start + taken * entry.size])):
        if tag in wanted and tag not in found:
            inline = start + index * entry.size + value_at
            fits = _TYPE_BYTES.get(kind, 0) * values <= form.inline_bytes
            offset = inline if fits else form.number(data, inline, form.offset) or 0
            found[tag] = _Value(kind=kind, count=values, offset=offset)
    listing.add("IFD", name, position, start - position + taken * entry.size)
    return found, (start + taken * entry.size if taken == count else 0), budget - max(taken, 1)


def _listed(listing: Listing, entries: dict[int, _Value]) -> None:
    for tag, (kind, name) in _BLOCKS.items():
        value = entries.get(tag)
        if value is None or value.length == 0:
            continue
        if value.offset + value.length > listing.end:
            listing.cut_short(f"the block {name} at offset {value.offset}", value.length, listing.end - value.offset)
        else:
            named = "jumbf" if kind == "c2pa" and not is_c2pa(listing.data, value.offset) else kind
            listing.add(named, name, value.offset, value.length)


def _scalar(data: bytes, form: _Form, value: _Value | None) -> int:
    numbers = _numbers(data, form, value, 1)
    return numbers[0] if numbers else 0


def _numbers(data: bytes, form: _Form, value: _Value | None, limit: int) -> tuple[int, ...]:
    """The first `limit` integers of a value of type BYTE, SHORT, LONG or LONG8; empty for any other."""
    code = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q"}.get(value.kind) if value else None
    if value is None or code is None:
        return ()
    count = min(value.count, limit, max(0, len(data) - value.offset) // struct.calcsize(code))
    return struct.unpack_from(f"{form.order}{count}{code}", data, value.offset) if count else ()


def _check_pixels(listing: Listing, form: _Form, entries: dict[int, _Value]) -> None:
    """Note strips or tiles that reach beyond the end of the file."""
    for offsets_tag, counts_tag in _PIXELS:
        limit = listing.limits.metadata_values
        offsets = _numbers(listing.data, form, entries.get(offsets_tag), limit)
        counts = _numbers(listing.data, form, entries.get(counts_tag), limit)
        needed = max((offset + count for offset, count in zip(offsets, counts, strict=False)), default=0)
        if needed > listing.end:
            listing.cut_short("the pixel data", needed, listing.end)
