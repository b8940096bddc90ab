"""How pictures that are new to a set, many at once and alike, come into packs (packs.py)."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import attrgetter

from ..model.canonical import LARGEST_EXACT_INTEGER
from ..model.record import Entry, Fingerprint
from .packs import DIGITS, DOUBLE_BYTES, PACK_PICTURES
from .rows import path_bytes
from .sql import Connection

FEWEST_PICTURES = 32
"""Fewer that are alike lie in rows of their own. `add` of a folder brings 32 files at once."""
_AT_ONCE = 64 * 64
_DIGITS = ", ".join(f"({digit})" for digit in range(64))
_BEGIN, _END = (f"CAST(substr(?3, {at} + 9 * number, 9) AS INTEGER)" for at in (1, 10))
_PUT_IDS = (
    f"WITH digits (digit) AS (VALUES {_DIGITS})"  # noqa: S608 numbers of ours
    " INSERT OR IGNORE INTO images (image_id, size_bytes, width_px, height_px, media_type, path, added_at, place)"
    " SELECT substr(?1, 1 + 32 * number, 32), 0, 0, 0, '',"
    f" coalesce(substr(?2, {_BEGIN}, {_END} - {_BEGIN}), x''), '', ?4 + number"
    " FROM (SELECT 64 * high.digit + low.digit AS number FROM digits AS high CROSS JOIN digits AS low LIMIT ?5)"
)
"""Ids side by side, paths side by side, where each of these begins, the first place and how many: as many rows. To hand
over each row by itself costs as much again. What a pack holds is empty in the row: 0 and '' take no room.
"""
_LARGEST_SIDE = 10 ** DIGITS[1] - 1


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Fingerprints of one name, one of each picture."""

    name: str
    searchable: bool
    codes: Sequence[bytes]
    details: bytes
    """8 bytes each."""


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """Pictures of one media type with fingerprints of the same names and lengths, in the order of their keys."""

    keys: Sequence[bytes]
    entries: Sequence[Entry]
    sizes_bytes: Sequence[int]
    sides_px: tuple[Sequence[int], Sequence[int]]
    columns: Sequence[Column]


def sorted_out(keys: Sequence[bytes], entries: Sequence[Entry]) -> tuple[list[Alike], list[int]]:
    """Pictures in groups that can lie in packs, and the numbers of those that have to lie in rows of their own."""
    whole = _alike(keys, entries) if entries else None
    if whole is not None:
        return [whole], []
    groups, found, rest = dict[tuple[object, ...], list[int]](), list[Alike](), list[int]()
    for number, one in enumerate(entries):
        kinds = ((made.name, made.searchable, len(made.code)) for made in one.fingerprints)
        groups.setdefault((one.media_type, *kinds), []).append(number)
    for numbers in groups.values():
        group = _alike([keys[number] for number in numbers], [entries[number] for number in numbers])
        if group is None:
            rest += numbers
        else:
            found.append(group)
    return found, sorted(rest)


def _alike(keys: Sequence[bytes], entries: Sequence[Entry]) -> Alike | None:
    """These pictures as a group; None where they are few, differ, or have what only a row of its own can hold."""
    prints = list(map(attrgetter("fingerprints"), entries))
    if len(entries) < FEWEST_PICTURES or len(set(map(len, prints))) > 1:
        return None
    sizes = list(map(attrgetter("size_bytes"), entries))
    sides = list(map(attrgetter("width_px"), entries)), list(map(attrgetter("height_px"), entries))
    if len(set(map(attrgetter("media_type"), entries))) > 1 or not _fit(sizes, LARGEST_EXACT_INTEGER):
        return None
    places = range(len(prints[0]))
    columns = [made for place in places if (made := _column([some[place] for some in prints])) is not None]
    names = {made.name for made in columns}
    if len(names) < len(prints[0]) or not all(_fit(side, _LARGEST_SIDE) for side in sides):
        return None
    return Alike(keys, entries, sizes, sides, columns)


def _fit(numbers: Sequence[int], most: int) -> bool:
    """Whether all are whole numbers from 0 to `most`."""
    return set(map(type, numbers)) == {int} and min(numbers) >= 0 and max(numbers) <= most


def _column(column: Sequence[Fingerprint]) -> Column | None:
    """Fingerprints side by side; None where they differ in name or length, or hold something else than is asked for."""
    kinds = set(map(attrgetter("name", "searchable"), column))
    codes, details = list(map(attrgetter("code"), column)), list(map(attrgetter("detail"), column))
    if len(kinds) > 1 or set(map(type, codes)) != {bytes} or len(set(map(len, codes))) > 1:
        return None
    if not set(map(type, details)) <= {int, float} or not all(map(math.isfinite, details)):
        return None
    return Column(column[0].name, column[0].searchable, codes, struct.pack(f"<{len(details)}d", *details))


def put(connection: Connection, groups: Sequence[Alike], added_at: str) -> bool:
    """Keep all pictures of these groups, or none where one of them is there already; whether it was done."""
    first = connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM picture_packs").fetchone()[0]
    begins, after = list[int](), first
    for group in groups:
        begins.append(after)
        after += -(-len(group.keys) // PACK_PICTURES)
    if not _put_ids(connection, groups, begins):
        return False
    for group, begin in zip(groups, begins, strict=True):
        connection.executemany(
            "INSERT INTO picture_packs VALUES (?, ?, ?, ?, ?, ?)", _picture_packs(group, begin, added_at)
        )
        for column in group.columns:
            connection.executemany("INSERT INTO code_packs VALUES (?, ?, ?, ?, ?, ?)", _code_packs(column, begin))
    return True


def _put_ids(connection: Connection, groups: Sequence[Alike], begins: Sequence[int]) -> bool:
    done = 0
    for group, begin in zip(groups, begins, strict=True):
        for at in range(0, len(group.keys), _AT_ONCE):
            keys, entries = group.keys[at : at + _AT_ONCE], group.entries[at : at + _AT_ONCE]
            paths = [path_bytes(one.path) if one.path else b"" for one in entries]
            ends = list(accumulate(map(len, paths), initial=1))
            where = ("%09d" * len(ends) % tuple(ends)).encode()
            place = begin * PACK_PICTURES + at
            connection.execute(_PUT_IDS, (b"".join(keys), b"".join(paths), where, place, len(keys)))
            done += connection.execute("SELECT changes()").fetchone()[0]
    if done == sum(len(group.keys) for group in groups):
        return True
    for group, begin in zip(groups, begins, strict=True):
        mine = zip(group.keys, _places(group, begin), strict=True)
        connection.executemany("DELETE FROM images WHERE image_id = ? AND place = ?", mine)
    return False


def _places(group: Alike, begin: int) -> range:
    return range(begin * PACK_PICTURES, begin * PACK_PICTURES + len(group.keys))


def _picture_packs(group: Alike, begin: int, added_at: str) -> Iterator[tuple[int, int, str, str, bytes, bytes]]:
    numbers = zip(group.sizes_bytes, *group.sides_px, strict=True)
    form = "".join(f"%0{digits}d" for digits in DIGITS)
    whole = (form * len(group.keys) % tuple(chain.from_iterable(numbers))).encode()
    width, media_type = sum(DIGITS), group.entries[0].media_type
    for number, some in enumerate(_parts(len(group.keys))):
        part = whole[width * some.start : width * some.stop]
        yield begin + number, some.stop - some.start, media_type, added_at, b"".join(group.keys[some]), part


def _code_packs(made: Column, begin: int) -> Iterator[tuple[int, str, int, int, bytes, bytes]]:
    length = len(made.codes[0])
    for number, some in enumerate(_parts(len(made.codes))):
        codes, details = b"".join(made.codes[some]), made.details[DOUBLE_BYTES * some.start : DOUBLE_BYTES * some.stop]
        yield begin + number, made.name, int(made.searchable), length, codes, details


def _parts(number: int) -> Iterator[slice]:
    for begin in range(0, number, PACK_PICTURES):
        yield slice(begin, min(begin + PACK_PICTURES, number))
