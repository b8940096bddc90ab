"""Writing to a case: files and the entry that names them, both or neither, one writer at a time.

A deposit stages its files in `.part-N`, N being the number of the entry to come, then appends the entry, then moves the
files into place. Whoever takes the lock next finishes or removes what a stopped run left, so that no file stands in a
case without its entry, and nobody has to know that there was a stop.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import NO_ROOM, CaseError, OutputError
from ..model.case import CASE_SCHEMA, CaseFile, Did, Entry, Settings
from ..model.text import quoted
from . import disk, log
from .layout import LOG, PART, PAYLOAD, is_payload_path, original

MOST_NAMESAKES = 10_000
_SHOWN_CHARS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who writes, when, by which clock, with which tool."""

    at: str
    clock: str
    by: str
    tool: str


class Writer:
    """A case held for writing; use `writing`."""

    def __init__(self, root: Path, descriptor: int, tail: log.Tail) -> None:
        self.root = root
        self._descriptor = descriptor
        self._last = tail.last
        self.head = tail.head

    def enter(
        self,
        author: Author,
        did: str,
        words: str,
        *,
        inputs: Sequence[str] = (),
        files: Mapping[str, bytes] | None = None,
        settings: Settings | None = None,
    ) -> Entry:
        """Add files (path in the case -> bytes) and the entry that names them. Raises OSError or ValueError."""
        files = files or {}
        outputs = tuple(_described(path, data) for path, data in sorted(files.items()))
        for file in outputs:
            if not is_payload_path(file.path) or disk.there(self.root / file.path):
                raise ValueError(f"{file.path} cannot be a new file of this case")
        # Before the entry: once that is in the log, every later run has to put its files into place first.
        for folder in {(self.root / file.path).parent for file in outputs}:
            disk.require_way(self.root, folder)
        entry = Entry(
            number=self.head.entries + 1,
            at=author.at,
            clock=author.clock,
            by=author.by,
            tool=author.tool,
            did=did,
            words=words,
            inputs=tuple(inputs),
            outputs=outputs,
            settings=settings or {},
            previous=self.head.sha256,
        )
        try:
            self._stage(entry, files)
        except BaseException:
            with suppress(OSError):
                self._clear()
            raise
        try:
            # Should this fail, the staged files stay: whether the entry is in the log decides what becomes of them.
            self.head = log.append(self._descriptor, entry)
        except OSError as error:
            if error.errno in NO_ROOM:  # no whole line was written
                with suppress(OSError):
                    self._clear()
            raise
        self._last = entry
        self._place()
        return entry

    def received(
        self, author: Author, data: bytes, extension: str, words: str, *, settings: Settings | None = None
    ) -> Entry:
        """Keep the bytes as they came, once, under their digest; the entry is made each time.

        Raises OSError, CaseError.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = original(sha256, extension)
        if not disk.there(self.root / path):
            return self.enter(author, Did.RECEIVED, words, inputs=[sha256], files={path: data}, settings=settings)
        if disk.digest(disk.chunks(self.root / path))[1] != sha256:
            raise CaseError(f"{path} is not what its name says", remedy="see: provenance verify")
        words = f"{words}; these bytes were there already"
        return self.enter(author, Did.RECEIVED, words, inputs=[sha256], settings=settings)

    def free_name(self, stem: str) -> str:
        """`stem`, or `stem-2`, `stem-3`, ... when that is taken. Raises CaseError."""
        for number in range(1, MOST_NAMESAKES):
            name = stem if number == 1 else f"{stem}-{number}"
            if not disk.there(self.root / name):
                return name
        raise CaseError(f"{MOST_NAMESAKES} reports bear the name {stem}", remedy="open another case")

    def recover(self, author: Author, unfinished: bytes) -> None:
        """Finish or remove what a stopped run left."""
        self._place()
        self._clear()
        if unfinished:
            sha256 = hashlib.sha256(unfinished).hexdigest()
            shown = quoted(unfinished.decode("utf-8", "replace"), limit=_SHOWN_CHARS)
            words = (
                f"set aside an unfinished last line of {len(unfinished)} bytes, left by a run that was stopped; "
                "nothing of it had been acknowledged"
            )
            self.enter(author, Did.RECOVERED, words, settings={"line": shown, "sha256": sha256})

    def _stage(self, entry: Entry, files: Mapping[str, bytes]) -> None:
        if not files:
            return
        part = self.root / f"{PART}{entry.number}"
        part.mkdir()
        for index, file in enumerate(entry.outputs):
            disk.write_new(part / str(index), files[file.path])
        disk.sync_folder(part)
        disk.sync_folder(self.root)

    def _place(self) -> None:
        """Move what the last entry named from its `.part-N` to where it belongs; nothing where that was done."""
        if self._last is None:
            return
        part = self.root / f"{PART}{self._last.number}"
        if not disk.there(part):
            return
        disk.require_folder(part)
        for index, file in enumerate(self._last.outputs):
            staged, target = part / str(index), self.root / file.path
            if not disk.there(staged):
                continue
            disk.make_folders(self.root, target.parent)
            if not disk.there(target):
                staged.rename(target)
            elif disk.digest(disk.chunks(target))[1] == file.sha256:
                staged.unlink()  # a loss of power may bring the old name of a moved file back, beside the new one
            else:
                raise CaseError(f"{file.path} is there before its entry was finished", remedy="see: provenance verify")
        for folder in {(self.root / file.path).parent for file in self._last.outputs}:
            disk.sync_folder(folder)
        disk.remove(part)  # should it come back after a power cut, it is empty, and taken away again

    def _clear(self) -> None:
        for path in list(self.root.iterdir()):
            if path.name.startswith(PART):
                disk.remove(path)


@contextmanager
def writing(root: Path, author: Author, *, create: bool = False) -> Iterator[Writer]:
    """Hold a case for writing, made when `create` says so and the folder is new or empty.

    Raises CaseError for a folder that is no case, OutputError where the disk refuses.
    """
    try:
        _require_case(root, create=create)
        with log.held(root, create=create) as descriptor:
            found = log.tail(descriptor)
            if found.last is None and any(path.name != Path(LOG).name for path in (root / PAYLOAD).iterdir()):
                # Files come after their entry: what was lost is no first entry that nobody had acknowledged, but a log.
                raise CaseError(f"{LOG} holds no entry, and files lie beside it", remedy="put the log back from a copy")
            if found.unfinished:
                log.set_aside(descriptor, found)
            writer = Writer(root, descriptor, found)
            if found.last is None:
                writer.enter(author, Did.OPENED, "opened this case", settings={"schema": CASE_SCHEMA})
                disk.sync_folder(root / PAYLOAD)
            writer.recover(author, found.unfinished)
            yield writer
    except NotADirectoryError as error:
        raise CaseError(
            f"{error.filename or root} is not a folder of its own", remedy="see: provenance verify"
        ) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        where = f" ({error.filename})" if isinstance(error.filename, str) else ""
        mend = "make room" if error.errno in NO_ROOM else "mend that"
        raise OutputError(
            f"cannot write to the case {root}: {reason}{where}",
            remedy=f"what was acknowledged before is kept; {mend} and repeat",
        ) from error


def _require_case(root: Path, *, create: bool) -> None:
    """Raises CaseError; makes the folders of a new case."""
    if disk.there(root) and not root.is_dir():
        raise CaseError(f"{root} is no folder", remedy="name a folder with --case")
    if disk.there(root / LOG):
        disk.require_folder(root / PAYLOAD)
        return
    there = list(root.iterdir()) if root.is_dir() else []
    others = [path for path in there if path.name != PAYLOAD and not path.name.startswith(PART)]
    inside = list((root / PAYLOAD).iterdir()) if (root / PAYLOAD).is_dir() else []
    if not create:
        raise CaseError(f"{root} is no case: it has no {LOG}", remedy="name a folder that check --case wrote")
    if (others or inside) and not disk.there(root / LOG):  # another run may just have opened it
        raise CaseError(f"{root} holds other files and is no case", remedy="name a new folder with --case")
    new = [folder for folder in (root, *root.parents) if not disk.there(folder)]
    root.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        (root / PAYLOAD).mkdir()
    disk.require_folder(root / PAYLOAD)
    disk.sync_folder(root)
    for folder in new or [root]:
        disk.sync_folder(folder.parent)


def _described(path: str, data: bytes) -> CaseFile:
    return CaseFile(path=path, size_bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
