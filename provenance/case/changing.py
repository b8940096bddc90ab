"""What changed between two reports on a picture: files, folders, or the reports of cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import CaseError, InputError
from ..model.report import Report
from ..model.text import visible
from ..output.exporting import read_report
from ..report.changes import Changes
from ..report.changes import changes as compare
from ..report.jsonform import body_digest
from ..sealing.folders import is_case
from .reported import reports_in

NONE_ON_IT = "there is no report on that picture"
ONE_MORE = "check the picture once more with --case, or name two reports"


def changes(old: str | Path | Report, new: str | Path | Report | None = None, *, picture: str = "") -> Changes:
    """What came, went and changed from an old report to a new one, answer by answer.

    Each is a Report, a report.json, the folder of one, or a case, which stands for its last report on the same picture.
    Without `new`, the last two reports of the case `old` on one picture are compared. `picture`: the SHA-256 of the
    one that is meant, or its first digits. Raises InputError, CaseError.
    """
    if new is None:
        return _within(old, picture)
    sides = _candidates(old, picture), _candidates(new, picture)
    first: dict[str, Report] = {}
    latest: dict[str, Report] = {}
    for found, reports in zip((first, latest), sides, strict=True):
        for report in reports:
            found.setdefault(report.original.sha256, report)
    if not first or not latest:
        raise InputError(NONE_ON_IT, remedy="name another with --picture")
    shared = next((sha256 for sha256 in latest if sha256 in first), "")
    if shared:
        return compare(first[shared], latest[shared])
    return compare(next(iter(first.values())), next(iter(latest.values())))


def since_last(case: str | Path, report: Report, *, language: str = "en") -> str:
    """In one line what a report changed against the one before it on its picture in this case; "" for the first.

    `language`: of our words, a code of `model.languages.LANGUAGES`. A report before it that cannot be read any more is
    passed over: that is for `diff` to say.
    """
    from ..report.languages.tongue import tongue
    from ..report.terminal.changes import render_line

    try:
        for before in (kept.report for kept in reports_in(Path(case), report.original.sha256)):
            if body_digest(before) != body_digest(report):
                return render_line(compare(before, report), tongue(language))
    except (InputError, CaseError):
        return ""
    return ""


def render_changes(found: Changes, *, width: int = 80) -> str:
    """What changed, for a terminal of `width` columns."""
    from ..report.terminal.changes import render

    return render(found, width=width)


def render_changes_json(found: Changes) -> str:
    """The same for machines."""
    from ..report.terminal.changes import render_json

    return render_json(found)


def _within(case: str | Path | Report, picture: str) -> Changes:
    """The last report of a case against the one before it on the same picture."""
    if isinstance(case, Report) or not is_case(case):
        shown = "one report" if isinstance(case, Report) else visible(str(case), limit=200)
        raise InputError(f"{shown} is no case, so there is nothing to compare it with", remedy="name two reports")
    last: Report | None = None
    for report in _candidates(case, picture):
        if last is None:
            last = report
        elif report.original.sha256 == last.original.sha256:
            return compare(report, last)
    if last is None and picture:
        raise InputError(NONE_ON_IT, remedy="name another with --picture")
    raise InputError(f"{visible(str(case), limit=200)} holds no two reports on one picture", remedy=ONE_MORE)


def _candidates(side: str | Path | Report, picture: str) -> Iterator[Report]:
    """The reports that a side stands for, the last first."""
    wanted = picture.casefold()
    if isinstance(side, Report):
        found = iter((side,))
    else:
        found = (kept.report for kept in reports_in(Path(side))) if is_case(side) else iter((read_report(side),))
    return (report for report in found if report.original.sha256.startswith(wanted))
