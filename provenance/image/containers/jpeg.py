"""Walks the segments of a JPEG (ITU-T T.81, annex B) without decoding a pixel."""

from __future__ import annotations

import re

from ...model.image import Structure
from ...model.limits import Limits
from .behind import list_behind
from .jumbf import is_c2pa
from .listing import CUT_SHORT, Listing
from .sniff import JPEG

# The next marker that is neither a stuffed zero, a fill byte nor a restart marker (T.81, section B.1.1).
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_SOI, _EOI, _SOS, _DNL, _TEM = 0xD8, 0xD9, 0xDA, 0xDC, 0x01
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_NAMES = {code: f"marker FF{code:02X}" for code in range(256)}
_NAMES |= {
    0xC4: "DHT",
    0xC8: "JPG",
    0xCC: "DAC",
    0xDA: "SOS",
    0xDB: "DQT",
    0xDC: "DNL",
    0xDD: "DRI",
    0xDE: "DHP",
    0xDF: "EXP",
}
_NAMES |= {0xFE: "COM"} | {0xE0 + n: f"APP{n}" for n in range(16)} | {code: f"SOF{code - 0xC0}" for code in _FRAMES}
_KINDS = {0xDB: "quantisation", 0xFE: "comment"} | dict.fromkeys(_FRAMES, "frame")
# By marker: identifier, kind, and how many bytes of the segment stand before the payload.
_IDENTIFIERS: dict[int, tuple[tuple[bytes, str, int], ...]] = {
    0xE0: ((b"JFIF\x00", "jfif", 5), (b"JFXX\x00", "jfxx", 5)),
    0xE1: (
        (b"Exif\x00", "exif", 6),  # Exif 3.0, section 4.7.2: a padding byte follows, mostly zero
        (b"FLIR\x00", "flir", 8),  # then a one, number of the part, number of the last; ExifTool's FLIR.pm
        (b"http://ns.adobe.com/xap/1.0/\x00", "xmp", 29),  # XMP part 3, section 1.1.3
        (b"http://ns.adobe.com/xmp/extension/\x00", "xmp-extended", 35),
    ),
    0xE2: (
        (b"ICC_PROFILE\x00", "icc", 14),  # ICC.1, annex B.4: number and count of the part
        (b"MPF\x00", "mpf", 4),  # CIPA DC-007
    ),
    0xEA: ((b"UNICODE\x00", "comment", 0),),  # ArcSoft PhotoStudio: a comment in UTF-16
    0xEC: ((b"Ducky", "ducky", 5),),
    0xED: ((b"Photoshop 3.0\x00", "iptc", 14), (b"Adobe_Photoshop2.5:", "iptc", 19)),
    0xEE: ((b"Adobe", "adobe", 5),),
}


def walk(data: bytes, limits: Limits) -> Structure:
    """List the segments of a JPEG.

    The payload of `exif` starts at the TIFF header, of `xmp-extended` at the GUID, of `icc` at the profile part, of
    `mpf` at its TIFF header, of `iptc` at the first Photoshop resource; of every other segment behind the length.
    """
    listing = Listing(data, limits)
    size_px = (0, 0)
    jumbf: dict[bytes, str] = {}
    position, index = 2, (0, 0)
    while listing.goes_on():
        found = _MARKER.search(data, position)
        if found is None:
            listing.problem(f"{CUT_SHORT}: no end-of-image marker.")
            break
        start, code = found.start(), data[found.start() + 1]
        if position < start:
            _skipped(listing, position, start)
        if code == _EOI:
            listing.add("EOI", "EOI", start, 2)
            list_behind(listing, start + 2, *index)
            break
        if code in (_SOI, _TEM):
            position = start + 2
            continue
        length = int.from_bytes(data[start + 2 : start + 4], "big")
        if length < 2 or start + 2 + length > listing.end:
            _refuse_segment(listing, _NAMES[code], start, length)
            if length < 2 <= listing.end - start - 2:
                position = start + 2
                continue
            break
        if code in _FRAMES or code == _DNL:
            size_px = _size(data, start, code, size_px)
        elif code == 0xE2 and index == (0, 0) and data.startswith(b"MPF\x00", start + 4):
            index = start + 8, length - 6
        position = _segment(listing, start, length, jumbf)
    _check_size(listing, size_px)
    return listing.structure(JPEG, *size_px)


def _size(data: bytes, start: int, code: int, known_px: tuple[int, int]) -> tuple[int, int]:
    """The size once a segment was seen: of the first frame header; the height may follow the first scan (B.2.5)."""
    if code in _FRAMES and known_px == (0, 0):
        height, width = data[start + 5 : start + 7], data[start + 7 : start + 9]
        return int.from_bytes(width, "big"), int.from_bytes(height, "big")
    if code == _DNL and known_px[0] and known_px[1] == 0:
        return known_px[0], int.from_bytes(data[start + 4 : start + 6], "big")
    return known_px


def _check_size(listing: Listing, size_px: tuple[int, int]) -> None:
    if size_px == (0, 0):
        listing.problem("No frame header: the size of the picture is unknown.")
    elif 0 in size_px:
        listing.problem(f"The frame header says {size_px[0]} x {size_px[1]} pixels.")


def embedded(listing: Listing, start: int, end: int) -> None:
    """List the segments before the first scan of a JPEG that lies inside another file, between two offsets."""
    data, position = listing.data, start + 2
    jumbf: dict[bytes, str] = {}
    while position + 4 <= end and listing.goes_on():
        code = data[position + 1]
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        if data[position] != 0xFF or code in (_SOS, _EOI, _SOI) or length < 2 or position + 2 + length > end:
            return
        position = _segment(listing, position, length, jumbf)


def _segment(listing: Listing, start: int, length: int, jumbf: dict[bytes, str]) -> int:
    """List one segment and return where the next begins; a scan includes its entropy-coded data."""
    data, code, behind = listing.data, listing.data[start + 1], start + 2 + length
    if code == _SOS:
        following = _MARKER.search(data, behind)
        behind = following.start() if following else listing.end
    content, end = start + 4, behind
    name = _NAMES[code]
    kind = _KINDS.get(code, name)
    for identifier, named, before in _IDENTIFIERS.get(code, ()):
        if data.startswith(identifier, content) and length - 2 >= before:
            kind, content = named, content + before
            break
    if code == 0xEB and data.startswith(b"JP", content) and length >= 2 + 16:
        kind, content = _jumbf_part(data, content, jumbf)
    listing.add(kind, name, start, behind - start, (content, end - content))
    return behind


def _jumbf_part(data: bytes, content: int, jumbf: dict[bytes, str]) -> tuple[str, int]:
    """Kind and payload offset of an APP11 part (ISO/IEC 19566-5, annex D): CI, En, Z, then LBox and TBox.

    Every part repeats the box header; only that of the first belongs to the payload, so that parts join to one box.
    """
    instance, number = data[content + 2 : content + 4], int.from_bytes(data[content + 4 : content + 8], "big")
    box = content + 8
    header_bytes = 16 if data[box : box + 4] == b"\x00\x00\x00\x01" else 8
    if number <= 1 or instance not in jumbf:
        jumbf[instance] = "c2pa" if is_c2pa(data, box) else "jumbf"
        return jumbf[instance], box
    return jumbf[instance], box + header_bytes


def _skipped(listing: Listing, position: int, start: int) -> None:
    """Note bytes between segments, fill bytes (T.81, section B.1.1.2) and what follows a scan excepted."""
    if listing.data[position:start].strip(b"\xff"):
        listing.problem(f"{start - position} bytes at offset {position} belong to no segment.")


def _refuse_segment(listing: Listing, name: str, start: int, length: int) -> None:
    there = listing.end - start - 2
    if length < 2 <= there:
        listing.problem(f"The segment {name} at offset {start} has the impossible length {length}; it was passed over.")
    else:
        listing.cut_short(f"the segment {name} at offset {start}", max(length, 2), there)
