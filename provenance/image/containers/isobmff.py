"""Walks the boxes of a HEIF or AVIF file (ISO/IEC 23008-12), a JPEG XL or a JPEG 2000, without decoding a pixel."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.image import Structure
from ...model.limits import Limits
from . import raw_types, sniff
from .boxes import Box, boxes
from .codestream import JPEG_2000_START, jpeg_2000_comments, jpeg_2000_size, jpeg_xl_size
from .crx import walk_moov
from .items import walk_meta
from .jumbf import is_c2pa
from .listing import CUT_SHORT, Listing, shown
from .tracks import walk_tracks

# uuid boxes: extended type, kind, name.
_UUIDS = {
    bytes.fromhex("be7acfcb97a942e89c71999491e3afac"): ("xmp", "uuid XMP"),  # XMP part 3, section 1.2.7
    bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38"): ("iptc", "uuid IPTC"),
    bytes.fromhex("4a706754696666457869662d3e4a5032"): ("exif", "uuid EXIF"),  # JpgTiffExif->JP2
    # As Photoshop's JPEG 2000 plug-in writes them: Photoshop resources, bare IIM records, a TIFF block.
    bytes.fromhex("2c4c0100850440b9a03e562148d6dfeb"): ("iptc", "uuid Photoshop"),
    bytes.fromhex("09a14e97c0b442e0bebf36df6f0ce36f"): ("iptc", "uuid IPTC"),
    bytes.fromhex("0537cdab9d0c4431a72afa561f2a113e"): ("exif", "uuid EXIF"),
}
_WITH_PROFILE = (2, 3)  # colr by a restricted or any profile (ISO/IEC 15444-1, I.5.3.3; 15444-2, M.11.7.3)
_CODESTREAMS = (b"jp2c", b"jxlc", b"jxlp")
_EOC = b"\xff\xd9"  # ISO/IEC 15444-1, annex A.4.4
_XML_LOOKED_AT_BYTES = 4096
_C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")  # C2PA specification 2.1, appendix A.5.1
_UNPACKED = (b"Exif", b"xml ")
"""What the readers of metadata open where a box of the kind is packed."""
_NAMED = {b"mpvd": ("auxiliary", "a film (motion photo)")}  # Google: Motion Photo format 1.0, "HEIC motion photos"
_MINI = "The picture is kept in the low-overhead form of HEIF (mini): its metadata and its size are not read."
_C2PA_PURPOSE = 20  # behind uuid (16) and version and flags (4)


def walk(data: bytes, limits: Limits) -> Structure:
    """List the outermost boxes, and of HEIF and AVIF the items and properties that hold metadata.

    `width_px` and `height_px` are those of the primary item before `irot` turns it (listed as a block "irot"). A bare
    codestream (JPEG XL, JPEG 2000) is one block "codestream". `frames` counts the samples of a sequence's first track.
    """
    listing = Listing(data, limits)
    media_type = sniff.media_type(data)
    if data[4:8] not in (b"ftyp", b"JXL ", b"jP  "):
        return _codestream(listing, media_type)
    seen = _Seen(media_type=media_type)
    for box in boxes(listing, 0, listing.end, nested=False):
        _box(listing, box, seen)
    if data[8:12] == b"mif3" and not seen.has_meta:  # ISO/IEC 23008-12, amendment 1
        listing.problem(_MINI)
    elif not seen.has_meta and not any(seen.size_px) and media_type in (sniff.HEIF, sniff.AVIF):
        listing.problem("No meta box: the file names no picture.")
    return listing.structure(media_type, *seen.size_px, frames=max(1, seen.frames))


@dataclass(slots=True, kw_only=True)
class _Seen:
    """What the outermost boxes have said so far."""

    media_type: str
    size_px: tuple[int, int] = (0, 0)
    frames: int = 1
    has_meta: bool = False


def _codestream(listing: Listing, media_type: str) -> Structure:
    size_px = (jpeg_xl_size if media_type == sniff.JXL else jpeg_2000_size)(listing.data, 0)
    if size_px == (0, 0):
        listing.cut_short("the header of the codestream", 24, listing.end)
    listing.add("codestream", "codestream", 0, listing.end)
    _comments(listing, 0, listing.end)
    return listing.structure(media_type, *size_px)


def _box(listing: Listing, box: Box, seen: _Seen) -> None:
    if box.code == b"meta" and not seen.has_meta:
        seen.size_px, seen.has_meta = walk_meta(listing, box), True
        listing.add("meta", "meta", box.start, box.end - box.start)
        return
    if box.code == b"jp2h":
        seen.size_px = _jp2_header(listing, box)
        return
    if box.code == b"moov":
        if seen.media_type == raw_types.CR3:
            seen.size_px = walk_moov(listing, box)
        else:
            told, seen.frames = walk_tracks(listing, box)
            seen.size_px = seen.size_px if any(seen.size_px) else told
    elif box.code in _CODESTREAMS and seen.size_px == (0, 0):
        start = box.content + (4 if box.code == b"jxlp" else 0)  # a part's number stands first
        seen.size_px = (jpeg_2000_size if box.code == b"jp2c" else jpeg_xl_size)(listing.data, start)
    if box.code == b"jp2c":
        _comments(listing, box.content, box.end)
    _outermost(listing, box)


def _comments(listing: Listing, start: int, end: int) -> None:
    """The comments of a JPEG 2000, and whether its end is there: nowhere in its data do these two bytes stand."""
    if listing.data.startswith(JPEG_2000_START, start):
        if listing.data.rfind(_EOC, start, end) < 0:
            listing.problem(f"{CUT_SHORT}: no end-of-codestream marker.")
        for at, length in jpeg_2000_comments(listing.data, start, end):
            listing.add("comment", "COM", at, length)


def _outermost(listing: Listing, box: Box) -> None:
    data, name = listing.data, shown(box.code)
    kind, content = name, box.content
    if box.code == b"uuid":
        extended = data[box.content : box.content + 16]
        if extended == _C2PA_UUID:
            kind, name, content = _c2pa(data, box)
        elif extended in _UUIDS:
            (kind, name), content = _UUIDS[extended], box.content + 16
    elif box.code == b"jumb":
        kind, content = ("c2pa" if is_c2pa(data, box.start) else "jumbf"), box.start
    elif box.code == b"xml " and _is_xmp(data, box):
        kind = "xmp"
    elif box.code == b"brob":
        kind = name = _packed(listing, box)
    elif box.code in _NAMED:
        kind, name = _NAMED[box.code]
    elif box.code == b"Exif":  # ISO/IEC 18181-2: an offset to the TIFF header stands first
        kind, content = "exif", box.content + 4 + int.from_bytes(data[box.content : box.content + 4], "big")
        if content > box.end:
            listing.problem(f"The Exif box at offset {box.start} points behind its own end; it was refused.")
            kind, content = name, box.content
    content = min(content, box.end)
    listing.add(kind, name, box.start, box.end - box.start, (content, box.end - content))


def _packed(listing: Listing, box: Box) -> str:
    """What a Brotli box is listed as: the type of the box that was packed stands first (ISO/IEC 18181-2)."""
    code = listing.data[box.content : box.content + 4]
    if code not in _UNPACKED:
        listing.problem(f"The box {shown(code)} at offset {box.start} is packed with Brotli, which is not read.")
    return f"brob {shown(code)}"


def _is_xmp(data: bytes, box: Box) -> bool:
    """Whether an XML box holds XMP: in a JPEG XL it does (ISO/IEC 18181-2), in a JPEG 2000 it may hold anything."""
    end = min(box.end, box.content + _XML_LOOKED_AT_BYTES)
    return any(data.find(sign, box.content, end) >= 0 for sign in (b"xmpmeta", b"rdf:RDF"))


def _c2pa(data: bytes, box: Box) -> tuple[str, str, int]:
    """Kind, name and payload offset of a C2PA box: purpose as text, for a manifest store then 8 bytes of offset."""
    purpose_at = box.content + _C2PA_PURPOSE
    purpose_end = data.find(b"\x00", purpose_at, min(box.end, purpose_at + 64))
    if purpose_end < 0:
        return "jumbf", "uuid C2PA", purpose_at
    purpose = data[purpose_at:purpose_end]
    if purpose in (b"manifest", b"original", b"update"):
        return "c2pa", "uuid C2PA", purpose_end + 1 + 8
    return "jumbf", f"uuid C2PA {shown(purpose)}", purpose_end + 1


def _jp2_header(listing: Listing, header: Box) -> tuple[int, int]:
    """Width and height from the image header box (ISO/IEC 15444-1, annex I.5.3.1), the profile from `colr`."""
    data, size_px = listing.data, (0, 0)
    for box in boxes(listing, header.content, header.end):
        if box.code == b"ihdr" and box.end - box.content >= 8:
            height, width = data[box.content : box.content + 4], data[box.content + 4 : box.content + 8]
            size_px = int.from_bytes(width, "big"), int.from_bytes(height, "big")
        elif box.code == b"colr" and data[box.content] in _WITH_PROFILE and box.end > box.content + 3:
            listing.add("icc", "colr", box.start, box.end - box.start, (box.content + 3, box.end - box.content - 3))
    listing.add("jp2h", "jp2h", header.start, header.end - header.start)
    return size_px
