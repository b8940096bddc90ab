"""Takes picture files into a reference set, in batches, so that an interrupted run loses at most the last batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import InputError, ReferenceSetError
from ..image.decoding.decoder import Decoder
from ..image.load import decoded, inspect, inspect_bytes
from ..model.image import Image, Refusal
from ..model.limits import Limits
from ..model.record import Entry, Record
from ..reference.files import KnownFile
from ..reference.reference_set import ReferenceSet
from .entries import entry_of, names
from .making import Makers
from .making_elsewhere import ElsewhereMakers
from .naming import as_named
from .noticing import noticed
from .unmade import Unmade
from .wanted import Progress, Refused, Taken, Terms, Wanted, reason_of, size_and_time

AnyMakers = Makers | ElsewhereMakers
BATCH_FILES = 32
BATCH_BYTES = 64 * 2**20
_LOOKED_UP = 500


@dataclass(frozen=True, slots=True)
class _Copy:
    """The bytes to keep of one picture, without its pixels, which take many times their room."""

    sha256: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class _Job:
    """A file whose fingerprints are being made: the records for it, and the picture where it is to be kept."""

    file: KnownFile
    records: tuple[Record, ...]
    image: Image | None


class Taker:
    """Takes files into one set under one set of terms; `taken` says what became of them so far.

    Raises ReferenceSetError and OutputError when the set itself cannot be written. A file that cannot be taken is noted
    in `taken.refused`, and the rest goes on. A set that is not there yet is made with the first batch that holds a
    picture.
    """

    def __init__(
        self,
        store: ReferenceSet | Unmade,
        decoder: Decoder,
        limits: Limits,
        terms: Terms,
        *,
        makers: AnyMakers | None = None,
        earlier: ReferenceSet | None = None,
    ) -> None:
        self.taken = Taken()
        self._unmade = store if isinstance(store, Unmade) else None
        self._store = None if isinstance(store, Unmade) else store
        self._decoder, self._limits, self._terms = decoder, limits, terms
        self._makers, self._earlier = makers, earlier
        self._names = names()
        self._known: dict[str, KnownFile] = {}
        self._entries: list[Entry] = []
        self._records: dict[str, list[Record]] = {}
        self._files: list[KnownFile] = []
        self._copies: list[_Copy] = []

    def take(self, wanted: Sequence[Wanted], progress: Progress | None = None) -> Taken:
        """Take the files in order, as far as the time allows; with makers, in the order in which they are made."""
        if self._store is not None:
            self.taken.mended = self._store.finish()
        for item in self._looked_up(wanted):
            if self._terms.over() or not self._look(item):
                break
            self.taken.looked_at += 1
            if len(self._files) >= BATCH_FILES or sum(len(copy.data) for copy in self._copies) >= BATCH_BYTES:
                self._acknowledge()
            if progress is not None:
                progress(self.taken.looked_at, len(wanted), item.path.name)
        if self._makers is not None:
            self._collect(all_of_them=True)
        self._acknowledge()
        return self.taken

    def _looked_up(self, wanted: Sequence[Wanted]) -> Iterator[Wanted]:
        """The files in order. What the set knows of them is read for some at once: of all it may be millions."""
        for start in range(0, len(wanted), _LOOKED_UP):
            some = wanted[start : start + _LOOKED_UP]
            if self._store is not None:
                self._known = self._store.known_paths([str(as_named(item.path)) for item in some])
            yield from some

    def _look(self, item: Wanted) -> bool:
        """Look at one file, and read it unless it is as it was; False when the time ran out over it."""
        path = str(as_named(item.path))
        try:
            size_bytes, mtime_ns = size_and_time(path, item)
            if self._unchanged(path, size_bytes, mtime_ns, item):
                return True
            if item.member is None:
                image = inspect(Path(path), self._limits)
            else:
                image = inspect_bytes(item.member.read(), item.path.name, self._limits, path=path)
        except (InputError, OSError, ValueError) as error:
            self._refuse(
                path, reason_of(error, path), getattr(error, "remedy", "") or "check the name and the permissions"
            )
            return True
        file = KnownFile(path=path, size_bytes=size_bytes, mtime_ns=mtime_ns, image_id=image.original.sha256)
        return self._put(image, file, item)

    def _unchanged(self, path: str, size_bytes: int, mtime_ns: int, item: Wanted) -> bool:
        """Whether the file was read before, has the same size and time of change, and nothing is lacking."""
        before = self._known.get(path)
        if before is None or (before.size_bytes, before.mtime_ns) != (size_bytes, mtime_ns):
            return False
        if before.refusal:
            if not self._terms.retry_refused:
                self._refuse(path, before.refusal, before.remedy)
            return not self._terms.retry_refused
        if self._store is None or not self._complete(self._store, before.image_id):
            return False
        self.taken.resumed += 1
        self._note_known(self._store, before.image_id, path, item)
        return True

    def _put(self, image: Image, file: KnownFile, item: Wanted) -> bool:
        """Put a file that was read into the batch, decoded unless its bytes are known."""
        original, store = image.original, self._store
        if store is not None and store.has(original.sha256, self._names) and not taken_in(store, [original.sha256]):
            self._note_known(store, original.sha256, file.path, item)
            self._files.append(file)
            self._keep(image)
            return True
        job = _Job(file, item.records, image if self._terms.keep else None)
        if self._makers is not None:
            if self._makers.busy:
                self._collect()
            self._makers.give(job, image.data, original.name, file.path)
            return True
        image = decoded(image, self._decoder, self._limits, timeout_s=self._terms.left_s())
        if image.working_copy is None:
            return not self._terms.over() and image.refusal is not None and self._put_refusal(image.refusal, file)
        self._put_made(job, entry_of(image, image.working_copy, path=image.original.path, points=self._terms.points))
        return True

    def _collect(self, *, all_of_them: bool = False) -> None:
        """Take what the makers made."""
        assert self._makers is not None  # noqa: S101 asked only where there are some
        for job, made in self._makers.made(all_of_them=all_of_them):
            if isinstance(made, Entry):
                self._put_made(job, made)
            else:
                self._put_refusal(made, job.file)

    def _put_made(self, job: _Job, entry: Entry) -> None:
        """Put a picture whose fingerprints were made into the batch."""
        self._entries.append(replace(entry, records=job.records))
        self.taken.image_ids[job.file.path] = entry.image_id
        self._files.append(job.file)
        if job.image is not None:
            self._keep(job.image)

    def _keep(self, image: Image) -> None:
        if self._terms.keep:
            self._copies.append(_Copy(image.original.sha256, image.data, image.original.media_type))

    def _put_refusal(self, refusal: Refusal, file: KnownFile) -> bool:
        """Note that the pixels were refused."""
        self._refuse(file.path, refusal.reason, refusal.remedy)
        self._files.append(replace(file, image_id="", refusal=refusal.reason, remedy=refusal.remedy))
        return True

    def _complete(self, store: ReferenceSet, image_id: str) -> bool:
        kept = not self._terms.keep or store.kept_copy(image_id) is not None
        return kept and store.has(image_id, self._names)

    def _note_known(self, store: ReferenceSet, image_id: str, path: str, item: Wanted) -> None:
        self.taken.already_there += 1
        self.taken.image_ids[path] = image_id
        if item.records:
            there = {record.id for record in store.records(image_id)}
            new = [record for record in item.records if record.id not in there]
            self._records.setdefault(image_id, []).extend(new)

    def _refuse(self, path: str, reason: str, remedy: str) -> None:
        self.taken.refused.append(Refused(path=path, reason=reason, remedy=remedy))

    def _acknowledge(self) -> None:
        """Make the batch durable: pictures first, then copies and records, and the file names last."""
        if self._store is None:
            if self._unmade is None or not self._entries:
                return
            self._store = self._unmade.made()
        store = self._store
        if self._entries:
            anew = taken_in(store, [one.image_id for one in self._entries])  # by now: it may have come since
            report = store.add(self._entries, now=self._terms.now, anew=anew)
            self.taken.pictures_added += report.pictures_added
            self.taken.records_added += report.records_added
            self.taken.already_there += report.already_there
            self._notice()
        for copy in self._copies:
            store.keep(copy.sha256, copy.data, copy.media_type)
        if any(self._records.values()):
            self.taken.records_added += store.add_records(self._records, now=self._terms.now)
        if self._files:
            store.remember(self._files)
        self._entries, self._records, self._files, self._copies = [], {}, [], []

    def _notice(self) -> None:
        """Of the pictures that came, those that are copies of earlier checks' pictures; the set has them either way."""
        if self._earlier is None:
            return
        came = [(one.image_id, Path(one.path).name, one.fingerprints) for one in self._entries]
        try:
            self.taken.notices += noticed(self._earlier, came)
        except ReferenceSetError as error:
            self.taken.unnoticed, self._earlier = str(error), None


def taken_in(store: ReferenceSet, image_ids: Sequence[str]) -> frozenset[str]:
    """Those of the pictures that are known from another desk's file alone: their fingerprints are not to be relied on,
    since who wrote them may have chosen them so that the picture is never found.
    """
    known = [one for one in store.get(image_ids) if one.records and not one.reference.path]
    return frozenset(one.reference.image_id for one in known if all(record.received for record in one.records))
