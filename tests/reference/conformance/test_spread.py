"""A set spread over three servers: where its rows lie, and what becomes of it when one of them is gone."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from benchmarks.archive.servers import Server, emptied
from provenance.errors import ReferenceSetError
from provenance.reference import copying
from provenance.reference.open import open_set
from provenance.reference.postgresql import at_once
from provenance.sets.copying import copy_set
from tests.reference.conformance.engines import SHARDS, opened
from tests.reference.pictures import FULL, code, entry, featured, features, probe_of

psycopg = pytest.importorskip("psycopg")
PART = "postgresql://desk:hunter2@127.0.0.1:1/part"


@pytest.fixture
def spread(servers: Callable[..., Server], tmp_path) -> Iterator[object]:
    with contextlib.closing(opened(SHARDS, servers, tmp_path)) as store:
        store.add([entry(number) for number in range(40)])
        store.add([featured(number, features(number)) for number in range(100, 109)])
        yield store


def rows(part: Server, table: str) -> int:
    with psycopg.connect(part.url()) as connection:
        return connection.execute(f"SELECT count(*) FROM provenance_part.{table}").fetchone()[0]


def test_hashes_and_features_lie_on_the_other_servers(spread, parts) -> None:
    for table, number in (("fingerprints", 40), ("features", 9)):
        there = [rows(part, table) for part in parts]
        assert sum(there) == number and min(there) > 0
    assert spread.remove([entry(3).image_id]) == 1
    assert sum(rows(part, "fingerprints") for part in parts) == 39
    assert spread.verify().wrong == ()


def test_without_one_of_its_servers_there_is_an_error_and_never_a_part_of_an_answer(spread, parts) -> None:
    asked = {
        "bands": lambda: spread.near([code(7), code(8)], "phash256/1", 9),
        "all codes": lambda: spread.near([code(7), code(8)], "phash256/1", 60),
        "votes": lambda: spread.vote(probe_of(features(104)), "points/1", 3),
    }
    right = {name: ask() for name, ask in asked.items()}
    assert [hit.image_id for hit in right["bands"][0]] == [entry(7).image_id]
    for part in parts:
        spread._codes.known.clear()
        part.stop()
        try:
            for ask in (asked["bands"], asked["all codes"], lambda: spread.add([entry(one) for one in range(70, 90)])):
                with pytest.raises(ReferenceSetError, match="spread over") as caught:
                    ask()
                assert "can be reached" in caught.value.remedy
        finally:
            part.start()
    assert {name: ask() for name, ask in asked.items()} == right
    assert spread.verify().wrong == () and spread.state().pictures == 49


def test_a_server_that_goes_in_the_middle_of_a_question_is_an_error(spread, parts) -> None:
    """It is asked, waits for a lock, and is ended."""
    ask = lambda radius: spread.near([code(7), code(8)], "phash256/1", radius)  # noqa: E731
    right = ask(9)
    for radius in (9, 60):  # over connections beside the session's own, and over that
        with contextlib.ExitStack() as stack:
            holding = psycopg.connect(parts[2].url())
            holding.execute("LOCK provenance_part.fingerprints IN ACCESS EXCLUSIVE MODE")
            ended = threading.Timer(1.0, parts[2].stop)
            stack.callback(parts[2].start)
            stack.callback(ended.join)
            ended.start()
            with pytest.raises(ReferenceSetError) as caught:
                ask(radius)
            assert caught.value.remedy
        assert ask(9) == ask(9) == right
    assert spread.verify().wrong == ()


def test_servers_are_asked_at_once_and_again_when_another_desk_wrote_meanwhile(spread, monkeypatch) -> None:
    asked: list[object] = []
    ask = at_once.in_a_row

    def written_meanwhile(connection, statements):
        """After the first code was answered, and before what the set tells is looked at again."""
        asked.append(len(statements))
        if len(asked) != 2:
            return ask(connection, statements)
        *questions, told = statements
        found = ask(connection, questions)
        with contextlib.closing(open_set(spread._address.url)) as desk:
            desk.add([entry(70)])
            desk.remove([entry(7).image_id])
        return [*found, *ask(connection, [told])]

    monkeypatch.setattr(at_once, "in_a_row", written_meanwhile)
    for gone in (False, False, True, True):
        found = spread.near([code(7), code(70)], "phash256/1", 9)
        known = [[hit.image_id for hit in hits] for hits in found]
        if gone or len(asked) == 2:
            assert known == [[], [entry(70).image_id]]
        else:
            assert known == [[entry(7).image_id], []]
    assert asked == [5, 5, 5]


def test_where_the_server_takes_no_further_connection_the_desk_asks_over_its_own(spread, monkeypatch) -> None:
    ask = lambda: spread.near([code(7)], "phash256/1", 9)  # noqa: E731
    right = ask()
    refused: list[str] = []

    def full(address, set_id: str):
        refused.append(set_id)
        raise ReferenceSetError("too many clients", remedy="wait")

    with monkeypatch.context() as patch:
        patch.setattr(at_once, "connect_again", full)
        assert ask() == ask() == right and len(refused) == 1
        spread._beside.clock_s = lambda: time.monotonic() + 31
        assert ask() == ask() == right and len(refused) == 2
    assert ask() == right


def test_a_write_that_is_cut_off_between_two_commits_is_told_and_mended_by_the_next(spread, parts, monkeypatch) -> None:
    """As when a part had committed and the coordinator failed: nothing is answered, by bands neither."""
    right = spread.near([code(7)], "phash256/1", 9)
    assert spread.near([code(7)], "phash256/1", 60) == right  # all codes are in memory now, and answer nothing either
    with psycopg.connect(spread._address.url, autocommit=True) as connection:
        connection.execute("INSERT INTO provenance.unfinished DEFAULT VALUES")
    with psycopg.connect(parts[1].url(), autocommit=True) as connection:
        connection.execute(
            "INSERT INTO provenance_part.fingerprints (name, image_id, code, searchable, detail, seq)"
            " VALUES ('phash256/1', %s, %s, 1, 1.0, 999999)",
            (b"\7" * 32, code(7)),
        )
    for radius in (9, 60):
        with pytest.raises(ReferenceSetError, match="was cut off") as caught:
            spread.near([code(7)], "phash256/1", radius)
        assert "refs reindex" in caught.value.remedy
    with pytest.raises(ReferenceSetError, match="was cut off"):
        spread.vote(probe_of(features(104)), "points/1", 3)
    with pytest.raises(ReferenceSetError, match="was cut off"):
        spread.verify()
    assert spread.seal(whole=True) == ""
    assert spread.near([code(7)], "phash256/1", 9) == right and spread.verify().wrong == ()


def test_rows_that_are_lost_and_were_not_kept_are_an_error_and_no_part_of_an_answer(spread, parts) -> None:
    with psycopg.connect(spread._address.url, autocommit=True) as connection:
        connection.execute("INSERT INTO provenance.unfinished DEFAULT VALUES")
    with psycopg.connect(parts[0].url(), autocommit=True) as connection:
        connection.execute("DELETE FROM provenance_part.fingerprints WHERE seq = (SELECT min(seq) FROM"
                           " provenance_part.fingerprints)")  # fmt: skip
    for ask in (lambda: spread.add([entry(50)]), lambda: spread.near([code(7)], "phash256/1", 9)):
        with pytest.raises(ReferenceSetError) as caught:
            ask()
        assert caught.value.remedy


def test_a_write_that_fails_before_it_is_committed_leaves_nothing_behind(spread) -> None:
    with pytest.raises(RuntimeError), spread._session.writing() as (connection, _):
        connection.execute("DELETE FROM fingerprints")
        raise RuntimeError
    assert spread.near([code(7)], "phash256/1", 9)[0] and spread.verify().wrong == ()


def test_who_reads_while_another_desk_writes_is_answered_from_one_state(spread) -> None:
    wrong: list[BaseException] = []

    def write() -> None:
        try:
            with contextlib.closing(open_set(spread._address.url)) as desk:
                for start in range(200, 240, 4):
                    desk.add([entry(start + one, FULL) for one in range(4)])
                    desk.remove([entry(start).image_id])
        except BaseException as error:
            wrong.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        spread._codes.known.clear()
        assert [hit.image_id for hit in spread.near([code(7)], "phash256/1", 60)[0]] == [entry(7).image_id]
    writer.join()
    assert wrong == [] and spread.state().pictures == 49 + 30 and spread.verify().wrong == ()


def test_a_copy_over_servers_that_was_cut_off_goes_on_by_the_same_words_and_over_no_others(
    servers, parts, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(copying, "PAGE_PICTURES", 4)
    with contextlib.closing(open_set(tmp_path / "desk.sqlite", create=True)) as desk:
        desk.add([entry(number, FULL) for number in range(12)])
    whole, over = emptied(servers("embedded-postgres")), [emptied(part) for part in parts]

    def cut_off(seen: int, *_: object) -> None:
        if seen == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_set(tmp_path / "desk.sqlite", whole, parts=over, progress=cut_off)
    for others in (over[:2], over[::-1]):
        with pytest.raises(ReferenceSetError, match="there is a set"):
            copy_set(tmp_path / "desk.sqlite", whole, parts=others)
    done = copy_set(tmp_path / "desk.sqlite", whole, parts=over)
    assert (done.pictures, done.state.pictures) == (4, 12)


def test_a_set_or_a_part_is_not_made_over_another_and_no_password_is_told(spread, servers, parts) -> None:
    from provenance.reference.postgresql.store import PostgreSQLStore

    whole, taken = servers("embedded-postgres").url(), parts[0].url()
    with pytest.raises(ReferenceSetError, match="there is a set"):
        PostgreSQLStore(whole, create=True, parts=[PART])
    spread.close()
    for part, words in ((taken, "holds a part of a set already"), (PART, "cannot be reached")):
        with pytest.raises(ReferenceSetError, match=words) as caught:
            PostgreSQLStore(emptied(servers("embedded-postgres")), create=True, parts=[part])
        assert caught.value.remedy and "hunter2" not in f"{caught.value} {caught.value.remedy}"
    with pytest.raises(ReferenceSetError, match="no reference set"):
        open_set(whole)
