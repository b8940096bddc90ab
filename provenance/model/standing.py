"""Whether an item of evidence is a fact, an inference of this program, or a person's addition.

The Berkeley Protocol asks that a report keep fact, inference and opinion apart. Every answer of a report is an
inference.
"""

from __future__ import annotations

from enum import StrEnum

from .evidence import Bound, BoundKind, Comparison, Evidence, Lead, Match, Trace
from .source import SourceKind


class Standing(StrEnum):
    """How an item came into a report."""

    FACT = "fact"
    """Read from the file, from a record or from a clock, as it stands there: that it says so, not that it is so."""
    INFERENCE = "inference"
    """Measured and judged by this program."""
    PERSON = "person"
    """Said, seen or judged by a person, and recorded by the desk."""


_JUDGED = (Match, Comparison, Trace, Lead)
_BY_CLOCK = (BoundKind.RECEIVED, BoundKind.SIGNED)


def standing(item: Evidence) -> Standing:
    """Which of the three an item is, by its source and its kind."""
    if item.noted is not None or item.source.kind is SourceKind.PERSON:
        return Standing.PERSON
    if isinstance(item, _JUDGED) or (isinstance(item, Bound) and item.bound not in _BY_CLOCK):
        return Standing.INFERENCE
    return Standing.FACT
