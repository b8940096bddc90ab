"""What an edition leaves out, in words."""

from __future__ import annotations

from ...model.report import Report
from .parts import SAID, Part


def leaves_out(report: Report) -> tuple[str, ...]:
    """The parts that are left out, in words; nothing for a full record."""
    named = report.derivation.left_out if report.derivation else ()
    return tuple(SAID[Part(name)] for name in named if name in set(Part))


def line(report: Report) -> str:
    """One line for a terminal; "" for a full record."""
    made = report.derivation
    if made is None:
        return ""
    left = f"without {', '.join(made.left_out)}" if made.left_out else ""
    covered = f"{made.covered} covered" if made.covered else ""
    return f"{', '.join(filter(None, (left, covered)))}; full record {made.of[:12]}"
