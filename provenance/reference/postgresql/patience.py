"""A connection that does not wait for ever. Imported only where the driver is there."""

from __future__ import annotations

import logging
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

ANSWER_S = 330.0
"""The server itself gives up a statement after 300 s; one that says nothing then is not to be waited for."""
_LOOK_S = 0.1  # how often the interpreter looks for Ctrl-C

_Answer = TypeVar("_Answer")
# What the driver notes of a connection that it lost is told as an error; without this it is printed, too, between the
# lines of an answer.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class PatientConnection(psycopg.Connection[tuple[Any, ...]]):
    """Gives up, and lets go of the connection, when one answer takes longer than `ANSWER_S` in all."""

    def wait(self, gen: PQGen[_Answer], interval: float = _LOOK_S, timeout: float | None = None) -> _Answer:
        """As the driver's own, with a bound on every wait that has none. Raises psycopg.OperationalError."""
        try:
            return super().wait(gen, interval=interval, timeout=ANSWER_S if timeout is None else timeout)
        except psycopg.errors._WaitTimeout:
            if timeout is not None:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError(f"it gave no answer within {ANSWER_S:g} s") from None
