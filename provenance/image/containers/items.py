"""The items of a HEIF or AVIF: what the meta box says lies where (ISO/IEC 14496-12, 8.11; 23008-12, 6)."""

from __future__ import annotations

from .boxes import Box
from .item_tables import FILE, IDAT, Item, Meta, read_meta
from .jumbf import is_c2pa
from .listing import Listing, shown

_XMP_TYPES = (b"application/rdf+xml",)
_METADATA = {b"mime": "xmp", b"Exif": "exif", b"jumb": "c2pa"}
_CHANGES = (b"clap", b"irot", b"imir")  # what a reader does to the decoded picture (23008-12, section 6.5)


def walk_meta(listing: Listing, meta_box: Box) -> tuple[int, int]:
    """List the metadata items and properties of a meta box; width and height of the primary item, or zeros."""
    meta = read_meta(listing, meta_box)
    for item in meta.items.values():
        _list_item(listing, item, meta)
    return _list_properties(listing, meta)


def _list_item(listing: Listing, item: Item, meta: Meta) -> None:
    kind, name = _kind(listing.data, item, meta)
    if not kind:
        return
    if item.method not in (FILE, IDAT) or (item.method == IDAT and meta.idat is None):
        listing.problem(f"An item {shown(item.code)} lies where method {item.method} says, which is not read.")
        return
    shift, end = (meta.idat.content, meta.idat.end) if item.method == IDAT and meta.idat else (0, listing.end)
    for number, (offset, size) in enumerate(_joined(item.extents)):
        start = offset + shift
        length = size or end - start  # section 8.11.3.3: no length means up to the end
        if start + length > end or length <= 0:
            listing.cut_short(f"an item {shown(item.code)} at offset {start}", length, end - start)
            return
        if number and kind != "c2pa":
            listing.problem(f"An item {shown(item.code)} lies in several places; only its first part is read.")
            return
        skip = _exif_header(listing, start, length) if kind == "exif" else 0
        if kind == "c2pa" and number == 0 and not is_c2pa(listing.data, start):
            kind = "jumbf"
        listing.add(kind, name, start, length, (start + skip, length - skip))


def _kind(data: bytes, item: Item, meta: Meta) -> tuple[str, str]:
    """What an item is listed as, and its name; empty for the pictures themselves.

    An auxiliary picture (23008-12, section 6.5.8: depth map, alpha plane, gain map) is named by its type.
    """
    if item.code == b"mime" and item.content_type not in _XMP_TYPES:
        return "", ""
    if item.code in _METADATA:
        other = "other-" if item.code != b"jumb" and _of_another(item, meta) else ""
        return f"{other}{_METADATA[item.code]}", f"item {shown(item.code)}"
    for number in item.properties:
        if 0 < number <= len(meta.properties) and (box := meta.properties[number - 1]).code == b"auxC":
            return "auxiliary", shown(data[box.content + 4 : min(box.end, box.content + 104)].split(b"\0")[0])
    return ("thumbnail" if item.reference_at else ""), f"item {shown(item.code)}"


def _of_another(item: Item, meta: Meta) -> bool:
    """Whether metadata are those of another picture alone, while others of their kind are the primary picture's."""
    of_primary = meta.primary in item.describes
    return bool(item.describes) and not of_primary and (item.code, item.content_type) in meta.of_primary


def _joined(extents: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Extents that follow each other without a gap as one."""
    joined: list[tuple[int, int]] = []
    for start, length in extents:
        if joined and joined[-1][1] and length and sum(joined[-1]) == start:
            joined[-1] = joined[-1][0], joined[-1][1] + length
        else:
            joined.append((start, length))
    return joined


def _exif_header(listing: Listing, start: int, length: int) -> int:
    """Bytes before the TIFF header of an Exif item: 4 of offset, then as many as it says (23008-12, annex A.2.1)."""
    if listing.data.startswith((b"II*\0", b"MM\0*"), start):
        listing.problem(f"The Exif item at offset {start} lacks the offset before its TIFF header.")
        return 0
    skip = 4 + int.from_bytes(listing.data[start : start + 4], "big")
    if skip > length:
        listing.problem(f"The Exif item at offset {start} points behind its own end; it is taken to start at once.")
        skip = 4
    begin = start + min(skip, length)
    return min(skip, length) + (6 if listing.data.startswith(b"Exif\x00\x00", begin) else 0)


def _list_properties(listing: Listing, meta: Meta) -> tuple[int, int]:
    """List what the primary item's properties hold; its size. Where it has none of a kind, the first of any item's."""
    size_px, data = (0, 0), listing.data
    own = meta.items[meta.primary].properties if meta.primary in meta.items else []
    everywhere = [box for box in meta.properties if box.code in (b"ispe", b"colr")]
    numbers = own or range(1, len(meta.properties) + 1)
    chosen = [meta.properties[number - 1] for number in dict.fromkeys(numbers) if 0 < number <= len(meta.properties)]
    if not any(_is_profile(data, box) for box in chosen):  # a grid's profile may stand with its tiles alone
        chosen += [box for box in everywhere if _is_profile(data, box)][:1]
    for box in chosen:
        whole = box.end - box.start
        if box.code == b"ispe" and size_px == (0, 0):
            size_px = _extent(data, box)
            listing.add("ispe", "ispe", box.start, whole, (box.content, box.end - box.content))
        elif _is_profile(data, box):
            listing.add("icc", "colr", box.start, whole, (box.content + 4, box.end - box.content - 4))
        elif box.code in _CHANGES:
            listing.add(shown(box.code), shown(box.code), box.start, whole, (box.content, box.end - box.content))
            size_px = _aperture(data[box.content : box.end], size_px) if box.code == b"clap" else size_px
    if meta.primary < 0 or size_px == (0, 0):
        listing.problem("The meta box names no primary picture with a size.")
        sizes = (_extent(data, box) for box in everywhere if box.code == b"ispe")
        return next((one for one in sizes if all(one)), size_px)
    return size_px


def _is_profile(data: bytes, box: Box) -> bool:
    return box.code == b"colr" and data[box.content : box.content + 4] in (b"prof", b"rICC")


def _extent(data: bytes, box: Box) -> tuple[int, int]:
    """Width and height of an `ispe` property; zeros when it is too short."""
    if box.end - box.content < 12:
        return 0, 0
    width, height = data[box.content + 4 : box.content + 8], data[box.content + 8 : box.content + 12]
    return int.from_bytes(width, "big"), int.from_bytes(height, "big")


def _aperture(clap: bytes, size_px: tuple[int, int]) -> tuple[int, int]:
    """The size that a clean aperture leaves (14496-12, section 12.1.4): width and height as fractions of integers."""
    parts = [int.from_bytes(clap[at : at + 4], "big") for at in range(0, 16, 4)]
    if len(clap) < 16 or 0 in parts:
        return size_px
    return min(size_px[0], parts[0] // parts[1]), min(size_px[1], parts[2] // parts[3])
