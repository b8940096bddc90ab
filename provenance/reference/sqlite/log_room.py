"""Room in a set's write-ahead log, so that a small change finds it there and its commit need not make it.

Where a commit makes the file of the log longer, the file system has to see the new length onto the disk beside the
data; a small one then takes about twice as long. So where a log goes on growing, zeros are written behind it, which
SQLite writes over. It reads a log up to the first frame whose salt and checksum are not as they should be, and so reads
none of them (https://www.sqlite.org/fileformat2.html, section 4). Why: docs/adr/0130.
"""

from __future__ import annotations

import os
import stat
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOM_BYTES = 2**20
PATIENCE = 8
"""A program that makes fewer changes than this does not gain by it."""


class LogRoom:
    """Of the log of the set at `path`, up to `most_bytes`, at which it is begun anew."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        self._path = os.path.realpath(path) + "-wal"  # beside the file that a link leads to
        self._most_bytes = most_bytes
        self._log: int | None = None
        self._size_bytes = 0
        self._to_grow = PATIENCE
        self._let_go: Callable[[], object] | None = None

    def make(self) -> None:
        """See to it. Only for who holds the set's write lock, as then nobody else writes to the log."""
        if self._log is None:
            self._log = _opened(self._path)
            if self._log is None:
                return
            self._let_go = weakref.finalize(self, os.close, self._log)  # also of a set that nobody closes
        # Who asks for a file's times makes the next write note a new one, and its commit half as long again.
        size = os.lseek(self._log, 0, os.SEEK_END)
        if size <= self._size_bytes:
            return
        self._size_bytes = size
        self._to_grow -= 1
        room = min(ROOM_BYTES, self._most_bytes - size)
        if self._to_grow <= 0 < room and _written(self._log, room, size):
            self._size_bytes = size + room

    def close(self) -> None:
        """Let go of the log. Closing twice is allowed."""
        if self._let_go is not None:
            self._let_go()
        self._log = None


def _opened(path: str) -> int | None:
    """The log; None while SQLite has not made it, and for what is no log: a link or a pipe in a stranger's folder."""
    with suppress(OSError):
        log = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        if stat.S_ISREG(os.fstat(log).st_mode):
            return log
        os.close(log)
    return None


def _written(log: int, room_bytes: int, size_bytes: int) -> bool:
    """Whether zeros could be written behind a log of that size; what was written of them in vain goes again."""
    with suppress(OSError):
        if os.pwrite(log, bytes(room_bytes), size_bytes) == room_bytes:
            return True
    with suppress(OSError):
        os.ftruncate(log, size_bytes)
    return False
