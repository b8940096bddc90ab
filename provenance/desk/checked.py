"""What a desk is brought besides files, a picture with how it came; and what it hands back, a report on a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model.evidence import Evidence
from ..model.image import Image
from ..model.noted import Review
from ..model.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A report together with the picture it speaks of."""

    report: Report
    image: Image
    beside: Mapping[str, bytes] = field(repr=False, default_factory=dict)
    """Files that belong beside the report, by name: what was asked outside, and what came back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What the log of a case holds on one picture, up to the head from which it was read."""

    items: tuple[Evidence, ...] = ()
    reviews: tuple[Review, ...] = ()
    unread: tuple[str, ...] = ()
    """Entries that this version cannot read, each with the reason."""
