"""One connection to a set's server, with a lock and with transactions: every answer and change goes through here."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from ..sql import Rows
from ..writing import Changes, settle
from . import unfinished
from .address import Address
from .faults import translated
from .opening import connect, connect_again, require_known

if TYPE_CHECKING:
    import psycopg

# So many rows are fetched together of an answer that need not fit into memory.
_NEXT = b"FETCH FORWARD 200 FROM walk"


class Spoken:
    """A connection of the driver as reading and writing speak to it, with question marks for values."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.raw = connection

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Rows:
        """Run one statement; its rows are read whole."""
        return self.raw.execute(_driver_sql(sql), parameters, binary=True)

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> None:
        """Run one statement for each of these rows of values."""
        with self.raw.cursor() as cursor:
            cursor.executemany(_driver_sql(sql), parameters)

    def walk(self, sql: str, parameters: Sequence[Any] = (), /) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer that need not fit into memory."""
        from psycopg.pq import TransactionStatus

        # Statements of our own: the driver's cursor takes each piece to have the columns that were told at first, and a
        # server that sends others ends the process.
        declared = _driver_sql(f"DECLARE walk NO SCROLL CURSOR FOR {sql}")
        self.raw.execute(declared, parameters or None, prepare=False)
        try:
            while rows := self.raw.execute(_NEXT, binary=True, prepare=False).fetchall():
                yield from rows
        finally:
            if self.raw.info.transaction_status == TransactionStatus.INTRANS:  # after an error it is gone
                self.raw.execute(b"CLOSE walk")


class Session:
    """Usable from several threads, one transaction at a time. A connection that was lost is made anew by the next."""

    def __init__(
        self, address: Address, *, create: bool, name: str, set_id: str, now: datetime, parts: Sequence[Address] = ()
    ) -> None:
        self.address = address
        self._lock = threading.RLock()
        self._closed = False
        self.mended = ""
        """What became of a change that was cut off and found by a write made through it, in a sentence."""
        made = connect(address, create=create, name=name, set_id=set_id, now=now, parts=parts)
        self._connection, self.set_id, self.parts = made.connection, made.set_id, made.parts

    def close(self) -> None:
        """Let go of the connection. Closing twice is allowed."""
        with self._lock, translated(self.address):
            self._closed = True
            self._connection.close()

    @contextmanager
    def reading(self, *, whole: bool = False) -> Iterator[Spoken]:
        """One read transaction, so that all that is read belongs to one state; joins one that is under way.

        `whole`: hashes or features are read. Raises UnusableSetError where a change to those of a spread set was cut
        off.
        """
        with self._lock, translated(self.address):
            if self._under_way():
                yield Spoken(self._connection)
                return
            self._require_open()
            with unfinished.no_writer(self._connection) if self.parts else nullcontext():
                self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                try:
                    if whole and self.parts:
                        unfinished.require_none(self._connection, self.address)
                    yield Spoken(self._connection)
                finally:
                    self._end("COMMIT")  # after a ROLLBACK the driver would have all statements planned anew

    @contextmanager
    def glancing(self) -> Iterator[Spoken]:
        """For one statement, which sees one committed state by itself; joins a transaction that is under way."""
        with self._lock, translated(self.address):
            self._require_open()
            yield Spoken(self._connection)

    @contextmanager
    def writing(self, *, sweep: bool = False) -> Iterator[tuple[Spoken, Changes]]:
        """One write transaction; what it notes in the changes is settled into the snapshot before it is committed.

        Writers wait for one another at the set's own row: what each sees is what the one before left, and numbers of
        rows come in the order in which they are committed. `sweep`: see `unfinished.marked`.
        """
        changes = Changes()
        with self._lock, translated(self.address):
            self._require_open()
            begun = unfinished.marked(Spoken(self._connection), sweep=sweep) if self.parts else nullcontext("")
            with begun as mended:
                self.mended = mended or self.mended
                # Whatever is the server's default: one state for all of it would lack what `_note` puts down meanwhile.
                self._connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
                committing = False
                try:
                    self._connection.execute("SELECT 1 FROM reference_set FOR UPDATE")
                    require_known(self._connection, self.address)
                    spoken = Spoken(self._connection)
                    yield spoken, changes
                    settle(spoken, changes)
                    if self.parts:
                        self._note(changes)
                        unfinished.forget(self._connection)
                    committing = True
                    self._connection.execute("COMMIT")
                except BaseException:
                    self._end()
                    if self.parts and not committing:  # so no other server has committed either
                        with contextlib.suppress(Exception):
                            unfinished.forget(self._connection)
                    raise

    @contextmanager
    def alone(self) -> Iterator[Spoken]:
        """One transaction that changes nothing of what the set holds, only what is made of it; see `lists`."""
        with self._lock, translated(self.address):
            self._require_open()
            with unfinished.no_writer(self._connection) if self.parts else nullcontext():
                self._connection.execute("BEGIN")
                try:
                    yield Spoken(self._connection)
                    self._connection.execute("COMMIT")
                except BaseException:
                    self._end()
                    raise

    def is_unfinished(self) -> bool:
        """Whether a write to a spread set was cut off midway."""
        with self.reading():
            return bool(self.parts) and unfinished.said(self._connection)

    def _note(self, changes: Changes) -> None:
        """Keep what the other servers still hold of pictures that this write alters, before any of them commits it.

        Over a connection of its own: what this one says is not committed, and is gone when it is cut off.
        """
        if changes.altered:
            with contextlib.closing(connect_again(self.address, self.set_id).connection) as beside:
                unfinished.keep(beside, changes.altered, self.address)

    def _under_way(self) -> bool:
        from psycopg.pq import TransactionStatus

        status = self._connection.info.transaction_status
        return status in (TransactionStatus.INTRANS, TransactionStatus.INERROR, TransactionStatus.ACTIVE)

    def _require_open(self) -> None:
        """Connect again when the connection was lost; to the same set, or not at all."""
        if self._closed or not self._connection.closed:
            return
        made = connect_again(self.address, self.set_id)
        self._connection, self.parts = made.connection, made.parts

    def _end(self, how: Literal["COMMIT", "ROLLBACK"] = "ROLLBACK") -> None:
        """End what is under way; the error that led here, if any, is the one to tell."""
        import psycopg

        with contextlib.suppress(psycopg.Error):
            self._connection.execute(how)


def _driver_sql(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()
