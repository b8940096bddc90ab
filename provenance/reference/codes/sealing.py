"""How segments of codes come about and begin anew after damage. Adding and reindexing seal, no search does.

As with local features (points/sealing.py), a file is on the disk before one transaction says that it is there, and one
program at a time seals, under the same lock.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..points.covering import folder_of
from ..points.piece import DamagedPieceError, UnreadablePieceError
from ..points.sealing import alone
from ..sqlite.session import Session
from ..unnamed import sweep
from . import merging as code_merging
from . import rows as code_rows
from .merging import apart, merge_some, publish, written
from .rows import FILE
from .segment import opened, require_head, require_whole

if TYPE_CHECKING:
    import sqlite3

SEAL_ROWS = 4096
"""So many codes outside of segments become one. Reading them from the set costs a starting process about 6 ms."""
PART_ROWS = 2**19
"""Once so many are read, no more are read with them: 50 MB."""


def due(session: Session, name: str) -> bool:
    """Whether enough codes lie outside of segments."""
    return until_due(session, name) <= 0


def until_due(session: Session, name: str) -> int:
    """How many more codes have to lie outside of segments until they become one."""
    with session.reading() as connection:
        there = code_rows.count_unsealed(connection, name, SEAL_ROWS) if code_rows.kept_here(connection) else 0
    return SEAL_ROWS - there


def to_merge(session: Session, name: str) -> bool:
    """Whether there are segments to merge, or what says which there are is to be made anew."""
    with session.reading() as connection:
        try:
            return code_rows.kept_here(connection) and bool(code_merging.due(code_rows.segments(connection, name)))
        except ValueError:
            return True


def seal(session: Session, name: str, *, anew: bool = False, whole: bool = False) -> str:
    """Write what is unsealed into segments, when there is enough of it, and merge small ones; why nobody did, or "".

    With `anew` all segments of the name are given up first; so they are when they, read `whole` or not, are not what
    was written. Raises ReferenceSetError and OSError; nothing but speed depends on it.
    """
    folder = folder_of(session.path)
    folder.mkdir(exist_ok=True)
    if folder.is_symlink():
        return f"{folder} is a link, and what lies there need not be the set's"
    with alone(folder) as mine:
        if not mine:
            return f"another program holds {folder / 'lock'}"
        if anew or not _right(session, folder, name, whole=whole):
            with session.writing() as (connection, _):
                code_rows.begin_anew(connection, name)
        sweep(session, "code_segments", folder, FILE)
        while due(session, name) and _seal_part(session, folder, name):
            pass
        _merge(session, folder, name)
    return ""


def damaged(connection: sqlite3.Connection, folder: Path, name: str, *, whole: bool) -> list[str]:
    """The segments of that name that are not what was written. Raises ValueError when their rows are not."""
    found = []
    for row in code_rows.segments(connection, name):
        try:
            if whole:
                require_whole(opened(folder, row), row)
            else:
                require_head(folder, row)
        except UnreadablePieceError:
            continue
        except DamagedPieceError:
            found.append(row.file)
    return found


def _right(session: Session, folder: Path, name: str, *, whole: bool) -> bool:
    with session.reading() as connection:
        try:
            return code_rows.adds_up(connection, name) and not damaged(connection, folder, name, whole=whole)
        except ValueError:
            return False


def _merge(session: Session, folder: Path, name: str) -> None:
    try:
        while merge_some(session, folder, name):
            pass
    except DamagedPieceError:
        with session.writing() as (connection, _):
            code_rows.begin_anew(connection, name)
        while due(session, name) and _seal_part(session, folder, name):
            pass


def _seal_part(session: Session, folder: Path, name: str) -> bool:
    """Seal the first part of what is unsealed; whether that was done."""
    with session.reading() as connection:
        rest = code_rows.unsealed(connection, name, PART_ROWS)
    pairs, length = rest.rows, rest.pairs.shape[1] - 32
    if not length:
        return False
    row = written(folder, [apart(rest.pairs)], length, code_rows.checksum_of(rest.pairs))

    def swap(connection: sqlite3.Connection) -> bool:
        query, packs = "DELETE FROM unsealed_packs WHERE seq = ? AND name = ?", [(seq, name) for seq in rest.packs]
        if packs and connection.executemany(query, packs).rowcount != len(packs):
            return False
        if not pairs:
            return True
        part, values = "name = ? AND image_id <= ?", (name, pairs[-1][0])
        query = f"SELECT image_id, code FROM unsealed_codes WHERE {part} ORDER BY image_id"  # noqa: S608 from above
        now = connection.execute(query, values).fetchall()
        connection.execute(f"DELETE FROM unsealed_codes WHERE {part}", values)  # noqa: S608
        if now != pairs:  # something came or went since the part was read
            held, there = set(pairs), set(now)
            back = [(name, *pair) for pair in now if pair not in held]
            connection.executemany("INSERT INTO unsealed_codes VALUES (?, ?, ?)", back)
            gone = [(name, *pair) for pair in pairs if pair not in there]
            connection.executemany("INSERT OR IGNORE INTO dropped_codes VALUES (?, ?, ?)", gone)
        return True

    return publish(session, name, row, (), swap)
