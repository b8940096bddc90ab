"""A case or the folder of a report in memory, so that a test can change any byte of it."""

import errno
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provenance.custody.contents import FILE, FOLDER, Item


@dataclass(frozen=True, slots=True)
class MappedContents:
    """A case in memory: paths to bytes."""

    files: Mapping[str, bytes]

    def items(self) -> list[Item]:
        """The files, and the folders that their paths imply."""
        folders = {path[:at] for path in self.files for at, letter in enumerate(path) if letter == "/"}
        files = [Item(path, FILE, len(data)) for path, data in self.files.items()]
        return sorted([*files, *(Item(path, FOLDER) for path in folders)], key=lambda item: item.path)

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of one file."""
        if path not in self.files:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return iter((self.files[path],))
