"""Further parts that a file's XMP says stand behind the picture, against what stands there: a film, a gain map.

Google: Motion Photo format 1.0 and its forerunner, MicroVideo; "GContainer" metadata, also of Ultra HDR 1.1. Lengths
count from the end of the file: a part is where it is stated to be only while nobody appended or cut off bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...model.evidence import Fact
from ...model.image import Block, Image
from ...model.limits import Limits
from ...model.text import visible
from ..xmp.packets import Packet, packets
from .cite import fact

_MICRO, _DIRECTORY = "GCamera:MicroVideoOffset", "Container:Directory"
_MOST = 8
_FILM = ("video/", "film", 4, b"ftyp")
_KINDS = (_FILM, ("image/jpeg", "JPEG", 0, b"\xff\xd8\xff"))
_LIMITS = ("Platforms and programs cut such parts off or move them, and anybody can write the XMP.",)


class Stated(NamedTuple):
    """One part as a packet states it: its length, and how many bytes before the end of the file it begins."""

    packet: Packet
    media_type: str
    length_bytes: int
    behind_bytes: int


def stated_parts(image: Image, limits: Limits) -> Iterator[Fact]:
    """A fact for each part with a length, saying whether one of its kind begins where it must."""
    for one in stated(image, limits):
        yield _told(image, *one)


def stated_films(image: Image, limits: Limits) -> Iterator[tuple[Block, int, int]]:
    """The films that begin where they are stated to: the packet's block, their first byte and their end."""
    begin, _, at, sign = _FILM
    for one in stated(image, limits):
        start = len(image.data) - one.behind_bytes
        if one.media_type.startswith(begin) and start >= 0 and image.data.startswith(sign, start + at):
            yield one.packet.block, start, start + one.length_bytes


def stated(image: Image, limits: Limits) -> Iterator[Stated]:
    """Every part with a length that a packet of the file states."""
    for packet in packets(image, limits):
        found = {one.path: one.value for one in packet.properties if one.path.startswith((_MICRO, _DIRECTORY))}
        if not found:
            continue
        behind = _number(found.get(_MICRO, ""))
        if behind:
            yield Stated(packet, "video/mp4", behind, behind)
        listed = [_item(found, number) for number in range(1, _MOST + 1)]
        for place, (media_type, length) in enumerate(listed):
            if place and media_type and length:  # the first is the picture itself
                yield Stated(packet, media_type, length, sum(one[1] for one in listed[place:]))


def _item(found: dict[str, str], number: int) -> tuple[str, int]:
    """Media type and length in bytes of a part; its place is the order of the list."""
    root = f"{_DIRECTORY}[{number}]"
    for inner in (f"{root}/Container:Item", root):
        if media_type := found.get(f"{inner}/Item:Mime", ""):
            return media_type, _number(found.get(f"{inner}/Item:Length", ""))
    return "", 0


def _told(image: Image, packet: Packet, media_type: str, length: int, behind: int) -> Fact:
    start = len(image.data) - behind
    name = next((words for begin, words, _, _ in _KINDS if media_type.startswith(begin)), "part")
    stated = f"The file's XMP states a {name} of {length:,} bytes, {behind:,} bytes before the end of the file"
    if start < 0:
        said = "the file is shorter than that"
    elif any(image.data.startswith(sign, start + at) for begin, _, at, sign in _KINDS if media_type.startswith(begin)):
        said = f"a {name} begins there"
    else:
        said = f"no {name} begins there" if name != "part" else "what begins there is of no kind known here"
    return fact(
        image,
        "file.stated",
        f"{visible(media_type, limit=40)}, {length} bytes",
        f"{name} of {length:,} bytes{f' at {start:,}' if start >= 0 else ''}: {said}",
        packet.block,
        notes=_LIMITS,
        statement=f"{stated}; {said}.",
    )


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else 0
