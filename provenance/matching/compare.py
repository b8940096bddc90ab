"""Two pictures side by side, without a reference set."""

from __future__ import annotations

from dataclasses import replace

from ..errors import DecodeError
from ..fingerprint import perceptual, whole_frame
from ..fingerprint.local.encode import name
from ..fingerprint.whole_frame import Turn, WholeFrame, describe, distance_bits
from ..model.image import Image
from ..model.matches import Alignment, Answer, Match, Reference
from ..model.publication import CopyKind
from ..model.source import THIS_PROGRAM
from . import spoken, words
from .both_ways import Seen, seen
from .found import AS_IT_IS, Found, trusted_alone
from .told import EQUAL_BYTES, copy_kind
from .views import Views

METHOD = "compare"


def compare(a: Image, b: Image) -> Match:
    """How `a` relates to `b`: the same file, a copy of all or a part, one scene, no match, or too plain.

    Raises DecodeError when the bytes differ and one of them has no pixels.
    """
    if a.original.sha256 == b.original.sha256:
        same = Found(image_id=b.original.sha256, distance_bits=0, turn=AS_IT_IS, exact=True)
        return _match(b, same, Answer.COPY, "Both are the same file, byte for byte.")
    views = _views(a), _views(b)
    first, second = views[0].frame, views[1].frame
    found, matched = _nearest(first, second, b.original.sha256)
    measured = f"they differ in {found.distance_bits} of {perceptual.BITS} bits with the first laid {found.turn}"
    aligned = seen(*views)
    element = aligned is not None and aligned.answer is Answer.SHARED_ELEMENT and not aligned.filled
    if element and matched and trusted_alone(found):
        aligned = None
    if aligned is not None and aligned.answer is not Answer.NO_MATCH:
        said = spoken.statement(aligned.answer, aligned.alignment)
        if matched and aligned.answer is Answer.COPY:
            said = f"The pictures match as whole frames: {measured}. {said}"
            return _match(b, found, Answer.COPY, said, alignment=aligned.alignment)
        return _in_parts(b, aligned, said)
    if not (first.searchable and second.searchable):
        return _match(b, found, Answer.NOT_ENOUGH_DETAIL, "At least one picture is too plain to be told from others.")
    if matched:
        return _match(b, found, Answer.COPY, f"The pictures match as whole frames: {measured}.")
    parts = all(one.whole.query is not None for one in views)
    also = ", and no alignment brings their points together" if parts else ""
    nothing = _match(b, found, Answer.NO_MATCH, f"The pictures do not match as whole frames: {measured}{also}.")
    missed = words.PARTS_MISS if parts else words.WOULD_MISS_IN_TWO
    return replace(nothing, limits=(f"It would miss {missed}.",))


def _views(image: Image) -> Views:
    if image.working_copy is None:
        refusal = image.refusal
        raise DecodeError(
            f"{image.original.name}: {refusal.reason if refusal else 'no pixels'}",
            remedy=refusal.remedy if refusal else "",
        )
    return Views(copy=image.working_copy, frame=describe(image.working_copy))


def _nearest(first: WholeFrame, second: WholeFrame, image_id: str) -> tuple[Found, bool]:
    """The best turn: one that matches before one that does not, then the nearer."""
    target = second.turns[0]

    def rank(turn: Turn) -> tuple[bool, int]:
        bits = distance_bits(turn.frequencies, target.frequencies)
        return not turn.matches(bits, distance_bits(turn.gradients, target.gradients)), bits

    best = min(first.turns, key=rank)
    missed, bits = rank(best)
    return Found(image_id=image_id, distance_bits=bits, turn=best.words, exact=False), not missed


def _match(
    reference: Image, found: Found, answer: Answer, statement: str, *, alignment: Alignment | None = None
) -> Match:
    """By equal bytes or as whole frames."""
    limits = (words.CANNOT_TELL if alignment is None else words.PARTS_LIMITS[answer]) if answer is Answer.COPY else ()
    return Match(
        source=THIS_PROGRAM,
        statement=statement,
        method=METHOD,
        limits=() if found.exact else limits,
        reference=_reference(reference),
        answer=answer,
        copy=copy_kind(found) if answer is Answer.COPY else CopyKind.UNKNOWN,
        fingerprint=EQUAL_BYTES if found.exact else whole_frame.NAME,
        distance_bits=found.distance_bits,
        radius_bits=0 if found.exact else perceptual.RADIUS_BITS,
        transform=found.turn,
        alignment=alignment,
    )


def _in_parts(reference: Image, aligned: Seen, statement: str) -> Match:
    """By local features in one alignment."""
    return Match(
        source=THIS_PROGRAM,
        statement=statement,
        method=METHOD,
        limits=words.PARTS_LIMITS[aligned.answer],
        reference=_reference(reference),
        answer=aligned.answer,
        copy=spoken.copy_kind(aligned.answer, aligned.alignment),
        fingerprint=name(),
        distance_bits=0,
        radius_bits=0,
        transform=spoken.transform(aligned.alignment),
        alignment=aligned.alignment,
    )


def _reference(image: Image) -> Reference:
    copy = image.working_copy
    return Reference(
        set_name="",
        image_id=image.original.sha256,
        path=image.original.path,
        name=image.original.name,
        width_px=copy.width_px if copy else 0,
        height_px=copy.height_px if copy else 0,
    )
