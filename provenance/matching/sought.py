"""One reference set, asked for one picture: equal bytes first, then whole frames and parts, then later looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..errors import UnusableSetError
from ..fingerprint.whole_frame import WholeFrame
from ..model.image import WorkingCopy
from ..model.matches import Reference
from ..model.record import ReferenceStore, SetState, Stored
from .found import AS_IT_IS, Found, framed, joined
from .later import further
from .opened import judged
from .sighted import CROWD, sight
from .views import Views

STEADY_TRIES = 5
Pixels = Callable[[Reference], WorkingCopy | None]
"""The picture of a reference, if its file is still the one that was added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAnswer:
    """All that one committed state of a set answered, nearest first."""

    store: ReferenceStore
    state: SetState
    found: tuple[Found, ...]
    stored: dict[str, Stored]


def ask(
    store: ReferenceStore,
    sha256: str,
    frame: WholeFrame | None,
    most: int,
    views: Views | None = None,
    *,
    pixels: Pixels | None = None,
) -> SetAnswer:
    """Search one set. Without `frame` no whole frames are sought, without `views` no parts; equal bytes always.

    `pixels` opens the references of the shortlist; without it answers rest on what the set keeps. At most `most`
    pictures are read in full.

    Raises ReferenceSetError. A set that is being filled is asked again until one state answered everything; a set whose
    codes tell of a picture that the same state does not hold is damaged, and its answer would be a part of the truth.
    """
    answer = _ask_once(store, sha256, frame, most, views, pixels=pixels)
    for _ in range(STEADY_TRIES):
        if store.state().snapshot == answer.state.snapshot:
            break
        answer = _ask_once(store, sha256, frame, most, views, pixels=pixels)
    lost = [item.image_id for item in answer.found[:most] if item.image_id not in answer.stored]
    if lost and store.state().snapshot == answer.state.snapshot:
        raise UnusableSetError(
            f"the reference set {answer.state.name} is damaged: it found {lost[0][:12]} and does not hold it",
            remedy="restore it from a backup, or fill a new set from the pictures with: provenance add",
        )
    return answer


def _ask_once(
    store: ReferenceStore,
    sha256: str,
    frame: WholeFrame | None,
    most: int,
    views: Views | None,
    *,
    pixels: Pixels | None,
) -> SetAnswer:
    state = store.state()
    same = store.get([sha256])
    exact = [Found(image_id=sha256, distance_bits=0, turn=AS_IT_IS, exact=True)] if same else []
    itself = sha256 if same else ""
    near = [] if frame is None else [found for found in framed(store, frame) if found.image_id != itself]
    if views is not None:
        asked = views.whole.query
        sightings = (
            [] if asked is None else sight(store, asked, also=[found.image_id for found in near[:most]], behind=CROWD)
        )
        near = joined(near, [one for one in sightings if one.image_id != itself])
        seen, tried = further(store, views, [*exact, *near], sightings)
        if pixels is not None:
            seen = judged(seen, tried, views, _opening(store, pixels))
        near = [one for one in seen if not one.exact]
    found = tuple(sorted((*exact, *near), key=lambda one: one.order))
    stored = {item.reference.image_id: item for item in store.get([item.image_id for item in found[:most]])}
    return SetAnswer(store=store, state=state, found=found, stored=stored)


def _opening(store: ReferenceStore, pixels: Pixels) -> Callable[[str], WorkingCopy | None]:
    """Opens a picture of the set by its image id."""

    def opened(image_id: str) -> WorkingCopy | None:
        stored = store.get([image_id])
        return pixels(stored[0].reference) if stored else None

    return opened
