"""Changes to a set, each a function on a connection inside a transaction that its caller began.

Each returns the digests of the rows that came and went; `settle` puts them into the snapshot in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..model.record import Entry, Fingerprint, Record
from . import digest
from .codes.table import update_checksum
from .kept import known_ending
from .packs import heads, lookup, unpacking
from .points import feature_rows
from .rows import image_key, path_bytes, record_bytes
from .sql import Connection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PUT_PICTURE = (
    "INSERT INTO images (image_id, size_bytes, width_px, height_px, media_type, path, kept, added_at, records)"
    " VALUES (?, ?, ?, ?, ?, ?, '', ?, 0)"
)
_PUT_PICTURE_IF_NEW = f"{PUT_PICTURE} ON CONFLICT DO NOTHING"
PUT_FINGERPRINT = "INSERT INTO fingerprints (image_id, name, code, searchable, detail) VALUES (?, ?, ?, ?, ?)"
_PUT_FINGERPRINT_IF_NEW = f"{PUT_FINGERPRINT} ON CONFLICT DO NOTHING"


@dataclass(frozen=True, slots=True)
class CodeChange:
    """A searchable code that came or went."""

    came: bool
    name: str
    image_id: bytes
    code: bytes


@dataclass(slots=True)
class Changes:
    """What one transaction did so far."""

    pictures: int = 0
    records: int = 0
    already_there: int = 0
    came: list[int] = field(default_factory=list)
    went: list[int] = field(default_factory=list)
    codes: list[CodeChange] = field(default_factory=list)
    """In order, for engines that keep more of them than the table of fingerprints."""
    new_codes: dict[str, list[NDArray[np.uint8]]] = field(default_factory=dict)
    """Image ids and searchable codes side by side, shape (pictures, 32 + bytes of a code), by name, of pictures that
    were not there before. What went again of them, as of a picture that one call both adds and makes anew, stands in
    `codes`, which is to be followed after this.
    """
    altered: dict[str, set[bytes]] = field(default_factory=dict)
    """By table, `fingerprints` or `features`: pictures that were there before and of which rows came or went."""

    def alter(self, table: str, image_id: bytes) -> None:
        """Note that rows of a picture that was there came to that table, or went from it."""
        self.altered.setdefault(table, set()).add(image_id)


def put_entry(connection: Connection, entry: Entry, added_at: str, changes: Changes) -> None:
    """Keep a picture, its fingerprints and records, as far as they are not there.

    Of several paths the first in byte order is kept, so that the order of adding does not matter.
    """
    image_id = image_key(entry.image_id)
    path = path_bytes(entry.path)
    row = image_id, entry.size_bytes, entry.width_px, entry.height_px, entry.media_type, path, added_at
    place = heads.make_way(connection, [image_id]).get(image_id)
    known = place is not None or connection.execute(_PUT_PICTURE_IF_NEW, row).rowcount != 1
    if known:
        changes.already_there += 1
        _keep_first_path(connection, image_id, path)
    else:
        changes.pictures += 1
        changes.came.append(digest.picture_row(image_id.hex(), entry.size_bytes))
    before, packed = len(changes.came), set[str]()
    if known:
        packed = lookup.names(connection, image_id) if place is None else lookup.names_at(connection, place)
    for made in entry.fingerprints:
        if made.name not in packed:
            _put_fingerprint(connection, image_id, made, changes)
    if known and len(changes.came) > before:
        changes.alter("fingerprints", image_id)
    if entry.features is not None:
        came, went = feature_rows.put(connection, image_id, entry.features)
        if known and (came or went):
            changes.alter("features", image_id)
        changes.came += came
        changes.went += went
    put_records(connection, image_id, entry.records, added_at, changes)


def renew(connection: Connection, entry: Entry, changes: Changes) -> None:
    """Let what a picture of the set is known by be what `entry` says, in the place of what somebody else wrote of it;
    its records, edits and paths stay.
    """
    image_id = image_key(entry.image_id)
    unpacking.take_out(connection, image_id)
    row = connection.execute("SELECT size_bytes FROM images WHERE image_id = ?", (image_id,)).fetchone()
    if row is None:
        return
    changes.went.append(digest.picture_row(image_id.hex(), row[0]))
    changes.came.append(digest.picture_row(image_id.hex(), entry.size_bytes))
    connection.execute(
        "UPDATE images SET size_bytes = ?, width_px = ?, height_px = ?, media_type = ? WHERE image_id = ?",
        (entry.size_bytes, entry.width_px, entry.height_px, entry.media_type, image_id),
    )
    _drop_made(connection, image_id, changes)


def put_records(
    connection: Connection, image_id: bytes, records: Iterable[Record], added_at: str, changes: Changes
) -> None:
    """Keep records of a picture. One that was edited since is not brought back."""
    for record in records:
        kept = record_bytes(record)
        replaced = connection.execute(
            "SELECT 1 FROM edits WHERE image_id = ? AND old_id = ?", (image_id, record.id)
        ).fetchone()
        if replaced:
            continue
        done = connection.execute(
            "INSERT INTO appearances (image_id, record_id, record, added_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (image_id, record.id, kept, added_at),
        )
        if done.rowcount == 1:
            _count_records(connection, image_id, 1)
            changes.records += 1
            changes.came.append(digest.appearance_row(image_id.hex(), kept))


def drop_record(connection: Connection, image_id: bytes, record_id: str, changes: Changes) -> bytes | None:
    """Take one record away; its bytes, or None when it is not there."""
    row = connection.execute(
        "SELECT record FROM appearances WHERE image_id = ? AND record_id = ?", (image_id, record_id)
    ).fetchone()
    if row is None:
        return None
    connection.execute("DELETE FROM appearances WHERE image_id = ? AND record_id = ?", (image_id, record_id))
    _count_records(connection, image_id, -1)
    changes.went.append(digest.appearance_row(image_id.hex(), row[0]))
    return bytes(row[0])


def replace_record(
    connection: Connection,
    image_id: bytes,
    old: Record,
    new: Record,
    changes: Changes,
    *,
    note: str,
    edited_at: str,
) -> None:
    """Put `new` in the place of `old` and keep the old one among the edits."""
    place = connection.execute(
        "SELECT seq, added_at FROM appearances WHERE image_id = ? AND record_id = ?", (image_id, old.id)
    ).fetchone()
    drop_record(connection, image_id, old.id, changes)
    kept = record_bytes(new)
    done = connection.execute(
        "INSERT INTO appearances VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (place[0], image_id, new.id, kept, place[1]),
    )
    if done.rowcount == 1:
        _count_records(connection, image_id, 1)
        changes.came.append(digest.appearance_row(image_id.hex(), kept))
    put_edit(connection, image_id, old, new.id, note=note, edited_at=edited_at)


def put_edit(connection: Connection, image_id: bytes, old: Record, new_id: str, *, note: str, edited_at: str) -> None:
    """Note that a record was replaced, with what it was."""
    connection.execute(
        "INSERT INTO edits (image_id, old_id, new_id, old, note, edited_at) VALUES (?, ?, ?, ?, ?, ?)",
        (image_id, old.id, new_id, record_bytes(old), note, edited_at),
    )


def drop_picture(connection: Connection, image_id: bytes, changes: Changes) -> str | None:
    """Take a picture away with all that belongs to it; the ending of its kept copy, or None when it is not there."""
    unpacking.take_out(connection, image_id)
    row = connection.execute("SELECT size_bytes, kept FROM images WHERE image_id = ?", (image_id,)).fetchone()
    if row is None:
        return None
    changes.pictures -= 1
    changes.went.append(digest.picture_row(image_id.hex(), row[0]))
    _drop_made(connection, image_id, changes)
    for (record,) in connection.execute("SELECT record FROM appearances WHERE image_id = ?", (image_id,)).fetchall():
        changes.went.append(digest.appearance_row(image_id.hex(), record))
    for table in ("images", "appearances", "edits", "paths"):
        connection.execute(f"DELETE FROM {table} WHERE image_id = ?", (image_id,))  # noqa: S608 names from the line above
    return known_ending(row[1])


def settle(connection: Connection, changes: Changes, columns: Sequence[str] = ("snapshot",)) -> None:
    """Bring the snapshot id, in these columns, and the number of pictures in line with what was changed."""
    if not (changes.came or changes.went or changes.pictures):
        return
    before = connection.execute("SELECT snapshot FROM reference_set").fetchone()[0]
    after = digest.changed(before, added=changes.came, removed=changes.went)
    put = " = ?, ".join(columns)
    values = [after] * len(columns) + [changes.pictures]
    connection.execute(f"UPDATE reference_set SET {put} = ?, pictures = pictures + ?", values)  # noqa: S608 names of ours


def _drop_made(connection: Connection, image_id: bytes, changes: Changes) -> None:
    """Take away what was made from a picture: its fingerprints and features."""
    for name, code, searchable, detail in connection.execute(
        "SELECT name, code, searchable, detail FROM fingerprints WHERE image_id = ?", (image_id,)
    ).fetchall():
        made = Fingerprint(name=name, code=code, searchable=bool(searchable), detail=detail)
        changes.went.append(digest.fingerprint_row(image_id.hex(), made))
        if searchable:
            update_checksum(connection, name, image_id, code, -1)
            changes.codes.append(CodeChange(came=False, name=name, image_id=image_id, code=code))
    changes.went += feature_rows.drop(connection, image_id)
    connection.execute("DELETE FROM fingerprints WHERE image_id = ?", (image_id,))
    for table in ("fingerprints", "features"):
        changes.alter(table, image_id)


def _keep_first_path(connection: Connection, image_id: bytes, path: bytes) -> None:
    if not path:
        return
    heads.give_row(connection, image_id)
    before = connection.execute("SELECT path FROM images WHERE image_id = ?", (image_id,)).fetchone()[0]
    if not before or path < before:
        connection.execute("UPDATE images SET path = ? WHERE image_id = ?", (path, image_id))


def _count_records(connection: Connection, image_id: bytes, step: int) -> None:
    heads.give_row(connection, image_id)
    connection.execute("UPDATE images SET records = records + ? WHERE image_id = ?", (step, image_id))


def _put_fingerprint(connection: Connection, image_id: bytes, made: Fingerprint, changes: Changes) -> None:
    done = connection.execute(
        _PUT_FINGERPRINT_IF_NEW,
        (image_id, made.name, made.code, int(made.searchable), made.detail),
    )
    if done.rowcount != 1:
        return
    changes.came.append(digest.fingerprint_row(image_id.hex(), made))
    if made.searchable:
        update_checksum(connection, made.name, image_id, made.code, 1)
        changes.codes.append(CodeChange(came=True, name=made.name, image_id=image_id, code=made.code))
