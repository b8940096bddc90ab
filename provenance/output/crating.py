"""The files below the folder of a report, as its RO-Crate lists them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ..custody.disk import CHUNK_BYTES, digest
from ..custody.given import opened
from ..custody.layout import ORIGINALS
from ..errors import InputError
from ..model.limits import CRATE_FILES
from ..model.report import Report
from ..model.text import visible
from .exporting import report_in

if TYPE_CHECKING:
    from ..report.exports.ro_crate import CrateFile


def crate_files(folder: str | Path, report: Report) -> tuple[CrateFile, ...]:
    """Every file below a folder with its size, digest and role; links are not followed and not listed.

    In a case, what lies outside the folder of the report is an original or a record: this report did not make it.

    Raises InputError for what cannot be read, and for more than 10,000 files.
    """
    from ..report.exports.ro_crate import NAME

    top = Path(folder)
    home = report_in(top).parent
    found: list[CrateFile] = []
    for path in _files(top):
        name = path.relative_to(top).as_posix()
        if name != NAME:
            found.append(_crate_file(path, name, report, made=path.is_relative_to(home)))
        if len(found) > CRATE_FILES:
            raise InputError(f"{top} holds more than {CRATE_FILES:,} files", remedy="give the folder of one report")
    return tuple(sorted(found, key=lambda file: file.name))


def _files(folder: Path) -> Iterator[Path]:
    try:
        for path, folders, names in os.walk(folder, onerror=_raise):
            folders.sort()
            for file in (Path(path, name) for name in sorted(names)):
                if stat.S_ISREG(file.lstat().st_mode):
                    yield file
    except OSError as error:
        raise InputError(
            f"{visible(str(folder), limit=200)}: {error.strerror or error}", remedy="check its permissions"
        ) from error


def _raise(error: OSError) -> NoReturn:
    raise error


def _crate_file(path: Path, name: str, report: Report, *, made: bool) -> CrateFile:
    from ..report.exports.filed import media_type as by_ending
    from ..report.exports.ro_crate import CrateFile, Role

    try:
        with opened(path) as file:
            size_bytes, sha256 = digest(iter(lambda: file.read(CHUNK_BYTES), b""))
    except OSError as error:
        raise InputError(
            f"{visible(str(path), limit=200)}: {error.strerror or error}", remedy="check its permissions"
        ) from error
    media_type = by_ending(path.name.lower())
    if sha256 == report.original.sha256:
        role, media_type = Role.ORIGINAL, report.original.media_type
    elif name.startswith(f"{ORIGINALS}/"):
        role = Role.ORIGINAL
    elif made and path.stem == "report":
        role = Role.REPORT
    else:
        role = Role.FIGURE if made and media_type.startswith("image/") else Role.RECORD
    return CrateFile(name=name, size_bytes=size_bytes, sha256=sha256, role=role, media_type=media_type)
