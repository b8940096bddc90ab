"""A set on a server that several desks use, and that goes away."""

import contextlib
import logging
import select
import socket
import threading

import pytest

from benchmarks.archive.servers import emptied
from provenance.errors import ReferenceSetError
from provenance.model.record import Record
from provenance.reference.open import open_set
from provenance.reference.postgresql import opening
from tests.reference.conformance.engines import alter
from tests.reference.pictures import FULL, code, entry, featured, features, image_id, probe_of

psycopg = pytest.importorskip("psycopg")
from provenance.reference.postgresql import patience  # noqa: E402 which needs the driver


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


def test_lists_of_points_are_made_merged_and_made_anew_when_they_are_wrong(url, store, tmp_path, monkeypatch) -> None:
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
    with contextlib.closing(open_set(tmp_path / "set.sqlite", create=True)) as file:  # which counts without lists
        file.add([featured(seed, features(seed)) for seed in range(40) if seed != 3])
        for seed in range(40):
            asked = probe_of(features(seed), flipped_bits=5)
            assert store.vote(asked, "points/1", 9) == file.vote(asked, "points/1", 9)
    alter(url, "UPDATE postings SET points = substr(points, 25) WHERE word = 3")
    assert store.verify().segments_damaged == 2 and store.verify().wrong == ()
    assert store.seal(whole=True) == ""
    assert store.verify().segments_damaged == 0 and store.vote(probe, "points/1", 5) == before


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


def test_nothing_is_printed_beside_the_error_of_a_connection_lost_midway(url: str, store, monkeypatch, capsys) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])  # as in a program that sets up no log
    with pytest.raises(ReferenceSetError), store._session.writing() as (connection, _):
        _end_all(url)
        connection.executemany("INSERT INTO dropped_features VALUES (?, ?)", [(1, "x"), (2, "y")])
    assert capsys.readouterr() == ("", "")


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
    silent = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        relay = threading.Thread(target=_relayed, args=(door, one_server.port, silent), daemon=True)
        relay.start()
        store = open_set(one_server.url(over_tcp=True).replace(f":{one_server.port}/", f":{port}/"), create=True)
        silent.set()
        monkeypatch.setattr(patience, "ANSWER_S", 0.3)
        with pytest.raises(ReferenceSetError, match="no answer within") as caught:
            store.state()
        assert "can be reached" in caught.value.remedy
        store.close()
        relay.join(60)
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
        inside.settimeout(60)
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
