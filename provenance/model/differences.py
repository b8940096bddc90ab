"""Evidence of the comparison with a reference, and of the methods that look at one file alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from .evidence import Evidence
from .matches import Reference


class Compared(StrEnum):
    """What laying a copy over its reference came to."""

    DIFFERS = "differs in a region"
    OVERLAID = "differs only where something was laid over it"
    NO_DIFFERENCE = "no difference"
    OTHER_PHOTOGRAPH = "a different photograph of the same scene"
    NOT_JUDGED = "not judged"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferingRegion:
    """A part of the picture under test that differs from the reference, and what its number of false alarms rests on.

    That number is `tests` times (p / r)^k ((1 - p) / (1 - r))^(n - k), Hoeffding's bound on the binomial tail, with
    p = `chance`, n = `blocks` // 2, k = `unusual` // 2 and r = k / n: two neighbouring blocks count as one.
    """

    box_px: tuple[int, int, int, int]
    """x, y, width and height in the picture under test."""
    share: float
    """Of the area of the picture under test, 0 to 1."""
    outlines: tuple[tuple[tuple[int, int], ...], ...]
    """Polygons in pixels (x, y) of the picture under test."""
    what: str = ""
    """What it looks like, of a closed list: "caption or text", "watermark or logo", ...; "" for none of these."""
    log10_nfa: float
    """Base-10 logarithm of the number of such regions expected by chance in one comparison of unaltered copies."""
    window_blocks: tuple[int, int, int, int]
    """The window that was tested: column, row, columns and rows, in blocks."""
    blocks: int
    """Blocks in that window that both pictures show."""
    unusual: int
    """Of these, unusual by more than `level`."""
    level: float
    """Spreads above what is usual in this pair."""
    chance: float
    """Share of blocks above that level that is allowed for."""
    tests: int
    """Windows and levels that were tried."""
    detail_lost: bool = False
    """Whether the unusual blocks are those that lack fine detail which the reference has; else they differ from it."""
    writing: bool = False
    """Whether it looks like writing on a ground that both have: letters differ, or stand in one of the two only."""


@dataclass(frozen=True, kw_only=True)
class Comparison(Evidence):
    """A copy laid over its reference and compared block by block, after tone and sharpness were fitted."""

    kind: ClassVar[str] = "comparison"

    reference: Reference
    outcome: Compared
    match_id: str = ""
    """The Match that laid them over each other."""
    regions: tuple[DifferingRegion, ...] = ()
    """The surest first."""
    where: str = ""
    """In which ninth of the picture under test the surest lies: "in the middle", "at the upper left", ..."""
    also: tuple[str, ...] = ()
    """Changes of the whole that were seen and allowed for, of a closed list: "scaled", "tone or colour changed", ..."""
    beside: tuple[str, ...] = ()
    """Of these, what lies beside the part that was compared: strips with words, a frame, ..."""
    each_beyond: bool = False
    """Whether each of the two shows what lies beyond an edge of the other, where a region differs."""
    block_px: float = 0.0
    """Side of a block in pixels of the picture under test."""
    blocks: int = 0
    """Blocks compared."""
    log10_nfa: float = 0.0
    """The smallest of any window; above -3 nothing is reported."""
    reason: str = ""
    """Why it is not judged or not checked, without a full stop."""


class AnomalyKind(StrEnum):
    """What a method that looks at one file alone can point to."""

    FOREIGN_GRID = "foreign JPEG grid"
    COMPRESSED_TWICE = "compressed twice"
    COPIED_WITHIN = "copied within the picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectRegion:
    """A part of the picture that is unlike the rest, and what its number of false alarms rests on.

    That number is `tests` times the chance of at least `hits` among `trials` that each hit with `chance`, as
    Anomaly.formula says in full.
    """

    box_px: tuple[int, int, int, int]
    """x, y, width and height in the picture under test, upright."""
    share: float
    """Of the area of the picture under test, 0 to 1."""
    outlines: tuple[tuple[tuple[int, int], ...], ...]
    """Polygons in pixels (x, y) of the picture under test, upright."""
    log10_nfa: float
    """Base-10 logarithm of the number of such regions expected by chance in one unaltered picture."""
    window_px: tuple[int, int, int, int]
    """What was tested: x, y, width and height, as the file stores its pixels."""
    trials: int
    hits: int
    chance: float
    tests: int
    detail: str = ""
    """What the region was found to be: "grid at 3, 5 where the rest has 0, 0", ..."""
    partner_px: tuple[int, int, int, int] | None = None
    """Of a copy within the picture: x, y, width and height of the part that it equals, upright."""


@dataclass(frozen=True, kw_only=True)
class Anomaly(Evidence):
    """Regions that a blind method found unlike the rest of the picture, with a stated number of false alarms."""

    kind: ClassVar[str] = "anomaly"

    what: AnomalyKind
    regions: tuple[SuspectRegion, ...]
    """The surest first."""
    alarms_per_thousand: float
    """Alarms of this method expected at most in 1,000 unaltered pictures."""
    formula: str
    """How log10_nfa follows from the numbers of a region, so that anybody can compute it again."""
