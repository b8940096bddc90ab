"""Which pictures a set has: their ids in order, of a size, by their beginning, with or without fingerprints.

Each a function on a connection inside a read transaction that its caller began.
"""

from __future__ import annotations

from collections.abc import Sequence

from .packs import lookup, ordered, packs
from .points import feature_rows
from .rows import as_digest, image_key
from .sql import Connection


def image_ids(connection: Connection, *, offset: int, limit: int) -> list[str]:
    """Image ids in ascending order."""
    return [image_id.hex() for image_id in ordered.ids(connection, offset=offset, limit=limit)]


def image_ids_between(connection: Connection, after: str, last: str, limit: int | None = None) -> list[str]:
    """Image ids behind `after` ("" is before all) up to `last`, in ascending order."""
    found = ordered.ids(connection, _behind(after), bytes.fromhex(last), limit=limit)
    return [as_digest(image_id, "the id of a picture") for image_id in found]


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
    return tuple(image_id.hex() for image_id in ordered.ids(connection, low, high, limit=100))


def has(connection: Connection, image_id: str, fingerprints: Sequence[str]) -> bool:
    """Whether the picture is there with fingerprints and features of all these names."""
    key = image_key(image_id)
    if not lookup.is_there(connection, key):
        return False
    rows = connection.execute("SELECT name FROM fingerprints WHERE image_id = ?", (key,)).fetchall()
    if feature_rows.kept_here(connection):
        rows += connection.execute("SELECT name FROM features WHERE image_id = ?", (key,)).fetchall()
    return {name for (name,) in rows} | lookup.names(connection, key) >= set(fingerprints)


def lacking(connection: Connection, names: Sequence[str], *, after: str = "", limit: int | None = None) -> list[str]:
    """Pictures behind `after`, in the order of their digests, without fingerprints or features of all these names."""
    found = ordered.ids_without(connection, _tables(connection), names, _behind(after), limit)
    return [as_digest(image_id, "the id of a picture") for image_id in found]


def count_lacking(connection: Connection, names: Sequence[str]) -> int:
    """How many pictures there are without fingerprints or features of all these names."""
    return ordered.count_without(connection, _tables(connection), names)


def _tables(connection: Connection) -> tuple[str, ...]:
    """Where what is made from a picture lies, beside packs."""
    return ("fingerprints", "features") if feature_rows.kept_here(connection) else ("fingerprints",)


def _behind(after: str) -> bytes:
    """What the first id behind this one is not smaller than."""
    return bytes.fromhex(after) + b"\0" if after else b""
