"""Changes of a set over three servers, cut off before any of their four commits."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.archive.servers import Server
from provenance.errors import ReferenceSetError
from provenance.reference.postgresql import unfinished
from tests.reference.conformance.test_conformance import NOW, PICTURES, asked, entry, votes
from tests.reference.pictures import features, image_id

psycopg = pytest.importorskip("psycopg")
ALL = range(PICTURES)
COORDINATOR = 3
END = """
    CREATE FUNCTION provenance_part.end_it() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END $$"""
LATE = """
    CREATE FUNCTION provenance_part.end_it() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(7); RETURN NULL; END $$"""
WHEN = """
    CREATE CONSTRAINT TRIGGER end_it AFTER INSERT OR UPDATE OR DELETE ON provenance_part.{table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION provenance_part.end_it()"""


def exchanged(number: int):
    """The picture with other features, as many and under the same name."""
    return replace(entry(number, 1), features=features(number + 50))


def corrected(number: int):
    return replace(entry(number, 1), fingerprints=entry(number + 1, 1).fingerprints, width_px=9)


CHANGES = {  # what is there before, and what is cut off
    "an addition": (
        lambda store: store.add([entry(number, 1) for number in range(3)], now=NOW),
        lambda store: store.add([entry(number, number + 1) for number in ALL], now=NOW + timedelta(hours=1)),
    ),
    "a removal": (
        lambda store: store.add([entry(number, 1 + number % 3) for number in ALL], now=NOW),
        lambda store: store.remove([image_id(number) for number in range(12)]),
    ),
    "hashes and features of a newer version": (
        lambda store: store.add([entry(number, 0) for number in ALL], now=NOW),
        lambda store: store.add([entry(number, 1) for number in ALL], now=NOW, known_only=True),
    ),
    "all that is known made anew": (
        lambda store: store.add([entry(number, 1 + number % 3) for number in ALL], now=NOW),
        lambda store: store.add(list(map(corrected, ALL)), now=NOW, anew=set(map(image_id, ALL))),
    ),
    "local features made anew": (
        lambda store: store.add([entry(number, 1) for number in ALL], now=NOW),
        lambda store: store.add(list(map(exchanged, ALL)), now=NOW),
    ),
}


@contextlib.contextmanager
def cut_before(number: int, parts: list[Server], monkeypatch) -> Iterator[None]:
    """End that server's session while it commits; the coordinator cannot commit when all others have."""
    forget = unfinished.forget

    def cut(connection) -> None:
        forget(connection)
        connection.execute("CREATE TEMP TABLE cut_one (one INTEGER PRIMARY KEY) ON COMMIT DELETE ROWS")
        connection.execute("CREATE TEMP TABLE cut_two (one INTEGER REFERENCES cut_one)")

    if number == COORDINATOR:
        with monkeypatch.context() as patch:
            patch.setattr(unfinished, "forget", cut)
            yield
        return
    with psycopg.connect(parts[number].url(), autocommit=True) as connection:
        connection.execute(END)
        for table in unfinished.SPREAD:
            connection.execute(WHEN.format(table=table))
        try:
            yield
        finally:
            connection.execute("DROP FUNCTION provenance_part.end_it CASCADE")


def held(parts: list[Server]) -> list[object]:
    """All rows of each server."""
    found = []
    for part in parts:
        with psycopg.connect(part.url()) as connection:
            rows = [connection.execute(f"SELECT md5(t::text) FROM provenance_part.{table} t").fetchall()
                    for table in unfinished.SPREAD]  # fmt: skip
            found.append([sorted(some) for some in rows])
    return found


def alike(spread, file) -> bool:
    found = spread.verify()
    assert found.wrong == () and found.segments_damaged == 0
    return (asked(spread), votes(spread)) == (asked(file), votes(file))


def removal_cut_off(both, parts, monkeypatch) -> None:
    """Before the coordinator: all other servers have lost the pictures."""
    before, change = CHANGES["a removal"]
    for store in both:
        before(store)
    with cut_before(COORDINATOR, parts, monkeypatch), pytest.raises(ReferenceSetError):
        change(both[0])
