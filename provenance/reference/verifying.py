"""Reads all of a set and compares it with what the set says of itself."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..model.record import Fingerprint
from . import digest, reading
from .codes import rows as code_rows
from .codes.sealing import damaged as damaged_codes
from .codes.table import read_codes
from .files import known_files
from .kept import known_ending, place_of
from .packs import ordered, packs
from .points import feature_rows
from .points.covering import adds_up, folder_of, mapped, segments
from .points.piece import DamagedPieceError
from .rows import as_digest, record_from
from .sqlite.faults import in_words

MOST_FAULTS = 20
# What a row of another type or length than was written leads to, and what SQLite says of a page that is none.
_NOT_AS_WRITTEN = (AttributeError, LookupError, TypeError, ValueError, RecursionError, OverflowError, sqlite3.Error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was compared, in numbers, and what was found wrong; the set is as it was written when `wrong` is empty."""

    pictures: int
    fingerprints: int
    features: int
    """Pictures whose local features were read."""
    segments: int
    """Segments of local features that were read."""
    segments_damaged: int
    """Of these; no fault of the set: `provenance refs reindex` makes them anew from what the set holds."""
    records: int
    kept_copies: int
    """Copies read again; the digest of each was compared with its picture's."""
    wrong: tuple[str, ...]
    """At most 20 faults, in words."""


class Verifier:
    """Goes through one set once, on a connection inside a read transaction; `go` gives what it found."""

    def __init__(self, connection: sqlite3.Connection, set_path: Path) -> None:
        self._connection, self._set_path = connection, set_path
        self._sum = 0
        self._pictures = self._fingerprints = self._features = self._segments = self._damaged = self._records = (
            self._kept_copies
        ) = 0
        self._wrong: list[str] = []

    def go(self) -> Verification:
        """Compare pages, rows, codes, records and kept copies with the digests written beside them."""
        rows: list[Callable[[], None]] = [
            self._read_pictures,
            self._read_packs,
            self._read_fingerprints,
            self._read_features,
            self._read_records,
        ]
        rest: list[Callable[[], None]] = [self._read_pages, self._read_codes, self._read_votes, self._read_others]
        for step in (*rows, self._compare_snapshot, *rest):
            try:
                step()
            except _NOT_AS_WRITTEN as error:
                self._wrong.append(in_words(error) or type(error).__name__)
        return Verification(
            pictures=self._pictures,
            fingerprints=self._fingerprints,
            features=self._features,
            segments=self._segments,
            segments_damaged=self._damaged,
            records=self._records,
            kept_copies=self._kept_copies,
            wrong=tuple(dict.fromkeys(self._wrong))[:MOST_FAULTS],
        )

    def _read_pictures(self) -> None:
        alone = " WHERE place IS NULL" if packs.kept_here(self._connection) else ""
        for key, size_bytes in self._connection.execute(f"SELECT image_id, size_bytes FROM images{alone}"):  # noqa: S608
            self._pictures += 1
            self._sum += digest.picture_row(as_digest(key, "the id of a picture"), size_bytes)
        for key, kept in self._connection.execute("SELECT image_id, kept FROM images WHERE kept <> ''"):
            image_id = as_digest(key, "the id of a picture")
            self._read_copy(image_id, place_of(self._set_path, image_id, known_ending(kept)))

    def _read_packs(self) -> None:
        import numpy as np

        for pack in packs.walk(self._connection):
            if not (pictures := pack.pictures()):
                continue
            ids = np.frombuffer(b"".join(key for _, key in pictures), np.uint8).reshape(len(pictures), -1)
            self._pictures += len(ids)
            self._sum += digest.picture_rows(ids, np.array([pack.size_bytes(at) for at, _ in pictures], np.int64))
            for name, searchable, codes in packs.made_of(self._connection, pack):
                self._fingerprints += len(codes)
                laid = np.frombuffer(b"".join(codes), np.uint8).reshape(len(ids), -1)
                self._sum += digest.fingerprint_rows(ids, name, laid, searchable=searchable)
        if packs.kept_here(self._connection) and not ordered.add_up(self._connection):
            self._wrong.append("packs do not hold as many pictures as they should")

    def _read_copy(self, image_id: str, copy: Path) -> None:
        if copy.is_symlink() or not copy.is_file():
            self._wrong.append(f"the kept copy of {image_id[:12]} is not there")
            return
        try:
            with copy.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            self._wrong.append(f"the kept copy of {image_id[:12]} cannot be read: {error.strerror}")
            return
        self._kept_copies += 1
        if found != image_id:
            self._wrong.append(f"the kept copy of {image_id[:12]} is not the picture that was added")

    def _read_fingerprints(self) -> None:
        columns = "name, image_id, code, searchable, detail"
        for name, key, code, searchable, detail in self._connection.execute(f"SELECT {columns} FROM fingerprints"):  # noqa: S608
            made = Fingerprint(name=name, code=code, searchable=bool(searchable), detail=detail)
            self._fingerprints += 1
            self._sum += digest.fingerprint_row(as_digest(key, "the id of a picture"), made)

    def _read_features(self) -> None:
        for row in feature_rows.digests(self._connection):
            self._features += 1
            self._sum += row

    def _read_votes(self) -> None:
        """What votes are counted on: the checksums of all names, and every list of every segment."""
        if not feature_rows.kept_here(self._connection):
            return
        for name in feature_rows.names(self._connection):
            if feature_rows.counted(self._connection, name) != feature_rows.told(self._connection, name):
                self._wrong.append(f"the local features of {name} are not those that were written")
            self._read_segments(name)

    def _read_segments(self, name: str) -> None:
        """All are damaged when they, and the marks of what is gone, do not make up what there should be."""
        folder = folder_of(self._set_path)
        rows = self._connection.execute("SELECT count(*) FROM segments WHERE name = ?", (name,)).fetchone()[0]
        self._segments += rows
        if not adds_up(self._connection, folder, name):
            self._damaged += rows
            return
        for row in segments(self._connection, name):
            try:
                mapped(self._connection, folder, name, row).require_whole()
            except DamagedPieceError:
                self._damaged += 1

    def _read_records(self) -> None:
        for key, record_id, kept in self._connection.execute("SELECT image_id, record_id, record FROM appearances"):
            self._records += 1
            self._sum += digest.appearance_row(as_digest(key, "the id of a picture"), kept)
            if record_from(kept).id != record_id:
                self._wrong.append(f"record {record_id} is not what was written")
        told = self._connection.execute("SELECT coalesce(sum(records), 0) FROM images").fetchone()[0]
        if told != self._records:
            self._wrong.append(f"there are {self._records} records and should be {told}")

    def _compare_snapshot(self) -> None:
        state = reading.state(self._connection)
        if state.pictures != self._pictures:
            self._wrong.append(f"there are {self._pictures} pictures and should be {state.pictures}")
        if digest.changed(digest.EMPTY, added=[self._sum]).hex() != state.snapshot:
            self._wrong.append("pictures, fingerprints and records are not those that were written")

    def _read_pages(self) -> None:
        told = [str(row[0]) for row in self._connection.execute("PRAGMA integrity_check").fetchmany(3)]
        self._wrong += [] if told == ["ok"] else [f"the file: {line}" for line in told]

    def _read_codes(self) -> None:
        features = feature_rows.names(self._connection)
        for name in reading.state(self._connection).searchable:
            if name not in features:
                read_codes(self._connection, name)
                self._read_code_segments(name)

    def _read_code_segments(self, name: str) -> None:
        """All are damaged when they and what lies outside or is gone do not make up what there should be."""
        if not code_rows.kept_here(self._connection):
            return
        query = "SELECT count(*) FROM code_segments WHERE name = ?"
        rows = self._connection.execute(query, (name,)).fetchone()[0]
        self._segments += rows
        try:
            right = code_rows.adds_up(self._connection, name)
            found = damaged_codes(self._connection, folder_of(self._set_path), name, whole=True)
        except ValueError:
            right, found = False, []
        self._damaged += len(found) if right else rows

    def _read_others(self) -> None:
        known_files(self._connection)
        for (key,) in self._connection.execute("SELECT DISTINCT image_id FROM edits").fetchall():
            reading.edits(self._connection, as_digest(key, "the id of a picture"))
