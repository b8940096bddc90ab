"""Opens a reference set by path or URL; the one place that names the engines."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from ..errors import ReferenceSetError
from .reference_set import ReferenceSet
from .sqlite.store import SQLiteStore

_DATABASE = "name a database as postgresql://USER@HOST/DATABASE"
_ENGINES = f"name a SQLite file by its path or as sqlite:///..., or {_DATABASE.removeprefix('name ')}"


def open_set(
    url: str | Path,
    *,
    create: bool = False,
    name: str = "",
    set_id: str = "",
    parts: Sequence[str] = (),
    desk: Path | None = None,
) -> ReferenceSet:
    """Open the set at a path, at sqlite:///absolute/path or at postgresql://user@host/db. Raises ReferenceSetError.

    `create` makes a set that is not there, under `name` or else the file's name without its ending, or the database's,
    and with `set_id` or else an identifier of its own. With `parts`, other databases, it is made to lie on those, too.
    `desk`: a folder for what was read of a large set in a database, lest each process reads it again.
    """
    text = os.fspath(url)
    if parts and not text.startswith(("postgresql://", "postgres://")):
        raise ReferenceSetError("only a set in a database can be spread", remedy=_DATABASE)
    if text in ("", "sqlite://"):
        raise ReferenceSetError("an empty name names no reference set", remedy="give the path of a SQLite file")
    match text.split("://", 1):
        case [path]:
            return SQLiteStore(Path(path), create=create, name=name, set_id=set_id)
        case ["sqlite", location]:
            return SQLiteStore(Path(unquote(location)), create=create, name=name, set_id=set_id)
        case [("postgresql" | "postgres"), _]:
            from .postgresql.store import PostgreSQLStore

            return PostgreSQLStore(text, create=create, name=name, set_id=set_id, parts=parts, desk=desk)
        case [engine, _]:
            raise ReferenceSetError(f"{engine!r} is no engine of this version", remedy=_ENGINES)
        case _:
            raise AssertionError("split gives one part or two")
