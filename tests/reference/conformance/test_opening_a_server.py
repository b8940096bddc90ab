"""Which servers and users are let in, and what is told, and never told, of those that are not."""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

import pytest

from provenance.errors import ReferenceSetError, UnusableSetError
from provenance.reference.open import open_set
from provenance.reference.postgresql import opening, schema
from provenance.reference.postgresql.address import parsed
from provenance.reference.postgresql.store import PostgreSQLStore
from tests.reference.conformance.engines import alter
from tests.reference.pictures import FULL, NOW, code, entry, featured, features, image_id, probe_of

psycopg = pytest.importorskip("psycopg")
from provenance.reference.postgresql import patience  # noqa: E402 which needs the driver

SECRET = "hunter2+/"


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


def test_a_wrong_password_and_a_dead_server_are_told_without_the_password(one_server, url: str) -> None:
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


def test_a_set_is_brought_up_between_two_changes_and_no_older_program_writes_to_it_then(
    url: str, store, monkeypatch
) -> None:
    store.add([entry(1, FULL)])
    with monkeypatch.context() as newer:
        for room in (opening, schema):
            newer.setattr(room, "STEPS", (*schema.STEPS, ("CREATE TABLE later (one INTEGER PRIMARY KEY)",)))
            newer.setattr(room, "FORMAT_VERSION", 2)
        newer.setattr(opening, "_SETTINGS", (*opening._SETTINGS, "SET lock_timeout = 50"))
        with psycopg.connect(url) as writer:
            writer.execute("SELECT 1 FROM provenance.reference_set FOR UPDATE")  # as each change does
            with pytest.raises(ReferenceSetError, match="being written by another program"):
                open_set(url, create=True)
        open_set(url, create=True).close()
    for change in (lambda: store.add([entry(2)]), lambda: store.remove([entry(1).image_id])):
        with pytest.raises(UnusableSetError, match="format 2") as caught:
            change()
        assert "newer provenance" in caught.value.remedy
    assert store.state().pictures == 1


def test_a_set_is_brought_up_behind_a_change_whatever_is_the_servers_isolation(url: str, store, monkeypatch) -> None:
    for room in (opening, schema):
        monkeypatch.setattr(room, "STEPS", (*schema.STEPS, ("CREATE TABLE later (one INTEGER PRIMARY KEY)",)))
        monkeypatch.setattr(room, "FORMAT_VERSION", 2)
    strict = f"{url}{'&' if '?' in url else '?'}options=-c%20default_transaction_isolation%3Dserializable"
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with psycopg.connect(url) as writer, psycopg.connect(url, autocommit=True) as beside, ThreadPoolExecutor() as pool:
        writer.execute("UPDATE provenance.reference_set SET pictures = pictures")
        done = pool.submit(open_set, strict, create=True)
        while not done.done() and not beside.execute(waits).fetchone()[0]:
            time.sleep(0.01)
        writer.commit()
        done.result().close()
    open_set(url).close()


@pytest.fixture
def role(url: str) -> Iterator[str]:
    """A user with no rights, named in this URL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE other LOGIN")
        yield url.replace("postgres@", "other@")
        connection.execute("DROP OWNED BY other CASCADE")
        connection.execute("DROP ROLE other")


def test_who_may_only_read_searches_and_is_told_so_when_he_adds(url: str, store, role: str) -> None:
    store.add([entry(1, FULL), featured(2, features(2))])
    with pytest.raises(ReferenceSetError, match="does not let this user do that"):
        open_set(role)
    alter(url, "GRANT USAGE ON SCHEMA provenance TO other", "GRANT SELECT ON ALL TABLES IN SCHEMA provenance TO other")
    reader = open_set(role)
    assert reader.near([code(1)], "phash256/1", 60)[0] and reader.verify().wrong == ()
    assert reader.vote(probe_of(features(2)), "points/1", 1)[0].image_id == image_id(2)
    with pytest.raises(ReferenceSetError, match="does not let this user do that") as caught:
        reader.add([entry(3)])
    assert caught.value.remedy and reader.state().pictures == 2
    reader.close()


def test_a_desk_adds_with_the_rights_that_the_documents_name(url: str, store, role: str) -> None:
    rights = "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA provenance TO other"
    alter(url, "GRANT USAGE ON SCHEMA provenance TO other", rights)
    desk = PostgreSQLStore(role, create=True)
    desk._voter.block_pictures = 2
    desk.add([entry(1, FULL), featured(2, features(2)), featured(3, features(3))])
    desk.edit_record(entry(1).image_id, FULL.id, {"caption": "x"}, now=NOW)
    assert desk.remove([image_id(2)]) == 1 and desk.seal(whole=True) == ""
    desk.close()
    found = store.verify()
    assert found.wrong == () and (found.segments, found.segments_damaged) == (1, 0)
