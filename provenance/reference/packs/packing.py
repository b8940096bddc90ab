"""How pictures that are new to a set, many at once and alike, come into packs (packs.py)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...model.canonical import LARGEST_EXACT_INTEGER
from ...model.record import Entry, Fingerprint
from ..digest import decimal
from ..sql import Connection
from . import rows as pack_rows
from .packs import DIGITS, LONGEST_CODE_BYTES, PACK_PICTURES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST_PICTURES = 32
"""Fewer that are alike lie in rows of their own. `add` of a folder brings 32 files at once."""
_LONGEST_PATH_CHARS = 1024
"""So that paths of 4,096 pictures, of up to four bytes a character, fit into the cache (sqlite/opening.py)."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Fingerprints of one name, one of each picture."""

    name: str
    searchable: bool
    codes: NDArray[np.uint8]
    """Shape (pictures, bytes of a code)."""
    details: NDArray[np.float64]
    """Shape (pictures,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """Pictures of one media type with fingerprints of the same names and lengths, in the order of their ids."""

    ids: NDArray[np.uint8]
    """Shape (pictures, 32)."""
    media_type: str
    paths: Sequence[str]
    """Empty where no picture has one."""
    numbers: Sequence[NDArray[np.int64]]
    """Size in bytes, width and height in px, each of shape (pictures,)."""
    columns: Sequence[Column]


def _order(ids: NDArray[np.uint8]) -> NDArray[np.int64] | None:
    """The order of ids, shape (pictures, 32); None where one comes twice."""
    import numpy as np

    first = np.ascontiguousarray(ids[:, :8]).view(">u8")[:, 0].astype(np.uint64)
    order = first.argsort()
    first = first[order]
    if not (first[1:] == first[:-1]).any():
        return order
    keys = list(map(bytes, ids))  # which are no digests
    return np.array(sorted(range(len(keys)), key=keys.__getitem__)) if len(set(keys)) == len(keys) else None


def sorted_out(ids: NDArray[np.uint8], entries: Sequence[Entry]) -> tuple[list[Alike], list[int]]:
    """Pictures in groups that can lie in packs, and the numbers of those that have to lie in rows of their own.

    `ids`: of the entries, shape (entries, 32); where one comes twice, all have to.
    """
    order = _order(ids)
    if order is None:
        return [], [*range(len(entries))]
    whole = _alike(ids, entries, order) if entries else None
    if whole is not None:
        return [whole], []
    groups, found, rest = dict[tuple[object, ...], list[int]](), list[Alike](), list[int]()
    for number in order.tolist():
        one = entries[number]
        kinds = ((made.name, made.searchable, len(made.code)) for made in one.fingerprints)
        groups.setdefault((one.media_type, *kinds), []).append(number)
    for numbers in groups.values():
        group = _alike(ids[numbers], [entries[number] for number in numbers])
        if group is None:
            rest += numbers
        else:
            found.append(group)
    return found, sorted(rest)


def _alike(ids: NDArray[np.uint8], entries: Sequence[Entry], order: NDArray[np.int64] | None = None) -> Alike | None:
    """These pictures as a group; None where they are few, differ, or have what only a row of its own can hold.

    Attributes are read one by one, in the order in which the entries came, as that is how they lie in memory; anything
    made for each picture, or called for it, costs several times as much.
    """
    prints, types = [one.fingerprints for one in entries], [one.media_type for one in entries]
    if len(entries) < FEWEST_PICTURES or len(set(map(len, prints))) > 1 or not _same(types):
        return None
    paths = [one.path for one in entries]
    if _same(paths) and not paths[0]:
        paths = []
    elif max(map(len, paths)) > _LONGEST_PATH_CHARS:
        return None
    numbers = [
        _whole([one.size_bytes for one in entries], LARGEST_EXACT_INTEGER),
        _whole([one.width_px for one in entries], 10 ** DIGITS[1] - 1),
        _whole([one.height_px for one in entries], 10 ** DIGITS[2] - 1),
    ]
    columns = [_column([some[place] for some in prints]) for place in range(len(prints[0]))]
    right, fit = [made for made in columns if made is not None], [some for some in numbers if some is not None]
    if len({made.name for made in right}) < len(columns) or len(fit) < len(numbers):
        return None
    if order is None:
        return Alike(ids, types[0], paths, fit, right)
    return Alike(
        ids[order],
        types[0],
        paths and [paths[number] for number in order.tolist()],
        [some[order] for some in fit],
        [Column(made.name, made.searchable, made.codes[order], made.details[order]) for made in right],
    )


def _same(values: list[Any]) -> bool:
    return values.count(values[0]) == len(values)


def _whole(numbers: list[int], most: int) -> NDArray[np.int64] | None:
    """The numbers side by side; None where not all are whole ones from 0 to `most`."""
    import numpy as np

    try:
        laid = np.frombuffer(array("q", numbers), np.int64)
    except (OverflowError, TypeError):
        return None
    return laid if laid.min() >= 0 and laid.max() <= most else None


def _column(column: Sequence[Fingerprint]) -> Column | None:
    """Fingerprints side by side; None where they differ in name or length, are empty or very long, or hold something
    else than is asked for.
    """
    import numpy as np

    codes, name, searchable = [made.code for made in column], column[0].name, column[0].searchable
    if not _same([made.name for made in column]) or not _same([made.searchable for made in column]):
        return None
    if len(set(map(len, codes))) > 1 or not 0 < len(codes[0]) <= LONGEST_CODE_BYTES:
        return None
    try:
        details = np.frombuffer(array("d", [made.detail for made in column]))
    except TypeError:
        return None
    if not np.isfinite(details).all():
        return None
    return Column(name, searchable, np.frombuffer(b"".join(codes), np.uint8).reshape(len(codes), -1), details)


def put(connection: Connection, groups: Sequence[Alike], added_at: str, *, bare: bool) -> bool:
    """Keep all pictures of these groups, or none where one of them is there already; whether it was done.

    `bare`: see rows.py.
    """
    first = connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM picture_packs").fetchone()[0]
    begins, after = list[int](), first
    for group in groups:
        begins.append(after)
        after += -(-len(group.ids) // PACK_PICTURES)
    firsts = [begin * PACK_PICTURES for begin in begins]
    if not pack_rows.put(connection, [(group.ids, group.paths) for group in groups], firsts, bare=bare):
        return False
    for group, begin in zip(groups, begins, strict=True):
        connection.executemany(
            "INSERT INTO picture_packs VALUES (?, ?, ?, ?, ?, ?)", _picture_packs(group, begin, added_at)
        )
        for column in group.columns:
            connection.executemany("INSERT INTO code_packs VALUES (?, ?, ?, ?, ?, ?)", _code_packs(column, begin))
    return True


def _picture_packs(group: Alike, begin: int, added_at: str) -> Iterator[tuple[int, int, str, str, bytes, bytes]]:
    import numpy as np

    columns = [decimal(some, digits) for some, digits in zip(group.numbers, DIGITS, strict=True)]
    for number, some in enumerate(_parts(len(group.ids))):
        digits = np.concatenate([column[some] for column in columns], axis=1).tobytes()
        yield begin + number, some.stop - some.start, group.media_type, added_at, group.ids[some].tobytes(), digits


def _code_packs(made: Column, begin: int) -> Iterator[tuple[int, str, int, int, bytes, bytes]]:
    details, length = made.details.astype("<f8", copy=False), made.codes.shape[1]
    for number, some in enumerate(_parts(len(made.codes))):
        values = made.codes[some].tobytes(), details[some].tobytes()
        yield begin + number, made.name, int(made.searchable), length, *values


def _parts(number: int) -> Iterator[slice]:
    for begin in range(0, number, PACK_PICTURES):
        yield slice(begin, min(begin + PACK_PICTURES, number))
