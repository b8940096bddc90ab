"""The reports that a case holds, the last first, and an item of evidence or an answer found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..custody.layout import RECORDED, REPORTS
from ..errors import CaseError, UsageError
from ..model.case import CaseFile
from ..model.evidence import Evidence
from ..model.finding import Question
from ..model.limits import REPORT_BYTES
from ..model.report import Report
from ..model.report_files import JSON_NAME
from ..model.standing import may_be_set_aside
from ..model.text import visible
from ..output.exporting import report_from
from .held import files_of, held, originals

SHORTEST = 9
"""Characters of the beginning of an id, such as "match-1f0c", that may stand for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """A report of a case, read back, with the folder that keeps it and the picture as it was received."""

    folder: Path
    file: CaseFile
    """Its report.json, as the log names it."""
    report: Report = field(repr=False)
    picture: CaseFile
    saved: tuple[Path, ...] = field(repr=False, default=())
    """Files of the case that go with what people recorded, such as saved pictures of hits."""

    @property
    def root(self) -> Path:
        """The case."""
        return self.folder.parent.parent.parent

    @property
    def picture_path(self) -> Path:
        """Where the picture lies."""
        return self.root / self.picture.path


def reports_in(root: Path, sha256: str = "", *, within: Path | None = None) -> Iterator[KeptReport]:
    """The reports of a case that its log names, or those on one picture, or in one folder; the last first.

    Each report.json is held to the digest in the log; the picture is for whoever reads it to hold. Raises CaseError for
    one that differs, InputError for one that this version cannot read.
    """
    files = files_of(root)
    pictures, saved = originals(files), tuple(root / path for path in files if path.startswith(f"{RECORDED}/"))
    found = re.compile(rf"{REPORTS}/([^/]*-{re.escape(sha256[:8])}[^/]*)/{re.escape(JSON_NAME)}")
    for path, file in reversed(files.items()):
        name = found.fullmatch(path)
        if name is None or (within is not None and within.name != name[1]):
            continue
        report = report_from(held(root, file, REPORT_BYTES), str(root / path))
        picture = pictures.get(report.original.sha256)
        if picture is None:
            raise CaseError(f"the picture of {path} is not in the case", remedy="see: provenance verify")
        if report.original.sha256.startswith(sha256):
            yield KeptReport(folder=(root / path).parent, file=file, report=report, picture=picture, saved=saved)


def find_item(root: Path, named: str, pictures: Sequence[str], dismiss: bool) -> tuple[Report, str, str]:
    """The latest report on one of the pictures that holds the item or answers the question, the full id, what it says.

    Raises UsageError for what is in none, and for what cannot be dismissed.
    """
    wanted = named.strip().replace(" ", "-").casefold()
    if wanted in set(Question) and len(pictures) > 1:
        raise UsageError("the case holds several pictures", remedy="name one with --about")
    for report in (kept.report for kept in reports_in(root)):
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
