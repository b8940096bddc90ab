"""The hash that binds a manifest to its file: recomputed by ourselves, and what of the file it leaves out.

C2PA 2.2, section 18.5 (data hash), 18.6 (BMFF), 18.7 (boxes). The library rejects a data hash whose exclusion does not
lie exactly on the manifest store; signers of 2023 left out everything up to the store's end, which is no change of the
picture. Whether it is one is what the recomputed hash tells.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ...image.containers import sniff
from ...model.image import Block, Image
from . import exclusions
from .formats import MARKS, TIFFS
from .library import Reading
from .signings import assertions

_ALGORITHMS = ("sha256", "sha384", "sha512")
_HASHES = ("c2pa.hash.data", "c2pa.hash.bmff", "c2pa.hash.boxes")
_MOST_RANGES = 1000
# Blocks that hold no part of the picture itself; a colour profile does, for it says what the numbers look like.
_DESCRIBING = frozenset(
    {"c2pa", "jumbf", "exif", "xmp", "xmp-extended", "iptc", "text", "comment", "jfif", "jfxx", "adobe", "mpf"}
    | {"ducky", "trailer", "tIME", "pHYs"}
    | {f"APP{number}" for number in range(16)}
)
_UNWALKED = frozenset({sniff.GIF, sniff.JXL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Which hash binds, what it leaves out beside the store, and whether ours agrees."""

    words: str = ""
    unbound_bytes: int = 0
    metadata_outside: bool = False
    picture_outside: bool = False
    """The signer left out bytes that are not known to be mere description: the hash says nothing of these."""
    recomputed: bool | None = None
    """True: our hash equals the signed one; None: not recomputed (no data hash, or ranges that cannot be)."""


def binding(image: Image, reading: Reading, *, layout: bool = False) -> Binding:
    """The binding of the active manifest, or of the nearest version before it that has one (update manifests).

    `layout`: the library objects to where the signer left bytes out; in a format that nobody here walks that may be
    anywhere. Of several hashes none is recomputed: which of them the library went by is not known.
    """
    label, found = _found(reading)
    each = [_bound(image, *one, grown=label != reading.active, layout=layout) for one in found]
    if len(each) < 2:
        return each[0] if each else Binding()
    return Binding(
        words=f"{len(each)} content hashes where one is allowed",
        unbound_bytes=max(one.unbound_bytes for one in each),
        metadata_outside=any(one.metadata_outside for one in each),
        picture_outside=any(one.picture_outside for one in each),
    )


def _bound(
    image: Image, assertion_name: str, assertion: dict[str, Any], algorithm: str, *, grown: bool, layout: bool
) -> Binding:
    if assertion_name.startswith("c2pa.hash.data"):
        bound = _data_hash(image, assertion, algorithm, grown=grown)
        unknown = layout and (not image.structure.blocks or image.structure.media_type in _UNWALKED)
        return replace(bound, picture_outside=bound.picture_outside or unknown)
    if assertion_name.startswith("c2pa.hash.bmff"):
        outside, picture = exclusions.bmff(assertion)
        return Binding(words=f"BMFF hash, {algorithm}", metadata_outside=outside, picture_outside=picture)
    outside, picture = exclusions.boxes(assertion)
    return Binding(words=f"hash of named boxes, {algorithm}", metadata_outside=outside, picture_outside=picture)


def _found(reading: Reading) -> tuple[str, list[tuple[str, dict[str, Any], str]]]:
    """Manifest, and name, content and algorithm of its hash assertions; along parents where a manifest has none."""
    label, seen = reading.active, set[str]()
    while label and label not in seen and len(seen) < 32:
        seen.add(label)
        manifest = reading.manifests.get(label)
        if not isinstance(manifest, dict):
            break
        claim = manifest.get("claim")
        usual = str(claim.get("alg") or "sha256") if isinstance(claim, dict) else "sha256"
        found = [
            (name, content, str(content.get("alg") or usual))
            for name, content in assertions(manifest)
            if name.startswith(_HASHES) and isinstance(content, dict)
        ]
        if found:
            return label, found
        label = _parent(manifest)
    return "", []


def _parent(manifest: object) -> str:
    for name, content in assertions(manifest):
        if name.startswith("c2pa.ingredient") and isinstance(content, dict):
            named = content.get("activeManifest") or content.get("c2pa_manifest")
            if content.get("relationship") == "parentOf" and isinstance(named, dict):
                return str(named.get("url", "")).removeprefix("self#jumbf=").removeprefix("/c2pa/").split("/")[0]
    return ""


def _data_hash(image: Image, assertion: dict[str, Any], algorithm: str, *, grown: bool) -> Binding:
    """`grown`: an update manifest was added since, and the store is longer than the range that was left out for it."""
    ranges = _ranges(assertion.get("exclusions"), len(image.data))
    if ranges is None or algorithm not in _ALGORITHMS:
        return Binding(words=f"data hash, {algorithm}")
    if grown:
        stores = [block for block in image.structure.blocks if block.kind == "c2pa"]
        ends = {block.offset_bytes: stores[-1].offset_bytes + stores[-1].length_bytes for block in stores[:1]}
        ranges = [(start, ends.get(start, end)) for start, end in ranges]
    digest, at = hashlib.new(algorithm), 0
    view = memoryview(image.data)
    for start, end in ranges:
        digest.update(view[at:start])
        at = end
    digest.update(view[at:])
    agrees = digest.digest() == _bytes(assertion.get("hash"))
    beside, metadata, picture = _beside_store(image, ranges)
    return Binding(
        words=f"data hash, {algorithm}",
        unbound_bytes=beside,
        metadata_outside=metadata,
        picture_outside=picture,
        recomputed=agrees,
    )


def _ranges(exclusions: object, size: int) -> list[tuple[int, int]] | None:
    """Start and end of what is left out, sorted; None where they overlap, leave the file or are too many."""
    found: list[tuple[int, int]] = []
    for each in exclusions if isinstance(exclusions, list) else []:
        start, length = (each.get("start"), each.get("length")) if isinstance(each, dict) else (None, None)
        if not isinstance(start, int) or not isinstance(length, int) or not 0 <= start <= start + length <= size:
            return None
        found.append((start, start + length))
    found.sort()
    overlap = any(first[1] > second[0] for first, second in pairwise(found))
    return None if overlap or len(found) > _MOST_RANGES else found


def _beside_store(image: Image, ranges: list[tuple[int, int]]) -> tuple[int, bool, bool]:
    """Bytes left out beside the store; whether metadata is among them; whether anything else is."""
    if not image.structure.blocks:  # an SVG: nobody here knows what lies where
        return 0, False, False
    if image.structure.media_type in _UNWALKED:
        # A format in which our walkers know no store: it is what has its marks, and the library objects if it is not.
        ranges = [(start, end) for start, end in ranges if not any(mark in image.data[start:end] for mark in MARKS)]
    if image.structure.media_type in TIFFS:  # its parts lie anywhere; a block "exif" is the whole file
        stores = [block for block in image.structure.blocks if block.kind == "c2pa"]
        beside = max(0, sum(end - start for start, end in ranges) - sum(block.length_bytes for block in stores))
        return (beside, beside > _SLACK, beside > _SLACK)
    beside, metadata, described = 0, False, 0
    for start, end in ranges:
        beside += end - start
        for block in image.structure.blocks:
            within = _overlap(block, start, end)
            if within and block.kind == "c2pa":
                beside -= within
            elif within and block.kind in _DESCRIBING:
                metadata, described = True, described + within
    beside = max(0, beside)
    return beside, metadata, beside - described > _SLACK


_SLACK = 16
"""Bytes between blocks that belong to none: the start of a file, a chunk's length and check sum."""


def _overlap(block: Block, start: int, end: int) -> int:
    return max(0, min(end, block.offset_bytes + block.length_bytes) - max(start, block.offset_bytes))


def _bytes(value: object) -> bytes:
    """A byte string of the library's JSON: base64, or a list of numbers."""
    try:
        if isinstance(value, str):
            return base64.b64decode(value, validate=True)
        return bytes(value) if isinstance(value, list) else b""
    except (binascii.Error, ValueError, TypeError):
        return b""
