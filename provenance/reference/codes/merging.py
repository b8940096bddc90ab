"""Puts segments of codes into a set, in the place of smaller ones: several are merged when there are many."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..kept import sync_folder
from ..points.covering import folder_of
from ..points.piece import UnreadablePieceError
from ..sqlite.session import Session
from ..unnamed import take_back
from . import rows as code_rows
from .piece import CodePiece
from .rows import Pair
from .segment import CodeSegmentRow, opened, require_whole
from .writing import write

if TYPE_CHECKING:
    import sqlite3

    import numpy as np
    from numpy.typing import NDArray

TIERS_ROWS = (2**15, 2**18, 2**21, 2**24)
"""Segments below one of these sizes are merged once they hold as many rows together."""

Laid = tuple["NDArray[np.uint64]", "NDArray[np.uint8]"]


def merge_some(session: Session, folder: Path, name: str) -> bool:
    """Merge the segments of the first tier that is due; whether that was done. Raises DamagedPieceError."""
    with session.reading() as connection:
        run = due(code_rows.segments(connection, name))
        gone = code_rows.dropped(connection, name)
    if not run:
        return False
    parts, went = list[Laid](), list[Pair]()
    try:
        for row in run:
            piece = opened(folder, row)
            require_whole(piece, row)
            live, left = _without(piece, gone, row.length_bytes)
            parts += live
            went += left
    except UnreadablePieceError:
        return False
    length = run[0].length_bytes
    total = int.from_bytes(code_rows.checksum(went, length), "big")
    for row in run:
        total ^= int.from_bytes(row.checksum, "big")
    if not sum(len(ids) for _, ids in parts):
        return False
    made = written(folder, parts, length, total.to_bytes(32 + length, "big"))

    def swap(connection: sqlite3.Connection) -> bool:
        query = "DELETE FROM dropped_codes WHERE name = ? AND image_id = ? AND code = ?"
        # One that came back meanwhile must not be lost.
        return all(connection.execute(query, (name, *pair)).rowcount == 1 for pair in went)

    return publish(session, name, made, run, swap)


def due(rows: Sequence[CodeSegmentRow]) -> list[CodeSegmentRow]:
    """Those that are to be merged next."""
    for tier in TIERS_ROWS:
        run = [row for row in rows if row.rows < tier]
        if len(run) > 1 and sum(row.rows for row in run) >= tier:
            return run
    return []


def _without(piece: CodePiece, gone: set[Pair], length_bytes: int) -> tuple[list[Laid], list[Pair]]:
    """The rows of a piece between those that are gone, not copied, and the pairs that are."""
    import numpy as np

    if not gone:
        return [(piece.columns, piece.ids)], []
    wanted = np.frombuffer(b"".join(sorted({image_id[:8] for image_id, _ in gone})), "<u8")
    live, went, begin = list[Laid](), list[Pair](), 0
    for row in np.flatnonzero(np.isin(np.ascontiguousarray(piece.ids[:, :8]).view("<u8")[:, 0], wanted)).tolist():
        pair = piece.ids[row].tobytes(), piece.columns[:, row].tobytes()[:length_bytes]
        if pair in gone:
            live.append((piece.columns[:, begin:row], piece.ids[begin:row]))
            went.append(pair)
            begin = row + 1
    return [*live, (piece.columns[:, begin:], piece.ids[begin:])], went


def laid(pairs: NDArray[np.uint8]) -> Laid:
    """Pairs as in `code_rows.Unsealed` as columns of 64-bit words, and ids."""
    import numpy as np

    columns, ids = apart(pairs)
    return np.ascontiguousarray(columns), np.ascontiguousarray(ids)


def apart(pairs: NDArray[np.uint8]) -> Laid:
    """The same, not copied where codes are of whole words."""
    import numpy as np

    codes = pairs[:, 32:]
    if codes.shape[1] % 8:
        padded = np.zeros((len(pairs), -(-codes.shape[1] // 8) * 8), np.uint8)
        padded[:, : codes.shape[1]] = codes
        codes = padded
    return codes.view("<u8").T, pairs[:, :32]


def written(folder: Path, parts: Sequence[Laid], length_bytes: int, checksum: bytes) -> CodeSegmentRow:
    """Write parts as a segment that nobody knows of yet. Raises OSError."""
    file, rows = f"{uuid.uuid4().hex}.codes", sum(len(ids) for _, ids in parts)
    head = write(folder / file, parts, length_bytes)
    return CodeSegmentRow(file=file, rows=rows, length_bytes=length_bytes, checksum=checksum, head=head)


def publish(
    session: Session,
    name: str,
    made: CodeSegmentRow,
    instead: Sequence[CodeSegmentRow],
    swap: Callable[[sqlite3.Connection], bool],
) -> bool:
    """Say in one transaction that the segment is there, in the place of others; whether that still held."""
    folder, done = folder_of(session.path), False
    try:
        see_onto_disk(folder, made, session.path)
        with suppress(_OvertakenError), session.writing() as (connection, _):
            there = {row.file for row in code_rows.segments(connection, name)}
            if not there >= {row.file for row in instead} or not swap(connection):
                raise _OvertakenError  # noqa: TRY301 it takes back the transaction
            connection.executemany("DELETE FROM code_segments WHERE file = ?", [(row.file,) for row in instead])
            name_segment(connection, name, made)
            done = True
    except BaseException:
        take_back(session, "code_segments", folder / made.file)
        raise
    for row in instead if done else (made,):
        (folder / row.file).unlink(missing_ok=True)
    return done


def see_onto_disk(folder: Path, made: CodeSegmentRow, set_path: Path) -> None:
    """See the name of a new segment onto the disk. Raises OSError and then leaves no file behind."""
    try:
        # Whoever may read the set may read its segments, whatever this program makes its files with.
        (folder / made.file).chmod(set_path.stat().st_mode & 0o666)
        sync_folder(folder)
    except BaseException:
        (folder / made.file).unlink(missing_ok=True)
        raise


def name_segment(connection: sqlite3.Connection, name: str, made: CodeSegmentRow) -> None:
    """Say that a segment is there."""
    connection.execute(
        "INSERT INTO code_segments VALUES (?, ?, ?, ?, ?, ?)",
        (made.file, name, made.rows, made.length_bytes, made.checksum, made.head),
    )


class _OvertakenError(Exception):
    """The set changed while a segment was written."""
