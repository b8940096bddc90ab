"""Pictures that come many at once and bare, found by the first bytes of their ids; nobody who asks can tell."""

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.errors import ReferenceSetError, UnusableSetError
from provenance.model.record import Record
from provenance.reference import listing
from provenance.reference.codes import sealing as code_sealing
from provenance.reference.copying import copy_set
from provenance.reference.files import KnownFile
from provenance.reference.open import open_set
from provenance.reference.packs import heads, lookup, packing, packs, parts, runs
from provenance.reference.points.covering import folder_of
from provenance.reference.sqlite import opening, upgrading
from provenance.reference.sqlite.schema import FORMAT_VERSION
from provenance.reference.sqlite.store import SQLiteStore
from tests.reference.formats import as_format_7, as_format_8
from tests.reference.packed import NOW, WHOLE, answers, entry, in_packs, in_rows, number_packed

BEGINNING = 2 * parts.HEAD_BYTES
"""Hexadecimal digits of an id."""
LOST = r"lost|not what was written"


def bare(number: int, **other: object):
    """A picture of which nothing is kept but what a pack holds."""
    return dataclasses.replace(entry(number, path=""), **other)


def beginning_like(number: int, other: int):
    """A picture whose id begins like another's."""
    return bare(number, image_id=bare(other).image_id[:BEGINNING] + bare(number).image_id[BEGINNING:])


def numbers_in(path: Path) -> tuple[int, int]:
    """How many rows and how many heads there are, none of which an id in a row begins with."""
    with closing(sqlite3.connect(path)) as connection:
        ids = [key for (key,) in connection.execute("SELECT image_id FROM images").fetchall()]
        assert not runs.find(connection, sorted({parts.head_of(key) for key in ids})).heads.size
        return len(ids), parts.count(connection)


@pytest.mark.parametrize("number", [packing.FEWEST_PICTURES - 1, packing.FEWEST_PICTURES, 600])
def test_a_set_says_the_same_whether_its_pictures_have_rows_or_heads(tmp_path: Path, number: int) -> None:
    entries = [bare(one) for one in range(number)]
    with closing(in_rows(tmp_path, entries)) as rows, closing(in_packs(tmp_path, entries)) as packed:
        many = number >= packing.FEWEST_PICTURES
        assert numbers_in(tmp_path / "packs") == ((0, number) if many else (number, 0))
        assert answers(packed, entries) == answers(rows, entries)
        assert packed.add(entries).already_there == number
        assert packed.add(entries[:1]).already_there == 1
        assert numbers_in(tmp_path / "packs") == ((0, number) if many else (number, 0))


def test_what_gets_more_than_a_pack_holds_gets_a_row_first(tmp_path: Path) -> None:
    entries = [bare(one) for one in range(80)]
    first = entries[0].fingerprints[0]
    with closing(in_rows(tmp_path, entries)) as rows, closing(in_packs(tmp_path, entries)) as packed:
        for store in (rows, packed):
            store.add_records({entries[11].image_id: [Record(publisher="P")]}, now=NOW)
            store.add([dataclasses.replace(entries[12], path="/later.jpg")], now=NOW)
            store.add([dataclasses.replace(entries[13], records=(Record(publisher="Q"),))], now=NOW)
            store.remember([KnownFile(path="/a", size_bytes=1, mtime_ns=2, image_id=entries[14].image_id)])
            store.add([dataclasses.replace(entries[15], size_bytes=5)], anew={entries[15].image_id}, now=NOW)
            assert store.remove([entries[16].image_id, entries[17].image_id]) == 2
            more = dataclasses.replace(first, name="more/1", code=b"12", searchable=False)
            store.add([dataclasses.replace(entries[18], fingerprints=(more,))], now=NOW)
        assert answers(packed, entries) == answers(rows, entries)
        assert packed.places(entries[14].image_id) == ["/a"]
        assert numbers_in(tmp_path / "packs") == (5, 80 - 7)  # a further fingerprint needs no row
        kept_at = packed.keep(entries[19].image_id, b"bytes", "image/jpeg")
        assert packed.get([entries[19].image_id])[0].reference.path == str(kept_at)
        assert numbers_in(tmp_path / "packs") == (6, 80 - 8)


@pytest.mark.parametrize("order", ["together", "few, then many", "many, then few", "many, then many"])
def test_pictures_whose_ids_begin_alike_are_told_apart(tmp_path: Path, order: str) -> None:
    """Whoever tries some billion pictures can make such a pair."""
    others, many = [beginning_like(100 + one, one) for one in range(40)], [bare(one) for one in range(40)]
    few = others[:3]
    steps = {
        "together": [many + few],
        "few, then many": [few, many],
        "many, then few": [many, few],
        "many, then many": [many, others],
    }[order]
    entries = [one for step in steps for one in step]
    with closing(in_packs(tmp_path, steps[0])) as packed, closing(in_rows(tmp_path, entries)) as rows:
        for step in steps[1:]:
            assert packed.get([one.image_id for one in step]) == []
            assert not any(packed.has(one.image_id) for one in step)
            packed.add(step, now=NOW)
        numbers_in(tmp_path / "packs")
        assert answers(packed, entries) == answers(rows, entries)
        for store in (packed, rows):
            store.remove([few[0].image_id, many[1].image_id])
        assert answers(packed, entries) == answers(rows, entries)


@pytest.fixture(scope="module", params=[parts.PART_HEADS, 3])
def mixed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A set with rows and heads in turns, some of which begin alike, and its ids in order."""
    folder = tmp_path_factory.mktemp("mixed")
    entries = [*(bare(one) for one in range(60)), *(beginning_like(100 + one, one % 9) for one in range(30))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART_HEADS", request.param)
        store = in_packs(folder, entries[:60])
        store.add(entries[60:], now=NOW)
        store.add([entry(one) for one in range(200, 240)], now=NOW)
    with closing(store):
        assert min(numbers_in(folder / "packs")) > 30
        ids = [one.image_id for one in [*entries, *map(entry, range(200, 240))]]
        yield store, sorted(ids)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_every_page_of_ids_is_that_part_of_them(mixed: tuple[SQLiteStore, list[str]], data: st.DataObject) -> None:
    store, ids = mixed
    near = st.sampled_from(ids).flatmap(
        lambda one: st.sampled_from(
            [one, *(one[:BEGINNING] + digit * (64 - BEGINNING) for digit in "0f"), f"{int(one, 16) + 1:064x}"]
        )
    )
    after, last = data.draw(st.one_of(st.just(""), near)), data.draw(st.one_of(st.just("ff" * 32), near))
    limit = data.draw(st.one_of(st.none(), st.integers(0, 9), st.just(len(ids))))
    offset, some = data.draw(st.integers(0, len(ids) + 2)), [one for one in ids if after < one <= last]
    with store._session.reading() as connection:
        assert listing.image_ids_between(connection, after, last, limit) == some[:limit]
        assert listing.image_ids(connection, offset=offset, limit=limit or 0) == ids[offset : offset + (limit or 0)]
        assert listing.lacking(connection, ["none/1"], after=after, limit=limit) == [
            one for one in ids if after < one
        ][:limit]  # fmt: skip
        assert listing.count_lacking(connection, ["none/1"]) == len(ids) == store.count()["pictures"]
        assert listing.lacking(connection, [WHOLE]) == [] and listing.count_lacking(connection, [WHOLE]) == 0
        start = data.draw(near)[: data.draw(st.integers(1, 64))]
        assert listing.starting_with(connection, start) == tuple(one for one in ids if one.startswith(start))[:100]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM head_runs",
        "DELETE FROM picture_packs",
        "UPDATE head_runs SET run = 'one'",
        "UPDATE head_runs SET run = 2.5",
        "UPDATE head_runs SET run = -1",
        "UPDATE head_runs SET first = x'00'",
        "UPDATE head_runs SET first = 'text'",
        "UPDATE head_runs SET heads = zeroblob(length(heads)), first = zeroblob(8)",
        "UPDATE head_runs SET heads = CAST(substr(heads, 1, 312) || zeroblob(8) AS BLOB)",
        "UPDATE head_runs SET heads = substr(heads, 1, 319)",
        "UPDATE head_runs SET heads = substr(heads, 1, 319), places = substr(places, 1, 319)",
        "UPDATE head_runs SET heads = x'', places = x''",
        "UPDATE head_runs SET heads = substr(heads, 1, 312), places = substr(places, 1, 312)",
        "UPDATE head_runs SET heads = hex(heads)",
        "UPDATE head_runs SET heads = 7",
        "UPDATE head_runs SET places = zeroblob(length(places))",
        "UPDATE head_runs SET places = CAST(replace(hex(zeroblob(160)), '0', x'ff') AS BLOB)",
        "UPDATE head_runs SET places = CAST(replace(hex(zeroblob(160)), '0', x'7f') AS BLOB)",
        "UPDATE head_runs SET heads = zeroblob(30000000), places = zeroblob(30000000)",
        "INSERT INTO head_runs SELECT run + 1, first, heads, places FROM head_runs",
        "UPDATE picture_packs SET ids = zeroblob(length(ids))",
        "UPDATE picture_packs SET ids = zeroblob(320000000 / 32)",
        "UPDATE picture_packs SET numbers = x'00'",
        "UPDATE picture_packs SET numbers = zeroblob(360000000 / 32)",
        "UPDATE picture_packs SET seq = 4611686018427387904",
    ],
)
def test_heads_that_are_not_what_was_written_are_told_and_never_crash(tmp_path: Path, change: str) -> None:
    entries = sorted((bare(one) for one in range(40)), key=lambda one: one.image_id)
    in_packs(tmp_path, entries).close()
    with sqlite3.connect(tmp_path / "packs") as connection:
        assert connection.execute(change).rowcount > 0
    connection.close()
    told = 0
    asks = [
        lambda store: store.get([one.image_id for one in entries]),
        lambda store: store.fingerprints([one.image_id for one in entries]),
        lambda store: store.list(limit=40),
        lambda store: store.find(entries[0].image_id[:2]),
        lambda store: store.of_size(11, 6, 5),
        lambda store: store.lacking((WHOLE,)),
        lambda store: store.remove([entries[0].image_id]),
        lambda store: store.add([entries[1]], anew={entries[1].image_id}),
        lambda store: store.add([bare(one) for one in range(60, 120)]),
    ]
    for ask in asks:
        try:
            with closing(open_set(tmp_path / "packs")) as store:
                assert store.verify().wrong
                ask(store)
        except ReferenceSetError as error:
            told += 1
            assert error.remedy
    assert told


def test_a_bare_picture_that_lost_its_head_is_none_that_was_never_there(tmp_path: Path) -> None:
    entries = [bare(one) for one in range(60)]
    with closing(in_packs(tmp_path, entries)) as store:
        key = bytes.fromhex(entries[3].image_id)
        assert runs.take(store._session._connection, key[: parts.HEAD_BYTES])
        assert store.get(["ab" * 32]) == []
        with pytest.raises(UnusableSetError, match=f"{entries[3].image_id[:12]} is lost"):
            store.get([entries[3].image_id])
        assert "packs do not hold as many pictures as they should" in store.verify().wrong


def test_a_set_of_format_7_answers_as_it_is_and_takes_heads_with_its_first_change(tmp_path: Path) -> None:
    entries = [bare(one) for one in range(120)]
    in_packs(tmp_path, entries[:60]).close()
    as_format_7(tmp_path / "packs")
    before = (tmp_path / "packs").read_bytes()
    with closing(in_rows(tmp_path, entries[:60])) as same, closing(open_set(tmp_path / "packs")) as store:
        assert answers(store, entries[:60]) == answers(same, entries[:60])
    assert (tmp_path / "packs").read_bytes() == before
    with closing(open_set(tmp_path / "packs")) as other, closing(open_set(tmp_path / "packs")) as store:
        store.add(entries[60:], now=NOW)
        assert numbers_in(tmp_path / "packs") == (60, 60)
        with closing(SQLiteStore(tmp_path / "same", create=True, name="set", set_id="one")) as same:
            for one in entries:
                same.add([one], now=NOW)
            assert answers(store, entries) == answers(same, entries)
            assert answers(other, entries) == answers(same, entries)  # which was open before
    with closing(sqlite3.connect(tmp_path / "packs")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT_VERSION,)
    assert number_packed(tmp_path / "packs") == 120


def test_a_set_of_format_8_gets_rows_for_its_heads_when_it_is_opened(tmp_path: Path) -> None:
    """Nothing else would find them. No release wrote such a set."""
    entries = [bare(one) for one in range(120)]
    with closing(in_packs(tmp_path, entries[:60])) as whole:
        before = whole.state()
    as_format_8(tmp_path / "packs")
    with closing(open_set(tmp_path / "packs")) as store, closing(in_rows(tmp_path, entries)) as rows:
        assert numbers_in(tmp_path / "packs") == (60, 0) and store.state() == before
        store.add(entries[60:], now=NOW)
        assert numbers_in(tmp_path / "packs") == (60, 60)
        assert answers(store, entries) == answers(rows, entries)


def test_a_set_of_format_8_whose_pictures_have_rows_is_not_changed_by_a_search(tmp_path: Path) -> None:
    entries = [entry(one, path="/a") for one in range(60)]
    in_packs(tmp_path, entries).close()
    as_format_8(tmp_path / "packs")
    before = (tmp_path / "packs").read_bytes()
    with closing(in_rows(tmp_path, entries)) as rows, closing(open_set(tmp_path / "packs")) as store:
        assert answers(store, entries) == answers(rows, entries)
        assert (tmp_path / "packs").read_bytes() == before
        store.add([bare(one) for one in range(100, 140)], now=NOW)
        assert numbers_in(tmp_path / "packs") == (60, 40) and store.verify().wrong == ()


def test_pictures_of_a_set_of_format_8_that_lost_their_pack_are_damage(tmp_path: Path) -> None:
    in_packs(tmp_path, [bare(one) for one in range(60)]).close()
    as_format_8(tmp_path / "packs")
    with closing(sqlite3.connect(tmp_path / "packs", isolation_level=None)) as connection:
        connection.execute("DELETE FROM picture_packs")
    before = (tmp_path / "packs").read_bytes()
    with pytest.raises(UnusableSetError, match="damaged"):
        open_set(tmp_path / "packs")
    assert (tmp_path / "packs").read_bytes() == before


@pytest.mark.parametrize("change", ["place = place + 1", "head = x'0102030405ff'"])
def test_single_heads_that_name_another_picture_are_damage(tmp_path: Path, change: str) -> None:
    entries = sorted((bare(one) for one in range(60)), key=lambda one: one.image_id)
    with closing(in_packs(tmp_path, entries)) as store:
        store.remove([entries[11].image_id])
    as_format_8(tmp_path / "packs")
    with closing(sqlite3.connect(tmp_path / "packs", isolation_level=None)) as connection:
        first = bytes.fromhex(entries[10].image_id)[:6]
        assert connection.execute(f"UPDATE heads SET {change} WHERE head = ?", (first,)).rowcount == 1
    with pytest.raises(UnusableSetError, match="damaged"):
        open_set(tmp_path / "packs")


def test_a_set_of_format_8_that_another_program_brings_up_at_the_same_time(tmp_path: Path, monkeypatch) -> None:
    """Between the look at its format and the look at its heads."""
    entries = [bare(one) for one in range(60)]
    in_packs(tmp_path, entries).close()
    as_format_8(tmp_path / "packs")
    known = upgrading.require_known

    def other_first(connection: sqlite3.Connection, path: Path) -> int:
        version = known(connection, path)
        monkeypatch.setattr(upgrading, "require_known", known)
        open_set(tmp_path / "packs").close()
        return version

    monkeypatch.setattr(upgrading, "require_known", other_first)
    with closing(open_set(tmp_path / "packs")) as store, closing(in_rows(tmp_path, entries)) as rows:
        assert answers(store, entries) == answers(rows, entries)


def test_a_set_of_format_8_that_may_not_be_written_is_refused_with_what_to_do(tmp_path: Path, monkeypatch) -> None:
    in_packs(tmp_path, [bare(one) for one in range(60)]).close()
    as_format_8(tmp_path / "packs")
    monkeypatch.setattr(opening, "_may_write", lambda _: False)
    with pytest.raises(ReferenceSetError, match="cannot be written"):
        open_set(tmp_path / "packs")


@pytest.mark.parametrize("other", [{"media_type": "image/png"}, {"fingerprints": ()}, {"path": "/a/b.jpg"}])
def test_one_of_another_kind_that_comes_with_many_and_begins_like_one_of_them(tmp_path: Path, other: dict) -> None:
    """It lies in a row of its own, which no head may begin like."""
    many = [bare(one) for one in range(60)]
    entries = [*many, dataclasses.replace(beginning_like(100, 7), **other)]
    with closing(in_packs(tmp_path, entries)) as packed, closing(in_rows(tmp_path, entries)) as rows:
        assert numbers_in(tmp_path / "packs") in {(2, 59), (61, 0)}
        assert answers(packed, entries) == answers(rows, entries)
        with packed._session.reading() as connection:
            ids, after = sorted(one.image_id for one in entries), ""
            for one in ids:
                assert listing.image_ids_between(connection, after, "ff" * 32, 1) == [after := one]


def test_a_copy_of_pictures_with_records_gives_them_rows_at_once(tmp_path: Path) -> None:
    entries = [bare(one, records=(Record(publisher="P"),) if one == 3 else ()) for one in range(70)]
    with closing(in_packs(tmp_path, entries)) as first:
        assert numbers_in(tmp_path / "packs") == (70, 0)
        with closing(open_set(tmp_path / "copy", create=True, name="set", set_id="one")) as second:
            copy_set(first, second)
            assert numbers_in(tmp_path / "copy") == (70, 0) and answers(second, entries) == answers(first, entries)


def test_codes_of_bare_pictures_are_sealed_anew_after_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_sealing, "SEAL_ROWS", 32)
    entries = [bare(one) for one in range(60)]
    in_packs(tmp_path, entries).close()
    for path in folder_of(tmp_path / "packs").glob("*.codes"):
        path.write_bytes(path.read_bytes()[:-8] + b"\1" * 8)
    with closing(open_set(tmp_path / "packs")) as store:
        assert store.seal(whole=True) == "" and store.verify().segments_damaged == 0
        for one in entries:
            assert store.near([one.fingerprints[0].code], WHOLE, 0)[0][0].image_id == one.image_id
    with closing(open_set(tmp_path / "packs")) as store, store._session.reading() as connection:
        assert len([*packs.searchable_codes(connection, WHOLE)]) == 60


def test_heads_of_a_lost_pack_are_not_taken_away_with_those_that_came(tmp_path: Path) -> None:
    """Some of its pictures come again among others, in a pack of its number, and so have the places that they had."""
    entries = sorted((bare(one) for one in range(60)), key=lambda one: one.image_id)
    with closing(in_packs(tmp_path, entries[:40])) as store:
        for table in ("picture_packs", "code_packs"):
            store._session._connection.execute(f"DELETE FROM {table}")
        before = store._session._connection.execute("SELECT * FROM head_runs").fetchall()
        with pytest.raises(UnusableSetError, match="of the packs is lost"):
            store.add(entries)
        assert store._session._connection.execute("SELECT * FROM head_runs").fetchall() == before


def test_a_row_beside_a_head_is_told_where_another_is_lost(tmp_path: Path) -> None:
    """So that as many are there as should be."""
    entries = [bare(one) for one in range(40)]
    with closing(in_packs(tmp_path, entries)) as store:
        one, other = (bytes.fromhex(entries[at].image_id) for at in (3, 4))
        place = heads.held(store._session._connection, [one])[one]
        store._session._connection.execute(heads.PUT_ROW, (one, place))
        assert runs.take(store._session._connection, other[: parts.HEAD_BYTES])
        assert "packs do not hold as many pictures as they should" in store.verify().wrong


def test_nobody_is_given_the_rows_of_one_that_begins_alike(tmp_path: Path) -> None:
    entries, other = [bare(one) for one in range(40)], bytes.fromhex(beginning_like(100, 7).image_id)
    with closing(in_packs(tmp_path, entries)) as store, store._session.reading() as connection:
        assert lookup.pictures(connection, "image_id", [other]) == lookup.packed(connection, [other]) == []
        assert lookup.place(connection, other) is None and not lookup.names(connection, other)


def test_columns_longer_than_a_pack_are_not_read_for_each_bare_picture(tmp_path: Path) -> None:
    entries = [bare(one) for one in range(40)]
    ids = [one.image_id for one in entries]
    with closing(in_packs(tmp_path, entries)) as store:
        for change in ("code_packs SET codes", "picture_packs SET numbers", "picture_packs SET ids"):
            store._session._connection.execute(f"UPDATE {change} = zeroblob(30000000)")
            store._session._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10**6)  # what is longer cannot be read
            with pytest.raises(UnusableSetError, match=LOST):
                store.fingerprints(ids)
            store._session._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 64 * 2**20)
            if "code_packs" not in change:
                store._session._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10**6)
                for ask in (store.get, lambda asked: store.list(limit=len(asked)), store.remove):
                    with pytest.raises(UnusableSetError, match=LOST):
                        ask(ids)
                store._session._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 64 * 2**20)


def test_many_with_paths_are_taken_where_a_statement_takes_few_values(tmp_path: Path) -> None:
    """As SQLite before 3.32 does."""
    with closing(in_packs(tmp_path, [bare(one) for one in range(40)])) as store:
        store._session._connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
        assert store.add([entry(one) for one in range(100, 1_300)], now=NOW).pictures_added == 1_200
