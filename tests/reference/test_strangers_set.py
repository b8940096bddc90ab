"""A set that somebody else made: every column may hold anything, and every folder beside it may be a link."""

import hashlib
import os
import sqlite3
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from provenance.errors import OutputError, ReferenceSetError, UnusableSetError
from provenance.model.canonical import canonical
from provenance.model.place import Place
from provenance.model.record import Entry, Fingerprint, Record
from provenance.reference.open import open_set
from provenance.reference.sqlite import opening

DATA = b"the bytes of a picture"
ID = hashlib.sha256(DATA).hexdigest()


def entry(data: bytes, *records: Record) -> Entry:
    digest = hashlib.sha256(data)
    made = Fingerprint(name="phash256/1", code=digest.digest(), searchable=True, detail=200.0)
    return Entry(
        image_id=digest.hexdigest(),
        size_bytes=len(data),
        width_px=4,
        height_px=3,
        media_type="image/jpeg",
        path=f"/pictures/{digest.hexdigest()[:6]}.jpg",
        fingerprints=(made,),
        records=records,
    )


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "sets" / "desk.sqlite"
    store = open_set(path, create=True)
    store.add([entry(DATA, Record(publisher="A"), Record(publisher="B")), entry(b"other")])
    store.keep(ID, DATA, "image/jpeg")
    store.close()
    return path


def alter(path: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement, values)
    connection.close()


@pytest.mark.parametrize("kept", ["/../../../victim.txt", "/../../victim.txt", ".sqlite", ".jpg/", "\0", 7, b".jpg"])
def test_the_ending_of_a_kept_copy_is_never_a_way_out_of_the_set(filled: Path, tmp_path: Path, kept: object) -> None:
    victims = [tmp_path / "victim.txt", filled.parent / "victim.txt"]
    for victim in victims:
        victim.write_text("keep me")
    alter(filled, "UPDATE images SET kept = ?", kept)
    store = open_set(filled)
    for ask in (lambda: store.remove([ID]), lambda: store.kept_copy(ID), lambda: store.get([ID])):
        with pytest.raises(UnusableSetError, match="damaged"):
            ask()
    assert any("ending of a kept copy" in line for line in store.verify().wrong)
    store.close()
    assert [victim.read_text() for victim in victims] == ["keep me", "keep me"]


@pytest.mark.parametrize("level", ["desk.sqlite.pictures", f"desk.sqlite.pictures/{ID[:2]}"])
def test_nothing_behind_a_link_is_removed_or_written(filled: Path, tmp_path: Path, level: str) -> None:
    inside = filled.parent / level
    moved = tmp_path / "elsewhere"
    inside.rename(moved)
    inside.symlink_to(moved)
    victim = next(path for path in moved.rglob("*.jpg"))
    store = open_set(filled)
    with pytest.raises(ReferenceSetError, match="is a link") as caught:
        store.remove([ID])
    assert caught.value.remedy and victim.read_bytes() == DATA and store.state().pictures == 2
    with pytest.raises(OutputError, match="is a link"):
        store.keep(ID, DATA + b"!", "image/png")
    store.close()
    assert [path.name for path in moved.rglob("*") if path.is_file()] == [victim.name]


def test_of_a_kept_copy_that_is_a_link_the_link_goes_and_its_target_stays(filled: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim.jpg"
    victim.write_bytes(DATA)
    store = open_set(filled)
    copy = store.kept_copy(ID)
    copy.unlink()
    copy.symlink_to(victim)
    assert any("not there" in line for line in store.verify().wrong)
    assert store.keep(ID, DATA, "image/jpeg") == copy and not copy.is_symlink()
    copy.unlink()
    copy.symlink_to(victim)
    assert store.remove([ID]) == 1
    store.close()
    assert not copy.is_symlink() and victim.read_bytes() == DATA


@pytest.mark.parametrize(
    ("column", "value"),
    [("width_px", "wide"), ("height_px", -1), ("width_px", 0), ("height_px", 2**63 - 1),
     ("size_bytes", 1.5), ("media_type", b"x"), ("media_type", "x" * 9_999),
     ("path", 5), ("added_at", b"5"), ("records", 1), ("records", "2 of them")],
)  # fmt: skip
def test_a_column_of_another_type_is_damage_and_no_crash(filled: Path, column: str, value: object) -> None:
    alter(filled, f"UPDATE images SET {column} = ? WHERE image_id = ?", value, bytes.fromhex(ID))
    store = open_set(filled)
    with pytest.raises(UnusableSetError, match="damaged"):
        store.get([ID])
    store.close()


@pytest.mark.parametrize("name", [b"bytes", 5, "n" * 5_000])
def test_the_name_of_the_set_is_text_of_some_length(filled: Path, name: object) -> None:
    alter(filled, "UPDATE reference_set SET name = ?", name if not isinstance(name, int) else sqlite3.Binary(b"5"))
    store = open_set(filled)
    with pytest.raises(UnusableSetError, match="name of the set"):
        store.state()
    store.close()


def test_a_record_nested_without_end_is_damage_and_no_crash(filled: Path) -> None:
    alter(filled, "UPDATE appearances SET record = ?", b"[" * 200_000)
    store = open_set(filled)
    with pytest.raises(UnusableSetError):
        store.get([ID])
    assert store.verify().wrong
    store.close()


def test_rows_that_are_gone_are_noticed_when_the_set_is_opened(filled: Path) -> None:
    alter(filled, "DELETE FROM images WHERE image_id = ?", bytes.fromhex(ID))
    with pytest.raises(UnusableSetError, match="holds 1 pictures and should hold 2"):
        open_set(filled)


@pytest.mark.parametrize(("lost", "refused"), [(1, False), (13, True)])
def test_of_a_large_set_so_many_pictures_are_counted_when_it_is_opened(
    filled: Path, monkeypatch: pytest.MonkeyPatch, lost: int, refused: bool
) -> None:
    monkeypatch.setattr(opening, "COUNTED_PICTURES", 8)
    store = open_set(filled)
    store.add([entry(f"picture {number}".encode()) for number in range(18)])
    first = store.list(limit=1)[0].reference.image_id
    store.close()
    alter(filled, "DELETE FROM images WHERE image_id IN (SELECT image_id FROM images LIMIT ?)", lost)
    if refused:
        with pytest.raises(UnusableSetError, match="holds 7 pictures and should hold 20"):
            open_set(filled)
        return
    store = open_set(filled)
    with pytest.raises(UnusableSetError, match="is lost"):
        store.get([first])
    assert any("should be 20" in wrong for wrong in store.verify().wrong)
    store.close()


@pytest.mark.parametrize("told", [None, "many"])
def test_a_number_of_pictures_that_is_none_is_damage(filled: Path, told: object) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'pictures INTEGER NOT NULL', 'pictures')")
    connection.close()
    alter(filled, "UPDATE reference_set SET pictures = ?", told)
    with pytest.raises(UnusableSetError, match="should hold"):
        open_set(filled)


def test_a_lost_picture_is_no_picture_that_was_never_there(filled: Path) -> None:
    alter(filled, "UPDATE images SET image_id = ? WHERE image_id = ?", bytes(32), bytes.fromhex(ID))
    store = open_set(filled)
    assert store.get(["ab" * 32]) == []
    with pytest.raises(UnusableSetError, match="is lost"):
        store.get([ID])
    store.close()


def test_a_lost_record_is_noticed(filled: Path) -> None:
    alter(filled, "DELETE FROM appearances WHERE seq = 1")
    store = open_set(filled)
    with pytest.raises(UnusableSetError, match="has 1 records and should have 2"):
        store.get([ID])
    assert any("records" in line for line in store.verify().wrong)
    store.close()


@pytest.mark.parametrize("length", [1, 32, 200, 3_000])
def test_noise_in_the_file_never_leads_to_a_partial_answer(tmp_path: Path, length: int) -> None:
    """The set is refused, or answers in full: every picture by its id and by its code, with every record."""
    path, chance = tmp_path / "desk.sqlite", np.random.default_rng(0)
    entries = [entry(b"%d" % number, Record(publisher=str(number))) for number in range(300)]
    store = open_set(path, create=True)
    store.add(entries)
    store.close()
    whole, refused = path.read_bytes(), 0
    for at in map(int, chance.integers(100, len(whole) - length, 90)):
        path.write_bytes(whole[:at] + chance.bytes(length) + whole[at + length :])
        try:
            store = open_set(path)
            try:
                hits = store.near([made.code for item in entries for made in item.fingerprints], "phash256/1", 0)
                assert [found[0].image_id for found in hits] == [item.image_id for item in entries]
                found = {
                    stored.reference.image_id: stored.records
                    for stored in store.get([item.image_id for item in entries])
                }
                assert found == {item.image_id: item.records for item in entries}
            finally:
                store.close()
        except ReferenceSetError as error:
            refused += 1
            assert error.remedy
    assert refused > 15


def test_verify_says_what_was_compared_and_that_nothing_is_wrong(filled: Path) -> None:
    store = open_set(filled)
    told = store.verify()
    assert (told.pictures, told.fingerprints, told.records, told.kept_copies, told.wrong) == (2, 2, 2, 1, ())
    store.kept_copy(ID).write_bytes(b"another picture")
    assert store.verify().wrong == (f"the kept copy of {ID[:12]} is not the picture that was added",)
    store.close()


def test_a_kept_copy_goes_by_the_name_that_its_file_had(filled: Path) -> None:
    store = open_set(filled)
    reference = store.get([ID])[0].reference
    assert reference.name == f"{ID[:6]}.jpg" and Path(reference.path).name == f"{ID}.jpg"
    store.close()


@pytest.mark.parametrize("create", [False, True])
def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path, create: bool) -> None:
    os.mkfifo(tmp_path / "set.sqlite")
    told: list[str] = []

    def work() -> None:
        with pytest.raises(ReferenceSetError, match="named pipe") as caught:
            open_set(tmp_path / "set.sqlite", create=create)
        told.append(caught.value.remedy)

    waiting = threading.Thread(target=work, daemon=True)
    waiting.start()
    waiting.join(timeout=60)
    assert len(told) == 1 and told[0]


@pytest.mark.parametrize("place", [{"name": 5}, {"name": ["x"]}, {"name": "x", "lat_deg": True, "lon_deg": 1}])
def test_a_place_of_other_types_than_a_place_has_is_damage(filled: Path, place: dict[str, Any]) -> None:
    """Its id is that of what it says, so nothing else tells it from what a desk wrote."""
    made = Record(place=Place(**place))
    alter(filled, "UPDATE appearances SET record = ?, record_id = ? WHERE seq = 1", canonical(made), made.id)
    store = open_set(filled)
    with pytest.raises(UnusableSetError, match="damaged"):
        store.get([ID])
    store.close()


@pytest.mark.parametrize("name", ["", "sqlite://"])
def test_an_empty_name_is_refused(name: str) -> None:
    with pytest.raises(ReferenceSetError, match="empty name") as caught:
        open_set(name, create=True)
    assert caught.value.remedy
