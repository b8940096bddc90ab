"""Filling a set from files: what is taken, what is not, and going on after an interruption."""

import gc
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.image.decoding.decoder import Decoder
from provenance.model.image import WorkingCopy
from provenance.model.limits import Limits
from provenance.model.record import Record
from provenance.reference.open import open_set
from provenance.reference.sqlite.store import SQLiteStore
from provenance.sets.adding import add
from provenance.sets.taking import BATCH_BYTES
from tests.sets.pictures import draw

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def test_files_and_folders_are_taken_and_a_second_run_reads_nothing(tmp_path: Path, store, decoder: Decoder) -> None:
    for number in range(5):
        draw(tmp_path / "in" / f"{number}.png", number)
    draw(tmp_path / "in" / "below" / "5.jpg", 5)
    single = draw(tmp_path / "single.webp", 6)
    told: list[tuple[int, int, str]] = []
    first = add(
        [tmp_path / "in", single], store, decoder, Limits(), records={}, now=NOW,
        progress=lambda *seen: told.append(seen),
    )  # fmt: skip
    assert (first.pictures_added, first.already_there, first.resumed, first.refused) == (7, 0, 0, ())
    assert [done for done, _, _ in told] == list(range(1, 8)) and {total for _, total, _ in told} == {7}
    before = store.state()
    second = add([tmp_path / "in", single], store, decoder, Limits(), records={}, now=NOW)
    assert (second.pictures_added, second.already_there, second.resumed) == (0, 7, 7)
    assert store.state() == before
    assert {stored.added_at for stored in store.list()} == {"2026-01-02T00:00:00Z"}


def test_a_picture_under_another_name_is_there_once(tmp_path: Path, store, decoder: Decoder) -> None:
    draw(tmp_path / "in" / "a.png", 1)
    shutil.copy(tmp_path / "in" / "a.png", tmp_path / "in" / "b.png")
    outcome = add([tmp_path / "in"], store, decoder, Limits(), records={}, now=NOW)
    assert (outcome.pictures_added, outcome.already_there) == (1, 1)
    shutil.copy(tmp_path / "in" / "a.png", tmp_path / "in" / "c.png")
    outcome = add([tmp_path / "in"], store, decoder, Limits(), records={}, now=NOW)
    assert (outcome.pictures_added, outcome.already_there, outcome.resumed) == (0, 3, 2)


def test_records_go_to_their_pictures_by_relative_path_or_by_name(tmp_path: Path, store, decoder: Decoder) -> None:
    one, two = draw(tmp_path / "in" / "one.png", 1), draw(tmp_path / "in" / "x" / "two.png", 2)
    records = {
        "one.png": (Record(publisher="A"), Record(publisher="B")),
        "x/two.png": (Record(publisher="C"),),
        "two.png": (Record(publisher="D"),),
        "gone.png": (Record(publisher="E"),),
        "../in/one.png": (Record(publisher="F"),),
    }
    outcome = add([tmp_path / "in"], store, decoder, Limits(), records=records, now=NOW)
    assert outcome.records_added == 4
    assert outcome.records_without_picture == ("gone.png", "../in/one.png")
    publishers = {
        stored.reference.path: [record.publisher for record in stored.records] for stored in store.list(limit=9)
    }
    assert publishers == {str(one): ["A", "B"], str(two): ["C", "D"]}


def test_records_are_added_to_pictures_that_are_there(tmp_path: Path, store, decoder: Decoder) -> None:
    draw(tmp_path / "in" / "one.png", 1)
    add([tmp_path / "in"], store, decoder, Limits(), records={}, now=NOW)
    for _ in range(2):
        records = {"one.png": (Record(publisher="A"),)}
        add([tmp_path / "in"], store, decoder, Limits(), records=records, now=NOW)
    assert store.count()["records"] == 1


def test_a_name_that_two_files_have_gives_its_record_to_neither(tmp_path: Path, store, decoder: Decoder) -> None:
    draw(tmp_path / "in" / "x" / "p.png", 1)
    draw(tmp_path / "in" / "y" / "p.png", 2)
    records = {"p.png": (Record(publisher="A"),), "x/p.png": (Record(publisher="B"),)}
    outcome = add([tmp_path / "in"], store, decoder, Limits(), records=records, now=NOW)
    assert [refused.path for refused in outcome.refused] == ["p.png"] and outcome.refused[0].remedy
    assert outcome.records_added == 1


def test_files_that_cannot_be_taken_are_told_and_the_rest_goes_on(tmp_path: Path, store, decoder: Decoder) -> None:
    good = draw(tmp_path / "good.png", 1)
    torn = draw(tmp_path / "torn.png", 2)
    torn.write_bytes(torn.read_bytes()[:200])
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    empty = tmp_path / "empty.png"
    empty.touch()
    large = draw(tmp_path / "large.png", 3, (400, 300))
    paths = [torn, text, empty, tmp_path / "missing.png", large, good]
    outcome = add(paths, store, decoder, Limits(pixels_px=50_000), records={}, now=NOW)
    assert outcome.pictures_added == 1
    assert {Path(refused.path).name for refused in outcome.refused} == {
        "torn.png", "text.jpg", "empty.png", "missing.png", "large.png",
    }  # fmt: skip
    assert all(refused.reason and refused.remedy for refused in outcome.refused)
    again = add([large], store, decoder, Limits(), records={}, now=NOW)
    assert again.pictures_added == 1


def test_a_changed_file_is_read_again(tmp_path: Path, store, decoder: Decoder) -> None:
    path = draw(tmp_path / "p.png", 1)
    add([path], store, decoder, Limits(), records={}, now=NOW)
    draw(path, 2)
    os.utime(path, ns=(1, 1))
    assert add([path], store, decoder, Limits(), records={}, now=NOW).pictures_added == 1
    assert store.state().pictures == 2


def test_copies_are_kept_when_asked_for_even_later(tmp_path: Path, store, decoder: Decoder) -> None:
    path = draw(tmp_path / "p.png", 1)
    add([path], store, decoder, Limits(), records={}, now=NOW)
    add([path], store, decoder, Limits(), records={}, keep=True, now=NOW)
    (stored,) = store.list()
    assert Path(stored.reference.path).read_bytes() == path.read_bytes()
    assert stored.reference.path != str(path)


FILLER = """
import signal
import sys
import tarfile
from contextlib import closing
import time
from datetime import UTC, datetime
from pathlib import Path
from provenance.sets.adding import add
from provenance.image.decoding.decoder import Decoder
from provenance.model.limits import Limits
from provenance.model.record import Record
from provenance.reference.open import open_set
from provenance.reference.sqlite.store import SQLiteStore

stops_at = int(sys.argv[3])

def told(done, total, name):
    print(done, flush=True)
    if done == stops_at:
        time.sleep(600)  # the signal meets it at work


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are born deaf to it
    store = open_set(sys.argv[2], create=True)
    records = {f"{number}.png": (Record(publisher=str(number)),) for number in range(200)}
    with Decoder() as decoder:
        add([Path(sys.argv[1])], store, decoder, Limits(), records=records, now=datetime(2026, 1, 2, tzinfo=UTC),
            progress=told)
    store.close()
"""


def filler(folder: Path, path: Path, stops_at: int = 0) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", FILLER, str(folder), str(path), str(stops_at)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_run_keeps_what_it_acknowledged_and_the_next_goes_on(tmp_path: Path, how: int) -> None:
    for number in range(150):
        draw(tmp_path / "in" / f"{number}.png", number)
    path = tmp_path / "desk.sqlite"
    process = filler(tmp_path / "in", path, stops_at=120)
    while int(process.stdout.readline()) < 120:
        pass
    process.send_signal(how)
    process.stdout.read()
    assert process.wait(timeout=60) != 0
    process.stdout.close()
    store = open_set(path)
    kept = store.state().pictures
    assert 96 <= kept < 150
    store.close()
    again = filler(tmp_path / "in", path)
    again.communicate(timeout=60)
    store = open_set(path)
    assert store.state().pictures == 150 == store.count()["records"] == store.count()["files"]
    assert store.verify().wrong == ()
    store.close()


def test_two_runs_at_once_fill_one_set(tmp_path: Path) -> None:
    for number in range(60):
        draw(tmp_path / "in" / f"{number}.png", number)
    path = tmp_path / "desk.sqlite"
    runs = [filler(tmp_path / "in", path) for _ in range(2)]
    for run in runs:
        run.communicate(timeout=60)
        assert run.returncode == 0
    store = open_set(path)
    assert store.state().pictures == 60 == store.count()["records"]
    assert store.verify().wrong == ()
    store.close()


def test_time_is_not_spent_on_what_is_there(tmp_path: Path, store, decoder: Decoder) -> None:
    """The second run opens no picture: it goes through when every picture has become unreadable."""
    for number in range(3):
        draw(tmp_path / "in" / f"{number}.png", number)
    add([tmp_path / "in"], store, decoder, Limits(), records={}, now=NOW)
    for file in (tmp_path / "in").iterdir():
        status = file.stat()
        data = file.read_bytes()
        file.write_bytes(data[:16] + bytes(len(data) - 16))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    outcome = add([tmp_path / "in"], store, decoder, Limits(), records={}, now=NOW)
    assert (outcome.resumed, outcome.refused) == (3, ())


def test_what_a_folder_could_not_give_is_told_and_the_rest_is_taken(tmp_path: Path, store, decoder: Decoder) -> None:
    draw(tmp_path / "in" / "good.png", 1)
    (tmp_path / "in" / "empty.jpg").touch()
    (tmp_path / "in" / "text.jpg").write_text("no picture")
    (tmp_path / "in" / "gone.png").symlink_to(tmp_path / "nowhere.png")
    (tmp_path / "in" / "notes.txt").write_text("left alone")
    outcome = add([tmp_path / "in", tmp_path / "in"], store, decoder, Limits(), records={}, now=NOW)
    assert outcome.pictures_added == 1
    assert {Path(refused.path).name: refused.reason for refused in outcome.refused} == {
        "empty.jpg": "the file is empty",
        "text.jpg": "not a picture by its content",
        "gone.png": "a link that leads nowhere",
    }
    assert len(outcome.refused) == 3 and all(refused.remedy for refused in outcome.refused)


def test_the_reason_of_a_refused_file_does_not_repeat_its_name(tmp_path: Path, store, decoder: Decoder) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    (told,) = add([tmp_path / "text.jpg"], store, decoder, Limits(), records={}, now=NOW).refused
    assert told.reason == "not a picture by its content"


def copies_alive() -> list[WorkingCopy]:
    return [item for item in gc.get_objects() if isinstance(item, WorkingCopy)]


def test_keeping_copies_holds_no_pixels_and_not_too_many_bytes(tmp_path: Path, store, decoder: Decoder) -> None:
    for number in range(8):
        draw(tmp_path / "in" / f"{number}.png", number)
    before = {id(one): one for one in copies_alive()}  # other tests may have left some
    living: list[int] = []

    def look(done: int, total: int, name: str) -> None:
        living.append(sum(id(one) not in before for one in copies_alive()))

    add([tmp_path / "in"], store, decoder, Limits(), records={}, keep=True, progress=look, now=NOW)
    assert len(living) == 8 and max(living) <= 1
    assert all(store.kept_copy(stored.reference.image_id) for stored in store.list())


def test_copies_of_many_bytes_are_acknowledged_before_the_batch_is_full(
    tmp_path: Path, store, decoder: Decoder
) -> None:
    trailer = bytes(BATCH_BYTES // 2)
    for number in range(3):
        path = draw(tmp_path / "in" / f"{number}.png", number)
        with path.open("ab") as file:
            file.write(trailer)
    kept: list[int] = []
    add(
        [tmp_path / "in"], store, decoder, Limits(), records={}, keep=True, now=NOW,
        progress=lambda *_: kept.append(store.state().pictures),
    )  # fmt: skip
    assert kept == [0, 2, 2] and store.state().pictures == 3


@pytest.mark.parametrize("again", ["list", "spelt otherwise", "relative", "archive"])
def test_a_file_that_is_named_twice_is_one_picture_with_its_records(
    tmp_path: Path, decoder, monkeypatch, again: str
) -> None:
    folder = tmp_path / "pictures"
    draw(folder / "a.png", 1)
    (folder / "list.csv").write_text("path\na.png\n")
    monkeypatch.chdir(tmp_path)
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        archive.add(folder / "a.png", "a.png")
    paths = {
        "list": [folder],
        "spelt otherwise": [folder, tmp_path / "none" / ".." / "pictures" / "a.png"],
        "relative": [folder, Path("pictures")],
        "archive": [tmp_path / "b.tar", Path("b.tar")],
    }[again]
    (tmp_path / "none").mkdir()
    listing = folder / "list.csv" if again == "list" else None
    with closing(open_set(tmp_path / "set.sqlite", create=True)) as store:
        records = {"a.png": (Record(publisher="Agence"),)}
        done = add(paths, store, decoder, Limits(), records=records, listing=listing, now=NOW)
        assert (done.pictures_added, done.records_added, done.already_there, done.refused) == (1, 1, 0, ())


def test_of_the_files_that_a_set_knows_only_those_that_are_named_are_read(tmp_path: Path, decoder, monkeypatch) -> None:
    for number in range(3):
        draw(tmp_path / "before" / f"{number}.png", number)
    draw(tmp_path / "now" / "a.png", 9)
    known, asked = SQLiteStore.known_paths, []
    with closing(open_set(tmp_path / "set.sqlite", create=True)) as store:
        add([tmp_path / "before"], store, decoder, Limits(), records={}, now=NOW)
        monkeypatch.setattr(SQLiteStore, "known_paths", lambda store, *of: asked.append(known(store, *of)) or asked[-1])
        for there in (0, 1):
            done = add([tmp_path / "now"], store, decoder, Limits(), records={}, now=NOW)
            assert (done.pictures_added, done.resumed, len(asked.pop())) == (1 - there, there, there)
        odd = ["/no\udcff", str(tmp_path / "before" / "1.png"), *(f"/{number}" for number in range(1200))]
        assert list(known(store, odd)) == odd[1:2] and len(known(store)) == 4


WITHOUT_ROOM = """
import resource, sys
from provenance.cli.main import main

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
sys.exit(main(["add", sys.argv[1], "--set", sys.argv[2], "--jobs", sys.argv[3]]))
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_where_pixels_find_no_room_no_picture_is_noted_as_refused(tmp_path: Path, jobs: str) -> None:
    for number in range(3):
        draw(tmp_path / "pictures" / f"{number}.png", number, (300, 300))
    words = [sys.executable, "-c", WITHOUT_ROOM, str(tmp_path / "pictures"), str(tmp_path / "desk.sqlite"), jobs]
    alone = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # a module that is cut short is read by the next run
    ended = subprocess.run(words, capture_output=True, text=True, check=False, env=alone)
    assert ended.returncode == 7 and ended.stderr.count("\n") == 1 and "find no room" in ended.stderr, ended.stderr


ANOTHER = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1])
other.execute("SELECT count(*) FROM reference_set").fetchone()
other.close()
"""


@pytest.mark.parametrize("how", ["folder", "files", "link"])
def test_a_set_among_the_pictures_keeps_its_locks_while_it_is_filled(tmp_path: Path, decoder: Decoder, how) -> None:
    pictures, elsewhere = tmp_path / "pictures", tmp_path / "elsewhere.sqlite"
    path = pictures / "desk.sqlite"
    draw(pictures / "1.png", 1)
    elsewhere.symlink_to(path)
    with closing(SQLiteStore(path, create=True)), closing(SQLiteStore(elsewhere if how == "link" else path)) as store:
        paths = sorted(pictures.iterdir()) if how == "files" else [pictures]
        done = add(paths, store, decoder, Limits(), records={}, now=NOW)
        # Who finds no lock takes itself for the last one, and the log for nobody's.
        subprocess.run([sys.executable, "-c", ANOTHER, str(path)], check=True)
        assert {one.name for one in pictures.iterdir()} >= {"desk.sqlite-wal", "desk.sqlite-shm"}
        draw(pictures / "2.png", 2)
        assert add([pictures], store, decoder, Limits(), records={}, now=NOW).pictures_added == 1
    refused = {Path(one.path).name: one.reason for one in done.refused}
    assert done.pictures_added == 1
    assert refused.keys() == ({"desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm"} if how == "files" else set())
    assert all("a set that is open" in reason for reason in refused.values())
