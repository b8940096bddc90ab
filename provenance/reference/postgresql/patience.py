"""A connection that does not wait for ever. Imported only where the driver is there."""

from __future__ import annotations

import logging
import resource
import sys
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

ANSWER_S = 330.0
"""The server itself gives up a statement after 300 s; one that says nothing then is not to be waited for."""
ANSWER_BYTES = 2 * 2**30
"""Beyond what the process ever held. The largest that is asked, the codes of 10 million pictures, take 0.64 GB, twice
for a moment.
"""
_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024  # getrusage(2)
_LOOK_S = 0.1  # how often the interpreter looks for Ctrl-C

_Answer = TypeVar("_Answer")
# What the driver notes of a connection that it lost is told as an error; without this it is printed, too, between the
# lines of an answer.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


def _held_bytes() -> int:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT_BYTES


def _within_memory(gen: PQGen[_Answer]) -> PQGen[_Answer]:
    """The same waits, of which each must leave what the process holds within `ANSWER_BYTES` of what it held.

    The library keeps what comes until an answer is whole, however long it is. Raises ValueError.
    """
    most_bytes = _held_bytes() + ANSWER_BYTES
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if _held_bytes() > most_bytes:
                raise ValueError(f"the server sent more than {ANSWER_BYTES / 2**30:g} GiB as one answer")
            wanted = gen.send(ready)
    except StopIteration as ended:
        answer: _Answer = ended.value
        return answer


class PatientConnection(psycopg.Connection[tuple[Any, ...]]):
    """Gives up, and lets go of the connection, when one answer takes longer than `ANSWER_S`, or more memory than
    `ANSWER_BYTES`, in all.
    """

    def wait(self, gen: PQGen[_Answer], interval: float = _LOOK_S, timeout: float | None = None) -> _Answer:
        """As the driver's own, with a bound on every wait that has none, and on memory.

        Raises psycopg.OperationalError, and ValueError for an answer that no set gives.
        """
        try:
            limited = _within_memory(gen)
            return super().wait(limited, interval=interval, timeout=ANSWER_S if timeout is None else timeout)
        except ValueError:
            self.pgconn.finish()
            raise
        except psycopg.errors._WaitTimeout:
            if timeout is not None:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError(f"it gave no answer within {ANSWER_S:g} s") from None
