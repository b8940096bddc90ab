"""Which rows of features lie in segments and which do not; read only.

The table of features is the only truth, and everything in the folder can be deleted at any time: rows that no usable
segment covers are laid out in memory, so an answer never lacks a picture.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from ..model.features import LEAST_POINTS
from . import feature_rows
from .piece import DamagedPieceError, Piece, laid
from .segment import SegmentRow, opened

SEAL_PICTURES = 512
"""So many uncovered pictures become a segment. Laying out this many costs a starting process about 15 ms."""
PART_PICTURES = 8192
"""At most so many are laid out at once: 60 MB of points."""
FILE = re.compile(r"[0-9a-f]{32}\.points")
"""The name of a segment; nothing of another name in the folder is removed."""


def folder_of(set_path: Path) -> Path:
    """Where the segments of a set lie."""
    return set_path.with_name(set_path.name + ".points")


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


def gaps(covered: Sequence[SegmentRow], last: int) -> list[tuple[int, int]]:
    """The ranges of rows up to `last`, first excluded, that none of these segments covers."""
    ends = [0, *(one.last for one in covered)]
    begins = [*(one.after for one in covered), max(last, ends[-1])]
    return [(end, begin) for end, begin in zip(ends, begins, strict=True) if end < begin]


def lay(connection: sqlite3.Connection, name: str, between: Sequence[tuple[int, int]]) -> Piece | None:
    """The rows outside of all segments, in memory; None when there are none."""
    rows = [row for gap in between for row in feature_rows.rows_between(connection, name, *gap)]
    return laid(rows) if rows else None


def mapped(connection: sqlite3.Connection, folder: Path, name: str, row: SegmentRow) -> Piece:
    """Map a segment of that name. Raises DamagedPieceError, also when the row tells of more pictures than there were:
    a stranger's file need not take the room on his disk that its head would take in memory here.
    """
    within = "WHERE name = ? AND seq > ? AND seq <= ?"
    there = sum(
        connection.execute(f"SELECT count(*) FROM {table} {within}", (name, row.after, row.last)).fetchone()[0]  # noqa: S608
        for table in ("features", "dropped_features")
    )
    if row.pictures > there:
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
