"""The write-ahead log of a set: room in it for small changes, and whether it is still the one that others read.

Where a commit makes the file of the log longer, the file system has to see the new length onto the disk beside the
data, and a small one takes up to twice as long. So where a log goes on growing, zeros are written behind it, which
SQLite writes over. It reads a log up to the first frame whose salt and checksum are not as they should be, and so reads
none of them (https://www.sqlite.org/fileformat2.html, section 4). Why, and what was tried: docs/adr/0130.
"""

from __future__ import annotations

import os
import stat
import weakref
from contextlib import suppress
from pathlib import Path

from ...errors import ReferenceSetError

ROOM_BYTES = 2**20
"""Some fifty small changes."""
PATIENCE = 8
"""So many times the log grows before room is made: a program that makes few changes is not to write a megabyte."""
FRAME_BYTES = 24 + 4096
"""A page of the usual size, and what stands before it in a log."""


class Log:
    """Of the set at `path`, up to `most_bytes`, at which SQLite begins it anew.

    To be made right after SQLite has opened it, so that both have the same file, whatever comes to lie there.
    """

    def __init__(self, path: Path, most_bytes: int) -> None:
        self._path = path
        self._most_bytes = most_bytes
        self._handle = _opened(os.path.realpath(path) + "-wal")  # beside the file that a link leads to
        self._size_bytes = 0
        self._patience = PATIENCE
        self._closing = None if self._handle is None else weakref.finalize(self, os.close, self._handle)
        if self._closing is not None:
            self._closing.atexit = False  # a thread may still write then

    def make_room(self) -> None:
        """Write zeros behind a log that goes on growing. Only for who holds the set's write lock: nobody else writes to
        the log then. Where it fails, changes do without.
        """
        if self._handle is None:
            return
        with suppress(OSError):
            before, self._size_bytes = self._size_bytes, _size(self._handle)
            if self._size_bytes <= before or _has_room(self._handle, self._size_bytes):
                return
            self._patience -= 1
            room = min(ROOM_BYTES, self._most_bytes - self._size_bytes)
            if self._patience > 0 or room <= 0:
                return
            # The log takes as much again when it is brought into the set.
            if _spare_bytes(self._handle) > 4 * self._most_bytes and _written(self._handle, room, self._size_bytes):
                self._size_bytes += room
            else:
                self._most_bytes = 0

    def require_there(self) -> None:
        """Refuse what was committed to a log that nobody else finds any more. Raises ReferenceSetError.

        SQLite removes the log with the last connection. It takes itself for the last where this process lost its locks,
        which it does when anything in it opens and closes the set's file (https://www.sqlite.org/howtocorrupt.html,
        section 2.2). Whoever removes the log later brings into the set what is in it by now.
        """
        if self._handle is None:
            return
        try:
            place = os.readlink(f"/proc/self/fd/{self._handle}")  # noqa: PTH115 with each commit; not by stat, see _size
        except OSError:
            return
        if place.endswith("-wal (deleted)"):
            raise ReferenceSetError(
                f"the log of the reference set {self._path} was removed while it was open: this change may be lost",
                remedy="start the program again and repeat the change; leave the file beside the set whose name ends in"
                " -wal alone",
            )

    def close(self) -> None:
        """Let go of the log. Closing twice is allowed."""
        self._handle = None
        if self._closing is not None:
            self._closing()


def _opened(path: str) -> int | None:
    """The log; None where there is none, or one that may not be written, or what is no log in a stranger's folder."""
    with suppress(OSError):
        # A link, or a pipe whose opening would wait for its reader, is no log.
        handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return handle
        os.close(handle)
    return None


def _size(log: int) -> int:
    """By seeking: who asks for a file's times has the next write note a new one, and its commit takes longer."""
    return os.lseek(log, 0, os.SEEK_END)


def _has_room(log: int, size_bytes: int) -> bool:
    """Whether the log grew by the room that another session made: a frame names its page, and none has the number 0."""
    return size_bytes >= FRAME_BYTES and not any(os.pread(log, FRAME_BYTES, size_bytes - FRAME_BYTES))


def _spare_bytes(log: int) -> int:
    disk = os.fstatvfs(log)
    return disk.f_bavail * disk.f_frsize


def _written(log: int, room_bytes: int, size_bytes: int) -> bool:
    """Whether zeros could be written behind a log of that size; what was written of them in vain goes again."""
    with suppress(OSError):
        if os.pwrite(log, bytes(room_bytes), size_bytes) == room_bytes:
            return True
    os.ftruncate(log, size_bytes)
    return False
