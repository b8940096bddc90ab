"""Parts of runs of heads (runs.py), each a row of the table `head_runs`: what they hold, read and written.

A part has at most 1,024 heads, so that one head is found by reading one row of each run. A stranger's may have columns
of any type and length, which are not read where they are longer than what is written, and runs without end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..sql import Connection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HEAD_BYTES = 8
_PLACE_BYTES = 8
PART_HEADS = 1024


def _short(column: str, most_bytes: int, value: str = "") -> str:
    """A column, or a `value` made of it, where it is no longer than what is written: a stranger's may have 64 MB."""
    return f"CASE WHEN typeof({column}) = 'blob' AND length({column}) <= {most_bytes} THEN {value or column} END"


_SHORT_FIRST = _short("first", HEAD_BYTES)
_SHORT_HEADS = _short("heads", PART_HEADS * HEAD_BYTES)
_SHORT_PLACES = _short("places", PART_HEADS * _PLACE_BYTES)
_COLUMNS = f"{_SHORT_FIRST}, {_SHORT_HEADS}, CASE WHEN ?4 THEN {_SHORT_PLACES} END FROM head_runs WHERE run = ?1"
# The part that may hold a head, and those behind it.
_FROM = (
    f"SELECT {_COLUMNS} AND first >= coalesce("  # noqa: S608 names of ours
    "(SELECT max(first) FROM head_runs WHERE run = ?1 AND first <= ?2), x'') ORDER BY first LIMIT ?3"
)
_BEHIND = f"SELECT {_COLUMNS} AND first > ?2 ORDER BY first LIMIT ?3"
_MOST_RUNS = 256
"""Ten million pictures, 32 at a time, come to at most 30."""
_PARTS_OF_ONE = (
    "WITH RECURSIVE each (run) AS (SELECT min(run) FROM head_runs UNION ALL"  # noqa: S608 names of ours
    " SELECT (SELECT min(run) FROM head_runs WHERE run > each.run) FROM each WHERE run IS NOT NULL"
    f" LIMIT {_MOST_RUNS + 2})"
    f" SELECT part.rowid, {_SHORT_FIRST}, {_SHORT_HEADS} FROM each LEFT JOIN head_runs AS part ON part.rowid ="
    " (SELECT rowid FROM head_runs WHERE run = each.run AND first <= ? ORDER BY first DESC LIMIT 1)"
)
"""The part of each run that may hold a head, found run by run: parts are many, and runs few. A row for each run,
without a number where it has none, and one such row behind the last.
"""
_ITS_PLACE = _short("places", PART_HEADS * _PLACE_BYTES, f"substr(places, ?, {_PLACE_BYTES})")
NOT_WRITTEN = "heads of pictures are not what was written"


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """`heads`: in ascending order, shape (pictures,); `places`: of each, as in `images`."""

    heads: NDArray[np.uint64]
    places: NDArray[np.int64]

    def part(self, begin: int, end: int | None = None) -> Heads:
        """Some of them."""
        return Heads(self.heads[begin:end], self.places[begin:end])

    def up_to(self, head: int) -> Heads:
        """Those that are not larger."""
        import numpy as np

        return self.part(0, int(self.heads.searchsorted(np.uint64(head), "right")))

    def spelt(self) -> list[bytes]:
        """Each head as the bytes that an id begins with."""
        laid = self.heads.astype(">u8").tobytes()
        return [laid[at : at + HEAD_BYTES] for at in range(0, len(laid), HEAD_BYTES)]


def heads_of(ids: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The heads of ids, shape (pictures, 32)."""
    import numpy as np

    return np.ascontiguousarray(ids[:, :HEAD_BYTES]).view(">u8")[:, 0].astype(np.uint64)


def head_of(image_id: bytes) -> int:
    """The head of an id, or of the beginning of one."""
    return int.from_bytes(image_id[:HEAD_BYTES].ljust(HEAD_BYTES, b"\0"), "big")


def joined(parts: Sequence[Heads]) -> Heads:
    """All of them in one order; one that comes twice is there twice."""
    import numpy as np

    if len(parts) == 1:
        return parts[0]
    heads, places = (np.concatenate(column) for column in zip(*((one.heads, one.places) for one in parts), strict=True))
    order = heads.argsort(kind="stable")  # which is quick where parts are in order
    return Heads(heads[order], places[order])


def any_twice(some: Heads) -> bool:
    """Whether a head comes twice."""
    return bool((some.heads[1:] == some.heads[:-1]).any())


def is_empty(connection: Connection) -> bool:
    """Whether there is no head at all."""
    return connection.execute("SELECT 1 FROM head_runs LIMIT 1").fetchone() is None


def count(connection: Connection, most: int | None = None, *, run: int | None = None) -> int:
    """How many heads there are, in a `run` or in all; of `most` and more only that there are so many. Raises
    ValueError.
    """
    total, query = 0, "SELECT length(heads) FROM head_runs"
    for (length,) in connection.execute(query) if run is None else connection.execute(f"{query} WHERE run = ?", (run,)):
        if not isinstance(length, int):
            raise ValueError(NOT_WRITTEN)  # noqa: TRY004 in a file, not in a program
        total += length // HEAD_BYTES
        if most is not None and total >= most:
            break
    return total


def place_of(connection: Connection, head: int) -> int | None:
    """The place of a head; None where it is not there. Raises ValueError for what nobody wrote."""
    spelt = _spelt(head)
    parts = connection.execute(_PARTS_OF_ONE, (spelt,)).fetchall()
    if len(parts) > _MOST_RUNS + 1:
        raise ValueError(NOT_WRITTEN)
    for rowid, first, heads in parts:
        at = None if rowid is None else _place_in(_whole(first, heads), spelt)
        if at is not None:
            query = f"SELECT {_ITS_PLACE} FROM head_runs WHERE rowid = ?"  # noqa: S608 names of ours
            ((place,),) = connection.execute(query, (1 + at, rowid)).fetchall()
            if not isinstance(place, bytes) or len(place) != _PLACE_BYTES:
                raise ValueError(NOT_WRITTEN)
            return int.from_bytes(place, "little", signed=True)
    return None


def _place_in(heads: bytes, spelt: bytes) -> int | None:
    """Where a head begins in a part, in bytes."""
    number = len(heads) // HEAD_BYTES
    at = HEAD_BYTES * bisect_left(range(number), spelt, key=lambda at: heads[HEAD_BYTES * at : HEAD_BYTES * (at + 1)])
    return at if heads[at : at + HEAD_BYTES] == spelt else None


def runs(connection: Connection) -> list[int]:
    """The numbers of the runs, each found by the one before: parts are many, and runs few.

    Raises ValueError for numbers that were never written.
    """
    found, query = list[int](), "SELECT min(run) FROM head_runs WHERE run > ?"
    while (run := connection.execute(query, (found[-1] if found else -1,)).fetchone()[0]) is not None:
        if not isinstance(run, int) or len(found) == _MOST_RUNS:
            raise ValueError(NOT_WRITTEN)
        found.append(run)
    return found


def none() -> Heads:
    """No heads."""
    import numpy as np

    return Heads(np.zeros(0, np.uint64), np.zeros(0, np.int64))


def _spelt(head: int) -> bytes:
    return head.to_bytes(HEAD_BYTES, "big")


def of(connection: Connection, run: int, head: int, most: int, *, places: bool = True) -> tuple[Heads, bytes]:
    """The part of a run that may hold a head, or the first of all, with those that follow it, at most so many, side by
    side; and what the last of them is found by. `places`: whether they are read, too. Raises ValueError for what nobody
    wrote.
    """
    return _read(connection, _FROM, run, _spelt(head), most, places=places)


def behind(connection: Connection, run: int, first: bytes, most: int, *, places: bool = True) -> tuple[Heads, bytes]:
    """The same of parts behind the one that is found by `first`; none where it is the last."""
    return _read(connection, _BEHIND, run, first, most, places=places)


def _read(
    connection: Connection, query: str, run: int, first: bytes, most: int, *, places: bool
) -> tuple[Heads, bytes]:
    """Parts of a run side by side, none where there is none, and what the last of them is found by. Raises ValueError
    for what nobody wrote.
    """
    import numpy as np

    rows = connection.execute(query, (run, first, most, places)).fetchall()
    if not rows:
        return none(), first
    for begin, heads, theirs in rows:
        if len(_whole(begin, heads)) != len(theirs or b"") and places:
            raise ValueError(NOT_WRITTEN)
    found = Heads(
        np.frombuffer(b"".join([row[1] for row in rows]), ">u8").astype(np.uint64),
        np.frombuffer(b"".join([row[2] for row in rows if places]), "<i8"),
    )
    if not (found.heads[1:] > found.heads[:-1]).all():
        raise ValueError(NOT_WRITTEN)
    return found, rows[-1][0]


def _whole(first: object, heads: bytes | None) -> bytes:
    """The heads of a part. Raises ValueError for some that are not found by the first of them, or are cut off, or are
    more than is written.
    """
    if not heads or first != heads[:HEAD_BYTES] or len(heads) % HEAD_BYTES:
        raise ValueError(NOT_WRITTEN)
    return heads


def write(connection: Connection, run: int, chunks: Iterable[Heads]) -> None:
    """Put down heads in ascending order as parts of a run."""
    left = none()
    for chunk in chunks:
        left = joined([left, chunk])
        whole = len(left.heads) - len(left.heads) % PART_HEADS
        _put_parts(connection, run, left.part(0, whole))
        left = left.part(whole)
    _put_parts(connection, run, left)


def _put_parts(connection: Connection, run: int, some: Heads) -> None:
    heads, places = some.heads.astype(">u8").tobytes(), some.places.astype("<i8", copy=False).tobytes()
    step = PART_HEADS * HEAD_BYTES
    connection.executemany(
        "INSERT INTO head_runs (run, first, heads, places) VALUES (?, ?, ?, ?)",
        [
            (run, heads[at : at + HEAD_BYTES], heads[at : at + step], places[at : at + step])
            for at in range(0, len(heads), step)
        ],
    )
