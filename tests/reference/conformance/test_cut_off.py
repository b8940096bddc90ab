"""A change of a set over three servers that is cut off before each of its four commits, and what the next write makes
of it: the answers of a file with the same history.
"""

import threading
import time

import pytest

from benchmarks.archive.servers import Server
from provenance.errors import ReferenceSetError, UnusableSetError
from provenance.reference.postgresql import unfinished
from tests.reference.conformance.cutting import CHANGES, COORDINATOR, LATE, WHEN, alike, cut_before, held
from tests.reference.conformance.test_conformance import NOW, WHOLE, entry
from tests.reference.pictures import features, image_id, probe_of

psycopg = pytest.importorskip("psycopg")


@pytest.mark.parametrize("named", CHANGES)
def test_a_change_that_is_cut_off_before_any_of_its_commits_is_undone_by_the_next_write(
    named: str, both, parts, monkeypatch
) -> None:
    monkeypatch.setattr(unfinished, "_AT_ONCE", 5)
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


def _let_on_once_it_waits(part: Server, connection) -> None:
    """Give the lock back when what is mended waits for a row behind the commit that waits for that lock."""
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event <> 'advisory'"
    with psycopg.connect(part.url(), autocommit=True) as looking:
        while looking.execute(waits).fetchone() == (0,):
            time.sleep(0.05)
    connection.execute("SELECT pg_advisory_unlock(7)")


@pytest.mark.parametrize("named", ["an addition", "a removal"])
def test_a_server_that_commits_after_its_coordinator_ended(named: str, both, servers, parts) -> None:
    spread, file = both
    before, change = CHANGES[named]
    for store in both:
        before(store)
    with psycopg.connect(parts[1].url(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7)")
        connection.execute(LATE)
        connection.execute(WHEN.format(table="fingerprints"))
        wrong: list[BaseException] = []

        def cut() -> None:
            try:
                change(spread)
            except BaseException as error:
                wrong.append(error)

        writer = threading.Thread(target=cut)
        writer.start()
        query = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = 'COMMIT TRANSACTION'"
        while connection.execute(query).fetchone() != (1,):
            assert writer.is_alive(), wrong
            time.sleep(0.01)
        one = servers("embedded-postgres")
        one.stop()
        writer.join()
        assert isinstance(wrong[0], ReferenceSetError)
        one.start()
        assert connection.execute(query).fetchone() == (1,)  # it is not through yet
        if named == "an addition":
            assert spread.finish()
        else:  # a row that is being taken away is waited for, and then it is to be tried again
            let_on = threading.Thread(target=_let_on_once_it_waits, args=(parts[1], connection))
            let_on.start()
            with pytest.raises(ReferenceSetError) as caught:
                spread.finish()
            assert "try again" in caught.value.remedy
            let_on.join()
        connection.execute("SELECT pg_advisory_unlock_all()")
        while connection.execute(query).fetchone() != (0,):
            time.sleep(0.01)
        connection.execute("DROP FUNCTION provenance_part.end_it CASCADE")
    if named == "an addition":
        assert spread.verify().wrong  # what came late is told
    assert spread.seal(whole=True) == ""
    assert alike(spread, file)
