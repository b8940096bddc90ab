"""Check "credentials": validates the C2PA manifest store of a file, offline, under each pinned trust list in turn.

What the library answers is read into the states of docs/checks.md: codes.py tells trust, time and damage apart,
binding.py recomputes the content hash, chain.py walks every ancestor. Whether a file holds a store at all is told
without the library, so that "not checked" is never "none".
"""

from __future__ import annotations

import time
from datetime import datetime

from ...image.containers.tiff_form import entries_of_first
from ...model.context import Context
from ...model.credentials import Credential, CredentialState
from ...model.image import Image
from ...model.limits import Limits
from ...model.outcome import Outcome, Ran, Skipped
from ...model.source import FILE_STRUCTURE
from ...model.text import visible
from . import apart, library, lists, told
from .binding import binding
from .capture import dated
from .certificate import ends
from .chain import Chain, chain
from .codes import failures, of_layout, state, vouched
from .formats import TIFFS, format_of
from .library import NoReading, Reading
from .manifests import signature_box
from .presence import NONE, embedded, host_of, remote_hosts
from .signings import stamp
from .store import beyond, store_bytes
from .thumbnails import likenesses
from .told import METHOD, agreement, flags, remote, statement, store_sha256, unread, why

# Where these hold, no hash binds anything to this file, and what it leaves out lies wherever it may.
_UNBOUND = (CredentialState.CONTENT_CHANGED, CredentialState.MANIFEST_DAMAGED)
_SOUND = (CredentialState.TRUSTED, CredentialState.VALID_UNTRUSTED, CredentialState.EXPIRED_UNPROVEN_TIME)
# The library asks for the entries of a TIFF a few bytes at a time, 8 microseconds each; a program writes some dozens.
_ENTRIES = 5_000
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
        return Ran(evidence=(unread(image, CredentialState.UNSUPPORTED, "no reader knows credentials in this format"),))
    if sum(block.payload_length_bytes for block in stores) > context.limits.credential_bytes:
        return Ran(evidence=(unread(image, CredentialState.UNREADABLE, "the manifest store is larger than the limit"),))
    if not library.installed():
        if not stores and not hosts and image.structure.blocks and not kind.broken and not kind.marked:
            return Ran(note=NONE)
        return Skipped(reason=library.MISSING, remedy=library.REMEDY)
    if reason := library.trouble():
        return Skipped(reason=reason, remedy=library.REMEDY)
    if reason := _crowded(image) or beyond(image.data, store_bytes(image, stores), context.limits):
        return Ran(evidence=(unread(image, CredentialState.UNREADABLE, reason),))
    return _validated(image, context, kind.media_type, hosts)


def _crowded(image: Image) -> str:
    """Why a TIFF with a directory of no camera's or program's length is not read; "" for any other file."""
    entries = entries_of_first(image.data) if image.structure.media_type in TIFFS else 0
    told = f"its directory announces {entries:,} entries, more than the limit of {_ENTRIES:,}"
    return told if entries > _ENTRIES else ""


def _validated(image: Image, context: Context, media_type: str, hosts: list[str]) -> Outcome:
    asked = lists.asked(context)
    answers = _answers(image, media_type, asked, context.limits)
    late = next((answer for answer in answers if isinstance(answer, NoReading) and answer.late), None)
    if late is not None:
        return Ran(evidence=(unread(image, CredentialState.UNREADABLE, late.reason),))
    readings = [answer for answer in answers if isinstance(answer, Reading)]
    if readings:
        answered = tuple(reading.trust_list for reading in readings)
        failed = tuple(each.name for each in asked if each not in answered)
        credential, reading = _credential(image, context, readings, failed)
        return Ran(evidence=(credential, *dated(credential, reading, context.now)))
    refused = next((answer for answer in answers if isinstance(answer, NoReading)), None)
    if refused is not None and refused.remote:
        return Ran(evidence=(remote(host_of(refused.remote) or refused.remote),))
    if refused is not None and not embedded(image) and refused.unsupported and image.structure.blocks:
        return Ran(note=NONE)
    if refused is not None:
        kind = CredentialState.UNSUPPORTED if refused.unsupported else CredentialState.UNREADABLE
        return Ran(evidence=(unread(image, kind, visible(refused.reason)),))
    if embedded(image):
        reason = "a manifest store stands in the file's structure, and the library finds none"
        return Ran(evidence=(unread(image, CredentialState.UNREADABLE, reason),))
    if hosts:
        return Ran(evidence=(remote(hosts[0]),))
    if b"c2pa.claim" in image.data:
        reason = "the marks of a manifest stand in the bytes, and no store where this format keeps one"
        return Ran(evidence=(unread(image, CredentialState.UNREADABLE, reason),))
    return Ran(note=NONE)


def _answers(
    image: Image, media_type: str, asked: tuple[lists.TrustList, ...], limits: Limits
) -> list[Reading | NoReading | None]:
    """What each list says; what is no reading under the first, or late under any, is none under those behind it."""
    ends_s, found = time.monotonic() + limits.credential_wall_s, list[Reading | NoReading | None]()
    read = apart.read if apart.is_large(image) else library.read
    for each in asked:
        found.append(read(image.data, media_type, each, limits, ends_s - time.monotonic()))
        stopped = found[-1]
        if not isinstance(found[0], Reading) or (isinstance(stopped, NoReading) and stopped.late):
            break
    return found


def _credential(
    image: Image, context: Context, readings: list[Reading], failed: tuple[str, ...]
) -> tuple[Credential, Reading]:
    """The Credential, and the reading that it rests on."""
    asked = tuple(reading.trust_list for reading in readings)
    layout = any(of_layout(status) for status in failures(readings[0]))
    bound = binding(image, readings[0], layout=layout)
    # Where the library asks about the layout, a match counts only if what was left out is not part of the picture.
    recomputed = bound.recomputed if layout and not bound.picture_outside else None
    reading, best = _best([(reading, state(reading, recomputed=recomputed)) for reading in readings])
    if bound.picture_outside and (best in _SOUND or (layout and bound.recomputed)):
        return unread(image, CredentialState.UNREADABLE, "the signed hash leaves parts of the picture out"), reading
    if bound.recomputed is False and best in _SOUND:
        disagree = "the library and the hash recomputed here disagree"
        return unread(image, CredentialState.UNREADABLE, disagree), reading
    vouching = next((each for each in readings if vouched(each)), None)
    walked = chain(reading, context.limits)
    credential = Credential(
        source=FILE_STRUCTURE,
        method=METHOD,
        statement=statement(best),
        limits=(
            *told.limits(context, asked, walked, best),
            *(f"The {name} could not be read and was not asked." for name in failed),
        ),
        state=best,
        flags=flags(walked, outside=bound.metadata_outside and best not in _UNBOUND),
        active=walked.active,
        ancestors=walked.ancestors,
        lists=lists.used(asked, vouching.trust_list if vouching else None),
        codes=tuple(dict.fromkeys(status["code"] for status in failures(reading))),
        reason=why(reading, bound, layout),
        expired=_ended(image, context, reading, walked, best),
        left_out=walked.left_out,
        binding=f"{bound.words}{agreement(bound)}",
        unbound_bytes=bound.unbound_bytes,
        likenesses=() if best is CredentialState.MANIFEST_DAMAGED else likenesses(image, reading.active),
        store_sha256=store_sha256(image),
        reader=library.version(),
    )
    return credential, reading


def _best(told: list[tuple[Reading, CredentialState]]) -> tuple[Reading, CredentialState]:
    """The reading that a report rests on: the best state, of equal ones the list that vouches for signer or time.

    A certificate that ran out under the list that names its signer comes before an unnamed signer under another list.
    """

    def rank(each: tuple[Reading, CredentialState]) -> tuple[float, bool, bool]:
        reading, kind = each
        unlisted = any(status["code"] == "signingCredential.untrusted" for status in failures(reading))
        named = kind is CredentialState.EXPIRED_UNPROVEN_TIME and not unlisted
        place = _BEST.index(CredentialState.TRUSTED) + 0.5 if named else _BEST.index(kind)
        _, timed, _ = stamp(reading.results.get("activeManifest"), reading.trust_list)
        return place, not vouched(reading), not timed

    return min(told, key=rank)


def _ended(image: Image, context: Context, reading: Reading, walked: Chain, best: CredentialState) -> str:
    """When the certificate ran out, where no list proves that the signing was before.

    The library takes the time-stamps of old claims as they come, and with them whatever time their authority states.
    """
    end = ends(signature_box(store_bytes(image, embedded(image)), reading.active))
    proven = walked.active.time_listed or walked.active.time_by_signers_list
    over = bool(end) and not proven and datetime.fromisoformat(end) < context.now
    return end if over or best is CredentialState.EXPIRED_UNPROVEN_TIME else ""
