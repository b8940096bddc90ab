"""Answers from a set, each a function on a connection inside a read transaction that its caller began."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from ..model.limits import SET_SIDE_PX
from ..model.matches import Reference
from ..model.record import Fingerprint, Record, SetState, Stored
from .kept import known_ending
from .packs import lookup, ordered, packs
from .points import feature_rows
from .rows import as_digest, as_number, as_text, image_key, path_text, record_from
from .sql import Connection


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


def snapshot(connection: Connection) -> bytes:
    """The snapshot id, 32 bytes."""
    return bytes(connection.execute("SELECT snapshot FROM reference_set").fetchone()[0])


def state(connection: Connection) -> SetState:
    """Name, ids and numbers of the set."""
    name, set_id, digest_bytes, pictures = connection.execute(
        "SELECT name, set_id, snapshot, pictures FROM reference_set"
    ).fetchone()
    searchable = connection.execute(
        "SELECT name, searchable FROM checksums WHERE searchable <> 0 ORDER BY name"
    ).fetchall()
    return SetState(
        name=as_text(name, "the name of the set"),
        set_id=as_text(set_id, "the id of the set"),
        snapshot=as_digest(digest_bytes, "the snapshot id"),
        pictures=as_number(pictures, "the number of pictures"),
        searchable={
            as_text(made, "the name of a fingerprint"): as_number(rows, "the number of fingerprints")
            for made, rows in searchable
        },
    )


def count(connection: Connection) -> dict[str, int]:
    """How many of each."""
    rows = {"records": "appearances", "edits": "edits", "files": "paths"}
    return {"pictures": ordered.count(connection)} | {
        name: as_number(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0], f"the number of {name}")  # noqa: S608
        for name, table in rows.items()
    }


def pictures(connection: Connection, asked: Sequence[str], set_name: str) -> list[StoredRow]:
    """Those of the pictures that are there, in no particular order.

    Raises ValueError when a picture is lost of which other tables still tell, or when one has lost a record.
    """
    ids = [image_key(image_id) for image_id in asked]
    by_picture = records(connection, ids)
    columns = "image_id, size_bytes, width_px, height_px, media_type, path, kept, added_at, records"
    found = [_stored(row, set_name, by_picture) for row in lookup.pictures(connection, columns, ids)]
    _require_none_lost(connection, set(ids) - {image_key(row.stored.reference.image_id) for row in found})
    return found


def records(connection: Connection, ids: Sequence[bytes]) -> dict[str, tuple[Record, ...]]:
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


def edits(connection: Connection, image_id: str) -> tuple[Edit, ...]:
    """Edits of one picture's records, oldest first."""
    rows = connection.execute(
        "SELECT old_id, new_id, old, note, edited_at FROM edits WHERE image_id = ? ORDER BY seq",
        (image_key(image_id),),
    )
    return tuple(
        Edit(
            old_id=as_text(old_id, "the id of a record"),
            new_id=as_text(new_id, "the id of a record"),
            old=record_from(old),
            note=as_text(note, "the note of an edit", longest=sys.maxsize),
            edited_at=as_text(edited_at, "the time of an edit"),
        )
        for old_id, new_id, old, note, edited_at in rows.fetchall()
    )


def places(connection: Connection, image_id: str) -> list[str]:
    """Where the picture's files lay when they were last read, the first in byte order first."""
    key = image_key(image_id)
    rows = connection.execute(
        "SELECT path FROM images WHERE image_id = ? UNION SELECT path FROM paths WHERE image_id = ? ORDER BY path",
        (key, key),
    )
    return [path_text(path) for (path,) in rows.fetchall() if path]


def fingerprints(connection: Connection, image_ids: Sequence[str]) -> dict[str, tuple[Fingerprint, ...]]:
    """The fingerprints of those of the pictures that have some, by name. Raises ValueError for what nobody wrote."""
    keys = [image_key(image_id) for image_id in image_ids]
    found: dict[str, tuple[Fingerprint, ...]] = {}
    for key, name, code, searchable, detail in lookup.fingerprints(connection, keys):
        if not isinstance(code, bytes):
            raise ValueError("a fingerprint is not what was written")  # noqa: TRY004 in a file, not in a program
        spelt = as_text(name, "the name of a fingerprint")
        made = Fingerprint(name=spelt, code=code, searchable=bool(searchable), detail=packs.detail_of(detail))
        found[key.hex()] = (*found.get(key.hex(), ()), made)
    return found


def ending_of_copy(connection: Connection, image_id: str) -> str:
    """The ending of the kept copy's name; "" when none is kept."""
    row = connection.execute("SELECT kept FROM images WHERE image_id = ?", (image_key(image_id),)).fetchone()
    return known_ending(row[0]) if row else ""


def record_ids(connection: Connection) -> dict[str, set[str]]:
    """The ids of all records, by image id."""
    found: dict[str, set[str]] = {}
    for image_id, record_id in connection.execute("SELECT image_id, record_id FROM appearances"):
        found.setdefault(image_id.hex(), set()).add(record_id)
    return found


def _require_none_lost(connection: Connection, absent: set[bytes]) -> None:
    """A picture that was never added has nothing in any table; one that damage took is still told of in others."""
    if not absent:
        return
    for table in ("fingerprints", "features", "appearances"):
        if table == "features" and not feature_rows.kept_here(connection):
            continue
        row = connection.execute(
            f"SELECT image_id FROM {table} WHERE image_id IN ({_marks(absent)})",  # noqa: S608 names from the line above
            list(absent),
        ).fetchone()
        if row is not None:
            raise ValueError(f"picture {row[0].hex()[:12]} is lost")
    key = packs.lost(connection, absent)
    if key is not None:
        raise ValueError(f"picture {key.hex()[:12]} is lost")


def _stored(row: Sequence[Any], set_name: str, by_picture: dict[str, tuple[Record, ...]]) -> StoredRow:
    key, size_bytes, width_px, height_px, media_type, path_kept, kept, added_at, told = row
    image_id, path = as_digest(key, "the id of a picture"), path_text(path_kept)
    records_there = by_picture.get(image_id, ())
    if len(records_there) != told:
        raise ValueError(f"picture {image_id[:12]} has {len(records_there)} records and should have {told}")
    reference = Reference(
        set_name=set_name,
        image_id=image_id,
        path=path,
        name=path.rpartition("/")[2],
        width_px=as_number(width_px, "the width of a picture", least=1, most=SET_SIDE_PX),
        height_px=as_number(height_px, "the height of a picture", least=1, most=SET_SIDE_PX),
    )
    stored = Stored(
        reference=reference,
        size_bytes=as_number(size_bytes, "the size of a picture"),
        media_type=as_text(media_type, "the type of a picture"),
        added_at=as_text(added_at, "the time of an addition"),
        records=records_there,
    )
    return StoredRow(stored=stored, kept=known_ending(kept))


def _marks(values: Collection[object]) -> str:
    return ",".join("?" * len(values)) or "NULL"
