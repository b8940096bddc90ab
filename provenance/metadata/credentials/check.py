"""Check "credentials": validates the C2PA manifest store of a file, offline, under each pinned trust list in turn.

What the library answers is read into the states of docs/checks.md: codes.py tells trust, time and damage apart,
binding.py recomputes the content hash, chain.py walks every ancestor. Whether a file holds a store at all is told
without the library, so that "not checked" is never "none".
"""

from __future__ import annotations

import hashlib

from ...model.context import Context
from ...model.evidence import Credential, CredentialFlag, CredentialState, Signing
from ...model.image import Image
from ...model.outcome import Outcome, Ran, Skipped
from ...model.text import visible
from . import library, lists
from .binding import Binding, binding
from .certificate import ends
from .chain import Chain, chain
from .codes import failures, ingredient_failures, of_form, of_layout, state, vouched
from .formats import format_of
from .library import NoReading, Reading
from .lists import TrustList
from .manifests import signature_box, store_bytes
from .presence import NONE, SOURCE, embedded, host_of, remote_hosts
from .thumbnails import likenesses

METHOD = "credentials"
CLOCK = "Certificates are held against the clock of this machine, whatever time the report states."
NOT_THE_SCENE = "A signature proves who signed these bytes, not that scene, place or date are as described."
NAMES_ARE_FREE = "Names in a certificate are chosen by whoever issued it."
PADDING = (
    "Bytes inside the manifest store that carry nothing, its padding, are under no hash; the file's own sha256 is."
)
# Where these hold, no hash binds anything to this file, and what it leaves out lies wherever it may.
_UNBOUND = (CredentialState.CONTENT_CHANGED, CredentialState.MANIFEST_DAMAGED)
_SOUND = (CredentialState.TRUSTED, CredentialState.VALID_UNTRUSTED, CredentialState.EXPIRED_UNPROVEN_TIME)
# The best that any list says counts; what speaks of changed bytes is the same under all of them.
_BEST = (
    CredentialState.CONTENT_CHANGED,
    CredentialState.MANIFEST_DAMAGED,
    CredentialState.LAYOUT_NONCONFORMING,
    CredentialState.UNREADABLE,
    CredentialState.TRUSTED,
    CredentialState.VALID_UNTRUSTED,
    CredentialState.EXPIRED_UNPROVEN_TIME,
)


def check(image: Image, context: Context) -> Outcome:
    """One Credential for a store or a remote reference; an empty Ran where there is neither."""
    kind, hosts = format_of(image), remote_hosts(image, context.limits)
    stores = embedded(image)
    if not kind.readable and not stores and not hosts:
        reason = "the structure of this file cannot be read"
        return Skipped(reason=reason, remedy="ask for the original file, or open it with a C2PA program")
    if not kind.suspect and not stores and not hosts:
        return Ran(note=NONE)
    if not kind.media_type and not kind.marked and not stores and not hosts:
        return Ran(note=NONE)
    if not kind.media_type:
        return Ran(
            evidence=(_unread(image, CredentialState.UNSUPPORTED, "no reader knows credentials in this format"),)
        )
    if sum(block.payload_length_bytes for block in stores) > context.limits.credential_bytes:
        return Ran(
            evidence=(_unread(image, CredentialState.UNREADABLE, "the manifest store is larger than the limit"),)
        )
    if not library.installed():
        if not stores and not hosts and image.structure.blocks and not kind.broken and not kind.marked:
            return Ran(note=NONE)
        return Skipped(reason=library.MISSING, remedy=library.REMEDY)
    return _validated(image, context, kind.media_type, hosts)


def _validated(image: Image, context: Context, media_type: str, hosts: list[str]) -> Outcome:
    asked = lists.asked(context)
    answers = [library.read(image.data, media_type, asked[0], context.limits)]
    if isinstance(answers[0], Reading):  # what is no reading under one list is none under any
        answers += [library.read(image.data, media_type, each, context.limits) for each in asked[1:]]
    readings = [answer for answer in answers if isinstance(answer, Reading)]
    if readings:
        answered = tuple(reading.trust_list for reading in readings)
        failed = tuple(each.name for each in asked if each not in answered)
        return Ran(evidence=(_credential(image, context, readings, failed),))
    refused = next((answer for answer in answers if isinstance(answer, NoReading)), None)
    if refused is not None and refused.remote:
        return Ran(evidence=(_remote(host_of(refused.remote) or refused.remote),))
    if refused is not None and not embedded(image) and refused.unsupported and image.structure.blocks:
        return Ran(note=NONE)
    if refused is not None:
        kind = CredentialState.UNSUPPORTED if refused.unsupported else CredentialState.UNREADABLE
        return Ran(evidence=(_unread(image, kind, visible(refused.reason)),))
    if embedded(image):
        reason = "a manifest store stands in the file's structure, and the library finds none"
        return Ran(evidence=(_unread(image, CredentialState.UNREADABLE, reason),))
    if hosts:
        return Ran(evidence=(_remote(hosts[0]),))
    if b"c2pa.claim" in image.data:
        reason = "the marks of a manifest stand in the bytes, and no store where this format keeps one"
        return Ran(evidence=(_unread(image, CredentialState.UNREADABLE, reason),))
    return Ran(note=NONE)


def _credential(image: Image, context: Context, readings: list[Reading], failed: tuple[str, ...]) -> Credential:
    asked, bound = tuple(reading.trust_list for reading in readings), binding(image, readings[0])
    layout = any(of_layout(status) for status in failures(readings[0]))
    # Where the library asks about the layout, a match counts only if what was left out is not part of the picture.
    recomputed = bound.recomputed if layout and not bound.picture_outside else None
    states = [state(reading, recomputed=recomputed) for reading in readings]
    best = min(states, key=_BEST.index)
    reading = readings[states.index(best)]
    if bound.picture_outside and (best in _SOUND or (layout and bound.recomputed)):
        return _unread(image, CredentialState.UNREADABLE, "the signed hash leaves parts of the picture out")
    if bound.recomputed is False and best in _SOUND:
        return _unread(image, CredentialState.UNREADABLE, "the library and the hash recomputed here disagree")
    vouching = next((each for each in readings if vouched(each)), None)
    walked = chain(reading, context.limits)
    return Credential(
        source=SOURCE,
        method=METHOD,
        statement=_statement(best),
        limits=(
            *_limits(context, asked, walked, best),
            *(f"The {name} could not be read and was not asked." for name in failed),
        ),
        state=best,
        flags=_flags(walked, outside=bound.metadata_outside and best not in _UNBOUND),
        active=walked.active,
        ancestors=walked.ancestors,
        lists=lists.used(asked, vouching.trust_list if vouching else None),
        codes=tuple(dict.fromkeys(status["code"] for status in failures(reading))),
        reason=_reason(reading, bound, layout),
        expired=_ended(image, reading) if best is CredentialState.EXPIRED_UNPROVEN_TIME else "",
        binding=f"{bound.words}{_agreement(bound)}",
        unbound_bytes=bound.unbound_bytes,
        likenesses=() if best is CredentialState.MANIFEST_DAMAGED else likenesses(image, reading.active),
        store_sha256=_store_sha256(image),
        reader=library.version(),
    )


def _statement(best: CredentialState) -> str:
    return {
        CredentialState.TRUSTED: "Signature and content hash of the manifest match, and a list names the signer.",
        CredentialState.VALID_UNTRUSTED: "Signature and content hash of the manifest match; no list names the signer.",
        CredentialState.EXPIRED_UNPROVEN_TIME: "Signature and content hash of the manifest match; its "
        "certificate has run out, and no time-stamp on a list shows that it was made before.",
        CredentialState.LAYOUT_NONCONFORMING: "The signed hash matches the bytes it covers; it leaves out more than "
        "the manifest store.",
        CredentialState.UNREADABLE: "Signature and hashes match, and the manifest breaks rules of how it is written.",
        CredentialState.CONTENT_CHANGED: "The signed content hash does not match the bytes of the file.",
        CredentialState.MANIFEST_DAMAGED: "Signature or hashes inside the manifest store do not match.",
    }[best]


def _flags(walked: Chain, *, outside: bool) -> tuple[CredentialFlag, ...]:
    told = {
        CredentialFlag.ANCESTOR_FAILED: any(ancestor.failures for ancestor in walked.ancestors),
        CredentialFlag.AI_DECLARED: walked.ai_declared,
        CredentialFlag.REDACTED: walked.redacted,
        CredentialFlag.METADATA_OUTSIDE_BINDING: outside,
        CredentialFlag.IDENTITY_NOT_CHECKED: walked.identity,
    }
    return tuple(flag for flag, there in told.items() if there)


def _limits(context: Context, asked: tuple[TrustList, ...], walked: Chain, best: CredentialState) -> tuple[str, ...]:
    more = f"More than {context.limits.ancestors} ancestors; the rest were not walked." if walked.left_out else ""
    names = "" if best is CredentialState.TRUSTED else NAMES_ARE_FREE
    told = (NOT_THE_SCENE, names, more, *lists.stale(asked, context.now.date()), CLOCK, PADDING)
    return tuple(filter(None, told))


def _reason(reading: Reading, bound: Binding, layout: bool) -> str:
    if layout and bound.recomputed:
        return "the library rejects where the signer's exclusion lies; the hash recomputed here matches"
    broken = of_form(status["code"] for status in failures(reading))
    if broken:
        return f"signature and hashes match, and the manifest breaks rules of how it is written ({', '.join(broken)})"
    if ingredient_failures(reading):
        return "a record of an earlier version inside the store does not match what was signed"
    return ""


def _agreement(bound: Binding) -> str:
    if bound.recomputed is None:
        return ""
    return ", recomputed here: matches" if bound.recomputed else ", recomputed here: differs"


def _ended(image: Image, reading: Reading) -> str:
    return ends(signature_box(store_bytes(image, embedded(image)), reading.active))


def _store_sha256(image: Image) -> str:
    stores = embedded(image)
    return hashlib.sha256(store_bytes(image, stores)).hexdigest() if stores else ""


def _unread(image: Image, kind: CredentialState, reason: str) -> Credential:
    there = "a manifest store is there" if embedded(image) else "whether there is a manifest store is not known"
    return Credential(
        source=SOURCE,
        method=METHOD,
        statement=f"Content Credentials of this file could not be read; {there}.",
        limits=("Nothing follows from this about the picture.",),
        state=kind,
        reason=reason,
        store_sha256=_store_sha256(image),
    )


def _remote(host: str) -> Credential:
    shown = visible(host, limit=253)
    return Credential(
        source=SOURCE,
        method=METHOD,
        statement="The file names a place on the network for its credentials; it was not asked.",
        limits=("Asking would tell that host which picture is being checked.",),
        state=CredentialState.REMOTE_REFERENCE,
        active=Signing(manifest=""),
        host=shown,
    )
