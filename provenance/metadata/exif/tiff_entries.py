"""The directories of a stranger's TIFF block, read under limits, each directory once and each fault as a sentence.

TIFF 6.0 section 2; Exif 3.0 section 4.6.2. Only IFD0, IFD1, Exif, GPS and Interoperability are followed. BigTIFF (magic
number 43; BigTIFF design, AWare Systems 2007) has the same directories with counts, offsets and values of 8 bytes.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ...model.limits import Limits

Directory = Literal["ifd0", "ifd1", "exif", "gps", "interop"]

LONG8_TYPES = frozenset({16, 17, 18})
# Bytes of one value by field type: TIFF 6.0 section 2; 13 (IFD): TIFF technical note 1; 16 to 18 (LONG8, SLONG8, IFD8):
# BigTIFF; 129 (UTF-8): Exif 3.0 section 4.6.2.
WIDTH_BYTES = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    129: 1,
} | dict.fromkeys(LONG8_TYPES, 8)
BYTE_TYPES = frozenset({1, 2, 6, 7, 129})
ASCII, SHORT, UNDEFINED, UTF8 = 2, 3, 7, 129
POINTER_TYPES = frozenset({3, 4, 9, 13, 16, 18})  # SHORT and SLONG occur where LONG belongs
MAKER_NOTE = 0x927C
ADOBE_PRIVATE = 0xC634
"""DNGPrivateData, in which Adobe's converter keeps the maker note of the raw file (DNG 1.7, chapter 4)."""
POINTERS: Mapping[tuple[Directory, int], Directory] = {
    ("ifd0", 0x8769): "exif",
    ("ifd0", 0x8825): "gps",
    ("exif", 0xA005): "interop",
}
THUMBNAIL_OFFSET, THUMBNAIL_LENGTH = 0x0201, 0x0202
_FOLLOWED: Mapping[Directory, frozenset[int]] = {
    "ifd0": frozenset({0x8769, 0x8825}),
    "ifd1": frozenset({THUMBNAIL_OFFSET, THUMBNAIL_LENGTH}),
    "exif": frozenset({0xA005}),
    "gps": frozenset(),
    "interop": frozenset(),
}
"""What is taken of each directory, whatever is wanted."""
_LONG_BY_NATURE: Mapping[Directory, frozenset[int]] = {
    "ifd0": frozenset({MAKER_NOTE, ADOBE_PRIVATE}),
    "ifd1": frozenset(),
    "exif": frozenset({MAKER_NOTE}),
    "gps": frozenset(),
    "interop": frozenset(),
}
FIRST_OF_SEVERAL = frozenset({0x010E, 0x0112})
"""ImageDescription and Orientation: of one that a directory holds twice the first counts, of every other tag the last.

No standard allows it. ExifTool reads them so (Priority in Exif.pm 12.57); libtiff and Exiv2 keep the first of all.
"""
_WIDE_TEXT = range(0x9C9B, 0x9CA0)  # XP* tags of Windows: bytes, which some programs count as numbers of two
NUMBERS = 64  # no tag that is read holds more than a few; exifread would unpack 999 of them one by one
_BYTES = {"H": 2, "I": 4, "Q": 8}
NAMED = 4  # tags named in a sentence about many
NAMES: Mapping[Directory, str] = {
    "ifd0": "first (IFD0)",
    "ifd1": "second (IFD1)",
    "exif": "Exif",
    "gps": "GPS",
    "interop": "Interoperability",
}


class Entry(NamedTuple):
    """One directory entry whose value lies within the block; a tuple, since a picture has dozens."""

    directory: Directory
    tag: int
    type: int
    items: int
    """How many numbers or bytes the value holds: its count."""
    value: bytes
    """The value's bytes, in the block's byte order."""
    offset_bytes: int
    """Where they stand in the block."""


@dataclass(slots=True)
class Walk:
    """The state of one walk: what was found, and faults gathered by kind so that 20,000 of them are one sentence."""

    block: bytes
    order: str
    limits: Limits
    big: bool = False
    """BigTIFF: counts, offsets and value fields of 8 bytes."""
    entries: dict[tuple[Directory, int], Entry] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    faults: dict[tuple[Directory, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    seen: set[int] = field(default_factory=set)
    listed: int = 0
    notes: dict[tuple[Directory, int], tuple[int, int]] = field(default_factory=dict)
    """Offset and length of the maker's own blocks, which are not copied."""

    def number(self, offset: int, form: Literal["H", "I", "Q"]) -> int | None:
        """An unsigned number of 2 (H), 4 (I) or 8 (Q) bytes; None beyond the block."""
        if offset + _BYTES[form] > len(self.block):
            return None
        return int(struct.unpack_from(self.order + form, self.block, offset)[0])


def follow(walk: Walk, first: int, wanted: Mapping[Directory, frozenset[int]], opening: Directory = "ifd0") -> None:
    """Read IFD0 and IFD1, count the rest of the chain, then the three directories that tags point to.

    `opening` names the directory at `first` where a container keeps each in a block of its own (CR3).
    """
    if opening != "ifd0":
        _directory(walk, opening, first, wanted[opening])
        return
    following = _directory(walk, "ifd0", first, wanted["ifd0"])
    if following:
        _chain(walk, following)
        _directory(walk, "ifd1", following, wanted["ifd1"])
    for (parent, tag), name in POINTERS.items():
        pointer = walk.entries.get((parent, tag))
        if pointer is None:
            continue
        if pointer.type not in POINTER_TYPES or pointer.items != 1:
            walk.problems.append(f"The pointer to the {NAMES[name]} directory is no pointer; it was not followed.")
            continue
        _directory(walk, name, unsigned(pointer, walk.order), wanted[name])


def _directory(walk: Walk, name: Directory, start: int, wanted: frozenset[int]) -> int:
    """Read one directory; the offset of the next, or 0."""
    if start in walk.seen:
        walk.problems.append(f"The {NAMES[name]} directory points to one already read; it was not followed.")
        return 0
    head, each = (8, 20) if walk.big else (2, 12)
    count = walk.number(start, "Q" if walk.big else "H")
    if start < 8 or count is None:
        walk.problems.append(f"The {NAMES[name]} directory lies outside the block; it was not read.")
        return 0
    walk.seen.add(start)
    whole = min(count, (len(walk.block) - start - head) // each)
    if whole < count:
        walk.problems.append(f"The {NAMES[name]} directory is cut off after {whole:,} of {count:,} entries.")
    allowed = max(0, min(whole, walk.limits.metadata_values - walk.listed))
    if allowed < whole:
        walk.problems.append(f"The {NAMES[name]} directory lists {count:,} entries; only {allowed:,} were read.")
    walk.listed += allowed
    _entries(walk, name, start + head, allowed, wanted)
    return walk.number(start + head + each * count, "Q" if walk.big else "I") or 0


def _entries(walk: Walk, name: Directory, start: int, count: int, wanted: frozenset[int]) -> None:
    """Note the faults of all entries of a directory, and take what is wanted or followed."""
    each, room, form = (20, 8, "HHQQ") if walk.big else (12, 4, "HHII")
    end, field_at = len(walk.block), start - room
    followed, long = _FOLLOWED[name], _LONG_BY_NATURE[name]
    taken: dict[int, tuple[int, int, int]] = {}
    for tag, kind, number, pointer in struct.iter_unpack(walk.order + form, walk.block[start : start + each * count]):
        field_at += each
        width = WIDTH_BYTES.get(kind)
        if width is None:
            walk.faults[name, "have an unknown type and were not read"].append(tag)
            continue
        size = number * width
        offset = field_at if size <= room else pointer
        if offset + size > end:
            walk.faults[name, "claim data beyond the end of the block and were not read"].append(tag)
        elif tag in long:
            if kind in BYTE_TYPES:
                walk.notes.setdefault((name, tag), (offset, size))
        elif size and (tag in wanted or tag in followed):
            if tag not in taken:
                taken[tag] = kind, number, offset
            elif tag in FIRST_OF_SEVERAL:
                walk.faults[name, "come more than once, of which the first was read"].append(tag)
            else:
                walk.faults[name, "come more than once, of which the last was read"].append(tag)
                taken[tag] = kind, number, offset
    for tag, (kind, number, offset) in taken.items():
        _take(walk, name, (tag, kind, number), offset)


def _take(walk: Walk, name: Directory, entry: tuple[int, int, int], at: int) -> None:
    """Keep an entry of this tag, type and count: letters are cut where they are too many, numbers refused."""
    tag, kind, count = entry
    if tag in _WIDE_TEXT and kind == SHORT:
        kind, count = UNDEFINED, 2 * count
    width = WIDTH_BYTES[kind]
    if kind not in BYTE_TYPES:
        if count > NUMBERS:
            walk.faults[name, f"hold more than {NUMBERS} numbers where a few belong and were not read"].append(tag)
            return
    elif count > (longest := 2 * walk.limits.text_chars):
        walk.faults[name, f"are longer than {longest:,} bytes and were cut there"].append(tag)
        count = longest
    walk.entries[name, tag] = Entry(name, tag, kind, count, walk.block[at : at + count * width], at)


def _chain(walk: Walk, start: int) -> None:
    """Count the directories behind IFD1 (pages of a TIFF) as far as the limit, without reading them."""
    seen, at, pages = set(walk.seen), start, 1
    while at and pages <= walk.limits.frames:
        if at in seen:
            walk.problems.append("The chain of directories runs in a circle; it was left at the first repetition.")
            return
        seen.add(at)
        count = walk.number(at, "Q" if walk.big else "H")
        if count is None:
            if at != start:
                walk.problems.append("The chain of directories leaves the block; it was followed up to there.")
            return
        head, each = (8, 20) if walk.big else (2, 12)
        at = walk.number(at + head + each * count, "Q" if walk.big else "I") or 0
        pages += 1
    if at:
        walk.problems.append(f"The chain of directories is longer than {walk.limits.frames:,}; it was cut off there.")


def sentences(faults: Mapping[tuple[Directory, str], list[int]]) -> Iterable[str]:
    """One sentence for each kind of fault in each directory."""
    for (name, fault), tags in faults.items():
        shown = ", ".join(_tag_name(tag) for tag in list(dict.fromkeys(tags))[:NAMED])
        more = ", ..." if len(set(tags)) > NAMED else ""
        yield f"Entries of the {NAMES[name]} directory that {fault}: {len(tags):,} ({shown}{more})."


def _tag_name(tag: int) -> str:
    return "MakerNote" if tag == MAKER_NOTE else f"tag 0x{tag:04X}"


def unsigned(entry: Entry, order: str) -> int:
    """The first number of an entry."""
    return int.from_bytes(entry.value[: WIDTH_BYTES[entry.type]], "little" if order == "<" else "big")
