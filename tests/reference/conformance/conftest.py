"""A set in a database."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def store(url: str) -> Iterator[object]:
    """Empty, and with lists of points as soon as there are eight pictures."""
    from provenance.reference.postgresql.store import PostgreSQLStore

    made = PostgreSQLStore(url, create=True)
    made._voter.block_pictures = 8
    yield made
    made.close()
