"""What a desk is brought besides files, a picture with how it came; and what it hands back, a report on a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .model.evidence import Evidence
from .model.image import Image
from .model.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A report together with the picture it speaks of."""

    report: Report
    image: Image
    beside: Mapping[str, bytes] = field(repr=False, default_factory=dict)
    """Files that belong beside the report, by name: what was asked outside, and what came back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The bytes of a picture that lay in no file, with what is known of how they came."""

    data: bytes = field(repr=False)
    name: str = "standard input"
    also: tuple[Evidence, ...] = ()
    """Evidence on this picture alone, such as where it was fetched."""
    addresses: tuple[str, ...] = ()
    """Where on the web it stands."""
    beside: Mapping[str, bytes] = field(repr=False, default_factory=dict)
    """Files that belong beside its report, by name."""
