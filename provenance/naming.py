"""Which record belongs to which file: by path relative to the folder, else by file name where only one file has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .model.record import Record
from .taking import Refused, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A file, and its path relative to the folder that was given, with forward slashes."""

    path: Path
    relative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """Names in the records that belong to no file, and names that several files have."""

    without_picture: tuple[str, ...]
    ambiguous: tuple[Refused, ...]


def attribute(files: Sequence[Named], records: Mapping[str, tuple[Record, ...]]) -> tuple[list[Wanted], Unplaced]:
    """Every file with its records. A name that several files have is given to none of them: a wrong record harms."""
    by_relative: dict[str, list[Path]] = {}
    by_name: dict[str, list[Path]] = {}
    for file in files:
        relative = _spelt(file.relative)
        by_relative.setdefault(relative, []).append(file.path)
        by_name.setdefault(relative.rpartition("/")[2], []).append(file.path)
    given: dict[Path, list[Record]] = {}
    missing: list[str] = []
    ambiguous: list[Refused] = []
    for name, items in records.items():
        spelt = _spelt(name)
        paths = by_relative.get(spelt) or by_name.get(spelt, [])
        if len(paths) == 1:
            given.setdefault(paths[0], []).extend(items)
        elif paths:
            ambiguous.append(_ambiguous(name, len(paths)))
        else:
            missing.append(name)
    wanted = [Wanted(path=file.path, records=tuple(given.get(file.path, ()))) for file in files]
    return wanted, Unplaced(without_picture=tuple(missing), ambiguous=tuple(ambiguous))


def _ambiguous(name: str, files: int) -> Refused:
    return Refused(
        path=name,
        reason=f"{files} pictures have this name, so its records were given to none of them",
        remedy="write the path relative to the folder into the records file",
    )


def _spelt(name: str) -> str:
    """One spelling of a relative path: composed characters, forward slashes, no leading dot."""
    return PurePosixPath(unicodedata.normalize("NFC", name.replace("\\", "/"))).as_posix()
