"""What of a file's coding and tags can tell who saved it, gathered without decoding a pixel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...image.containers.jpeg_tables import quantisation_tables
from ...image.containers.structure import payload
from ...model.image import Block, Image
from ...model.limits import Limits
from ..container import jpeg_coding
from ..container.icc import description, profile
from ..container.jpeg_quality import equal_step
from ..exif.text import comment
from ..exif.tiff_block import sanitise
from ..exif.tiff_entries import Directory
from ..iptc.iim import DataSet, datasets
from ..xmp.packets import values

_USER_COMMENT = 0x9286
_WANTED: Mapping[Directory, frozenset[int]] = {
    "ifd0": frozenset(),
    "ifd1": frozenset(),
    "exif": frozenset({_USER_COMMENT}),
    "gps": frozenset(),
    "interop": frozenset(),
}
_BLOCKS = 4
_IPTC_BYTES = 2**16
# IIM 4.2: special instructions (2:40) and original transmission reference (2:103).
_INSTRUCTIONS, _REFERENCE = (2, 40), (2, 103)
_FBMD = re.compile(rb"FBMD[0-9a-f]{2}")
_TOKEN_BYTES = range(10, 41)
_GOOGLE = b"Google Inc. 2016", "Google Inc. 2016".encode("utf-16-be")
_NEEDED = frozenset({"jfif", "quantisation", "frame", "icc", "iptc"})
_CODING_NAMES = frozenset({"DHT", "DRI", "SOS", "EOI", "SOI", "DAC"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Signs of one file; of a file that is no JPEG only size, profile and screenshot."""

    width_px: int
    height_px: int
    progressive: bool = False
    subsampling: str = ""
    """"4:2:0" and so on; "" for grey."""
    quality: int = 0
    """The libjpeg quality whose tables are these exactly, 1 to 100; 0 for tables that are none of the hundred."""
    jfif: tuple[int, int, int] | None = None
    """Unit and density across and down of the JFIF header (JFIF 1.02)."""
    profile: str = ""
    google_profile: bool = False
    fbmd: bool = False
    meta_token: bool = False
    """IPTC 2:103, a token that Facebook writes beside FBMD and Instagram does not."""
    camera_tags: bool = False
    """An EXIF or XMP block is there."""
    other_segments: bool = False
    """Something is there that decoding does not need and no sign above speaks of: a comment, Adobe's marker, IPTC."""
    screenshot: str = ""
    """Where a comment "Screenshot" stands, in words; "" where none does."""


def signs_of(image: Image, limits: Limits) -> Signs:
    """Gather the signs; never raises for what a file holds."""
    blocks = image.structure.blocks
    name, google = _profile(image, limits)
    width_px, height_px = image.structure.width_px, image.structure.height_px
    shot = _screenshot(image, limits)
    if image.structure.media_type != "image/jpeg":
        return Signs(width_px=width_px, height_px=height_px, profile=name, google_profile=google, screenshot=shot)
    frame = next((block for block in blocks if block.kind == "frame"), None)
    iptc = _iptc(image, limits)
    fbmd = any((one.record, one.number) == _INSTRUCTIONS and _FBMD.match(one.data) for one in iptc)
    kinds = {block.kind for block in blocks}
    return Signs(
        width_px=width_px,
        height_px=height_px,
        progressive=frame is not None and frame.name == "SOF2",
        subsampling=jpeg_coding.subsampling(payload(image.data, frame))[1] if frame else "",
        quality=_quality(image),
        jfif=_jfif(image),
        profile=name,
        google_profile=google,
        fbmd=fbmd,
        meta_token=any((one.record, one.number) == _REFERENCE and len(one.data) in _TOKEN_BYTES for one in iptc),
        camera_tags=bool(kinds & {"exif", "xmp", "c2pa"}),
        other_segments=any(_is_other(block, fbmd=fbmd) for block in blocks),
        screenshot=shot,
    )


def _iptc(image: Image, limits: Limits) -> list[DataSet]:
    blocks = [block for block in image.structure.blocks if block.kind == "iptc"][:_BLOCKS]
    return [one for block in blocks for one in datasets(payload(image.data, block)[:_IPTC_BYTES], limits)]


def _is_other(block: Block, *, fbmd: bool) -> bool:
    if block.kind == "iptc":
        return not fbmd
    return block.kind not in _NEEDED and block.name not in _CODING_NAMES and block.kind not in _CODING_NAMES


def _quality(image: Image) -> int:
    found = quantisation_tables(image.data, image.structure.blocks)
    return equal_step(found) if found else 0


def _jfif(image: Image) -> tuple[int, int, int] | None:
    """Unit and densities of the header; the payload begins behind "JFIF\\0" and its version."""
    block = next((block for block in image.structure.blocks if block.kind == "jfif"), None)
    head = payload(image.data, block).removeprefix(b"JFIF\0") if block else b""
    return (head[2], int.from_bytes(head[3:5], "big"), int.from_bytes(head[5:7], "big")) if len(head) >= 7 else None


def _profile(image: Image, limits: Limits) -> tuple[str, bool]:
    """The name of the colour profile, and whether it is Google's."""
    blocks = [block for block in image.structure.blocks if block.kind == "icc"]
    if not blocks:
        return "", False
    data, problem = profile(image.data, blocks, image.structure.media_type, limits)
    return ("", False) if problem else (description(data), any(mark in data[:4_096] for mark in _GOOGLE))


def _screenshot(image: Image, limits: Limits) -> str:
    """Where the word stands by which macOS and iOS mark screenshots."""
    for block in [block for block in image.structure.blocks if block.kind == "exif"][:_BLOCKS]:
        exif = sanitise(payload(image.data, block), limits, _WANTED)
        entry = exif.entries.get(("exif", _USER_COMMENT))
        if entry and comment(entry.value, exif.little_endian)[0].strip("\0 ") == "Screenshot":
            return "EXIF UserComment"
    return "XMP exif:UserComment" if "Screenshot" in values(image, limits, "exif:UserComment") else ""
