"""Pictures and fingerprints wherever they lie: in rows of their own or in packs, found by a row or by a head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..sql import Connection
from . import heads, packs
from .packs import CODE, DETAIL, ITS_ID, NUMBERS, PACK, SHORT_IDS, SHORT_NUMBERS

LAST_ID = b"\xff" * packs.ID_BYTES
_ALL = 2**62  # a limit of none; the engines do not agree on how to say that


def _own_or(column: str, packed: str) -> str:
    return f"CASE WHEN place IS NULL THEN images.{column} ELSE {packed} END AS {column}"


# Nothing is read of a pack that does not name the picture at its place: numbers of packs that were lost come again.
_SHORT = f"picture_packs.seq = {PACK} AND {SHORT_IDS} AND {SHORT_NUMBERS}"
_PACK_OF_ROW = f"LEFT JOIN picture_packs ON {_SHORT} AND {ITS_ID} = image_id"
_PACK_OF_HEAD = f"LEFT JOIN picture_packs ON {_SHORT} AND substr({ITS_ID}, 1, {heads.HEAD_BYTES}) = head"
_PICTURES_OF_ROWS = (
    "(SELECT image_id, "  # noqa: S608 names from above
    + ", ".join(_own_or(name, packed) for name, packed in NUMBERS.items())
    + f", {_own_or('media_type', 'picture_packs.media_type')}, {_own_or('added_at', 'picture_packs.added_at')}"
    f", path, kept, records FROM images {_PACK_OF_ROW}) AS pictures"
)
_PICTURES_OF_HEADS = (
    f"(SELECT head, {ITS_ID} AS image_id, {', '.join(f'{packed} AS {name}' for name, packed in NUMBERS.items())}"  # noqa: S608
    f", media_type, added_at, x'' AS path, '' AS kept, 0 AS records FROM heads {_PACK_OF_HEAD}) AS pictures"
)
_CODE_AND_DETAIL = f"CASE WHEN picture_packs.seq IS NOT NULL THEN {CODE} END AS code, searchable, {DETAIL} AS detail"
_THEIR_CODES = f"CROSS JOIN code_packs ON code_packs.pack = {PACK}"
_PACKED_OF_ROWS = f"SELECT image_id, name, {_CODE_AND_DETAIL} FROM images {_THEIR_CODES} {_PACK_OF_ROW}"  # noqa: S608
_PACKED_OF_HEADS = f"SELECT {ITS_ID} AS image_id, name, {_CODE_AND_DETAIL} FROM heads {_THEIR_CODES} {_PACK_OF_HEAD}"  # noqa: S608
_BEGINS_SO = f"SELECT 1 FROM images CROSS JOIN heads ON head = substr(image_id, 1, {heads.HEAD_BYTES}) LIMIT 1"  # noqa: S608
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


def all_fingerprints(connection: Connection) -> str:
    """What to select all fingerprints from, as a table with these columns."""
    if not packs.kept_here(connection):
        return "fingerprints"
    parts = _FINGERPRINTS, _PACKED_OF_ROWS, _PACKED_OF_HEADS
    return f"({' UNION ALL '.join(parts if heads.kept_here(connection) else parts[:2])}) AS fingerprints"


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


def ids(
    connection: Connection, first: bytes = b"", last: bytes = LAST_ID, *, limit: int | None = None, offset: int = 0
) -> list[bytes]:
    """Ids of pictures from `first` to `last`, both among them, in ascending order; `offset`: behind so many of all."""
    return _ids(connection, first, last, ("TRUE", "TRUE"), (), limit=limit, offset=offset)


def ids_without(
    connection: Connection, tables: Sequence[str], names_wanted: Sequence[str], first: bytes, limit: int | None
) -> list[bytes]:
    """Ids of pictures from `first` on that lack one of these names, in all of these tables and in their pack."""
    return _ids(connection, first, LAST_ID, *_lacking(connection, tables, names_wanted), limit=limit)


def count_without(connection: Connection, tables: Sequence[str], names_wanted: Sequence[str]) -> int:
    """How many those are."""
    (of_rows, of_heads), values = _lacking(connection, tables, names_wanted)
    queries = [f"SELECT count(*) FROM images WHERE {of_rows}", f"SELECT count(*) FROM heads WHERE {of_heads}"]  # noqa: S608
    asked = queries if heads.kept_here(connection) else queries[:1]
    return sum(connection.execute(query, values).fetchone()[0] for query in asked)


def count(connection: Connection) -> int:
    """How many pictures the set has."""
    tables = ("images", "heads") if heads.kept_here(connection) else ("images",)
    return sum(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)  # noqa: S608


def add_up(connection: Connection) -> bool:
    """Whether there are as many pictures in packs as these were written with, each where its pack tells of it."""
    told = connection.execute("SELECT coalesce(sum(pictures), 0) FROM picture_packs").fetchone()[0]
    queries = [("images WHERE place IS NOT NULL", f"images JOIN picture_packs ON seq = {PACK} AND {ITS_ID} = image_id")]
    if heads.kept_here(connection):
        # Else a picture with both, and one with neither, would add up.
        if connection.execute(_BEGINS_SO).fetchone() is not None:
            return False
        its_head = f"substr({ITS_ID}, 1, {heads.HEAD_BYTES})"
        queries.append(("heads", f"heads JOIN picture_packs ON seq = {PACK} AND {its_head} = head"))
    there = [[connection.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in pair] for pair in queries]  # noqa: S608
    return [told, told] == [sum(column) for column in zip(*there, strict=True)]


def _by_heads(connection: Connection, query: str, keys: Sequence[bytes]) -> list[Any]:
    """The rows of those of the pictures that have a head. Raises ValueError where the pack of one is lost."""
    if not heads.kept_here(connection):
        return []
    wanted, asked = set(keys), [*{key[: heads.HEAD_BYTES] for key in keys}]
    rows = connection.execute(f"{query} WHERE head IN ({_marks(asked)})", asked).fetchall()
    if any(row[0] is None for row in rows):
        raise ValueError("a pack of pictures is lost")
    return [row for row in rows if row[0] in wanted]


def _ids(
    connection: Connection,
    first: bytes,
    last: bytes,
    where: tuple[str, str],
    values: Sequence[str],
    *,
    limit: int | None,
    offset: int = 0,
) -> list[bytes]:
    """The same, of rows and of heads for which these conditions hold."""
    most = _ALL if limit is None else limit
    query = f"SELECT image_id FROM images WHERE image_id >= ? AND image_id <= ? AND {where[0]}"  # noqa: S608 names of ours
    if not heads.kept_here(connection):
        rows = connection.execute(f"{query} ORDER BY image_id LIMIT ? OFFSET ?", (first, last, *values, most, offset))
        return [key for (key,) in rows.fetchall()]
    # The ids of the first and the last head may lie before `first` and behind `last`.
    query = (
        f"SELECT image_id AS key, NULL AS place FROM ({query}) UNION ALL SELECT head, place FROM heads"  # noqa: S608
        f" WHERE head >= ? AND head <= ? AND {where[1]} ORDER BY 1 LIMIT ? OFFSET ?"
    )
    bounds = *(first, last, *values), *(first[: heads.HEAD_BYTES], last, *values), min(most + 1, _ALL), offset
    query = f"SELECT key, place, CASE WHEN place IS NULL THEN key ELSE {heads.ITS_ID_BY_PLACE} END FROM ({query})"  # noqa: S608
    found = sorted(heads.own_id(*row) for row in connection.execute(query, bounds).fetchall())
    return [key for key in found if first <= key <= last][:most]


def _lacking(
    connection: Connection, tables: Sequence[str], names_wanted: Sequence[str]
) -> tuple[tuple[str, str], list[str]]:
    """The conditions for rows and for heads, and the values of each."""
    packed = f"EXISTS (SELECT 1 FROM code_packs WHERE code_packs.pack = {PACK} AND code_packs.name = ?)"  # noqa: S608
    more = [packed] if packs.kept_here(connection) else []

    def condition(its_id: str) -> str:
        terms = [f"EXISTS (SELECT 1 FROM {one} WHERE {one}.image_id = {its_id} AND {one}.name = ?)" for one in tables]  # noqa: S608
        one = " OR ".join(more + terms)  # of most the pack tells, and then nothing else is asked
        return f"NOT ({' AND '.join([f'({one})'] * len(names_wanted)) or 'TRUE'})"

    values = [name for name in names_wanted for _ in [*tables, *more]]
    return (condition("images.image_id"), condition(heads.ITS_ID_BY_PLACE)), values


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values)) or "NULL"
