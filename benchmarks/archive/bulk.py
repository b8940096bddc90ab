"""What adding a folder costs: making fingerprints beside decoding, and two processes beside one.

    OMP_NUM_THREADS=1 python -m benchmarks.archive.bulk PHOTOS_DIR [--pictures 200] [--side 4000]

1. Each picture in turn, as `add` does it: decoded, looked at whether it is drawn, its two whole-frame hashes made, its
   local features made; CPU of this process on one thread, medians of each step's share. Goal: decoding and hashes at
   most 1.5 times decoding.
2. `provenance add` of the folder into new sets, with one job on one core (each in turn) and with two on two, either
   first in every second turn: wall time, CPU and page faults, children included. Goal: two at least 1.8 times as fast
   as one, which takes two cores that nobody else uses; beside other programs twice the CPU of one by that of two, which
   counts what a second process costs and not who waits for whom. Where faults differ much, one of them gave its memory
   back after each picture and the other did not, and the times compare no number of jobs.

`--side`: the pictures enlarged to so many pixels, with noise so that they compress as a camera's do.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from provenance.fingerprint.local.encode import features
from provenance.fingerprint.plain import drawn
from provenance.fingerprint.whole_frame import fingerprints
from provenance.model.image import WorkingCopy
from provenance.sets.keeping_memory import keep_freed_memory

STEPS = ("decoding", "looking whether it is drawn", "hashes", "local features")


def enlarged(path: Path, side_px: int) -> bytes:
    """The picture as a JPEG with its longer side at that length."""
    with Image.open(path) as picture:
        factor = side_px / max(picture.size)
        size = round(picture.width * factor), round(picture.height * factor)
        large = picture.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    noise = Image.effect_noise(size, 24).convert("RGB")
    file = io.BytesIO()
    Image.blend(large, noise, 0.08).save(file, "JPEG", quality=90)
    return file.getvalue()


def filled(source: Path, folder: Path, most: int, side_px: int) -> list[Path]:
    """Copies of the photographs, enlarged where that is asked for."""
    paths = sorted(source.rglob("*.jpg"))
    for number, path in enumerate(paths[:: max(1, len(paths) // most)][:most]):
        data = enlarged(path, side_px) if side_px else path.read_bytes()
        (folder / f"{number:05d}.jpg").write_bytes(data)
    return sorted(folder.iterdir())


def steps(path: Path) -> list[float]:
    """Seconds of CPU of each step."""
    data, times = path.read_bytes(), [time.process_time()]
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    times.append(time.process_time())
    copy = WorkingCopy(pixels=pixels)
    even = drawn(copy)
    times.append(time.process_time())
    fingerprints(copy, drawn=even)
    times.append(time.process_time())
    features(copy, drawn=even)
    times.append(time.process_time())
    return np.diff(times).tolist()


def added(folder: Path, jobs: int, into: Path, first: int) -> tuple[float, float, float]:
    """Wall and CPU seconds and page faults of one `add` on as many cores as jobs, less what a process takes that adds
    nothing. `first`: the core to begin with, in a circle.
    """
    measured, cores = [], sorted(os.sched_getaffinity(0))
    # Which its own processes have from here.
    os.sched_setaffinity(0, [cores[(first + number) % len(cores)] for number in range(jobs)])
    for what in (folder, folder / "none"):
        command = [
            sys.executable,
            "cli.py",
            "add",
            str(what),
            "--set",
            str(into / f"{jobs}-{what.name}-{time.time_ns()}"),
        ]
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([*command, "--jobs", str(jobs)], check=what == folder, capture_output=True)
        wall_s, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        measured.append((wall_s, cpu_s, float(after.ru_minflt - before.ru_minflt)))
    os.sched_setaffinity(0, cores)
    wall_s, cpu_s, faults = (whole - idle for whole, idle in zip(*measured, strict=True))
    return wall_s, cpu_s, faults


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--side", type=int, default=0, metavar="PX")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    keep_freed_memory()  # as the processes of `add` do
    with tempfile.TemporaryDirectory(dir=given.work) as name:
        folder, sets = Path(name) / "pictures", Path(name) / "sets"
        folder.mkdir()
        sets.mkdir()
        paths = filled(given.source, folder, given.pictures, given.side)
        steps(paths[0])  # which loads what each needs
        table = np.array([steps(path) for path in paths])
        middle = np.median(table, axis=0)
        print(f"{len(paths)} pictures; ms of CPU in the middle; decoding and this, and all so far, beside decoding:")
        for number, (step, seconds) in enumerate(zip(STEPS, middle, strict=True)):
            alone = np.median((table[:, number] if number else 0) / table[:, 0]) + 1
            share = np.median(table[:, : number + 1].sum(axis=1) / table[:, 0])
            print(f"| {step} | {seconds * 1000:.2f} | {alone:.2f} | {share:.2f} |", flush=True)
        in_turns(folder, sets, given.turns, len(paths))


def in_turns(folder: Path, sets: Path, turns: int, pictures: int) -> None:
    """Print what one job takes on one core and two take on two."""
    rounds = []
    for turn in range(turns):
        found = {jobs: added(folder, jobs, sets, turn) for jobs in ((1, 2), (2, 1))[turn % 2]}
        rounds.append((found[1], found[2]))
    if not rounds:
        return
    for jobs, mine in enumerate(zip(*rounds, strict=True), start=1):
        wall_s, cpu_s, faults = (statistics.median(column) / pictures for column in zip(*mine, strict=True))
        print(
            f"add --jobs {jobs}: {wall_s * 1000:.1f} ms a picture (wall), {cpu_s * 1000:.1f} ms of CPU, "
            f"{faults:.0f} page faults"
        )
    for what, ratios in (
        ("two jobs, times as fast as one", [one[0] / two[0] for one, two in rounds]),
        ("twice the CPU of one, by that of two", [2 * one[1] / two[1] for one, two in rounds]),
    ):
        print(f"{what}: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
