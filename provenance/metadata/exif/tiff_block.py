"""A stranger's EXIF block, taken apart under limits and rebuilt as a small one that is safe to hand to exifread.

An EXIF block is a TIFF file (Exif 3.0 section 4.5.2): directories of 12-byte entries that point anywhere. Only the tags
that somebody asks for are copied, each once; so the rebuilt block has no loop, no pointer out of itself and no count
beyond its own bytes, whatever the first one claimed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...model.limits import Limits
from .tiff_entries import (
    ADOBE_PRIVATE,
    ASCII,
    LONG8_TYPES,
    MAKER_NOTE,
    NAMES,
    POINTER_TYPES,
    POINTERS,
    THUMBNAIL_LENGTH,
    THUMBNAIL_OFFSET,
    UTF8,
    Directory,
    Entry,
    Walk,
    follow,
    sentences,
    unsigned,
)

BIG_TIFF = 43
# Magic numbers of raw files that are TIFF otherwise: Panasonic RW2 (IIU), Olympus ORF (IIRO, IIRS, MMOR).
RAW_MAGIC = (0x0055, 0x4F52, 0x5352)


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

    def safe(self, chosen: Iterable[Entry] | None = None) -> bytes:
        """A well-formed TIFF block of the kept entries alone, or of some of them; empty when there are none."""
        kept = list(self.entries.values() if chosen is None else chosen)
        return _rebuilt(kept, "<" if self.little_endian else ">") if kept else b""


def sanitise(
    block: bytes, limits: Limits, wanted: Mapping[Directory, frozenset[int]], opening: Directory = "ifd0"
) -> TiffBlock:
    """Take a TIFF block apart and rebuild it of the `wanted` tags, given by directory; BigTIFF becomes a classic block.

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
    if magic not in (42, BIG_TIFF, *RAW_MAGIC):
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
    if any(entry is None or entry.type not in POINTER_TYPES or entry.count != 1 for entry in pair):
        return None
    offset, length = (unsigned(entry, walk.order) for entry in pair if entry is not None)
    if offset + length > len(walk.block):
        walk.problems.append("The thumbnail's bytes lie outside the block; it was not read.")
        return None
    return (offset, length) if length else None


def _rebuilt(kept: Iterable[Entry], order: str) -> bytes:
    """A TIFF block of these entries: header, the directories in fixed order, then the values over 4 bytes."""
    by_name: dict[Directory, list[Entry]] = {name: [] for name in NAMES}
    for entry in kept:
        by_name[entry.directory].append(entry)
    starts, at = {}, 8
    for name, entries in by_name.items():
        starts[name] = at
        at += 2 + 12 * (len(entries) + sum(1 for parent, _ in POINTERS if parent == name)) + 4
    head = [struct.pack(f"{order}2sHI", b"II" if order == "<" else b"MM", 42, 8)]
    values = bytearray()
    for name, entries in by_name.items():
        rows = [_row(entry, at, values, order) for entry in entries]
        rows += [
            struct.pack(f"{order}HHII", tag, 4, 1, starts[child])
            for (parent, tag), child in POINTERS.items()
            if parent == name
        ]
        following = starts["ifd1"] if name == "ifd0" else 0
        head += [struct.pack(f"{order}H", len(rows)), *rows, struct.pack(f"{order}I", following)]
    return b"".join(head) + bytes(values)


def _row(entry: Entry, values_at: int, values: bytearray, order: str) -> bytes:
    kind, value, count = entry.type, entry.value, entry.count
    if kind in (ASCII, UTF8):
        kind, value = ASCII, as_utf8(value)
        count = len(value)
    if kind in LONG8_TYPES:  # exifread knows no number of 8 bytes
        kind, value = 4, _as_longs(value, order)
    head = struct.pack(f"{order}HHI", entry.tag, kind, count)
    if len(value) <= 4:
        return head + value.ljust(4, b"\0")
    at = values_at + len(values)
    values += value
    return head + struct.pack(f"{order}I", at)


def _as_longs(value: bytes, order: str) -> bytes:
    """LONG8 as LONG; none of the tags that are read holds more than 32 bits, what does is cut to the largest."""
    numbers = struct.unpack(f"{order}{len(value) // 8}Q", value)
    return struct.pack(f"{order}{len(numbers)}I", *(min(number, 2**32 - 1) for number in numbers))


def as_utf8(text: bytes) -> bytes:
    """The same text in UTF-8; what is not UTF-8 is taken for Windows-1252. Anything else exifread would log."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace").encode("utf-8")
    return text
