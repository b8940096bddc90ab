"""Pictures of packs (packs.py) that have nothing of their own are found by the first eight bytes of their ids.

A row of `images` has an id of 32 bytes, and ids come in no order: of a set of some hundred thousand pictures nearly
each that is added changes another page. Heads are few bytes, and lie in runs (runs.py). A picture that gets a path, a
kept copy or a record gets its row first. No id in `images` begins with a head, so both together are in the order of
ids. Programs that use the library bring such pictures; those of `add` have a path. Why: docs/adr/0123, 0127.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ..rows import as_number
from ..sql import Connection
from . import parts, runs
from .packs import ID_BYTES, ITS_ID, PACK, SHORT_IDS
from .parts import HEAD_BYTES, Heads

ITS_ID_BY_PLACE = f"(SELECT {ITS_ID} FROM picture_packs WHERE seq = {PACK} AND {SHORT_IDS})"  # noqa: S608 names of ours
"""The id of a picture in packs, looked up where it is asked for."""
_AT_ONCE = 500  # SQLite before 3.32 allows 999 values
PUT_ROW = (
    "INSERT INTO images (image_id, size_bytes, width_px, height_px, media_type, path, added_at, place)"
    " VALUES (?, 0, 0, 0, '', x'', '', ?)"
)
"""What a pack holds is empty in the row: 0 and '' take no room."""


def kept_here(connection: Connection) -> bool:
    """Whether the set has heads: one of an older format has none until it is written, and one on a server never."""
    if not isinstance(connection, sqlite3.Connection):
        return False
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'head_runs'"
    return connection.execute(query).fetchone() is not None


def any_here(connection: Connection) -> bool:
    """Whether a picture of the set has a head."""
    return kept_here(connection) and not parts.is_empty(connection)


def held(connection: Connection, keys: Collection[bytes]) -> dict[bytes, int]:
    """The places of pictures with these heads, by image id: of those of the pictures that have one, and perhaps of
    another that begins alike. Raises ValueError where the pack of one is lost.
    """
    return _held(connection, keys) if kept_here(connection) else {}


def _held(connection: Connection, keys: Collection[bytes]) -> dict[bytes, int]:
    # A set that verbs alone fill has no heads, and is not to pay for looking them up; nor is each picture that is new.
    if not keys or parts.is_empty(connection):
        return {}
    found = runs.find(connection, sorted({parts.head_of(key) for key in keys}))
    return dict(zip(ids_at(connection, found), found.places.tolist(), strict=True)) if len(found.heads) else {}


def ids_at(connection: Connection, some: Heads) -> list[bytes]:
    """The ids of pictures with these heads, in the same order. Raises ValueError where the pack of one is lost."""
    found = dict(rows_at(connection, f"SELECT place, {ITS_ID_BY_PLACE} FROM found", some.places.tolist()))  # noqa: S608 names of ours
    return [
        _own_id(head, place, found.get(place)) for head, place in zip(some.spelt(), some.places.tolist(), strict=True)
    ]


def _own_id(head: bytes, place: object, key: object) -> bytes:
    if isinstance(key, bytes) and key.startswith(head) and len(key) == ID_BYTES:
        return key
    raise ValueError(f"the picture at place {place} of the packs is lost")


def rows_at(
    connection: Connection, query: str, places: Sequence[int], values: Sequence[str] = ()
) -> list[tuple[Any, ...]]:
    """What a query says of pictures in packs, whose places it finds in the table `found`."""
    return [row for rows in _asked(connection, "place", query, places, values) for row in rows]


def rows_begin_with(connection: Connection, some: Heads) -> bool:
    """Whether the id in a row begins with one of these heads."""
    if connection.execute("SELECT 1 FROM images LIMIT 1").fetchone() is None:
        return False
    query = (
        f"SELECT 1 FROM found WHERE head = (SELECT substr(image_id, 1, {HEAD_BYTES}) FROM images"  # noqa: S608 a number
        " WHERE image_id >= head ORDER BY image_id LIMIT 1) LIMIT 1"
    )
    return any(_asked(connection, "head", query, some.spelt()))


def _asked(
    connection: Connection, column: str, query: str, keys: Sequence[int | bytes], values: Sequence[str] = ()
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query that finds keys in that column of the table `found`, some hundred of them at a time."""
    for begin in range(0, len(keys), _AT_ONCE):
        some = keys[begin : begin + _AT_ONCE]
        table = f"WITH found ({column}) AS (VALUES {', '.join(['(?)'] * len(some))})"
        yield connection.execute(f"{table} {query}", (*some, *values)).fetchall()


def give_row(connection: Connection, image_id: bytes) -> None:
    """Give a picture that has a head a row of its own in its place, so that it can have more than that."""
    if isinstance(connection, sqlite3.Connection):  # a set is brought up to heads before it is written
        place = _held(connection, [image_id]).get(image_id)
        if place is not None:
            _give(connection, image_id, place)


def make_way(connection: Connection, keys: Collection[bytes]) -> dict[bytes, int]:
    """The places of those of the pictures that have a head; another that begins like one of them gets a row, as both
    may come to have.
    """
    if not isinstance(connection, sqlite3.Connection):
        return {}
    found, asked = _held(connection, keys), set(keys)
    for key in found.keys() - asked:
        _give(connection, key, found.pop(key))
    return found


def _give(connection: Connection, image_id: bytes, place: int) -> None:
    runs.take(connection, image_id[:HEAD_BYTES])
    connection.execute(PUT_ROW, (image_id, as_number(place, "the place of a picture")))
