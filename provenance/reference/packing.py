"""How pictures that are new to a set, many at once and alike, come into packs (packs.py)."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

from ..model.canonical import LARGEST_EXACT_INTEGER
from ..model.record import Entry, Fingerprint
from .packs import DIGITS, PACK_PICTURES
from .rows import path_bytes
from .sql import Connection

FEWEST_PICTURES = 32
"""Fewer that are alike lie in rows of their own. `add` of a folder brings 32 files at once."""
_LARGEST_SIDE = 10 ** DIGITS[1] - 1


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """Pictures of one media type with fingerprints of the same names and lengths, in the order of their keys."""

    keys: Sequence[bytes]
    entries: Sequence[Entry]
    columns: Sequence[Sequence[Fingerprint]]
    """For each name the fingerprints of all pictures."""


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
    if len(set(map(attrgetter("media_type"), entries))) > 1 or not _fit(entries):
        return None
    columns = list(zip(*prints, strict=True))
    names = [column[0].name for column in columns]
    if len(set(names)) < len(names) or not all(map(_even, columns)):
        return None
    return Alike(keys, entries, columns)


def _fit(entries: Sequence[Entry]) -> bool:
    """Whether the numbers of all fit the digits for them."""
    sizes = list(map(attrgetter("size_bytes"), entries))
    sides = [*map(attrgetter("width_px"), entries), *map(attrgetter("height_px"), entries)]
    if set(map(type, sizes)) | set(map(type, sides)) != {int} or min(min(sizes), min(sides)) < 0:
        return False
    return max(sizes) <= LARGEST_EXACT_INTEGER and max(sides) <= _LARGEST_SIDE


def _even(column: Sequence[Fingerprint]) -> bool:
    codes, details = list(map(attrgetter("code"), column)), list(map(attrgetter("detail"), column))
    same = len(set(map(attrgetter("name"), column))) == len(set(map(attrgetter("searchable"), column))) == 1
    typed = set(map(type, codes)) == {bytes} and set(map(type, details)) <= {int, float}
    return same and typed and len(set(map(len, codes))) == 1 and all(map(math.isfinite, details))


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
            "INSERT INTO picture_packs VALUES (?, ?, ?, ?, ?)", _picture_packs(group, begin, added_at)
        )
        for column in group.columns:
            connection.executemany("INSERT INTO code_packs VALUES (?, ?, ?, ?, ?, ?)", _code_packs(column, begin))
    return True


def _put_ids(connection: Connection, groups: Sequence[Alike], begins: Sequence[int]) -> bool:
    rows = list[tuple[bytes, bytes, int]]()
    for group, begin in zip(groups, begins, strict=True):
        paths = [path_bytes(one.path) if one.path else b"" for one in group.entries]
        place = begin * PACK_PICTURES
        rows += zip(group.keys, paths, range(place, place + len(paths)), strict=True)
    if len(groups) > 1:
        rows.sort()
    # What a pack holds is empty in the row: numbers of 0 and empty texts take no room.
    query = (
        "INSERT OR IGNORE INTO images (image_id, size_bytes, width_px, height_px, media_type, path, added_at, place)"
        " VALUES (?, 0, 0, 0, '', ?, '', ?)"
    )
    done: Any = connection.executemany(query, rows)
    if done.rowcount == len(rows):
        return True
    mine = [(key, place) for key, _, place in rows]
    connection.executemany("DELETE FROM images WHERE image_id = ? AND place = ?", mine)
    return False


def _picture_packs(group: Alike, begin: int, added_at: str) -> Iterator[tuple[int, int, str, str, bytes]]:
    numbers = map(attrgetter("size_bytes", "width_px", "height_px"), group.entries)
    form = "".join(f"%0{digits}d" for digits in DIGITS)
    whole = (form * len(group.keys) % tuple(chain.from_iterable(numbers))).encode()
    width, media_type = sum(DIGITS), group.entries[0].media_type
    for number, some in enumerate(_parts(len(group.keys))):
        part = whole[width * some.start : width * some.stop]
        yield begin + number, some.stop - some.start, media_type, added_at, part


def _code_packs(column: Sequence[Fingerprint], begin: int) -> Iterator[tuple[int, str, int, int, bytes, bytes]]:
    first = column[0]
    for number, some in enumerate(_parts(len(column))):
        part = column[some]
        codes = b"".join(map(attrgetter("code"), part))
        details = struct.pack(f"<{len(part)}d", *map(attrgetter("detail"), part))
        yield begin + number, first.name, int(first.searchable), len(first.code), codes, details


def _parts(number: int) -> Iterator[slice]:
    for begin in range(0, number, PACK_PICTURES):
        yield slice(begin, min(begin + PACK_PICTURES, number))
