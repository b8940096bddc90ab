"""Pictures that came many at once: they lie many to a row, and nobody who asks can tell."""

import dataclasses
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from provenance.errors import ReferenceSetError, UnusableSetError
from provenance.model.record import Entry, Fingerprint, Record
from provenance.reference import bulk
from provenance.reference.codes import sealing as code_sealing
from provenance.reference.copying import copy_set
from provenance.reference.open import open_set
from provenance.reference.packs import packing
from provenance.reference.packs import rows as pack_rows
from provenance.reference.sqlite import upgrading
from provenance.reference.sqlite.schema import FORMAT_VERSION
from tests.reference.formats import as_format_5
from tests.reference.packed import NOW, WHOLE, answers, entry, in_packs, in_rows, number_packed


@pytest.mark.parametrize("number", [packing.FEWEST_PICTURES - 1, packing.FEWEST_PICTURES, 600])
def test_a_set_says_the_same_however_its_pictures_lie(tmp_path: Path, number: int) -> None:
    entries = [entry(one) for one in range(number)]
    rows, packed = in_rows(tmp_path, entries), in_packs(tmp_path, entries)
    assert number_packed(tmp_path / "packs") == (number if number >= packing.FEWEST_PICTURES else 0)
    assert answers(packed, entries) == answers(rows, entries)
    assert packed.add(entries).already_there == number and number_packed(tmp_path / "packs") in (0, number)
    other = open_set(tmp_path / "copy", create=True, name="set", set_id="one")
    assert copy_set(packed, other).pictures == number
    assert number_packed(tmp_path / "copy") == (number if number >= packing.FEWEST_PICTURES else 0)
    assert answers(other, entries) == answers(rows, entries) and copy_set(packed, other).pictures == 0
    for store in (packed, rows, other):
        store.close()


def test_a_copy_follows_what_changed_since_and_packs_what_is_new_there(tmp_path: Path, monkeypatch) -> None:
    """What came at one time lies together; what differs is taken away and put back in one transaction."""
    monkeypatch.setattr(code_sealing, "SEAL_ROWS", 32)
    entries = [entry(one) for one in range(140)]
    packed = in_packs(tmp_path, entries[:50])
    other = open_set(tmp_path / "copy", create=True, name="set", set_id="one")
    copy_set(packed, other)
    assert other.seal() == "" and other.near([entries[1].fingerprints[0].code], WHOLE, 0)[0]
    packed.add(entries[50:], now=NOW.replace(hour=13))
    packed.remove([entries[3].image_id])
    packed.add_records({entries[one].image_id: [Record(publisher=f"P{one}")] for one in (1, 60)}, now=NOW)
    packed.add([dataclasses.replace(entries[2], size_bytes=5)], anew={entries[2].image_id})
    assert copy_set(packed, other, mirror=True).pictures == 92
    assert number_packed(tmp_path / "copy") > 100  # the last page had too few that were new
    assert answers(other, entries) == answers(packed, entries)
    everything = [one.fingerprints[0].code for one in entries]
    assert other.near(everything, WHOLE, 0) == packed.near(everything, WHOLE, 0)
    for store in (packed, other):
        store.close()


def odd_ones() -> list[Entry]:
    """Pictures of many kinds at once, some of which cannot lie in packs."""
    usual = [entry(one) for one in range(90)]
    named = (Fingerprint(name='a "name"\\ of %s \u00e9', code=b"123", searchable=True, detail=1),)
    flat = (Fingerprint(name=WHOLE, code=bytes(32), searchable=False, detail=0.0),)
    return [
        *usual,
        *(entry(one, media_type="image/png") for one in range(100, 140)),
        *(entry(one, media_type="image/webp") for one in range(200, 205)),
        *(entry(one, fingerprints=flat) for one in range(300, 340)),
        *(entry(one, fingerprints=()) for one in range(400, 440)),
        *(entry(one, fingerprints=named) for one in range(600, 640)),
        entry(500, size_bytes=2**53 - 1),
        entry(501, fingerprints=usual[1].fingerprints[:1] * 2),
        entry(502, records=(Record(publisher="P"),)),
        entry(0, path="/again.jpg"),
    ]


def test_pictures_of_many_kinds_are_sorted_out(tmp_path: Path) -> None:
    entries = odd_ones()
    rows, packed = in_rows(tmp_path, entries), in_packs(tmp_path, entries)
    assert number_packed(tmp_path / "packs") == 90 + 40 + 40 + 40 + 40 + 2
    assert answers(packed, entries[:-1]) == answers(rows, entries[:-1])
    for store in (packed, rows):
        store.close()


def test_pictures_of_which_some_are_there_already(tmp_path: Path) -> None:
    store = in_packs(tmp_path, [entry(one) for one in range(0, 200, 2)])
    report = store.add([entry(one) for one in range(200)], now=NOW)
    assert (report.pictures_added, report.already_there) == (100, 100) and number_packed(tmp_path / "packs") == 200
    same = in_rows(tmp_path, [entry(one) for one in range(200)])
    assert answers(store, [entry(one) for one in range(200)]) == answers(same, [entry(one) for one in range(200)])
    for one in (store, same):
        one.close()


def test_what_is_changed_is_taken_out_and_the_rest_stays(tmp_path: Path) -> None:
    entries = [entry(one) for one in range(70)]
    stores = in_rows(tmp_path, entries), in_packs(tmp_path, entries)
    more = Fingerprint(name="more/1", code=b"12", searchable=True, detail=3.0)
    changed = dataclasses.replace(entries[7], fingerprints=(*entries[8].fingerprints, more), path="/0", width_px=9)
    for store in stores:
        assert store.remove([entries[5].image_id, entries[69].image_id]) == 2
        store.add([changed], now=NOW)
        store.add([dataclasses.replace(changed, image_id=entries[9].image_id)], now=NOW, anew={entries[9].image_id})
        store.add_records({entries[11].image_id: [Record(publisher="P")]}, now=NOW)
    assert answers(stores[0], entries) == answers(stores[1], entries)
    kept_at = stores[1].keep(entries[12].image_id, b"bytes", "image/jpeg")
    assert stores[1].get([entries[12].image_id])[0].reference.path == str(kept_at)
    assert number_packed(tmp_path / "packs") == 70 - 3  # records, paths, copies and further fingerprints need no row
    kept = stores[1].fingerprints([entries[7].image_id])[entries[7].image_id]
    assert {made.name: made.code for made in kept} == {
        more.name: more.code, **{made.name: made.code for made in entries[7].fingerprints}
    }  # fmt: skip
    for store in stores:
        store.close()


def test_nothing_of_a_picture_that_was_forgotten_stays_in_its_pack(tmp_path: Path) -> None:
    entries = [entry(one) for one in range(300)]
    store = in_packs(tmp_path, entries)
    gone = min(entries, key=lambda one: one.image_id)
    store.remove([gone.image_id])
    with closing(sqlite3.connect(tmp_path / "packs")) as connection:
        columns = connection.execute("SELECT codes, details FROM code_packs WHERE pack = 1").fetchall()
    assert len(columns) == 2 and not any(made.code in codes for made in gone.fingerprints for codes, _ in columns)
    assert store.verify().wrong == ()
    store.remove([one.image_id for one in entries])
    with closing(sqlite3.connect(tmp_path / "packs")) as connection:
        for table in ("picture_packs", "code_packs", "images", "fingerprints"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert (store.state().snapshot, store.verify().wrong) == ("00" * 32, ())
    store.close()


def test_a_batch_that_fails_leaves_nothing(tmp_path: Path) -> None:
    store = in_packs(tmp_path, [entry(one) for one in range(40)])
    before = store.state()
    other = (Fingerprint(name=WHOLE, code=bytes(16), searchable=True, detail=1.0),)
    with pytest.raises(ReferenceSetError, match="does not belong among those"):
        store.add([entry(one, fingerprints=other) for one in range(100, 140)])
    with pytest.raises(ReferenceSetError, match="no image id"):
        store.add([*(entry(one) for one in range(100, 140)), entry(140, image_id=" " * 64)])
    assert (store.state(), store.verify().wrong, number_packed(tmp_path / "packs")) == (before, (), 40)
    store.close()


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM picture_packs",
        "DELETE FROM code_packs",
        "UPDATE code_packs SET codes = zeroblob(length(codes))",
        "UPDATE code_packs SET codes = 'text'",
        "UPDATE code_packs SET length_bytes = 31",
        "UPDATE code_packs SET length_bytes = -1",
        "UPDATE code_packs SET pack = 5",
        "UPDATE code_packs SET details = x'00'",
        "UPDATE picture_packs SET numbers = x'00'",
        "UPDATE picture_packs SET numbers = replace(CAST(numbers AS TEXT), '0', 'x')",
        "UPDATE picture_packs SET media_type = x'00'",
        "UPDATE picture_packs SET pictures = 7",
        "UPDATE picture_packs SET ids = zeroblob(length(ids))",
        "UPDATE code_packs SET details = CAST(replace(hex(zeroblob(320)), '00', x'ff') AS BLOB)",
        "UPDATE code_packs SET codes = CAST(codes || zeroblob(10000000) AS BLOB)",
        "UPDATE picture_packs SET ids = zeroblob(320000000 / 32), numbers = zeroblob(360000000 / 32)",
        "UPDATE images SET place = place + 1",
        "UPDATE images SET place = 'there'",
        "UPDATE images SET place = 2.5",
        "UPDATE images SET place = -1",
        "UPDATE images SET place = NULL",
    ],
)
def test_a_pack_that_is_not_what_was_written_is_told_and_never_crashes(tmp_path: Path, change: str) -> None:
    entries = [entry(one) for one in range(40)]
    in_packs(tmp_path, entries).close()
    with sqlite3.connect(tmp_path / "packs") as connection:
        assert connection.execute(change).rowcount > 0
    connection.close()
    store = open_set(tmp_path / "packs")
    told = len(store.verify().wrong)
    codes = [one.fingerprints[0].code for one in entries]
    asks = [
        lambda: store.near(codes, WHOLE, 0),
        lambda: store.get([one.image_id for one in entries]),
        lambda: store.fingerprints([one.image_id for one in entries]),
        lambda: store.of_size(11, 6, 5),
        lambda: store.remove([entries[0].image_id]),
        lambda: store.add([entries[1]], anew={entries[1].image_id}),
        lambda: store.add([entry(one) for one in range(60, 120)]),
    ]
    for ask in asks:
        try:
            ask()
        except ReferenceSetError as error:
            told += 1
            assert error.remedy
    assert told
    store.close()


@pytest.mark.parametrize(("made", "told"), [({}, "packs of pictures are lost"), ({"path": ""}, "is lost")])
def test_pictures_of_lost_packs_that_come_again_take_no_row_and_no_head_away(
    tmp_path: Path, made: dict[str, str], told: str
) -> None:
    """The number of the pack comes again, and so do the places in it. Without a path they have heads."""
    entries = [entry(one, **made) for one in range(60)]
    in_packs(tmp_path, entries).close()
    with closing(sqlite3.connect(tmp_path / "packs")) as connection, connection:
        connection.execute("DELETE FROM picture_packs")
        connection.execute("DELETE FROM code_packs")
    with closing(open_set(tmp_path / "packs")) as store:
        with pytest.raises(UnusableSetError, match=told):
            store.add(entries)
        assert store.count()["pictures"] == 60
    open_set(tmp_path / "packs").close()


def test_many_pictures_need_no_folder_for_temporary_files(tmp_path: Path) -> None:
    """Nor do their paths lie there, beyond what a set keeps of them."""
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("what files are open is not told here")
    entries = [entry(one, path=f"{one:05}".ljust(1000, "x")) for one in range(5000)]
    with closing(in_packs(tmp_path, entries[:500])) as store:
        store.add(entries[500:])
        opened = [str(one.readlink()) for one in descriptors.iterdir() if one.is_symlink()]
        assert number_packed(tmp_path / "packs") == 5000
        assert any("/packs" in one for one in opened) and not any("etilqs" in one for one in opened)


def test_a_picture_of_a_pack_that_is_lost_is_none_that_was_never_there(tmp_path: Path) -> None:
    entries = [entry(one) for one in range(60)]
    store = in_packs(tmp_path, entries)
    with store._session.writing() as (connection, _):
        key = bytes.fromhex(entries[3].image_id)
        connection.execute("UPDATE images SET image_id = zeroblob(32) WHERE image_id = ?", (key,))
    assert store.get(["ab" * 32]) == []
    with pytest.raises(UnusableSetError, match=f"{entries[3].image_id[:12]} is lost"):
        store.get([entries[3].image_id])
    assert "packs do not hold as many pictures as they should" in store.verify().wrong
    store.close()


def test_a_set_of_format_5_answers_as_it_is_and_takes_packs_with_its_first_change(tmp_path: Path) -> None:
    entries = [entry(one) for one in range(120)]
    in_packs(tmp_path, entries[:60]).close()
    as_format_5(tmp_path / "packs")
    same = in_rows(tmp_path, entries)
    other = open_set(tmp_path / "packs")
    store = open_set(tmp_path / "packs")
    assert len(store.near([entries[4].fingerprints[0].code], WHOLE, 0)[0]) == 1
    assert store.remove([entries[1].image_id]) == 1 and store.verify().wrong == ()
    store.add(entries, now=NOW)
    assert number_packed(tmp_path / "packs") == 61
    for one in (store, other):  # one that was open before sees the packs, too
        assert answers(one, entries) == answers(same, entries)
        one.close()
    with closing(sqlite3.connect(tmp_path / "packs")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT_VERSION,)


@pytest.mark.parametrize("number", [3, 40])
def test_an_image_id_in_capital_letters_is_the_same_picture(tmp_path: Path, number: int) -> None:
    entries = [entry(one) for one in range(number)]
    capitals = [dataclasses.replace(one, image_id=one.image_id.upper()) for one in entries]
    rows, packed = in_rows(tmp_path, entries), in_packs(tmp_path, capitals)
    assert answers(packed, capitals)[1:4] == answers(rows, entries)[1:4]
    again = dataclasses.replace(entries[1], size_bytes=77)
    rows.add([again], anew={again.image_id})
    packed.add([dataclasses.replace(again, image_id=capitals[1].image_id)], anew={capitals[1].image_id})
    assert (packed.state(), packed.verify().wrong) == (rows.state(), ())
    record = Record(publisher="P")
    packed.add_records({capitals[0].image_id: [record]})
    assert packed.records(capitals[0].image_id) == packed.records(entries[0].image_id) == (record,)
    for store in (packed, rows):
        store.close()


def test_digits_in_packs_that_are_no_picture_are_not_taken_for_a_lost_one(tmp_path: Path) -> None:
    entries = sorted((entry(one) for one in range(40)), key=lambda one: one.image_id)
    store = in_packs(tmp_path, entries)
    store.remove([entries[7].image_id])
    across = entries[3].image_id[32:] + entries[4].image_id[:32]
    assert store.get(["00" * 32, across]) == []
    store.close()


@pytest.mark.parametrize("made", [{}, {"path": ""}])
def test_a_picture_whose_pack_is_lost_is_never_answered_from_the_next_pack_of_that_number(
    tmp_path: Path, made: dict[str, str]
) -> None:
    entries = [entry(one, **made) for one in range(40)]
    store = in_packs(tmp_path, entries)
    for table in ("picture_packs", "code_packs"):
        store._session._connection.execute(f"DELETE FROM {table}")
    more = [entry(one, **made) for one in range(100, 140)]
    store.add(more)
    ids = [one.image_id for one in entries]
    for ask in (store.get, store.fingerprints, store.remove):
        with pytest.raises(UnusableSetError, match="damaged"):
            ask(ids)
    assert len(store.get([one.image_id for one in more])) == 40
    store.close()


def test_a_pack_that_counts_too_few_is_not_thrown_away_with_pictures_in_it(tmp_path: Path) -> None:
    entries = [entry(one) for one in range(40)]
    store = in_packs(tmp_path, entries)
    store._session._connection.execute("UPDATE picture_packs SET pictures = 1")
    store.remove([entries[0].image_id])
    assert len(store.get([one.image_id for one in entries])) == 39 and store.verify().wrong
    store.close()


@pytest.mark.parametrize(
    "change",
    [
        "code_packs SET length_bytes = 1099511627776",
        "code_packs SET length_bytes = -1",
        "code_packs SET length_bytes = 9223372036854775807",
        "picture_packs SET seq = 9223372036854775807",
        "picture_packs SET seq = 4611686018427387904",
        "picture_packs SET numbers = CAST(numbers || '1' AS BLOB)",
        "images SET place = 9223372036854775807",
    ],
)
def test_numbers_in_a_strangers_packs_take_no_memory_and_crash_nothing(tmp_path: Path, change: str) -> None:
    entries = [entry(one) for one in range(40)]
    store = in_packs(tmp_path, entries)
    store._session._connection.execute(f"UPDATE {change}")
    asks = [lambda one=one: store.remove([one.image_id]) for one in entries]
    asks += [lambda: store.add([entry(one) for one in range(60, 120)]), lambda: store.of_size(11, 6, 5)]
    asks += [lambda: store.fingerprints([one.image_id for one in entries])]
    told = 0
    for ask in asks:
        try:
            ask()
        except ReferenceSetError:
            told += 1
    assert told and store.verify().wrong
    store.close()


def test_a_set_that_could_not_be_brought_up_whole_is_as_it_was(tmp_path: Path, monkeypatch) -> None:
    entries = [entry(one) for one in range(80)]
    in_packs(tmp_path, entries[:40]).close()
    as_format_5(tmp_path / "packs")
    store = open_set(tmp_path / "packs")
    with monkeypatch.context() as patch:
        patch.setattr(upgrading, "PLACE", "ALTER TABLE images ADD COLUMN place INTEGER; SELECT 1")
        with pytest.raises(ReferenceSetError):
            store.add(entries)
    with closing(sqlite3.connect(tmp_path / "packs")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (5,)
        there = connection.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE '%e_packs'").fetchone()
        assert there == (0,)
    assert len(store.get([one.image_id for one in entries])) == 40 and store.verify().wrong == ()
    store.add(entries)
    assert number_packed(tmp_path / "packs") == 40 and store.verify().wrong == ()
    store.close()


@pytest.mark.parametrize("change", ["details = substr(details, 1, 304)", "details = zeroblob(1)"])
def test_verify_tells_of_measures_of_detail_that_are_lost(tmp_path: Path, change: str) -> None:
    store = in_packs(tmp_path, [entry(one) for one in range(40)])
    store._session._connection.execute(f"UPDATE code_packs SET {change}")
    assert "pack 1 of fingerprints is not what was written" in store.verify().wrong
    store.close()


def test_a_measure_of_detail_that_is_no_number_is_told(tmp_path: Path) -> None:
    entries = [entry(one) for one in range(40)]
    store = in_packs(tmp_path, entries)
    none = np.full(40, np.nan).astype("<f8").tobytes()
    store._session._connection.execute("UPDATE code_packs SET details = ?", (none,))
    with pytest.raises(UnusableSetError, match="not what was written"):
        store.fingerprints([entries[0].image_id])
    assert store.verify().wrong
    store.close()


def test_columns_longer_than_a_pack_are_not_read_for_each_picture(tmp_path: Path) -> None:
    """Of a stranger's set: 60 MB for each of 40 pictures took seconds."""
    entries = [entry(one) for one in range(40)]
    ids = [one.image_id for one in entries]
    store = in_packs(tmp_path, entries)
    store._session._connection.execute("UPDATE code_packs SET codes = zeroblob(30000000)")
    store._session._connection.execute("UPDATE picture_packs SET ids = zeroblob(30000000)")
    store._session._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10**6)  # what is longer cannot be read at all
    for ask in (store.get, store.fingerprints):
        with pytest.raises(UnusableSetError, match="not what was written"):
            ask(ids)
    store.close()


def test_what_is_too_long_for_a_pack_or_empty_lies_in_rows(tmp_path: Path) -> None:
    def made(code: bytes) -> tuple[Fingerprint, ...]:
        return (Fingerprint(name="more/1", code=code, searchable=False, detail=1.0),)

    entries = [
        *(entry(one, path="/" + "x" * 5000) for one in range(40)),
        *(entry(one, fingerprints=made(b"")) for one in range(40, 80)),
        *(entry(one, fingerprints=made(b"c" * 1025)) for one in range(80, 120)),
    ]
    rows, packed = in_rows(tmp_path, entries), in_packs(tmp_path, entries)
    assert number_packed(tmp_path / "packs") == 0 and answers(packed, entries) == answers(rows, entries)
    for store in (packed, rows):
        store.close()


@pytest.mark.parametrize("number", [2, 40])
def test_searchable_codes_of_no_bytes_are_kept_as_they_are(tmp_path: Path, number: int) -> None:
    none = (Fingerprint(name="none/1", code=b"", searchable=True, detail=1.0),)
    store = in_packs(tmp_path, [entry(one, fingerprints=none) for one in range(number)])
    assert store.fingerprints([entry(1).image_id]) == {entry(1).image_id: none}
    assert store.state().searchable == {"none/1": number}
    store.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_set_in_packs_is_read_where_it_may_not_be_written(tmp_path: Path) -> None:
    entries = [entry(one) for one in range(40)]
    in_packs(tmp_path, entries).close()
    (tmp_path / "packs").chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        store = open_set(tmp_path / "packs")
        assert len(store.get([one.image_id for one in entries])) == 40
        store.close()
    finally:
        tmp_path.chmod(0o755)


@pytest.mark.parametrize("number", [39, 40, 41, 63, 64, 65, 128, 131])
def test_where_a_batch_or_a_statement_ends_nothing_is_lost_and_nothing_comes_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 64)
    monkeypatch.setattr(pack_rows, "_AT_ONCE", 50)
    monkeypatch.setattr(pack_rows, "_AT_ONCE_WITH_PATHS", 40)
    monkeypatch.setattr(code_sealing, "SEAL_ROWS", 64)
    entries = [entry(one) for one in range(number)]
    bare = [entry(one, path="") for one in range(200, 200 + number)]
    again = [*entries, entries[0], *bare, bare[-1], entries[number // 2]]
    with closing(in_packs(tmp_path, again)) as packed, closing(in_rows(tmp_path, [*entries, *bare])) as rows:
        assert answers(packed, [*entries, *bare]) == answers(rows, [*entries, *bare])
        assert packed.verify().segments_damaged == 0
    assert number_packed(tmp_path / "packs") >= number
