"""What a desk keeps of a check that it made: when, by which clock, what came of it, and where its report lies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAnswer:
    """One question of a past check and the word that answered it."""

    question: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCheck:
    """One check in the past, as the desk noted it when it was done."""

    at: str
    """ISO 8601, UTC: when the check began."""
    clock: str
    """Which clock that was."""
    name: str = ""
    """Of the file, as it was called then."""
    by: str = ""
    tool: str = ""
    overall: str = ""
    answers: tuple[PastAnswer, ...] = ()
    claims: tuple[str, ...] = ()
    """The claims that were tested, in the claimants' words, cut."""
    report: str = ""
    """Where its report.json was written, an absolute path; "" when none was kept."""
    report_sha256: str = ""
    """Of the bytes of that report.json."""
    case: str = ""
    """The case folder that it was filed in."""
