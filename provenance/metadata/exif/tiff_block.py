"""A stranger's EXIF block, taken apart under limits.

An EXIF block is a TIFF file (Exif 3.0 section 4.5.2): directories of 12-byte entries that point anywhere. Only the tags
that somebody asks for are copied, each once; so what is kept has no loop, no pointer out of the block and no count
beyond its own bytes, whatever the block claimed.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from ...model.limits import Limits
from .tiff_entries import (
    ADOBE_PRIVATE,
    MAKER_NOTE,
    POINTER_TYPES,
    POINTERS,
    THUMBNAIL_LENGTH,
    THUMBNAIL_OFFSET,
    Directory,
    Entry,
    Walk,
    follow,
    sentences,
    unsigned,
)

BIG_TIFF = 43
# Magic numbers of files that are TIFF otherwise: Panasonic RW2 (IIU), Olympus ORF (IIRO, IIRS, MMOR), JPEG XR.
OTHER_MAGIC = (0x0055, 0x4F52, 0x5352, 0x01BC)


@dataclass(frozen=True, slots=True, kw_only=True)
class TiffBlock:
    """What was kept of a block."""

    little_endian: bool
    entries: Mapping[tuple[Directory, int], Entry]
    thumbnail: tuple[int, int] | None
    """Offset and length in bytes, within the block given, of the JPEG that IFD1 points to."""
    note: tuple[int, int] | None
    """The same of the maker note."""
    adobe: tuple[int, int] | None
    """The same of DNGPrivateData."""
    problems: tuple[str, ...]


def sanitise(
    block: bytes, limits: Limits, wanted: Mapping[Directory, frozenset[int]], opening: Directory = "ifd0"
) -> TiffBlock:
    """Take a TIFF or BigTIFF block apart, keeping the `wanted` tags, given by directory.

    `opening` names the directory that the block begins with. Never raises on any bytes, and takes time linear in the
    entries read (at most `limits.metadata_values`).
    """
    order = {b"II": "<", b"MM": ">"}.get(block[:2], "")
    if not order or len(block) < 8:
        reason = "ends before its directory" if order else "does not begin with II or MM"
        return _nothing(f"The EXIF block {reason}; nothing was read from it.", order)
    magic, first = struct.unpack_from(f"{order}HI", block, 2)
    big = magic == BIG_TIFF
    if big:
        if len(block) < 16 or struct.unpack_from(f"{order}HH", block, 4) != (8, 0):
            return _nothing("The block is BigTIFF with offsets of another size than 8 bytes; it was not read.", order)
        (first,) = struct.unpack_from(f"{order}Q", block, 8)
    walk = Walk(block=block, order=order, limits=limits, big=big)
    if magic not in (42, BIG_TIFF, *OTHER_MAGIC):
        walk.problems.append(f"The EXIF block has the magic number {magic} instead of 42; it was read all the same.")
    follow(walk, first, wanted, opening)
    walk.problems.extend(sentences(walk.faults))
    kept = {place: entry for place, entry in walk.entries.items() if place not in POINTERS}
    return TiffBlock(
        little_endian=order == "<",
        entries=kept,
        thumbnail=_thumbnail(walk),
        note=walk.notes.get(("exif", MAKER_NOTE)) or walk.notes.get(("ifd0", MAKER_NOTE)),
        adobe=walk.notes.get(("ifd0", ADOBE_PRIVATE)),
        problems=tuple(walk.problems),
    )


def _nothing(problem: str, order: str) -> TiffBlock:
    return TiffBlock(little_endian=order == "<", entries={}, thumbnail=None, note=None, adobe=None, problems=(problem,))


def _thumbnail(walk: Walk) -> tuple[int, int] | None:
    pair = [walk.entries.get(("ifd1", tag)) for tag in (THUMBNAIL_OFFSET, THUMBNAIL_LENGTH)]
    if any(entry is None or entry.type not in POINTER_TYPES or entry.items != 1 for entry in pair):
        return None
    offset, length = (unsigned(entry, walk.order) for entry in pair if entry is not None)
    if offset + length > len(walk.block):
        walk.problems.append("The thumbnail's bytes lie outside the block; it was not read.")
        return None
    return (offset, length) if length else None
