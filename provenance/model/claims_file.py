"""A claims file as it was read, so that a case can keep the bytes from which a report's claims came."""

from __future__ import annotations

from dataclasses import dataclass, field

from .evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsFile:
    """Its name without a path, its bytes, and what they say."""

    name: str
    data: bytes = field(repr=False)
    statements: tuple[Evidence, ...] = field(repr=False)
