"""A picture that is brought to a desk as bytes, with how it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .evidence import Evidence


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
