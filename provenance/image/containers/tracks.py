"""The tracks of a HEIF or AVIF sequence: size and number of pictures (ISO/IEC 14496-12, sections 8.3.2 and 8.7.3)."""

from __future__ import annotations

from .boxes import Box, boxes
from .fields import Fields
from .listing import Listing

_MOST_TRACKS = 32


def walk_tracks(listing: Listing, moov: Box) -> tuple[tuple[int, int], int]:
    """Width and height of the first track that has any, and its number of samples; zeros where there is none."""
    tracks = 0
    for track in boxes(listing, moov.content, moov.end):
        tracks += track.code == b"trak"
        if track.code != b"trak" or tracks > _MOST_TRACKS:
            continue
        size_px, samples = (0, 0), 0
        for part in boxes(listing, track.content, track.end):
            if part.code == b"tkhd":
                size_px = _size(listing, part)
            elif part.code == b"mdia":
                samples = _samples(listing, part)
        if all(size_px):
            return size_px, samples
    return (0, 0), 0


def _size(listing: Listing, header: Box) -> tuple[int, int]:
    """The last eight bytes of a track header: width and height as 16.16 fixed point."""
    if header.end - header.content < 84:
        return 0, 0
    fields = Fields(listing.data, header.end - 8, header.end)
    return fields.number(4) >> 16, fields.number(4) >> 16


def _samples(listing: Listing, media: Box) -> int:
    """The count in `stsz` (or `stz2`), three boxes down."""
    inside = media
    for code in (b"minf", b"stbl"):
        found = next((box for box in boxes(listing, inside.content, inside.end) if box.code == code), None)
        if found is None:
            return 0
        inside = found
    for box in boxes(listing, inside.content, inside.end):
        if box.code in (b"stsz", b"stz2"):
            return Fields(listing.data, box.content + 8, box.end).number(4)
    return 0
