"""Check "manifest-store": whether the file's structure holds or points to a C2PA manifest store. It validates nothing.

C2PA specification 2.2: section 11.1 (manifest store in JUMBF), appendix A (where formats keep it), section 11.4
(remote manifests, named in XMP dcterms:provenance).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from ...model.context import Context
from ...model.evidence import Evidence, Fact, Trace
from ...model.image import Block, Image
from ...model.limits import Limits
from ...model.outcome import Outcome, Ran, Skipped
from ...model.source import FILE_STRUCTURE
from ...model.text import visible
from ..facts import fact_of
from ..xmp.packets import values
from .manifests import Manifest, manifests
from .store import store_bytes

METHOD = "manifest-store"
UNVALIDATED = "Its presence says nothing about its signatures."
SAYS_ITSELF = "What the manifest says of itself; anybody can write it, and no signature was validated to read it."
NONE = "no C2PA manifest store in the file's structure; platforms strip them, so this says nothing about the picture"
_PROVENANCE = "dcterms:provenance"
_GENERATORS = 16


def check(image: Image, context: Context) -> Outcome:
    """A Trace for an embedded manifest store, with the generators it names, and one for each remote reference."""
    if not image.structure.blocks:
        reason = "the structure of this file cannot be read"
        return Skipped(reason=reason, remedy="ask for the original file, or open it with a C2PA program")
    stores = embedded(image)
    found: list[Evidence] = [_embedded(stores)] if stores else []
    found += _generators(image, stores, context.limits)
    found += [_remote(host) for host in remote_hosts(image, context.limits)]
    return Ran(evidence=tuple(found)) if found else Ran(note=NONE)


def embedded(image: Image) -> list[Block]:
    """The parts of the manifest store, in file order."""
    return [block for block in image.structure.blocks if block.kind == "c2pa"]


def _embedded(stores: list[Block]) -> Trace:
    length_bytes = sum(block.payload_length_bytes for block in stores)
    where = ", ".join(f"{block.offset_bytes:,}" for block in stores[:4]) + (", ..." if len(stores) > 4 else "")
    parts = "1 part" if len(stores) == 1 else f"{len(stores)} parts"
    return Trace(
        source=FILE_STRUCTURE,
        statement=f"The file holds a C2PA manifest store of {length_bytes:,} bytes in {parts}, at byte {where}.",
        method=METHOD,
        limits=(UNVALIDATED, "A manifest store can be copied from another file; only its signatures and hashes tell."),
        topic="credentials",
        value=f"embedded manifest store, {length_bytes} bytes in {parts}",
    )


def _generators(image: Image, stores: list[Block], limits: Limits) -> list[Fact]:
    """The program that each manifest names, in the order of the store, in which the last manifest is the active one."""
    if not stores or sum(block.payload_length_bytes for block in stores) > limits.credential_bytes:
        return []
    found = manifests(store_bytes(image, stores))
    return [
        _generator(stores[0], manifest, active=manifest is found[-1])
        for manifest in found[-_GENERATORS:]
        if manifest.generator
    ]


def _generator(block: Block, manifest: Manifest, *, active: bool) -> Fact:
    whose = "The active manifest" if active else "An earlier manifest"
    return fact_of(
        block,
        source=FILE_STRUCTURE,
        method=METHOD,
        statement=f"{whose} of the store names the program that made it.",
        key="c2pa.generator" if active else "c2pa.generator.earlier",
        raw=manifest.generator,
        normal=manifest.generator.strip(),
        notes=(SAYS_ITSELF,),
    )


def _remote(host: str) -> Trace:
    return Trace(
        source=FILE_STRUCTURE,
        statement="The file's XMP names a place on the network for its C2PA manifest store; it was not fetched.",
        method=METHOD,
        limits=(UNVALIDATED, "Asking for it would tell that host which picture is being checked."),
        topic="credentials",
        value=f"remote manifest store at {visible(host, limit=253)}",
    )


def remote_hosts(image: Image, limits: Limits) -> list[str]:
    """The hosts that XMP dcterms:provenance names, once each; references within the file name none."""
    hosts = dict.fromkeys(host_of(reference) for reference in values(image, limits, _PROVENANCE))
    return [host for host in hosts if host]


def host_of(reference: str) -> str:
    """The host of a web address; "" for everything else."""
    try:
        address = urlsplit(reference)
        host = address.hostname or ""
    except ValueError:
        return ""
    return host if address.scheme in ("http", "https") else ""
