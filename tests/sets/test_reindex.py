"""A set made by an older version is brought up from its pictures, and says of which it cannot."""

import dataclasses
import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from provenance import add, reference_set, reindex
from provenance.cli.main import main
from provenance.fingerprint.local.encode import name as features_name
from provenance.model.features import Features, Probe
from provenance.model.record import Entry
from provenance.reference.open import open_set
from provenance.reference.points.covering import SEAL_PICTURES, folder_of
from provenance.reference.sqlite.schema import FORMAT_VERSION
from provenance.reference.sqlite.store import SQLiteStore
from provenance.sets.entries import names
from provenance.sets.reindexing import CHANGED, GONE
from provenance.sets.taking import BATCH_FILES
from tests.reference.formats import as_format_2

OLD = "sift300/0-00000000"


def picture(path: Path, seed: int) -> Path:
    coarse = np.random.default_rng(seed).integers(0, 255, (6, 8, 3), np.uint8)
    Image.fromarray(coarse).resize((160, 120), Image.Resampling.BICUBIC).save(path)
    return path


def grow_old(store: SQLiteStore) -> None:
    """Give every picture features of another version, as an older program would have left them."""
    ids = [stored.reference.image_id for stored in store.list(limit=1000)]
    for image_id, kept in store.features(ids).items():
        old = dataclasses.replace(kept, name=OLD)
        store.add(
            [
                Entry(
                    image_id=image_id,
                    size_bytes=0,
                    width_px=0,
                    height_px=0,
                    media_type="",
                    path="",
                    fingerprints=(),
                    features=old,
                )
            ]
        )


def filled(folder: Path, number: int, *, keep: bool = False) -> tuple[Path, str]:
    """A set of so many pictures whose features are old, and its snapshot before they were."""
    pictures = folder / "pictures"
    pictures.mkdir()
    for seed in range(number):
        picture(pictures / f"{seed:02d}.png", seed)
    path = folder / "set.sqlite"
    add([pictures], reference=path, keep=keep)
    store = reference_set(path)
    snapshot = store.state().snapshot
    grow_old(store)
    assert store.state().snapshot != snapshot
    store.close()
    return path, snapshot


def test_old_features_are_made_anew_and_doing_so_again_changes_nothing(tmp_path) -> None:
    path, snapshot = filled(tmp_path, 3)
    store = reference_set(path)
    assert store.count_lacking(names()) == 3
    assert reindex(store).renewed == 3
    assert store.state().snapshot == snapshot and store.count_lacking(names()) == 0
    again = reindex(store)
    assert (again.renewed, again.left) == (0, [])
    assert store.verify().wrong == ()
    store.close()


def test_a_set_that_was_copied_without_its_segments_gets_them_back(tmp_path) -> None:
    path = tmp_path / "set.sqlite"
    store = reference_set_of(path, SEAL_PICTURES)
    folder = folder_of(path)
    assert list(folder.glob("*.points"))
    shutil.rmtree(folder)
    reindex(store)
    assert [file.stat().st_size > 0 for file in folder.glob("*.points")] == [True]
    assert (store.verify().segments, store.verify().segments_damaged) == (1, 0)
    store.close()


def reference_set_of(path: Path, number: int) -> SQLiteStore:
    """A set of so many pictures whose files never were, with features of this version."""
    store = open_set(path, create=True)
    store.add(
        Entry(
            image_id=hashlib.sha256(bytes([1, *number.to_bytes(4)])).hexdigest(),
            size_bytes=1,
            width_px=9,
            height_px=9,
            media_type="image/png",
            path="",
            fingerprints=(),
            features=Features(
                name=features_name(),
                width_px=512,
                height_px=300,
                points=12,
                words=bytes(24),
                signatures=bytes(16 * 12),
                places=bytes(48),
                sizes=bytes(12),
                angles=bytes(12),
                thumbnail=b"",
            ),
        )
        for number in range(number)
    )
    return store


def test_a_picture_whose_file_is_gone_or_another_stays_as_it_was_and_is_told(tmp_path) -> None:
    path, _ = filled(tmp_path, 3)
    (tmp_path / "pictures" / "00.png").unlink()
    picture(tmp_path / "pictures" / "01.png", 99)
    store = reference_set(path)
    done = reindex(store)
    assert done.renewed == 1
    assert sorted((Path(left.path).name, left.reason) for left in done.left) == [("00.png", GONE), ("01.png", CHANGED)]
    ids = [stored.reference.image_id for stored in store.list()]
    kept = sorted(features.name for features in store.features(ids).values())
    assert kept == sorted([OLD, OLD, features_name()])
    assert store.verify().wrong == ()
    store.close()


def test_kept_copies_serve_when_the_files_are_gone(tmp_path) -> None:
    path, snapshot = filled(tmp_path, 2, keep=True)
    for file in (tmp_path / "pictures").iterdir():
        file.unlink()
    store = reference_set(path)
    assert reindex(store).renewed == 2 and store.state().snapshot == snapshot
    store.close()


def test_an_interrupted_run_is_taken_up_where_it_ended(tmp_path) -> None:
    number = BATCH_FILES + 3
    path, snapshot = filled(tmp_path, number)
    store = reference_set(path)

    def stop(done: int, total: int, name: str) -> None:
        assert total == number
        if done == BATCH_FILES + 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex(store, progress=stop)
    assert store.count_lacking(names()) == number - BATCH_FILES
    assert reindex(store).renewed == number - BATCH_FILES
    assert store.state().snapshot == snapshot
    store.close()


def test_a_set_from_before_there_were_features_is_filled_and_found(tmp_path, capsys) -> None:
    path, _ = filled(tmp_path, 2)
    as_format_2(path)
    assert main(["refs", "reindex", "--set", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"renewed": 2, "left_as_they_were": 0}
    store = reference_set(path)
    ids = [stored.reference.image_id for stored in store.list()]
    assert [kept.name for kept in store.features(ids).values()] == [features_name()] * 2
    store.close()


def format_of(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    connection.close()
    return version


def test_reading_a_set_of_the_format_before_leaves_it_so_and_a_change_does_not(tmp_path) -> None:
    path, _ = filled(tmp_path, 2)
    as_format_2(path)
    store = reference_set(path)
    ids = [stored.reference.image_id for stored in store.list()]
    nothing = Probe(
        points=np.zeros(0, np.int64),
        mirrored=np.zeros(0, np.bool_),
        words=np.zeros(0, np.uint16),
        signatures=np.zeros((0, 2), np.uint64),
        sizes=np.zeros(0, np.uint8),
        angles=np.zeros(0, np.uint8),
    )
    assert store.features(ids) == {} and store.vote(nothing, features_name(), 5) == []
    assert store.count_lacking(names()) == 2 and list(store.lacking(names())) == ids
    assert not store.has(ids[0], names()) and store.seal(whole=True) == ""
    assert format_of(path) == 2
    store.forget(())
    assert format_of(path) == FORMAT_VERSION
    store.close()


@pytest.mark.parametrize("name", ["x" * 300 + ".png", "a\0b.png", "shut/00.png"])
def test_a_name_that_cannot_be_looked_at_stops_no_other_picture(tmp_path, name, monkeypatch) -> None:
    path, _ = filled(tmp_path, 3)
    with sqlite3.connect(path) as connection:
        first = connection.execute("SELECT min(image_id) FROM images").fetchone()[0]
        place = str(tmp_path / name).encode()
        connection.execute("UPDATE images SET path = ? WHERE image_id = ?", (place, first))
        connection.execute("DELETE FROM paths WHERE image_id = ?", (first,))
    connection.close()
    real = Path.stat

    def stat(self: Path, **how: bool) -> object:
        if "shut" in self.parts:
            raise PermissionError(13, "Permission denied")
        return real(self, **how)

    monkeypatch.setattr(Path, "stat", stat)
    store = reference_set(path)
    done = reindex(store)
    store.close()
    assert done.renewed == 2 and [Path(left.path).name for left in done.left] == [Path(name).name]


def test_that_segments_could_not_be_made_is_said(tmp_path, capsys) -> None:
    path = tmp_path / "set.sqlite"
    reference_set_of(path, SEAL_PICTURES).close()
    shutil.rmtree(folder_of(path))
    folder_of(path).write_bytes(b"in the way")
    assert main(["refs", "reindex", "--set", str(path)]) == 0
    assert "no segments were made" in capsys.readouterr().err
    folder_of(path).unlink()
    assert main(["refs", "reindex", "--set", str(path)]) == 0
    assert "no segments" not in capsys.readouterr().err and list(folder_of(path).glob("*.points"))


def test_a_picture_that_was_removed_meanwhile_does_not_come_back(tmp_path) -> None:
    path, _ = filled(tmp_path, 3)
    store, other = reference_set(path), reference_set(path)
    removed = store.list()[0].reference.image_id

    def remove_first(done: int, total: int, name: str) -> None:
        if done == 1:
            other.remove([removed])

    done = reindex(store, progress=remove_first)
    assert done.renewed == 2 and not store.has(removed) and store.state().pictures == 2
    store.close()
    other.close()


def test_looking_and_adding_are_one_transaction(tmp_path, monkeypatch) -> None:
    """Between two, another program can remove the picture."""
    path, _ = filled(tmp_path, 1)
    store = reference_set(path)
    monkeypatch.setattr(SQLiteStore, "has", lambda *_: pytest.fail("asked in a transaction of its own"))
    assert reindex(store).renewed == 1
    store.close()
