"""Which pictures a set has: their ids in order, of a size, by their beginning, with or without fingerprints.

Each a function on a connection inside a read transaction that its caller began.
"""

from __future__ import annotations

from collections.abc import Sequence

from .packs import packs
from .points import feature_rows
from .rows import as_digest, image_key
from .sql import Connection

_ALL = 2**62  # a limit of none; the engines do not agree on how to say that


def image_ids(connection: Connection, *, offset: int, limit: int) -> list[str]:
    """Image ids in ascending order."""
    rows = connection.execute("SELECT image_id FROM images ORDER BY image_id LIMIT ? OFFSET ?", (limit, offset))
    return [image_id.hex() for (image_id,) in rows.fetchall()]


def image_ids_between(connection: Connection, after: str, last: str, limit: int = _ALL) -> list[str]:
    """Image ids behind `after` ("" is before all) up to `last`, in ascending order."""
    rows = connection.execute(
        "SELECT image_id FROM images WHERE image_id > ? AND image_id <= ? ORDER BY image_id LIMIT ?",
        (bytes.fromhex(after), bytes.fromhex(last), limit),
    )
    return [as_digest(image_id, "the id of a picture") for (image_id,) in rows.fetchall()]


def of_size(connection: Connection, width_px: int, height_px: int, most: int) -> list[str]:
    """Image ids of pictures of that size, either way round, in ascending order."""
    rows = connection.execute(
        "SELECT image_id FROM images WHERE (width_px, height_px) IN (VALUES (?, ?), (?, ?)) ORDER BY image_id LIMIT ?",
        (width_px, height_px, height_px, width_px, most),
    ).fetchall()
    found = sorted([key for (key,) in rows] + packs.of_size(connection, width_px, height_px))
    return [key.hex() for key in found[:most]]


def starting_with(connection: Connection, start: str) -> tuple[str, ...]:
    """Image ids that begin with these hexadecimal digits, at most a hundred."""
    if not start or len(start) > 64 or any(digit not in "0123456789abcdef" for digit in start):
        return ()
    low, high = bytes.fromhex(start.ljust(64, "0")), bytes.fromhex(start.ljust(64, "f"))
    rows = connection.execute(
        "SELECT image_id FROM images WHERE image_id BETWEEN ? AND ? ORDER BY image_id LIMIT 100", (low, high)
    )
    return tuple(image_id.hex() for (image_id,) in rows.fetchall())


def has(connection: Connection, image_id: str, fingerprints: Sequence[str]) -> bool:
    """Whether the picture is there with fingerprints and features of all these names."""
    key = image_key(image_id)
    if connection.execute("SELECT 1 FROM images WHERE image_id = ?", (key,)).fetchone() is None:
        return False
    rows = connection.execute("SELECT name FROM fingerprints WHERE image_id = ?", (key,)).fetchall()
    if feature_rows.kept_here(connection):
        rows += connection.execute("SELECT name FROM features WHERE image_id = ?", (key,)).fetchall()
    return {name for (name,) in rows} | packs.names_of(connection, key) >= set(fingerprints)


def lacking(connection: Connection, names: Sequence[str], *, after: str = "", limit: int | None = None) -> list[str]:
    """Pictures behind `after`, in the order of their digests, without fingerprints or features of all these names."""
    query, values = _lacking(connection, names)
    rows = connection.execute(
        f"SELECT image_id {query} AND image_id > ? ORDER BY image_id LIMIT ?",
        (*values, bytes.fromhex(after), _ALL if limit is None else limit),
    )
    return [as_digest(image_id, "the id of a picture") for (image_id,) in rows.fetchall()]


def count_lacking(connection: Connection, names: Sequence[str]) -> int:
    """How many pictures there are without fingerprints or features of all these names."""
    query, values = _lacking(connection, names)
    return int(connection.execute(f"SELECT count(*) {query}", values).fetchone()[0])


def _lacking(connection: Connection, names: Sequence[str]) -> tuple[str, list[str]]:
    tables = ("fingerprints", "features") if feature_rows.kept_here(connection) else ("fingerprints",)
    terms = [
        f"EXISTS (SELECT 1 FROM {table} WHERE {table}.image_id = images.image_id AND {table}.name = ?)"  # noqa: S608
        for table in tables
    ] + ([packs.HELD] if packs.kept_here(connection) else [])
    one = " OR ".join(terms)
    every = " AND ".join([f"({one})"] * len(names)) or "TRUE"
    return f"FROM images WHERE NOT ({every})", [name for name in names for _ in terms]
