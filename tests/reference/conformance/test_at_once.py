"""Servers of a spread set that are asked at once: what comes is whole, or is asked for in another way."""

import contextlib
import dataclasses
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator

import pytest

from benchmarks.archive.servers import Server
from provenance.errors import ReferenceSetError
from provenance.model.record import Hit
from provenance.reference.open import open_set
from provenance.reference.postgresql import at_once
from tests.reference.conformance.engines import SHARDS, alter, opened
from tests.reference.pictures import code, entry

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


def test_functions_of_somebody_else_are_not_taken_for_those_of_the_extension(spread, asked) -> None:
    """Before PostgreSQL 15 any user could make some in `public`, and have them run by whoever asks."""
    right = spread.near(CODES, NAME, 31)
    spread._beside.close()
    alter(
        spread._address.url,
        "DROP EXTENSION dblink",
        *(
            f"CREATE FUNCTION public.{name} RETURNS {returned} LANGUAGE plpgsql AS"
            " $$ BEGIN CREATE TABLE public.taken_in AS SELECT current_user; RETURN; END $$"
            for name, returned in (
                ("dblink_connect(text, text)", "void"),
                ("dblink_send_query(text, text)", "void"),
                ("dblink_exec(text, text)", "void"),
                ("dblink_get_result(text, boolean)", "SETOF record"),
            )
        ),
    )
    try:
        assert spread.seal(whole=True) == ""  # which cannot give it back
        assert [spread.near(CODES, NAME, 31) for _ in range(2)] == [right] * 2 and asked == []
        with psycopg.connect(spread._address.url) as connection:
            assert connection.execute("SELECT to_regclass('public.taken_in')::text").fetchone() == (None,)
    finally:
        alter(
            spread._address.url,
            "DROP TABLE IF EXISTS public.taken_in",
            "DROP FUNCTION public.dblink_connect(text, text), public.dblink_send_query(text, text),"
            " public.dblink_exec(text, text), public.dblink_get_result(text, boolean)",
        )


@pytest.mark.parametrize(
    "options", ["", "&options=-c%20standard_conforming_strings%3Doff%20-c%20bytea_output%3Descape"]
)
def test_a_name_is_no_part_of_what_is_asked(spread, asked, options: str) -> None:
    names = ["it's; \"x\" \\' %s %L {} $1", "'); DROP TABLE provenance_part.fingerprints; --", "\u00e9/\U0001f4f7"]
    made = entry(99).fingerprints[0]
    for number, name in enumerate(names):
        spread.add([dataclasses.replace(entry(50 + number), fingerprints=(dataclasses.replace(made, name=name),))])
    with contextlib.closing(open_set(spread._address.url + options)) as desk:
        desk._codes.fewest_banded = 0
        for number, name in enumerate(names):
            hits = [Hit(distance_bits=0, image_id=entry(50 + number).image_id)]
            assert [desk.near([made.code], name, 3) for _ in range(2)] == [[hits]] * 2
    assert asked == [3, 3, 3] and spread.verify().wrong == ()


def test_connections_that_servers_ended_are_made_again(spread, parts, asked) -> None:
    right = spread.near(CODES, NAME, 31)
    ended = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    for _ in range(2):
        assert spread.near(CODES, NAME, 31) == right
        for part in parts:
            with psycopg.connect(part.url()) as connection:
                connection.execute(ended)
        assert spread.near(CODES, NAME, 31) == right
    assert asked == [7, 7, 7, 7]


def test_a_server_that_cannot_be_reached_is_not_tried_for_each_question(spread, parts, asked, monkeypatch) -> None:
    right = spread.near(CODES, NAME, 31)
    tried: list[str] = []
    connect = at_once.connect_again

    def counted(address, set_id):
        tried.append(set_id)
        return connect(address, set_id)

    monkeypatch.setattr(at_once, "connect_again", counted)
    parts[1].stop()
    try:
        for _ in range(3):
            with pytest.raises(ReferenceSetError, match="does not reach one of the servers") as caught:
                spread.near(CODES, NAME, 31)
            assert caught.value.remedy and len(tried) == 1
    finally:
        parts[1].start()
    assert spread.near(CODES, NAME, 31) == right and asked == []
    spread._beside.clock_s = lambda: time.monotonic() + 31
    assert spread.near(CODES, NAME, 31) == right and asked == [7] and len(tried) == 2


def _ctrl_c_once_it_waits(part: Server) -> None:
    with psycopg.connect(part.url(), autocommit=True) as looking:
        while looking.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'").fetchone() is None:
            time.sleep(0.05)
    signal.raise_signal(signal.SIGINT)


def test_after_ctrl_c_nothing_stays_open_and_the_next_answer_is_its_own(spread, parts) -> None:
    right = spread.near(CODES, NAME, 31)
    assert spread.near(CODES, NAME, 31) == right
    beside = spread._beside._connection
    with psycopg.connect(parts[2].url()) as holding:
        holding.execute("LOCK provenance_part.fingerprints IN ACCESS EXCLUSIVE MODE")
        stopping = threading.Thread(target=_ctrl_c_once_it_waits, args=(parts[2],))
        # A shell's background jobs are born deaf to it, and would ask for ever.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            stopping.start()
            with pytest.raises(KeyboardInterrupt):
                while True:
                    spread.near(CODES[:1], NAME, 0)
            stopping.join()
        finally:
            signal.signal(signal.SIGINT, before)
    assert beside.closed and spread._beside._connection is None
    assert [spread.near(CODES, NAME, 31) for _ in range(2)] == [right] * 2


def test_a_table_of_a_part_that_was_changed_is_asked_as_it_is_now(spread, parts, asked) -> None:
    """A plan that was prepared before is made anew, or the question asked in the other way."""
    right = spread.near(CODES, NAME, 31)
    assert spread.near(CODES, NAME, 31) == right
    for part in parts:
        with psycopg.connect(part.url()) as connection:
            connection.execute("ALTER TABLE provenance_part.fingerprints ADD COLUMN more integer DEFAULT 7")
    alter(spread._address.url, "ALTER TABLE checksums ADD COLUMN more integer")
    try:
        assert spread.near(CODES, NAME, 31) == right and asked == [7, 7]
        spread.add([entry(60)])
        assert [hit.image_id for hit in spread.near([code(60)], NAME, 0)[0]] == [entry(60).image_id]
    finally:
        alter(spread._address.url, "ALTER TABLE checksums DROP COLUMN more")


def test_no_password_of_a_server_is_told(spread, parts) -> None:
    """Of a server that does not take the desk any more: dblink's error, or that of postgres_fdw, is not shown whole."""
    right = spread.near(CODES, NAME, 31)
    alter(
        spread._address.url,
        "ALTER SERVER provenance_part_1 OPTIONS (SET port '1')",
        "ALTER USER MAPPING FOR CURRENT_USER SERVER provenance_part_1 OPTIONS (ADD password 'hunter2')",
    )
    with contextlib.closing(open_set(spread._address.url)) as desk:
        desk._codes.fewest_banded = 0
        desk._codes.banded.add(NAME)
        with pytest.raises(ReferenceSetError) as caught:
            desk.near(CODES, NAME, 31)
        shown = "".join(traceback.format_exception(caught.value)) + caught.value.remedy
        assert "hunter2" not in shown and right[0]
