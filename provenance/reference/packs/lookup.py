"""Pictures and fingerprints by id, wherever they lie: in rows of their own or in packs, found by a row or by a head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..sql import Connection
from . import heads, packs
from .packs import CODE, DETAIL, ITS_ID, NUMBERS, PACK, SHORT_IDS, SHORT_NUMBERS


def _own_or(column: str, packed: str) -> str:
    return f"CASE WHEN place IS NULL THEN images.{column} ELSE {packed} END AS {column}"


# Nothing is read of a pack that does not name the picture at its place: numbers of packs that were lost come again.
_SHORT = f"picture_packs.seq = {PACK} AND {SHORT_IDS} AND {SHORT_NUMBERS}"
_PACK_OF_ROW = f"LEFT JOIN picture_packs ON {_SHORT} AND {ITS_ID} = image_id"
_PACK = f"LEFT JOIN picture_packs ON {_SHORT}"
_PICTURES_OF_ROWS = (
    "(SELECT image_id, "  # noqa: S608 names from above
    + ", ".join(_own_or(name, packed) for name, packed in NUMBERS.items())
    + f", {_own_or('media_type', 'picture_packs.media_type')}, {_own_or('added_at', 'picture_packs.added_at')}"
    f", path, kept, records FROM images {_PACK_OF_ROW}) AS pictures"
)
_PICTURES_OF_HEADS = (
    f"(SELECT {ITS_ID} AS image_id, {', '.join(f'{packed} AS {name}' for name, packed in NUMBERS.items())}"  # noqa: S608
    f", media_type, added_at, x'' AS path, '' AS kept, 0 AS records FROM found {_PACK}) AS pictures"
)
_CODE_AND_DETAIL = f"CASE WHEN picture_packs.seq IS NOT NULL THEN {CODE} END AS code, searchable, {DETAIL} AS detail"
_THEIR_CODES = f"CROSS JOIN code_packs ON code_packs.pack = {PACK}"
_PACKED_OF_ROWS = f"SELECT image_id, name, {_CODE_AND_DETAIL} FROM images {_THEIR_CODES} {_PACK_OF_ROW}"  # noqa: S608
_PACKED_OF_HEADS = f"SELECT {ITS_ID} AS image_id, name, {_CODE_AND_DETAIL} FROM found {_THEIR_CODES} {_PACK}"  # noqa: S608
_FINGERPRINTS = "SELECT image_id, name, code, searchable, detail FROM fingerprints"


def pictures(connection: Connection, columns: str, keys: Sequence[bytes]) -> list[Any]:
    """These columns of those of the pictures that are there, the id as the first, in no particular order."""
    marks, packed = _marks(keys), packs.kept_here(connection)
    query = f"SELECT {columns} FROM {_PICTURES_OF_ROWS if packed else 'images'} WHERE image_id IN ({marks})"  # noqa: S608
    rows = connection.execute(query, keys).fetchall()
    query = f"SELECT {columns} FROM {_PICTURES_OF_HEADS}"  # noqa: S608 the same
    return rows + (_by_heads(connection, query, keys) if packed else [])


def fingerprints(connection: Connection, keys: Sequence[bytes]) -> list[Any]:
    """Image id, name, code, whether it is searchable, and detail, of all fingerprints of these pictures, by name. The
    detail is to be read by `packs.detail_of`.
    """
    rows = connection.execute(f"{_FINGERPRINTS} WHERE image_id IN ({_marks(keys)})", keys).fetchall()
    return sorted(rows + packed(connection, keys), key=lambda row: str(row[1]))


def packed(connection: Connection, keys: Sequence[bytes]) -> list[Any]:
    """The same of fingerprints in packs alone, in no particular order."""
    if not packs.kept_here(connection):
        return []
    rows = connection.execute(f"{_PACKED_OF_ROWS} WHERE image_id IN ({_marks(keys)})", keys).fetchall()
    return rows + _by_heads(connection, _PACKED_OF_HEADS, keys)


def place(connection: Connection, key: bytes) -> object:
    """Where a picture lies in packs, which a damaged row may tell as anything; None for one that is not in any."""
    if not packs.kept_here(connection):
        return None
    row = connection.execute("SELECT place FROM images WHERE image_id = ?", (key,)).fetchone()
    return row[0] if row else heads.held(connection, [key]).get(key)


def is_there(connection: Connection, key: bytes) -> bool:
    """Whether the set has the picture."""
    row = connection.execute("SELECT 1 FROM images WHERE image_id = ?", (key,)).fetchone()
    return row is not None or key in heads.held(connection, [key])


def names(connection: Connection, key: bytes) -> set[str]:
    """The names of the fingerprints of a picture that lie in a pack."""
    at = place(connection, key)
    return set() if at is None else names_at(connection, at)


def names_at(connection: Connection, at: object) -> set[str]:
    """The same of the picture at a place."""
    query = f"SELECT name FROM (SELECT ? AS place) CROSS JOIN code_packs ON code_packs.pack = {PACK}"  # noqa: S608
    return {name for (name,) in connection.execute(query, (at,)).fetchall()}


def _by_heads(connection: Connection, query: str, keys: Sequence[bytes]) -> list[Any]:
    """The rows of those of the pictures that have a head. Raises ValueError where the pack of one is lost."""
    places = heads.held(connection, keys)
    rows = heads.rows_at(connection, query, [places[key] for key in keys if key in places])
    if any(row[0] is None for row in rows):
        raise ValueError("a pack of pictures is lost")
    return rows


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values)) or "NULL"
