"""Points of pictures as lists by visual word, kept in the database beside the features that they are made of.

A list holds 24 bytes a point, as in points/piece.py: both halves of the signature, then the number of the picture's row
(low 32 bits), size and direction. Lists belong to blocks, which cover ranges of rows and are merged as they become many
(a log-structured merge tree: O'Neil, Cheng, Gawlick and O'Neil, 1996). A removed picture's points stay in its lists;
who reads them leaves out what is no more in the table of features.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model.features import LEAST_POINTS
from ..points import feature_rows
from ..points.piece import WORDS, Piece, laid, starts_of
from .session import Spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK_PICTURES = 1024
"""So many pictures outside of all blocks become one; a starting process reads up to that many whole, some 7 MB."""
MERGED = (8 * BLOCK_PICTURES, 64 * BLOCK_PICTURES)
"""Smaller blocks are merged when together they hold so many."""
POINT_BYTES = 24
AT_ONCE_ROWS = 2048
"""Rows that are read and sorted together: 13 MB of points, 180 MB if each has as many as it may."""
_ROW_BITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A range of rows of features, the first excluded, and how many pictures' points its lists hold."""

    after: int
    last: int
    pictures: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Owners:
    """Pictures that can be voted for: row numbers in ascending order, and image ids of shape (pictures, 32)."""

    seqs: NDArray[np.int64]
    ids: NDArray[np.uint8]


def blocks(connection: Spoken, name: str) -> list[Block]:
    """The blocks of that name in order. Raises ValueError when they leave rows out."""
    rows = connection.execute(
        "SELECT after, last, pictures FROM blocks WHERE name = ? ORDER BY last", (name,)
    ).fetchall()
    found = [Block(after=after, last=last, pictures=pictures) for after, last, pictures in rows]
    ends = [0, *(block.last for block in found)]
    if any(block.after != end or block.last <= end for block, end in zip(found, ends, strict=False)):
        raise ValueError("the blocks of local features leave rows out")
    return found


def owners(connection: Spoken, name: str, number: int) -> Owners:
    """All pictures with enough points, as many as there should be. Raises ValueError."""
    import numpy as np

    packed = connection.execute(
        "SELECT string_agg(int8send(seq) || image_id, ''::bytea ORDER BY seq) FROM features"
        " WHERE name = ? AND points >= ? GROUP BY seq / 4096 ORDER BY seq / 4096",
        (name, LEAST_POINTS),
    ).fetchall()
    whole = b"".join(part for (part,) in packed)
    if len(whole) != 40 * number:
        raise ValueError(f"the local features of {name} are not those that were written")
    rows = np.frombuffer(whole, np.dtype([("seq", ">i8"), ("id", "u1", 32)]))
    seqs = rows["seq"].astype(np.int64)
    if (np.diff(seqs) <= 0).any():
        raise ValueError(f"the local features of {name} are not in order")
    return Owners(seqs=seqs, ids=np.ascontiguousarray(rows["id"]))


def read(connection: Spoken, name: str, words: NDArray[np.uint16], pictures: Owners) -> Piece:
    """The points under these words, of all blocks, as the piece that votes are counted on. Raises ValueError."""
    import numpy as np

    asked = np.unique(words).tolist()
    rows = connection.execute(
        "SELECT word, points FROM postings WHERE name = ? AND word = ANY(?) ORDER BY word, last", (name, asked)
    ).fetchall()
    found = [word for word, _ in rows]
    if not set(found) <= set(asked) or found != sorted(found):
        raise ValueError("lists came that were not asked for")
    if any(not isinstance(points, bytes) or len(points) % POINT_BYTES for _, points in rows):
        raise ValueError("a list of points is not what was written")
    lengths = np.array([len(points) // POINT_BYTES for _, points in rows], np.int64)
    under = np.repeat(np.array(found, np.int64), lengths)
    points = np.frombuffer(b"".join(points for _, points in rows), "<u8").reshape(-1, 3)
    owner, there = places(points, pictures)
    kept = points[there].astype(np.uint64)
    packed = kept[:, 2] >> np.uint64(_ROW_BITS) << np.uint64(_ROW_BITS) | owner[there].astype(np.uint64)
    return Piece(
        file="",
        seqs=pictures.seqs,
        checks=np.zeros(len(pictures.seqs), np.uint64),
        ids=pictures.ids,
        starts=starts_of(np.bincount(under[there], minlength=WORDS)),
        sums=np.zeros(WORDS, np.uint64),
        firsts=np.ascontiguousarray(kept[:, 0]),
        rests=np.stack([kept[:, 1], packed], axis=1),
        seen=np.ones(WORDS, np.bool_),
    )


def write(connection: Spoken, name: str, after: int) -> None:
    """Lists of all rows beyond `after`, block by block."""
    last = feature_rows.last_seq(connection, name)
    if last >> _ROW_BITS:
        raise ValueError("the table of features has had more rows than lists can name")
    while after < last:
        end = min(after + AT_ONCE_ROWS, last)
        rows = list(feature_rows.rows_between(connection, name, after, end))
        copied = b"COPY postings (name, word, last, points) FROM STDIN (FORMAT binary)"
        with connection.raw.cursor().copy(copied) as out:
            out.set_types(["text", "int4", "int8", "bytea"])
            for word, points in of_rows(rows) if rows else ():
                out.write_row((name, word, end, points))
        connection.execute("INSERT INTO blocks VALUES (?, ?, ?, ?)", (name, after, end, len(rows)))
        after = end


def merge(connection: Spoken, name: str) -> None:
    """Put small neighbours together, the oldest first, wherever that makes a block of the next size."""
    for limit in MERGED:
        group: list[Block] = []
        for block in blocks(connection, name):
            group = [*group, block] if block.pictures < limit else []
            if sum(one.pictures for one in group) >= limit:
                _put_together(connection, name, group)
                group = []


def _put_together(connection: Spoken, name: str, group: Sequence[Block]) -> None:
    within = (name, group[0].after, group[-1].last)
    connection.execute(
        "WITH taken AS (DELETE FROM postings WHERE name = ? AND last > ? AND last <= ? RETURNING word, last, points)"
        " INSERT INTO postings SELECT ?, word, ?, string_agg(points, ''::bytea ORDER BY last) FROM taken GROUP BY word",
        (*within, name, group[-1].last),
    )
    connection.execute("DELETE FROM blocks WHERE name = ? AND after >= ? AND last <= ?", within)
    connection.execute("INSERT INTO blocks VALUES (?, ?, ?, ?)", (*within, sum(one.pictures for one in group)))


def drop(connection: Spoken, name: str) -> None:
    """Forget all lists of that name, to make them anew."""
    for table in ("postings", "blocks"):
        connection.execute(f"DELETE FROM {table} WHERE name = ?", (name,))  # noqa: S608 names from the line above


def places(points: NDArray[np.uint64], pictures: Owners) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Of each point its picture's place among the owners, and whether the picture is still there."""
    import numpy as np

    seqs = (points[:, 2] & np.uint64(2**_ROW_BITS - 1)).astype(np.int64)
    if not len(pictures.seqs):
        return seqs, np.zeros(len(seqs), np.bool_)
    place = np.minimum(np.searchsorted(pictures.seqs, seqs), len(pictures.seqs) - 1)
    return place, pictures.seqs[place] == seqs


def of_rows(rows: Sequence[feature_rows.Row]) -> Iterator[tuple[int, bytes]]:
    """Word by word the points of these rows."""
    import numpy as np

    piece = laid(rows)
    owner = (piece.rests[:, 1] & np.uint64(2**_ROW_BITS - 1)).astype(np.int64)
    packed = piece.rests[:, 1] >> np.uint64(_ROW_BITS) << np.uint64(_ROW_BITS) | piece.seqs[owner].astype(np.uint64)
    points = np.stack([piece.firsts, piece.rests[:, 0], packed], axis=1).astype("<u8")
    for word in np.flatnonzero(np.diff(piece.starts)).tolist():
        yield word, points[piece.starts[word] : piece.starts[word + 1]].tobytes()
