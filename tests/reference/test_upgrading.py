"""A set that a newer program brings up while others have it open."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from provenance.errors import UnusableSetError
from provenance.reference.open import open_set
from provenance.reference.sqlite import session
from provenance.reference.sqlite.schema import FORMAT_VERSION
from provenance.reference.sqlite.store import SQLiteStore
from tests.reference.formats import as_format_2, as_format_3, as_format_4, as_format_5, as_format_6, as_format_7
from tests.reference.packed import NOW, WHOLE, answers, entry, in_packs, in_rows, number_packed


def adds_once_more(connection: sqlite3.Connection, key: bytes) -> None:
    """What programs of format 5 and before said to add fingerprints to a picture that is there."""
    assert connection.execute("SELECT path FROM images WHERE image_id = ?", (key,)).fetchone() is not None
    done = connection.execute(
        "INSERT INTO fingerprints (image_id, name, code, searchable, detail) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (key, WHOLE, bytes(32), 1, 1.0),
    )
    assert done.rowcount == 1
    settle(connection, 0)


def takes_away(connection: sqlite3.Connection, key: bytes) -> None:
    """What they said to take a picture away, whose fingerprints they looked for in rows."""
    for table in ("fingerprints", "images", "appearances", "edits", "paths"):
        connection.execute(f"DELETE FROM {table} WHERE image_id = ?", (key,))
    settle(connection, -1)


def adds_a_record(connection: sqlite3.Connection, key: bytes) -> None:
    connection.execute(
        "INSERT INTO appearances (image_id, record_id, record, added_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (key, "a", b"{}", "2026-01-01T00:00:00Z"),
    )
    connection.execute("UPDATE images SET records = records + ? WHERE image_id = ?", (1, key))
    settle(connection, 0)


def settle(connection: sqlite3.Connection, step: int) -> None:
    before = connection.execute("SELECT snapshot FROM reference_set").fetchone()[0]
    after = bytes(one ^ 1 for one in before)
    connection.execute("UPDATE reference_set SET snapshot = ?, pictures = pictures + ?", (after, step))


@pytest.mark.parametrize("as_before", [as_format_5, as_format_6])
@pytest.mark.parametrize("change", [adds_once_more, takes_away, adds_a_record])
def test_a_program_of_before_that_has_the_set_open_cannot_change_it_once_it_was_brought_up(
    tmp_path: Path, change: Callable[[sqlite3.Connection, bytes], None], as_before: Callable[[Path], None]
) -> None:
    entries = [entry(one) for one in range(120)]
    in_packs(tmp_path, entries[:60]).close()
    as_before(tmp_path / "packs")
    with closing(sqlite3.connect(tmp_path / "packs", isolation_level=None)) as old:
        old.execute("BEGIN IMMEDIATE")
        settle(old, 0)  # as long as nobody brings it up it takes what they write
        old.execute("ROLLBACK")
        store = open_set(tmp_path / "packs")
        store.add(entries)
        assert number_packed(tmp_path / "packs") >= 60
        old.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.IntegrityError, match="a newer provenance and is whole: end this program"):
            change(old, bytes.fromhex(entries[100].image_id))
        old.execute("ROLLBACK")
    assert store.verify().wrong == () and store.count()["pictures"] == 120
    store.remove([entries[100].image_id])
    store.add(entries)
    assert store.verify().wrong == () and store.count()["pictures"] == 120
    store.close()


@pytest.mark.parametrize("as_before", [as_format_5, as_format_6, as_format_7])
def test_a_set_of_before_is_not_changed_by_a_search(tmp_path: Path, as_before: Callable[[Path], None]) -> None:
    entries = [entry(one) for one in range(60)]
    whole = in_packs(tmp_path, entries)
    state = whole.state()
    whole.close()
    as_before(tmp_path / "packs")
    before = (tmp_path / "packs").read_bytes()
    store = open_set(tmp_path / "packs")
    assert store.state() == state
    assert len(store.near([entries[4].fingerprints[0].code], WHOLE, 0)[0]) == 1
    store.close()
    assert (tmp_path / "packs").read_bytes() == before


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.add([entry(2)]),
        lambda store: store.remove([entry(1).image_id]),
        lambda store: store.near([entry(1).fingerprints[0].code], WHOLE, 0),
        lambda store: store.get([entry(1).image_id]),
        lambda store: store.state(),
    ],
)
def test_a_set_that_a_newer_program_brought_up_meanwhile_is_neither_changed_nor_answered_from(
    tmp_path: Path, ask: Callable[[SQLiteStore], object]
) -> None:
    store = in_packs(tmp_path, [entry(1)])
    store._session._connection.execute(f"PRAGMA user_version = {FORMAT_VERSION + 1}")
    with pytest.raises(UnusableSetError, match=f"has format {FORMAT_VERSION + 1}"):
        ask(store)
    store._session._connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
    assert store.state().pictures == 1
    store.close()


@pytest.mark.parametrize("as_before", [as_format_2, as_format_3, as_format_4, as_format_5, as_format_6, as_format_7])
def test_a_program_that_is_killed_while_it_brings_a_set_up_leaves_it_as_it_was(
    tmp_path: Path, as_before: Callable[[Path], None]
) -> None:
    entries = [entry(one) for one in range(120)]
    with closing(in_packs(tmp_path, entries[:60])) as whole:
        before = whole.state()
    as_before(tmp_path / "packs")
    with closing(sqlite3.connect(tmp_path / "packs")) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()
    child = os.fork()
    if not child:
        try:
            session.settle = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
            open_set(tmp_path / "packs").add(entries)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    with closing(sqlite3.connect(tmp_path / "packs")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == version
        tables = dict(connection.execute("SELECT name, sql FROM sqlite_master").fetchall())
        assert ("settled" in tables["reference_set"]) == (version == (7,)) and "head_runs" not in tables
    with closing(open_set(tmp_path / "packs")) as store, closing(in_rows(tmp_path, entries)) as rows:
        assert store.state() == before and store.verify().wrong == ()
        store.add(entries, now=NOW)
        assert answers(store, entries) == answers(rows, entries)
        settled = "SELECT settled = snapshot FROM reference_set"
        assert store._session._connection.execute(settled).fetchone() == (1,)
