"""A set filled with hashes alone, as large as is asked for: CPU, memory and room as it grows.

    python -m benchmarks.archive.filling [--pictures 1000000] [--batch 5000] [--work FOLDER]

Each picture has both hashes, drawn by chance, and a path, by which it is noted as read; so `add` does, without making
the fingerprints. Pictures are made as they are added: nothing of them is kept here. A row of the table for each tenth.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from provenance.fingerprint import gradients, perceptual
from provenance.model.record import Entry, Fingerprint
from provenance.reference.files import KnownFile
from provenance.reference.sqlite.store import SQLiteStore


def entries(first: int, number: int, chance: np.random.Generator) -> list[Entry]:
    """So many pictures that nobody has seen."""
    drawn = chance.bytes(128 * number)
    return [
        Entry(
            image_id=drawn[place : place + 32].hex(),
            size_bytes=2_000_000 + one,
            width_px=4000,
            height_px=3000,
            media_type="image/jpeg",
            path=f"/archive/2024/{first + one:09d}.jpg",
            fingerprints=(
                Fingerprint(name=perceptual.NAME, code=drawn[place + 32 : place + 64], searchable=True, detail=210.0),
                Fingerprint(name=gradients.NAME, code=drawn[place + 64 : place + 128], searchable=True, detail=400.0),
            ),
        )
        for one, place in enumerate(range(0, len(drawn), 128))
    ]


def files(those: Sequence[Entry]) -> list[KnownFile]:
    """As they are noted once they were read."""
    return [KnownFile(path=one.path, size_bytes=one.size_bytes, mtime_ns=1, image_id=one.image_id) for one in those]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=5000)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args(arguments)
    chance = np.random.default_rng(10)
    start = time.process_time()
    sum(range(10_000_000))
    print(f"calibration: a sum over ten million numbers takes {time.process_time() - start:.3f} s of CPU\n")
    columns = (
        "adding, us of CPU a picture",
        "noting its file, us",
        "memory at most, MB",
        "set, bytes",
        "segments, bytes",
    )
    print(f"| pictures | {' | '.join(columns)} |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(dir=given.work) as name:
        path = Path(name) / "set.sqlite"
        store, spent, done, told = SQLiteStore(path, create=True), np.zeros(2), 0, 0
        while done < given.pictures:
            some = entries(done, min(given.batch, given.pictures - done), chance)
            times = [time.process_time()]
            store.add(some)
            times.append(time.process_time())
            store.remember(files(some))
            times.append(time.process_time())
            spent, done = spent + np.diff(times), done + len(some)
            if done - told >= given.pictures // 10 or done == given.pictures:
                add_us, note_us = spent / (done - told) * 1e6
                memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                segments = sum(file.stat().st_size for file in path.with_name("set.sqlite.points").glob("*.codes"))
                with closing(sqlite3.connect(path)) as connection:  # what is in its log still, too
                    pages, page_bytes = (
                        connection.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size")
                    )
                size = pages * page_bytes
                cells = f"{add_us:.1f} | {note_us:.1f} | {memory_mb:.0f} | {size / done:.0f} | {segments / done:.0f}"
                print(f"| {done:,} | {cells} |", flush=True)
                spent, told = np.zeros(2), done
        store.close()


if __name__ == "__main__":
    main()
