"""Reads all of a set on a server and compares it with what the set says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...model.features import LEAST_POINTS
from ...model.record import Fingerprint
from .. import digest, reading
from ..files import known_files
from ..points import feature_rows
from ..rows import as_digest, as_number, record_from
from ..verifying import MOST_FAULTS, Verification
from .faults import NOT_AS_WRITTEN
from .lists import blocks
from .session import Spoken
from .verified_lists import whole

_ROWS = 256  # rows of features read together, some 3 MB
_SUM_BYTES = 32 + feature_rows.CHECK_BYTES


class Verifier:
    """Goes through one set once, inside a read transaction; `go` gives what it found."""

    def __init__(self, connection: Spoken) -> None:
        self._connection = connection
        self._sum = 0
        self._counts = dict.fromkeys(("pictures", "fingerprints", "features", "segments", "damaged", "records"), 0)
        self._wrong: list[str] = []

    def go(self) -> Verification:
        """Compare rows, codes, records and lists with the digests kept beside them."""
        rows: list[Callable[[], None]] = [self._pictures, self._fingerprints, self._features, self._records]
        for step in (*rows, self._snapshot, self._lists, self._others):
            try:
                step()
            except NOT_AS_WRITTEN as error:
                self._wrong.append(str(error) or type(error).__name__)
        counts = self._counts
        return Verification(
            pictures=counts["pictures"],
            fingerprints=counts["fingerprints"],
            features=counts["features"],
            segments=counts["segments"],
            segments_damaged=counts["damaged"],
            records=counts["records"],
            kept_copies=0,
            wrong=tuple(dict.fromkeys(self._wrong))[:MOST_FAULTS],
        )

    def _pictures(self) -> None:
        for key, size_bytes, kept in self._connection.walk("SELECT image_id, size_bytes, kept FROM images"):
            image_id = as_digest(key, "the id of a picture")
            self._counts["pictures"] += 1
            self._sum += digest.picture_row(image_id, as_number(size_bytes, "the size of a picture"))
            if kept:
                self._wrong.append(f"{image_id[:12]} is said to have a kept copy, and servers keep none")

        for image_ids in self._pages("SELECT image_id FROM images"):
            reading.pictures(self._connection, image_ids, "")

    def _fingerprints(self) -> None:
        sums: dict[str, tuple[int, int, int]] = {}
        columns = "name, image_id, code, searchable, detail"
        for name, key, code, searchable, detail in self._connection.walk(f"SELECT {columns} FROM fingerprints"):  # noqa: S608
            made = Fingerprint(name=name, code=code, searchable=bool(searchable), detail=detail)
            self._counts["fingerprints"] += 1
            self._sum += digest.fingerprint_row(as_digest(key, "the id of a picture"), made)
            if searchable:
                number, total, _ = sums.get(name, (0, 0, 0))
                sums[name] = (number + 1, total ^ int.from_bytes(key + code, "big"), len(key + code))
        features = feature_rows.names(self._connection)
        told = self._connection.execute("SELECT name, searchable, checksum FROM checksums").fetchall()
        for name, number, total in told:
            there = sums.pop(name, (0, 0, len(total)))
            if name not in features and (number, total) != (there[0], there[1].to_bytes(there[2], "big")):
                self._wrong.append(f"the codes of {name} are not those that were written")
        self._wrong += [f"the codes of {name} are not those that were written" for name in sums]

    def _features(self) -> None:
        sums: dict[str, tuple[int, int]] = {}
        for image_ids in self._pages("SELECT image_id FROM features ORDER BY seq"):
            for image_id, kept in feature_rows.read(self._connection, image_ids).items():
                self._counts["features"] += 1
                self._sum += digest.features_row(image_id, kept)
                number, total = sums.get(kept.name, (0, 0))
                if kept.points >= LEAST_POINTS:
                    row = bytes.fromhex(image_id) + feature_rows.check(kept)
                    sums[kept.name] = number + 1, total ^ int.from_bytes(row, "big")
        for name in feature_rows.names(self._connection):
            number, total = sums.get(name, (0, 0))
            if feature_rows.told(self._connection, name) != (number, total.to_bytes(_SUM_BYTES, "big")):
                self._wrong.append(f"the local features of {name} are not those that were written")

    def _pages(self, sql: str) -> Iterator[list[str]]:
        """Image ids, some at a time."""
        keys = [key for (key,) in self._connection.walk(sql)]
        for start in range(0, len(keys), _ROWS):
            yield [as_digest(key, "the id of a picture") for key in keys[start : start + _ROWS]]

    def _records(self) -> None:
        for key, record_id, kept in self._connection.walk("SELECT image_id, record_id, record FROM appearances"):
            self._counts["records"] += 1
            self._sum += digest.appearance_row(as_digest(key, "the id of a picture"), kept)
            if record_from(kept).id != record_id:
                self._wrong.append(f"record {record_id} is not what was written")
        told = int(self._connection.execute("SELECT coalesce(sum(records), 0) FROM images").fetchone()[0])
        if told != self._counts["records"]:
            self._wrong.append(f"there are {self._counts['records']} records and should be {told}")

    def _snapshot(self) -> None:
        state = reading.state(self._connection)
        if state.pictures != self._counts["pictures"]:
            self._wrong.append(f"there are {self._counts['pictures']} pictures and should be {state.pictures}")
        if digest.changed(digest.EMPTY, added=[self._sum]).hex() != state.snapshot:
            self._wrong.append("pictures, fingerprints and records are not those that were written")

    def _lists(self) -> None:
        """What votes are counted on; lists that are not what the features give are made anew by reindexing."""
        for name in feature_rows.names(self._connection):
            number = len(blocks(self._connection, name))
            self._counts["segments"] += number
            if number and not whole(self._connection, name):
                self._counts["damaged"] += number

    def _others(self) -> None:
        known_files(self._connection)
        edited = self._connection.execute("SELECT DISTINCT image_id FROM edits").fetchall()
        for (key,) in edited:
            reading.edits(self._connection, as_digest(key, "the id of a picture"))
