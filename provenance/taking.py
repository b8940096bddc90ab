"""Takes picture files into a reference set, in batches, so that an interrupted run loses at most the last batch."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from .errors import InputError
from .fingerprint import gradients, perceptual
from .fingerprint.whole_frame import fingerprints
from .image.decode import Decoder
from .image.load import inspect, load_bytes
from .model.image import Image, WorkingCopy
from .model.limits import Limits
from .model.record import Entry, Record
from .reference.reading import KnownFile
from .reference.sqlite import SQLiteStore

BATCH_FILES = 32
BATCH_BYTES = 64 * 2**20
NAMES = (perceptual.NAME, gradients.NAME)

Progress = Callable[[int, int, str], None]
"""Called with the number of files looked at, the number of all, and the name of the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that could not be taken, and what to do about it."""

    path: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file to take, with the records of the picture in it."""

    path: Path
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How to take: with copies or not, until when (time.monotonic seconds), files refused before again or not."""

    keep: bool = False
    deadline_s: float | None = None
    retry_refused: bool = True
    now: datetime | None = None

    def over(self) -> bool:
        """Whether the time is up."""
        return self.deadline_s is not None and time.monotonic() >= self.deadline_s

    def left_s(self) -> float | None:
        """Seconds left; None without a deadline."""
        return None if self.deadline_s is None else max(0.0, self.deadline_s - time.monotonic())


@dataclass(slots=True)
class Taken:
    """What became of the files."""

    pictures_added: int = 0
    records_added: int = 0
    already_there: int = 0
    resumed: int = 0
    """Files that were not read, because they are as they were when last read."""
    looked_at: int = 0
    refused: list[Refused] = field(default_factory=list)
    image_ids: dict[str, str] = field(default_factory=dict)
    """Image id by path of every file taken or known."""


class Taker:
    """Takes files into one set under one set of terms; `taken` says what became of them so far.

    Raises ReferenceSetError and OutputError when the set itself cannot be written. A file that cannot be taken is noted
    in `taken.refused`, and the rest goes on.
    """

    def __init__(self, store: SQLiteStore, decoder: Decoder, limits: Limits, terms: Terms) -> None:
        self.taken = Taken()
        self._store, self._decoder, self._limits, self._terms = store, decoder, limits, terms
        self._known = store.known_paths()
        self._record_ids = store.record_ids()
        self._entries: list[Entry] = []
        self._records: dict[str, list[Record]] = {}
        self._files: list[KnownFile] = []
        self._copies: list[Image] = []

    def take(self, wanted: Sequence[Wanted], progress: Progress | None = None) -> Taken:
        """Take the files in order, as far as the time allows."""
        for item in wanted:
            if self._terms.over() or not self._look(item):
                break
            self.taken.looked_at += 1
            if len(self._files) >= BATCH_FILES or sum(len(image.data) for image in self._copies) >= BATCH_BYTES:
                self._acknowledge()
            if progress is not None:
                progress(self.taken.looked_at, len(wanted), item.path.name)
        self._acknowledge()
        return self.taken

    def _look(self, item: Wanted) -> bool:
        """Look at one file, and read it unless it is as it was; False when the time ran out over it."""
        # Not resolve(): a picture given by a link is known by the name it was given.
        path = os.path.abspath(item.path)  # noqa: PTH100
        try:
            status = Path(path).stat()
            if self._unchanged(path, status, item):
                return True
            image = inspect(Path(path), self._limits)
        except (InputError, OSError, ValueError) as error:
            self._refuse(path, str(error), getattr(error, "remedy", "") or "check the name and the permissions")
            return True
        return self._put(image, path, status, item)

    def _unchanged(self, path: str, status: os.stat_result, item: Wanted) -> bool:
        """Whether the file was read before, has the same size and time of change, and nothing is lacking."""
        before = self._known.get(path)
        if before is None or (before.size_bytes, before.mtime_ns) != (status.st_size, status.st_mtime_ns):
            return False
        if before.refusal:
            if not self._terms.retry_refused:
                self._refuse(path, before.refusal, before.remedy)
            return not self._terms.retry_refused
        if not self._complete(before.image_id):
            return False
        self.taken.resumed += 1
        self._note_known(before.image_id, path, item)
        return True

    def _put(self, image: Image, path: str, status: os.stat_result, item: Wanted) -> bool:
        """Put a file that was read into the batch, decoded unless its bytes are known."""
        original = image.original
        file = KnownFile(path=path, size_bytes=status.st_size, mtime_ns=status.st_mtime_ns, image_id=original.sha256)
        if self._store.has(original.sha256, NAMES):
            self._note_known(original.sha256, path, item)
        else:
            image = load_bytes(
                image.data, original.name, self._decoder, self._limits, timeout_s=self._terms.left_s(), path=path
            )
            if image.working_copy is None:
                return self._put_refusal(image, file)
            self._entries.append(_entry(image, image.working_copy, item.records))
            self.taken.image_ids[path] = original.sha256
        self._files.append(file)
        if self._terms.keep:
            self._copies.append(image)
        return True

    def _put_refusal(self, image: Image, file: KnownFile) -> bool:
        """Note that the pixels were refused, unless that was for want of time."""
        if self._terms.over() or image.refusal is None:
            return False
        self._refuse(file.path, image.refusal.reason, image.refusal.remedy)
        self._files.append(replace(file, image_id="", refusal=image.refusal.reason, remedy=image.refusal.remedy))
        return True

    def _complete(self, image_id: str) -> bool:
        kept = not self._terms.keep or self._store.kept_copy(image_id) is not None
        return kept and self._store.has(image_id, NAMES)

    def _note_known(self, image_id: str, path: str, item: Wanted) -> None:
        self.taken.already_there += 1
        self.taken.image_ids[path] = image_id
        there = self._record_ids.get(image_id, set())
        if new := [record for record in item.records if record.id not in there]:
            self._records.setdefault(image_id, []).extend(new)

    def _refuse(self, path: str, reason: str, remedy: str) -> None:
        self.taken.refused.append(Refused(path=path, reason=reason, remedy=remedy))

    def _acknowledge(self) -> None:
        """Make the batch durable: pictures first, then copies and records, and the file names last."""
        if self._entries:
            report = self._store.add(self._entries, now=self._terms.now)
            self.taken.pictures_added += report.pictures_added
            self.taken.records_added += report.records_added
            self.taken.already_there += report.already_there
        for image in self._copies:
            self._store.keep(image.original.sha256, image.data, image.original.media_type)
        if self._records:
            self.taken.records_added += self._store.add_records(self._records, now=self._terms.now)
        if self._files:
            self._store.remember(self._files)
        self._entries, self._records, self._files, self._copies = [], {}, [], []


def _entry(image: Image, copy: WorkingCopy, records: tuple[Record, ...]) -> Entry:
    return Entry(
        image_id=image.original.sha256,
        size_bytes=image.original.size_bytes,
        width_px=copy.width_px,
        height_px=copy.height_px,
        media_type=image.original.media_type,
        path=image.original.path,
        fingerprints=fingerprints(copy),
        records=records,
    )
