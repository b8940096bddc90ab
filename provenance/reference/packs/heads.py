"""Pictures of packs (packs.py) that have nothing of their own are found by the first six bytes of their ids.

A row of `images` has an id of 32 bytes, and ids come in no order: of a set of some hundred thousand pictures nearly
each that is added changes another page. More than three times as many heads lie on a page. A picture that gets a path,
a kept copy or a record gets its row first. No id in `images` begins with a head, so both together are in the order of
ids. Programs that use the library bring such pictures; those of `add` have a path. Why: docs/adr/0123.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import Any

from ..rows import as_number
from ..sql import Connection
from .packs import ID_BYTES, ITS_ID, PACK, SHORT_IDS

HEAD_BYTES = 6
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
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'heads'"
    return connection.execute(query).fetchone() is not None


def held(connection: Connection, keys: Collection[bytes]) -> dict[bytes, int]:
    """The places of pictures with these heads, by image id: of those of the pictures that have one, and perhaps of
    another that begins alike. Raises ValueError where the pack of one is lost.
    """
    return _held(connection, keys) if kept_here(connection) else {}


def _held(connection: Connection, keys: Collection[bytes]) -> dict[bytes, int]:
    # A set that verbs alone fill has no heads, and is not to pay for looking them up.
    if not keys or connection.execute("SELECT 1 FROM heads LIMIT 1").fetchone() is None:
        return {}
    some, found = [*{key[:HEAD_BYTES] for key in keys}], dict[bytes, int]()
    for begin in range(0, len(some), _AT_ONCE):
        asked = some[begin : begin + _AT_ONCE]
        query = f"SELECT head, place, {ITS_ID_BY_PLACE} FROM heads WHERE head IN ({', '.join('?' * len(asked))})"  # noqa: S608
        for head, place, key in connection.execute(query, asked).fetchall():
            found[own_id(head, place, key)] = as_number(place, "the place of a picture")
    return found


def own_id(begin: Any, place: object, key: Any) -> bytes:
    """The id of a picture, of which a row or a head is the beginning. Raises ValueError where the pack at that place
    tells of another.
    """
    of_bytes = isinstance(begin, bytes) and isinstance(key, bytes)
    if of_bytes and key.startswith(begin) and len(key) == ID_BYTES and len(begin) in {HEAD_BYTES, ID_BYTES}:
        return bytes(key)
    raise ValueError(f"the picture at place {place} of the packs is lost")


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
    connection.execute("DELETE FROM heads WHERE head = ?", (image_id[:HEAD_BYTES],))
    connection.execute(PUT_ROW, (image_id, place))
