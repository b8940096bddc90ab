"""How a check ended. All three endings are in the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """The check did its work; `evidence` may be empty, and then `note` says what was looked for and not there."""

    ended: ClassVar[str] = "ran"
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """The check could not speak: "not checked: <reason>", and what would let it."""

    ended: ClassVar[str] = "skipped"
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The check broke. Its question is "not checked", and the error is shown, not hidden."""

    ended: ClassVar[str] = "failed"
    error: str
    remedy: str = ""
    """What a person can do about it; "" for a fault of this program."""
    exit_code: int = 1
    """With which a run ends that met it (errors.py)."""


Outcome = Ran | Skipped | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRun:
    """One check of the list and how it ended (PROV Activity)."""

    check: str
    outcome: Outcome

    @property
    def id(self) -> str:
        """What a sentence cites when it speaks of the check itself."""
        return f"check-{self.check}"
