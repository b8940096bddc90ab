"""The thumbnails that the active manifest keeps, against the picture itself: a free hint at what was changed.

A thumbnail is an assertion of whoever signed (C2PA 2.2, section 18), hashed like the others. It is decoded in a process
of its own, as every picture is, and compared by the whole-frame hash (docs/adr/0004-whole-frame-hash.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...image.containers import sniff
from ...image.decoding.decoder import Decoder
from ...model.credentials import Likeness
from ...model.image import Image, Refusal, WorkingCopy
from ...model.limits import Limits
from .manifests import Thumbnail, thumbnails
from .presence import embedded
from .store import store_bytes

if TYPE_CHECKING:
    from ...fingerprint.whole_frame import WholeFrame

MOST = 3
_LIMITS = Limits(pixels_px=8_000_000, decode_wall_s=4.0, decode_cpu_s=4)
_KNOWN = (sniff.JPEG, sniff.PNG, sniff.WEBP)


def likenesses(image: Image, active: str) -> tuple[Likeness, ...]:
    """How each thumbnail of the active manifest relates to the picture; nothing without pixels or enough detail."""
    found = thumbnails(store_bytes(image, embedded(image)), active)[:MOST] if image.working_copy else ()
    if not found or image.working_copy is None:
        return ()
    from ...fingerprint.whole_frame import describe

    whole = describe(image.working_copy)
    if not whole.searchable:
        return ()
    with Decoder() as decoder:
        decoded = [(each, _decoded(decoder, each.data)) for each in found]
    told = (_likeness(whole, each, copy) for each, copy in decoded if copy is not None)
    return tuple(likeness for likeness in told if likeness is not None)


def _decoded(decoder: Decoder, data: bytes) -> WorkingCopy | None:
    kind = sniff.media_type(data)
    result = decoder.decode(data, kind, _LIMITS) if kind in _KNOWN else None
    return None if isinstance(result, Refusal) else result


def _likeness(whole: WholeFrame, thumbnail: Thumbnail, copy: WorkingCopy) -> Likeness | None:
    from ...fingerprint.whole_frame import distance_bits, fingerprints

    small = fingerprints(copy)
    if not small[0].searchable:
        return None
    told = [
        (distance_bits(turn.frequencies, small[0].code), distance_bits(turn.gradients, small[1].code), turn)
        for turn in whole.turns
    ]
    bits, confirming, turn = min(told, key=lambda each: each[0])
    return Likeness(
        of="this file (made when it was signed)" if thumbnail.claim else "an ingredient (made when it was imported)",
        alike=turn.matches(bits, confirming),
        turn=turn.words,
        distance_bits=bits,
    )
