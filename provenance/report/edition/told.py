"""What an edition leaves out, in words."""

from __future__ import annotations

from ...model.report import Report
from ...model.text import counted
from .parts import SAID, Part

OPENING = "An edition, not the full record."


def told(report: Report) -> str:
    """What was left out and covered, to stand behind `OPENING`; "" for a full record."""
    made = report.derivation
    if made is None:
        return ""
    left = "; ".join(SAID[Part(name)] for name in made.left_out if name in set(Part))
    found = []
    if left:
        found.append(
            f"Left out: {left}. With these went {counted(made.items, 'item')} of evidence, and those sentences, "
            f"contradictions and next steps that rest on them or show them ({made.sentences:,}); the verdict words are "
            "those of the full record. Names inside the words of others are taken out only where the record states "
            "them as names."
        )
    if made.covered:
        found.append(f"{counted(made.covered, 'part')} of the picture {'is' if made.covered == 1 else 'are'} covered.")
    return " ".join([*found, "Made from the full record with the digest"])


def line(report: Report) -> str:
    """One line for a terminal; "" for a full record."""
    made = report.derivation
    if made is None:
        return ""
    left = f"without {', '.join(made.left_out)}" if made.left_out else ""
    covered = f"{made.covered} covered" if made.covered else ""
    return f"{', '.join(filter(None, (left, covered)))}; full record {made.of[:12]}"
