"""Searches one set by local features: voting for candidates, then each candidate laid against the query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..errors import ReferenceSetError
from ..fingerprint.local.encode import Query, name
from ..model.features import LEAST_POINTS, Features
from ..model.matches import Answer
from ..model.record import Searched
from .points import scoring
from .points.changes import changes
from .points.furniture import GROUND_SHARE, LEAST_ALIKE, LEAST_OF_EITHER, ground_share
from .points.laying import Laid, lay
from .points.moments import another_moment, spots
from .points.worn import a_copy_still
from .views import Box, View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CANDIDATES = 10
CROWD, _CROWD_VOTES = 4, 10_000
"""Behind the first, laid where those hold no copy: pages of words in a set take each other for their likeliest. Of 700
points, the thirtieth of 600 pictures has 3,000 votes, a photograph behind ten newspapers 12,000 to 32,000."""
LEAST_ELEMENT = 0.015
"""Shared matter that a later look sees on less than this share of the picture is an element of it."""

_RANK = (Answer.COPY, Answer.SAME_SCENE, Answer.SHARED_ELEMENT, Answer.NO_MATCH)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sighting:
    """A reference that was laid against the query, with the answer that its agreement carries."""

    image_id: str
    answer: Answer
    score: float
    laid: Laid
    size_px: tuple[int, int]
    """Of the reference as detected."""
    box_px: Box | None = None
    """The part of the picture under test that was asked, x0, y0, x1, y1 with x1 and y1 outside; None is all of it."""
    taken_back: str = ""
    """The filter that was taken back before it was asked: "negative", "few tones", or one of eight reliefs."""
    moved: bool = False
    """It agrees like a copy, and what moved in it says that it is none."""
    another: float | None = None
    """Log-odds of another moment, where the last pass compared both in full and things came and went."""
    filled: bool = False
    """It agrees like a copy, and the last pass found other writing in many lines: another paper of one form."""

    @property
    def order(self) -> tuple[int, float]:
        """The answer that says most first, of each the surest."""
        return _RANK.index(self.answer), -self.score


def sight(store: Searched, query: Query, also: Sequence[str] = (), *, behind: int = 0) -> list[Sighting]:
    """Every candidate that a transform could be found for, in the order (score, image id); no match among them too.

    `also`: image ids to lay against the query whatever the votes say; `behind`: how many more are laid where the first
    hold no copy. Raises ReferenceSetError.
    """
    first, crowd = candidates(store, query, also, behind=behind)
    seen = sight_these(store, query, first)
    if not crowd or any(one.answer is Answer.COPY for one in seen):
        return seen
    return _surest([*seen, *sight_these(store, query, crowd)])


def candidates(
    store: Searched, query: Query, also: Sequence[str] = (), *, behind: int = 0
) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """What is to be laid against the query: image ids, and whether mirrored; then what is where none of them is a copy.

    Raises ReferenceSetError.
    """
    if len(query.plain.xy) < LEAST_POINTS:
        return [], []
    voted = store.vote(query.probe, name(), CANDIDATES + behind)
    wanted = [(one.image_id, one.mirrored) for one in voted[:CANDIDATES]]
    wanted += [(image_id, hand) for image_id in also for hand in (False, True)]
    crowd = [(one.image_id, one.mirrored) for one in voted[CANDIDATES:] if one.votes >= _CROWD_VOTES]
    return list(dict.fromkeys(wanted)), [one for one in crowd if one not in wanted]


def sight_these(store: Searched, query: Query, wanted: Sequence[tuple[str, bool]]) -> list[Sighting]:
    """The same for these pictures, each as it is or mirrored. Raises ReferenceSetError."""
    kept = store.features(sorted({image_id for image_id, _ in wanted}))
    seen: list[Sighting] = []
    for image_id, mirrored in wanted:
        features = kept.get(image_id)
        if features is None or features.name != name():
            continue
        try:
            sighting = sighted(query, features, image_id, mirrored=mirrored)
        except ValueError as error:
            raise ReferenceSetError(
                f"the reference set {store.state().name} is damaged: {error}",
                remedy="restore it from a backup, or fill a new set from the pictures with: provenance add",
            ) from error
        if sighting is not None:
            seen.append(sighting)
    return _surest(seen)


def _surest(sightings: Iterable[Sighting]) -> list[Sighting]:
    """The surest first; of each picture one."""
    best: dict[str, Sighting] = {}
    for one in sightings:
        if one.image_id not in best or one.order < best[one.image_id].order:
            best[one.image_id] = one
    return sorted(best.values(), key=lambda sighting: (-sighting.score, sighting.image_id))


def sighted(query: Query, features: Features, image_id: str, *, mirrored: bool) -> Sighting | None:
    """One picture laid against the query; None when no transform holds. Raises ValueError for damaged features."""
    laid = lay(query, features, mirrored=mirrored)
    if laid is None:
        return None
    answer = _answer(query, laid)
    moved = answer is Answer.COPY and _another_moment(query, laid, features)
    return Sighting(
        image_id=image_id,
        answer=Answer.SAME_SCENE if moved else answer,
        score=scoring.copied(laid.agreement),
        laid=laid,
        size_px=(features.width_px, features.height_px),
        moved=moved,
    )


def _answer(query: Query, laid: Laid) -> Answer:
    answer, agreement = scoring.answer(laid.agreement), laid.agreement
    if answer in (Answer.NO_MATCH, Answer.SAME_SCENE) and a_copy_still(agreement, query.grey, laid.query_xy):
        answer = Answer.COPY
    return _on_even_ground(query.grey, laid, answer)


def _on_even_ground(grey: NDArray[np.uint8], laid: Laid, answer: Answer) -> Answer:
    """A shared element where all that agrees stands on one even ground."""
    agreement = laid.agreement
    most = max(agreement.hull_query, agreement.hull_reference)
    beyond = agreement.busy_alike >= LEAST_ALIKE and most >= LEAST_OF_EITHER
    if answer not in (Answer.COPY, Answer.SAME_SCENE) or beyond:
        return answer
    return Answer.SHARED_ELEMENT if ground_share(grey, laid.query_xy) >= GROUND_SHARE else answer


def reground(sighting: Sighting, view: View) -> Sighting:
    """A sighting in that view whose answer was mended, under the rules for small and plain shared matter."""
    agreement = sighting.laid.agreement
    small = scoring.shared_element(agreement.hull_query, agreement.hull_reference)
    if small or view.query is None:
        return replace(sighting, answer=Answer.SHARED_ELEMENT)
    mended = replace(sighting, answer=_on_even_ground(view.query.grey, sighting.laid, sighting.answer))
    return mended if sighting.box_px is None else within(mended, view)


def _another_moment(query: Query, laid: Laid, kept: Features) -> bool:
    """Whether what differs in a picture that agrees like a copy is what moved before a camera at rest."""
    import numpy as np

    seen = changes(
        laid.transform,
        np.ascontiguousarray(query.grey[:, ::-1]) if laid.mirrored else query.grey,
        kept.thumbnail,
        reference_xy=laid.reference_xy,
        size_px=(kept.width_px, kept.height_px),
    )
    return seen is not None and another_moment(spots(seen))


def within(sighting: Sighting, view: View) -> Sighting:
    """A sighting of a later look, in its box. What covers too little of the whole picture is an element of it.

    So is a bar with words, which fills a look of its own.

    A later look sees avatars and icons as sharply as photographs, and a reference can be seen whole in one.
    """
    if sighting.answer not in (Answer.COPY, Answer.SAME_SCENE):
        return replace(sighting, box_px=view.box_px, taken_back=view.taken_back)
    agreement = sighting.laid.agreement
    of_query = agreement.hull_query * view.share
    small = of_query < LEAST_ELEMENT
    if not small and view.query is not None and max(of_query, agreement.hull_reference) < LEAST_OF_EITHER:
        small = ground_share(view.query.grey, sighting.laid.query_xy) >= GROUND_SHARE
    answer = Answer.SHARED_ELEMENT if small else sighting.answer
    return replace(sighting, answer=answer, box_px=view.box_px, taken_back=view.taken_back)
