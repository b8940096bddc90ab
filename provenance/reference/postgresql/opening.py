"""Connects to the database of a set: new, existing, or refused with a reason and a remedy."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...errors import ReferenceSetError, UnusableSetError
from ...model.canonical import iso
from ..digest import EMPTY
from .address import Address
from .faults import RESTORE, translated
from .plain import require_plain
from .schema import FORMAT_VERSION, SCHEMA, STEPS, TYPES
from .spread import SPREAD, lies_on, spread

if TYPE_CHECKING:
    import psycopg

INSTALL = "install it with: pip install 'provenance-desk[postgresql]'"
OLDEST_SERVER = 140000  # the first with bit_count
CONNECT_S, LOCK_S, STATEMENT_S, IDLE_S = 10, 30, 300, 300
_DEAD_S = 30  # a server that says nothing for so long while it owes a word is gone
_SETTINGS = (
    f"SET lock_timeout = {LOCK_S * 1000}",
    f"SET statement_timeout = {STATEMENT_S * 1000}",
    f"SET idle_in_transaction_session_timeout = {IDLE_S * 1000}",
    "SET jit = off",  # compiling, and starting helpers, take longer than a search does
    "SET max_parallel_workers_per_gather = 0",
    "SET plan_cache_mode = force_generic_plan",
    "SET work_mem = '64MB'",  # so that the codes of a million pictures are packed without a disk
    "SET enable_bitmapscan = off",  # which looks cheaper than it is where many values are looked up; see codes.py
    "SET synchronous_commit = on",
)
_LOCK = 0x50524F56  # whoever makes the tables keeps others from doing so; a number of our own
_COLUMNS = """
    SELECT c.relname, c.relkind::text, format_type(a.atttypid, NULL),
           EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal),
           (SELECT p.relname::text FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent WHERE i.inhrelid = c.oid
            AND p.relnamespace = c.relnamespace)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = %s AND c.relkind NOT IN ('i', 'I', 'S', 't') AND a.attnum > 0 AND NOT a.attisdropped"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A connection to a set."""

    connection: psycopg.Connection
    set_id: str
    parts: int
    """Over how many other servers its hashes and features are spread; 0 where they lie with the rest."""


def connect(
    address: Address, *, create: bool, name: str, set_id: str, now: datetime | None, parts: Sequence[Address] = ()
) -> Opened:
    """A connection to the set; made, with `parts` on other servers, or brought up to this format, with `create` alone.

    Raises ReferenceSetError.
    """
    try:
        from .patience import PatientConnection
    except ImportError as error:
        raise ReferenceSetError(
            "a set on a PostgreSQL server needs the driver psycopg, which is not installed", remedy=INSTALL
        ) from error
    with translated(address):
        connection = PatientConnection.connect(
            address.url,
            autocommit=True,
            client_encoding="UTF8",
            connect_timeout=CONNECT_S,
            application_name="provenance",
            keepalives_idle=_DEAD_S // 3,
            keepalives_interval=_DEAD_S // 6,
            keepalives_count=4,
            tcp_user_timeout=_DEAD_S * 1000,
        )
        try:
            _prepare(connection, address)
            require_plain(connection, address)
            if create and now is not None:
                row = (set_id or uuid.uuid4().hex, name or _database(address), iso(now), EMPTY)
                _make(connection, address, row, parts)
            set_id, number = _check(connection, address)
            return Opened(connection=connection, set_id=set_id, parts=number)
        except BaseException:
            connection.close()
            raise


def connect_again(address: Address, set_id: str) -> Opened:
    """A further connection to the set of that id. Raises ReferenceSetError, where another lies there by now, too."""
    made = connect(address, create=False, name="", set_id="", now=None)
    if made.set_id != set_id:
        made.connection.close()
        raise UnusableSetError(f"the reference set {address.shown} was exchanged for another", remedy=RESTORE)
    return made


def _prepare(connection: psycopg.Connection, address: Address) -> None:
    version = connection.info.server_version
    if version < OLDEST_SERVER:
        raise UnusableSetError(
            f"the server of {address.shown} is PostgreSQL {version // 10000}", remedy="use PostgreSQL 14 or later"
        )
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise UnusableSetError(
            f"the database {address.shown} keeps text as {encoding}",
            remedy="make one with: createdb --encoding=UTF8 --template=template0 NAME",
        )
    for setting in _SETTINGS:
        connection.execute(setting.encode())


def _make(
    connection: psycopg.Connection, address: Address, row: tuple[str, str, str, bytes], parts: Sequence[Address]
) -> None:
    """Make the tables, or take the steps that lack, in one transaction, unless somebody has."""
    with connection.transaction():
        # Whatever is the server's default: what is found below is of after both waits.
        connection.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        version = _version(connection)
        if version and parts and not _goes_on(connection, row[0], parts):
            raise ReferenceSetError(
                f"there is a set at {address.shown} already",
                remedy="name a database without one, then move that set there with: provenance refs copy",
            )
        if version >= FORMAT_VERSION:
            return
        if version == 0:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}".encode())
        else:  # no writer is midway, and the next one sees the new format
            connection.execute("SELECT 1 FROM reference_set FOR UPDATE")
        # What is made is made in the first schema of the list.
        connection.execute(f"SET LOCAL search_path = {SCHEMA}, pg_catalog, pg_temp".encode())
        for step in STEPS[version:]:
            for statement in step:
                connection.execute(statement.encode())
        if version == 0:
            connection.execute("INSERT INTO format VALUES (1, %s)", (FORMAT_VERSION,))
            connection.execute("INSERT INTO reference_set VALUES (1, %s, %s, %s, %s, 0)", row)
        connection.execute("UPDATE format SET version = %s", (FORMAT_VERSION,))
        if parts and version == 0:
            spread(connection, address, parts)


def _goes_on(connection: psycopg.Connection, set_id: str, parts: Sequence[Address]) -> bool:
    """Whether the set there is the very one that is to be made, on these servers: a copy into it was cut off."""
    there = _one(connection, f"SELECT set_id FROM {SCHEMA}.reference_set")  # noqa: S608 a name of ours
    return there == set_id and lies_on(connection, parts)


def _version(connection: psycopg.Connection) -> int:
    """The format of the set there; 0 when there is none."""
    if _one(connection, "SELECT to_regclass(%s)::text", f"{SCHEMA}.format") is None:
        return 0
    return _told_version(connection)


def _told_version(connection: psycopg.Connection) -> int:
    version = _one(connection, f"SELECT version FROM {SCHEMA}.format")  # noqa: S608 a name of ours
    if not isinstance(version, int):
        raise ValueError("its format is not what was written")  # noqa: TRY004 damage of the set, not of a call
    return version


def _check(connection: psycopg.Connection, address: Address) -> tuple[str, int]:
    """Refuse what is no set, or of another format, or one whose tables do something of their own; the set's id, and how
    many other servers it is spread over.
    """
    version = _version(connection)
    if version == 0:
        raise ReferenceSetError(
            f"there is no reference set at {address.shown}",
            remedy=f"check the name, or make one with: provenance add FOLDER --set {address.shown}",
        )
    _require_ours(version, address)
    found = connection.execute(_COLUMNS, (SCHEMA,)).fetchall()
    kinds = {table: (kind, part) for table, kind, _, _, part in found}
    number = _parts(kinds)
    strange = {table for table, _, typed, acts, _ in found if typed not in TYPES or acts}
    if number is None:
        strange |= {table for table, (kind, _) in kinds.items() if kind != "r"}
    if strange:
        raise UnusableSetError(
            f"{address.shown} has tables that no reference set has", remedy="do not use this database"
        )
    set_id = _one(connection, "SELECT set_id FROM reference_set")
    if not isinstance(set_id, str):
        raise ValueError("its first row is missing")  # noqa: TRY004 damage of the set, not of a call
    return set_id, number or 0


def require_known(connection: psycopg.Connection, address: Address) -> None:
    """Raises UnusableSetError where a newer program brought the set up since it was opened: what this one writes would
    no longer fit what that one keeps.
    """
    _require_ours(_told_version(connection), address)


def _require_ours(version: int, address: Address) -> None:
    if version == FORMAT_VERSION:
        return
    newer = version > FORMAT_VERSION
    bring_up = "once every desk has this version, bring it up with: provenance add FOLDER --set SET"
    raise UnusableSetError(
        f"the reference set {address.shown} has format {version}, this version of provenance uses {FORMAT_VERSION}",
        remedy="install a newer provenance" if newer else bring_up,
    )


def _parts(kinds: Mapping[str, tuple[str, str | None]]) -> int | None:
    """How many other servers the tables are spread over, 0 for none; None for tables of a kind that no set has."""
    number = sum(kind == "f" for kind, _ in kinds.values()) // len(SPREAD)
    right: dict[str, tuple[str, str | None]] = {
        f"{name}_{part}": ("f", name) for name in SPREAD for part in range(number)
    }
    right |= dict.fromkeys(SPREAD, ("p", None)) if number else {}
    return number if all(right.get(table, ("r", None)) == kind for table, kind in kinds.items()) else None


def _one(connection: psycopg.Connection, sql: str, *values: object) -> object:
    row = connection.execute(sql.encode(), values).fetchone()
    return None if row is None else row[0]


def _database(address: Address) -> str:
    return unquote(address.shown.partition("?")[0].rpartition("/")[2]) or "set"
