"""What one item of evidence says of the time, and what that counts for: a row of the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .evidence import Evidence
from .time import Interval


class Counts(StrEnum):
    """What an item counts for when the time of capture is weighed (docs/adr/0007-evidence-algebra.md)."""

    TESTED = "under test"
    LIMIT = "limit"
    """Hard: a picture taken outside it would contradict a record."""
    WEIGHED = "weighed"
    """Soft: it speaks for or against a claimed time, and sets no limit."""
    RULED_OUT = "ruled out"
    """By a hard limit."""
    CONDITIONAL = "if the place holds"
    """It speaks of the time only if the picture was taken at the claimed place: where the sun stood there."""
    LEAD = "lead only"
    NOTHING = "counts for nothing"


class Says(StrEnum):
    """What the interval is of."""

    TAKEN = "taken"
    NOT_TAKEN = "not taken"
    PUBLISHED = "published"
    SUN = "sun"
    """The sun stood at a claimed place as a measured shadow has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One interval with the item it comes from. A publication with a dated caption gives two."""

    evidence: Evidence
    interval: Interval
    """As it is said; of a publication the time of publication, whose end is the not-after."""
    says: Says
    counts: Counts
    parts: tuple[Interval, ...] = ()
    """The stretches inside the interval that are meant, where it is not all of it."""
    reason: str = ""
    """Why it counts for no more; "" where nothing was set aside."""
