"""The reports of a case made again from its record alone, and held against those that were kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .cases import REPORTS, folder_of
from .custody import disk
from .custody.contents import FolderContents
from .custody.layout import LOG
from .custody.reading import hold_file, read_log
from .errors import CaseError, InputError
from .exporting import REPORT_NAME, read_report
from .model.evidence import Match
from .model.limits import REPORT_BYTES
from .model.text import visible

if TYPE_CHECKING:
    from .model.report import Report

KEPT_NAMES: Mapping[str, str] = {"html": "report.html", "json": REPORT_NAME}
"""What a form is kept as, of the forms that a check writes into a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """A report of a case, read back, with the folder that keeps it and the picture as it was received."""

    folder: Path
    report: Report = field(repr=False)
    picture: Path


def is_case(path: str | Path) -> bool:
    """Whether a case lies there."""
    return Path(path).is_dir() and disk.there(Path(path) / LOG)


def case_reports(path: str | Path) -> tuple[KeptReport, ...]:
    """The reports of the case at `path`, or the one whose folder in a case it is; () for anything else.

    Each report.json and picture is held to the digest that the log names. Raises CaseError for one that differs, and
    InputError for a report that cannot be read.
    """
    given = Path(path)
    root = given if is_case(given) else given.resolve().parent.parent.parent
    if not given.is_dir() or not is_case(root):
        return ()
    folder_of(root)
    contents = FolderContents(root)
    try:
        files = {name: file for name, (file, _) in read_log(contents).files.items()}
        names = [name for name in files if name.startswith(f"{REPORTS}/") and name.endswith(f"/{REPORT_NAME}")]
        if root != given:
            names = [name for name in names if (root / name).parent == given.resolve()]
        pictures = {file.sha256: root / name for name, file in files.items() if name.startswith("data/originals/")}
        found = []
        for name in sorted(names):
            hold_file(files[name], contents)
            report = read_report(root / name)
            picture = pictures.get(report.original.sha256)
            if picture is None:
                raise CaseError(f"the picture of {name} is not in the case", remedy="see: provenance verify")
            hold_file(files[picture.relative_to(root).as_posix()], contents)
            found.append(KeptReport(folder=(root / name).parent, report=report, picture=picture))
    except ValueError as error:
        raise CaseError(str(error), remedy="see: provenance verify") from None
    except OSError as error:
        raise CaseError(f"{visible(str(root))} cannot be read: {error.strerror}", remedy="check its files") from None
    return tuple(found)


def against_kept(kept: KeptReport, form: str, made: str | bytes, *, references: bool) -> str:
    """How what was made again relates to what was kept, a sentence; "" for a form that is not kept.

    `references`: whether sets were given whose pictures the page may show.
    """
    name = KEPT_NAMES.get(form, "")
    if not name or isinstance(made, bytes):
        return ""
    where = visible(f"{kept.folder.name}/{name}", limit=200)
    try:
        before = disk.read(kept.folder / name, 4 * REPORT_BYTES)
    except OSError as error:
        return f"{where} is not there to compare with ({error.strerror})"
    if before.rstrip(b"\n") == made.encode("utf-8", "backslashreplace").rstrip(b"\n"):
        return f"the same as the {where} that was kept"
    return f"differs from the {where} that was kept{_why(kept.report, form, references=references)}"


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
    from ._version import __version__

    if report.tool.version != __version__:
        return f": version {visible(report.tool.version, limit=40)} made that one, and this is {__version__}"
    matched = any(isinstance(item, Match) for item in report.evidence)
    if form == "html" and matched and not references:
        return ": that one shows pictures of reference sets, which a case does not keep; name the sets with --reference"
    return ", though the same version made both: the libraries, or the pictures at hand, may be others"
