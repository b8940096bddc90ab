"""What SQLite complains of, as errors that a person can mend."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...errors import ReferenceSetError, UnusableSetError

REBUILD = "restore it from a backup, or move it away and fill a new set from the pictures with: provenance add"


def damaged(path: Path, detail: str) -> UnusableSetError:
    """The set at `path` cannot be trusted any more."""
    return UnusableSetError(f"the reference set {path} is damaged: {detail}", remedy=REBUILD)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn every error of the engine, and text that does not decode, into a ReferenceSetError with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _error(path, error) from error
    except (UnicodeError, OverflowError, RecursionError) as error:
        raise damaged(path, in_words(error)) from error


def in_words(error: Exception) -> str:
    """What is wrong with content that cannot be read, for a person who knows no Python."""
    if isinstance(error, UnicodeError):
        return "a text in it is not UTF-8"
    if isinstance(error, RecursionError):
        return "something in it is nested too deeply"
    if isinstance(error, OverflowError):
        return "a number in it is too large"
    if isinstance(error, AttributeError | LookupError | TypeError):
        return f"what it holds is not as this program writes it ({type(error).__name__}: {error})"
    return str(error)


def _error(path: Path, error: sqlite3.Error) -> ReferenceSetError:
    text = str(error)
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ReferenceSetError(
            f"the reference set {path} is being written by another program", remedy="wait until it ends, then try again"
        )
    if name.startswith("SQLITE_READONLY") or "readonly" in text:
        return ReferenceSetError(
            f"the reference set {path} cannot be written", remedy="give this user the right to write it and its folder"
        )
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return ReferenceSetError(
            f"the reference set {path} cannot be read or written: {text}",
            remedy="see that its disk is there and has room; what was acknowledged before is kept",
        )
    if name.startswith("SQLITE_CANTOPEN") and _takes_no_file(path.parent):
        return ReferenceSetError(
            f"the reference set {path} cannot be opened: its disk takes no further file, and the engine needs two more",
            remedy="make room there; what was acknowledged before is kept",
        )
    if name.startswith("SQLITE_CANTOPEN") and not path.exists():
        return ReferenceSetError(
            f"the reference set {path} cannot be made there",
            remedy=f"name a folder that this user may write to; {path.parent} is none",
        )
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return ReferenceSetError(
            f"the reference set {path} cannot be opened: {text}",
            remedy="check the name, and that this user may read the file and its folder",
        )
    if isinstance(error, sqlite3.ProgrammingError):
        return ReferenceSetError(f"the reference set {path} is closed: {text}", remedy="open it again")
    return damaged(path, text)


def _takes_no_file(folder: Path) -> bool:
    """Whether the disk of a folder is full, of bytes or of files; the engine does not say why it cannot open one."""
    try:
        held = os.statvfs(folder)
    except OSError:
        return False
    # Where none is told of at all (/proc, a disk without a table of files) nothing is full.
    return (held.f_blocks > 0 and held.f_bavail == 0) or (held.f_files > 0 and held.f_favail == 0)
