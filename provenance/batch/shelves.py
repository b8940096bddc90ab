"""Where the index of a batch and its reports lie, and the list from which it goes on: a folder, or a case."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..custody.layout import INDEXES, REPORTS
from ..errors import OutputError, unless_full
from ..model.canonical import iso
from ..model.case import Did, Settings
from .journal import NAME as JOURNAL_NAME
from .journal import Journal

if TYPE_CHECKING:
    from ..desk.desk import Desk
    from ..model.batch import Batch

INDEX_NAME, INDEX_JSON_NAME = "index.html", "index.json"


class Shelf(Protocol):
    """What a batch asks of the place where its work lies."""

    reports: Path
    """Where the folders of the reports lie."""
    to_reports: str
    """What leads there from the index."""
    option: str

    def basis(self) -> list[str]:
        """What answers rest on here besides the picture and the desk."""

    def open(self) -> Journal:
        """The list, entered: this run's alone until it is closed. Raises OutputError."""

    def close(self) -> None:
        """Let go of what was taken."""

    def write(self, files: Iterable[tuple[str, bytes]], batch: Batch) -> Path:
        """Write the pages and index.json; the first page. Raises OutputError, CaseError."""


class FolderShelf:
    """A folder that holds the index, the list, and a folder for each report."""

    option, to_reports = "--out", ""

    def __init__(self, folder: Path) -> None:
        self.reports = folder

    def basis(self) -> list[str]:
        """Nothing more."""
        return []

    def open(self) -> Journal:
        """The list in the folder. Raises OutputError, also where the folder holds an index that is not of a batch."""
        names = (JOURNAL_NAME, INDEX_NAME, INDEX_JSON_NAME)
        there = [name for name in names if os.path.exists(self.reports / name)]  # noqa: PTH110 a folder may be shut
        if there and there[0] != JOURNAL_NAME:
            raise OutputError(
                f"{self.reports} already holds {there[0]}",
                remedy="nothing was replaced; name another folder with --out",
            )
        return Journal(self.reports).__enter__()

    def close(self) -> None:
        """Nothing is held."""

    def write(self, files: Iterable[tuple[str, bytes]], batch: Batch) -> Path:  # noqa: ARG002 a case tells of it
        """Replace the index by that of this run, page by page."""
        from ..report.index import is_page_name

        written = set()
        for name, data in files:
            _replace(self.reports / name, data)
            written.add(name)
        for stale in self.reports.glob("index-*.html"):  # of a run with more pictures
            if stale.name not in written and is_page_name(stale.name):
                stale.unlink(missing_ok=True)
        return self.reports / INDEX_NAME


class CaseShelf:
    """A case: each run leaves an index of its own among the files that the log names.

    The list lies in the user's cache, since a case holds nothing that changes; where it is lost or in use by another
    run, pictures are checked again and nothing else is missing.
    """

    option, to_reports = "--case", "../../reports/"

    def __init__(self, case: Path, desk: Desk) -> None:
        self.reports = case / REPORTS
        self.head = ""
        """Of the log behind the index, once it is written."""
        self._case, self._desk = case, desk
        self._temporary: Path | None = None

    def basis(self) -> list[str]:
        """What people recorded until now: it is weighed by every check."""
        from ..case.cases import chronology
        from ..sealing.folders import is_case

        if not is_case(self._case):
            return []
        return [f"recorded in entry {entry.number}" for entry in chronology(self._case) if entry.did == Did.RECORDED]

    def open(self) -> Journal:
        """The list in the cache, else one in a temporary folder."""
        from ..sets.which import cache_folder

        name = hashlib.sha256(os.fsencode(self._case.absolute())).hexdigest()[:16]
        folder = cache_folder().with_name("batches")
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return Journal(folder / name).__enter__()
        except (OSError, OutputError):
            self._temporary = Path(tempfile.mkdtemp(prefix="provenance-"))
            return Journal(self._temporary).__enter__()

    def close(self) -> None:
        """Remove the temporary folder."""
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def write(self, files: Iterable[tuple[str, bytes]], batch: Batch) -> Path:
        """Deposit the index, with an entry that names each of its files."""
        from ..custody.writing import writing
        from ..sealing.author import author

        by = author(*self._desk.now())
        rows, missing = len(batch.rows), sum(not row.report for row in batch.rows)
        settings: Settings = {
            "files": str(rows),
            "without a report": str(missing),
            "from an earlier run": str(batch.kept),
        }
        if batch.not_reached:
            settings["not reached"] = str(batch.not_reached)
        with writing(self._case, by, create=True) as writer:
            inside = writer.free_name(f"{INDEXES}/{_stamp(batch.made_at)}")
            writer.enter(
                by,
                Did.INDEXED,
                f"made an index of {rows} {'file' if rows == 1 else 'files'}",
                files={f"{inside}/{name}": data for name, data in files},
                settings=settings,
            )
            self.head = str(writer.head)
        return self._case / inside / INDEX_NAME


def new_folder(parent: Path, desk: Desk) -> Path:
    """A folder of its own for a batch, named after the time. Raises OutputError."""
    stamp = _stamp(iso(desk.now()[0]))
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for number in range(1, 10_000):
            folder = parent / (f"{stamp}-batch" if number == 1 else f"{stamp}-batch-{number}")
            try:
                folder.mkdir()
            except FileExistsError:
                continue
            return folder
    except OSError as error:
        remedy = unless_full(error, "name a folder with --out")
        raise OutputError(f"cannot write to {parent}: {error.strerror}", remedy=remedy) from error
    raise OutputError(f"{parent} holds too many batches of that name", remedy="name another folder with --out")


def _stamp(moment: str) -> str:
    return moment.replace("-", "").replace(":", "")


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise OutputError(f"cannot write {path}: {error.strerror}", remedy="make room, and run it again") from error
