"""A picture of a reference set that was found: by its bytes, by a whole frame, or by its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..fingerprint import gradients, perceptual
from ..fingerprint.whole_frame import WholeFrame
from ..model.matches import Answer
from ..model.record import Searched
from .sighted import Sighting
from .views import Box

BITS_A_SCORE = 1e6
"""Whole-frame matches that no transform confirms come after those that one does; nearer ones first."""
AS_IT_IS = "as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A picture of the set: how far it is from the query, in which turn, or that its bytes are the same."""

    image_id: str
    distance_bits: int
    turn: str
    exact: bool
    sighting: Sighting | None = None
    """How it lies in the query, when a transform was found for it; then this decides, not the distance."""
    framed: bool = True
    """Whether it matched as a whole frame; otherwise distance and turn say nothing."""
    box_px: Box | None = None
    """The inner photograph of the query that it matched as a whole frame; None is all of the query."""

    @property
    def answer(self) -> Answer:
        """Which of the answers it is."""
        return Answer.COPY if self.exact or self.sighting is None else self.sighting.answer

    @property
    def order(self) -> tuple[bool, int, float, str]:
        """Equal bytes first, then copies, then scenes, then elements; the surest of each first."""
        rank = (Answer.COPY, Answer.SAME_SCENE, Answer.SHARED_ELEMENT).index(self.answer)
        sure = -self.sighting.score if self.sighting is not None else self.distance_bits / BITS_A_SCORE
        return not self.exact, rank, sure, self.image_id


def joined(near: Sequence[Found], sightings: Sequence[Sighting]) -> list[Found]:
    """Whole-frame matches and sightings of the same pictures in one list.

    A whole frame cannot tell a copy from a neighbouring video frame; points and blocks can, so a sighting decides. One
    that says "no match" takes away a sighting, not a whole-frame match: too few points are no witness against it. No
    more is a shared element against a frame so near that it is trusted alone: the few points of a blurred picture stand
    close together, or on ground that the blur made even (docs/adr/0055-near-frames-and-fewer-points.md).
    """
    found = {one.image_id: one for one in near}
    for sighting in sightings:
        if sighting.answer is Answer.NO_MATCH:
            continue
        before = found.get(sighting.image_id)
        if before is not None and sighting.answer is Answer.SHARED_ELEMENT and trusted_alone(before):
            continue
        found[sighting.image_id] = Found(
            image_id=sighting.image_id,
            distance_bits=before.distance_bits if before else 0,
            turn=before.turn if before else AS_IT_IS,
            exact=False,
            sighting=sighting,
            framed=before is not None,
            box_px=before.box_px if before else None,
        )
    return list(found.values())


def trusted_alone(frame: Found) -> bool:
    """Whether all of the query is so near that it is a copy without a look at its rises in brightness or its points.

    Not an inner photograph, which may be an avatar.
    """
    return frame.box_px is None and frame.distance_bits <= perceptual.ALONE_BITS


def framed(store: Searched, frame: WholeFrame) -> list[Found]:
    """Every picture that some turn of the query matches, with its nearest turn, by (distance, image id)."""
    first = store.near([turn.frequencies for turn in frame.turns], perceptual.NAME, perceptual.RADIUS_BITS)
    if not any(first):
        return []
    widest = max(gradients.radius_bits(turn.gradients) for turn in frame.turns)
    second = store.near([turn.gradients for turn in frame.turns], gradients.NAME, widest)
    best: dict[str, Found] = {}
    for turn, hits, others in zip(frame.turns, first, second, strict=True):
        confirming = {hit.image_id: hit.distance_bits for hit in others}
        for hit in hits:
            known = best.get(hit.image_id)
            if known is not None and known.distance_bits <= hit.distance_bits:
                continue
            if turn.matches(hit.distance_bits, confirming.get(hit.image_id)):
                best[hit.image_id] = Found(
                    image_id=hit.image_id, distance_bits=hit.distance_bits, turn=turn.words, exact=False
                )
    return sorted(best.values(), key=lambda found: (found.distance_bits, found.image_id))
