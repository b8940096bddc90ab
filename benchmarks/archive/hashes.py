"""The search by hashes against a popcount scan of the same rows at the speed of memory, in one run.

    OMP_NUM_THREADS=1 python -m benchmarks.archive.hashes PHOTOS_DIR [--rows 1000000 10000000] [--recall 5000]

Half of the rows are codes of the photographs, in all eight turns, with 0 to 60 bits turned over; the other half are
random. Queries are rows with 0 to 40 bits turned over. Both are asked in turns, each query of both one after the other;
times are CPU of this process, medians and least of 200. `scan.c` is compiled with `gcc -O3 -march=native`. `--recall`:
so many queries are answered by both at the first number of rows, and must give the same rows (on real hashes alone:
`recall.py`).
"""

from __future__ import annotations

import argparse
import ctypes
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from provenance.fingerprint import perceptual
from provenance.fingerprint.whole_frame import describe
from provenance.model.image import WorkingCopy
from provenance.model.record import Entry, Fingerprint
from provenance.reference.codes.piece import CodePiece
from provenance.reference.codes.segment import CodeSegmentRow, opened
from provenance.reference.codes.writing import write
from provenance.reference.sqlite.store import SQLiteStore

RADII = (31, 40, 48, 60, 64)
QUERIES = 200
APPENDS = 200


def real_codes(folder: Path, most: int = 1500) -> np.ndarray:
    """Codes of all turns of the photographs, shape (codes, 4)."""
    codes = []
    for path in sorted(folder.rglob("*.jpg"))[:most]:
        try:
            with Image.open(path) as picture:
                picture.draft("RGB", (256, 256))
                pixels = np.ascontiguousarray(picture.convert("RGB"))
        except OSError:
            continue
        codes += [turn.frequencies for turn in describe(WorkingCopy(pixels=pixels)).turns]
    return np.frombuffer(b"".join(codes), np.uint64).reshape(-1, 4)


def turned_over(codes: np.ndarray, most_bits: int, chance: np.random.Generator) -> np.ndarray:
    """The codes, each with 0 to `most_bits` bits turned over."""
    bits = np.unpackbits(codes.view(np.uint8).reshape(len(codes), 32), axis=1)
    order = np.argsort(chance.random(bits.shape, np.float32), axis=1)
    bits ^= (order < chance.integers(0, most_bits + 1, (len(codes), 1))).astype(np.uint8)
    return np.packbits(bits, axis=1).view(np.uint64)


def rows_of(real: np.ndarray, number: int, chance: np.random.Generator) -> np.ndarray:
    parts = [
        turned_over(real[chance.integers(0, len(real), min(50_000, number // 2 - done))], 60, chance)
        for done in range(0, number // 2, 50_000)
    ]
    known = np.concatenate(parts)
    return np.concatenate([known, chance.integers(0, 2**64, (number - len(known), 4), np.uint64)])


class Scan:
    """The scan in C."""

    def __init__(self, codes: np.ndarray, folder: Path) -> None:
        library = folder / "scan.so"
        source = Path(__file__).with_name("scan.c")
        subprocess.run(["gcc", "-O3", "-march=native", "-shared", "-fPIC", source, "-o", library], check=True)
        self._scan = ctypes.CDLL(str(library)).scan
        self._scan.restype = ctypes.c_size_t
        self._codes, self._out = codes, np.zeros(len(codes), np.uint32)

    def near(self, query: np.ndarray, radius: int) -> np.ndarray:
        pointers = [array.ctypes.data_as(ctypes.c_void_p) for array in (self._codes, query, self._out)]
        number = ctypes.c_size_t(len(self._codes))
        return self._out[: self._scan(pointers[0], number, pointers[1], radius, pointers[2])]


def segment(codes: np.ndarray, folder: Path, chance: np.random.Generator) -> tuple[CodePiece, float, int, float]:
    """A mapped segment; seconds of CPU for writing it, its bytes, and seconds for opening it."""
    ids = chance.integers(0, 256, (len(codes), 32), np.uint8)
    start = time.process_time()
    head = write(folder / "codes", [(np.ascontiguousarray(codes.T), ids)], 32)
    wrote = time.process_time()
    row = CodeSegmentRow(file="codes", rows=len(codes), length_bytes=32, checksum=b"", head=head)
    begin = time.process_time()
    piece = opened(folder, row)
    return piece, wrote - start, (folder / "codes").stat().st_size, time.process_time() - begin


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def compared(piece: CodePiece, scan: Scan, queries: np.ndarray, radius: int) -> str:
    first_s = timed(lambda: piece.near([queries[0]], radius))
    for query in queries[:QUERIES]:
        piece.near([query], radius)
    ours, theirs = [], []
    for query in queries[QUERIES : 2 * QUERIES]:
        ours.append(timed(lambda query=query: piece.near([query], radius)))
        theirs.append(timed(lambda query=query: scan.near(query, radius)))
    eight = timed(lambda: piece.near(list(queries[:8]), radius)) / 8
    middle, least = statistics.median(ours), min(ours)
    cells = [radius, *(f"{value * 1000:.2f}" for value in (middle, statistics.median(theirs)))]
    ratios = (middle / statistics.median(theirs), least / min(theirs), eight / statistics.median(theirs))
    first = f"{first_s * 1000:.1f} | {first_s / middle:.0f}"
    return f"| {' | '.join(map(str, cells))} | {' | '.join(f'{one:.2f}' for one in ratios)} | {first} |"


def recall(piece: CodePiece, scan: Scan, queries: np.ndarray, radius: int) -> tuple[int, int, int]:
    """Queries with another answer than the scan's, rows found, and distances that are wrong."""
    wrong = found = 0
    for query in queries:
        ((rows, _),) = piece.near([query], radius)
        there = scan.near(query, radius)
        found += len(there)
        wrong += not np.array_equal(np.sort(rows), there)
    return len(queries), found, wrong


def adding(folder: Path, number: int, chance: np.random.Generator) -> None:
    """What a row costs: insert and seal, and one durable append beside a bare commit."""
    codes = chance.bytes(32 * (number + APPENDS))

    def entry(one: int) -> Entry:
        made = Fingerprint(name=perceptual.NAME, code=codes[32 * one : 32 * one + 32], searchable=True, detail=200.0)
        return Entry(
            image_id=chance.bytes(32).hex(), size_bytes=1, width_px=1, height_px=1,
            media_type="image/jpeg", path="", fingerprints=(made,),
        )  # fmt: skip

    entries = [entry(one) for one in range(number + APPENDS)]
    values = [chance.bytes(200) for _ in range(APPENDS)]
    store = SQLiteStore(folder / "adding.sqlite", create=True)
    bulk_s = timed(lambda: [store.add(entries[start : min(number, start + 5000)]) for start in range(0, number, 5000)])
    print(f"\ninsert and seal: {bulk_s / number * 1e6:.1f} us of CPU a row ({number:,} rows, 5,000 a transaction)")
    loop_s = timed(lambda: sum(range(10_000_000)))
    print(f"calibration: a sum over ten million numbers takes {loop_s:.3f} s of CPU")
    bare = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE one (a BLOB)")
    ours, theirs = list[float](), list[float]()
    for one, value in zip(entries[number:], values, strict=True):
        start = time.perf_counter()
        store.add([one])
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        bare.execute("INSERT INTO one VALUES (?)", (value,))
        theirs.append(time.perf_counter() - start)
    middle = statistics.median(ours), statistics.median(theirs)
    print(f"durable append: {middle[0] * 1000:.2f} ms, a bare commit {middle[1] * 1000:.2f} ms: "
          f"{middle[0] / middle[1]:.2f}x (wall, medians of {APPENDS}; "
          f"means {statistics.fmean(ours) * 1000:.2f} and {statistics.fmean(theirs) * 1000:.2f} ms)")  # fmt: skip
    store.close()
    start = time.process_time()
    again = SQLiteStore(folder / "adding.sqlite")
    asked = [chance.bytes(32) for _ in range(8)]
    again.near(asked, perceptual.NAME, perceptual.RADIUS_BITS)
    cold = time.process_time() - start
    warm = min(timed(lambda: again.near(asked, perceptual.NAME, perceptual.RADIUS_BITS)) for _ in range(9))
    print(f"open and first answer, eight codes within 60 bits: {cold * 1000:.1f} ms; warm {warm * 1000:.1f} ms: "
          f"{cold / warm:.1f}x")  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--recall", type=int, default=5_000)
    parser.add_argument("--added", type=int, default=200_000)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args(arguments)
    chance = np.random.default_rng(9)
    real = real_codes(given.folder)
    print(f"{len(real):,} codes of {len(real) // 8:,} photographs")
    for place, number in enumerate(given.rows):
        with tempfile.TemporaryDirectory(dir=given.work) as name:
            codes = rows_of(real, number, chance)
            piece, write_s, size, open_s = segment(codes, Path(name), chance)
            scan = Scan(codes, Path(name))
            print(
                f"\n{number:,} rows, {len(piece.bands)} bands: {write_s / number * 1e6:.2f} us of CPU a row to write, "
                f"{size / number:.0f} bytes a row, opened in {open_s * 1000:.1f} ms\n"
            )
            print(
                "| radius | ours, ms | scan, ms | ours / scan | of the least | eight codes | first, ms | first / ours |"
            )
            print("|---|---|---|---|---|---|---|---|")
            queries = turned_over(codes[chance.integers(0, number, 2 * QUERIES)], 40, chance)
            for radius in RADII:
                print(compared(piece, scan, queries, radius), flush=True)
            if place == 0 and given.recall:
                asked = turned_over(codes[chance.integers(0, number, given.recall)], 40, chance)
                for radius, some in ((31, asked), (60, asked[: max(1, given.recall // 50)])):
                    total, found, wrong = recall(piece, scan, some, radius)
                    print(
                        f"\nradius {radius}: {total:,} queries, {found:,} rows found, {wrong} answers differ",
                        flush=True,
                    )
    with tempfile.TemporaryDirectory(dir=given.work) as name:
        adding(Path(name), given.added, chance)


if __name__ == "__main__":
    main()
