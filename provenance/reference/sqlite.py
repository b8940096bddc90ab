"""A reference set in one SQLite file: durable, safe for several programs at once, exact in its answers."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ..errors import StatementsError
from ..model.canonical import iso
from ..model.evidence import Reference
from ..model.features import Candidate, Features, Probe
from ..model.record import AddReport, Entry, Fingerprint, Hit, Record, SetState, Stored
from . import feature_rows, reading, writing
from .code_search import CodeSearch
from .files import KnownFile, drop_files, known_files, put_files
from .kept import ENDINGS, OTHER_ENDING, is_whole, place_of, remove_copy, require_no_link, write_copy
from .reading import Edit
from .rows import image_key, revised
from .session import Session
from .verifying import Verification, Verifier
from .voting import Voter

_AT_ONCE = 500  # rows asked for in one query; SQLite allows 32,766 parameters


def _system_clock() -> datetime:
    return datetime.now(UTC)


class SQLiteStore:
    """Implements `ReferenceStore`. Usable from several threads; every answer comes from one committed state.

    Every method raises ReferenceSetError when the file is damaged, gone, locked for too long, or may not be written.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool = False,
        name: str = "",
        set_id: str = "",
        clock: Callable[[], datetime] = _system_clock,
    ) -> None:
        self.path = path
        self._clock = clock
        self._session = Session(path, create=create, name=name, set_id=set_id, now=clock())
        self._voter, self._codes = Voter(self._session), CodeSearch(self._session)

    def close(self) -> None:
        """Let go of the file. Closing twice is allowed."""
        self._session.close()

    def add(self, entries: Iterable[Entry], *, now: datetime | None = None, known_only: bool = False) -> AddReport:
        """Keep pictures and their records in one transaction; durable when it returns. Adding again changes nothing.

        With `known_only` those that are not there, perhaps any more, are left out.
        """
        added_at = iso(now or self._clock())
        names: set[str] = set()
        codes: set[str] = set()
        with self._session.writing() as (connection, changes):
            for entry in entries:
                if known_only and not reading.has(connection, entry.image_id, ()):
                    continue
                writing.put_entry(connection, entry, added_at, changes)
                names |= {entry.features.name} if entry.features is not None else set()
                codes |= {made.name for made in entry.fingerprints if made.searchable}
        for name in sorted(names):
            self._voter.seal(name)
        for name in sorted(codes):
            self._codes.seal(name)
        return AddReport(
            pictures_added=changes.pictures, records_added=changes.records, already_there=changes.already_there
        )

    def add_records(self, records: Mapping[str, Iterable[Record]], *, now: datetime | None = None) -> int:
        """Keep more records of pictures that are there, by image id; the number that were new."""
        added_at = iso(now or self._clock())
        with self._session.writing() as (connection, changes):
            for image_id, items in records.items():
                if reading.has(connection, image_id, ()):
                    writing.put_records(connection, image_key(image_id), items, added_at, changes)
        return changes.records

    def remove(self, image_ids: Sequence[str]) -> int:
        """Forget pictures with their fingerprints, records, edits, paths and kept copies; the number forgotten."""
        dropped: list[Path] = []
        with self._session.writing() as (connection, changes):
            for key in map(image_key, image_ids):
                if ending := writing.drop_picture(connection, key, changes):
                    dropped.append(place_of(self.path, key.hex(), ending))
                    require_no_link(dropped[-1])
        for copy in dropped:
            remove_copy(copy)
        return -changes.pictures

    def remove_records(self, record_ids: Mapping[str, Iterable[str]]) -> None:
        """Forget records, by image id."""
        with self._session.writing() as (connection, changes):
            for image_id, items in record_ids.items():
                for record_id in items:
                    writing.drop_record(connection, image_key(image_id), record_id, changes)

    def edit_record(
        self, image_id: str, record_id: str, changes: Mapping[str, object], note: str = "", *, now: datetime
    ) -> Record:
        """Change fields of one record and keep the old version with the note and the time; the new record.

        Raises StatementsError for an unknown record or field, or a value that does not fit.
        """
        with self._session.writing() as (connection, done):
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

    def keep(self, image_id: str, data: bytes, media_type: str) -> Path:
        """Keep a copy of a picture's bytes beside the set; durable when it returns. Raises OutputError."""
        target = place_of(self.path, image_id, ENDINGS.get(media_type, OTHER_ENDING))
        if not is_whole(target, data):
            write_copy(target, data)
        with self._session.writing() as (connection, _):
            connection.execute("UPDATE images SET kept = ? WHERE image_id = ?", (target.suffix, image_key(image_id)))
        return target

    def kept_copy(self, image_id: str) -> Path | None:
        """Where the kept copy lies; None when there is none."""
        with self._session.reading() as connection:
            ending = reading.ending_of_copy(connection, image_id)
        target = place_of(self.path, image_id, ending)
        return target if ending and os.path.exists(target) else None  # noqa: PTH110 a folder may be shut

    def remember(self, files: Sequence[KnownFile]) -> None:
        """Note which picture lies in which file, so that an unchanged file need not be read again."""
        with self._session.writing() as (connection, _):
            put_files(connection, files)

    def forget(self, paths: Sequence[str]) -> None:
        """Forget files, not the pictures they held."""
        with self._session.writing() as (connection, _):
            drop_files(connection, paths)

    def known_paths(self) -> dict[str, KnownFile]:
        """The files read before, by path."""
        with self._session.reading() as connection:
            return known_files(connection)

    def has(self, image_id: str, fingerprints: Sequence[str] = ()) -> bool:
        """Whether the picture is there with fingerprints of all these names."""
        with self._session.reading() as connection:
            return reading.has(connection, image_id, fingerprints)

    def lacking(self, names: Sequence[str], *, after: str = "", limit: int | None = None) -> Sequence[str]:
        """Pictures behind `after`, in order, that lack a fingerprint or features of one of these names."""
        with self._session.reading() as connection:
            return reading.lacking(connection, names, after=after, limit=limit)

    def count_lacking(self, names: Sequence[str]) -> int:
        """How many pictures lack a fingerprint or features of one of these names."""
        with self._session.reading() as connection:
            return reading.count_lacking(connection, names)

    def places(self, image_id: str) -> Sequence[str]:
        """Files to read the picture from: its kept copy, then where it lay when it was last read."""
        kept = self.kept_copy(image_id)
        with self._session.reading() as connection:
            return [*([str(kept)] if kept else []), *reading.places(connection, image_id)]

    def near(self, codes: Sequence[bytes], fingerprint: str, radius_bits: int) -> list[list[Hit]]:
        """For each code ALL searchable pictures within the radius, in the order (distance, image id)."""
        return self._codes.near(codes, fingerprint, radius_bits)

    def vote(
        self, probe: Probe, features: str, most: int, *, beside: Mapping[str, Features] | None = None
    ) -> list[Candidate]:
        """The pictures with the most votes among the features of that name, in the order (votes, image id).

        `beside`: features, by image id, that are counted as if they were in the set; nothing of them is kept.
        """
        return self._voter.vote(probe, features, most, beside or {})

    def seal(self, *, whole: bool = False) -> str:
        """Write segments where many pictures lie outside of them, and in the place of damaged ones.

        Those with a damaged head are found, and with `whole`, which reads everything in them, all. Where that cannot be
        done, the reason is returned, else "": answers then only come slower.
        """
        return self._voter.seal_all(whole=whole) or self._codes.seal_all(whole=whole)

    def features(self, image_ids: Sequence[str]) -> dict[str, Features]:
        """The local features of those of the pictures that have some, by image id."""
        with self._session.reading() as connection:
            return feature_rows.read(connection, image_ids)

    def fingerprints(self, image_ids: Sequence[str]) -> dict[str, tuple[Fingerprint, ...]]:
        """The fingerprints of those of the pictures that have some, by image id; at most 500 pictures at once."""
        with self._session.reading() as connection:
            return reading.fingerprints(connection, image_ids)

    def get(self, image_ids: Sequence[str]) -> list[Stored]:
        """The pictures that are there, in the order asked for."""
        with self._session.reading() as connection:
            name = reading.state(connection).name
            found = {
                row.stored.reference.image_id: self._placed(row)
                for start in range(0, len(image_ids), _AT_ONCE)
                for row in reading.pictures(connection, image_ids[start : start + _AT_ONCE], name)
            }
        return [found[image_id] for image_id in image_ids if image_id in found]

    def find(self, start: str) -> tuple[str, ...]:
        """The image ids that begin with these hexadecimal digits, at most a hundred."""
        with self._session.reading() as connection:
            return reading.starting_with(connection, start.lower())

    def records(self, image_id: str) -> tuple[Record, ...]:
        """The records of one picture, earliest added first; empty when the picture is not there."""
        with self._session.reading() as connection:
            return reading.records(connection, [image_key(image_id)]).get(image_id, ())

    def record_ids(self) -> dict[str, set[str]]:
        """The ids of all records, by image id."""
        with self._session.reading() as connection:
            return reading.record_ids(connection)

    def history(self, image_id: str) -> tuple[Edit, ...]:
        """The edits of one picture's records, oldest first."""
        with self._session.reading() as connection:
            return reading.edits(connection, image_id)

    def count(self) -> dict[str, int]:
        """How many pictures, records, edits and files the set knows."""
        with self._session.reading() as connection:
            return reading.count(connection)

    def state(self) -> SetState:
        """The committed state that the next answers come from."""
        with self._session.reading() as connection:
            return reading.state(connection)

    def verify(self) -> Verification:
        """Read everything, kept copies too, and compare it with the digests in the set; damage is told, not raised.

        Takes about two minutes for a million pictures, and the time to read the kept copies.
        """
        with self._session.reading() as connection:
            return Verifier(connection, self.path).go()

    def list(self, *, offset: int = 0, limit: int = 50) -> Sequence[Stored]:
        """Pictures in the order of their digests."""
        with self._session.reading() as connection:
            return self.get(reading.image_ids(connection, offset=max(0, offset), limit=max(0, limit)))

    def of_size(self, width_px: int, height_px: int, most: int) -> Sequence[Reference]:
        """Pictures of that size, either way round, in the order of their digests."""
        with self._session.reading() as connection:
            return [one.reference for one in self.get(reading.of_size(connection, width_px, height_px, most))]

    def _placed(self, row: reading.StoredRow) -> Stored:
        """The picture with the place of its kept copy, when there is one."""
        if not row.kept:
            return row.stored
        path = str(place_of(self.path, row.stored.reference.image_id, row.kept))
        return dataclasses.replace(row.stored, reference=dataclasses.replace(row.stored.reference, path=path))
