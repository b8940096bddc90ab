"""What a store does in the same words whichever engine keeps the rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime

from ..errors import StatementsError
from ..model.canonical import iso
from ..model.features import Features
from ..model.matches import Reference
from ..model.record import AddReport, Entry, Fingerprint, Record, SetState, Stored
from . import bulk, listing, reading, writing
from .files import KnownFile, drop_files, known_files, put_files
from .points import feature_rows
from .reading import Edit
from .rows import image_key, revised
from .sql import Connection, Transactions
from .writing import Changes

_AT_ONCE = 500  # rows asked for in one query; SQLite allows 32,766 parameters


def system_clock() -> datetime:
    """The time now."""
    return datetime.now(UTC)


class RowStore:
    """Records, appearances, files and states: everything but what engines search with, and where copies lie."""

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._rows = transactions
        self._clock = clock

    @property
    def transactions(self) -> Transactions:
        """Where its rows can be read and written, for copying a whole set."""
        return self._rows

    @property
    def open_files(self) -> frozenset[tuple[int, int]]:
        """None: a set on a server holds no file of this machine open."""
        return frozenset()

    def add(
        self,
        entries: Iterable[Entry],
        *,
        now: datetime | None = None,
        known_only: bool = False,
        anew: Collection[str] = (),
    ) -> AddReport:
        """Keep pictures and their records in one transaction; durable when it returns. Adding again changes nothing.

        With `known_only` those that are not there, perhaps any more, are left out. `anew`: ids of pictures whose size,
        fingerprints and features take the place of those that are there; records and edits stay.
        """
        added_at = iso(now or self._clock())
        with ExitStack() as held, self._rows.writing() as (connection, changes):
            features = bulk.put_entries(connection, entries, added_at, changes, known_only=known_only, anew=anew)
            self._seal_coming(connection, changes, held)
        self._seal_what_came(features, {one.name for one in changes.codes} | set(changes.new_codes))
        return AddReport(
            pictures_added=changes.pictures, records_added=changes.records, already_there=changes.already_there
        )

    def add_records(self, records: Mapping[str, Iterable[Record]], *, now: datetime | None = None) -> int:
        """Keep more records of pictures that are there, by image id; the number that were new."""
        added_at = iso(now or self._clock())
        with self._rows.writing() as (connection, changes):
            for image_id, items in records.items():
                if listing.has(connection, image_id, ()):
                    writing.put_records(connection, image_key(image_id), items, added_at, changes)
        return changes.records

    def remove_records(self, record_ids: Mapping[str, Iterable[str]]) -> None:
        """Forget records, by image id."""
        with self._rows.writing() as (connection, changes):
            for image_id, items in record_ids.items():
                for record_id in items:
                    writing.drop_record(connection, image_key(image_id), record_id, changes)

    def edit_record(
        self, image_id: str, record_id: str, changes: Mapping[str, object], note: str = "", *, now: datetime
    ) -> Record:
        """Change fields of one record and keep the old version with the note and the time; the new record.

        Raises StatementsError for an unknown record or field, or a value that does not fit.
        """
        with self._rows.writing() as (connection, done):
            old = {record.id: record for record in self.records(image_id)}.get(record_id)
            if old is None:
                raise StatementsError(
                    f"picture {image_id[:12]} has no record {record_id}", remedy="see: provenance refs show"
                )
            new = revised(old, changes)
            if new.id != old.id:
                key = image_key(image_id)
                writing.replace_record(connection, key, old, new, done, note=note, edited_at=iso(now))
        return new

    def finish(self) -> str:
        """Bring to one state what a change left that was cut off between two servers; what was done, in a sentence, or
        "". To be called before a set is looked at that is to be written.
        """
        return ""

    def require_copies(self) -> None:
        """Raises ReferenceSetError where copies of pictures cannot be kept beside the set."""

    def remember(self, files: Sequence[KnownFile]) -> None:
        """Note which picture lies in which file, so that an unchanged file need not be read again."""
        with self._rows.writing() as (connection, _):
            put_files(connection, files)

    def forget(self, paths: Sequence[str]) -> None:
        """Forget files, not the pictures they held."""
        with self._rows.writing() as (connection, _):
            drop_files(connection, paths)

    def known_paths(self, paths: Sequence[str] | None = None) -> dict[str, KnownFile]:
        """The files read before, by path: of these paths, else all, which may be millions."""
        with self._rows.reading() as connection:
            return known_files(connection, paths)

    def has(self, image_id: str, fingerprints: Sequence[str] = ()) -> bool:
        """Whether the picture is there with fingerprints of all these names."""
        with self._rows.reading(whole=True) as connection:
            return listing.has(connection, image_id, fingerprints)

    def lacking(self, names: Sequence[str], *, after: str = "", limit: int | None = None) -> Sequence[str]:
        """Pictures behind `after`, in order, that lack a fingerprint or features of one of these names."""
        with self._rows.reading(whole=True) as connection:
            return listing.lacking(connection, names, after=after, limit=limit)

    def count_lacking(self, names: Sequence[str]) -> int:
        """How many pictures lack a fingerprint or features of one of these names."""
        with self._rows.reading(whole=True) as connection:
            return listing.count_lacking(connection, names)

    def features(self, image_ids: Sequence[str]) -> dict[str, Features]:
        """The local features of those of the pictures that have some, by image id."""
        with self._rows.reading(whole=True) as connection:
            return feature_rows.read(connection, image_ids)

    def fingerprints(self, image_ids: Sequence[str]) -> dict[str, tuple[Fingerprint, ...]]:
        """The fingerprints of those of the pictures that have some, by image id; at most 500 pictures at once."""
        with self._rows.reading(whole=True) as connection:
            return reading.fingerprints(connection, image_ids)

    def get(self, image_ids: Sequence[str]) -> list[Stored]:
        """The pictures that are there, in the order asked for."""
        with self._rows.reading() as connection:
            name = reading.state(connection).name
            found = {
                row.stored.reference.image_id: self._placed(row)
                for start in range(0, len(image_ids), _AT_ONCE)
                for row in reading.pictures(connection, image_ids[start : start + _AT_ONCE], name)
            }
        return [found[spelt] for spelt in map(str.lower, image_ids) if spelt in found]

    def find(self, start: str) -> tuple[str, ...]:
        """The image ids that begin with these hexadecimal digits, at most a hundred."""
        with self._rows.reading() as connection:
            return listing.starting_with(connection, start.lower())

    def records(self, image_id: str) -> tuple[Record, ...]:
        """The records of one picture, earliest added first; empty when the picture is not there."""
        with self._rows.reading() as connection:
            return reading.records(connection, [image_key(image_id)]).get(image_id.lower(), ())

    def record_ids(self) -> dict[str, set[str]]:
        """The ids of all records, by image id."""
        with self._rows.reading() as connection:
            return reading.record_ids(connection)

    def history(self, image_id: str) -> tuple[Edit, ...]:
        """The edits of one picture's records, oldest first."""
        with self._rows.reading() as connection:
            return reading.edits(connection, image_id)

    def count(self) -> dict[str, int]:
        """How many pictures, records, edits and files the set knows."""
        with self._rows.reading() as connection:
            return reading.count(connection)

    def state(self) -> SetState:
        """The committed state that the next answers come from."""
        with self._rows.reading() as connection:
            return reading.state(connection)

    def list(self, *, offset: int = 0, limit: int = 50) -> Sequence[Stored]:
        """Pictures in the order of their digests."""
        with self._rows.reading() as connection:
            return self.get(listing.image_ids(connection, offset=max(0, offset), limit=max(0, limit)))

    def of_size(self, width_px: int, height_px: int, most: int) -> Sequence[Reference]:
        """Pictures of that size, either way round, in the order of their digests."""
        with self._rows.reading() as connection:
            return [one.reference for one in self.get(listing.of_size(connection, width_px, height_px, most))]

    def _seal_coming(self, connection: Connection, changes: Changes, held: ExitStack) -> None:
        """Bring what the engine searches with in line in the same transaction; `held` is closed after it."""

    def _seal_what_came(self, features: Collection[str], codes: Collection[str]) -> None:
        """Bring what the engine searches with in line: the names of the features, and of the codes, that came."""

    def _placed(self, row: reading.StoredRow) -> Stored:
        """The picture with the place of its kept copy, where the engine keeps copies."""
        return row.stored
