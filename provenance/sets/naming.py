"""Which record belongs to which file: by path relative to the folder, else by file name where only one file has it."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..model.record import Record
from ..model.text import visible
from .wanted import Refused, Wanted

_NUMBERS = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A file, and its path relative to the folder that was given, with forward slashes."""

    path: Path
    relative: str


def as_named(path: Path) -> Path:
    """The one spelling of a path by which it is known whether a file was named before; a link keeps its own name."""
    return Path(os.path.abspath(path))  # noqa: PTH100 which resolve() would not


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """Names in the records that belong to no file, and names that several files have."""

    without_picture: tuple[str, ...]
    shared: tuple[tuple[str, int], ...]
    """Each with the number of pictures that answer to it."""

    def refused(self) -> tuple[Refused, ...]:
        """The names that several files have, as what could not be taken."""
        return tuple(
            Refused(
                path=name,
                reason=f"{pictures} pictures have this name, so its records were given to none of them",
                remedy="write the path relative to the folder into the records file",
            )
            for name, pictures in self.shared
        )

    def sentences(self, records_file: str, passed_over: Collection[str]) -> tuple[str, ...]:
        """What the records file names in vain. `passed_over`: relative paths of which it is told why elsewhere."""
        known = {_spelt(name) for name in passed_over}
        absent = [name for name in self.without_picture if _spelt(name) not in known]
        said = f"the records file {visible(records_file)} names"
        return (
            *(f"{said} {visible(name, limit=80)}, which is not there" for name in absent),
            *(
                f"{said} {visible(name, limit=80)}, and {_NUMBERS.get(pictures, str(pictures))} pictures answer to it"
                for name, pictures in self.shared
            ),
        )


def attribute(files: Sequence[Named], records: Mapping[str, tuple[Record, ...]]) -> tuple[list[Wanted], Unplaced]:
    """Every file once, with its records. A name that several files have is given to none of them: a wrong record harms.

    A file that stands twice, under one path and perhaps two relative ones, is one file that answers to both.
    """
    by_relative: dict[str, dict[Path, None]] = {}
    by_name: dict[str, dict[Path, None]] = {}
    for file in files:
        relative = _spelt(file.relative)
        by_relative.setdefault(relative, {})[file.path] = None
        by_name.setdefault(relative.rpartition("/")[2], {})[file.path] = None
    given: dict[Path, list[Record]] = {}
    missing: list[str] = []
    shared: list[tuple[str, int]] = []
    for name, items in records.items():
        spelt = _spelt(name)
        paths = list(by_relative.get(spelt) or by_name.get(spelt, {}))
        if len(paths) == 1:
            given.setdefault(paths[0], []).extend(items)
        elif paths:
            shared.append((name, len(paths)))
        else:
            missing.append(name)
    once = dict.fromkeys(file.path for file in files)
    wanted = [Wanted(path=path, records=tuple(given.get(path, ()))) for path in once]
    return wanted, Unplaced(without_picture=tuple(missing), shared=tuple(shared))


def _spelt(name: str) -> str:
    """One spelling of a relative path: composed characters, forward slashes, no leading dot."""
    return PurePosixPath(unicodedata.normalize("NFC", name.replace("\\", "/"))).as_posix()
