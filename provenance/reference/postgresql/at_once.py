"""A further connection to the coordinator, over which all servers of a spread set are asked at once.

postgres_fdw has each server plan a question before it asks the next, opens a transaction and a cursor there, and takes
the 2,800 values of a question in and writes them out again. The extension dblink, which comes with PostgreSQL as well
(https://www.postgresql.org/docs/current/dblink.html), sends to all before it waits for one, and what it sends is
prepared there: a code is all that travels, and no server plans anything (docs/adr/0077).
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from ...errors import ReferenceSetError
from .address import Address
from .bands import near_prepared
from .in_a_row import Row, in_a_row
from .opening import connect_again
from .spread import PART_SCHEMA

if TYPE_CHECKING:
    import psycopg

# The extension itself, which only a superuser makes: functions of these names may be anybody's, and do anything.
_THERE = b"""
    SELECT EXISTS (SELECT 1 FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
                   WHERE e.extname = 'dblink' AND n.nspname = 'public')"""
_ON_PARTS = (
    f"SET search_path = pg_catalog, {PART_SCHEMA}, pg_temp; SET plan_cache_mode = force_generic_plan;"
    " SET application_name = 'provenance'"
)
# Whatever the server's default: each statement sees a state of its own, the last one what was written meanwhile.
_SETTING = b"SET default_transaction_isolation = 'read committed'"
# What the set tells is of a state before any server is asked. Where a change is under way or cut off, none is asked.
# ruff: noqa: S608 names of servers and tables of ours
_STATE = "SELECT searchable, checksum, xmin::text"
_OF_IT = "FROM checksums WHERE name = $1 AND NOT EXISTS (SELECT 1 FROM unfinished)"
_ASK = (
    f"PREPARE ask (text, text, text, text) AS {_STATE}, (SELECT sum(public.dblink_send_query(place,"
    " format('EXECUTE near_%s (%L, %L, %s)', $2, $1, $3, $4))) FROM unnest('{places}'::text[]) AS places (place))"
    f" {_OF_IT}"
)
_TOLD = f"PREPARE told (text) AS {_STATE} {_OF_IT}"
# Twice each: a connection takes the next question once it was heard that nothing else comes.
_HEAR = (
    "SELECT {part}, image_id, code"
    " FROM public.dblink_get_result('{place}'::text, true) AS answer (image_id bytea, code bytea)"
)
_MAY_NOT = ("42501", "2F003")
"""How it is told that this user may not use a server, or only with a password that none was given."""
_REST_S = 30.0
"""So long none of them is tried anew where one could not be reached: a machine that is gone is waited for 10 s, and
postgres_fdw, which answers or tells meanwhile, waits for it once more.
"""
Rows = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Beside:
    """Made when it is first used, and let go after any error."""

    address: Address
    set_id: str
    places: Sequence[str]
    """What the coordinator calls the servers with parts of the set."""
    _connection: psycopg.Connection | None = None
    _prepared: set[int] = field(default_factory=set)
    """Radii in bits."""
    _numbers: Iterator[int] = field(default_factory=count)
    _lacking: bool = False
    """Whether the coordinator has no dblink, or this user may not use it."""
    _rests_until_s: float = 0.0
    """By `clock_s`."""
    clock_s: Callable[[], float] = time.monotonic

    def reached(self, radius_bits: int) -> bool:
        """Whether the servers can be asked within that radius now."""
        import psycopg

        if self._lacking or self.clock_s() < self._rests_until_s:
            return False
        try:
            connection = self._connection or self._connected()
            if connection is not None and radius_bits not in self._prepared:
                self._tell(connection, near_prepared(radius_bits, f"near_{radius_bits}"))
                self._prepared.add(radius_bits)
        except (psycopg.Error, ReferenceSetError) as error:
            self._lacking = isinstance(error, psycopg.Error) and error.sqlstate in _MAY_NOT
            self._rests_until_s = self.clock_s() + _REST_S
            self.close()
        except BaseException:
            self.close()
            raise
        return self._connection is not None

    def ask(self, codes: Sequence[bytes], fingerprint: str, radius_bits: int) -> list[Rows] | None:
        """For each code the image ids and codes within the radius, which `reached` was told of.

        None where what the set tells was another before and behind, so that servers may have been asked in different
        states, and where one of them did not answer: whoever asks then asks again in another way, and is told why.
        Raises psycopg.errors.QueryCanceled where they took too long.
        """
        import psycopg

        try:
            return self._asked(codes, fingerprint, radius_bits)
        except BaseException as error:
            self.close()
            if isinstance(error, psycopg.errors.QueryCanceled) or not isinstance(error, psycopg.Error | LookupError):
                raise
            return None

    def close(self) -> None:
        """Let go of it. Closing twice is allowed."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._prepared.clear()

    def _connected(self) -> psycopg.Connection | None:
        """To the coordinator, and from there to all servers. Raises psycopg.Error, ReferenceSetError."""
        connection = self._connection = connect_again(self.address, self.set_id).connection
        if connection.execute(_THERE).fetchone() != (True,):
            self._lacking = True
            self.close()
            return None
        for place in self.places:
            connection.execute("SELECT public.dblink_connect(%s::text, %s::text)", (place, place))
        self._tell(connection, _ON_PARTS)
        twice = [_HEAR.format(part=part, place=place) for part, place in enumerate(self.places) for _ in range(2)]
        connection.execute(_SETTING)
        for statement in (_ASK.replace("{places}", f"{{{','.join(self.places)}}}"), _TOLD):
            connection.execute(statement.encode())
        connection.execute(f"PREPARE hear AS {' UNION ALL '.join(twice)}".encode())
        return connection

    def _tell(self, connection: psycopg.Connection, command: str) -> None:
        for place in self.places:
            connection.execute("SELECT public.dblink_exec(%s::text, %s::text)", (place, command))

    def _asked(self, codes: Sequence[bytes], fingerprint: str, radius_bits: int) -> list[Rows] | None:
        """Raises psycopg.Error, and LookupError where an answer is not that to this very question, or is not whole."""
        if self._connection is None:
            raise LookupError
        name, radius = fingerprint.encode(), str(radius_bits).encode()
        asked, numbers = list[tuple[bytes, Sequence[bytes]]](), [next(self._numbers) for _ in codes]
        for code, number in zip(codes, numbers, strict=True):
            bits = f"{int.from_bytes(code, 'big'):0{8 * len(code)}b}".encode()
            asked += [(b"ask", (name, radius, bits, str(number).encode())), (b"hear", ())]
        *answers, told = in_a_row(self._connection, [*asked, (b"told", (name,))])
        before, found = answers[::2], answers[1::2]
        if any([row[:3] for row in rows] != told for rows in before):
            self.close()  # what was asked of some may not have been asked of others
            return None
        return [_whole(rows, len(self.places), number) for rows, number in zip(found, numbers, strict=True)]


def _whole(rows: Sequence[Row], parts: int, number: int) -> Rows:
    """What was found, without the last row of each server's answer, which has the number of the question."""
    mark = struct.pack(">q", number)
    ended = sorted(part for part, image_id, code in rows if image_id is None and code == mark and part is not None)
    if ended != [struct.pack(">i", part) for part in range(parts)]:
        raise LookupError("a server did not answer that question")
    return [(image_id, code) for _, image_id, code in rows if image_id is not None and code is not None]
