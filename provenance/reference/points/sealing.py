"""How new segments come about, and how damaged and small ones go.

A segment is written and on the disk before one transaction says that it is there. Adding and reindexing seal, a search
writes nothing. One program at a time seals, under a lock; whoever finds it taken goes on without.
"""

from __future__ import annotations

import fcntl
import os
import stat
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..kept import sync_folder
from ..sqlite.session import Session
from ..unnamed import sweep, take_back
from . import feature_rows
from .covering import FILE, adds_up, folder_of, gone, large, mapped, segments
from .merging import merge
from .piece import DamagedPieceError, UnreadablePieceError, laid
from .segment import SegmentRow, write

TIERS_PICTURES = (4096, 32_768, 262_144)
"""Neighbours smaller than this are merged once they hold as many together: fewer than 8 of each size are left."""


def seal(session: Session, name: str, unusable: Collection[str] = (), *, whole: bool = False) -> str:
    """Write what is uncovered into segments and merge small ones; why nobody did, or "".

    Damaged segments are taken out of the set first: those of `unusable`, those whose head is not what was written, and,
    when they are to be read `whole`, those with a list that is not. Then all of the name go, too, when they and the
    marks of what is gone do not make up what there should be. Raises ReferenceSetError and OSError; nothing but speed
    depends on it, save in that last case, in which no search is answered before.
    """
    forget(session, unusable)  # first, since a set that may not be written gets no folder either
    folder = folder_of(session.path)
    folder.mkdir(exist_ok=True)
    if folder.is_symlink():
        return f"{folder} is a link, and what lies there need not be the set's"
    with alone(folder) as mine:
        if not mine:
            return f"another program holds {folder / 'lock'}"
        if whole:
            _require_readable(session, name)
        if damaged := _damaged(session, folder, name, whole=whole):
            forget(session, damaged)
        if whole:
            _require_sum(session, folder, name)
        _sweep(session, folder)
        while _seal_part(session, folder, name):
            pass
        while _merge_some(session, folder, name):
            pass
    return ""


def forget(session: Session, files: Collection[str]) -> None:
    """Take damaged segments out of the set. Raises ReferenceSetError where it may not be written, also for none."""
    with session.writing() as (connection, _):
        for file in files or ("",):
            connection.execute("DELETE FROM segments WHERE file = ?", (file,))


def _require_readable(session: Session, name: str) -> None:
    """Begin anew when the rows of that name's segments are not what was written."""
    with session.reading() as connection:
        try:
            segments(connection, name)
        except ValueError:
            readable = False
        else:
            readable = True
    if not readable:
        _begin_anew(session, name)


def _require_sum(session: Session, folder: Path, name: str) -> None:
    """Begin anew when segments and marks do not make up what there should be."""
    with session.reading() as connection:
        right = adds_up(connection, folder, name)
    if not right:
        _begin_anew(session, name)


def _begin_anew(session: Session, name: str) -> None:
    """Take all segments of that name out of the set: what they are made from is in the table."""
    with session.writing() as (connection, _):
        for table in ("segments", "dropped_features"):
            connection.execute(f"DELETE FROM {table} WHERE name = ?", (name,))  # noqa: S608 names from the line above


def _seal_part(session: Session, folder: Path, name: str) -> bool:
    """Seal the first gap that is large enough; whether there was one."""
    with session.reading() as connection:
        gap = next(large(connection, name, segments(connection, name)), None)
        rows = [] if gap is None else list(feature_rows.rows_between(connection, name, *gap))
    if gap is None:
        return False
    piece, file = laid(rows), f"{uuid.uuid4().hex}.points"
    head = write(folder / file, piece, *gap)
    made = SegmentRow(
        file=file, after=gap[0], last=gap[1], pictures=len(piece.ids), points=len(piece.firsts), head=head
    )
    return _publish(session, name, made, (), set(piece.seqs.tolist()))


def _merge_some(session: Session, folder: Path, name: str) -> bool:
    """Merge the first run of small neighbours that is due; whether there was one."""
    with session.reading() as connection:
        run = _due(segments(connection, name))
        dropped = gone(connection, name)
    if not run:
        return False
    pieces = []
    for row in run:
        try:
            with session.reading() as connection:
                pieces.append(mapped(connection, folder, name, row))
        except UnreadablePieceError:
            return False
        except DamagedPieceError:
            forget(session, [row.file])
            return _seal_part(session, folder, name)
    file = f"{uuid.uuid4().hex}.points"
    try:
        made, kept = merge(folder / file, pieces, dropped, after=run[0].after, last=run[-1].last)
    except DamagedPieceError as error:
        forget(session, [str(error)])
        return _seal_part(session, folder, name)
    return _publish(session, name, made, run, kept)


def _due(rows: Sequence[SegmentRow]) -> list[SegmentRow]:
    """The first run of neighbours below a tier's size that holds as many pictures as the tier asks."""
    for tier in TIERS_PICTURES:
        run: list[SegmentRow] = []
        for row in rows:
            run = [*run, row] if row.pictures < tier and (not run or run[-1].last == row.after) else []
            if len(run) > 1 and sum(one.pictures for one in run) >= tier:
                return run
    return []


def _publish(session: Session, name: str, made: SegmentRow, instead: Sequence[SegmentRow], kept: set[int]) -> bool:
    """Say in one transaction that the segment is there, in the place of others; whether that still held."""
    folder = folder_of(session.path)
    try:
        # Whoever may read the set may read its segments, whatever this program makes its files with.
        (folder / made.file).chmod(session.path.stat().st_mode & 0o666)
        sync_folder(folder)
        with session.writing() as (connection, _):
            rows = segments(connection, name)
            there = {row.file for row in rows} >= {row.file for row in instead}
            others = [row for row in rows if row not in instead]
            free = all(row.last <= made.after or row.after >= made.last for row in others)
            if there and free:
                connection.executemany("DELETE FROM segments WHERE file = ?", [(row.file,) for row in instead])
                connection.execute(
                    "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (made.file, name, made.after, made.last, made.pictures, made.points, made.head),
                )
                past = [seq for seq in gone(connection, name, made.after, made.last) if seq not in kept]
                connection.executemany("DELETE FROM dropped_features WHERE seq = ?", [(seq,) for seq in past])
    except BaseException:
        take_back(session, "segments", folder / made.file)
        raise
    for row in instead if there and free else (made,):
        (folder / row.file).unlink(missing_ok=True)
    return there and free


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether this program alone may write segments."""
    # In a stranger's folder the lock may be a link, or a pipe whose opening would wait for its reader.
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
    with os.fdopen(handle, "rb", buffering=0) as lock:
        if not stat.S_ISREG(os.fstat(lock.fileno()).st_mode):
            yield False
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _damaged(session: Session, folder: Path, name: str, *, whole: bool) -> list[str]:
    """The segments of that name that are not what was written."""
    found = []
    with session.reading() as connection:
        for row in segments(connection, name):
            try:
                piece = mapped(connection, folder, name, row)
                if whole:
                    piece.require_whole()
            except UnreadablePieceError:
                continue
            except DamagedPieceError:
                found.append(row.file)
    return found


def _sweep(session: Session, folder: Path) -> None:
    """Remove files that no row names, since a program was killed between the two, and segments of names long gone."""
    with session.reading() as connection:
        kept = set(feature_rows.names(connection))
        past = {name for (name,) in connection.execute("SELECT DISTINCT name FROM segments").fetchall()} - kept
    if past:
        with session.writing() as (connection, _):
            for table in ("segments", "dropped_features"):
                connection.executemany(f"DELETE FROM {table} WHERE name = ?", [(name,) for name in sorted(past)])  # noqa: S608
    sweep(session, "segments", folder, FILE)
