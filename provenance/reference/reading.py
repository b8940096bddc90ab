"""Answers from a set, each a function on a connection inside a read transaction that its caller began."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from ..model.evidence import Reference
from ..model.record import Fingerprint, Record, SetState, Stored
from . import digest
from .codes import read_codes
from .rows import image_key, path_text, record_from


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """A file read before. While its size and its time of change are the same, it is taken to hold the same picture."""

    path: str
    size_bytes: int
    mtime_ns: int
    image_id: str = ""
    """The picture in it; "" when the file was refused."""
    refusal: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change to a record: what it was, which record took its place, when and why."""

    old_id: str
    new_id: str
    old: Record
    note: str
    edited_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRow:
    """A picture as it stands in the table, with the ending of its kept copy ("" when none is kept)."""

    stored: Stored
    kept: str


def snapshot(connection: sqlite3.Connection) -> bytes:
    """The snapshot id, 32 bytes."""
    return bytes(connection.execute("SELECT snapshot FROM reference_set").fetchone()[0])


def state(connection: sqlite3.Connection) -> SetState:
    """Name, ids and numbers of the set."""
    name, set_id, digest_bytes, pictures = connection.execute(
        "SELECT name, set_id, snapshot, pictures FROM reference_set"
    ).fetchone()
    searchable = dict(connection.execute("SELECT name, searchable FROM checksums ORDER BY name").fetchall())
    return SetState(
        name=name, set_id=set_id, snapshot=bytes(digest_bytes).hex(), pictures=pictures, searchable=searchable
    )


def count(connection: sqlite3.Connection) -> dict[str, int]:
    """How many of each."""
    rows = {"pictures": "images", "records": "appearances", "edits": "edits", "files": "paths"}
    return {
        name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 names from the line above
        for name, table in rows.items()
    }


def image_ids(connection: sqlite3.Connection, *, offset: int, limit: int) -> list[str]:
    """Image ids in ascending order."""
    rows = connection.execute("SELECT image_id FROM images ORDER BY image_id LIMIT ? OFFSET ?", (limit, offset))
    return [image_id.hex() for (image_id,) in rows.fetchall()]


def starting_with(connection: sqlite3.Connection, start: str) -> tuple[str, ...]:
    """Image ids that begin with these hexadecimal digits, at most a hundred."""
    if not start or len(start) > 64 or any(digit not in "0123456789abcdef" for digit in start):
        return ()
    low, high = bytes.fromhex(start.ljust(64, "0")), bytes.fromhex(start.ljust(64, "f"))
    rows = connection.execute(
        "SELECT image_id FROM images WHERE image_id BETWEEN ? AND ? ORDER BY image_id LIMIT 100", (low, high)
    )
    return tuple(image_id.hex() for (image_id,) in rows.fetchall())


def pictures(connection: sqlite3.Connection, asked: Sequence[str], set_name: str) -> list[StoredRow]:
    """Those of the pictures that are there, in no particular order."""
    ids = [image_key(image_id) for image_id in asked]
    by_picture = records(connection, ids)
    columns = "image_id, size_bytes, width_px, height_px, media_type, path, kept, added_at"
    rows = connection.execute(f"SELECT {columns} FROM images WHERE image_id IN ({_marks(ids)})", ids)  # noqa: S608
    return [_stored(row, set_name, by_picture) for row in rows.fetchall()]


def records(connection: sqlite3.Connection, ids: Sequence[bytes]) -> dict[str, tuple[Record, ...]]:
    """Records by image id, earliest added first. Raises ValueError for one that is not what was written."""
    rows = connection.execute(
        f"SELECT image_id, record_id, record FROM appearances WHERE image_id IN ({_marks(ids)}) ORDER BY seq",  # noqa: S608 only question marks
        list(ids),
    )
    found: dict[str, tuple[Record, ...]] = {}
    for image_id, record_id, kept in rows.fetchall():
        record = record_from(kept)
        if record.id != record_id:
            raise ValueError(f"record {record_id} is not what was written")
        found[image_id.hex()] = (*found.get(image_id.hex(), ()), record)
    return found


def edits(connection: sqlite3.Connection, image_id: str) -> tuple[Edit, ...]:
    """Edits of one picture's records, oldest first."""
    rows = connection.execute(
        "SELECT old_id, new_id, old, note, edited_at FROM edits WHERE image_id = ? ORDER BY seq",
        (image_key(image_id),),
    )
    return tuple(
        Edit(old_id=old_id, new_id=new_id, old=record_from(old), note=note, edited_at=edited_at)
        for old_id, new_id, old, note, edited_at in rows.fetchall()
    )


def known_files(connection: sqlite3.Connection) -> dict[str, KnownFile]:
    """Files read before, by path."""
    rows = connection.execute("SELECT path, size_bytes, mtime_ns, image_id, refusal, remedy FROM paths").fetchall()
    files = (
        KnownFile(
            path=path_text(path),
            size_bytes=size,
            mtime_ns=mtime,
            image_id=image_id.hex(),
            refusal=refusal,
            remedy=remedy,
        )
        for path, size, mtime, image_id, refusal, remedy in rows
    )
    return {file.path: file for file in files}


def has(connection: sqlite3.Connection, image_id: str, fingerprints: Sequence[str]) -> bool:
    """Whether the picture is there with fingerprints of all these names."""
    key = image_key(image_id)
    rows = connection.execute("SELECT name FROM fingerprints WHERE image_id = ?", (key,)).fetchall()
    there = connection.execute("SELECT 1 FROM images WHERE image_id = ?", (key,)).fetchone()
    return there is not None and {name for (name,) in rows} >= set(fingerprints)


def ending_of_copy(connection: sqlite3.Connection, image_id: str) -> str:
    """The ending of the kept copy's name; "" when none is kept."""
    row = connection.execute("SELECT kept FROM images WHERE image_id = ?", (image_key(image_id),)).fetchone()
    return str(row[0]) if row else ""


def record_ids(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """The ids of all records, by image id."""
    found: dict[str, set[str]] = {}
    for image_id, record_id in connection.execute("SELECT image_id, record_id FROM appearances"):
        found.setdefault(image_id.hex(), set()).add(record_id)
    return found


def verify(connection: sqlite3.Connection) -> None:
    """Compare every row with the snapshot id. Raises ValueError."""
    told = [row[0] for row in connection.execute("PRAGMA integrity_check").fetchmany(3)]
    if told != ["ok"]:
        raise ValueError("; ".join(told))
    rows: list[int] = []
    for image_id, size in connection.execute("SELECT image_id, size_bytes FROM images"):
        rows.append(digest.picture_row(image_id.hex(), size))
    if len(rows) != state(connection).pictures:
        raise ValueError("the number of pictures is not the one that was written")
    for name, image_id, code, searchable, detail in connection.execute("SELECT * FROM fingerprints"):
        made = Fingerprint(name=name, code=code, searchable=bool(searchable), detail=detail)
        rows.append(digest.fingerprint_row(image_id.hex(), made))
    for image_id, record in connection.execute("SELECT image_id, record FROM appearances"):
        rows.append(digest.appearance_row(image_id.hex(), record))
    if digest.changed(digest.EMPTY, added=rows) != snapshot(connection):
        raise ValueError("the rows are not those that were written")
    for name in state(connection).searchable:
        read_codes(connection, name)


def _stored(
    row: tuple[bytes, int, int, int, str, bytes, str, str], set_name: str, by_picture: dict[str, tuple[Record, ...]]
) -> StoredRow:
    image_id, size_bytes, width_px, height_px, media_type, path, kept, added_at = row
    reference = Reference(
        set_name=set_name, image_id=image_id.hex(), path=path_text(path), width_px=width_px, height_px=height_px
    )
    stored = Stored(
        reference=reference,
        size_bytes=size_bytes,
        media_type=media_type,
        added_at=added_at,
        records=by_picture.get(image_id.hex(), ()),
    )
    return StoredRow(stored=stored, kept=kept)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
