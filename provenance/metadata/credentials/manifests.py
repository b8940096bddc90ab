"""Walks the JUMBF boxes of a manifest store (ISO/IEC 19566-5; C2PA 2.2, section 11.1) as far as its claims.

Nothing is validated here: a claim generator is what a manifest says of itself. Never raises.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from . import cbor
from .store import boxes, label_of, superboxes

MOST_MANIFESTS = 256
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


def manifests(store: bytes) -> tuple[Manifest, ...]:
    """The manifests in the order of the store; the last one is the active one (C2PA 2.2, section 11.1.4)."""
    found: list[Manifest] = []
    for kind, content, end in boxes(store, 0, len(store)):
        if kind != b"jumb":
            continue
        for inner, inner_content, inner_end in boxes(store, content, end):
            if inner == b"jumb" and len(found) < MOST_MANIFESTS:
                found.append(_manifest(store, inner_content, inner_end))
        break
    return tuple(found)


def _manifest(store: bytes, start: int, end: int) -> Manifest:
    label, generator = "", ""
    for kind, content, stop in boxes(store, start, end):
        if kind == b"jumd":
            label = label_of(store[content:stop])
        elif kind == b"jumb" and not generator:
            generator = _generator_in(store, content, stop)
    return Manifest(label, generator)


def _generator_in(store: bytes, start: int, end: int) -> str:
    """The claim generator, where this superbox is the claim."""
    label = ""
    for kind, content, stop in boxes(store, start, end):
        if kind == b"jumd":
            label = label_of(store[content:stop])
            if label not in _CLAIMS:
                return ""
        elif kind in (b"cbor", b"json") and label and stop - content <= _MOST_CLAIM_BYTES:
            return generator(_decoded(kind, store[content:stop]))
    return ""


def signature_box(store: bytes, label: str) -> bytes:
    """The COSE signature of the manifest with this label, as CBOR; b"" where there is none."""
    for _, content, end in superboxes(store, 0, len(store), b""):
        for _, manifest, manifest_end in superboxes(store, content, end, label.encode("utf-8", "replace")):
            for _, box, box_end in superboxes(store, manifest, manifest_end, b"c2pa.signature"):
                found = [(start, stop) for kind, start, stop in boxes(store, box, box_end) if kind == b"cbor"]
                return store[found[0][0] : found[0][1]][:_MOST_CLAIM_BYTES] if found else b""
    return b""


def thumbnails(store: bytes, label: str) -> tuple[Thumbnail, ...]:
    """The thumbnails among the assertions of the manifest with this label, that of the file itself first."""
    found = []
    for _, content, end in superboxes(store, 0, len(store), b""):
        for _, manifest, manifest_end in superboxes(store, content, end, label.encode("utf-8", "replace")):
            for _, assertions, stop in superboxes(store, manifest, manifest_end, b"c2pa.assertions"):
                found += [each for each in map(_thumbnail_in(store), superboxes(store, assertions, stop, b"")) if each]
    return tuple(sorted(found[:_MOST_THUMBNAILS], key=lambda each: not each.claim))


def _thumbnail_in(store: bytes) -> Callable[[tuple[bytes, int, int]], Thumbnail | None]:
    def read(box: tuple[bytes, int, int]) -> Thumbnail | None:
        parts = list(boxes(store, box[1], box[2]))
        name = label_of(store[parts[0][1] : parts[0][2]]) if parts and parts[0][0] == b"jumd" else ""
        data = next((store[start:end] for kind, start, end in parts if kind == b"bidb"), b"")
        is_one = name.startswith("c2pa.thumbnail.") and len(data) <= _MOST_THUMBNAIL_BYTES
        return Thumbnail(name.startswith("c2pa.thumbnail.claim"), data) if data and is_one else None

    return read


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
