"""A reference set as its users see it: what goes in comes out, once, whatever the order."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import ReferenceSetError, StatementsError
from provenance.model.place import Level, Place
from provenance.model.publication import DateBasis
from provenance.model.record import Fingerprint, Record
from provenance.model.source import Grade
from provenance.reference.files import KnownFile
from provenance.reference.open import open_set
from provenance.reference.sqlite.store import SQLiteStore
from tests.reference.pictures import FULL, NOW, code, entry


@pytest.fixture
def store(tmp_path: Path):
    store = open_set(tmp_path / "desk.sqlite", create=True)
    yield store
    store.close()


def test_what_goes_in_comes_out_and_outlives_closing(tmp_path: Path) -> None:
    with_records = entry(1, FULL, Record(publisher="B"))
    first = open_set(tmp_path / "desk.sqlite", create=True, name="the desk")
    report = first.add([with_records])
    assert (report.pictures_added, report.records_added, report.already_there) == (1, 2, 0)
    before = first.state()
    first.close()
    again = open_set(f"sqlite://{tmp_path}/desk.sqlite")
    assert again.state() == before
    (stored,) = again.get([with_records.image_id])
    assert stored.records == (FULL, Record(publisher="B"))
    assert stored.reference.set_name == "the desk"
    assert (stored.reference.path, stored.reference.width_px, stored.size_bytes) == ("/pictures/1.jpg", 4, 2)
    assert again.verify().wrong == ()
    again.close()


def test_adding_again_changes_nothing(store: SQLiteStore) -> None:
    store.add([entry(1, FULL), entry(2)])
    before = store.state()
    report = store.add([entry(1, FULL), entry(2)])
    assert (report.pictures_added, report.records_added, report.already_there) == (0, 0, 2)
    assert store.state() == before


def test_a_second_earlier_dated_appearance_is_kept_beside_the_first(store: SQLiteStore) -> None:
    later, earlier = Record(publisher="B", published="2024-01-01"), Record(publisher="A", published="2014-01-01")
    store.add([entry(1, later)])
    assert store.add([entry(1, earlier)]).records_added == 1
    assert store.records(entry(1).image_id) == (later, earlier)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), max_size=12), st.randoms(use_true_random=False))
def test_the_snapshot_depends_on_content_alone(tmp_path_factory, content, chance) -> None:
    folder = tmp_path_factory.mktemp("sets")
    shuffled = content * 2
    chance.shuffle(shuffled)
    states = []
    for name, order in (("a", content), ("b", shuffled)):
        store = open_set(folder / name, create=True)
        store.add([entry(number, Record(publisher=str(record))) for number, record in order[:3]])
        for number, record in order[3:]:
            store.add([entry(number, Record(publisher=str(record)))])
        store.add([entry(99, FULL)])
        store.remove([entry(99).image_id])
        states.append((store.state().snapshot, store.state().pictures, store.state().searchable.get("phash256/1", 0)))
        assert store.verify().wrong == ()
        store.close()
    assert states[0] == states[1]


def test_the_snapshot_changes_with_every_kind_of_content(store: SQLiteStore) -> None:
    seen = [store.state().snapshot]
    store.add([entry(1)])
    seen.append(store.state().snapshot)
    store.add([entry(1, FULL)])
    seen.append(store.state().snapshot)
    store.edit_record(entry(1).image_id, FULL.id, {"caption": "other"}, now=NOW)
    seen.append(store.state().snapshot)
    store.add([entry(2, searchable=False)])
    seen.append(store.state().snapshot)
    assert len(set(seen)) == len(seen)
    store.remove([entry(1).image_id, entry(2).image_id])
    assert store.state().snapshot == seen[0]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 120), st.integers(0, 2**32))
def test_near_finds_all_within_the_radius_in_order(tmp_path_factory, radius: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    query = chance.bytes(32)
    entries = []
    for number in range(30):
        flips = chance.choice(256, int(chance.integers(0, 140)), replace=False)
        bits = np.unpackbits(np.frombuffer(query, np.uint8))
        bits[flips] ^= 1
        made = Fingerprint(name="phash256/1", code=np.packbits(bits).tobytes(), searchable=number % 5 > 0, detail=1.0)
        entries.append(dataclasses.replace(entry(number), fingerprints=(made,)))
    expected = sorted(
        (sum((one ^ other).bit_count() for one, other in zip(made.code, query, strict=True)), e.image_id)
        for e in entries
        for made in e.fingerprints
        if made.searchable
    )
    store = open_set(tmp_path_factory.mktemp("near") / "set", create=True)
    store.add(entries)
    (hits,) = store.near([query], "phash256/1", radius)
    store.close()
    assert [(hit.distance_bits, hit.image_id) for hit in hits] == [pair for pair in expected if pair[0] <= radius]


def test_near_sees_what_another_connection_added(tmp_path: Path, store: SQLiteStore) -> None:
    assert store.near([code(5)], "phash256/1", 0) == [[]]
    other = open_set(tmp_path / "desk.sqlite")
    other.add([entry(5)])
    assert [hit.image_id for hit in store.near([code(5)], "phash256/1", 0)[0]] == [entry(5).image_id]
    other.remove([entry(5).image_id])
    assert store.near([code(5)], "phash256/1", 0) == [[]]
    other.close()


def test_codes_of_another_length_or_name_are_kept_apart(store: SQLiteStore) -> None:
    store.add([entry(1)])
    with pytest.raises(ReferenceSetError):
        store.near([b"short"], "phash256/1", 3)
    assert store.near([b"short"], "another/1", 3) == [[]]
    short = Fingerprint(name="phash256/1", code=b"12345678", searchable=True, detail=1.0)
    with pytest.raises(ReferenceSetError, match="does not belong"):
        store.add([dataclasses.replace(entry(2), fingerprints=(short,))])
    assert store.state().pictures == 1
    assert store.verify().wrong == ()


def test_get_answers_in_the_order_asked_and_leaves_out_what_is_not_there(store: SQLiteStore) -> None:
    store.add([entry(number) for number in range(1_200)])
    ids = [entry(number).image_id for number in (7, 3, 1_199, 5)]
    assert [stored.reference.image_id for stored in store.get([*ids, "ab" * 32])] == ids
    assert len(store.get([entry(number).image_id for number in range(1_200)])) == 1_200


def test_pictures_are_listed_by_digest_and_found_by_its_first_digits(store: SQLiteStore) -> None:
    store.add([entry(number) for number in range(10)])
    ids = sorted(entry(number).image_id for number in range(10))
    assert [stored.reference.image_id for stored in store.list(offset=2, limit=5)] == ids[2:7]
    assert store.find(ids[4][:12]) == (ids[4],)
    assert store.find(ids[4][:12].upper()) == (ids[4],)
    assert store.find("") == () and store.find("zz") == () and store.find("0" * 65) == ()
    assert store.count() == {"pictures": 10, "records": 0, "edits": 0, "files": 0}


def test_what_a_damaged_row_leads_to_is_told_in_words(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise TypeError("expected str, bytes or os.PathLike object, not NoneType")

    store.add([entry(1)])
    monkeypatch.setattr("provenance.reference.verifying.Verifier._read_others", broken)
    (wrong,) = store.verify().wrong
    assert wrong.startswith("what it holds is not as this program writes it (TypeError: ")


def test_an_edit_keeps_the_old_version_with_time_and_note(store: SQLiteStore) -> None:
    store.add([entry(1, FULL, Record(publisher="B"))])
    image_id = entry(1).image_id
    new = store.edit_record(
        image_id, FULL.id, {"published": "2013-01-01", "views": "12", "grade": "a1"}, note="first post", now=NOW
    )
    assert (new.published, new.views, new.grade) == ("2013-01-01", 12, Grade("A", 1))
    assert store.records(image_id) == (new, Record(publisher="B"))
    (edit,) = store.history(image_id)
    assert (edit.old, edit.old_id, edit.new_id) == (FULL, FULL.id, new.id)
    assert (edit.note, edit.edited_at) == ("first post", "2026-01-02T03:04:05Z")
    assert store.verify().wrong == ()


def test_a_record_that_was_edited_is_not_brought_back_by_adding_it_again(store: SQLiteStore) -> None:
    store.add([entry(1, FULL)])
    new = store.edit_record(entry(1).image_id, FULL.id, {"caption": "right"}, now=NOW)
    assert store.add([entry(1, FULL)]).records_added == 0
    assert store.records(entry(1).image_id) == (new,)
    back = store.edit_record(entry(1).image_id, new.id, {"caption": FULL.caption}, now=NOW)
    assert back == FULL and store.records(entry(1).image_id) == (FULL,)
    assert len(store.history(entry(1).image_id)) == 2


def test_an_edit_into_an_equal_record_leaves_one(store: SQLiteStore) -> None:
    store.add([entry(1, Record(publisher="A"), Record(publisher="B"))])
    store.edit_record(entry(1).image_id, Record(publisher="A").id, {"publisher": "B"}, now=NOW)
    assert store.records(entry(1).image_id) == (Record(publisher="B"),)
    assert store.verify().wrong == ()


@pytest.mark.parametrize(
    "changes",
    [{"colour": "x"}, {"views": "many"}, {"published_basis": "rumour"}, {"grade": "Z9"}, {"place": "Paris"},
     {"views": 2**60}, {"caption": 5}],
)  # fmt: skip
def test_an_impossible_edit_is_refused_and_changes_nothing(store: SQLiteStore, changes: dict[str, object]) -> None:
    store.add([entry(1, FULL)])
    before = store.state()
    with pytest.raises(StatementsError) as caught:
        store.edit_record(entry(1).image_id, FULL.id, changes, now=NOW)
    assert caught.value.remedy
    assert store.state() == before and store.history(entry(1).image_id) == ()


def test_removing_takes_everything_of_a_picture_with_it(store: SQLiteStore) -> None:
    store.add([entry(1, FULL), entry(2)])
    kept = store.keep(entry(1).image_id, b"bytes", "image/jpeg")
    store.edit_record(entry(1).image_id, FULL.id, {"caption": "x"}, now=NOW)
    store.remember([KnownFile(path="/p", size_bytes=1, mtime_ns=2, image_id=entry(1).image_id)])
    assert store.remove([entry(1).image_id, "ab" * 32]) == 1
    assert store.count() == {"pictures": 1, "records": 0, "edits": 0, "files": 0}
    assert not kept.exists()
    assert store.near([code(1)], "phash256/1", 0) == [[]]
    assert store.verify().wrong == ()


def test_kept_copies_lie_beside_the_set_by_digest_and_are_where_the_reference_points(store: SQLiteStore) -> None:
    store.add([entry(1)])
    image_id = entry(1).image_id
    assert store.kept_copy(image_id) is None
    path = store.keep(image_id, b"bytes", "image/jpeg")
    assert path == store.path.parent / "desk.sqlite.pictures" / image_id[:2] / f"{image_id}.jpg"
    assert path.read_bytes() == b"bytes" and store.kept_copy(image_id) == path
    assert store.get([image_id])[0].reference.path == str(path)
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_of_several_paths_the_first_in_order_is_told_whatever_came_first(tmp_path: Path) -> None:
    told = []
    for name, paths in (("a", ("/b", "/a", "/c")), ("b", ("/c", "/b", "/a"))):
        store = open_set(tmp_path / name, create=True)
        for path in paths:
            store.add([entry(1, path=path)])
        told.append(store.get([entry(1).image_id])[0].reference.path)
        store.close()
    assert told == ["/a", "/a"]


def test_paths_that_are_no_text_are_kept(store: SQLiteStore) -> None:
    odd = b"/pictures/\xff\xfe.jpg".decode("utf-8", "surrogateescape")
    store.add([entry(1, path=odd)])
    store.remember([KnownFile(path=odd, size_bytes=1, mtime_ns=2**62, image_id=entry(1).image_id)])
    assert store.get([entry(1).image_id])[0].reference.path == odd
    assert store.known_paths()[odd].mtime_ns == 2**62


TEXT = st.text(max_size=20)


@settings(max_examples=40, deadline=None)
@given(st.builds(Record, publisher=TEXT, post_text=TEXT, notes=TEXT, published=TEXT,
                 views=st.none() | st.integers(0, 2**53 - 1), published_basis=st.sampled_from(DateBasis),
                 place=st.none() | st.builds(Place, name=TEXT, lat_deg=st.floats(-90, 90), lon_deg=st.floats(-180, 180),
                                             level=st.sampled_from(Level))))  # fmt: skip
def test_any_record_comes_back_as_it_was(tmp_path_factory, record: Record) -> None:
    store = open_set(tmp_path_factory.mktemp("records") / "set", create=True)
    store.add([entry(1, record)])
    assert store.records(entry(1).image_id) == (record,)
    store.close()


def test_a_record_that_json_cannot_carry_is_refused_with_a_remedy(store: SQLiteStore) -> None:
    with pytest.raises(StatementsError) as caught:
        store.add([entry(1, Record(views=2**60))])
    assert caught.value.remedy and store.state().pictures == 0


def test_an_id_that_is_none_is_refused(store: SQLiteStore) -> None:
    with pytest.raises(ReferenceSetError, match="no image id"):
        store.get(["../../etc/passwd"])
    with pytest.raises(ReferenceSetError, match="no image id"):
        store.keep("../../etc/passwd", b"", "image/jpeg")
