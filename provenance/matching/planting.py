"""What a search that found nothing would have found: variants of the very picture, planted beside the set in memory.

Each variant takes the place of a reference: fingerprints and features are made of it as of a picture that is added, it
stands for election beside the pictures of the set, and the looks that were taken at the set are taken at it. The set is
only read. All variants are counted in one vote a look, each ranked against the set's own pictures alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..errors import ReferenceSetError
from ..fingerprint.local.encode import features, name
from ..fingerprint.plain import drawn
from ..fingerprint.variants import variants
from ..fingerprint.whole_frame import distance_bits, fingerprints
from ..model.features import Candidate, Features, Probe
from ..model.image import WorkingCopy
from ..model.matches import Answer, Planted
from ..model.record import Fingerprint, Hit, ReferenceStore, SetState
from .found import framed, joined
from .later import further
from .sighted import CROWD, Sighting, candidates, sight_these
from .sought import SetAnswer
from .views import Views

MOST_MATCHES = 20
"""Pictures that a search shows in full, and lays against the query for their whole frame alone."""
MATCH_FOUND = "a match was found"
NOT_ENOUGH_DETAIL = "the picture has not enough detail to be sought by its content"
EMPTY = "the set is empty"
CHANGED = "the set changed while it was searched"
NO_TIME = "the time allowed for the check is short"
LEAST_LEFT_S = 5.0
TIMES = 10
"""Planting takes two to nine times as long as a search (docs/measured/planting.md); other checks need what is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planting:
    """What became of the planted variants, or why none was planted."""

    planted: tuple[Planted, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A variant as a set would keep it."""

    words: str
    image_id: str
    fingerprints: tuple[Fingerprint, ...]
    features: Features


def sought_again(
    answers: Sequence[SetAnswer],
    views: Views | None,
    *,
    found_any: bool,
    left_s: Callable[[], float] | None,
    before_s: float | None,
) -> list[Planting]:
    """Of every set that answered. `views`: None when the picture was sought by its bytes alone; `left_s`: seconds until
    nothing is waited for, None without a bound; `before_s`: the same when the search began.

    All variants are planted or none, and nothing that goes wrong here takes away what the search itself found out.
    """
    took_s = before_s - left_s() if left_s is not None and before_s is not None else 0.0

    def enough() -> bool:
        return left_s is None or left_s() >= max(LEAST_LEFT_S, TIMES * took_s)

    reason = MATCH_FOUND if found_any else NOT_ENOUGH_DETAIL if views is None else "" if enough() else NO_TIME
    if views is None or reason:
        return [Planting(reason=reason)] * len(answers)
    try:
        made = grown(views.copy, enough)
        return [_planted(answer, views, made if made is not None and enough() else None) for answer in answers]
    except Exception as error:
        return [Planting(reason=f"the variants could not be made: {type(error).__name__}")] * len(answers)


def _planted(answer: SetAnswer, views: Views, made: Sequence[Variant] | None) -> Planting:
    if made is None:
        return Planting(reason=NO_TIME)
    try:
        return plant(answer.store, answer.state, views, made)
    except ReferenceSetError as error:
        return Planting(reason=f"the set could not be searched again: {error}")


def grown(copy: WorkingCopy, enough: Callable[[], bool]) -> tuple[Variant, ...] | None:
    """Every variant with what `add` would make of it; None when the time ran out over it."""
    made: list[Variant] = []
    for words, variant in variants(copy):
        if not enough():
            return None
        even = drawn(variant)
        made.append(
            Variant(
                words=words,
                image_id=hashlib.sha256(words.encode() + variant.pixels.tobytes()).hexdigest(),
                fingerprints=fingerprints(variant, drawn=even),
                features=features(variant, drawn=even),
            )
        )
    return tuple(made)


def plant(store: ReferenceStore, state: SetState, views: Views, made: Sequence[Variant]) -> Planting:
    """Search the set in that state, with each variant beside it. Raises ReferenceSetError.

    What the set keeps of no picture in this version, hashes or local features, the variants have not either.
    """
    if not state.pictures:
        return Planting(reason=EMPTY)
    by_parts = state.searchable.get(name(), 0) > 0
    bed = _Bed(store=store, features={one.image_id: one.features for one in made} if by_parts else {})
    kept = {made_by for made_by, pictures in state.searchable.items() if pictures}
    planted = tuple(
        Planted(variant=one.words, found=_found(_Beside(bed=bed, own=one, kept=kept), views)) for one in made
    )
    if store.state().snapshot != state.snapshot:
        return Planting(reason=CHANGED)
    return Planting(planted=planted)


def _found(beside: _Beside, views: Views) -> bool:
    """Whether the looks of a search find the variant as a copy; later looks are taken when the first does not."""
    near = [] if views.whole.frame is None else framed(beside, views.whole.frame)
    asked = views.whole.query
    sightings: list[Sighting] = []
    if asked is not None:
        first, crowd = candidates(beside, asked, [one.image_id for one in near], behind=CROWD)
        for pair in (*first, *crowd):
            sightings += sight_these(beside, asked, [pair])
            if any(one.answer is Answer.COPY for one in sightings):
                return True  # the surest answer counts, and no other hand can take it away
    found = joined(near, sightings)
    if any(one.answer is Answer.COPY for one in found):
        return True
    later, _ = further(beside, views, found, sightings)
    return any(one.answer is Answer.COPY for one in later)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Bed:
    """A set with all variants beside it, and the votes that were counted over both, by question."""

    store: ReferenceStore
    features: dict[str, Features]
    counted: list[tuple[Probe, int, list[Candidate]]] = field(default_factory=list)

    def vote(self, probe: Probe, made_by: str, most: int) -> list[Candidate]:
        """As many candidates as leave `most` of the set's own, and every variant that comes before the last of them."""
        for asked, number, votes in self.counted:
            if asked is probe and number == most:
                return votes
        votes = self.store.vote(probe, made_by, most + 2 * len(self.features), beside=self.features)
        self.counted.append((probe, most, votes))
        return votes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Beside:
    """A set that was searched and gave no match, with one variant beside it: `Searched`, as a search asks a set.

    The set's own pictures compete for the votes. They are not laid against the query again: none matched.
    """

    bed: _Bed
    own: Variant
    kept: set[str]
    """Names of what the set keeps of its pictures."""

    def near(self, codes: Sequence[bytes], fingerprint: str, radius_bits: int) -> list[list[Hit]]:
        """The variant's own hits; those of the set led to no match."""
        kept = [one for one in self.own.fingerprints if one.searchable and one.name == fingerprint in self.kept]
        return [
            [
                Hit(distance_bits=bits, image_id=self.own.image_id)
                for one in kept
                if (bits := distance_bits(code, one.code)) <= radius_bits
            ]
            for code in codes
        ]

    def vote(self, probe: Probe, made_by: str, most: int) -> list[Candidate]:
        """The candidates as they would be if the variant were in the set."""
        others = self.bed.features.keys() - {self.own.image_id}
        votes = self.bed.vote(probe, made_by, most)
        return [one for one in votes if one.image_id not in others][:most]

    def features(self, image_ids: Sequence[str]) -> dict[str, Features]:
        """Of the variant alone."""
        return {one: kept for one in image_ids if one == self.own.image_id and (kept := self.bed.features.get(one))}

    def state(self) -> SetState:
        """Of the set."""
        return self.bed.store.state()
