"""What a reference set costs: adding, opening, asking, and its size on disk.

    python -m benchmarks.reference_set [PICTURES ...]

Fills a set of 1,000 and one of 100,000 pictures (or as given) with codes drawn by chance, one record each. Prints the
table of docs/measured/hashes.md. Times are of this machine; a query is all eight turns of one picture.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.asked import arguments, numbers
from provenance.fingerprint import gradients, perceptual
from provenance.fingerprint.shrinking import TURNS
from provenance.fingerprint.whole_frame import Turn, WholeFrame
from provenance.matching.sought import ask
from provenance.model.record import Entry, Fingerprint, Record
from provenance.reference.sqlite.store import SQLiteStore

BATCH = 32


def entry(number: int, chance: np.random.Generator) -> Entry:
    lengths = {perceptual.NAME: perceptual.BITS // 8, gradients.NAME: gradients.BITS // 8}
    made = tuple(
        Fingerprint(name=name, code=chance.bytes(length), searchable=True, detail=250.0)
        for name, length in lengths.items()
    )
    return Entry(
        image_id=hashlib.sha256(str(number).encode()).hexdigest(),
        size_bytes=number,
        width_px=800,
        height_px=600,
        media_type="image/jpeg",
        path=f"/archive/{number:07d}.jpg",
        fingerprints=made,
        records=(
            Record(publisher="Example Daily", published="2014-07-19", source_url=f"https://example.org/{number}"),
        ),
    )


def measure(pictures: int) -> None:
    chance = np.random.default_rng(0)
    entries = [entry(number, chance) for number in range(pictures)]
    query = WholeFrame(
        fingerprints=entries[7].fingerprints,
        turns=tuple(
            Turn(words=words, frequencies=one.fingerprints[0].code, gradients=one.fingerprints[1].code)
            for (words, _, _), one in zip(TURNS, entries[7:], strict=False)
        ),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "set.sqlite"
        store = SQLiteStore(path, create=True)
        start = time.perf_counter()
        for first in range(0, pictures, BATCH):
            store.add(entries[first : first + BATCH])
        add_ms = (time.perf_counter() - start) * 1000 / pictures
        store.close()
        opening, asking, again = [], [], []
        for _ in range(5):
            start = time.perf_counter()
            store = SQLiteStore(path)
            opened = time.perf_counter()
            answer = ask(store, "ab" * 32, query, 20)
            asked = time.perf_counter()
            ask(store, "ab" * 32, query, 20)
            again.append(time.perf_counter() - asked)
            asking.append(asked - opened)
            opening.append(opened - start)
            store.close()
        size_bytes = path.stat().st_size / pictures
    cells = [add_ms, *(min(took) * 1000 for took in (opening, asking, again))]
    shown = " | ".join(f"{cell:.2f}" for cell in cells)
    print(f"| {pictures:,} | {shown} | {size_bytes:.0f} | {len(answer.found)} |")


def main(sizes: list[int]) -> None:
    print(
        "| pictures | add, ms per picture | open, ms | first query, ms | next query, ms | bytes per picture | found |"
    )
    print("|---|---|---|---|---|---|---|")
    for pictures in sizes:
        measure(pictures)


if __name__ == "__main__":
    main(numbers(__doc__, arguments(__doc__, most=None)) or [1_000, 100_000])
