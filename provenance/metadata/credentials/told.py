"""What a Credential says of itself: its one sentence, what it cannot show, and the two that stand for no reading."""

from __future__ import annotations

import hashlib

from ...model.context import Context
from ...model.credentials import Credential, CredentialFlag, CredentialState, Signing
from ...model.image import Image
from ...model.source import FILE_STRUCTURE
from ...model.text import visible
from . import lists
from .binding import Binding
from .chain import Chain
from .codes import failures, inconclusive, ingredient_failures
from .library import Reading
from .lists import TrustList
from .presence import embedded
from .store import store_bytes

METHOD = "credentials"
CLOCK = "Certificates are held against the clock of this machine, whatever time the report states."
NOT_THE_SCENE = "A signature proves who signed these bytes, not that scene, place or date are as described."
NAMES_ARE_FREE = "Names in a certificate are chosen by whoever issued it."
PADDING = (
    "Bytes inside the manifest store that carry nothing, its padding, are under no hash; the file's own sha256 is."
)


def statement(best: CredentialState) -> str:
    """What was observed, in one sentence."""
    return {
        CredentialState.TRUSTED: "Signature and content hash of the manifest match, and a list names the signer.",
        CredentialState.VALID_UNTRUSTED: "Signature and content hash of the manifest match; no list names the signer.",
        CredentialState.EXPIRED_UNPROVEN_TIME: "Signature and content hash of the manifest match; its "
        "certificate has run out, and no time-stamp on a list shows that it was made before.",
        CredentialState.LAYOUT_NONCONFORMING: "The signed hash matches the bytes it covers; it leaves out more than "
        "the manifest store.",
        CredentialState.UNREADABLE: "Nothing that was met speaks of changed bytes, and the manifest was not "
        "validated in full.",
        CredentialState.CONTENT_CHANGED: "The signed content hash does not match the bytes of the file.",
        CredentialState.MANIFEST_DAMAGED: "Signature or hashes inside the manifest store do not match.",
    }[best]


def flags(walked: Chain, *, outside: bool) -> tuple[CredentialFlag, ...]:
    """The flags in their fixed order; `outside`: metadata lie outside a binding that holds."""
    told = {
        CredentialFlag.ANCESTOR_FAILED: walked.failed,
        CredentialFlag.AI_DECLARED: walked.ai_declared,
        CredentialFlag.REDACTED: walked.redacted,
        CredentialFlag.METADATA_OUTSIDE_BINDING: outside,
        CredentialFlag.IDENTITY_NOT_CHECKED: walked.identity,
    }
    return tuple(flag for flag, there in told.items() if there)


def limits(context: Context, asked: tuple[TrustList, ...], walked: Chain, best: CredentialState) -> tuple[str, ...]:
    """What a Credential cannot show, and what of the lists a reader must know."""
    more = f"Of the ancestors {walked.left_out}; all were looked at." if walked.left_out else ""
    names = "" if best is CredentialState.TRUSTED else NAMES_ARE_FREE
    told = (NOT_THE_SCENE, names, more, *lists.stale(asked, context.now.date()), CLOCK, PADDING)
    return tuple(filter(None, told))


def why(reading: Reading, bound: Binding, layout: bool) -> str:
    """What a state rests on, where its word alone does not say it; "" otherwise."""
    if layout and bound.recomputed:
        return "the library rejects where the signer's exclusion lies; the hash recomputed here matches"
    broken = inconclusive(status["code"] for status in failures(reading))
    if broken:
        return f"the library objects to something that speaks of no changed bytes ({', '.join(broken[:8])})"
    if ingredient_failures(reading):
        return "a record of an earlier version inside the store does not match what was signed"
    return ""


def agreement(bound: Binding) -> str:
    """Whether the hash recomputed here agrees, to stand behind the words for the binding."""
    if bound.recomputed is None:
        return ""
    return ", recomputed here: matches" if bound.recomputed else ", recomputed here: differs"


def store_sha256(image: Image) -> str:
    """Digest of the manifest store as it lies in the file; "" without one."""
    stores = embedded(image)
    return hashlib.sha256(store_bytes(image, stores)).hexdigest() if stores else ""


def unread(image: Image, kind: CredentialState, reason: str) -> Credential:
    """The Credential of a file from which nothing could be read."""
    there = "a manifest store is there" if embedded(image) else "whether there is a manifest store is not known"
    return Credential(
        source=FILE_STRUCTURE,
        method=METHOD,
        statement=f"Content Credentials of this file could not be read; {there}.",
        limits=("Nothing follows from this about the picture.",),
        state=kind,
        reason=reason,
        store_sha256=store_sha256(image),
    )


def remote(host: str) -> Credential:
    """The Credential of a file that names a host for its manifest."""
    shown = visible(host, limit=253)
    return Credential(
        source=FILE_STRUCTURE,
        method=METHOD,
        statement="The file names a place on the network for its credentials; it was not asked.",
        limits=("Asking would tell that host which picture is being checked.",),
        state=CredentialState.REMOTE_REFERENCE,
        active=Signing(manifest=""),
        host=shown,
    )
