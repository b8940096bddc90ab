"""One reference set, asked for one picture: equal bytes first, then every whole-frame match."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import UnusableSetError
from ..fingerprint import gradients, perceptual
from ..fingerprint.whole_frame import WholeFrame
from ..model.record import ReferenceStore, SetState, Stored

STEADY_TRIES = 5
AS_IT_IS = "as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A picture of the set: how far it is from the query, in which turn, or that its bytes are the same."""

    image_id: str
    distance_bits: int
    turn: str
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAnswer:
    """All that one committed state of a set answered, nearest first."""

    state: SetState
    found: tuple[Found, ...]
    stored: dict[str, Stored]


def ask(store: ReferenceStore, sha256: str, frame: WholeFrame | None, most: int) -> SetAnswer:
    """Search one set. `frame` is None when only equal bytes are sought. At most `most` pictures are read in full.

    Raises ReferenceSetError. A set that is being filled is asked again until one state answered everything; a set whose
    codes tell of a picture that the same state does not hold is damaged, and its answer would be a part of the truth.
    """
    answer = _ask_once(store, sha256, frame, most)
    for _ in range(STEADY_TRIES):
        if store.state().snapshot == answer.state.snapshot:
            break
        answer = _ask_once(store, sha256, frame, most)
    lost = [item.image_id for item in answer.found[:most] if item.image_id not in answer.stored]
    if lost and store.state().snapshot == answer.state.snapshot:
        raise UnusableSetError(
            f"the reference set {answer.state.name} is damaged: it found {lost[0][:12]} and does not hold it",
            remedy="restore it from a backup, or fill a new set from the pictures with: provenance add",
        )
    return answer


def _ask_once(store: ReferenceStore, sha256: str, frame: WholeFrame | None, most: int) -> SetAnswer:
    state = store.state()
    same = store.get([sha256])
    exact = [Found(image_id=sha256, distance_bits=0, turn=AS_IT_IS, exact=True)] if same else []
    near = [] if frame is None else [found for found in _near(store, frame) if not (same and found.image_id == sha256)]
    found = (*exact, *near)
    stored = {item.reference.image_id: item for item in store.get([item.image_id for item in found[:most]])}
    return SetAnswer(state=state, found=found, stored=stored)


def _near(store: ReferenceStore, frame: WholeFrame) -> list[Found]:
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
