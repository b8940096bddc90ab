"""The container of a picture as blocks, whichever format it is, without decoding a pixel.

Kinds shared by all containers, and what their payload is:

    exif           TIFF block from its byte-order mark; the whole file of a TIFF, or a file like one; of a CR3 the
                   first directory (CMT1), the EXIF directory (CMT2), the GPS directory (CMT4)
    xmp            the packet; zlib data (first byte 0x78) in a PNG whose iTXt is compressed
    xmp-extended   GUID (32 bytes), full length (4), offset (4), part of the packet (JPEG)
    maker-note     the maker note of a CR3, a TIFF block of its own
    flir           what a thermal camera of FLIR adds; parts of one block, joined in file order (JPEG)
    iptc           Photoshop resources ("8BIM"), or bare IIM records (first byte 0x1C) in TIFF
    icc            the profile; in JPEG one part of it, to be joined by the numbers in the two bytes before it; in PNG
                   name, method, zlib data; in GIF sub-blocks with their length bytes
    c2pa, jumbf    JUMBF boxes; parts of one box in JPEG join in file order
    text, comment  PNG: the chunk's data, keyword first; JPEG, GIF: the comment
    frame, quantisation, jfif, adobe, ducky, mpf   JPEG segments, behind length and identifier
    preview        a whole JPEG inside a TIFF or a raw file
    mpf-image      a further picture that the multi-picture index of a JPEG names; its name says what it is
    other-exif, other-xmp  those of another picture in the file, beside the main one's (HEIF, AVIF); they are not read
    auxiliary      a picture beside the main one (HEIF, AVIF): gain map, depth map, alpha; its name is its type
    thumbnail      a smaller copy of the main picture (HEIF, AVIF)
    trailer        bytes behind the end of the picture; the name says what they are

A walker never raises: what it refuses becomes a sentence in `Structure.problems`.
"""

from __future__ import annotations

from collections.abc import Callable

from ...model.image import Block, Structure
from ...model.limits import Limits
from . import bmp, gif, icon, isobmff, jpeg, png, psd, raw_makers, raw_types, riff, sniff, tiff

_WALKERS: dict[str, Callable[[bytes, Limits], Structure]] = {
    sniff.JPEG: jpeg.walk,
    sniff.PNG: png.walk,
    sniff.WEBP: riff.walk,
    sniff.GIF: gif.walk,
    sniff.TIFF: tiff.walk,
    sniff.BMP: bmp.walk,
    sniff.HEIF: isobmff.walk,
    sniff.AVIF: isobmff.walk,
    sniff.JXL: isobmff.walk,
    sniff.JP2: isobmff.walk,
    sniff.PSD: psd.walk,
    sniff.ICO: icon.walk,
    sniff.JXR: tiff.walk,
    **dict.fromkeys(raw_types.LIKE_TIFF, tiff.walk),
    **dict.fromkeys((raw_types.RAF, raw_types.MRW, raw_types.CRW, raw_types.X3F), raw_makers.walk),
    raw_types.CR3: isobmff.walk,
}


def structure(data: bytes, limits: Limits) -> Structure:
    """List the container of a picture; a format without a walker gives its media type alone."""
    media_type = sniff.media_type(data)
    walker = _WALKERS.get(media_type)
    return walker(data, limits) if walker else Structure(media_type=media_type)


def payload(data: bytes, block: Block, *, most: int | None = None) -> bytes:
    """The bytes that `block.sha256` is the digest of; `data` is the file the block was found in.

    `most`: no more than so many of them, the first, for a reader that refuses what is longer.
    """
    length = block.payload_length_bytes if most is None else min(most, block.payload_length_bytes)
    return data[block.payload_offset_bytes : block.payload_offset_bytes + length]
