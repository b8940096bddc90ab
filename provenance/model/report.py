"""The report as a value: everything that every rendering shows, and nothing that only one of them knows."""

from __future__ import annotations

from dataclasses import dataclass

from .evidence import Evidence
from .finding import ClaimResult, Finding, NextStep, Question, Verdict
from .image import Original, Refusal, Structure
from .noted import Review
from .outcome import CheckRun

SCHEMA = "provenance-report/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of the custody list: what happened to which bytes, when, by which clock."""

    at: str
    what: str
    """One of "received", "kept" (in a case), "decoded", "asked", "searched", "reported"."""
    detail: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """Who made the report."""

    name: str
    version: str
    python: str
    libraries: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """The working copy in numbers."""

    width_px: int
    height_px: int
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """That a report is a derivative of a full record, and what it leaves out of it."""

    of: str
    """Digest of the full record's canonical body (RFC 8785), SHA-256, lower-case hex."""
    left_out: tuple[str, ...]
    """Of "gps", "names", "serials"."""
    items: int = 0
    """Items of evidence that were left out."""
    sentences: int = 0
    """Sentences and contradictions that rest on these, and were left out with them."""
    covered: int = 0
    """Boxes of the picture that are covered."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One picture, its evidence, and the answers that rest on it."""

    schema: str = SCHEMA
    tool: Tool
    made_at: str
    clock: str
    """Which clock `made_at` comes from."""
    original: Original
    structure: Structure
    pixels: Pixels | None
    refusal: Refusal | None
    overall: Verdict
    findings: tuple[Finding, ...]
    claims: tuple[ClaimResult, ...]
    checks: tuple[CheckRun, ...]
    evidence: tuple[Evidence, ...]
    events: tuple[Event, ...]
    settings: dict[str, object]
    next_steps: tuple[NextStep, ...] = ()
    """What a desk can do next, that with the most effect first (findings/steps/ranked.py)."""
    reviews: tuple[Review, ...] = ()
    """What people said of items and answers, in the order of the log."""
    wording: tuple[str, ...] = ()
    """Where a sentence of this report breaks its own rules for words (report/linter.py); a fault of this program."""
    derivation: Derivation | None = None
    """Of an edition that leaves parts out; None for a full record."""

    def finding(self, question: Question) -> Finding | None:
        """The answer to one question; None when it was not asked."""
        return next((finding for finding in self.findings if finding.question is question), None)

    def by_id(self, evidence_id: str) -> Evidence | None:
        """The item behind a citation."""
        return next((item for item in self.evidence if item.id == evidence_id), None)
