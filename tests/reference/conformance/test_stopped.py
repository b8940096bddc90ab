"""Ctrl-C while a server works: the driver has it cancelled, and what is asked next may be cancelled in its place."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from provenance.errors import ReferenceSetError
from provenance.reference.open import open_set
from tests.reference.pictures import entry

psycopg = pytest.importorskip("psycopg")
from provenance.reference.postgresql import unfinished  # noqa: E402 which needs the driver
from provenance.reference.postgresql.address import Address  # noqa: E402
from provenance.reference.postgresql.faults import translated  # noqa: E402

CANCELED = psycopg.errors.QueryCanceled("canceling statement due to user request")


@contextmanager
def tidied_up_late() -> Iterator[None]:
    try:
        yield
    finally:
        raise CANCELED


def test_ctrl_c_is_not_told_as_a_server_that_took_too_long() -> None:
    address = Address(shown="postgresql://desk@server/set", secrets=(), url="postgresql://desk@server/set")
    with pytest.raises(KeyboardInterrupt), translated(address), tidied_up_late():
        raise KeyboardInterrupt
    with pytest.raises(ReferenceSetError, match="took too long"), translated(address), tidied_up_late():
        pass
    with pytest.raises(ReferenceSetError, match="took too long"), translated(address), tidied_up_late():
        raise CANCELED


def test_a_lock_that_was_not_given_back_goes_with_its_connection(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no writer waits for a reader that is not there any more."""
    open_set(url, create=True).close()
    with psycopg.connect(url, autocommit=True) as reader, psycopg.connect(url, autocommit=True) as writer:
        with pytest.raises(KeyboardInterrupt), unfinished.no_writer(reader):
            monkeypatch.setattr(reader, "execute", lambda *_: (_ for _ in ()).throw(CANCELED))
            raise KeyboardInterrupt
        assert reader.closed
        writer.execute("SET lock_timeout = 5000")
        writer.execute("SELECT pg_advisory_lock(%s)", (unfinished._LOCK,))
    store = open_set(url)
    store.add([entry(1)])
    assert store.state().pictures == 1
    store.close()
