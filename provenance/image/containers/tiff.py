"""Walks the directories of a TIFF (TIFF 6.0, section 2), a BigTIFF or a file like one (raw, JPEG XR); no pixels."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from ...model.image import Structure
from ...model.limits import Limits
from . import jpeg, raw_types
from .jumbf import is_c2pa
from .listing import Listing
from .sniff import JXR, media_type
from .tiff_form import TYPE_BYTES, Form, Value, form_of, numbers, scalar

_SUBFILE, _WIDTH, _HEIGHT, _COMPRESSION, _SUB_DIRECTORIES = 254, 256, 257, 259, 330
_REDUCED = 1  # NewSubfileType: a smaller copy of another picture in the file
_JXR_WIDTH, _JXR_HEIGHT = 0xBC80, 0xBC81  # ITU-T T.832, annex A.7
_WANTED = (_SUBFILE, _WIDTH, _HEIGHT, _COMPRESSION, _SUB_DIRECTORIES)
_JPEG_AT, _JPEG_LENGTH = 513, 514  # TIFF 6.0, section 22: where cameras keep previews, in any directory
_STRIP_AT, _STRIP_LENGTH = 273, 279
_JPEG_COMPRESSIONS = (6, 7)
# Sensor borders in Panasonic's first directory: top, left, bottom, right; and its whole preview.
_BORDERS, _PANASONIC_PREVIEW = (4, 5, 6, 7), 46
_MOST_SUBS = 16
_BIG_OFFSET_BYTES = 8
_ELSEWHERE = 2**32 - 1
# Tags whose value is a block of its own: kind and name.
_BLOCKS = {
    700: ("xmp", "XMP"),  # XMP part 3, section 1.1.4
    33723: ("iptc", "IPTC"),  # bare IIM records
    34377: ("iptc", "Photoshop"),  # Photoshop resources
    34675: ("icc", "ICC"),
    52545: ("c2pa", "JUMBF"),  # C2PA specification 2.1, appendix A.3.3
}
_PIXELS = ((273, 279), (324, 325))  # offsets and byte counts of strips and of tiles
_SIZED_BY_TAGS = (raw_types.CR2, raw_types.PHASE_ONE)
_EXIF_IFD, _EXIF_WIDTH, _EXIF_HEIGHT = 34665, 40962, 40963
_ALL_WANTED = frozenset(
    {*_WANTED, *_BLOCKS, *(tag for pair in _PIXELS for tag in pair), _JPEG_AT, _JPEG_LENGTH}
    | {*_BORDERS, _PANASONIC_PREVIEW, _EXIF_IFD, _EXIF_WIDTH, _EXIF_HEIGHT, _JXR_WIDTH, _JXR_HEIGHT}
)
# Directories may overlap, so their entries are counted over the whole file.
_ENTRIES_A_VALUE = 10


def walk(data: bytes, limits: Limits) -> Structure:
    """List a TIFF: the whole file as one `exif` block, each directory, the blocks inside the first, and previews.

    `iptc` named "IPTC" holds bare IIM records, named "Photoshop" image resources. `frames` counts the chain. `preview`
    is a whole JPEG that a directory points to. Where the first directory is a reduced copy (DNG, NEF), the size is the
    largest of its sub-directories that are none (NewSubfileType 0, DNG 1.7); a raw file whose maker states it in a
    place of its own has that.
    """
    listing = Listing(data, limits)
    form, kind = form_of(data), media_type(data)
    big = form.inline_bytes == 8
    listing.add("exif", "BigTIFF" if big else "TIFF", 0, len(data))
    if big and form.number(data, 4, "H") != _BIG_OFFSET_BYTES:
        listing.problem("The header of the BigTIFF gives no size of 8 bytes for offsets, and no other is allowed.")
    walked = _Walk(listing=listing, form=form, kind=kind, budget=_ENTRIES_A_VALUE * limits.metadata_values)
    position = form.number(data, 8 if big else 4, form.offset) or 0
    if position == 0:
        listing.problem("The file names no directory.")
    chain: list[dict[int, Value]] = []
    while position and _goes_on(walked, position):
        entries, after = _directory(walked, position, f"IFD{len(chain)}")
        chain.append(entries)
        position = form.number(data, after, form.offset) or 0 if after else 0
    first = chain[0] if chain else {}
    _listed(listing, first)
    reduced = bool(scalar(data, form, first.get(_SUBFILE)) & _REDUCED)
    size_px = _size(data, form, first, (_JXR_WIDTH, _JXR_HEIGHT) if kind == JXR else (_WIDTH, _HEIGHT))
    sizes: list[tuple[bool, int, int]] = []
    for entries in chain[:_MOST_SUBS]:
        for offset in numbers(data, form, entries.get(_SUB_DIRECTORIES), _MOST_SUBS):
            if _goes_on(walked, offset):
                inner, _ = _directory(walked, offset, "SubIFD")
                sizes.append((not scalar(data, form, inner.get(_SUBFILE)) & _REDUCED, *_size(data, form, inner)))
    size_px = _main_size(sizes, size_px, reduced=reduced, raw=kind in raw_types.LIKE_TIFF)
    if kind in raw_types.LIKE_TIFF:
        size_px = _raw_size(walked, kind, first, size_px)
    _check_pixels(listing, form, first)
    return listing.structure(kind, *size_px, frames=max(1, len(chain)))


@dataclass(slots=True, kw_only=True)
class _Walk:
    """One walk: what it lists, how numbers stand, where it has been, how many entries it may still read."""

    listing: Listing
    form: Form
    kind: str
    budget: int
    seen: set[int] = field(default_factory=set)


def _size(
    data: bytes, form: Form, entries: dict[int, Value], tags: tuple[int, int] = (_WIDTH, _HEIGHT)
) -> tuple[int, int]:
    return scalar(data, form, entries.get(tags[0])), scalar(data, form, entries.get(tags[1]))


def _main_size(
    sizes: list[tuple[bool, int, int]], first_px: tuple[int, int], *, reduced: bool, raw: bool
) -> tuple[int, int]:
    """Of a main picture in a sub-directory; in a raw file also where nothing marks the first, smaller one as a copy."""
    main, *told = max(sizes, default=(False, 0, 0))
    larger = raw and main and told[0] * told[1] > first_px[0] * first_px[1]
    return (told[0], told[1]) if all(told) and (reduced or larger) else first_px


def _raw_size(walked: _Walk, kind: str, first: dict[int, Value], size_px: tuple[int, int]) -> tuple[int, int]:
    """The size as the maker states it: Panasonic by the sensor's borders, Canon and Phase One in the EXIF directory."""
    data, form = walked.listing.data, walked.form
    if kind in (raw_types.RW2, raw_types.RAW):
        top, left, bottom, right = (scalar(data, form, first.get(tag)) for tag in _BORDERS)
        return (right - left, bottom - top) if right > left and bottom > top else size_px
    at = scalar(data, form, first.get(_EXIF_IFD)) if kind in _SIZED_BY_TAGS else 0
    if at and _goes_on(walked, at):
        entries, _ = _directory(walked, at, "Exif IFD")
        told = scalar(data, form, entries.get(_EXIF_WIDTH)), scalar(data, form, entries.get(_EXIF_HEIGHT))
        return told if all(told) else size_px
    return size_px


def _goes_on(walked: _Walk, position: int) -> bool:
    listing, seen = walked.listing, walked.seen
    if position in seen:
        listing.problem(f"The chain of directories returns to offset {position}; it was followed once.")
    elif position + 2 > listing.end:
        listing.cut_short(f"the directory at offset {position}", 2, listing.end - position)
    elif len(seen) >= listing.limits.frames or walked.budget <= 0 or not listing.goes_on():
        listing.problem(f"The chain of directories was cut off after {len(seen)}.")
    else:
        seen.add(position)
        return True
    return False


def _directory(walked: _Walk, position: int, name: str) -> tuple[dict[int, Value], int]:
    """The wanted entries of one directory, and where the offset of the next stands (0: nowhere)."""
    listing, form = walked.listing, walked.form
    data = listing.data
    count, start = form.number(data, position, form.count) or 0, position + struct.calcsize(form.count)
    entry = struct.Struct(form.order + ("HHQ8s" if form.inline_bytes == 8 else "HHI4s"))
    allowed = min(count, walked.budget, listing.limits.metadata_values)
    taken = min(allowed, max(0, listing.end - start) // entry.size)
    if taken < allowed:
        listing.cut_short(f"the directory {name} at offset {position}", count * entry.size, listing.end - start)
    elif taken < count:
        listing.problem(f"The directory {name} has {count} entries; only {taken} were read.")
    value_at = entry.size - form.inline_bytes
    found: dict[int, Value] = {}
    for index, (tag, kind, values, _) in enumerate(entry.iter_unpack(data[start : start + taken * entry.size])):
        if tag in _ALL_WANTED and tag not in found:
            inline = start + index * entry.size + value_at
            fits = TYPE_BYTES.get(kind, 0) * values <= form.inline_bytes
            offset = inline if fits else form.number(data, inline, form.offset) or 0
            found[tag] = Value(kind=kind, count=values, offset=offset)
    listing.add("IFD", name, position, start - position + taken * entry.size)
    _preview(walked, name, found)
    walked.budget -= max(taken, 1)
    return found, (start + taken * entry.size if taken == count else 0)


def _preview(walked: _Walk, name: str, entries: dict[int, Value]) -> None:
    """List the JPEG that a directory points to, by the tags for it, as its only strip, or as Panasonic keeps it."""
    listing, form = walked.listing, walked.form
    data = listing.data
    at, length = (scalar(data, form, entries.get(tag)) for tag in (_JPEG_AT, _JPEG_LENGTH))
    smaller = walked.kind in raw_types.LIKE_TIFF or scalar(data, form, entries.get(_SUBFILE)) & _REDUCED
    if not length and smaller and scalar(data, form, entries.get(_COMPRESSION)) in _JPEG_COMPRESSIONS:
        strip = entries.get(_STRIP_LENGTH)
        if strip is not None and strip.count == 1:
            at, length = (scalar(data, form, entries.get(tag)) for tag in (_STRIP_AT, _STRIP_LENGTH))
    whole = entries.get(_PANASONIC_PREVIEW)
    if not length and whole is not None and whole.kind == 7:
        at, length = whole.offset, whole.length
    if not length or not data.startswith(b"\xff\xd8", at):
        return
    if at + length > listing.end:
        listing.cut_short(f"the preview of {name} at offset {at}", length, listing.end - at)
    else:
        listing.add("preview", f"JPEG of {name}", at, length)
        if whole is not None:
            jpeg.embedded(listing, at, at + length)


def _listed(listing: Listing, entries: dict[int, Value]) -> None:
    for tag, (kind, name) in _BLOCKS.items():
        value = entries.get(tag)
        if value is None or value.length == 0:
            continue
        if value.offset + value.length > listing.end:
            listing.cut_short(f"the block {name} at offset {value.offset}", value.length, listing.end - value.offset)
        else:
            named = "jumbf" if kind == "c2pa" and not is_c2pa(listing.data, value.offset) else kind
            listing.add(named, name, value.offset, value.length)


def _check_pixels(listing: Listing, form: Form, entries: dict[int, Value]) -> None:
    """Note strips or tiles that reach beyond the end of the file; Panasonic writes all ones for "elsewhere"."""
    for offsets_tag, counts_tag in _PIXELS:
        limit = listing.limits.metadata_values
        offsets = numbers(listing.data, form, entries.get(offsets_tag), limit)
        counts = numbers(listing.data, form, entries.get(counts_tag), limit)
        needed = max((at + count for at, count in zip(offsets, counts, strict=False) if at != _ELSEWHERE), default=0)
        if needed > listing.end:
            listing.cut_short("the pixel data", needed, listing.end)
