"""Splits bytes into boxes (ISO/IEC 14496-12, section 4.2), refusing sizes that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .listing import Listing, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box by its place in the file: where it starts, where its content starts (behind the header), where it ends."""

    code: bytes
    start: int
    content: int
    end: int


def boxes(listing: Listing, start: int, end: int, *, nested: bool = True) -> Iterator[Box]:
    """The boxes between two offsets, in order; the first impossible one ends the walk and is noted."""
    data, position = listing.data, start
    while listing.goes_on():
        if position + 8 > end:
            if any(data[position:end]):
                listing.problem(f"{end - position} bytes at offset {position} are no box.")
            return
        box = _box(listing, position, end, nested)
        if box is None:
            return
        yield box
        position = box.end


def _box(listing: Listing, position: int, end: int, nested: bool) -> Box | None:
    data, content = listing.data, position + 8
    size, code = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
    if size == 1:
        size, content = int.from_bytes(data[position + 8 : position + 16], "big"), position + 16
    elif size == 0 and not nested:
        size = end - position
    if content <= position + size <= end:
        return Box(code=code, start=position, content=content, end=position + size)
    named = f"box {shown(code)} at offset {position}"
    if size == 0 and content == position + 8:
        listing.problem(f"The {named} has size 0, which only a last outermost box may have; it was refused.")
    elif size < content - position:
        listing.problem(f"The {named} has the impossible size {size}; it was refused.")
    elif nested:
        listing.problem(f"The {named} reaches {position + size - end} bytes beyond the box around it; it was refused.")
    else:
        listing.cut_short(f"the {named}", size, end - position)
    return None
