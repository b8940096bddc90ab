"""Pictures that came many at once and are alike lie many to a row: their numbers and fingerprints in packs.

A row of `images` each keeps its id, its path, the ending of its kept copy and how many records it has; `place` tells
where the rest is: the number of the pack, times 256, and which picture of the pack it is. One that has none of these
has a head (heads.py) in the place of that row. A pack is never added to. A picture is taken out of it before what lies
there is changed. Everything that reads a column that may lie in a pack does so by lookup.py or ordered.py; an engine or
a set without packs has the plain tables. Why: docs/adr/0076, 0123, 0127.
"""

from __future__ import annotations

import math
import sqlite3
import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..sql import Connection

PACK_PICTURES = 256
WIPED = b"-"
"""Stands for each digit of a picture that was taken out."""
LOOKED_THROUGH_PICTURES = 2**13
DIGITS = 16, 10, 10
"""Of size, width and height, as SQLite reads decimal digits out of a blob and no binary numbers."""
ID_BYTES, DOUBLE_BYTES = 32, 8
LONGEST_CODE_BYTES = 1024
_FEW_KEYS = 32
PACK, _AT = f"place >> {PACK_PICTURES.bit_length() - 1}", f"(place & {PACK_PICTURES - 1})"
"""The number of a picture's pack, and which picture of it."""
ITS_ID = f"substr(ids, 1 + {ID_BYTES} * {_AT}, {ID_BYTES})"


def _number(place: int) -> str:
    """The SQL of one of a picture's numbers."""
    begin, length = 1 + sum(DIGITS[:place]), DIGITS[place]
    return f"CAST(substr(numbers, {begin} + {sum(DIGITS)} * {_AT}, {length}) AS INTEGER)"


def _short(column: str, most_bytes: int) -> str:
    """Whether a column holds no more than a pack does: a stranger's may have 64 MB, to be read for each picture."""
    return f"typeof({column}) = 'blob' AND length({column}) <= {PACK_PICTURES * most_bytes}"


NUMBERS = {name: _number(at) for at, name in enumerate(("size_bytes", "width_px", "height_px"))}
SHORT_IDS, SHORT_NUMBERS = _short("ids", ID_BYTES), _short("numbers", sum(DIGITS))
CODE = f"CASE WHEN {_short('codes', LONGEST_CODE_BYTES)} THEN substr(codes, 1 + length_bytes * {_AT}, length_bytes) END"
DETAIL = (
    f"CASE WHEN {_short('codes', LONGEST_CODE_BYTES)} AND {_short('details', DOUBLE_BYTES)}"  # these lie behind those
    f" THEN substr(details, 1 + {DOUBLE_BYTES} * {_AT}, {DOUBLE_BYTES}) END"
)


def kept_here(connection: Connection) -> bool:
    """Whether the set has packs: one of an older format has none until it is written, and one on a server never."""
    if not isinstance(connection, sqlite3.Connection):
        return False
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'code_packs'"
    return connection.execute(query).fetchone() is not None


def detail_of(value: object) -> float:
    """The measure of detail out of a column. Raises ValueError."""
    if isinstance(value, bytes) and len(value) == DOUBLE_BYTES:
        number = float(struct.unpack("<d", value)[0])
        if math.isfinite(number):  # no other is packed
            return number
    if not isinstance(value, float | int):
        raise ValueError("a fingerprint is not what was written")  # noqa: TRY004 in a file, not in a program
    return float(value)


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A pack as it is read whole."""

    seq: int
    ids: bytes
    numbers: bytes

    def pictures(self) -> list[tuple[int, bytes]]:
        """Which of the pack, and its id, of those that were not taken out."""
        width = sum(DIGITS)
        there = [at for at in range(len(self.numbers) // width) if self.numbers[at * width : at * width + 1] != WIPED]
        return [(at, self.ids[at * ID_BYTES : (at + 1) * ID_BYTES]) for at in there]

    def size_bytes(self, at: int) -> int:
        """Of the file of that picture. Raises ValueError."""
        begin = at * sum(DIGITS)
        return int(self.numbers[begin : begin + DIGITS[0]])

    def sides_px(self, at: int) -> bytes:
        """The digits of width and height of that picture."""
        begin = at * sum(DIGITS)
        return self.numbers[begin + DIGITS[0] : begin + sum(DIGITS)]


def walk(connection: Connection) -> Iterator[Pack]:
    """All packs, one after the other: reading them row by row would read each as often as it holds pictures.

    Raises ValueError for one that is not what was written.
    """
    if kept_here(connection):
        for seq, ids, numbers in connection.execute("SELECT seq, ids, numbers FROM picture_packs ORDER BY seq"):
            typed = isinstance(ids, bytes) and isinstance(numbers, bytes) and len(ids) <= PACK_PICTURES * ID_BYTES
            if not typed or len(ids) * sum(DIGITS) != len(numbers) * ID_BYTES:
                raise ValueError(f"pack {seq} of pictures is not what was written")
            yield Pack(seq, ids, numbers)


def made_of(connection: Connection, pack: Pack) -> Iterator[tuple[str, bool, list[bytes]]]:
    """Name of the fingerprints, whether they are searchable, and the codes, of all pictures of a pack.

    Raises ValueError for one that is not what was written.
    """
    places, number = [at for at, _ in pack.pictures()], len(pack.ids) // ID_BYTES
    query = "SELECT name, searchable, length_bytes, codes, details FROM code_packs WHERE pack = ?"
    for name, searchable, length, codes, details in connection.execute(query, (pack.seq,)).fetchall():
        if (len(codes), len(details)) != (number * length, number * DOUBLE_BYTES):
            raise ValueError(f"pack {pack.seq} of fingerprints is not what was written")
        for at in places:
            detail_of(details[at * DOUBLE_BYTES : (at + 1) * DOUBLE_BYTES])
        yield name, bool(searchable), [codes[at * length : (at + 1) * length] for at in places]


def searchable_codes(connection: Connection, name: str) -> Iterator[tuple[bytes, bytes]]:
    """Image ids and searchable codes of that name, of all packs."""
    query = "SELECT length_bytes, codes FROM code_packs WHERE pack = ? AND name = ? AND searchable = 1"
    for pack in walk(connection):
        for length, codes in connection.execute(query, (pack.seq, name)).fetchall():
            yield from ((key, codes[at * length : (at + 1) * length]) for at, key in pack.pictures())


def of_size(connection: Connection, width_px: int, height_px: int) -> list[bytes]:
    """Ids of pictures of that size, either way round, in packs."""
    form = f"%0{DIGITS[1]}d%0{DIGITS[2]}d"
    wanted = {(form % sides).encode() for sides in ((width_px, height_px), (height_px, width_px))}
    some = (pack for pack in walk(connection) if any(digits in pack.numbers for digits in wanted))
    return [key for pack in some for at, key in pack.pictures() if pack.sides_px(at) in wanted]


def lost(connection: Connection, keys: Collection[bytes]) -> bytes | None:
    """One of these pictures that a pack tells of, for pictures that have no row of their own; None for none.

    All packs are looked through, so of a set with more than 8,192 pictures nothing is told.
    """
    if not kept_here(connection):
        return None
    if connection.execute("SELECT pictures FROM reference_set").fetchone()[0] > LOOKED_THROUGH_PICTURES:
        return None
    query = f"SELECT seq, ids FROM picture_packs WHERE {SHORT_IDS}"  # noqa: S608 names from above
    for seq, ids in connection.execute(query):
        if len(keys) <= _FEW_KEYS:  # which Python finds in a third of the time of SQLite's instr()
            found = {key for key in keys if key in ids}
        else:
            found = set(keys).intersection(ids[at : at + ID_BYTES] for at in range(0, len(ids), ID_BYTES))
        if found:  # perhaps across two, or overwritten
            query = f"SELECT numbers FROM picture_packs WHERE seq = ? AND {SHORT_NUMBERS}"  # noqa: S608
            packs = [Pack(seq, ids, numbers) for (numbers,) in connection.execute(query, (seq,)).fetchall()]
            found.intersection_update([key for pack in packs for _, key in pack.pictures()])
        if found:
            return min(found)
    return None
