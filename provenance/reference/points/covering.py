"""Which rows of features lie in segments and which do not; read only.

The table of features is the only truth, and everything in the folder can be deleted at any time: rows that no usable
segment covers are laid out in memory, so an answer never lacks a picture.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path

from ...model.features import LEAST_POINTS
from ...model.limits import SET_POINTS
from ..sql import Connection
from . import feature_rows
from .piece import DamagedPieceError, Piece, laid
from .segment import SegmentRow, opened

SEAL_PICTURES = 512
"""So many uncovered pictures become a segment. Laying out this many costs a starting process about 15 ms."""
PART_PICTURES = 8192
"""At most so many are laid out at once: 60 MB of points, and while they are sorted three times as much."""
_PART_POINTS = 2**22  # the same of pictures that have many
FILE = re.compile(r"[0-9a-f]{32}\.points")
"""The name of a segment; nothing of another name in the folder is removed."""


def folder_of(set_path: Path) -> Path:
    """Where the segments of a set lie: in one place, by whatever links the set is reached."""
    real = set_path.resolve()
    return real.with_name(real.name + ".points")


def segments(connection: sqlite3.Connection, name: str) -> list[SegmentRow]:
    """The segments of that name, in the order of what they cover. Raises ValueError for what was never written."""
    columns = "file, after, last, pictures, points, head"
    rows = connection.execute(f"SELECT {columns} FROM segments WHERE name = ? ORDER BY after", (name,)).fetchall()  # noqa: S608
    found, covered = [], 0
    for file, after, last, pictures, points, head in rows:
        numbers = (after, last, pictures, points)
        if not isinstance(file, str) or not FILE.fullmatch(file) or not all(isinstance(one, int) for one in numbers):
            raise ValueError("a segment's row is not what was written")
        if after < covered or last <= after:
            raise ValueError("two segments cover the same rows")
        covered = last
        found.append(SegmentRow(file=file, after=after, last=last, pictures=pictures, points=points, head=head))
    return found


def any_segment(connection: sqlite3.Connection, name: str) -> bool:
    """Whether there is a row of a segment of that name, be it what was written or not."""
    return connection.execute("SELECT 1 FROM segments WHERE name = ?", (name,)).fetchone() is not None


def gaps(covered: Sequence[SegmentRow], last: int) -> list[tuple[int, int]]:
    """The ranges of rows up to `last`, first excluded, that none of these segments covers."""
    ends = [0, *(one.last for one in covered)]
    begins = [*(one.after for one in covered), max(last, ends[-1])]
    return [(end, begin) for end, begin in zip(ends, begins, strict=True) if end < begin]


def lay(connection: Connection, name: str, between: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The rows outside of all segments, in memory, part by part, so that what sorting needs beside them stays small."""
    rows: list[feature_rows.Row] = []
    points = 0
    for gap in between:
        for row in feature_rows.rows_between(connection, name, *gap):
            rows.append(row)
            points += row.points
            if len(rows) >= PART_PICTURES or points >= _PART_POINTS:
                yield laid(rows)
                rows, points = [], 0
    if rows:
        yield laid(rows)


def summed(pieces: Iterable[Piece], gone: Sequence[int]) -> tuple[int, bytes]:
    """How many pictures these pieces hold without those that are gone, and the exclusive or over ids and checks."""
    import numpy as np

    number, total, past = 0, np.zeros(5, np.uint64), np.asarray(gone, np.int64)
    for piece in pieces:
        there = ~np.isin(piece.seqs, past)
        number += int(there.sum())
        total[:4] ^= np.bitwise_xor.reduce(np.ascontiguousarray(piece.ids[there]).view("<u8").reshape(-1, 4), axis=0)
        total[4] ^= np.bitwise_xor.reduce(piece.checks[there])
    return number, total.astype("<u8").tobytes()


def adds_up(connection: sqlite3.Connection, folder: Path, name: str) -> bool:
    """Whether segments, marks of what is gone and the table make up the pictures that there should be.

    A segment that is damaged by itself is read around. False also where the rows of segments are not what was written;
    True where the table itself is not, since then no segment is to blame.
    """
    try:
        rows = segments(connection, name)
    except ValueError:
        return False
    usable, pieces = [], []
    for row in rows:
        with suppress(DamagedPieceError):
            pieces.append(mapped(connection, folder, name, row))
            usable.append(row)
    rest = lay(connection, name, gaps(usable, feature_rows.last_seq(connection, name)))
    told = feature_rows.told(connection, name)
    return summed(chain(pieces, rest), gone(connection, name)) == told or feature_rows.counted(connection, name) != told


def mapped(connection: sqlite3.Connection, folder: Path, name: str, row: SegmentRow) -> Piece:
    """Map a segment of that name. Raises DamagedPieceError, also when the row tells of more pictures than there were,
    or more points than so many pictures may have: a stranger's file need not take the room on his disk that it would
    take in memory here. Pictures are counted and their points are not, since that would read the whole table.
    """
    within = "WHERE name = ? AND seq > ? AND seq <= ?"
    there = sum(
        connection.execute(f"SELECT count(*) FROM {table} {within}", (name, row.after, row.last)).fetchone()[0]  # noqa: S608
        for table in ("features", "dropped_features")
    )
    if row.pictures > there or row.points > there * SET_POINTS:
        raise DamagedPieceError(row.file)
    return opened(folder, row)


def uncovered(connection: sqlite3.Connection, name: str, unusable: Collection[str]) -> bool:
    """Whether enough rows lie outside of all usable segments to be sealed."""
    usable = [row for row in segments(connection, name) if row.file not in unusable]
    return any(True for _ in large(connection, name, usable))


def gone(connection: sqlite3.Connection, name: str, after: int = 0, last: int = 2**63 - 1) -> list[int]:
    """Rows of that name that were in the table and are no more, as far as a segment may hold them."""
    query = "SELECT seq FROM dropped_features WHERE name = ? AND seq > ? AND seq <= ? ORDER BY seq"
    return [seq for (seq,) in connection.execute(query, (name, after, last)).fetchall()]


def large(connection: sqlite3.Connection, name: str, usable: Sequence[SegmentRow]) -> Iterator[tuple[int, int]]:
    """Gaps that hold enough rows with points, each cut after at most PART_PICTURES of them."""
    for after, last in gaps(usable, feature_rows.last_seq(connection, name)):
        there = connection.execute(
            "SELECT seq FROM features WHERE name = ? AND seq > ? AND seq <= ? AND points >= ? ORDER BY seq LIMIT ?",
            (name, after, last, LEAST_POINTS, PART_PICTURES),
        ).fetchall()
        if len(there) >= SEAL_PICTURES:
            yield after, (last if len(there) < PART_PICTURES else there[-1][0])
