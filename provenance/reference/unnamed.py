"""Files of segments that the set does not name, as a program was killed before it could, or its change failed."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from ..errors import ReferenceSetError
from .sqlite.session import Session


def take_back(session: Session, table: str, path: Path) -> None:
    """Remove a new segment after what should have named it, in that table, failed.

    Not where it is named all the same: Ctrl-C may come once the change is committed. What is left is swept.
    """
    with suppress(ReferenceSetError, OSError):
        with session.reading() as connection:
            named = connection.execute(f"SELECT 1 FROM {table} WHERE file = ?", (path.name,)).fetchone()  # noqa: S608 a name of ours
        if named is None:
            path.unlink(missing_ok=True)


def sweep(session: Session, table: str, folder: Path, kind: re.Pattern[str]) -> None:
    """Remove files of that kind that the table does not name. Only for who alone may write segments."""
    with session.reading() as connection:
        named = {file for (file,) in connection.execute(f"SELECT file FROM {table}").fetchall()}  # noqa: S608 a name of ours
    for path in folder.iterdir():
        if kind.fullmatch(path.name) and path.name not in named:
            with suppress(OSError):
                path.unlink()
