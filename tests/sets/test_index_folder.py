"""A folder as a reference set: indexed elsewhere, brought in line each time, never written into."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from provenance.errors import ReferenceSetError, StatementsError, UnusableSetError
from provenance.fingerprint.perceptual import NAME
from provenance.image.decoding.decoder import Decoder
from provenance.model.limits import Limits
from provenance.reference.sqlite import opening
from provenance.reference.sqlite.schema import FORMAT_VERSION
from provenance.sets.adding import index_folder
from provenance.sets.caching import _set_aside, _temporary
from tests.machine import largest_file
from tests.sets.pictures import draw

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(6):
        draw(tmp_path / "refs" / f"{number}.png", number)
    (tmp_path / "refs" / "records.csv").write_text("file,publisher\n0.png,A\n1.png,B\n1.png,C\n")
    return tmp_path / "refs"


def contents(folder: Path, cache: Path, decoder: Decoder) -> dict[str, list[str]]:
    indexed = index_folder(folder, cache, decoder, Limits())
    assert indexed.unfinished == ""
    held = {
        Path(stored.reference.path).name: sorted(record.publisher for record in stored.records)
        for stored in indexed.store.list(limit=100)
    }
    assert indexed.store.verify().wrong == ()
    indexed.store.close()
    return held


FIRST = {"0.png": ["A"], "1.png": ["B", "C"], "2.png": [], "3.png": [], "4.png": [], "5.png": []}


def test_a_folder_is_indexed_with_its_records_and_nothing_is_written_into_it(
    folder: Path, tmp_path: Path, decoder: Decoder
) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())
    assert contents(folder, tmp_path / "cache", decoder) == FIRST
    assert sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir()) == before
    assert [len(path.stem) for path in (tmp_path / "cache").glob("*.sqlite")] == [16]


def test_new_changed_and_gone_files_and_records_are_seen(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    contents(folder, tmp_path / "cache", decoder)
    (folder / "5.png").unlink()
    draw(folder / "4.png", 44)
    os.utime(folder / "4.png", ns=(5, 5))
    draw(folder / "below" / "6.png", 6)
    (folder / "3.png").rename(folder / "renamed.png")
    (folder / "records.csv").write_text("file,publisher\n0.png,A\n1.png,C\nrenamed.png,D\n")
    expected = {"0.png": ["A"], "1.png": ["C"], "2.png": [], "renamed.png": ["D"], "4.png": [], "6.png": []}
    assert contents(folder, tmp_path / "cache", decoder) == expected
    (folder / "records.csv").unlink()
    assert set(map(tuple, contents(folder, tmp_path / "cache", decoder).values())) == {()}


def test_the_index_equals_one_made_from_nothing(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    contents(folder, tmp_path / "cache", decoder)
    (folder / "5.png").unlink()
    draw(folder / "7.png", 7)
    snapshots = []
    for cache in ("cache", "another"):
        indexed = index_folder(folder, tmp_path / cache, decoder, Limits())
        snapshots.append(indexed.store.state())
        indexed.store.close()
    assert snapshots[0] == snapshots[1]


def test_a_copy_under_two_names_stays_until_both_are_gone(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    shutil.copy(folder / "2.png", folder / "z.png")
    contents(folder, tmp_path / "cache", decoder)
    (folder / "z.png").unlink()
    assert contents(folder, tmp_path / "cache", decoder) == FIRST


def test_a_file_that_cannot_be_taken_is_told_each_time(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    (folder / "2.png").write_bytes((folder / "2.png").read_bytes()[:150])
    for _ in range(2):
        indexed = index_folder(folder, tmp_path / "cache", decoder, Limits())
        assert [Path(refused.path).name for refused in indexed.refused] == ["2.png"]
        assert indexed.store.state().pictures == 5
        indexed.store.close()
    draw(folder / "2.png", 2)
    assert contents(folder, tmp_path / "cache", decoder) == FIRST


def test_a_deadline_ends_the_work_and_says_how_far_it_came(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    indexed = index_folder(folder, tmp_path / "cache", decoder, Limits(), deadline_s=time.monotonic())
    assert indexed.unfinished.startswith("0 of 6 pictures") and indexed.store.state().pictures == 0
    indexed.store.close()
    assert contents(folder, tmp_path / "cache", decoder) == FIRST
    late = index_folder(folder, tmp_path / "cache", decoder, Limits(), deadline_s=time.monotonic() - 1)
    assert late.store.state().pictures == 6
    late.store.close()


def test_a_damaged_index_is_made_anew(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    contents(folder, tmp_path / "cache", decoder)
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    for damage in (b"", b"no database", path.read_bytes()[:5_000]):
        path.write_bytes(damage)
        assert contents(folder, tmp_path / "cache", decoder) == FIRST


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE picture_packs DROP COLUMN ids",  # as a version half-way to this one made it
        "ALTER TABLE features DROP COLUMN thumbnail",
        "ALTER TABLE images ADD COLUMN more TEXT",
        "DROP TABLE code_segments",
        "UPDATE paths SET image_id = 7",  # which is seen only as it is read
    ],
)
def test_an_index_of_other_tables_or_values_is_made_anew_and_that_is_told(
    folder: Path, tmp_path: Path, decoder: Decoder, change: str
) -> None:
    contents(folder, tmp_path / "cache", decoder)
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change)
    indexed = index_folder(folder, tmp_path / "cache", decoder, Limits())
    assert (indexed.store.state().pictures, indexed.store.path, indexed.notes) == (6, path, ())
    indexed.store.close()
    assert indexed.of_cache.startswith("the index of refs in the cache was made anew: the reference set ")
    again = index_folder(folder, tmp_path / "cache", decoder, Limits())
    again.store.close()
    assert again.of_cache == ""


def test_an_index_that_a_search_finds_damaged_is_made_anew_by_the_next(
    folder: Path, tmp_path: Path, decoder: Decoder
) -> None:
    contents(folder, tmp_path / "cache", decoder)
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE fingerprints SET code = x'00'")
        connection.execute("UPDATE code_packs SET codes = x'00'")
    indexed = index_folder(folder, tmp_path / "cache", decoder, Limits())
    assert indexed.of_cache == "" and indexed.store.state().pictures == 6
    with pytest.raises(UnusableSetError) as caught:
        indexed.store.near([bytes(32)], NAME, 32)
    assert caught.value.remedy.startswith("check again: ")
    indexed.store.close()
    assert not path.exists()
    assert contents(folder, tmp_path / "cache", decoder) == FIRST


def test_a_cache_that_cannot_be_written_is_done_without(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    (tmp_path / "file").write_text("in the way")
    assert contents(folder, tmp_path / "file" / "cache", decoder) == FIRST


@pytest.mark.parametrize("kind", ["a folder", "a named pipe"])
def test_what_lies_in_the_place_of_an_index_is_left_and_told(
    folder: Path, tmp_path: Path, decoder: Decoder, kind: str
) -> None:
    contents(folder, tmp_path / "cache", decoder)
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    path.unlink()
    (os.mkfifo if kind == "a named pipe" else os.mkdir)(path)
    indexed = index_folder(folder, tmp_path / "cache", decoder, Limits())
    assert indexed.store.state().pictures == 6 and path.exists() and not path.is_file()
    indexed.store.close()
    assert indexed.of_cache.startswith("refs was indexed for this run alone: ") and kind in indexed.of_cache


def test_a_pipe_in_the_place_of_the_lock_is_not_waited_for(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    contents(folder, tmp_path / "cache", decoder)
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    path.write_bytes(b"damaged")
    os.mkfifo(path.with_name(path.name + ".lock"))
    assert contents(folder, tmp_path / "cache", decoder) == FIRST


def test_a_folder_without_pictures_is_refused_with_a_remedy(tmp_path: Path, decoder: Decoder) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReferenceSetError) as caught:
        index_folder(tmp_path / "empty", tmp_path / "cache", decoder, Limits())
    assert caught.value.remedy


def test_a_bad_records_file_is_refused(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    (folder / "records.csv").write_text("file,publisher,wrong\n0.png,A,x\n")
    with pytest.raises(StatementsError):
        index_folder(folder, tmp_path / "cache", decoder, Limits())


INDEXER = """
import sys
from pathlib import Path
from provenance.sets.adding import index_folder
from provenance.sets.caching import _set_aside
from provenance.fingerprint.perceptual import NAME
from provenance.image.decoding.decoder import Decoder
from provenance.model.limits import Limits

if __name__ == "__main__":
    with Decoder() as decoder:
        indexed = index_folder(Path(sys.argv[1]), Path(sys.argv[2]), decoder, Limits())
    print(indexed.store.state().snapshot, indexed.store.state().pictures)
    assert indexed.store.verify().wrong == ()
    indexed.store.close()
"""


def test_programs_that_index_one_folder_at_once_agree(tmp_path: Path) -> None:
    for number in range(50):
        draw(tmp_path / "refs" / f"{number}.png", number)
    arguments = [sys.executable, "-c", INDEXER, str(tmp_path / "refs"), str(tmp_path / "cache")]
    runs = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(3)]
    told = {run.communicate(timeout=60)[0] for run in runs}
    assert len(told) == 1 and told.pop().endswith(" 50\n")


def test_what_the_set_lacks_of_the_folder_is_told_in_sentences(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    (folder / "2.png").write_bytes((folder / "2.png").read_bytes()[:150])
    (folder / "empty.jpg").touch()
    draw(folder / "x" / "p.png", 11)
    draw(folder / "y" / "p.png", 12)
    (folder / "away").symlink_to(tmp_path)
    names = ("0.png", "missing.jpg", "p.png", "empty.jpg")
    (folder / "records.csv").write_text("file,publisher\n" + "".join(f"{name},A\n" for name in names))
    indexed = index_folder(folder, tmp_path / "cache", decoder, Limits())
    indexed.store.close()
    assert indexed.notes == (
        f"2 of 9 pictures of {folder} could not be indexed: 2.png (the file is cut short), empty.jpg (the file is "
        "empty)",
        f"away below {folder} was not looked into: a link that leads out of the folder, which is not followed",
        "the records file records.csv names missing.jpg, which is not there",
        "the records file records.csv names p.png, and two pictures answer to it",
    )


def test_an_unfinished_index_is_among_the_notes(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    indexed = index_folder(folder, tmp_path / "cache", decoder, Limits(), deadline_s=time.monotonic())
    indexed.store.close()
    assert indexed.unfinished in indexed.notes


def test_a_folder_in_line_with_its_records_has_nothing_to_note(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    indexed = index_folder(folder, tmp_path / "cache", decoder, Limits())
    indexed.store.close()
    assert indexed.notes == ()


def test_a_records_file_that_cannot_be_read_is_not_left_out(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    (folder / "records.csv").unlink()
    os.mkfifo(folder / "records.csv")
    with pytest.raises(StatementsError, match="pipe") as caught:
        index_folder(folder, tmp_path / "cache", decoder, Limits())
    assert caught.value.remedy


def test_an_index_that_another_program_writes_is_left_alone(
    folder: Path, tmp_path: Path, decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_S", 0.2)
    contents(folder, tmp_path / "cache", decoder)
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    inode = path.stat().st_ino
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE reference_set SET name = 'being written'")
        assert contents(folder, tmp_path / "cache", decoder) == FIRST
        other.execute("COMMIT")
    assert path.stat().st_ino == inode
    with closing(sqlite3.connect(path)) as after:
        assert after.execute("SELECT name FROM reference_set").fetchone() == ("being written",)


def test_an_index_of_another_version_is_made_anew(folder: Path, tmp_path: Path, decoder: Decoder) -> None:
    contents(folder, tmp_path / "cache", decoder)
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1")
    assert contents(folder, tmp_path / "cache", decoder) == FIRST
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT_VERSION,)


def test_segments_of_a_damaged_index_go_with_it_and_nothing_behind_a_link(tmp_path: Path) -> None:
    index, elsewhere = tmp_path / "index.sqlite", tmp_path / "elsewhere"
    segments = tmp_path / "index.sqlite.points"
    for linked in (False, True):
        index.write_bytes(b"damaged")
        folder = elsewhere if linked else segments
        folder.mkdir()
        (folder / f"{'ab' * 16}.points").write_bytes(b"points")
        if linked:
            segments.symlink_to(elsewhere)
        _set_aside(index)
        assert not index.exists() and folder.exists() == linked
    assert len(list(elsewhere.iterdir())) == 1


def test_an_index_for_this_run_for_which_there_is_no_room_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with largest_file(20_000), pytest.raises(ReferenceSetError, match="cannot be read or written"):
        _temporary(tmp_path / "index.sqlite", "refs", OSError(28, "No space left on device"))
    assert list(tmp_path.iterdir()) == []
