"""What lies in a case, as a verifier sees it. Reading only."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..model.limits import CASE_DEPTH, CASE_FILES
from . import disk

FILE, FOLDER, LINK = "a file", "a folder", "a symbolic link"
_OTHERS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFBLK: "a block device",
    stat.S_IFCHR: "a character device",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A name in a case, with slashes, relative to it, and what it stands for."""

    path: str
    kind: str
    size_bytes: int = 0


class Contents(Protocol):
    """Something that can be verified."""

    def items(self) -> list[Item]:
        """Everything in it, sorted by path. Raises ValueError for too much, OSError for what cannot be listed."""
        ...

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of one file. Raises OSError."""
        ...


@dataclass(frozen=True, slots=True)
class FolderContents:
    """A case on a disk."""

    root: Path

    def items(self) -> list[Item]:
        """Everything below the folder; no link is followed. Raises ValueError for too much or too deep, OSError."""
        found: list[Item] = []
        waiting = [("", 0)]
        while waiting:
            inside, depth = waiting.pop()
            if depth > CASE_DEPTH:
                raise ValueError(f"{inside} lies deeper than {CASE_DEPTH} folders")
            with os.scandir(self.root / inside) as listing:
                for entry in listing:
                    path = f"{inside}/{entry.name}" if inside else entry.name
                    found.append(_item(entry, path))
                    if found[-1].kind == FOLDER:
                        waiting.append((path, depth + 1))
                    if len(found) > CASE_FILES:
                        raise ValueError(f"the folder holds more than {CASE_FILES} files")
        return sorted(found, key=lambda item: item.path)

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of one plain file."""
        return disk.chunks(
            f"{self.root}/{path}"
        )  # joined as text: of ten thousand files, a Path takes a fifth of the time


def read(contents: Contents, path: str, most_bytes: int) -> bytes:
    """A file whole. Raises ValueError for one larger than `most_bytes`, OSError."""
    parts, total = [], 0
    for part in contents.chunks(path):
        total += len(part)
        if total > most_bytes:
            raise ValueError(f"{path} is larger than such a file can be")
        parts.append(part)
    return b"".join(parts)


def _item(entry: os.DirEntry[str], path: str) -> Item:
    if entry.is_symlink():
        return Item(path, LINK)
    if entry.is_dir(follow_symlinks=False):
        return Item(path, FOLDER)
    if entry.is_file(follow_symlinks=False):
        return Item(path, FILE, entry.stat(follow_symlinks=False).st_size)
    return Item(path, other_kind(entry.stat(follow_symlinks=False).st_mode))


def other_kind(mode: int) -> str:
    """What stands under a name that is no file, folder or link, by its mode alone: it is never opened."""
    return _OTHERS.get(stat.S_IFMT(mode), "nothing known")
