"""Walks the JUMBF boxes of a manifest store (ISO/IEC 19566-5; C2PA 2.2, section 11.1) as far as its claims.

Nothing is validated here: a claim generator is what a manifest says of itself. Never raises.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...image.structure import payload
from ...model.image import Block, Image
from ...model.limits import Limits
from . import cbor

MOST_MANIFESTS = 256
_MOST_BOXES = 4096
_MOST_CLAIM_BYTES = 2**20
_MOST_THUMBNAILS = 64
_MOST_THUMBNAIL_BYTES = 2**22
_CLAIMS = ("c2pa.claim", "c2pa.claim.v2")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest by its label and the program that says it made it; "" where that cannot be read."""

    label: str
    generator: str


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """An embedded picture of a manifest: of the file itself (`claim`) or of an ingredient."""

    claim: bool
    data: bytes


def store_bytes(image: Image, stores: list[Block]) -> bytes:
    """The manifest store: its parts in file order, of which each but the first lacks the box header (JPEG)."""
    return b"".join(payload(image.data, block) for block in stores)


def manifests(store: bytes) -> tuple[Manifest, ...]:
    """The manifests in the order of the store; the last one is the active one (C2PA 2.2, section 11.1.4)."""
    found: list[Manifest] = []
    for kind, content, end in _boxes(store, 0, len(store)):
        if kind != b"jumb":
            continue
        for inner, inner_content, inner_end in _boxes(store, content, end):
            if inner == b"jumb" and len(found) < MOST_MANIFESTS:
                found.append(_manifest(store, inner_content, inner_end))
        break
    return tuple(found)


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
    for kind, content, end in _boxes(store, 0, len(store)):
        for inner, start, stop in _boxes(store, content, end) if kind == b"jumb" else ():
            held += inner == b"jumb"
            for part, first, last in _boxes(store, start, stop) if inner == b"jumb" else ():
                found = sum(1 for _ in _boxes(store, first, last)) if part == b"jumb" else 1
                written += max(0, found - 2)
            if held > limits.credential_manifests or written > limits.credential_assertions:
                return held, written
    return held, written


def _manifest(store: bytes, start: int, end: int) -> Manifest:
    label, generator = "", ""
    for kind, content, stop in _boxes(store, start, end):
        if kind == b"jumd":
            label = _label(store[content:stop])
        elif kind == b"jumb" and not generator:
            generator = _generator_in(store, content, stop)
    return Manifest(label, generator)


def _generator_in(store: bytes, start: int, end: int) -> str:
    """The claim generator, where this superbox is the claim."""
    label = ""
    for kind, content, stop in _boxes(store, start, end):
        if kind == b"jumd":
            label = _label(store[content:stop])
            if label not in _CLAIMS:
                return ""
        elif kind in (b"cbor", b"json") and label and stop - content <= _MOST_CLAIM_BYTES:
            return generator(_decoded(kind, store[content:stop]))
    return ""


def signature_box(store: bytes, label: str) -> bytes:
    """The COSE signature of the manifest with this label, as CBOR; b"" where there is none."""
    for _, content, end in _inner(store, 0, len(store), b""):
        for _, manifest, manifest_end in _inner(store, content, end, label.encode("utf-8", "replace")):
            for _, box, box_end in _inner(store, manifest, manifest_end, b"c2pa.signature"):
                found = [(start, stop) for kind, start, stop in _boxes(store, box, box_end) if kind == b"cbor"]
                return store[found[0][0] : found[0][1]][:_MOST_CLAIM_BYTES] if found else b""
    return b""


def thumbnails(store: bytes, label: str) -> tuple[Thumbnail, ...]:
    """The thumbnails among the assertions of the manifest with this label, that of the file itself first."""
    found = []
    for _, content, end in _inner(store, 0, len(store), b""):
        for _, manifest, manifest_end in _inner(store, content, end, label.encode("utf-8", "replace")):
            for _, assertions, stop in _inner(store, manifest, manifest_end, b"c2pa.assertions"):
                found += [each for each in map(_thumbnail_in(store), _inner(store, assertions, stop, b"")) if each]
    return tuple(sorted(found[:_MOST_THUMBNAILS], key=lambda each: not each.claim))


def _thumbnail_in(store: bytes) -> Callable[[tuple[bytes, int, int]], Thumbnail | None]:
    def read(box: tuple[bytes, int, int]) -> Thumbnail | None:
        parts = list(_boxes(store, box[1], box[2]))
        name = _label(store[parts[0][1] : parts[0][2]]) if parts and parts[0][0] == b"jumd" else ""
        data = next((store[start:end] for kind, start, end in parts if kind == b"bidb"), b"")
        is_one = name.startswith("c2pa.thumbnail.") and len(data) <= _MOST_THUMBNAIL_BYTES
        return Thumbnail(name.startswith("c2pa.thumbnail.claim"), data) if data and is_one else None

    return read


def _inner(data: bytes, start: int, end: int, label: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The superboxes with a label; b"" asks for any."""
    for kind, content, stop in _boxes(data, start, end):
        if kind != b"jumb":
            continue
        first = next(_boxes(data, content, stop), (b"", 0, 0))
        named = _label(data[first[1] : first[2]]) if first[0] == b"jumd" else ""
        if not label or named.encode("utf-8", "replace") == label:
            yield kind, content, stop


def generator(claim: object) -> str:
    """The program that a claim names: `claim_generator` (v1), else name and version in `claim_generator_info`."""
    if not isinstance(claim, dict):
        return ""
    said = claim.get("claim_generator")
    if isinstance(said, str) and said:
        return said
    info = claim.get("claim_generator_info")
    first = next(iter(info), None) if isinstance(info, tuple | list) else info
    if not isinstance(first, dict):
        return ""
    parts = [first.get("name"), first.get("version")]
    return " ".join(str(part) for part in parts if isinstance(part, str | int | float) and str(part))


def _decoded(kind: bytes, data: bytes) -> object:
    try:
        return cbor.decode(data) if kind == b"cbor" else json.loads(data)
    except (cbor.NotCborError, ValueError, RecursionError):
        return None


def _label(description: bytes) -> str:
    """The label of a description box: behind type (16) and toggles (1), ended by NUL (ISO/IEC 19566-5, annex B.3)."""
    if len(description) < 18 or not description[16] & 2:
        return ""
    return description[17:].split(b"\0", 1)[0][:256].decode("utf-8", "replace")


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
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
