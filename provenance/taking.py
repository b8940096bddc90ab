"""Takes picture files into a reference set, in batches, so that an interrupted run loses at most the last batch."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .errors import InputError
from .fingerprint import gradients, perceptual
from .fingerprint.local.encode import features
from .fingerprint.local.encode import name as features_name
from .fingerprint.plain import drawn
from .fingerprint.whole_frame import fingerprints
from .image.decode import Decoder
from .image.load import inspect, load_bytes
from .model.image import Image, WorkingCopy
from .model.limits import Limits
from .model.record import Entry, Record
from .model.text import visible
from .reference.files import KnownFile
from .reference.reference_set import ReferenceSet
from .wanted import Progress, Refused, Taken, Terms, Wanted

BATCH_FILES = 32
BATCH_BYTES = 64 * 2**20
NAMES = (perceptual.NAME, gradients.NAME)


@dataclass(frozen=True, slots=True)
class _Copy:
    """The bytes to keep of one picture, without its pixels, which take many times their room."""

    sha256: str
    data: bytes
    media_type: str


class Taker:
    """Takes files into one set under one set of terms; `taken` says what became of them so far.

    Raises ReferenceSetError and OutputError when the set itself cannot be written. A file that cannot be taken is noted
    in `taken.refused`, and the rest goes on.
    """

    def __init__(self, store: ReferenceSet, decoder: Decoder, limits: Limits, terms: Terms) -> None:
        self.taken = Taken()
        self._store, self._decoder, self._limits, self._terms = store, decoder, limits, terms
        self._names = names()
        self._known = store.known_paths()
        self._record_ids = store.record_ids()
        self._entries: list[Entry] = []
        self._records: dict[str, list[Record]] = {}
        self._files: list[KnownFile] = []
        self._copies: list[_Copy] = []

    def take(self, wanted: Sequence[Wanted], progress: Progress | None = None) -> Taken:
        """Take the files in order, as far as the time allows."""
        for item in wanted:
            if self._terms.over() or not self._look(item):
                break
            self.taken.looked_at += 1
            if len(self._files) >= BATCH_FILES or sum(len(copy.data) for copy in self._copies) >= BATCH_BYTES:
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
            self._refuse(
                path, reason_of(error, path), getattr(error, "remedy", "") or "check the name and the permissions"
            )
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
        if self._store.has(original.sha256, self._names):
            self._note_known(original.sha256, path, item)
        else:
            image = load_bytes(
                image.data, original.name, self._decoder, self._limits, timeout_s=self._terms.left_s(), path=path
            )
            if image.working_copy is None:
                return self._put_refusal(image, file)
            self._entries.append(entry_of(image, image.working_copy, item.records, path=image.original.path))
            self.taken.image_ids[path] = original.sha256
        self._files.append(file)
        if self._terms.keep:
            self._copies.append(_Copy(original.sha256, image.data, original.media_type))
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
        return kept and self._store.has(image_id, self._names)

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
        for copy in self._copies:
            self._store.keep(copy.sha256, copy.data, copy.media_type)
        if self._records:
            self.taken.records_added += self._store.add_records(self._records, now=self._terms.now)
        if self._files:
            self._store.remember(self._files)
        self._entries, self._records, self._files, self._copies = [], {}, [], []


def reason_of(error: Exception, path: str | Path) -> str:
    """What is wrong with a file, without its name, which stands beside it."""
    return (getattr(error, "strerror", "") or str(error)).removeprefix(f"{visible(str(path))}: ")


def names() -> tuple[str, ...]:
    """Of the fingerprints and features that this version makes of a picture."""
    return (*NAMES, features_name())


def entry_of(image: Image, copy: WorkingCopy, records: tuple[Record, ...] = (), *, path: str) -> Entry:
    """What a set keeps of a picture, made from its pixels."""
    even = drawn(copy)
    return Entry(
        image_id=image.original.sha256,
        size_bytes=image.original.size_bytes,
        width_px=copy.width_px,
        height_px=copy.height_px,
        media_type=image.original.media_type,
        path=path,
        fingerprints=fingerprints(copy, drawn=even),
        records=records,
        features=features(copy, drawn=even),
    )
