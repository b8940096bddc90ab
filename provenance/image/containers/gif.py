"""Walks the blocks of a GIF (GIF89a specification, sections 15 to 27) without unpacking a pixel."""

from __future__ import annotations

from ...model.image import Structure
from ...model.limits import Limits
from .listing import CUT_SHORT, Listing, shown
from .sniff import GIF

_XMP = b"XMP DataXMP"  # XMP part 3, section 1.1.2: the packet stands bare, then a trailer of 258 bytes
_XMP_TRAILER_BYTES = 258
_ICC = b"ICCRGBG1012"  # ICC.1:2022, annex B.5
_NAMES = {0x01: "plain text", 0xF9: "graphic control", 0xFE: "comment", 0xFF: "application"}
# Encoders fill sub-blocks to 254 or 255 bytes; a file of much smaller ones would take minutes to walk.
_LEAST_SUB_BLOCK_BYTES = 32
_FREE_SUB_BLOCKS = 200_000


def walk(data: bytes, limits: Limits) -> Structure:
    """List images and extensions; `frames` counts images.

    The payload of a `comment` of one sub-block is its text, of a longer one the sub-blocks with their length bytes; of
    `xmp` the packet; of `icc` the sub-blocks with their length bytes, which `joined` takes out.
    """
    listing = Listing(data, limits)
    position = 13 + _table_bytes(data[10:11])
    if len(data) < position:
        listing.cut_short("the header", position, len(data))
        return listing.structure(GIF)
    listing.add("header", "logical screen", 0, position)
    left = _FREE_SUB_BLOCKS + len(data) // _LEAST_SUB_BLOCK_BYTES
    frames = 0
    while listing.goes_on() and frames <= limits.frames:
        start, code = position, data[position : position + 1]
        if code == b",":
            frames += 1
            content = start + 11 + _table_bytes(data[start + 9 : start + 10])
        elif code == b"!":
            content = start + 2
        else:
            _ended(listing, start, code)
            break
        position, left = _behind_sub_blocks(data, content, left)
        if position < 0:
            _broken(listing, start, left)
            break
        if code == b",":
            listing.add("image", "image", start, position - start)
        else:
            _extension(listing, start, position)
    if frames > limits.frames:
        listing.problem(f"More than {limits.frames} frames: the rest is not listed.")
    width, height = data[6:8], data[8:10]
    return listing.structure(GIF, int.from_bytes(width, "little"), int.from_bytes(height, "little"), max(1, frames))


def joined(sub_blocks: bytes) -> bytes:
    """The content of sub-blocks (section 15) without the length bytes in front; the first empty one ends them."""
    parts, at = [], 0
    while at < len(sub_blocks) and (length := sub_blocks[at]):
        parts.append(sub_blocks[at + 1 : at + 1 + length])
        at += 1 + length
    return b"".join(parts)


def _table_bytes(packed: bytes) -> int:
    """Length of the colour table that a packed field announces (section 18, 20)."""
    return 3 << ((packed[0] & 7) + 1) if packed and packed[0] & 0x80 else 0


def _behind_sub_blocks(data: bytes, position: int, left: int) -> tuple[int, int]:
    """Where a chain of sub-blocks (section 15) ends, -1 when it does not; and how many more may be read."""
    end = len(data)
    while position < end and left > 0:
        size = data[position]
        position += size + 1
        if size == 0:
            return position, left
        left -= 1
    return -1, left


def _extension(listing: Listing, start: int, end: int) -> None:
    data = listing.data
    label, first = data[start + 1], data[start + 2]
    name = _NAMES.get(label, f"extension {label:02X}")
    content = start + 3
    if label == 0xFE:
        whole = content + first + 1 == end
        listing.add("comment", name, start, end - start, (content, first) if whole else (start + 2, end - start - 3))
    elif label == 0xFF and data.startswith(_ICC, content):
        listing.add("icc", "ICC", start, end - start, (content + len(_ICC), end - content - len(_ICC)))
    elif label == 0xFF and data.startswith(_XMP, content):
        packet = content + len(_XMP)
        listing.add("xmp", "XMP", start, end - start, (packet, end - packet - _XMP_TRAILER_BYTES))
    else:
        identifier = f"{name} {shown(data[content : content + first])}" if label == 0xFF else name
        listing.add(name, identifier, start, end - start)


def _ended(listing: Listing, start: int, code: bytes) -> None:
    if code == b";":
        listing.add("end", "trailer byte", start, 1)
        listing.trailer(start + 1)
    elif code == b"":
        listing.problem(f"{CUT_SHORT}: no end byte.")
    else:
        listing.problem(f"The byte {code[0]:#04x} at offset {start} begins no block: the rest is not listed.")


def _broken(listing: Listing, start: int, left: int) -> None:
    if left <= 0:
        listing.problem(f"The block at offset {start} holds too many small sub-blocks: the rest is not listed.")
    else:
        listing.problem(f"{CUT_SHORT}: the block at offset {start} does not end.")
