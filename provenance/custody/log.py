"""The log on disk: one writer at a time, appended to by single writes, flushed before anything is acknowledged."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import CaseError
from ..model.case import Entry, Head
from ..model.limits import CASE_LINE_BYTES
from .chain import line_of, read_line
from .layout import LOG

SECTOR_BYTES = 512
"""The least that a disk writes at once."""
LONGEST_WAIT_S = 60.0
"""That a reader waits for writers; a seal of many gigabytes takes longer."""


@dataclass(frozen=True, slots=True)
class Tail:
    """Where a log stands: its last entry (None while it is empty), its head, and what an interrupted run left."""

    last: Entry | None
    head: Head
    size_bytes: int
    unfinished: bytes = b""


@contextmanager
def held(root: Path, *, create: bool = False) -> Iterator[int]:
    """Hold the case for writing: the descriptor of its log, under an exclusive lock. Waits for other writers.

    `create`: a log that is not there is begun. Raises OSError; CaseError for a log that has a second name.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | (os.O_CREAT if create else 0)
    descriptor = os.open(root / LOG, flags, 0o666)  # as the umask allows: a team may share a case
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(22, "not a plain file", str(root / LOG))
        if os.fstat(descriptor).st_nlink > 1:
            # As `cp -l` and some backups copy; or another's file put here, to be written to or cut by whoever works on.
            raise CaseError(
                f"{LOG} has a second name on this disk (a hard link), and both would change",
                remedy="copy the case (cp -r), and work on the copy",
            )
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)  # which gives the lock back


@contextmanager
def watched(root: Path) -> Iterator[None]:
    """Keep writers out while reading, where the medium can lock at all."""
    try:
        descriptor = os.open(root / LOG, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        yield
        return
    try:
        # Some network and read-only media have no locks, and nobody may keep a reader out for ever: what is then seen
        # of a deposit that is being made reads as that of a run that was stopped.
        until_s = time.monotonic() + LONGEST_WAIT_S
        while time.monotonic() < until_s:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.05)
            except OSError:
                break
            else:
                break
        yield
    finally:
        os.close(descriptor)


def tail(descriptor: int) -> Tail:
    """Read the end of the log. Raises CaseError when its last line is no entry."""
    size_bytes = os.fstat(descriptor).st_size
    start = max(0, size_bytes - 2 * CASE_LINE_BYTES - 1)
    end = _exactly(descriptor, start, size_bytes - start)
    cut = end.rfind(b"\n") + 1
    begun = end.rfind(b"\n", 0, max(cut - 1, 0)) + 1
    if _never_came(end[begun:cut]):
        cut = begun
    unfinished, whole = end[cut:], end[:cut]
    kept = start + cut
    if not whole:
        if start:
            raise CaseError("the end of the log holds no line", remedy="see: provenance verify")
        return Tail(last=None, head=Head(), size_bytes=0, unfinished=unfinished)
    line = whole[whole.rfind(b"\n", 0, -1) + 1 :]
    try:
        last = read_line(line)
    except ValueError as error:
        raise CaseError(f"the last entry of the log {error}", remedy="see: provenance verify") from None
    head = Head(entries=last.number, sha256=hashlib.sha256(line).hexdigest())
    return Tail(last=last, head=head, size_bytes=kept, unfinished=unfinished)


def _never_came(line: bytes) -> bool:
    """Whether bytes of a line never reached the disk: a loss of power leaves NULs where a file had grown already.

    No entry holds a NUL. What begins with one, or lacks a sector, was not flushed, and so not acknowledged; a NUL
    alone is damage to what may have been, and is left for a person.
    """
    return line.startswith(b"\0") or bytes(SECTOR_BYTES) in line


def set_aside(descriptor: int, found: Tail) -> None:
    """Take an unfinished last line off. Nothing of it was acknowledged: that comes after the line feed and a flush."""
    os.ftruncate(descriptor, found.size_bytes)
    os.fsync(descriptor)


def append(descriptor: int, entry: Entry) -> Head:
    """Add one entry and flush it; when that fails nothing is added. Raises OSError or ValueError."""
    line = line_of(entry)
    before = os.fstat(descriptor).st_size
    try:
        _write(descriptor, line)
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, before)
        raise
    return Head(entries=entry.number, sha256=hashlib.sha256(line).hexdigest())


def _write(descriptor: int, line: bytes) -> None:
    if os.write(descriptor, line) != len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _exactly(descriptor: int, start: int, length: int) -> bytes:
    parts, position = [], start
    while position < start + length:
        part = os.pread(descriptor, start + length - position, position)
        if not part:
            break
        parts.append(part)
        position += len(part)
    return b"".join(parts)
