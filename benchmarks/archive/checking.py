"""What one check costs against a set of a thousand pictures and against one of a million, by hashes alone.

    python -m benchmarks.archive.checking PICTURE [--pictures 1000 1000000] [--turns 5] [--work FOLDER]

The sets are filled as in `filling.py`: hashes drawn by chance, no local features. `check` is a program of its own each
time, as a desk calls it; the sets take turns. CPU of it and of what it starts, medians. Goal: at most 1.2 times.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from provenance.reference.sqlite.store import SQLiteStore

from .filling import entries, files

ROOT = Path(__file__).resolve().parents[2]
BATCH = 5000


def fill(path: Path, pictures: int) -> None:
    """A new set of so many."""
    chance, store = np.random.default_rng(pictures), SQLiteStore(path, create=True)
    for first in range(0, pictures, BATCH):
        some = entries(first, min(BATCH, pictures - first), chance)
        store.add(some)
        store.remember(files(some))
    store.close()


def checked(picture: Path, reference: Path, out: Path) -> float:
    """Seconds of CPU of one check."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable,
        str(ROOT / "cli.py"),
        "check",
        str(picture),
        "--reference",
        str(reference),
        "--out",
        str(out),
    ]
    # The desk's earlier checks are another set, which grows with each turn.
    own = {**os.environ, "PROVENANCE_EARLIER": "off"}
    subprocess.run(command, check=True, capture_output=True, env=own)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--pictures", type=int, nargs=2, default=(1000, 1_000_000))
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=given.work) as name:
        sets = [Path(name) / f"{pictures}.sqlite" for pictures in given.pictures]
        for path, pictures in zip(sets, given.pictures, strict=True):
            fill(path, pictures)
            checked(given.picture, path, Path(name) / f"first-{path.stem}")
        rounds = [
            [checked(given.picture, path, Path(name) / f"{turn}-{path.stem}") for path in sets]
            for turn in range(given.turns)
        ]
    for pictures, times in zip(given.pictures, zip(*rounds, strict=True), strict=True):
        middle_s = statistics.median(times)
        print(f"{pictures:,} pictures: {middle_s:.2f} s of CPU ({min(times):.2f} to {max(times):.2f})")
    ratios = sorted(large / small for small, large in rounds)
    print(f"the larger set takes {statistics.median(ratios):.2f} times as much ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
