"""Two pictures side by side, without a reference set."""

from __future__ import annotations

from ..errors import DecodeError
from ..fingerprint import perceptual, whole_frame
from ..fingerprint.whole_frame import Turn, WholeFrame, describe, distance_bits
from ..model.evidence import Answer, CopyKind, Match, Reference
from ..model.image import Image
from ..model.source import Source, SourceKind
from . import words
from .sought import AS_IT_IS, Found
from .told import EQUAL_BYTES, copy_kind

METHOD = "compare"
_SELF = Source(kind=SourceKind.PROGRAM, name="this program", origin="this check")


def compare(a: Image, b: Image) -> Match:
    """How `a` relates to `b`: the same file, a copy in one of eight turns, no match, or not enough detail to say.

    Raises DecodeError when the bytes differ and one of them has no pixels.
    """
    if a.original.sha256 == b.original.sha256:
        same = Found(image_id=b.original.sha256, distance_bits=0, turn=AS_IT_IS, exact=True)
        return _match(b, same, Answer.COPY, "Both are the same file, byte for byte.")
    first, second = _described(a), _described(b)
    found, matched = _nearest(first, second, b.original.sha256)
    measured = f"they differ in {found.distance_bits} of {perceptual.BITS} bits with the first laid {found.turn}"
    if not (first.searchable and second.searchable):
        return _match(b, found, Answer.NOT_ENOUGH_DETAIL, "At least one picture is too plain to be told from others.")
    if matched:
        return _match(b, found, Answer.COPY, f"The pictures match as whole frames: {measured}.")
    return _match(b, found, Answer.NO_MATCH, f"The pictures do not match as whole frames: {measured}.")


def _described(image: Image) -> WholeFrame:
    if image.working_copy is None:
        refusal = image.refusal
        raise DecodeError(
            f"{image.original.name}: {refusal.reason if refusal else 'no pixels'}",
            remedy=refusal.remedy if refusal else "",
        )
    return describe(image.working_copy)


def _nearest(first: WholeFrame, second: WholeFrame, image_id: str) -> tuple[Found, bool]:
    """The best turn: one that matches before one that does not, then the nearer."""
    target = second.turns[0]

    def rank(turn: Turn) -> tuple[bool, int]:
        bits = distance_bits(turn.frequencies, target.frequencies)
        return not turn.matches(bits, distance_bits(turn.gradients, target.gradients)), bits

    best = min(first.turns, key=rank)
    missed, bits = rank(best)
    return Found(image_id=image_id, distance_bits=bits, turn=best.words, exact=False), not missed


def _match(reference: Image, found: Found, answer: Answer, statement: str) -> Match:
    copy = reference.working_copy
    limits = {Answer.COPY: words.CANNOT_TELL, Answer.NO_MATCH: (f"It would miss {words.WOULD_MISS_IN_TWO}.",)}
    return Match(
        source=_SELF,
        statement=statement,
        method=METHOD,
        limits=() if found.exact else limits.get(answer, ()),
        reference=Reference(
            set_name="",
            image_id=found.image_id,
            path=reference.original.path,
            name=reference.original.name,
            width_px=copy.width_px if copy else 0,
            height_px=copy.height_px if copy else 0,
        ),
        answer=answer,
        copy=copy_kind(found) if answer is Answer.COPY else CopyKind.UNKNOWN,
        fingerprint=EQUAL_BYTES if found.exact else whole_frame.NAME,
        distance_bits=found.distance_bits,
        radius_bits=0 if found.exact else perceptual.RADIUS_BITS,
        transform=found.turn,
    )
