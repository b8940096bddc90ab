"""Evidence of the search: what was searched, what matched and how, and what this desk checked before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from .earlier import PastCheck
from .evidence import Evidence
from .publication import CopyKind


class Answer(StrEnum):
    """What a comparison of two pictures can answer."""

    COPY = "copy"
    SAME_SCENE = "same scene or neighbouring frame"
    SHARED_ELEMENT = "shared element"
    NO_MATCH = "no match"
    NOT_ENOUGH_DETAIL = "not enough detail"


def published_as(answer: Answer) -> CopyKind:
    """What a publication shows whose picture answers so. How a copy relates, its Match tells: here it is unknown."""
    kinds = {Answer.SAME_SCENE: CopyKind.SIMILAR_SCENE, Answer.NO_MATCH: CopyKind.DIFFERENT_IMAGE}
    return kinds.get(answer, CopyKind.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A picture in a reference set."""

    set_name: str
    image_id: str
    """Lower-case hex SHA-256 of the file."""
    path: str = ""
    """Where the picture was when it was added, or its place among the set's kept copies; it may be gone."""
    name: str = ""
    """Its file name when it was added, also where `path` is that of a kept copy."""
    width_px: int = 0
    height_px: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """How a reference lies in the picture under test, measured on points that both pictures share."""

    query_region: tuple[tuple[float, float], ...]
    """Where the reference is shown, a polygon in pixels (x, y) of the picture under test, upright.

    Its frame, cut at the edges of the picture under test and, inside a screenshot or a collage, to the photograph
    there: to where both pictures stop looking alike, and to the sides of an inner photograph that lies there.
    """
    reference_region: tuple[tuple[float, float], ...]
    """Outline of what the picture under test shows, in pixels of the reference, upright."""
    query_share: float
    """Area of the first outline as a share of the picture under test, 0 to 1."""
    reference_share: float
    """Area of the second outline as a share of the reference: 0.38 is a crop to 38 %."""
    mirrored: bool
    """The picture under test is mirrored left-right against the reference."""
    turn_deg: float
    """By how much the picture under test is turned clockwise, -180 to 180, against the reference, which is mirrored
    first when `mirrored`."""
    scale: float
    """Pixels of the picture under test for each pixel of the reference."""
    points: int
    """Pairs of points that the alignment brings together."""
    points_in_view: int
    """Points of the reference in its region: those that the picture under test shows."""
    residual_share: float
    """Median distance of paired points after alignment, of the reference's longer side."""
    parallax: float
    """Correlation of neighbouring residuals: near 0 is noise, near 1 is depth, moved things or another view."""
    blocks: int
    """Blocks of the aligned pictures that have content."""
    blocks_alike: float
    """Share of these that look alike (correlation above 0.6)."""
    matrix: tuple[float, float, float, float, float, float, float, float, float]
    """From pixels (x, y, 1) of the picture under test, upright, to those of the reference, upright, row by row."""
    pairs: tuple[tuple[float, float, float, float], ...]
    """Paired points, at most 100 spread over the picture: x, y in the picture under test, x, y in the reference."""
    overlapping_view: bool
    """The pictures overlap as two views of a plane do: printed matter or ground from above, photographed twice."""
    log_odds: float
    """By the fitted model (matching/points/scoring.py) for one photograph in both; orders matches, no probability."""


@dataclass(frozen=True, kw_only=True)
class Match(Evidence):
    """Picture content shared with a reference picture: which, under which transform, how surely."""

    kind: ClassVar[str] = "match"

    reference: Reference
    answer: Answer
    copy: CopyKind
    fingerprint: str
    """Name of the fingerprint that found it: "sha256" for equal bytes, else a perceptual hash or local features."""
    distance_bits: int
    radius_bits: int
    """The largest distance that counts as a match for this fingerprint."""
    transform: str
    """How the query must be turned to meet the reference, in words: "as it is", "mirrored left-right", ...

    A match by local features alone says what became of the reference: "mirrored left-right, cropped to 38 %".
    """
    alignment: Alignment | None = None
    """Where the shared content lies, when local features found it."""
    one_false_match_in: int = 0
    """Searches with strangers, in sets of this size, among which one such match is expected; 0 when not measured."""


@dataclass(frozen=True, kw_only=True)
class EarlierCheck(Evidence):
    """A check that this desk made before, of this file or of a picture that meets it. It is no publication."""

    kind: ClassVar[str] = "earlier"

    reference: Reference
    """The picture that was checked then."""
    answer: Answer
    copy: CopyKind
    transform: str
    """What must be done to that picture, or became of it, as in a Match."""
    past: PastCheck
    report_state: str = ""
    """What is wrong with the report of then, without a full stop; "" when it lies where it was written, unchanged."""
    checks: int = 1
    """How often that picture was checked, as far as is noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A variant of the picture under test that was held beside a set in memory while the same search was made."""

    variant: str
    """What was done to the picture: "crop to 50 %", "mirrored", ..."""
    found: bool
    """Whether the search found it, as a copy."""


@dataclass(frozen=True, kw_only=True)
class Search(Evidence):
    """What was searched, how, and what it would have caught: makes "nothing found" a statement about a search."""

    kind: ClassVar[str] = "search"

    set_name: str
    set_id: str
    snapshot: str
    """Digest of the set's committed state that answered."""
    pictures: int
    """Pictures in the set."""
    searchable: int
    """Of these, pictures with enough detail for this fingerprint."""
    fingerprint: str
    radius_bits: int
    would_catch: str
    would_miss: str
    planted: tuple[Planted, ...] = ()
    """Where nothing was found: variants of this very picture, sought beside the set as the picture was."""
    not_planted: str = ""
    """Why no variant was planted."""
