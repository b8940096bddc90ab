"""The reports that a case holds, the last first, and an item of evidence or an answer found in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .cases import REPORTS
from .errors import UsageError
from .exporting import REPORT_NAME, read_report
from .model.evidence import Evidence
from .model.finding import Question
from .model.report import Report
from .model.standing import may_be_set_aside
from .model.text import visible

SHORTEST = 9
"""Characters of the beginning of an id, such as "match-1f0c", that may stand for it."""


def reports_in(root: Path, sha256: str = "") -> Iterator[Report]:
    """The reports of a case, or those on one picture, the last first.

    Raises InputError for one that this version cannot read.
    """
    found = root.glob(f"{REPORTS}/*-{sha256[:8]}*/{REPORT_NAME}")
    for path in sorted(found, key=lambda path: _order(path.parent.name), reverse=True):
        report = read_report(path)
        if report.original.sha256.startswith(sha256):
            yield report


def _order(name: str) -> tuple[str, int]:
    """Folders in the order in which they were made: a namesake's number counts as one."""
    parts = name.split("-")
    return parts[0], int(parts[2]) if len(parts) > 2 and parts[2].isdigit() else 1


def find_item(root: Path, named: str, pictures: Sequence[str], dismiss: bool) -> tuple[Report, str, str]:
    """The latest report on one of the pictures that holds the item or answers the question, the full id, what it says.

    Raises UsageError for what is in none, and for what cannot be dismissed.
    """
    wanted = named.strip().replace(" ", "-").casefold()
    if wanted in set(Question) and len(pictures) > 1:
        raise UsageError("the case holds several pictures", remedy="name one with --about")
    for report in reports_in(root):
        if report.original.sha256 not in pictures:
            continue
        if wanted in set(Question):
            finding = report.finding(Question(wanted))
            if finding is not None:
                return report, wanted, finding.verdict.value
        elif found := _named(report, wanted):
            if dismiss:
                _require_judgement(found)
            return report, found.id, found.statement
    remedy = "give an id as the page or report.json shows it, such as match-1f0c2a9b44d0, or a question such as when"
    raise UsageError(f"{visible(named, limit=80)} is in no report of this case", remedy=remedy)


def _named(report: Report, wanted: str) -> Evidence | None:
    """The one item whose id this is, or begins so. Raises UsageError for several."""
    found = [item for item in report.evidence if item.id == wanted]
    if not found and len(wanted) >= SHORTEST:
        found = [item for item in report.evidence if item.id.startswith(wanted)]
    if len(found) > 1:
        raise UsageError(f"{visible(wanted, limit=80)} names {len(found)} items", remedy="give the whole id")
    return found[0] if found else None


def _require_judgement(item: Evidence) -> None:
    if not may_be_set_aside(item):
        raise UsageError(
            f"{item.id} was read as it stands, or is the claim under test; nobody's word sets it aside",
            remedy="dismiss what was concluded from it, or record a statement",
        )
