"""What pictures in packs are found by, a row of `images` or a head each, put in thousands to a statement."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain, count
from typing import TYPE_CHECKING

from ..rows import path_bytes
from ..sql import Connection
from . import heads, parts, runs
from .packs import ID_BYTES
from .parts import Heads

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pictures = tuple[NDArray[np.uint8], Sequence[str]]
    """Ids, shape (pictures, 32), in ascending order, and paths, none where no picture has one."""

_DIGIT = 128
_AT_ONCE, _AT_ONCE_WITH_PATHS = 2**13, 2**12
"""Pictures to a statement, of at most 128 times 128 that it can number."""
_DIGITS = ", ".join(f"({_DIGIT * digit}, {digit})" for digit in range(_DIGIT))
_PATH_DIGITS = 9  # of where a path begins, and of its length
_PATH = (
    f"coalesce(substr(?3, CAST(substr(?4, 1 + {2 * _PATH_DIGITS} * number, {_PATH_DIGITS}) AS INTEGER),"
    f" CAST(substr(?4, {1 + _PATH_DIGITS} + {2 * _PATH_DIGITS} * number, {_PATH_DIGITS}) AS INTEGER)), x'')"
)
_COMING = "CREATE TEMP TABLE IF NOT EXISTS coming (key BLOB, path BLOB)"
_CUT, _CUT_WITH_PATHS = (
    f"WITH digits (many, one) AS (VALUES {_DIGITS})"  # noqa: S608 numbers of ours
    f" INSERT INTO temp.coming ({columns}) SELECT substr(?1, 1 + {ID_BYTES} * number, {ID_BYTES}){path}"
    " FROM (SELECT high.many + low.one AS number FROM digits AS high CROSS JOIN digits AS low LIMIT ?2)"
    for columns, path in (("key", ""), ("key, path", f", {_PATH}"))
)
"""As many rows as the second value says, of keys side by side; and of paths side by side with where each begins and its
length. To hand over each row by itself costs as much again.
"""
_PUT, _PUT_WITH_PATHS = (
    "INSERT OR IGNORE INTO images (image_id, size_bytes, width_px, height_px, media_type, path, added_at, place)"  # noqa: S608
    f" SELECT key, 0, 0, 0, '', {path}, '', ? + rowid - 1 FROM temp.coming"
    for path in ("x''", "path")
)
"""What a pack holds is empty in the row: 0 and '' take no room. A statement by itself: one that calls a function may
fail half way, so SQLite first sets each page aside that it changes, and many pictures come to nearly every page.
"""
_LOST = "packs of pictures are lost"


def put(connection: Connection, groups: Sequence[Pictures], firsts: Sequence[int], *, bare: bool) -> bool:
    """Put in all pictures, the first of each group with that place, or none where one of them is there already; whether
    it was done. `bare`: nothing more is to be kept of them now, so they get heads where none has a path and none begins
    like another picture. Rows would be as right, and slower.

    Raises ValueError where one that is there has the place that it was to have, as a damaged set gives the number of a
    lost pack again.
    """
    if not groups:
        return True
    if bare and not any(paths for _, paths in groups) and _put_heads(connection, groups, firsts):
        return True
    return _put_rows(connection, groups, firsts)


def _put_heads(connection: Connection, groups: Sequence[Pictures], firsts: Sequence[int]) -> bool:
    import numpy as np

    coming = [
        Heads(parts.heads_of(ids), np.arange(first, first + len(ids), dtype=np.int64))
        for (ids, _), first in zip(groups, firsts, strict=True)
    ]
    some = parts.joined(coming)
    if parts.any_twice(some) or heads.rows_begin_with(connection, some) or runs.any_there(connection, some.heads):
        return False
    runs.put(connection, some)
    return True


def _put_rows(connection: Connection, groups: Sequence[Pictures], firsts: Sequence[int]) -> bool:
    for ids, _ in groups:
        if heads.make_way(connection, list(map(bytes, ids))):
            return False
    connection.execute(_COMING)
    done = 0
    for (ids, paths), first in zip(groups, firsts, strict=True):
        most = _AT_ONCE_WITH_PATHS if paths else _AT_ONCE
        for at in range(0, len(ids), most):
            _cut(connection, ids[at : at + most], paths[at : at + most])
            done += connection.execute(_PUT_WITH_PATHS if paths else _PUT, (first + at,)).rowcount
            connection.execute("DELETE FROM temp.coming")
    if done == sum(len(ids) for ids, _ in groups):
        return True
    for (ids, _), first in zip(groups, firsts, strict=True):
        for one in zip(map(bytes, ids), count(first), strict=False):
            done -= connection.execute("DELETE FROM images WHERE image_id = ? AND place = ?", one).rowcount
    if done:
        raise ValueError(_LOST)
    return False


def _cut(connection: Connection, ids: NDArray[np.uint8], paths: Sequence[str]) -> None:
    """Rows in the empty temporary table, numbered from 1 in the order of the ids."""
    values = ids.tobytes(), len(ids)
    if not paths:
        connection.execute(_CUT, values)
        return
    spelt = list(map(path_bytes, paths))
    begins = accumulate(map(len, spelt), initial=1)
    numbers = tuple(chain.from_iterable(zip(begins, map(len, spelt), strict=False)))
    where = (f"%0{_PATH_DIGITS}d" * 2 * len(spelt) % numbers).encode()
    connection.execute(_CUT_WITH_PATHS, (*values, b"".join(spelt), where))
