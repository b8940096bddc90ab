"""The log of a set: room is made in it for who gains by that alone, and nothing is lost by it or with it."""

import gc
import itertools
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from provenance.errors import ReferenceSetError
from provenance.reference.open import open_set
from provenance.reference.sqlite.log import FRAME_BYTES, PATIENCE, ROOM_BYTES, Log
from tests.reference.pictures import entry

ROOT = Path(__file__).resolve().parents[2]


def log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def frames(log: Path) -> int:
    """Frames of a log that was never begun anew, by their page numbers (fileformat2.html, section 4.1)."""
    laid = log.read_bytes()
    return sum(any(laid[at : at + 4]) for at in range(32, len(laid) - FRAME_BYTES + 1, FRAME_BYTES))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[object]:
    with closing(open_set(path, create=True)) as opened:
        yield opened


def test_many_small_changes_find_room_in_the_log(path: Path, store) -> None:
    sizes = list[int]()
    for number in range(60):
        store.add([entry(number)])
        sizes.append(log_of(path).stat().st_size)
    grown = sum(after > before for before, after in itertools.pairwise(sizes))
    assert grown <= PATIENCE + 2 < frames(log_of(path)) / 4
    assert frames(log_of(path)) * FRAME_BYTES < sizes[-1] <= frames(log_of(path)) * FRAME_BYTES + 32 + ROOM_BYTES


def test_few_changes_leave_the_log_as_sqlite_writes_it(path: Path, store) -> None:
    for number in range(PATIENCE - 2):
        store.add([entry(number)])
    assert log_of(path).stat().st_size == 32 + frames(log_of(path)) * FRAME_BYTES


def test_a_set_that_was_cut_off_with_room_in_its_log_is_whole(path: Path, store, tmp_path: Path) -> None:
    for number in range(60):
        store.add([entry(number)])
    cut = tmp_path / "cut.sqlite"
    shutil.copy(path, cut)
    shutil.copy(log_of(path), log_of(cut))
    with closing(open_set(cut)) as again:
        assert again.state() == store.state() and again.verify().wrong == ()
        for number in range(60, 90):
            again.add([entry(number)])
        assert again.state().pictures == 90 and again.verify().wrong == ()


def test_a_set_behind_a_link_has_its_log_where_the_set_is(path: Path, tmp_path: Path) -> None:
    open_set(path, create=True).close()
    link = tmp_path / "elsewhere" / "link.sqlite"
    link.parent.mkdir()
    link.symlink_to(path)
    with closing(open_set(link)) as store:
        for number in range(40):
            store.add([entry(number)])
        assert log_of(path).stat().st_size > 32 + frames(log_of(path)) * FRAME_BYTES
    assert [file.name for file in link.parent.iterdir()] == ["link.sqlite"]


def grown(log: Path, room: Log, times: int) -> int:
    """The size of a log that is made longer so often by something else."""
    for _ in range(times):
        with log.open("ab") as file:
            file.write(b"frame")
        room.make_room()
    return log.stat().st_size


@pytest.fixture
def log(path: Path) -> Path:
    """The log of no set."""
    log_of(path).touch()
    return log_of(path)


def test_the_log_is_not_made_longer_than_it_is_used(path: Path, log: Path) -> None:
    assert grown(log, Log(path, 5 * PATIENCE + 1000), PATIENCE) == 5 * PATIENCE + 1000
    assert log.read_bytes() == b"frame" * PATIENCE + bytes(1000)
    assert grown(log, Log(path, 1000), PATIENCE) == 5 * 2 * PATIENCE + 1000


def test_sessions_in_turns_do_not_take_each_others_room_for_growth(path: Path) -> None:
    with closing(open_set(path, create=True)) as one, closing(open_set(path)) as other:
        for number in range(0, 120, 2):
            one.add([entry(number)])
            other.add([entry(number + 1)])
        used = 32 + frames(log_of(path)) * FRAME_BYTES
        assert used + FRAME_BYTES < log_of(path).stat().st_size <= used + ROOM_BYTES
        assert one.state() == other.state() and one.verify().wrong == ()


def test_a_log_that_somebody_cut_off_gets_room_again(path: Path, store) -> None:
    for number in range(60):
        store.add([entry(number)])
    with closing(sqlite3.connect(path)) as outside:
        outside.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for number in range(60, 63):
        store.add([entry(number)])
    assert log_of(path).stat().st_size > ROOM_BYTES
    assert store.state().pictures == 63 and store.verify().wrong == ()


def test_room_is_made_by_who_alone_may_write(path: Path, store, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = list[str]()

    def make_room(self: Log) -> None:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as outside:
            try:
                outside.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                refused.append(str(error))

    monkeypatch.setattr(Log, "make_room", make_room)
    store.add([entry(1)])
    assert refused == ["database is locked"]


def test_what_lies_in_the_place_of_the_log_is_left_alone(path: Path, tmp_path: Path) -> None:
    other, log = tmp_path / "other", log_of(path)
    other.touch()
    log.symlink_to(other)
    assert grown(log, Log(path, 2**30), 2 * PATIENCE) == 5 * 2 * PATIENCE
    log.unlink()
    Log(path, 2**30).make_room()
    assert not log.exists()
    os.mkfifo(log)
    reader = os.open(log, os.O_RDONLY | os.O_NONBLOCK)
    room = Log(path, 2**30)
    for _ in range(2 * PATIENCE):
        room.make_room()
    assert os.read(reader, 1) == b""
    os.close(reader)


def test_a_set_is_followed_where_it_was_opened(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(open_set(Path(path.name), create=True)) as store:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        monkeypatch.chdir(elsewhere)
        for number in range(40):
            store.add([entry(number)])
        assert log_of(path).stat().st_size > ROOM_BYTES
    assert not [*elsewhere.iterdir()]


def held() -> list[Path]:
    """The files that this process has open."""
    links = Path("/proc/self/fd").iterdir()
    return sorted(link.readlink() for link in links if link.is_symlink())


def test_a_set_that_is_closed_or_forgotten_lets_go_of_its_log(path: Path) -> None:
    before = held()
    store = open_set(path, create=True)
    store.add([entry(1)])
    assert held().count(log_of(path)) == 2
    store.close()
    store.close()
    assert held() == before
    store = open_set(path)
    store.add([entry(2)])
    del store
    gc.collect()
    assert held() == before


def test_room_for_which_there_is_no_space_goes_again_and_is_not_tried_any_more(path: Path, log: Path) -> None:
    room = Log(path, 2**20)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        assert grown(log, room, PATIENCE) == 5 * PATIENCE
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert grown(log, room, 1) == 5 * (PATIENCE + 1)


def test_no_room_is_made_on_a_disk_that_is_nearly_full(path: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    like = os.statvfs(path.parent)
    monkeypatch.setattr(os, "fstatvfs", lambda _: like)
    blocks = list(like)
    blocks[4] = 4 * 2**20 // like.f_frsize  # free ones, for who is not root
    monkeypatch.setattr(os, "fstatvfs", lambda _: os.statvfs_result(blocks))
    assert grown(log, Log(path, 2**20), 2 * PATIENCE) == 5 * 2 * PATIENCE


FILLING = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from provenance.errors import ReferenceSetError
from provenance.reference.open import open_set
from tests.reference.pictures import entry

path = Path(sys.argv[2])
store = open_set(path, create=True)
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
number = 0
try:
    while True:
        store.add([entry(number)])
        number += 1
except ReferenceSetError as error:
    print(number, error.remedy)
"""


def test_where_there_is_no_space_for_room_changes_are_made_until_there_is_none_for_them(path: Path) -> None:
    limit = 600_000
    run = subprocess.run(
        [sys.executable, "-c", FILLING, str(ROOT), str(path), str(limit)], capture_output=True, text=True, check=True
    )
    added, _, remedy = run.stdout.strip().partition(" ")
    assert "room" in remedy
    with closing(sqlite3.connect(path)) as whole:
        pages = whole.execute("PRAGMA page_count").fetchone()[0]
    assert int(added) > 2 * PATIENCE and pages * 4096 < limit
    with closing(open_set(path)) as again:
        assert again.state().pictures == int(added) and again.verify().wrong == ()


def test_a_change_whose_log_was_removed_is_not_acknowledged(path: Path, store) -> None:
    store.add([entry(1)])
    log_of(path).unlink()
    with pytest.raises(ReferenceSetError, match="was removed while it was open") as caught:
        store.add([entry(2)])
    assert "repeat the change" in caught.value.remedy


ANOTHER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from provenance.reference.open import open_set
from tests.reference.pictures import entry

store = open_set(Path(sys.argv[2]))
store.add([entry(1000)])
store.close()
"""


def test_opening_a_set_once_more_leaves_the_locks_on_it(path: Path, store) -> None:
    store.add([entry(1)])
    open_set(path).close()
    with closing(open_set(path)):
        subprocess.run([sys.executable, "-c", ANOTHER, str(ROOT), str(path)], check=True)
        store.add([entry(2)])
    with closing(sqlite3.connect(path)) as outside:
        assert outside.execute("SELECT count(*) FROM images").fetchone() == (3,)


AT_THE_END = """
import atexit, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])

def add():
    others = [(Path(sys.argv[3]) / str(number)).open("wb+") for number in range(16)]  # of numbers that are free
    for other in others:
        other.write(b"other" * 2**20)
        other.flush()
    stores[0].add([entry(number) for number in range(20, 30)])
    stores[0].add([entry(30)])
    print(stores[0].state().pictures, {Path(other.name).stat().st_size for other in others})

stores = []
atexit.register(add)
from provenance.reference.open import open_set
from tests.reference.pictures import entry
stores.append(open_set(Path(sys.argv[2]), create=True))
for number in range(20):
    stores[0].add([entry(number)])
"""


def test_what_is_added_as_the_program_ends_is_kept(path: Path, tmp_path: Path) -> None:
    others = tmp_path / "others"
    others.mkdir()
    arguments = [sys.executable, "-c", AT_THE_END, str(ROOT), str(path), str(others)]
    run = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert (run.stdout.strip(), run.stderr) == (f"31 {{{5 * 2**20}}}", "")
