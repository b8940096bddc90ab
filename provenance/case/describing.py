"""A whole case described for other programs, from its log and its files alone: RO-Crate with PROV, and CASE/UCO."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..custody import disk
from ..custody.contents import FolderContents
from ..custody.layout import CRATE, GRAPH, LOG, REPORTS
from ..custody.reading import entries, read_log
from ..errors import CaseError
from ..model.case import CaseFile
from ..model.limits import DESCRIBED_REPORTS, REPORT_BYTES
from ..model.report_files import JSON_NAME
from ..model.text import visible
from ..sealing.folders import folder_of
from .held import held

if TYPE_CHECKING:
    from ..model.report import Report
    from ..report.exports.filed import FiledCase


def descriptions(root: Path) -> Mapping[str, bytes]:
    """The files that a seal writes for other programs: ro-crate-metadata.json and case.jsonld.

    Raises ValueError for a log that does not hold, OSError.
    """
    from ..report.exports import case_crate, case_graph

    case = filed(root)
    return {
        CRATE: f"{case_crate.render(case)}\n".encode("utf-8", "backslashreplace"),
        GRAPH: f"{case_graph.render(case)}\n".encode("utf-8", "backslashreplace"),
    }


def describe_case(case: str | Path, form: str) -> str:
    """The description of a case again, from the record alone. `form`: "case" or "ro-crate". Raises CaseError."""
    root = folder_of(case)
    try:
        made = descriptions(root)[{"case": GRAPH, "ro-crate": CRATE}[form]]
    except ValueError as error:
        raise CaseError(str(error), remedy="see: provenance verify") from None
    except OSError as error:
        raise CaseError(f"{root} cannot be read: {error.strerror}", remedy="name a case folder") from None
    return made.decode("utf-8").removesuffix("\n")


def filed(root: Path) -> FiledCase:
    """The case in a folder, with those of its reports that this version can read back. Raises ValueError, OSError."""
    from ..report.exports.filed import FiledCase, by_digest

    contents = FolderContents(root)
    log = read_log(contents)
    told = tuple(entries(contents))
    size_bytes, sha256 = disk.digest(contents.chunks(LOG))
    files = [file for file, _ in log.files.values()]
    files.append(CaseFile(path=LOG, size_bytes=size_bytes, sha256=sha256))
    files.sort(key=lambda file: file.path)
    reports: dict[int, Report] = {}
    unread: list[str] = []
    for entry in told:
        for file in filter(_is_report, entry.outputs):
            report = "more reports than are described" if len(reports) >= DESCRIBED_REPORTS else _report(file, contents)
            if isinstance(report, str):
                unread.append(f"{file.path} ({report})")
            else:
                reports[entry.number] = report
    return FiledCase(
        case=log.heads[0].hex(),
        entries=told,
        files=tuple(files),
        reports=reports,
        unread=tuple(unread[:DESCRIBED_REPORTS]),
        by_digest=by_digest(files),
    )


def _is_report(file: CaseFile) -> bool:
    """Whether it is the report of a check; an edition of one is told as a derivative of it."""
    return file.path.startswith(f"{REPORTS}/") and file.path.endswith(f"/{JSON_NAME}")


def _report(file: CaseFile, contents: FolderContents) -> Report | str:
    """The report in a file, or why it cannot be read back. Raises OSError, and CaseError for one that was changed."""
    from ..report.reading import read

    if file.size_bytes > REPORT_BYTES:
        return f"it is larger than {REPORT_BYTES:,} bytes"
    data = held(contents.root, file, REPORT_BYTES)
    try:
        return read(data)
    except ValueError as error:
        return visible(str(error), limit=200)
