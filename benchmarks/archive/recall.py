"""Whether the search by hashes lacks a row or brings one too many, on hashes of real pictures alone.

    OMP_NUM_THREADS=1 python -m benchmarks.archive.recall PHOTOS_DIR [--rows 1000000] [--queries 100000] [--radius 31]

Rows are hashes of parts of the photographs, cut out by chance (half to all of each side) and laid in all eight turns;
no bit of them is drawn by chance. Queries are hashes of such parts that are rows, moved by up to two pixels and coded
again as JPEG of quality 30 to 90. Each is answered by a segment, as a set answers, and by a scan in C over all rows
(`scan.c`): rows and distances must be the same, in the same order. A query within 60 bits is answered for each fifty.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image

from provenance.fingerprint import perceptual
from provenance.model.image import WorkingCopy
from provenance.reference.codes.piece import CodePiece

from .hashes import Scan, segment

WIDE_BITS, WIDE_SHARE = 60, 50


@dataclass(frozen=True)
class Part:
    """A rectangle of a photograph."""

    photograph: int
    left: int
    top: int
    width: int
    height: int


def photographs(folder: Path) -> list[np.ndarray]:
    """Those that can be read, a few hundred pixels large, RGB."""
    found = []
    for path in sorted(folder.rglob("*.jpg")):
        try:
            with Image.open(path) as picture:
                picture.draft("RGB", (256, 256))
                picture.thumbnail((512, 512))
                found.append(np.ascontiguousarray(picture.convert("RGB")))
        except OSError:
            continue
    return found


def parts(pictures: Sequence[np.ndarray], chance: np.random.Generator) -> Iterator[Part]:
    """Parts of each in turn, for ever."""
    while True:
        for number, pixels in enumerate(pictures):
            height, width = (int(side * chance.uniform(0.5, 1)) for side in pixels.shape[:2])
            top = int(chance.integers(0, pixels.shape[0] - height + 1))
            left = int(chance.integers(0, pixels.shape[1] - width + 1))
            yield Part(number, left, top, width, height)


def codes_of(pixels: np.ndarray) -> np.ndarray:
    """Of all turns, shape (8, 4)."""
    turns = perceptual.turns(WorkingCopy(pixels=np.ascontiguousarray(pixels)))
    return np.frombuffer(b"".join(code for _, code in turns), np.uint64).reshape(8, 4)


def cut(pictures: Sequence[np.ndarray], part: Part) -> np.ndarray:
    return pictures[part.photograph][part.top : part.top + part.height, part.left : part.left + part.width]


def attacked(pictures: Sequence[np.ndarray], part: Part, chance: np.random.Generator) -> np.ndarray:
    """The part moved by up to two pixels and compressed anew."""
    moved = Part(
        part.photograph,
        max(0, part.left + int(chance.integers(-2, 3))),
        max(0, part.top + int(chance.integers(-2, 3))),
        part.width,
        part.height,
    )
    file = io.BytesIO()
    Image.fromarray(cut(pictures, moved)).save(file, "JPEG", quality=int(chance.integers(30, 91)))
    return np.asarray(Image.open(file))


def compared(piece: CodePiece, scan: Scan, codes: np.ndarray, queries: np.ndarray, radius: int) -> str:
    """What was asked, found and different, in a sentence."""
    different = found = alone = 0
    for query in queries:
        ((rows, bits),) = piece.near([query], radius)
        there = scan.near(query, radius).astype(np.int64)
        right = np.bitwise_count(codes[there] ^ query).sum(axis=1)
        found += len(there)
        alone += not len(there)
        order = np.argsort(rows)
        different += not (np.array_equal(rows[order], there) and np.array_equal(bits[order], right))
    return (
        f"radius {radius}: {len(queries):,} queries, {found:,} rows found, {alone:,} queries found none, "
        f"{different} answers differ"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=100_000)
    parser.add_argument("--radius", type=int, default=31)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args(arguments)
    chance, start = np.random.default_rng(31), time.process_time()
    pictures = photographs(given.folder)
    taken = list(islice(parts(pictures, chance), -(-given.rows // 8)))
    codes = np.concatenate([codes_of(cut(pictures, part)) for part in taken])[: given.rows]
    print(f"{len(codes):,} hashes of {len(taken):,} parts of {len(pictures):,} photographs, all real", flush=True)
    chosen = chance.choice(len(taken), -(-given.queries // 8), replace=given.queries > given.rows)
    asked = [taken[one] for one in chosen]
    queries = np.concatenate([codes_of(attacked(pictures, part, chance)) for part in asked])[: given.queries]
    with tempfile.TemporaryDirectory(dir=given.work) as name:
        piece, *_ = segment(codes, Path(name), chance)
        scan = Scan(codes, Path(name))
        for radius, some in ((given.radius, queries), (WIDE_BITS, queries[::WIDE_SHARE])):
            print(compared(piece, scan, codes, some, radius), flush=True)
    print(f"{time.process_time() - start:.0f} s of CPU")


if __name__ == "__main__":
    main()
