"""Photoshop image resources (Adobe: Photoshop File Formats Specification, 2019, "Image Resource Blocks"), bounded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# "8BIM" is the specification's; the others are written by PhotoDeluxe, Elements and ImageReady in the same form.
SIGNATURES = (b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR")
# Photoshop writes about 40; a file of empty resources would otherwise become millions of objects.
MOST_RESOURCES = 2_000
_STEPS = 10_000  # tries to find one

IPTC = 0x0404
JPEG_QUALITY = 0x0406
THUMBNAIL_BGR = 0x0409
COPYRIGHT_FLAG = 0x040A
URL = 0x040B
THUMBNAIL = 0x040C
VERSION = 0x0421
EXIF = 0x0422
XMP = 0x0424
IPTC_DIGEST = 0x0425
EXIF_MARK, XMP_MARK = (b"8BIM" + number.to_bytes(2, "big") for number in (EXIF, XMP))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource: its number, name, and where its data lie in the payload."""

    number: int
    name: bytes
    offset_bytes: int
    length_bytes: int

    def data(self, payload: bytes) -> bytes:
        """The resource's bytes; `payload` is the one it was found in."""
        return payload[self.offset_bytes : self.offset_bytes + self.length_bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """What a payload holds, in its order, and what was broken or refused, each a sentence."""

    items: tuple[Resource, ...] = ()
    problems: tuple[str, ...] = ()

    def of(self, *numbers: int) -> Iterable[Resource]:
        """The resources with one of these numbers, in the payload's order."""
        return (item for item in self.items if item.number in numbers)


def is_resources(payload: bytes) -> bool:
    """Whether a payload of kind `iptc` holds resources rather than bare IIM records."""
    return payload.startswith(SIGNATURES) or payload.find(b"8BIM", 0, 64) >= 0


def resources(payload: bytes) -> Resources:
    """The resources of a payload; one that cannot be ends the walk, which goes on at the next signature."""
    found: list[Resource] = []
    problems: dict[str, None] = {}
    at, end = _next(payload, 0), len(payload)
    steps = 0
    while 0 <= at < end - 11:
        steps += 1
        if len(found) >= MOST_RESOURCES or steps > _STEPS:
            problems.setdefault(f"Of the Photoshop resources only the first {len(found):,} were read.")
            break
        if not payload.startswith(SIGNATURES, at):
            if payload[at:].strip(b"\0"):
                problems.setdefault("Between the Photoshop resources stand bytes that belong to none.")
            at = _next(payload, at)
            continue
        name_end = at + 7 + payload[at + 6]
        size_at = name_end + (name_end - at) % 2
        size, start = int.from_bytes(payload[size_at : size_at + 4], "big"), size_at + 4
        if start + size > end:
            problems.setdefault("A Photoshop resource reaches beyond the end of its block; it was refused.")
            at = _next(payload, at + 4)
            continue
        found.append(
            Resource(
                number=int.from_bytes(payload[at + 4 : at + 6], "big"),
                name=payload[at + 7 : name_end],
                offset_bytes=start,
                length_bytes=size,
            )
        )
        at = start + size + size % 2
        if size % 2 and not payload.startswith(SIGNATURES, at) and payload.startswith(SIGNATURES, at - 1):
            at -= 1  # some writers leave the padding byte out
    return Resources(items=tuple(found), problems=tuple(problems))


def _next(payload: bytes, start: int) -> int:
    return start if payload.startswith(SIGNATURES, start) else payload.find(b"8BIM", start)
