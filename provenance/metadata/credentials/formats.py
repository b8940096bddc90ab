"""Which format the library is asked to read a file as, and whether there is reason to ask at all."""

from __future__ import annotations

from dataclasses import dataclass

from ...image.containers import raw_types, sniff
from ...model.image import Image

TIFFS = frozenset({sniff.TIFF}) | raw_types.PLAIN_TIFF
"""What the library reads as a TIFF: DNG, NEF and ARW by its own list (c2pa-rs 0.91), and others of the same form."""
_KNOWN = frozenset({sniff.JPEG, sniff.PNG, sniff.WEBP, sniff.GIF, sniff.HEIF, sniff.AVIF, sniff.JXL})
_CROWDED = 1000
"""Blocks past which the library is asked whatever our walkers saw: such files are made to lead readers astray."""
MARKS = (b"jumb", b"c2pa:manifest", b"c2pa.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How the library is asked."""

    media_type: str
    """By content; "" for a format in which the library reads no credentials."""
    readable: bool
    """Whether anybody here can look into the file: our walkers or the library."""
    marked: bool
    """The marks of a manifest store stand in the bytes."""
    broken: bool
    """The walkers met damage, behind which a store could have been."""
    suspect: bool
    """A store may be there: it is marked, or the structure is broken, crowded or unknown."""


def format_of(image: Image) -> Format:
    """The format by content, and what speaks for looking closer."""
    walked, broken = bool(image.structure.blocks), bool(image.structure.problems)
    media_type = image.structure.media_type
    if media_type not in _KNOWN:
        media_type = sniff.TIFF if media_type in TIFFS else _foreign(image.data)
    marked = any(mark in image.data for mark in MARKS)
    return Format(
        media_type=media_type,
        readable=walked or bool(media_type),
        marked=marked,
        broken=broken,
        suspect=marked or broken or not walked or len(image.structure.blocks) > _CROWDED,
    )


def _foreign(data: bytes) -> str:
    """Formats that this program shows nothing of, and in which the library reads credentials all the same."""
    if data[4:8] in (b"ftyp", b"moov"):
        return "video/mp4"
    if b"<svg" in data[:4096]:
        return "image/svg+xml"
    return "application/pdf" if data.startswith(b"%PDF-") else ""
