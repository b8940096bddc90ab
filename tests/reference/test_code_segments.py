"""Codes in segments: the same answers as counting bits one by one, whatever was sealed, merged, removed or damaged."""

import dataclasses
import itertools
import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.model.record import Entry, Fingerprint
from provenance.reference.codes import bands as code_bands
from provenance.reference.codes import layout as code_layout
from provenance.reference.codes import merging as code_merging
from provenance.reference.codes import piece as code_piece
from provenance.reference.codes import rows as code_rows
from provenance.reference.codes import sealing as code_sealing
from provenance.reference.codes import segment as code_segment
from provenance.reference.codes import writing as code_writing
from provenance.reference.codes.answers import Laid, answers
from provenance.reference.codes.bands import keys, plan, probes, thresholds, widths
from provenance.reference.open import open_set
from provenance.reference.points.piece import DamagedPieceError
from provenance.reference.sqlite.store import SQLiteStore
from tests.reference.formats import as_format_3, as_format_4, with_segments_before

NAME = "phash256/1"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments of few rows, merged early and indexed."""
    monkeypatch.setattr(code_sealing, "SEAL_ROWS", 8)
    monkeypatch.setattr(code_sealing, "PART_ROWS", 20)
    monkeypatch.setattr(code_merging, "TIERS_ROWS", (30, 120))
    monkeypatch.setattr(code_bands, "INDEX_ROWS", 16)
    monkeypatch.setattr(code_piece, "_PROBES_SHARE", 0)
    monkeypatch.setattr(code_piece, "_FOUND_SHARE", 0)


def made(image_id: int, code: bytes, *, searchable: bool = True) -> Entry:
    return Entry(
        image_id=f"{image_id:064x}",
        size_bytes=1,
        width_px=1,
        height_px=1,
        media_type="image/jpeg",
        path="",
        fingerprints=(Fingerprint(name=NAME, code=code, searchable=searchable, detail=1.0),),
    )


def near(code: bytes, number: int, chance: np.random.Generator) -> bytes:
    bits = np.unpackbits(np.frombuffer(code, np.uint8))
    bits[chance.choice(len(bits), number, replace=False)] ^= 1
    return np.packbits(bits).tobytes()


def expected(truth: dict[str, bytes], query: bytes, radius: int) -> list[tuple[int, str]]:
    whole = int.from_bytes(query, "big")
    distances = (((int.from_bytes(code, "big") ^ whole).bit_count(), image_id) for image_id, code in truth.items())
    return sorted(pair for pair in distances if pair[0] <= radius)


def asked(store: SQLiteStore, query: bytes, radius: int) -> list[tuple[int, str]]:
    return [(hit.distance_bits, hit.image_id) for hit in store.near([query], NAME, radius)[0]]


def held(path: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT file, rows FROM code_segments ORDER BY file").fetchall()


def filled(path: Path, number: int = 60) -> tuple[dict[str, bytes], bytes]:
    chance = np.random.default_rng(number)
    query = chance.bytes(32)
    entries = [made(one, near(query, int(chance.integers(0, 130)), chance)) for one in range(number)]
    store = open_set(path, create=True)
    store.add(entries)
    store.close()
    return {entry.image_id: entry.fingerprints[0].code for entry in entries}, query


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["add", "add", "remove", "again", "anew"]), st.integers(1, 40)), max_size=14),
    st.integers(0, 2**32),
    st.sampled_from([32, 64, 12]),
)
@pytest.mark.usefixtures("small")
def test_random_histories_answer_as_counting_does(tmp_path_factory, history, seed: int, length: int) -> None:
    chance, truth, next_id = np.random.default_rng(seed), dict[str, bytes](), 0
    gone: list[Entry] = []
    bases = [chance.bytes(length), bytes(length), b"\xff" * length]
    path = tmp_path_factory.mktemp("codes") / "set"
    store, reader = open_set(path, create=True), open_set(path)
    for step, number in history:
        match step:
            case "add":
                entries = [
                    made(next_id + one, near(bases[int(chance.integers(3))], int(chance.integers(0, 80)), chance))
                    for one in range(number)
                ]
                next_id += number
            case "again":
                entries, gone = gone[:number], gone[number:]
            case "remove":
                picked = sorted(truth)[:: max(1, len(truth) // number)][:number]
                gone += [made(int(image_id, 16), truth.pop(image_id)) for image_id in picked]
                store.remove(picked)
                continue
            case _:
                store.seal(whole=True)
                continue
        store.add(entries)
        truth |= {entry.image_id: entry.fingerprints[0].code for entry in entries}
        query = near(bases[int(chance.integers(3))], int(chance.integers(0, 12)), chance)
        for radius in (0, 3, int(chance.integers(0, 129)), 8 * length):
            assert asked(reader, query, radius) == expected(truth, query, radius)
    found = store.verify()
    assert (found.wrong, found.segments_damaged) == ((), 0)
    store.close()
    reader.close()


@pytest.mark.usefixtures("small")
def test_every_radius_is_answered_whole(tmp_path: Path) -> None:
    truth, query = filled(tmp_path / "set", 150)
    assert held(tmp_path / "set")
    with_segments = open_set(tmp_path / "set")
    for radius in range(129):
        assert asked(with_segments, query, radius) == expected(truth, query, radius)
    with_segments.close()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("length", [1, 2, 5])
def test_codes_shorter_than_the_radius_are_all_found(tmp_path: Path, length: int) -> None:
    chance = np.random.default_rng(length)
    entries = [made(one, chance.bytes(length)) for one in range(60)]
    store = open_set(tmp_path / "set", create=True)
    store.add(entries)
    assert held(tmp_path / "set")
    truth = {entry.image_id: entry.fingerprints[0].code for entry in entries}
    for radius in range(300):
        assert asked(store, bytes(length), radius) == expected(truth, bytes(length), radius)
    store.close()


def test_bands_that_are_not_in_the_order_of_their_widths_are_no_segment(tmp_path: Path, monkeypatch) -> None:
    """Keys of a wider band behind a narrower one would be looked up in other lists, which then lack pictures."""
    columns, ids = np.zeros((1, 40), np.uint64), np.zeros((40, 32), np.uint8)
    for bands, right in ((16, 16, 16, 8, 8), True), ((8, 16, 16, 16, 8), False):
        monkeypatch.setattr(code_writing, "widths", lambda *_, bands=bands: bands)
        file = f"{len(bands)}{right}"
        head = code_writing.write(tmp_path / file, [(columns, ids)], 8)
        told = code_segment.CodeSegmentRow(file=file, rows=40, length_bytes=8, checksum=b"", head=head)
        if right:
            assert code_segment.opened(tmp_path, told).bands == bands
            continue
        with pytest.raises(DamagedPieceError):
            code_segment.opened(tmp_path, told)


@pytest.mark.usefixtures("small")
def test_segments_of_the_version_before_are_read_as_they_are_and_merged_with_others(tmp_path: Path) -> None:
    truth, query = filled(tmp_path / "set", 150)
    assert with_segments_before(tmp_path / "set") == len(held(tmp_path / "set")) > 0
    store = open_set(tmp_path / "set")
    for radius in range(129):
        assert asked(store, query, radius) == expected(truth, query, radius)
    assert (store.verify().segments_damaged, store.verify().wrong) == (0, ())
    entries = [made(one, near(query, one % 90, np.random.default_rng(one))) for one in range(1000, 1150)]
    store.add(entries)
    store.close()
    truth |= {entry.image_id: entry.fingerprints[0].code for entry in entries}
    store = open_set(tmp_path / "set")
    for radius in (0, 31, 60, 128):
        assert asked(store, query, radius) == expected(truth, query, radius)
    assert (store.verify().segments_damaged, store.verify().wrong) == (0, ())
    store.close()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(4, 12), min_size=1, max_size=7),
    st.one_of(st.integers(0, 40), st.integers(0, 300)),
    st.integers(0, 2**32),
)
def test_what_is_within_the_radius_is_told_apart_by_no_next_band(bands: list[int], radius: int, seed: int) -> None:
    """For one of the bands in which they are looked up; by brute force, bit by bit."""
    widths_, chance = tuple(bands), np.random.default_rng(seed)
    bits = sum(bands)
    flips = np.zeros(bits, np.int64)
    flips[chance.choice(bits, int(chance.integers(0, min(radius, bits) + 1)), replace=False)] = 1
    ends = np.cumsum([0, *bands])
    differing = [int(flips[begin:end].sum()) for begin, end in itertools.pairwise(ends.tolist())]
    asked_for = plan(widths_, radius)
    found = False
    for mask, band, most in zip(asked_for.masks, asked_for.band, asked_for.next_most, strict=True):
        mine = flips[ends[band] : ends[band + 1]]
        exactly = int(mask) == sum(1 << place for place in np.flatnonzero(mine).tolist())
        found |= exactly and differing[(int(band) + 1) % len(bands)] <= int(most)
    assert found


@pytest.mark.parametrize("rows", [2**17, 10**6, 10**7])
@pytest.mark.parametrize("bits", [256, 512, 64])
def test_bands_cover_a_code_and_thresholds_miss_nothing(rows: int, bits: int) -> None:
    bands = widths(rows, bits)
    assert sum(bands) == bits
    for radius in (0, 5, 31, 64):
        most = thresholds(bands, radius)
        assert sum(one + 1 for one in most) == radius + 1  # what pigeonhole asks
        assert min(most) >= -1
    assert probes((16,) * 16, 31) == 272  # 16 bands, one bit each


def test_keys_are_bits_of_the_code_also_across_words() -> None:
    codes = np.random.default_rng(1).integers(0, 2**63, (5, 4)).astype(np.uint64)
    whole = [int.from_bytes(code.tobytes(), "little") for code in codes]
    for first, width in ((0, 20), (55, 20), (60, 4), (236, 20)):
        found = keys(np.ascontiguousarray(codes.T), first, width)
        assert found.tolist() == [one >> first & ((1 << width) - 1) for one in whole]


@pytest.mark.usefixtures("small")
def test_small_segments_are_merged_and_their_files_go(tmp_path: Path) -> None:
    store = open_set(tmp_path / "set", create=True)
    chance = np.random.default_rng(2)
    for start in range(0, 64, 8):
        store.add([made(start + one, chance.bytes(32)) for one in range(8)])
    store.close()
    rows = held(tmp_path / "set")
    assert sum(number for _, number in rows) == 64
    assert len(rows) <= 4
    assert sorted(path.name for path in (tmp_path / "set.points").glob("*.codes")) == [file for file, _ in rows]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("place", [0, 40, 2050, 3000, 4100, -3000, -5, None])
def test_a_damaged_segment_is_never_answered_from_and_is_written_anew(
    tmp_path: Path, place: int | None, before: bool
) -> None:
    truth, query = filled(tmp_path / "set")
    assert not before or with_segments_before(tmp_path / "set")
    for file in (tmp_path / "set.points").glob("*.codes"):
        if place is None:
            os.truncate(file, file.stat().st_size // 2)
            continue
        data = bytearray(file.read_bytes())
        data[place] ^= 0x10
        file.write_bytes(data)
    store = open_set(tmp_path / "set")
    for radius in (0, 20, 60, 256):
        assert asked(store, query, radius) == expected(truth, query, radius)
    found = store.verify()
    assert found.segments_damaged == len(held(tmp_path / "set")) > 0
    assert found.wrong == ()
    assert store.seal(whole=True) == ""
    assert (store.verify().segments_damaged, store.verify().wrong) == (0, ())
    assert asked(store, query, 60) == expected(truth, query, 60)
    store.close()


@pytest.mark.usefixtures("small")
def test_a_block_that_was_changed_together_with_its_sum_is_damage(tmp_path: Path) -> None:
    truth, query = filled(tmp_path / "set")
    for file, rows in held(tmp_path / "set"):
        path = tmp_path / "set.points" / file
        data, layout = bytearray(path.read_bytes()), code_layout.Layout(4, rows, widths(rows, 256))
        body = np.frombuffer(data, np.uint8, offset=layout.begin_bytes())
        body[1] ^= 0x10
        sums = code_layout.sums_of(body)
        data[layout.head_bytes() : layout.head_bytes() + sums.nbytes] = sums.tobytes()
        path.write_bytes(data)
    store = open_set(tmp_path / "set")
    for radius in (0, 20, 60, 256):
        assert asked(store, query, radius) == expected(truth, query, radius)
    assert store.verify().segments_damaged == len(held(tmp_path / "set")) > 0
    store.close()


@pytest.mark.usefixtures("small")
def test_a_segment_that_another_program_merged_away_meanwhile_is_no_damage(tmp_path: Path, monkeypatch) -> None:
    truth, query = filled(tmp_path / "set")
    before = held(tmp_path / "set")
    store = open_set(tmp_path / "set")
    with monkeypatch.context() as gone:
        # As of a state of the set in which the file was still named.
        gone.setattr(code_segment.os, "open", lambda *_: (_ for _ in ()).throw(FileNotFoundError(2, "gone")))
        assert asked(store, query, 90) == expected(truth, query, 90)
    store.add([made(1000, bytes(32))])
    assert {file for file, _ in before} <= {file for file, _ in held(tmp_path / "set")}
    # Where it is gone in truth, the next change of the set writes it anew.
    for file in (tmp_path / "set.points").glob("*.codes"):
        file.unlink()
    store.close()
    store = open_set(tmp_path / "set")
    assert asked(store, query, 90) == expected(truth, query, 90)
    store.add([made(1001, bytes(32))])
    assert held(tmp_path / "set") and store.verify().segments_damaged == 0
    store.close()


@pytest.mark.usefixtures("small")
def test_lost_files_and_changed_notes_cost_only_time(tmp_path: Path) -> None:
    truth, query = filled(tmp_path / "set")
    with sqlite3.connect(tmp_path / "set") as connection:
        connection.execute("UPDATE code_segments SET rows = rows + 1")
    store = open_set(tmp_path / "set")
    assert asked(store, query, 90) == expected(truth, query, 90)
    store.close()
    for file in (tmp_path / "set.points").glob("*.codes"):
        file.unlink()
    store = open_set(tmp_path / "set")
    assert asked(store, query, 90) == expected(truth, query, 90)
    assert store.seal(whole=True) == ""
    assert held(tmp_path / "set")
    assert asked(store, query, 90) == expected(truth, query, 90)
    store.close()


@pytest.mark.usefixtures("small")
def test_a_link_in_the_place_of_a_segment_is_not_followed(tmp_path: Path) -> None:
    truth, query = filled(tmp_path / "set")
    for file in list((tmp_path / "set.points").glob("*.codes")):
        file.rename(tmp_path / file.name)
        file.symlink_to(tmp_path / file.name)
    store = open_set(tmp_path / "set")
    assert asked(store, query, 90) == expected(truth, query, 90)
    assert store.verify().segments_damaged > 0
    store.close()


@pytest.mark.usefixtures("small")
def test_a_set_of_the_format_before_answers_and_is_brought_up_by_its_next_change(tmp_path: Path) -> None:
    truth, query = filled(tmp_path / "set")
    as_format_3(tmp_path / "set")
    store = open_set(tmp_path / "set")
    assert asked(store, query, 90) == expected(truth, query, 90)
    store.add([made(10_000, query)])
    truth |= {f"{10_000:064x}": query}
    assert sum(rows for _, rows in held(tmp_path / "set")) == 60  # in parts of 20; one is left over
    assert asked(store, query, 90) == expected(truth, query, 90)
    store.close()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("number", [5, 60])
def test_a_set_of_format_4_answers_as_it_is_and_takes_pictures_in(tmp_path: Path, number: int) -> None:
    truth, query = filled(tmp_path / "set", number)
    before = open_set(tmp_path / "set").state()
    as_format_4(tmp_path / "set")
    store = open_set(tmp_path / "set")
    assert asked(store, query, 90) == expected(truth, query, 90)
    assert (store.state(), store.verify().wrong, store.verify().segments_damaged) == (before, (), 0)
    gone = sorted(truth)[::3]
    truth = {image_id: code for image_id, code in truth.items() if image_id not in gone}
    store.remove(gone)
    store.add([made(10_000 + one, query) for one in range(30)])
    truth |= {f"{10_000 + one:064x}": query for one in range(30)}
    for mine in (store, open_set(tmp_path / "set")):
        assert asked(mine, query, 90) == expected(truth, query, 90)
        assert (mine.verify().wrong, mine.verify().segments_damaged) == ((), 0)
        mine.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE unsealed_packs SET rows = rows + 1",
        "UPDATE unsealed_packs SET rows = -1",
        "UPDATE unsealed_packs SET rows = 1",
        "UPDATE unsealed_packs SET pairs = 'text'",
        "UPDATE unsealed_packs SET pairs = zeroblob(length(pairs))",
        "DELETE FROM unsealed_packs",
        "INSERT INTO unsealed_packs (name, rows, pairs) SELECT name, rows, pairs FROM unsealed_packs",
        "INSERT INTO unsealed_packs (name, rows, pairs) SELECT name, 1, zeroblob(44) FROM unsealed_packs",
    ],
)
@pytest.mark.usefixtures("small")
def test_a_pack_that_is_not_what_was_written_leads_to_the_whole_answer(tmp_path: Path, change: str) -> None:
    truth, query = filled(tmp_path / "set", 60)
    store = open_set(tmp_path / "set")
    store.add([made(1000 + one, query) for one in range(5)])
    truth |= {f"{1000 + one:064x}": query for one in range(5)}
    store.close()
    with sqlite3.connect(tmp_path / "set") as connection:
        assert connection.execute(change).rowcount == 1
    connection.close()
    store = open_set(tmp_path / "set")
    assert asked(store, query, 90) == expected(truth, query, 90)
    assert store.verify().segments_damaged > 0
    store.seal(whole=True)
    assert store.verify().segments_damaged == 0
    assert asked(store, query, 90) == expected(truth, query, 90)
    store.close()


def test_after_a_removal_new_codes_still_lie_many_to_a_row(tmp_path: Path) -> None:
    truth, query = filled(tmp_path / "set", 40)  # too few for a segment
    store = open_set(tmp_path / "set")
    gone = sorted(truth)[:3]
    store.remove(gone)
    came = {image_id: truth.pop(image_id) for image_id in gone}
    again = gone[0]
    store.add([made(int(again, 16), came[again]), *(made(one, query) for one in range(200, 230))])
    truth |= {again: came[again]} | {f"{one:064x}": query for one in range(200, 230)}
    with sqlite3.connect(tmp_path / "set") as connection:
        packed = connection.execute("SELECT rows FROM unsealed_packs ORDER BY seq DESC LIMIT 1").fetchone()
        single = connection.execute("SELECT count(*) FROM unsealed_codes").fetchone()
        dropped = connection.execute("SELECT count(*) FROM dropped_codes").fetchone()
    connection.close()
    assert (packed, single, dropped) == ((30,), (0,), (2,))
    for radius in (90, 256):
        assert asked(store, query, radius) == expected(truth, query, radius)
    assert store.verify().segments_damaged == 0
    store.close()


@pytest.mark.parametrize("segments", [False, True])
def test_of_what_lies_in_packs_some_goes_and_comes_again(tmp_path: Path, request, segments: bool) -> None:
    if segments:
        request.getfixturevalue("small")
    truth, query = filled(tmp_path / "set", 40)
    there = held(tmp_path / "set")
    assert bool(there) == segments  # else all answers come from the table
    store = open_set(tmp_path / "set")
    packed = [f"{one:064x}" for one in range(100, 106)]
    store.add([made(int(image_id, 16), query) for image_id in packed])
    truth |= dict.fromkeys(packed, query)
    gone = [*sorted(truth)[::4], *packed[:4]]
    store.remove(gone)
    left = {image_id: code for image_id, code in truth.items() if image_id not in gone}
    for radius in (0, 90, 256):
        assert asked(store, query, radius) == expected(left, query, radius)
    back = [*gone[:5], packed[0]]
    store.add([made(int(image_id, 16), truth[image_id]) for image_id in back])
    store.add([made(int(packed[1], 16), bytes(32))], anew={packed[1]})
    left |= {image_id: truth[image_id] for image_id in back} | {packed[1]: bytes(32)}
    for mine in (store, open_set(tmp_path / "set")):
        for radius in (0, 90, 256):
            assert asked(mine, query, radius) == expected(left, query, radius)
        assert (mine.verify().wrong, mine.verify().segments_damaged, held(tmp_path / "set")) == ((), 0, there)
        mine.close()


@pytest.mark.usefixtures("small")
def test_what_comes_and_goes_while_a_segment_is_written_is_neither_lost_nor_kept(tmp_path: Path, monkeypatch) -> None:
    path, chance = tmp_path / "set", np.random.default_rng(5)
    query = chance.bytes(32)
    entries = [made(one, near(query, one, chance)) for one in range(12)]
    other = open_set(path, create=True)
    written = code_sealing.written

    def meanwhile(*given):
        monkeypatch.setattr(code_sealing, "written", written)
        monkeypatch.setattr(code_sealing, "SEAL_ROWS", 10**9)
        other.remove([entries[3].image_id])
        other.add([made(20, query)])
        return written(*given)

    store = open_set(path)
    monkeypatch.setattr(code_sealing, "written", meanwhile)
    for some in (entries[:6], entries[6:]):  # all at once would be a segment from the first
        store.add(some)
    truth = {one.image_id: one.fingerprints[0].code for one in [*entries[:3], *entries[4:], made(20, query)]}
    assert sum(rows for _, rows in held(path)) == len(entries)
    for asking in (store, other):
        assert asked(asking, query, 60) == expected(truth, query, 60)
        assert asking.verify().segments_damaged == 0
        asking.close()


@pytest.mark.usefixtures("small")
def test_packs_that_another_program_took_away_meanwhile_are_not_sealed_twice(tmp_path: Path, monkeypatch) -> None:
    """As one does that begins anew."""
    path, chance = tmp_path / "set", np.random.default_rng(6)
    query = chance.bytes(32)
    entries = [made(one, near(query, one, chance)) for one in range(12)]
    truth = {one.image_id: one.fingerprints[0].code for one in entries}
    other = open_set(path, create=True)
    written = code_sealing.written

    def meanwhile(*given):
        monkeypatch.setattr(code_sealing, "written", written)
        monkeypatch.setattr(code_sealing, "SEAL_ROWS", 10**9)
        with other._session.writing() as (connection, _):
            code_rows.begin_anew(connection, NAME)
        return written(*given)

    store = open_set(path)
    monkeypatch.setattr(code_sealing, "written", meanwhile)
    for some in (entries[:6], entries[6:]):  # all at once would be a segment from the first
        store.add(some)
    assert held(path) == [] and store.verify().segments_damaged == 0
    with sqlite3.connect(path) as connection:
        assert code_rows.adds_up(connection, NAME)
    connection.close()
    for asking in (store, other):
        assert asked(asking, query, 60) == expected(truth, query, 60)
        asking.close()


def test_a_code_that_is_not_searchable_is_in_no_segment(tmp_path: Path, small: None) -> None:
    store = open_set(tmp_path / "set", create=True)
    plain = [dataclasses.replace(made(one, bytes(32), searchable=False)) for one in range(20)]
    store.add(plain)
    assert held(tmp_path / "set") == []
    assert asked(store, bytes(32), 256) == []
    store.close()


def test_a_column_that_is_read_little_by_little_is_compared_whole_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_layout, "_FEW", 0)
    monkeypatch.setattr(code_layout, "_A_LOOK", 8)
    rows, chance = 25_600, np.random.default_rng(3)  # 100 blocks of each word
    columns = chance.integers(0, 2**63, (4, rows)).astype(np.uint64)
    head = code_writing.write(tmp_path / "one", [(columns, np.zeros((rows, 32), np.uint8))], 32)
    with (tmp_path / "one").open("r+b") as file:
        file.seek(-rows * 32 - 2048, os.SEEK_END)  # the last block of the last word
        file.write(b"\xff" * 8)
    told = code_segment.CodeSegmentRow(file="one", rows=rows, length_bytes=32, checksum=b"", head=head)
    piece = code_segment.opened(tmp_path, told)
    assert piece.require is not None
    for look in range(11):  # 99 blocks are left, 98, ...
        piece.require(12, np.array([256 * look]))
    with pytest.raises(DamagedPieceError):
        piece.require(12, np.array([256 * 11]))


def test_it_is_compared_also_where_the_same_few_are_read_again_and_again(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(code_layout, "_FEW", 0)
    rows = 25_600
    columns = np.zeros((4, rows), np.uint64)
    head = code_writing.write(tmp_path / "one", [(columns, np.zeros((rows, 32), np.uint8))], 32)
    told = code_segment.CodeSegmentRow(file="one", rows=rows, length_bytes=32, checksum=b"", head=head)
    guard = code_segment.opened(tmp_path, told).require
    assert isinstance(guard, code_layout.Guard)
    compared: list[int] = []
    monkeypatch.setattr(guard, "_compare", lambda blocks: compared.append(len(blocks)))
    for _ in range(9):
        guard(0, np.array([7]))
    assert sum(compared) >= 100
    before = len(compared)
    guard(0, np.array([7]))
    assert len(compared) == before


def written(folder: Path, codes: np.ndarray) -> tuple[code_segment.CodeSegmentRow, np.ndarray]:
    """A segment of these codes, shape (rows, bytes), and its image ids."""
    rows, length = codes.shape
    ids = np.random.default_rng(rows).integers(0, 256, (rows, 32)).astype(np.uint8)
    padded = np.zeros((rows, -(-length // 8) * 8), np.uint8)
    padded[:, :length] = codes
    (folder / "one").unlink(missing_ok=True)
    head = code_writing.write(folder / "one", [(padded.view("<u8").T, ids)], length)
    total = np.bitwise_xor.reduce(np.concatenate([ids, codes], axis=1), axis=0).tobytes()
    told = code_segment.CodeSegmentRow(file="one", rows=rows, length_bytes=length, checksum=total, head=head)
    return told, ids


def found_by(folder: Path, told: code_segment.CodeSegmentRow, query: bytes, radius: int) -> list[tuple[int, str]]:
    piece = code_segment.opened(folder, told)
    (hits,) = answers(Laid((piece,), frozenset(), told.length_bytes), [query], radius)
    return [(hit.distance_bits, hit.image_id) for hit in hits]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.integers(1, 40), st.integers(16, 400), st.floats(0, 0.5), st.integers(0, 2**32))
@pytest.mark.usefixtures("small")
def test_codes_of_any_length_are_found_as_counting_does(
    tmp_path: Path, length: int, rows: int, share: float, seed: int
) -> None:
    """Also with padding, and many of them equal."""
    chance = np.random.default_rng(seed)
    bits = chance.random((rows, 8 * length)) < share
    codes = np.packbits(bits[chance.integers(0, rows, rows)], axis=1)
    told, ids = written(tmp_path, codes)
    truth = {one.tobytes().hex(): code.tobytes() for one, code in zip(ids, codes, strict=True)}
    query = codes[0].tobytes()
    for radius in {0, 1, 8 * length, 256, *chance.integers(0, 8 * length, 5).tolist()}:
        assert found_by(tmp_path, told, query, radius) == expected(truth, query, radius)


@pytest.mark.usefixtures("small")
def test_damage_of_any_column_is_told_and_never_answered_from(tmp_path: Path) -> None:
    codes = np.random.default_rng(8).integers(0, 256, (300, 32)).astype(np.uint8)
    told, ids = written(tmp_path, codes)
    truth = {one.tobytes().hex(): code.tobytes() for one, code in zip(ids, codes, strict=True)}
    whole, layout = (tmp_path / "one").read_bytes(), code_layout.Layout(4, 300, widths(300, 256))
    code_segment.require_whole(code_segment.opened(tmp_path, told), told)
    begin = layout.begin_bytes()
    columns = [(begin + place, begin + place + layout.sizes()[column]) for column, place in layout.places().items()]
    query, told_of = codes[5].tobytes(), 0
    for first, end in [(0, layout.head_bytes()), (layout.head_bytes(), begin), *columns]:
        for place in (first, (first + end) // 2, end - 1):
            damaged = bytearray(whole)
            damaged[place] ^= 0x40
            (tmp_path / "one").write_bytes(damaged)
            for radius in (0, 20, 256):
                try:
                    assert found_by(tmp_path, told, query, radius) == expected(truth, query, radius)
                except DamagedPieceError:
                    told_of += 1
            with pytest.raises(DamagedPieceError):
                code_segment.require_whole(code_segment.opened(tmp_path, told), told)
    assert told_of > 3 * len(columns)
