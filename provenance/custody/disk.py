"""Bytes to disk and back: whole or not at all, flushed, never through a link. All calls go to `os`, one a step."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

CHUNK_BYTES = 2**20
READ_ONLY, WRITABLE = 0o444, 0o644


def write_new(path: Path, data: bytes, mode: int = READ_ONLY) -> None:
    """Write a file that is not there yet, and flush it to the disk. Raises OSError; a part may then be left."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, mode)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Flush a folder's list of names."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folders(root: Path, inner: Path) -> None:
    """Make `inner` (below `root`) and what it lies in, each flushed. Raises OSError, also for a link in the way."""
    for folder in [*reversed([part for part in inner.parents if part != root and root in part.parents]), inner]:
        try:
            folder.mkdir()
        except FileExistsError:
            require_folder(folder)
        else:
            sync_folder(folder.parent)


def require_way(root: Path, inner: Path) -> None:
    """Raises NotADirectoryError where a part of the way from `root` down to `inner` is there and is no folder."""
    for folder in (inner, *inner.parents):
        if folder == root:
            return
        if there(folder):
            require_folder(folder)


def require_folder(folder: Path) -> None:
    """Raises NotADirectoryError where a file, or a link to somewhere else, has the folder's name."""
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise NotADirectoryError(20, "not a folder of its own", str(folder))


def there(path: Path) -> bool:
    """Whether the name is taken, by whatever it may be."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def chunks(path: Path | str, *, most_bytes: int | None = None) -> Iterator[bytes]:
    """The bytes of a regular file. Raises OSError, also for a link, a device, a pipe, or more than `most_bytes`."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(22, "not a plain file", str(path))
        total = 0
        while chunk := os.read(descriptor, CHUNK_BYTES):
            total += len(chunk)
            if most_bytes is not None and total > most_bytes:
                raise OSError(27, "larger than such a file can be", str(path))
            yield chunk
    finally:
        os.close(descriptor)


def read(path: Path, most_bytes: int) -> bytes:
    """A small file, whole. Raises OSError."""
    return b"".join(chunks(path, most_bytes=most_bytes))


def digest(parts: Iterator[bytes], *, enough_bytes: int | None = None) -> tuple[int, str]:
    """Size and SHA-256 of what comes; of no more than shows that it is longer than `enough_bytes`."""
    total, running = 0, hashlib.sha256()
    for part in parts:
        total += len(part)
        running.update(part)
        if enough_bytes is not None and total > enough_bytes:
            break
    return total, running.hexdigest()


def remove(path: Path) -> None:
    """Take away a file, or a folder with the files in it; nothing deeper, and no link is followed.

    The folder is held open meanwhile: another that is put under its name just then loses nothing.
    """
    if not stat.S_ISDIR(path.lstat().st_mode):
        path.unlink()
        return
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        for name in os.listdir(folder):  # noqa: PTH208 a Path knows no descriptor
            os.unlink(name, dir_fd=folder)
    finally:
        os.close(folder)
    path.rmdir()
