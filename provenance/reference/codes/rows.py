"""Which searchable codes lie in segments and which do not, as rows of the set.

The table of fingerprints, with its packs, is the only truth. `unsealed_packs` and `unsealed_codes` repeat
those that no segment holds, many to a row where they came with new pictures; `dropped_codes` names those that a segment
or a pack holds and the truth does no more. Segments, unsealed and dropped together must make up what the checksums
tell, else nothing but the truth is read (search.py).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from ..packs import packs
from ..writing import Changes
from .segment import CodeSegmentRow
from .table import exclusive_or, stored_checksum

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = re.compile(r"[0-9a-f]{32}\.codes")
"""The name of a segment; nothing of another name in the folder is removed."""
Pair = tuple[bytes, bytes]
"""An image id and its code."""
_PACK_ROWS = 4096
_ID_BYTES, _LONGEST_CODE_BYTES = 32, 1024


@dataclass(frozen=True, slots=True, eq=False)
class Unsealed:
    """Codes outside of all segments."""

    packs: tuple[int, ...]
    """Numbers of the packs they lie in."""
    rows: list[Pair]
    """Those that lie in rows of their own, by image id."""
    pairs: NDArray[np.uint8]
    """All, first those of the packs: image id and code, shape (codes, 32 + bytes of a code)."""


def follow(connection: sqlite3.Connection, changes: Changes) -> None:
    """Note what came and went in a transaction, before it is committed."""
    for name, parts in changes.new_codes.items():
        fresh = unbelieved(connection, name, parts)
        packs = [part[begin : begin + _PACK_ROWS] for part in fresh for begin in range(0, len(part), _PACK_ROWS)]
        connection.executemany(
            "INSERT INTO unsealed_packs (name, rows, pairs) VALUES (?, ?, ?)",
            [(name, len(pack), pack.tobytes()) for pack in packs],
        )
    for one in changes.codes:
        (put if one.came else drop)(connection, one.name, one.image_id, one.code)


def unbelieved(
    connection: sqlite3.Connection, name: str, parts: Sequence[NDArray[np.uint8]]
) -> Sequence[NDArray[np.uint8]]:
    """Codes that came, without those that a segment or pack still held and that are believed again from now on."""
    if connection.execute("SELECT 1 FROM dropped_codes WHERE name = ? LIMIT 1", (name,)).fetchone() is None:
        return parts
    fresh = [[not _believed_again(connection, name, *_pair(row)) for row in part] for part in parts]
    return [part[mine] for part, mine in zip(parts, fresh, strict=True)]


def _pair(row: NDArray[np.uint8]) -> Pair:
    whole = row.tobytes()
    return whole[:_ID_BYTES], whole[_ID_BYTES:]


def put(connection: sqlite3.Connection, name: str, image_id: bytes, code: bytes) -> None:
    """Note a code that came: a segment or pack that still holds it is believed again, else it gets a row of its own."""
    if not _believed_again(connection, name, image_id, code):
        connection.execute("INSERT INTO unsealed_codes VALUES (?, ?, ?)", (name, image_id, code))


def _believed_again(connection: sqlite3.Connection, name: str, image_id: bytes, code: bytes) -> bool:
    """Whether a segment or pack still held the code, and does so again."""
    query = "DELETE FROM dropped_codes WHERE name = ? AND image_id = ? AND code = ?"
    return connection.execute(query, (name, image_id, code)).rowcount > 0


def drop(connection: sqlite3.Connection, name: str, image_id: bytes, code: bytes) -> None:
    """Note a code that went."""
    if not connection.execute("DELETE FROM unsealed_codes WHERE name = ? AND image_id = ?", (name, image_id)).rowcount:
        connection.execute("INSERT OR IGNORE INTO dropped_codes VALUES (?, ?, ?)", (name, image_id, code))


def kept_here(connection: sqlite3.Connection) -> bool:
    """Whether the set has a place for segments of codes: one of an older format has none until it is written."""
    return _is_there(connection, "unsealed_codes")


def _is_there(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (table,)).fetchone() is not None


def begin_anew(connection: sqlite3.Connection, name: str) -> None:
    """Forget all segments of that name: what they are made from is in the truth."""
    for table in ("code_segments", "dropped_codes", "unsealed_codes", "unsealed_packs"):
        connection.execute(f"DELETE FROM {table} WHERE name = ?", (name,))  # noqa: S608 names from the line above
    connection.execute(
        "INSERT INTO unsealed_codes SELECT name, image_id, code FROM fingerprints WHERE name = ? AND searchable = 1",
        (name,),
    )
    packed = ((name, *pair) for pair in packs.searchable_codes(connection, name))
    connection.executemany("INSERT INTO unsealed_codes VALUES (?, ?, ?)", packed)


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


def unsealed(connection: sqlite3.Connection, name: str, most: int = -1) -> Unsealed:
    """Codes outside of all segments; with `most` no further pack or row is read once there are so many.

    Raises ValueError for what was never written, and where they differ in length.
    """
    import numpy as np

    packs, parts, number = list[int](), list[bytes](), 0
    if _is_there(connection, "unsealed_packs"):
        query = "SELECT seq, rows, pairs FROM unsealed_packs WHERE name = ? ORDER BY seq"
        for seq, rows, pairs in connection.execute(query, (name,)):
            if not isinstance(pairs, bytes) or not isinstance(rows, int) or rows < 1 or len(pairs) % rows:
                raise ValueError("a pack of codes is not what was written")
            if 0 <= most <= number:
                break
            packs.append(seq)
            parts.append(pairs)
            number += rows
    rest = -1 if most < 0 else max(0, most - number)
    query = "SELECT image_id, code FROM unsealed_codes WHERE name = ? ORDER BY image_id LIMIT ?"
    single: list[Pair] = connection.execute(query, (name, rest)).fetchall()
    parts += [image_id + code for image_id, code in single]
    number += len(single)
    if not number:
        return Unsealed((), [], np.zeros((0, _ID_BYTES), np.uint8))
    whole = b"".join(parts)
    width = len(whole) // number
    right = {len(image_id) == _ID_BYTES and len(code) == width - _ID_BYTES for image_id, code in single} <= {True}
    if len(whole) % number or not _ID_BYTES < width <= _ID_BYTES + _LONGEST_CODE_BYTES or not right:
        raise ValueError("codes have different lengths")
    if any(len(part) % width for part in parts):
        raise ValueError("codes have different lengths")
    return Unsealed(tuple(packs), single, np.frombuffer(whole, np.uint8).reshape(number, width))


def count_unsealed(connection: sqlite3.Connection, name: str, most: int) -> int:
    """How many codes lie outside of all segments; of more than `most` only that there are so many."""
    query, there = "SELECT count(*) FROM (SELECT 1 FROM unsealed_codes WHERE name = ? LIMIT ?)", 0
    if _is_there(connection, "unsealed_packs"):
        packed = "SELECT coalesce(sum(rows), 0) FROM unsealed_packs WHERE name = ?"
        there = connection.execute(packed, (name,)).fetchone()[0]
    return int(there if there >= most else there + connection.execute(query, (name, most)).fetchone()[0])


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
    return exclusive_or(laid.reshape(len(pairs), -1))


def checksum_of(*parts: NDArray[np.uint8]) -> bytes:
    """The same of codes that lie side by side, as in `Unsealed`."""
    total = 0
    for pairs in parts:
        total ^= int.from_bytes(exclusive_or(pairs), "big")
    return total.to_bytes(parts[0].shape[1], "big")


def add_up(
    connection: sqlite3.Connection,
    name: str,
    held: Sequence[CodeSegmentRow],
    rest: NDArray[np.uint8],
    gone: set[Pair],
) -> bool:
    """Whether segments, what lies outside (as in `Unsealed`) and what is gone make up what there should be."""
    lengths = {row.length_bytes for row in held} | ({rest.shape[1] - _ID_BYTES} if len(rest) else set())
    if len(lengths) > 1:
        return False
    length = next(iter(lengths), 0)
    total = int.from_bytes(checksum(list(gone), length), "big")
    for mine in [row.checksum for row in held] + ([checksum_of(rest)] if len(rest) else []):
        total ^= int.from_bytes(mine, "big")
    number = sum(row.rows for row in held) + len(rest) - len(gone)
    told = stored_checksum(connection, name, length)
    return (number, total) == (told[0], int.from_bytes(told[1], "big"))


def adds_up(connection: sqlite3.Connection, name: str) -> bool:
    """The same of what the set holds now. Raises ValueError for what was never written."""
    rest = unsealed(connection, name).pairs
    return add_up(connection, name, segments(connection, name), rest, dropped(connection, name))
