"""Opens a reference set by path or URL; the one place that names the engines."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

from ..errors import ReferenceSetError
from .sqlite import SQLiteStore


def open_set(url: str | Path, *, create: bool = False, name: str = "") -> SQLiteStore:
    """Open the set at a path, or at sqlite:///absolute/path. Raises ReferenceSetError.

    `create` makes a set that is not there, under `name` or else the file's name without its ending.
    """
    text = os.fspath(url)
    if text in ("", "sqlite://"):
        raise ReferenceSetError("an empty name names no reference set", remedy="give the path of a SQLite file")
    match text.split("://", 1):
        case [path]:
            return SQLiteStore(Path(path), create=create, name=name)
        case ["sqlite", location]:
            return SQLiteStore(Path(unquote(location)), create=create, name=name)
        case [("postgresql" | "postgres"), _]:
            raise ReferenceSetError(
                "PostgreSQL is not supported by this version", remedy="name a SQLite file: a path, or sqlite:///..."
            )
        case [engine, _]:
            raise ReferenceSetError(
                f"{engine!r} is no engine of this version", remedy="name a SQLite file: a path, or sqlite:///..."
            )
        case _:
            raise AssertionError("split gives one part or two")
