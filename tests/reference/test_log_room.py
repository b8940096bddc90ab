"""Room that is made in a set's log: nothing is lost by it, and it is made for who gains by it alone."""

import gc
import hashlib
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

from provenance.model.record import Entry, Fingerprint
from provenance.reference.open import open_set
from provenance.reference.sqlite.log_room import PATIENCE, ROOM_BYTES, LogRoom

ROOT = Path(__file__).resolve().parents[2]
FRAME_BYTES = 24 + 4096


def entry(number: int) -> Entry:
    digest = hashlib.sha256(str(number).encode())
    made = Fingerprint(name="phash256/1", code=digest.digest(), searchable=True, detail=1.0)
    return Entry(
        image_id=digest.hexdigest(), size_bytes=1, width_px=1, height_px=1,
        media_type="image/jpeg", path="", fingerprints=(made,),
    )  # fmt: skip


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


def grown(log: Path, room: LogRoom, times: int) -> int:
    """The size of a log that is made longer so often by something else."""
    for _ in range(times):
        with log.open("ab") as file:
            file.write(b"frame")
        room.make()
    return log.stat().st_size


def test_the_log_is_not_made_longer_than_it_is_used(path: Path) -> None:
    log = log_of(path)
    log.touch()
    assert grown(log, LogRoom(path, 5 * PATIENCE + 1000), PATIENCE) == 5 * PATIENCE + 1000
    assert grown(log, LogRoom(path, 1000), PATIENCE) == 5 * 2 * PATIENCE + 1000


def test_what_lies_in_the_place_of_the_log_is_left_alone(path: Path, tmp_path: Path) -> None:
    other, log = tmp_path / "other", log_of(path)
    other.touch()
    log.symlink_to(other)
    assert grown(log, LogRoom(path, 2**30), 2 * PATIENCE) == 5 * 2 * PATIENCE
    log.unlink()
    LogRoom(path, 2**30).make()
    assert not log.exists()
    os.mkfifo(log)
    room = LogRoom(path, 2**30)
    room.make()  # and waits for no reader
    reader = os.open(log, os.O_RDONLY | os.O_NONBLOCK)
    for _ in range(2 * PATIENCE):
        room.make()
    assert os.read(reader, 1) == b""
    os.close(reader)


def held() -> list[Path]:
    """The files that this process has open."""
    links = Path("/proc/self/fd").iterdir()
    return sorted(link.readlink() for link in links if link.is_symlink())


def test_a_set_that_is_closed_or_forgotten_lets_go_of_its_log(path: Path) -> None:
    before = held()
    for end in (lambda store: store.close(), lambda store: None):
        store = open_set(path, create=True)
        store.add([entry(1)])
        assert log_of(path) in held()
        end(store)
        del store
        gc.collect()
        assert held() == before


def test_room_for_which_there_is_no_space_goes_again(path: Path) -> None:
    log, room = log_of(path), LogRoom(path, 2**30)
    log.touch()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5 * PATIENCE + 100, before[1]))
    try:
        assert grown(log, room, PATIENCE) == 5 * PATIENCE
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert grown(log, room, 1) == 5 * (PATIENCE + 1) + ROOM_BYTES


FILLING = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from provenance.errors import ReferenceSetError
from provenance.reference.open import open_set
from tests.reference.test_log_room import entry, log_of

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
