"""Several programs at one set, and programs that are killed: nothing acknowledged is lost, nothing is there twice."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from provenance.reference.open import open_set
from tests.reference.pictures import image_id

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import hashlib, sys
from pathlib import Path
from provenance.model.record import Entry, Fingerprint, Record
from provenance.reference.open import open_set

path, start, stop, batch, shared = Path(sys.argv[1]), *map(int, sys.argv[2:6])

def entry(number):
    made = Fingerprint(name="phash256/1", code=hashlib.sha256(b"%d" % number).digest(), searchable=True, detail=1.0)
    return Entry(image_id=hashlib.sha256(str(number).encode()).hexdigest(), size_bytes=1, width_px=1, height_px=1,
                 media_type="image/jpeg", path=f"/{number}", fingerprints=(made,), records=(Record(publisher="p"),))

store = open_set(path, create=True)
for first in range(start, stop, batch):
    numbers = list(range(first, first + batch))
    store.add([entry(number) for number in (*numbers, *range(10**6, 10**6 + shared))])
    print(*numbers, flush=True)
store.close()
"""


def writer(path: Path, start: int, stop: int, *, batch: int = 10, shared: int = 5) -> subprocess.Popen[str]:
    arguments = [str(path), *map(str, (start, stop, batch, shared))]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ}
    )


def test_writers_at_once_lose_nothing_even_when_they_make_the_set_together(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    writers = [writer(path, start, start + 100) for start in (0, 1_000, 2_000, 3_000)]
    assert [process.wait(timeout=60) for process in writers] == [0, 0, 0, 0]
    for process in writers:
        process.stdout.close()
    store = open_set(path)
    expected = {image_id(start + number) for start in (0, 1_000, 2_000, 3_000) for number in range(100)}
    expected |= {image_id(10**6 + number) for number in range(5)}
    assert {stored.reference.image_id for stored in store.list(limit=10_000)} == expected
    assert store.count()["records"] == len(expected) == store.state().pictures
    assert store.verify().wrong == ()
    store.close()


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    acknowledged: set[str] = set()
    for round_number in range(6):
        process = writer(path, round_number * 10_000, round_number * 10_000 + 9_000)
        for _ in range(3 + round_number):
            acknowledged |= {image_id(int(number)) for number in process.stdout.readline().split()}
        time.sleep(0.003 * round_number)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        complete = rest[: rest.rfind("\n") + 1]
        acknowledged |= {image_id(int(number)) for number in complete.split()}
        process.wait()
        process.stdout.close()
        store = open_set(path)
        there = [stored.reference.image_id for stored in store.list(limit=100_000)]
        assert acknowledged <= set(there) and len(there) == len(set(there)) == store.state().pictures
        assert store.count()["records"] == len(there)
        assert store.verify().wrong == ()
        store.close()


def test_readers_see_whole_batches_while_a_writer_works(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    open_set(path, create=True).close()
    process = writer(path, 0, 400, batch=20, shared=0)
    store = open_set(path)
    seen = []
    while process.poll() is None:
        state = store.state()
        assert state.pictures % 20 == 0 and state.searchable.get("phash256/1", 0) % 20 == 0
        seen.append(state.pictures)
    process.stdout.close()
    assert seen == sorted(seen) and store.state().pictures == 400
    store.close()


def test_one_store_serves_several_threads(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    process = writer(path, 0, 50, shared=0)
    assert process.wait(timeout=60) == 0
    process.stdout.close()
    store = open_set(path)
    wrong: list[object] = []

    def ask(number: int) -> None:
        for _ in range(20):
            code = hashlib.sha256(b"%d" % number).digest()
            hits = store.near([code], "phash256/1", 0)[0]
            if [hit.image_id for hit in hits] != [image_id(number)] or not store.get([image_id(number)]):
                wrong.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    store.close()
