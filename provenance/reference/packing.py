"""How pictures that are new to a set, many at once and alike, come into packs (packs.py)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import attrgetter

from ..model.canonical import LARGEST_EXACT_INTEGER
from ..model.record import Entry, Fingerprint
from .packs import DIGITS, DOUBLE_BYTES, LONGEST_CODE_BYTES, PACK_PICTURES
from .rows import path_bytes
from .sql import Connection

FEWEST_PICTURES = 32
"""Fewer that are alike lie in rows of their own. `add` of a folder brings 32 files at once."""
_AT_ONCE = 64 * 64
_DIGITS = ", ".join(f"({digit})" for digit in range(64))
_PATH = (
    "coalesce(substr(?4, CAST(substr(?5, 1 + 18 * number, 9) AS INTEGER),"
    " CAST(substr(?5, 10 + 18 * number, 9) AS INTEGER)), x'')"
)
_PUT_WITHOUT_PATHS, _PUT_WITH_PATHS = (
    f"WITH digits (digit) AS (VALUES {_DIGITS})"  # noqa: S608 numbers of ours
    " INSERT OR IGNORE INTO images (image_id, size_bytes, width_px, height_px, media_type, path, added_at, place)"
    f" SELECT substr(?1, 1 + 32 * number, 32), 0, 0, 0, '', {path}, '', ?2 + number"
    " FROM (SELECT 64 * high.digit + low.digit AS number FROM digits AS high CROSS JOIN digits AS low LIMIT ?3)"
    for path in ("x''", _PATH)
)
"""As many rows as the third value says, of ids side by side and the first place; and of paths side by side with where
each begins and its length. To hand over each row by itself costs as much again. What a pack holds is empty in the row:
0 and '' take no room.
"""
_LARGEST_SIDE = 10 ** DIGITS[1] - 1
_LONGEST_PATH_CHARS = 4096
"""So that paths of 4,096 pictures are well below what SQLite takes as one value (opening.py)."""


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
    if max(map(len, map(attrgetter("path"), entries))) > _LONGEST_PATH_CHARS:
        return None
    places = range(len(prints[0]))
    columns = [made for place in places if (made := _column([some[place] for some in prints])) is not None]
    names = {made.name for made in columns}
    if len(names) < len(prints[0]) or not all(_fit(side, _LARGEST_SIDE) for side in sides):
        return None
    return Alike(keys, entries, sizes, sides, columns)


def _fit(numbers: Sequence[int], most: int) -> bool:
    """Whether all are whole numbers from 0 to `most`."""
    import numpy as np

    try:
        laid = np.frombuffer(array("q", numbers), np.int64)
    except (OverflowError, TypeError):
        return False
    return bool(laid.min() >= 0 and laid.max() <= most)


def _column(column: Sequence[Fingerprint]) -> Column | None:
    """Fingerprints side by side; None where they differ in name or length, are empty or very long, or hold something
    else than is asked for.
    """
    import numpy as np

    kinds = set(map(attrgetter("name", "searchable"), column))
    codes = list(map(attrgetter("code"), column))
    if len(kinds) > 1 or len(set(map(len, codes))) > 1 or not 0 < len(codes[0]) <= LONGEST_CODE_BYTES:
        return None
    try:
        details = np.frombuffer(array("d", map(attrgetter("detail"), column)))
    except TypeError:
        return None
    if not np.isfinite(details).all():
        return None
    return Column(column[0].name, column[0].searchable, codes, details.astype("<f8").tobytes())


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
            values = b"".join(keys), begin * PACK_PICTURES + at, len(keys)
            if any(map(attrgetter("path"), entries)):
                paths = [path_bytes(one.path) for one in entries]
                begins_at = accumulate(map(len, paths), initial=1)
                numbers = tuple(chain.from_iterable(zip(begins_at, map(len, paths), strict=False)))
                where = ("%09d%09d" * len(paths) % numbers).encode()
                connection.execute(_PUT_WITH_PATHS, (*values, b"".join(paths), where))
            else:
                connection.execute(_PUT_WITHOUT_PATHS, values)
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
