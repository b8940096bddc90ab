"""One connection to a set's file, with a lock and with transactions: every answer and change goes through here."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ..codes import rows as code_rows
from ..writing import Changes, settle
from .faults import damaged, in_words, translated
from .log import Log
from .opening import LOG_BYTES, connect
from .upgrading import require_known, upgrade

# What a row of another type or length than was written leads to, when a page was changed behind SQLite's back.
_NOT_AS_WRITTEN = (AttributeError, LookupError, TypeError, ValueError)


class Session:
    """Usable from several threads, one transaction at a time."""

    def __init__(self, path: Path, *, create: bool, name: str, set_id: str, now: datetime) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._connection = connect(path, create=create, name=name, set_id=set_id, now=now)
        self._log = Log(path, LOG_BYTES)

    def close(self) -> None:
        """Let go of the file. Closing twice is allowed."""
        with self._lock, translated(self.path):
            self._log.close()
            self._connection.close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other threads out of the set, for a change to what is kept in memory of it."""
        with self._lock:
            yield

    @contextmanager
    def reading(self, *, whole: bool = False) -> Iterator[sqlite3.Connection]:  # noqa: ARG002 a file is always whole
        """One read transaction, so that all that is read belongs to one state; joins one that is under way."""
        with self._lock, translated(self.path):
            outermost = not self._connection.in_transaction
            if outermost:
                self._connection.execute("BEGIN")
            try:
                if outermost:
                    require_known(self._connection, self.path)
                yield self._connection
            except _NOT_AS_WRITTEN as error:
                raise damaged(self.path, in_words(error)) from error
            finally:
                if outermost:
                    self._end("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[tuple[sqlite3.Connection, Changes]]:
        """One write transaction; what it notes in the changes is settled into the snapshot before it is committed."""
        changes = Changes()
        with self._lock, translated(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._log.make_room()
                upgrade(self._connection, self.path)
                yield self._connection, changes
                code_rows.follow(self._connection, changes)
                settle(self._connection, changes, ("snapshot", "settled"))
                self._connection.execute("COMMIT")
                self._log.require_there()
            except _NOT_AS_WRITTEN as error:
                self._end("ROLLBACK")
                raise damaged(self.path, in_words(error)) from error
            except BaseException:
                self._end("ROLLBACK")
                raise

    def _end(self, how: str) -> None:
        """End the transaction, unless the engine ended it already; the error that led here is the one to tell."""
        try:
            if self._connection.in_transaction:
                self._connection.execute(how)
        except sqlite3.Error:
            return
