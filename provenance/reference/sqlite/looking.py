"""What lies in the place of a set, looked at without opening it.

Closing the file would take away the locks that SQLite has on it where this process has the set open already, and
another program that closes the set would take its log for nobody's (https://www.sqlite.org/howtocorrupt.html,
section 2.2).
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from ...errors import ReferenceSetError, UnusableSetError
from .faults import REBUILD

_MAGIC = b"SQLite format 3\0"
_LEAST_BYTES = 512
"""The smallest page of SQLite, which takes what is shorter for an empty file and writes over it."""


def look(path: Path, create: bool) -> None:
    """Refuse what cannot be a set before the engine touches it. Raises ReferenceSetError."""
    try:
        # A named pipe would wait for its writer.
        status = path.stat()
        _require_regular(path, status.st_mode)
        if not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except FileNotFoundError as error:
        if create:
            return
        raise ReferenceSetError(
            f"there is no reference set at {path}", remedy="check the name, or make one with: provenance add"
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or str(error)
        raise ReferenceSetError(
            f"the reference set {path} cannot be read: {reason}", remedy="name a file that this user may read"
        ) from error
    if not status.st_size and not create:
        raise UnusableSetError(
            f"{path} is empty: no set was written into it",
            remedy="fill it from the pictures with: provenance add; if it held a set, restore it from a backup",
        )
    if 0 < status.st_size < _LEAST_BYTES:
        raise no_database(path, "it is shorter than any set")


def _require_regular(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    kind = "a folder" if stat.S_ISDIR(mode) else "a named pipe" if stat.S_ISFIFO(mode) else "a device or socket"
    raise ReferenceSetError(f"{path} is no reference set: it is {kind}", remedy="name a set made with `provenance add`")


def begins_as_one(path: Path) -> bool:
    """Whether a file that SQLite refused, and nothing in this process has open, was one of its own."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:  # gone meanwhile
        return False


def no_database(path: Path, why: str = "its first bytes are not SQLite's") -> UnusableSetError:
    """That the file is something else."""
    return UnusableSetError(
        f"{path} is no reference set: {why}",
        remedy="name a set made with `provenance add`, or a folder of pictures; if it was one, " + REBUILD,
    )
