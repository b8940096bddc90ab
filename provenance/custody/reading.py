"""A case's log and files, read and held against each other. What is wrong is raised as the sentence that says it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..model.case import CaseFile, Entry, Head
from ..model.limits import CASE_LOOKALIKES
from ..model.text import visible
from . import chain, disk
from .backwards import Backwards
from .contents import FILE, FOLDER, LINK, Contents, Item
from .layout import LOG, PART


@dataclass(slots=True)
class ReadLog:
    """A log that holds together: its heads, the files that it names, and its digest up to a chosen length."""

    heads: list[bytes] = field(default_factory=list)
    """The SHA-256 behind each entry; 32 bytes each."""
    files: dict[str, tuple[CaseFile, int]] = field(default_factory=dict)
    """By path, with the number of the entry that named it."""
    size_bytes: int = 0
    prefix_sha256: str = ""
    """Of the first `prefix_bytes` asked for; "" when the log is shorter or no line ends there."""
    backwards: Backwards = field(default_factory=Backwards)

    @property
    def head(self) -> Head:
        """Where it ends."""
        return Head(entries=len(self.heads), sha256=self.heads[-1].hex()) if self.heads else Head()


def entries(contents: Contents) -> Iterator[Entry]:
    """The entries of a case's log, one by one. Raises ValueError at the first that is wrong, OSError."""
    for entry, _ in chain.walk(chain.lines(contents.chunks(LOG))):
        yield entry


def read_log(contents: Contents, *, prefix_bytes: int = -1) -> ReadLog:
    """Walk the whole log. Raises ValueError with a sentence, OSError."""
    found, running = ReadLog(), hashlib.sha256()

    def counted() -> Iterator[bytes]:
        for line in chain.lines(contents.chunks(LOG)):
            running.update(line)
            found.size_bytes += len(line)
            if found.size_bytes == prefix_bytes:
                found.prefix_sha256 = running.hexdigest()
            yield line

    for entry, head in chain.walk(counted()):
        found.heads.append(bytes.fromhex(head.sha256))
        found.backwards.told(entry)
        for file in entry.outputs:
            if file.path in found.files:
                before = found.files[file.path][1]
                raise ValueError(f"entry {entry.number} of the log names {file.path}, which entry {before} had brought")
            found.files[file.path] = (file, entry.number)
    if not found.heads:
        raise ValueError(f"{LOG} is empty")
    return found


def plain_items(contents: Contents, items: list[Item] | None = None) -> list[Item]:
    """All items, when each is a file or a folder; `items`: as they were listed. Raises ValueError, OSError."""
    items = contents.items() if items is None else items
    for item in items:
        if item.kind not in (FILE, FOLDER):
            unopened = "" if item.kind == LINK else ", which was not opened"
            raise ValueError(f"{visible(item.path)} is {item.kind}{unopened}; a seal lists plain files only")
    return items


def hold_names(
    items: Iterable[Item], wanted: Mapping[str, CaseFile], free: Iterable[str], by: str, contents: Contents
) -> None:
    """Every wanted file is there, and nothing else but what is `free` to be. Raises ValueError with a sentence."""
    items, free = list(items), frozenset(free)
    files = {item.path: item.size_bytes for item in items if item.kind == FILE}
    extra = {path: size for path, size in files.items() if path not in wanted and path not in free}
    gone = {_folded(path) for path in wanted if path not in files}
    left = next((item.path for item in items if item.path.startswith(PART)), "")
    if left:
        raise ValueError(f"{visible(left)} is of a run that was stopped; the next check --case or seal deals with it")
    for path in sorted({*wanted, *extra}):
        if path in extra and _folded(path) not in gone:
            raise ValueError(f"{visible(path)} was added: {by} does not name it{_looks_like(path, wanted)}")
        if path in wanted and path not in files:
            raise ValueError(f"{path} is missing{_where_else(wanted[path], extra, contents)}")
    needed = {path[:at] for path in {*wanted, *free} for at, letter in enumerate(path) if letter == "/"}
    for item in items:
        if item.kind == FOLDER and item.path not in needed:
            raise ValueError(f"the folder {visible(item.path)} was added: {by} names nothing in it")


def hold_file(file: CaseFile, contents: Contents) -> None:
    """The file's bytes are those that were named. Raises ValueError with a sentence, OSError."""
    size_bytes, sha256 = disk.digest(contents.chunks(file.path), enough_bytes=file.size_bytes)
    if size_bytes < file.size_bytes:
        raise ValueError(f"{file.path} was cut short: it has {size_bytes} bytes, not {file.size_bytes}")
    if size_bytes > file.size_bytes:
        raise ValueError(f"{file.path} has grown: it has more than {file.size_bytes} bytes")
    if sha256 != file.sha256:
        raise ValueError(f"{file.path} was changed: its SHA-256 is {sha256}, not {file.sha256}")


def _folded(path: str) -> str:
    """The name without its letter case and its Unicode spelling."""
    return unicodedata.normalize("NFKC", path).casefold()


def _looks_like(path: str, wanted: Iterable[str]) -> str:
    alike = next((other for other in wanted if _folded(other) == _folded(path)), "")
    return f"; its name looks like that of {alike}" if alike else ""


def _where_else(file: CaseFile, extra: Mapping[str, int], contents: Contents) -> str:
    """Where a missing file may have gone: a name that looks alike, or the same bytes under another name."""
    for path in sorted(extra):
        if _folded(path) == _folded(file.path):
            return f"; {visible(path)}, which looks like it, differs in letter case or in the spelling of its letters"
    same_size = [path for path, size in sorted(extra.items()) if size == file.size_bytes]
    for path in same_size[:CASE_LOOKALIKES]:
        if disk.digest(contents.chunks(path))[1] == file.sha256:
            return f"; its bytes lie in {visible(path)}: it was renamed"
    return ""
