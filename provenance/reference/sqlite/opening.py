"""Opens the file of a reference set: new, existing, read-only, or refused with a reason and a remedy."""

from __future__ import annotations

import os
import sqlite3
import time
import uuid
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from ...errors import ReferenceSetError, UnusableSetError
from ...model.canonical import iso
from ..digest import EMPTY
from ..packs import heads, parts
from .faults import damaged, translated
from .log import FRAME_BYTES
from .looking import begins_as_one, look, no_database
from .schema import APPLICATION_ID, BEFORE_FEATURES, FORMAT_VERSION, TABLES
from .upgrading import other_format, upgrade_single_heads

BUSY_S = 30.0
CACHE_KIB = 32 * 1024  # pages that one transaction changes are kept until it ends, not written and read again
LOG_PAGES = 2000
"""So many pages lie in the write-ahead log before they are brought into the set, twice SQLite's own number: the next
transaction that brings many pictures changes most of them again.
"""
LOG_BYTES = 32 + LOG_PAGES * FRAME_BYTES
"""Its header, and that many pages."""
COUNTED_PICTURES = 2**13
"""So many are counted at most when a set is opened, 1 ms: of a million, that would read 100 MB for each check."""
LONGEST_VALUE_BYTES = 64 * 2**20


def connect(path: Path, *, create: bool, name: str, set_id: str, now: datetime) -> sqlite3.Connection:
    """A connection to the set at `path`, made when it is missing and `create` is given. Raises ReferenceSetError."""
    look(path, create)
    if create and not path.exists():
        _make_folder(path.parent)
    with translated(path):
        try:
            if path.exists() and os.path.lexists(os.path.realpath(path) + "-journal"):
                _require_head(path)
            connection = _writable(path, create) if _may_write(path) else _read_only(path)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname == "SQLITE_NOTADB" and not begins_as_one(path):
                raise no_database(path) from error
            raise
        try:
            if create:
                _fill(connection, name or path.stem, set_id or uuid.uuid4().hex, now)
            _check(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _require_head(path: Path) -> None:
    """Let SQLite refuse what is no database before it looks at the journal beside it, which may be a stranger's, and
    which it would write into the file, whatever that is. It reads the first page alone, and keeps the locks it has.
    """
    with closing(_open(path, "mode=ro&immutable=1")) as connection:
        connection.execute("PRAGMA schema_version").fetchone()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReferenceSetError(
            f"the folder {folder} cannot be made: {error.strerror}", remedy="name a place that this user may write"
        ) from error


def _may_write(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _open(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"file:{quote(os.fsencode(path.absolute()))}?{mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    # A set may come from a stranger: its schema may not call functions, its pages are checked as they are read.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE_BYTES)
    return connection


def _writable(path: Path, create: bool) -> sqlite3.Connection:
    connection = _open(path, "mode=rwc" if create else "mode=rw")
    try:
        connection.execute("PRAGMA synchronous = FULL")
        if create:
            _use_write_ahead_log(connection)
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")  # which reads the schema, and may find damage
        # Many pictures at once (packs/rows.py) need no folder for temporary files, and their paths do not lie there.
        connection.execute(f"PRAGMA temp.cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA temp.journal_mode = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch to WAL. Two processes doing so at once can be refused without the busy handler being asked."""
    give_up_s = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > give_up_s:
                raise
            time.sleep(0.01)
        else:
            return


def _read_only(path: Path) -> sqlite3.Connection:
    """Open where this user may not write. A set at rest, with no log beside it, is read as an unchanging file."""
    connection = _open(path, "mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise ReferenceSetError(
                f"the reference set {path} has unmerged changes in {log.name} and its folder cannot be written",
                remedy="copy the set together with that file to a folder that this user may write",
            ) from None
        return _open(path, "immutable=1")
    return connection


def _fill(connection: sqlite3.Connection, name: str, set_id: str, now: datetime) -> None:
    """Make the tables in one transaction, unless somebody has."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for table in TABLES:
                connection.execute(table)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
            row = set_id, name, iso(now), EMPTY, EMPTY
            connection.execute("INSERT INTO reference_set VALUES (1, ?, ?, ?, ?, 0, ?)", row)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite ends it by itself on a full disk; that is the error to tell
            connection.execute("ROLLBACK")
        raise


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what is no set, or one of another format version, or one that would run code of its own."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise UnusableSetError(
            f"{path} is a SQLite file but no reference set",
            remedy="name a set made with `provenance add`, or a folder of pictures",
        )
    if version not in range(BEFORE_FEATURES, FORMAT_VERSION + 1):
        raise other_format(path, version)
    own = connection.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()[0]
    if own:
        raise UnusableSetError(
            f"{path} holds triggers or views, which no reference set does", remedy="do not use this file"
        )
    upgrade_single_heads(connection, path)
    connection.execute("BEGIN")  # one state, whoever writes meanwhile
    try:
        _require_counted(connection, path)
    finally:
        if connection.in_transaction:  # else SQLite has ended it, and the error that led to that is the one to tell
            connection.execute("COMMIT")


def _require_counted(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a set that lacks its first row, or pictures: rows of the table, and those that have heads."""
    rows = connection.execute("SELECT pictures FROM reference_set").fetchmany(2)
    if len(rows) != 1:
        raise damaged(path, "its first row is missing")
    told, most = rows[0][0], COUNTED_PICTURES + 1
    with_heads = min(parts.count(connection, most), most) if heads.kept_here(connection) else 0
    if isinstance(told, int) and told >= with_heads:
        wanted, limit = min(told, most) - with_heads, 1 if told >= most else 2
        # The last of them is there, and none behind it. To step over rows takes half as long as to count them.
        query = "SELECT 1 FROM images LIMIT ? OFFSET ?"
        if not wanted and told >= most:
            return
        if len(connection.execute(query, (limit, max(0, wanted - 1))).fetchall()) == min(1, wanted):
            return
    there = connection.execute("SELECT count(*) FROM (SELECT 1 FROM images LIMIT ?)", (most,)).fetchone()[0]
    raise damaged(path, f"it holds {there + with_heads} pictures and should hold {told}")
