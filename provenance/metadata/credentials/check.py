"""Check "credentials": whether the file's structure holds or points to a C2PA manifest store. It validates nothing.

C2PA specification 2.1: section 11.1 (manifest store in JUMBF), appendix A.3 (where formats keep it), section 11.4
(remote manifests, named in XMP dcterms:provenance).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from ...image.structure import payload
from ...model.context import Context
from ...model.evidence import Trace
from ...model.image import Block, Image
from ...model.limits import Limits
from ...model.outcome import Outcome, Ran, Skipped
from ...model.source import Source, SourceKind
from ...model.text import visible
from ..xmp.packet import DUBLIN_CORE_TERMS, packet_text, property_value

METHOD = "credentials"
SOURCE = Source(kind=SourceKind.FILE, name="the file's structure", origin="file")
UNREAD = "Not validated: this version reads no signatures."
_PACKETS = 50


def check(image: Image, context: Context) -> Outcome:
    """One Trace for an embedded manifest store and one for a remote reference; an empty Ran when there is neither."""
    if not image.structure.blocks:
        reason = "the structure of this file cannot be read"
        return Skipped(reason=reason, remedy="ask for the original file, or open it with a C2PA program")
    stores = [block for block in image.structure.blocks if block.kind == "c2pa"]
    found = [_embedded(stores)] if stores else []
    found += [_remote(host) for host in _hosts(image, context.limits)]
    if found:
        return Ran(evidence=tuple(found))
    note = (
        "no C2PA manifest store in the file's structure; platforms strip them, so this says nothing about the picture"
    )
    return Ran(note=note)


def _embedded(stores: list[Block]) -> Trace:
    length_bytes = sum(block.payload_length_bytes for block in stores)
    where = ", ".join(f"{block.offset_bytes:,}" for block in stores[:4]) + (", ..." if len(stores) > 4 else "")
    parts = "1 part" if len(stores) == 1 else f"{len(stores)} parts"
    return Trace(
        source=SOURCE,
        statement=f"The file holds a C2PA manifest store of {length_bytes:,} bytes in {parts}, at byte {where}.",
        method=METHOD,
        limits=(UNREAD, "A manifest store can be copied from another file; only its signatures and hashes tell."),
        topic="credentials",
        value=f"embedded manifest store, {length_bytes} bytes in {parts}",
    )


def _remote(host: str) -> Trace:
    return Trace(
        source=SOURCE,
        statement="The file's XMP names a place on the network for its C2PA manifest store; it was not fetched.",
        method=METHOD,
        limits=(UNREAD, "Asking for it would tell that host which picture is being checked."),
        topic="credentials",
        value=f"remote manifest store at {visible(host, limit=253)}",
    )


def _hosts(image: Image, limits: Limits) -> list[str]:
    """The hosts that XMP dcterms:provenance names, once each; references within the file name none."""
    hosts: dict[str, None] = {}
    for block in [block for block in image.structure.blocks if block.kind == "xmp"][:_PACKETS]:
        text, _ = packet_text(payload(image.data, block), limits)
        reference = property_value(text, DUBLIN_CORE_TERMS, "provenance")
        try:
            address = urlsplit(reference)
        except ValueError:
            continue
        if address.scheme in ("http", "https") and address.hostname:
            hosts.setdefault(address.hostname)
    return list(hosts)
