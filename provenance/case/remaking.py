"""The reports of a case made again from its record alone, and held against those that were kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..custody import disk
from ..custody.layout import REPORTS
from ..errors import InputError
from ..model.limits import REPORT_BYTES
from ..model.matches import Match
from ..model.report_files import HTML_NAME, JSON_NAME, PDF_NAME
from ..model.text import visible
from ..sealing.folders import is_case, is_folder
from .added import last_rating
from .held import held
from .reported import KeptReport, reports_in

if TYPE_CHECKING:
    from ..model.report import Report

KEPT_NAMES: Mapping[str, str] = {"html": HTML_NAME, "json": JSON_NAME, "pdf": PDF_NAME}
"""What a form is kept as, of the forms that a check writes into a case; the PDF only where it was asked for."""


def case_reports(path: str | Path) -> tuple[KeptReport, ...]:
    """The reports of the case at `path`, the oldest first, or the one whose folder it is; () for anything else.

    Each report.json and picture is held to the digest that the log names. Raises CaseError for one that differs, and
    InputError for a report that cannot be read.
    """
    given = Path(path)
    if is_case(given):
        root, within = given, None
    else:
        within = Path(os.path.realpath(given))  # Path.resolve raises where links lead in a circle
        root = within.parent.parent.parent
        if not is_folder(within) or within.parent != root / REPORTS or not is_case(root):
            return ()
    found = [*reports_in(root, within=within)][::-1]
    for picture in {kept.picture.path: kept.picture for kept in found}.values():
        held(root, picture)
    return tuple(found)


def against_kept(kept: KeptReport, form: str, made: str | bytes, *, references: bool) -> str:
    """How what was made again relates to what was kept, a sentence; "" for a form that is not kept.

    `references`: whether sets were given whose pictures the page may show.
    """
    name = KEPT_NAMES.get(form, "")
    if not name or (form == "pdf" and not disk.there(kept.folder / name)):
        return ""
    where = visible(f"{kept.folder.name}/{name}", limit=200)
    try:
        before = disk.read(kept.folder / name, 4 * REPORT_BYTES)
    except OSError as error:
        return f"{where} is not there to compare with ({error.strerror})"
    again = made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")
    if before.rstrip(b"\n") == again.rstrip(b"\n"):
        return f"the same as the {where} that was kept"
    return f"differs from the {where} that was kept{_why(kept.report, form, references=references)}"


def rated(found: tuple[KeptReport, ...], path: str | Path) -> KeptReport:
    """The last report on the one picture of a case that is, or has been, rated. Raises InputError where several are."""
    last = {kept.report.original.sha256: kept for kept in found}
    if len(last) > 1:
        last = {sha256: kept for sha256, kept in last.items() if last_rating(path, sha256) is not None} or last
    return only(tuple(last.values()), path)


def only(found: tuple[KeptReport, ...], path: str | Path) -> KeptReport:
    """The one report. Raises InputError where there are several, or none."""
    if len(found) == 1:
        return found[0]
    shown = visible(str(path), limit=200)
    if not found:
        raise InputError(f"{shown} is a case without a report", remedy="check a picture into it: check --case")
    last = visible(str(found[-1].folder))
    raise InputError(
        f"{shown} is a case with {len(found)} reports",
        remedy=f"give --out DIR for all of them, or the folder of one, such as the last: {last}",
    )


def _why(report: Report, form: str, *, references: bool) -> str:
    """What may have made the difference."""
    from .._version import __version__

    if report.tool.version != __version__:
        return f": version {visible(report.tool.version, limit=40)} made that one, and this is {__version__}"
    matched = any(isinstance(item, Match) for item in report.evidence)
    if form in ("html", "pdf") and matched and not references:
        return ": that one shows pictures of reference sets, which a case does not keep; name the sets with --reference"
    return ", though the same version made both: the libraries, the fonts or the pictures at hand may be others"
