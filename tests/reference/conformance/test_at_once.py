"""Servers of a spread set that are asked at once: what comes is whole, or is asked for in another way."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from benchmarks.archive.servers import Server
from provenance.reference.open import open_set
from provenance.reference.postgresql import at_once
from tests.reference.conformance.engines import SHARDS, alter, opened
from tests.reference.test_store import code, entry

psycopg = pytest.importorskip("psycopg")
NAME = "phash256/1"
CODES = [code(number) for number in (7, 8, 300)]


@pytest.fixture
def spread(servers: Callable[..., Server], tmp_path) -> Iterator[object]:
    with contextlib.closing(opened(SHARDS, servers, tmp_path)) as store:
        store.add([entry(number) for number in range(40)])
        yield store


@pytest.fixture
def asked(monkeypatch) -> list[int]:
    """How many statements each question took that was asked of all servers at once."""
    numbers: list[int] = []
    ask = at_once.in_a_row

    def counted(connection, statements):
        numbers.append(len(statements))
        return ask(connection, statements)

    monkeypatch.setattr(at_once, "in_a_row", counted)
    return numbers


def test_each_radius_and_number_of_codes_is_answered_as_by_one_server(spread, asked, tmp_path, servers) -> None:
    with contextlib.closing(opened("SQLite", servers, tmp_path)) as file:
        file.add([entry(number) for number in range(40)])
        spread.near(CODES, NAME, 31)
        for radius in range(32):
            assert spread.near(CODES, NAME, radius) == file.near(CODES, NAME, radius)
        assert spread.near([], NAME, 31) == []
    assert asked == [7] * 32 + [1]


SHORT: dict[str, Callable[[list], list]] = {
    "no answer of one server": lambda rows: [row for row in rows if row[0] != rows[-1][0]],
    "one that was cut": lambda rows: rows[:-1],
    "one to another question": lambda rows: [*rows[:-1], (*rows[-1][:2], b"\0" * 8)],
    "one that came twice": lambda rows: [*rows, rows[-1]],
    "none": lambda rows: [],
}


@pytest.mark.parametrize("what", SHORT)
def test_an_answer_that_is_not_whole_is_never_given(spread, what: str, monkeypatch) -> None:
    right = spread.near(CODES, NAME, 31)
    assert spread.near(CODES, NAME, 31) == right and right[0]
    ask = at_once.in_a_row
    done: list[str] = []

    def short(connection, statements):
        answers = ask(connection, statements)
        for place, (name, _) in enumerate(statements):
            if name == b"hear":
                answers[place] = SHORT[what](answers[place])
        done.append(what)
        return answers

    with monkeypatch.context() as patch:
        patch.setattr(at_once, "in_a_row", short)
        assert spread.near(CODES, NAME, 31) == right and done == [what]
        assert spread._beside.ask(CODES, NAME, 31) is None  # it was let go
    assert spread.near(CODES, NAME, 31) == right


def test_what_a_server_answered_too_late_is_not_taken_for_the_next_answer(spread, asked) -> None:
    """A question that nobody heard the answer to: the next one is refused by dblink, or hears another number."""
    right = spread.near(CODES, NAME, 31)
    assert spread.near(CODES, NAME, 31) == right
    spread._beside._connection.execute(
        "SELECT public.dblink_send_query('provenance_part_1', 'SELECT image_id, code FROM fingerprints')"
    )
    assert spread.near(CODES, NAME, 31) == right
    assert spread.near(CODES, NAME, 31) == right and asked == [7, 7, 7]


@pytest.mark.parametrize("isolated", ["", "&options=-c%20default_transaction_isolation%3Dserializable"])
def test_a_change_while_a_server_is_still_answering_is_seen(spread, parts, isolated: str) -> None:
    """It waits for a lock meanwhile: all of the question is one round trip, and its last statement sees the change."""
    with contextlib.ExitStack() as stack:
        desk = stack.enter_context(contextlib.closing(open_set(spread._address.url + isolated)))
        desk._codes.fewest_banded = 0
        assert desk.near(CODES, NAME, 31) == desk.near(CODES, NAME, 31)
        beside = desk._beside
        assert beside.ask(CODES, NAME, 31) is not None
        holding = stack.enter_context(psycopg.connect(parts[2].url()))
        holding.execute("LOCK provenance_part.fingerprints IN ACCESS EXCLUSIVE MODE")
        told: list[object] = []
        asking = threading.Thread(target=lambda: told.append(beside.ask(CODES, NAME, 31)))
        asking.start()
        looking = stack.enter_context(psycopg.connect(parts[2].url(), autocommit=True))
        waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        while looking.execute(waits).fetchone() is None:
            assert asking.is_alive()
            time.sleep(0.05)
        alter(spread._address.url, "UPDATE checksums SET searchable = searchable")
        holding.commit()
        asking.join()
        assert told == [None]


def test_without_the_extension_servers_are_asked_by_the_other_and_reindex_gives_it_back(spread, asked) -> None:
    right = spread.near(CODES, NAME, 31)
    alter(spread._address.url, "DROP EXTENSION dblink")
    assert spread.near(CODES, NAME, 31) == spread.near(CODES, NAME, 31) == right and asked == []
    assert spread.seal(whole=True) == ""
    with contextlib.closing(open_set(spread._address.url)) as desk:
        desk._codes.fewest_banded = 0
        assert [desk.near(CODES, NAME, 31) for _ in range(3)] == [right] * 3
    assert asked == [7, 7]


@pytest.mark.parametrize("more", [(), ("GRANT USAGE ON FOREIGN SERVER {} TO plain_desk",)])
def test_a_user_who_may_not_use_the_extension_is_answered_by_the_other(spread, asked, more) -> None:
    """No use of the servers but through their tables; or no password, which dblink asks of all but superusers."""
    right = spread.near(CODES, NAME, 31)
    url = spread._address.url
    mapped = "CREATE USER MAPPING FOR plain_desk SERVER {} OPTIONS (user 'postgres', password_required 'false')"
    each = [one.format(f"provenance_part_{part}") for part in range(3) for one in (mapped, *more)]
    alter(url, "CREATE ROLE plain_desk", "GRANT USAGE ON SCHEMA provenance TO plain_desk",
          "GRANT SELECT ON ALL TABLES IN SCHEMA provenance TO plain_desk", *each)  # fmt: skip
    try:
        with contextlib.closing(open_set(f"{url}&options=-c%20role%3Dplain_desk")) as desk:
            desk._codes.fewest_banded = 0
            assert [desk.near(CODES, NAME, 31) for _ in range(3)] == [right] * 3
            assert desk._beside._lacking and not desk._beside.reached(31) and asked == []
    finally:
        alter(url, "DROP OWNED BY plain_desk CASCADE", "DROP ROLE plain_desk")


def test_a_server_that_fails_is_told_and_its_connection_lives_on_or_is_let_go(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("PREPARE halved (text) AS SELECT 12 / $1::int4")
        asked = [(b"halved", (b"3",)), (b"halved", (b"0",)), (b"halved", (b"4",))]
        with pytest.raises(psycopg.errors.DivisionByZero):
            at_once.in_a_row(connection, asked)
        assert at_once.in_a_row(connection, asked[::2]) == [[(b"\0\0\0\4",)], [(b"\0\0\0\3",)]]
        assert connection.execute("SELECT 1").fetchone() == (1,)
        connection.execute("PREPARE ended AS SELECT pg_terminate_backend(pg_backend_pid())")
        with pytest.raises(psycopg.OperationalError):
            at_once.in_a_row(connection, [(b"ended", ()), *asked])
        assert connection.closed
