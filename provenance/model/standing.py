"""Whether an item of evidence is a fact, an inference of this program, or a person's addition.

The Berkeley Protocol asks that a report keep fact, inference and opinion apart. Every answer of a report is an
inference.
"""

from __future__ import annotations

from enum import StrEnum

from .credentials import Credential
from .differences import Anomaly, Comparison
from .evidence import Bound, BoundKind, Claim, Evidence, Fact, Lead, Trace
from .matches import EarlierCheck, Match, Search
from .publication import CopyKind
from .source import SourceKind


class Standing(StrEnum):
    """How an item came into a report."""

    FACT = "fact"
    """Read from the file, from a record or from a clock, as it stands there: that it says so, not that it is so."""
    INFERENCE = "inference"
    """Measured and judged by this program."""
    PERSON = "person"
    """Said, seen or judged by a person, and recorded by the desk."""


RECORDED = "recorded by the desk"
"""Method of what came in a claims file or a case; what a person wrote in a file's name or on a screen was read."""
_AS_READ = (Fact, Credential, Search)
_JUDGED = (Match, Comparison, Anomaly, Trace, Lead)
_BY_CLOCK = (BoundKind.RECEIVED, BoundKind.SIGNED)


def standing(item: Evidence) -> Standing:
    """Which of the three an item is, by its source and its kind."""
    if item.noted is not None or (item.source.kind is SourceKind.PERSON and item.method == RECORDED):
        return Standing.PERSON
    if isinstance(item, _JUDGED) or (isinstance(item, Bound) and item.bound not in _BY_CLOCK):
        return Standing.INFERENCE
    if isinstance(item, EarlierCheck) and item.copy is not CopyKind.EXACT:
        return Standing.INFERENCE  # the record is one of the desk's own; that both are one picture is judged
    return Standing.FACT


def may_be_set_aside(item: Evidence) -> bool:
    """Whether a person's word can take an item's weight: never of what was read as it stands there, of a moment that a
    clock gave, or of a claim under test, which is the question."""
    by_clock = isinstance(item, Bound) and item.bound in _BY_CLOCK
    return not (isinstance(item, _AS_READ) or by_clock or (isinstance(item, Claim) and item.tested))
