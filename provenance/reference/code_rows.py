"""Which searchable codes lie in segments and which do not, as rows of the set.

The table of fingerprints is the only truth. `unsealed_codes` repeats those that no segment holds; `dropped_codes` names
those that a segment holds and the truth does no more. Segments, unsealed and dropped together must make up what the
checksums tell, else nothing but the truth is read (code_search.py).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from itertools import chain

from .code_segment import CodeSegmentRow
from .codes import stored_checksum
from .writing import Changes

FILE = re.compile(r"[0-9a-f]{32}\.codes")
"""The name of a segment; nothing of another name in the folder is removed."""
Pair = tuple[bytes, bytes]
"""An image id and its code."""


def follow(connection: sqlite3.Connection, changes: Changes) -> None:
    """Note what came and went in a transaction, before it is committed."""
    for name, pairs in changes.new_codes.items():
        if connection.execute("SELECT 1 FROM dropped_codes WHERE name = ? LIMIT 1", (name,)).fetchone():
            for pair in pairs:
                put(connection, name, *pair)
        else:
            rows = [(name, *pair) for pair in pairs]
            connection.executemany("INSERT INTO unsealed_codes VALUES (?, ?, ?)", rows)
    for one in changes.codes:
        (put if one.came else drop)(connection, one.name, one.image_id, one.code)


def put(connection: sqlite3.Connection, name: str, image_id: bytes, code: bytes) -> None:
    """Note a code that came: a segment that still holds it is believed again, else it is outside of all segments."""
    if not connection.execute(
        "DELETE FROM dropped_codes WHERE name = ? AND image_id = ? AND code = ?", (name, image_id, code)
    ).rowcount:
        connection.execute("INSERT INTO unsealed_codes VALUES (?, ?, ?)", (name, image_id, code))


def drop(connection: sqlite3.Connection, name: str, image_id: bytes, code: bytes) -> None:
    """Note a code that went."""
    if not connection.execute("DELETE FROM unsealed_codes WHERE name = ? AND image_id = ?", (name, image_id)).rowcount:
        connection.execute("INSERT OR IGNORE INTO dropped_codes VALUES (?, ?, ?)", (name, image_id, code))


def kept_here(connection: sqlite3.Connection) -> bool:
    """Whether the set has a place for segments of codes: one of an older format has none until it is written."""
    found = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'unsealed_codes'"
    ).fetchone()
    return found is not None


def begin_anew(connection: sqlite3.Connection, name: str) -> None:
    """Forget all segments of that name: what they are made from is in the truth."""
    for table in ("code_segments", "dropped_codes", "unsealed_codes"):
        connection.execute(f"DELETE FROM {table} WHERE name = ?", (name,))  # noqa: S608 names from the line above
    connection.execute(
        "INSERT INTO unsealed_codes SELECT name, image_id, code FROM fingerprints WHERE name = ? AND searchable = 1",
        (name,),
    )


def names(connection: sqlite3.Connection) -> list[str]:
    """The names of all fingerprints that were ever searchable."""
    return [name for (name,) in connection.execute("SELECT name FROM checksums ORDER BY name").fetchall()]


def segments(connection: sqlite3.Connection, name: str) -> list[CodeSegmentRow]:
    """The segments of that name. Raises ValueError for what was never written."""
    rows = connection.execute(
        "SELECT file, rows, length_bytes, checksum, head FROM code_segments WHERE name = ? ORDER BY rows, file", (name,)
    ).fetchall()
    found = []
    for file, number, length, checksum, head in rows:
        counted = isinstance(number, int) and isinstance(length, int) and number > 0 and 0 < length <= 1024
        if not isinstance(file, str) or not FILE.fullmatch(file) or not counted or not isinstance(checksum, bytes):
            raise ValueError("a segment's row is not what was written")
        found.append(CodeSegmentRow(file=file, rows=number, length_bytes=length, checksum=checksum, head=head))
    return found


def unsealed(connection: sqlite3.Connection, name: str, most: int = -1) -> list[Pair]:
    """The first codes outside of all segments, by image id."""
    query = "SELECT image_id, code FROM unsealed_codes WHERE name = ? ORDER BY image_id LIMIT ?"
    return connection.execute(query, (name, most)).fetchall()


def dropped(connection: sqlite3.Connection, name: str) -> set[Pair]:
    """Codes that some segment holds and the truth does no more."""
    return set(connection.execute("SELECT image_id, code FROM dropped_codes WHERE name = ?", (name,)).fetchall())


def checksum(pairs: Sequence[Pair], length_bytes: int) -> bytes:
    """The exclusive or over image id and code of all. Raises ValueError where they differ in length."""
    import numpy as np

    if any(len(image_id) != 32 or len(code) != length_bytes for image_id, code in pairs):
        raise ValueError("codes have different lengths")
    if not pairs:
        return bytes(32 + length_bytes)
    laid = np.frombuffer(b"".join(chain.from_iterable(pairs)), np.uint8)
    return bytes(np.bitwise_xor.reduce(laid.reshape(len(pairs), -1), axis=0))


def add_up(
    connection: sqlite3.Connection, name: str, held: Sequence[CodeSegmentRow], rest: Sequence[Pair], gone: set[Pair]
) -> bool:
    """Whether segments, what lies outside and what is gone make up what there should be."""
    lengths = {row.length_bytes for row in held} | {len(code) for _, code in rest}
    if len(lengths) > 1:
        return False
    length = next(iter(lengths), 0)
    total = int.from_bytes(checksum(rest, length), "big") ^ int.from_bytes(checksum(list(gone), length), "big")
    for row in held:
        total ^= int.from_bytes(row.checksum, "big")
    number = sum(row.rows for row in held) + len(rest) - len(gone)
    told = stored_checksum(connection, name, length)
    return (number, total) == (told[0], int.from_bytes(told[1], "big"))


def adds_up(connection: sqlite3.Connection, name: str) -> bool:
    """The same of what the set holds now. Raises ValueError for what was never written."""
    return add_up(connection, name, segments(connection, name), unsealed(connection, name), dropped(connection, name))
