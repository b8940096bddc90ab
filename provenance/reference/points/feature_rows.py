"""Local features as rows of a set: written, read, counted and taken away, inside a transaction of the caller."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ...model.features import LEAST_POINTS, Features
from ...model.limits import SET_FEATURES_SIDE_PX, SET_LIKENESS_BYTES, SET_POINTS
from .. import digest
from ..codes.table import stored_checksum, update_checksum
from ..rows import as_digest, as_number, as_text, image_key
from ..sql import Connection

CHECK_BYTES = 8
_ROWS = 2048
COLUMNS = "name, width_px, height_px, points, words, signatures, places, sizes, angles, thumbnail, whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What voting needs of one picture's features. Columns as in model/features.py."""

    seq: int
    image_id: bytes
    points: int
    words: bytes
    signatures: bytes
    sizes: bytes
    angles: bytes
    check: int
    """See `check`; 64 bits."""


def put(connection: Connection, image_id: bytes, kept: Features) -> tuple[list[int], list[int]]:
    """Keep the features of a picture in the place of those it had; digests of the rows that came and went."""
    before = read(connection, [image_id.hex()]).get(image_id.hex())
    if before == kept:
        return [], []
    went = drop(connection, image_id)
    connection.execute(
        f"INSERT INTO features (image_id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 names from above
        (
            image_id,
            kept.name,
            kept.width_px,
            kept.height_px,
            kept.points,
            kept.words,
            kept.signatures,
            kept.places,
            kept.sizes,
            kept.angles,
            kept.thumbnail,
            _whole(kept),
        ),
    )
    if kept.points >= LEAST_POINTS:
        update_checksum(connection, kept.name, image_id, check(kept), 1)
    return [digest.features_row(image_id.hex(), kept)], went


def drop(connection: Connection, image_id: bytes) -> list[int]:
    """Take the features of a picture away; the digests of the rows that went."""
    before = read(connection, [image_id.hex()]).get(image_id.hex())
    if before is None:
        return []
    # A segment may hold them: what it holds and what is gone is told apart by the rows' numbers.
    if before.points >= LEAST_POINTS:
        update_checksum(connection, before.name, image_id, check(before), -1)
        connection.execute(
            "INSERT INTO dropped_features SELECT seq, name FROM features WHERE image_id = ?", (image_id,)
        )
    connection.execute("DELETE FROM features WHERE image_id = ?", (image_id,))
    return [digest.features_row(image_id.hex(), before)]


def read(connection: Connection, image_ids: Sequence[str]) -> dict[str, Features]:
    """The features of those of the pictures that have some, by image id."""
    if not kept_here(connection):
        return {}
    found: dict[str, Features] = {}
    for image_id in image_ids:
        row = connection.execute(
            f"SELECT {COLUMNS} FROM features WHERE image_id = ?",  # noqa: S608 names from above
            (image_key(image_id),),
        ).fetchone()
        if row is not None:
            found[image_id] = _features(row)
    return found


def check(kept: Features) -> bytes:
    """Eight bytes that change with anything voting reads; a damaged row is found when it is laid out."""
    return _check(kept.name, kept.words, kept.signatures, kept.sizes, kept.angles)


def rows_between(connection: Connection, name: str, after: int, last: int) -> Iterator[Row]:
    """Features of that name with points enough, whose `seq` lies beyond `after` and not beyond `last`, in order.

    Raises ValueError for a row that is not what was written.
    """
    columns = "seq, image_id, points, words, signatures, sizes, angles"
    found = connection.execute(
        f"SELECT {columns} FROM features WHERE name = ? AND seq > ? AND seq <= ? AND points >= ? ORDER BY seq",  # noqa: S608 names from above
        (name, after, last, LEAST_POINTS),
    )
    for seq, image_id, points, *kept in found:
        as_digest(image_id, "the id of a picture")
        _require_columns(points, kept, (2, 16, 1, 1))
        words, signatures, sizes, angles = kept
        yield Row(
            seq=seq,
            image_id=image_id,
            points=points,
            words=words,
            signatures=signatures,
            sizes=sizes,
            angles=angles,
            check=int.from_bytes(_check(name, *kept), "little"),
        )


def names(connection: Connection) -> list[str]:
    """The names of all features that are there."""
    if not kept_here(connection):
        return []
    return [name for (name,) in connection.execute("SELECT DISTINCT name FROM features ORDER BY name").fetchall()]


def last_seq(connection: Connection, name: str) -> int:
    """The number of the latest row of that name; 0 when there is none."""
    found = connection.execute("SELECT max(seq) FROM features WHERE name = ?", (name,)).fetchone()[0]
    return int(found or 0)


def told(connection: Connection, name: str) -> tuple[int, bytes]:
    """How many searchable rows of that name there should be, and the exclusive or over image id and check of all."""
    return stored_checksum(connection, name, CHECK_BYTES)


def counted(connection: Connection, name: str) -> tuple[int, bytes]:
    """The same of the rows that are there."""
    number, total = 0, 0
    for after in range(0, last_seq(connection, name), _ROWS):  # as some engines read an answer whole
        for row in rows_between(connection, name, after, after + _ROWS):
            number += 1
            total ^= int.from_bytes(row.image_id + row.check.to_bytes(CHECK_BYTES, "little"), "big")
    return number, total.to_bytes(32 + CHECK_BYTES, "big")


def _whole(kept: Features) -> bytes:
    """Eight bytes that change with any column of a row, so that damage is found before a picture is laid out by it."""
    numbers = f"{kept.width_px} {kept.height_px} {kept.points}".encode()
    columns = (kept.words, kept.signatures, kept.places, kept.sizes, kept.angles, kept.thumbnail)
    return _check(kept.name, numbers, *columns)


def _check(name: str, *columns: bytes) -> bytes:
    made = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=CHECK_BYTES)
    for column in columns:
        made.update(column)
    return made.digest()


def digests(connection: Connection) -> Iterator[int]:
    """The digests of all rows, one after the other."""
    if not kept_here(connection):
        return
    for image_id, *row in connection.execute(f"SELECT image_id, {COLUMNS} FROM features"):  # noqa: S608 names from above
        yield digest.features_row(image_id.hex(), _features(tuple(row)))


def kept_here(connection: Connection) -> bool:
    """Whether the set has a place for features: a file made before, and opened for reading only, has none."""
    if not isinstance(connection, sqlite3.Connection):
        return True
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'features'").fetchone()
    return found is not None


def _require_columns(points: object, columns: Sequence[object], bytes_each: Sequence[int]) -> None:
    """Refuse what is no number of points, and columns that are not as long as it says. Raises ValueError."""
    if not isinstance(points, int) or not 0 <= points <= SET_POINTS:
        raise ValueError("the number of local features is not what was written")
    for column, each in zip(columns, bytes_each, strict=True):
        if not isinstance(column, bytes) or len(column) != each * points:
            raise ValueError("local features have another type or length than was written")


def _features(row: tuple[Any, ...]) -> Features:
    """Of a set that a stranger may have made: no column need hold what its name says. Raises ValueError."""
    name, width_px, height_px, points, words, signatures, places, sizes, angles, thumbnail, whole = row
    _require_columns(points, (words, signatures, places, sizes, angles), (2, 16, 4, 1, 1))
    as_text(name, "the name of local features")
    for side_px in (width_px, height_px):
        as_number(side_px, "the size of a picture with local features", least=1, most=SET_FEATURES_SIDE_PX)
    if not isinstance(thumbnail, bytes) or len(thumbnail) > SET_LIKENESS_BYTES:
        raise ValueError("the likeness of a picture is not what was written")
    kept = Features(
        name=name,
        width_px=width_px,
        height_px=height_px,
        points=points,
        words=words,
        signatures=signatures,
        places=places,
        sizes=sizes,
        angles=angles,
        thumbnail=thumbnail,
    )
    if whole != _whole(kept):
        raise ValueError("the local features of a picture are not those that were written")
    return kept
