"""What a check may know besides the picture: the sets to search, what the desk recorded, the limits, the one clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from .earlier import PastCheck
from .evidence import Evidence
from .image import Refusal, WorkingCopy
from .limits import Limits
from .matches import Match, Reference
from .outside import Outside
from .record import ReferenceStore

Decode = Callable[[bytes, str], WorkingCopy | Refusal]
"""Pixels of a picture inside the file, given its bytes and media type, from the decoding process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustAnchors:
    """Certificates that the desk itself trusts to vouch for signers: a list of its own, never merged with another."""

    name: str
    pem: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The desk's own earlier checks: the pictures, and what became of a report of then, "" when it is as it was."""

    store: ReferenceStore
    state_of_report: Callable[[PastCheck], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Same bytes and same context give the same evidence."""

    now: datetime
    """The moment of the check: aware, UTC. No check asks any other clock."""
    references: tuple[ReferenceStore, ...] = ()
    references_notes: tuple[str, ...] = ()
    """What the sets could not take in, each a sentence without its full stop."""
    earlier: Earlier | None = None
    earlier_missing: str = ""
    """Why the desk's earlier checks are not searched, when they are not."""
    earlier_remedy: str = ""
    statements: tuple[Evidence, ...] = ()
    """Claims under test and evidence recorded by hand."""
    anchors: tuple[TrustAnchors, ...] = ()
    """Trust lists for Content Credentials beside those of the package."""
    limits: Limits = field(default_factory=Limits)
    left_s: Callable[[], float] | None = None
    """Seconds until nothing is waited for; None without a bound. It decides what is left out, never an answer."""
    decode: Decode | None = None
    """None where no pixels are asked for."""
    claims: bool = True
    """Whether the readers of metadata also tell what the values claim of time, place, camera and author."""
    reference_pixels: Callable[[Reference], WorkingCopy | None] | None = None
    """The picture of a reference, if the file at its place is still the one that was added; None opens none."""
    outside: Outside | None = None
    """Whom to ask outside; None asks nobody."""
    addresses: tuple[str, ...] = ()
    """Where on the web the picture stands, as far as the desk knows: its own addresses, not those of pages."""
    relate: Callable[[bytes, str], Match | None] | None = None
    """How the picture relates to another whose bytes came from outside; None where that cannot be told."""
