"""Connections beside a session's own, over which the servers of a spread set are asked at once.

postgres_fdw sends a question to all of them before it waits for the first answer, but has each plan it first, one after
the other, and with 2,800 values in it a plan takes longer than the answer. So each connection asks some of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...errors import ReferenceSetError
from .address import Address
from .opening import connect_again

if TYPE_CHECKING:
    import psycopg

MOST_CONNECTIONS = 8
Question = tuple[bytes, Mapping[str, object]]
"""A statement and its values."""


@dataclass(slots=True)
class Beside:
    """Connections to the set of that id, made when they are first used, and let go after any error."""

    address: Address
    set_id: str
    _open: list[tuple[psycopg.Connection, psycopg.Pipeline]] = field(default_factory=list)
    _lines: ExitStack = field(default_factory=ExitStack)

    def reached(self, number: int) -> bool:
        """Whether there are so many connections now. Where the server takes no more of them, all are let go."""
        try:
            for _ in range(number - len(self._open)):
                connection = connect_again(self.address, self.set_id).connection
                self._lines.callback(connection.close)
                self._open.append((connection, self._lines.enter_context(connection.pipeline())))
        except ReferenceSetError:
            self.close()
            return False
        except BaseException:
            self.close()
            raise
        return True

    def ask(self, questions: Sequence[Sequence[Question]]) -> list[list[list[Any]]]:
        """The rows of each question; each list of them goes over a connection of its own, which `reached` made.

        Each statement sees a state of its own: whoever asks looks before and behind whether there was but one.
        Raises psycopg.Error.
        """
        try:
            sent = []
            for (connection, line), mine in zip(self._open[: len(questions)], questions, strict=True):
                sent.append([connection.execute(*one, binary=True, prepare=True) for one in mine])
                line.sync()  # so that it is on its way before the next one is asked
            return [[cursor.fetchall() for cursor in cursors] for cursors in sent]
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of all of them. Closing twice is allowed."""
        for connection, _ in self._open:
            connection.close()
        self._open.clear()
        with contextlib.suppress(Exception):
            self._lines.close()
