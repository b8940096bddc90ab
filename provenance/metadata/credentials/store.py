"""A manifest store as JUMBF boxes (ISO/IEC 19566-5; C2PA 2.2, section 11.1): joined, walked, counted; never raises."""

from __future__ import annotations

from collections.abc import Iterator

from ...image.containers.structure import payload
from ...model.image import Block, Image
from ...model.limits import Limits

_MOST_BOXES = 4096


def store_bytes(image: Image, stores: list[Block]) -> bytes:
    """The manifest store: its parts in file order, of which each but the first lacks the box header (JPEG)."""
    return b"".join(payload(image.data, block) for block in stores)


def beyond(data: bytes, store: bytes, limits: Limits) -> str:
    """Why a store has more in it than is read, from its boxes alone; "" where it has not.

    Where our walkers know no store (GIF, SVG), every description box in the bytes counts: each assertion has one.
    """
    held, written = _counted(store, limits) if store else (0, data.count(b"jumd"))
    if held > limits.credential_manifests:
        return f"the store holds more manifests than the limit of {limits.credential_manifests:,}"
    if written > limits.credential_assertions:
        return f"the store holds more assertions than the limit of {limits.credential_assertions:,}"
    return ""


def _counted(store: bytes, limits: Limits) -> tuple[int, int]:
    """Manifests, and boxes in the assertion stores and their like beside description and content; no further."""
    held = written = 0
    for kind, content, end in boxes(store, 0, len(store)):
        for inner, start, stop in boxes(store, content, end) if kind == b"jumb" else ():
            held += inner == b"jumb"
            for part, first, last in boxes(store, start, stop) if inner == b"jumb" else ():
                found = sum(1 for _ in boxes(store, first, last)) if part == b"jumb" else 1
                written += max(0, found - 2)
            if held > limits.credential_manifests or written > limits.credential_assertions:
                return held, written
    return held, written


def superboxes(data: bytes, start: int, end: int, label: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The superboxes with a label; b"" asks for any."""
    for kind, content, stop in boxes(data, start, end):
        if kind != b"jumb":
            continue
        first = next(boxes(data, content, stop), (b"", 0, 0))
        named = label_of(data[first[1] : first[2]]) if first[0] == b"jumd" else ""
        if not label or named.encode("utf-8", "replace") == label:
            yield kind, content, stop


def label_of(description: bytes) -> str:
    """The label of a description box: behind type (16) and toggles (1), ended by NUL (ISO/IEC 19566-5, annex B.3)."""
    if len(description) < 18 or not description[16] & 2:
        return ""
    return description[17:].split(b"\0", 1)[0][:256].decode("utf-8", "replace")


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Type, start and end of the content of each box; ends at the first that cannot be."""
    at = start
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        size, kind, content = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], at + 8
        if size == 1:
            size, content = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = end - at
        if size < content - at or at + size > end:
            return
        yield kind, content, at + size
        at += size
