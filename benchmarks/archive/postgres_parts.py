"""The search by parts in PostgreSQL, beside the same search in a file: time, room, and what travels.

    python -m benchmarks.archive.postgres_parts [--pictures N ...] [--programs wheel|debian]

Pictures of 300 points under words drawn by chance, added in batches of 32, and 5 queries of 300 points, each asked
under four words, plain and mirrored. Both engines give the same candidates or the run fails. Times are of processors:
of this process and of the server's; medians.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psycopg

from benchmarks.archive.servers import debian, server, wheel
from provenance.model.features import Features, Probe
from provenance.model.record import Entry
from provenance.reference.postgresql.store import PostgreSQLStore
from provenance.reference.sqlite.store import SQLiteStore

NAME, POINTS, WORDS, QUERIES, BATCH = "points/1", 300, 65_536, 5, 32


def features(number: int) -> Features:
    chance = np.random.default_rng(number)
    return Features(
        name=NAME,
        width_px=640,
        height_px=480,
        points=POINTS,
        words=chance.integers(0, WORDS, POINTS).astype("<u2").tobytes(),
        signatures=chance.bytes(16 * POINTS),
        places=chance.bytes(4 * POINTS),
        sizes=chance.integers(20, 80, POINTS).astype(np.uint8).tobytes(),
        angles=chance.bytes(POINTS),
        thumbnail=chance.bytes(1500),
    )


def entry(number: int) -> Entry:
    return Entry(
        image_id=hashlib.sha256(str(number).encode()).hexdigest(),
        size_bytes=1,
        width_px=800,
        height_px=600,
        media_type="image/jpeg",
        path="",
        fingerprints=(),
        features=features(number),
    )


def probe(number: int) -> Probe:
    """The picture's own points under their word and three others, and the same mirrored."""
    kept, chance = features(number), np.random.default_rng(number)
    own = np.frombuffer(kept.words, "<u2").astype(np.uint16)
    words = np.concatenate([own, *(chance.integers(0, WORDS, POINTS).astype(np.uint16) for _ in range(7))])
    return Probe(
        points=np.repeat(np.arange(2), 4 * POINTS) * POINTS + np.tile(np.arange(POINTS), 8),
        mirrored=np.repeat(np.array([False, True]), 4 * POINTS),
        words=words,
        signatures=np.tile(np.frombuffer(kept.signatures, "<u8").reshape(-1, 2), (8, 1)),
        sizes=np.tile(np.frombuffer(kept.sizes, np.uint8), 8),
        angles=np.tile(np.frombuffer(kept.angles, np.uint8), 8),
    )


def measure(url: str, pictures: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file, set_ = SQLiteStore(Path(folder) / "set.sqlite", create=True), PostgreSQLStore(url, create=True)
        pid = set_._session._connection.info.backend_pid

        def timed(ask: Callable[[], object]) -> tuple[float, object]:
            before, found, after = _spent_ms(pid), ask(), _spent_ms(pid)
            return after - before, found

        added: dict[str, float] = {}
        for way, store in (("file", file), ("set", set_)):
            added[way] = sum(
                timed(lambda store=store, start=start: store.add(map(entry, range(start, start + BATCH))))[0]
                for start in range(0, pictures, BATCH)
            )
        times: dict[str, list[float]] = {"file": [], "set": []}
        probes = [probe(number * pictures // QUERIES) for number in range(QUERIES)]
        for store in (file, set_):
            store.vote(probes[0], NAME, 10)  # the first question of a process reads who there is
        for asked in probes:
            found = []
            for way, store in (("file", file), ("set", set_)):
                taken, answer = timed(lambda store=store, asked=asked: store.vote(asked, NAME, 10))
                times[way].append(taken)
                found.append(answer)
            if found[0] != found[1]:
                raise AssertionError("the engines give other candidates")
        with psycopg.connect(url) as other:
            query = (
                "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            )
            room = other.execute(f"{query} WHERE nspname = 'provenance' AND relkind = 'r'").fetchone()[0]
            words = [int(one) for one in np.unique(probes[0].words)]
            travels = other.execute(
                "SELECT sum(length(points)) FROM provenance.postings WHERE word = ANY(%s)", (words,)
            ).fetchone()[0]
        file.close()
        set_.close()
    middle = {way: statistics.median(taken) for way, taken in times.items()}
    return (
        f"| {pictures:,} | {added['file'] / pictures:.1f} | {added['set'] / pictures:.1f} | {middle['file']:.0f} "
        f"| {middle['set']:.0f} | {int(travels or 0) / 1e6:.1f} | {int(room) / pictures / 1000:.1f} |"
    )


def _spent_ms(pid: int) -> float:
    return 1000 * time.process_time() + int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--pictures", type=int, nargs="+", default=[1024])
    words.add_argument("--programs", choices=("wheel", "debian"), default="wheel")
    asked = words.parse_args()
    programs = {"wheel": wheel, "debian": debian}[asked.programs]()
    if programs is None:
        raise SystemExit(f"{asked.programs}: not installed")
    print("| pictures | adding one to a file, ms | to the set, ms | a vote in the file, ms | in the set, ms "
          "| lists fetched, MB | room a picture, KB |")  # fmt: skip
    print("|---|---|---|---|---|---|---|", flush=True)
    for pictures in asked.pictures:
        with server(programs, "shared_buffers=512MB") as running:
            print(measure(running.url(), pictures), flush=True)


if __name__ == "__main__":
    main()
