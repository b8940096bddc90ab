"""What a check costs, as ratios in one run:

    python -m benchmarks.cost

1. `check --only seen-before,origin` of a 12-megapixel JPEG against 1,000 references, against a process that only
   imports the same libraries and decodes the picture once. Goal: at most 1.5.
2. `--help`, against a bare interpreter. Goal: at most 0.1 s more.

The two sides of each comparison run in turn, so that a busy machine burdens both; medians are compared, of wall time
and of CPU time (children included). A calibration loop is printed beside them.
"""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from benchmarks.asked import arguments
from provenance.fingerprint.perceptual import BITS, NAME
from provenance.model.record import Entry, Fingerprint, Record
from provenance.reference.open import open_set

ROOT = Path(__file__).resolve().parents[1]
TURNS = 9
BASELINE = """
import sqlite3, sys
import PIL.Image, numpy, scipy.fftpack, imagehash, exifread, jinja2, platformdirs
with PIL.Image.open(sys.argv[1]) as picture:
    picture.convert("RGB").load()
"""


def twelve_megapixels(folder: Path) -> Path:
    """A camera-like JPEG of 4000 x 3000 pixels: a sample, enlarged, with noise so that it compresses as photos do."""
    sample = Image.open(ROOT / "samples" / "reference" / "railcar_yard.jpg").convert("RGB")
    large = sample.resize((4000, 3000), Image.Resampling.BICUBIC)
    noise = Image.effect_noise((4000, 3000), 24).convert("RGB")
    path = folder / "camera.jpg"
    Image.blend(large, noise, 0.08).save(path, quality=90, exif=sample.getexif())
    return path


def thousand_references(folder: Path) -> Path:
    """A set of 1,000 pictures with random fingerprints and a record each."""
    chance = random.Random(1)
    path = folder / "references.sqlite"
    entries = [
        Entry(
            image_id=hashlib.sha256(str(number).encode()).hexdigest(),
            size_bytes=1,
            width_px=1000,
            height_px=800,
            media_type="image/jpeg",
            path=f"/pictures/{number}.jpg",
            fingerprints=(Fingerprint(name=NAME, code=chance.randbytes(BITS // 8), searchable=True, detail=99.0),),
            records=(Record(publisher=f"publisher {number}", published="2024-01-01"),),
        )
        for number in range(1000)
    ]
    store = open_set(str(path), create=True)
    store.add(entries)
    store.close()
    return path


def run(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of one process with its children."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    wall_s, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall_s, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def in_turn(one: Callable[[], list[str]], other: list[str]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Medians (wall, CPU) of two commands run alternately."""
    first, second = [], []
    for _ in range(TURNS):
        first.append(run(one()))
        second.append(run(other))
    return _medians(first), _medians(second)


def _medians(times: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(wall for wall, _ in times), statistics.median(cpu for _, cpu in times)


def calibration_s() -> float:
    """Seconds of a fixed amount of work: tells a busy or slow machine from a slow program."""
    start = time.perf_counter()
    hashlib.sha256(bytes(50_000_000)).digest()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp())
    os.environ |= {"XDG_CACHE_HOME": str(folder / "cache"), "XDG_DATA_HOME": str(folder / "data")}
    picture, references = twelve_megapixels(folder), thousand_references(folder)
    door = [sys.executable, str(ROOT / "cli.py")]
    number = iter(range(10_000))

    def check() -> list[str]:
        options = ["--only", "seen-before,origin", "--reference", str(references)]
        return [*door, "check", str(picture), *options, "--out", str(folder / f"report-{next(number)}")]

    print(f"calibration: sha256 of 50 MB in {calibration_s():.3f} s; {picture.stat().st_size / 1e6:.1f} MB JPEG")
    ours, base = in_turn(check, [sys.executable, "-c", BASELINE, str(picture)])
    print(f"check  wall {ours[0]:.3f} s / {base[0]:.3f} s = {ours[0] / base[0]:.2f}")
    print(f"check  CPU  {ours[1]:.3f} s / {base[1]:.3f} s = {ours[1] / base[1]:.2f}   (goal: at most 1.5)")
    ours, base = in_turn(lambda: [*door, "--help"], [sys.executable, "-c", ""])
    print(f"--help wall {ours[0]:.3f} s - {base[0]:.3f} s = {ours[0] - base[0]:.3f} s   (goal: at most 0.1 s)")
    shutil.rmtree(folder)


if __name__ == "__main__":
    arguments(__doc__)
    main()
