"""What reading and writing ask of a connection, whichever engine is behind it.

Statements are written so that SQLite (3.24 or later) and PostgreSQL (14 or later) understand them alike, with a
question mark for each value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from .writing import Changes


class Rows(Protocol):
    """What a statement gave."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""
        ...

    def fetchone(self) -> Any:
        """The next row, or None."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection inside a transaction."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Rows:
        """Run one statement."""
        ...

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> object:
        """Run one statement for each of these rows of values."""
        ...


class Transactions(Protocol):
    """Where a store gets its transactions from."""

    def reading(self, *, whole: bool = False) -> AbstractContextManager[Connection]:
        """One read transaction: all that is read belongs to one committed state.

        `whole`: hashes or features are read. Raises UnusableSetError where those lie on several servers and a change
        was cut off between two of them.
        """
        ...

    def writing(self) -> AbstractContextManager[tuple[Connection, Changes]]:
        """One write transaction; what it notes in the changes is settled into the snapshot before it is committed."""
        ...
