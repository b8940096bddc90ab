"""A set on a server: what is refused, what is told, what is never told, and what happens when the server goes away."""

import contextlib
import select
import socket
import sys
import threading
from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from benchmarks.archive.servers import emptied
from provenance.errors import ProvenanceError, ReferenceSetError, StatementsError, UnusableSetError
from provenance.model.record import Record
from provenance.reference.open import open_set
from provenance.reference.postgresql import opening, schema
from provenance.reference.postgresql.address import parsed
from provenance.reference.postgresql.store import PostgreSQLStore
from tests.reference.test_features import entry as featured
from tests.reference.test_features import features, image_id, probe_of
from tests.reference.test_store import FULL, NOW, code, entry

psycopg = pytest.importorskip("psycopg")
from provenance.reference.postgresql import patience  # noqa: E402 which needs the driver

SECRET = "hunter2+/"


@pytest.fixture
def store(url: str) -> Iterator[PostgreSQLStore]:
    made = PostgreSQLStore(url, create=True)
    made._voter.block_pictures = 8
    yield made
    made.close()


def alter(url: str, *statements: str) -> None:
    """Change what is in the database, as somebody else would."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET search_path = provenance")
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://desk@server/refs", "postgresql://desk@server/refs"),
        ("postgres://desk:hunter2%2B%2F@server:6543/refs?sslmode=require", "postgresql://desk@server:6543/refs"),
        ("postgresql:///refs?host=%2Frun%2Fpg&user=desk&password=hunter2%2B/",
         "postgresql://desk@/refs?host=/run/pg"),
        ("postgresql://a:hunter2@one:1,[::1]:2/refs", "postgresql://a@one:1,[::1]:2/refs"),
        ("postgresql://x/refs?sslpassword=hunter2%2B/&passfile=/hunter2", "postgresql://x/refs"),
    ],
)  # fmt: skip
def test_what_is_shown_of_a_url_holds_no_password(url: str, shown: str) -> None:
    address = parsed(url)
    assert address.shown == shown and "hunter2" not in f"{address} {address!r}"
    assert "hunter2" not in address.without_secrets(f"{url} {unquote(url)}")


@pytest.mark.parametrize(
    "url",
    ["postgresql://", "postgresql://server", "postgresql://u:hunter2/x@server/refs", "postgresql://u:hunter2#@server/refs",
     "postgresql://u:hunter2?@server/refs", "postgresql://u:p@hunter2:hunter2/refs", "postgresql://[hunter2/refs"],
)  # fmt: skip
def test_a_url_that_names_nothing_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(ReferenceSetError) as caught:
        open_set(url)
    assert caught.value.remedy and "hunter2" not in f"{caught.value} {caught.value.remedy}"


def test_a_wrong_password_and_a_dead_server_are_told_without_the_password(one_server) -> None:
    right = one_server.url(over_tcp=True)
    store = open_set(right, create=True)
    assert "s3cret" not in store.where and store.state().pictures == 0
    store.close()
    wrong = right.replace("s3cret", SECRET.replace("/", "%2F"))
    dead = wrong.replace(str(one_server.port), "1")
    nobody = right.rpartition("/")[0] + "/nothing?options=-cfoo%3Dhunter2"
    for url, words in ((wrong, "does not let this user in"), (dead, "cannot be reached"), (nobody, "no such database")):
        with pytest.raises(ReferenceSetError, match=words) as caught:
            open_set(url)
        told = f"{caught.value} {caught.value.remedy}"
        assert "hunter2" not in told and "s3cret" not in told and caught.value.remedy
        assert caught.value.__suppress_context__ and caught.value.__cause__ is None


def test_without_the_driver_the_error_says_what_to_install(url: str, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, patience.__name__)
    with pytest.raises(ReferenceSetError, match="not installed") as caught:
        open_set(url)
    assert "provenance-desk[postgresql]" in caught.value.remedy


def test_a_database_without_a_set_is_none_and_is_left_as_it_was(url: str) -> None:
    with pytest.raises(ReferenceSetError, match="there is no reference set"):
        open_set(url)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT to_regnamespace('provenance')").fetchone() == (None,)


def test_a_set_of_a_newer_format_is_refused_and_an_older_one_is_brought_up_by_adding_alone(url, monkeypatch) -> None:
    open_set(url, create=True).close()
    later = ("CREATE TABLE later (one INTEGER PRIMARY KEY)",)
    with monkeypatch.context() as newer:
        for room in (opening, schema):
            newer.setattr(room, "STEPS", (*schema.STEPS, later))
            newer.setattr(room, "FORMAT_VERSION", 2)
        with pytest.raises(UnusableSetError, match="format 1") as caught:
            open_set(url)
        assert "provenance add" in caught.value.remedy
        open_set(url, create=True).close()
        open_set(url).close()
    for create in (False, True):
        with pytest.raises(UnusableSetError, match="format 2") as caught:
            open_set(url, create=create)
        assert "newer provenance" in caught.value.remedy


def test_desks_that_write_at_once_lose_nothing_and_double_nothing(url: str) -> None:
    """Six of them make the set together, each adds pictures of its own and the same ones as all others."""
    wrong: list[BaseException] = []

    def desk(number: int) -> None:
        try:
            with contextlib.closing(open_set(url, create=True)) as store:
                for start in range(0, 24, 6):
                    mine = [entry(1_000 * number + start + one, FULL) for one in range(6)]
                    store.add([*mine, *(entry(one, Record(publisher=str(number))) for one in range(4))])
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=desk, args=(number,)) for number in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with contextlib.closing(open_set(url)) as store:
        assert store.count() == {"pictures": 6 * 24 + 4, "records": 6 * 24 + 4 * 6, "edits": 0, "files": 0}
        assert store.state().pictures == 6 * 24 + 4 and store.verify().wrong == ()


def test_what_another_desk_wrote_is_in_the_next_answer_and_codes_are_read_once(url: str, store) -> None:
    other = open_set(url)
    other.add([entry(number) for number in range(40)])
    assert [hit.image_id for hit in store.near([code(7)], "phash256/1", 60)[0]] == [entry(7).image_id]
    other.add([entry(99)])
    other.remove([entry(7).image_id])
    assert store.near([code(7), code(99)], "phash256/1", 60)[0] == []
    assert [hit.image_id for hit in store.near([code(99)], "phash256/1", 60)[0]] == [entry(99).image_id]
    before = store._codes.known["phash256/1"].rows
    other.add([entry(100)])
    assert store.near([code(100)], "phash256/1", 60)[0]
    assert len(store._codes.known["phash256/1"].rows) == len(before) + 1 == 41
    other.close()


def test_lists_of_points_are_made_merged_and_made_anew_when_they_are_wrong(url, store, monkeypatch) -> None:
    monkeypatch.setattr("provenance.reference.postgresql.lists.MERGED", (16, 32))
    for start in range(0, 40, 8):
        store.add([featured(seed, features(seed)) for seed in range(start, start + 8)])
    store.remove([image_id(3)])
    with psycopg.connect(url) as connection:
        sizes = connection.execute("SELECT pictures FROM provenance.blocks ORDER BY last").fetchall()
    assert sizes == [(32,), (8,)]
    probe = probe_of(features(9), flipped_bits=9)
    before = store.vote(probe, "points/1", 5)
    assert before[0].image_id == image_id(9) and store.verify().segments_damaged == 0
    alter(url, "UPDATE postings SET points = substr(points, 25) WHERE word = 3")
    assert store.verify().segments_damaged == 2 and store.verify().wrong == ()
    assert store.seal(whole=True) == ""
    assert store.verify().segments_damaged == 0 and store.vote(probe, "points/1", 5) == before


def test_who_may_only_read_searches_and_is_told_so_when_he_adds(url: str, store) -> None:
    store.add([entry(1, FULL), featured(2, features(2))])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP OWNED BY reader CASCADE" if _there(connection) else "CREATE ROLE reader LOGIN")
    alter(
        url, "GRANT USAGE ON SCHEMA provenance TO reader", "GRANT SELECT ON ALL TABLES IN SCHEMA provenance TO reader"
    )
    reader = open_set(url.replace("postgres@", "reader@"))
    assert reader.near([code(1)], "phash256/1", 60)[0] and reader.verify().wrong == ()
    assert reader.vote(probe_of(features(2)), "points/1", 1)[0].image_id == image_id(2)
    with pytest.raises(ReferenceSetError, match="does not let this user do that") as caught:
        reader.add([entry(3)])
    assert caught.value.remedy and reader.state().pictures == 2
    reader.close()


def _there(connection: psycopg.Connection) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'reader'").fetchone() is not None


def test_a_lost_connection_is_an_error_and_the_next_question_is_answered(url: str, store) -> None:
    store.add([entry(1, FULL)])
    _end_all(url)
    with pytest.raises(ReferenceSetError) as caught:
        store.add([entry(2)])
    assert caught.value.remedy and "try again" in caught.value.remedy
    assert store.state().pictures == 1
    with pytest.raises(ReferenceSetError), store._session.writing() as (connection, _):
        connection.execute("DELETE FROM images")
        _end_all(url)
        connection.execute("DELETE FROM fingerprints")
    assert store.add([entry(2)]).pictures_added == 1 and store.verify().wrong == ()


def test_a_server_that_stops_is_an_error_and_one_that_is_back_answers(one_server, url: str, store) -> None:
    store.add([featured(seed, features(seed)) for seed in range(9)])
    probe = probe_of(features(5))
    before = store.vote(probe, "points/1", 3)
    one_server.stop()
    for ask in (lambda: store.vote(probe, "points/1", 3), lambda: store.near([code(1)], "phash256/1", 9), store.state):
        with pytest.raises(ReferenceSetError) as caught:
            ask()
        assert "can be reached" in caught.value.remedy
    one_server.start()
    assert store.vote(probe, "points/1", 3) == before


def test_a_server_that_says_nothing_is_not_waited_for_without_end(one_server, url: str, monkeypatch) -> None:
    """Behind a relay that stops passing anything on, and behind a door at which nobody answers."""
    monkeypatch.setattr(patience, "ANSWER_S", 0.3)
    silent = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        relay = threading.Thread(target=_relayed, args=(door, one_server.port, silent), daemon=True)
        relay.start()
        store = open_set(one_server.url(over_tcp=True).replace(f":{one_server.port}/", f":{port}/"), create=True)
        silent.set()
        with pytest.raises(ReferenceSetError, match="no answer within") as caught:
            store.state()
        assert "can be reached" in caught.value.remedy
        store.close()
        relay.join(5)
    monkeypatch.setattr(opening, "CONNECT_S", 2)  # the least that libpq takes
    with socket.create_server(("127.0.0.1", 0)) as door, pytest.raises(ReferenceSetError, match="cannot be reached"):
        open_set(f"postgresql://u@127.0.0.1:{door.getsockname()[1]}/db")


def _relayed(door: socket.socket, port: int, silent: threading.Event) -> None:
    inside, _ = door.accept()
    with inside, socket.create_connection(("127.0.0.1", port)) as outside:
        while not silent.is_set():
            for one in select.select([inside, outside], [], [], 0.05)[0]:
                if not (data := one.recv(2**16)):
                    return
                if not silent.is_set():
                    (outside if one is inside else inside).sendall(data)
        silent.wait()
        inside.settimeout(5)
        with contextlib.suppress(OSError):
            while inside.recv(2**16):
                pass


def test_another_set_in_the_same_place_is_not_taken_for_the_first(one_server, url: str, store) -> None:
    _end_all(url)
    open_set(emptied(one_server), create=True).close()
    for _ in range(2):
        with pytest.raises(ReferenceSetError):
            store.state()


def _end_all(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'provenance'"
        )


def test_a_writer_that_holds_the_set_is_waited_for_and_then_told(url: str, monkeypatch) -> None:
    monkeypatch.setattr(opening, "_SETTINGS", (*opening._SETTINGS, "SET lock_timeout = 50"))
    store = open_set(url, create=True)
    with psycopg.connect(url) as other:
        other.execute("SELECT 1 FROM provenance.reference_set FOR UPDATE")
        with pytest.raises(ReferenceSetError, match="being written by another program") as caught:
            store.add([entry(1)])
        assert "wait" in caught.value.remedy
        assert store.state().pictures == 0  # reading does not wait
    assert store.add([entry(1)]).pictures_added == 1
    store.close()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE images SET width_px = -1", "UPDATE images SET width_px = 999999999999", "UPDATE images SET kept = '/../x'",
     "UPDATE images SET media_type = repeat('x', 9999)", "UPDATE images SET records = 7",
     "UPDATE appearances SET record = repeat('[', 200000)::bytea", "DELETE FROM images",
     "UPDATE appearances SET record = '\\xff'", "UPDATE reference_set SET name = repeat('n', 5000)"],
)  # fmt: skip
def test_a_row_that_no_set_holds_is_damage_and_no_answer(url: str, store, statement: str) -> None:
    store.add([entry(1, FULL)])
    alter(url, statement)
    with pytest.raises(UnusableSetError, match="damaged"):
        store.get([entry(1).image_id])
    assert store.verify().wrong


@pytest.mark.parametrize(
    "statement",
    ["UPDATE fingerprints SET code = '\\x00' WHERE seq = 1", "DELETE FROM fingerprints WHERE seq = 1",
     "UPDATE fingerprints SET code = set_byte(code, 3, 1) WHERE seq = 2", "UPDATE checksums SET searchable = -5",
     "UPDATE fingerprints SET image_id = '\\x07' WHERE seq = 1", "UPDATE checksums SET checksum = '\\x00'",
     "UPDATE fingerprints SET searchable = 1"],
)  # fmt: skip
def test_codes_that_are_not_those_that_were_written_answer_nothing(url: str, store, statement: str) -> None:
    store.add([entry(1), entry(2), entry(3, searchable=False)])
    alter(url, statement)
    with pytest.raises(UnusableSetError, match="damaged"):
        store.near([code(2)], "phash256/1", 60)
    assert store.verify().wrong


@pytest.mark.parametrize(
    "statement",
    ["UPDATE postings SET points = '\\x00'", "UPDATE blocks SET after = 3", "UPDATE blocks SET last = 0",
     "DELETE FROM features WHERE seq = 2", "UPDATE features SET points = -1 WHERE seq = 9",
     "UPDATE features SET words = '\\x00' WHERE seq = 9"],
)  # fmt: skip
def test_features_that_are_not_those_that_were_written_count_for_nothing(url: str, store, statement: str) -> None:
    store.add([featured(seed, features(seed)) for seed in range(8)])
    store.add([featured(9, features(9))])
    alter(url, statement)
    with pytest.raises(UnusableSetError, match="damaged"):
        store.vote(probe_of(features(2)), "points/1", 3)


@pytest.mark.parametrize(
    "statements",
    [("ALTER TABLE images RENAME TO real_images", "CREATE VIEW images AS SELECT * FROM real_images"),
     ("CREATE FUNCTION acts() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
      "CREATE TRIGGER t BEFORE INSERT ON images FOR EACH ROW EXECUTE FUNCTION acts()"),
     ("ALTER TABLE images ALTER COLUMN size_bytes TYPE numeric",)],
)  # fmt: skip
def test_tables_that_would_do_something_of_their_own_are_refused(url: str, statements: tuple[str, ...]) -> None:
    open_set(url, create=True).close()
    alter(url, *statements)
    with pytest.raises(UnusableSetError, match="tables that no reference set has"):
        open_set(url)


def test_what_a_server_cannot_keep_is_refused_and_nothing_is_written(url: str, store) -> None:
    store.add([entry(1, FULL)])
    with pytest.raises(ReferenceSetError, match="cannot keep a value"):
        store.edit_record(entry(1).image_id, FULL.id, {"caption": "x"}, note="a\0b", now=NOW)
    assert store.records(entry(1).image_id) == (FULL,)
    with pytest.raises(StatementsError):
        store.edit_record(entry(1).image_id, FULL.id, {"colour": "x"}, now=NOW)
    with pytest.raises(ProvenanceError, match="keeps no copies") as caught:
        store.keep(entry(1).image_id, b"bytes", "image/jpeg")
    assert "--keep" in caught.value.remedy and store.kept_copy(entry(1).image_id) is None
