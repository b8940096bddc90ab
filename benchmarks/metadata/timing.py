"""How long reading takes against ExifTool: ratios within one run, file by file, the two asked in turn."""

from __future__ import annotations

import hashlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from benchmarks.adapters import facts
from benchmarks.metadata.exiftool import Resident

ROUNDS = 3
_CALIBRATION_BYTES = 50_000_000
_WORKER = """
import json, sys
from benchmarks.adapters import facts
for line in sys.stdin:
    print(json.dumps(facts(line[:-1])), flush=True)
"""

Ask = Callable[[str], object]


class Worker:
    """Our reader in a process of its own behind a pipe, as ExifTool is."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", _WORKER]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, path: str) -> object:
        """One file's facts as a line of JSON."""
        write, read = self._process.stdin, self._process.stdout
        if write is None or read is None:
            return b""
        write.write(path.encode() + b"\n")
        write.flush()
        return read.readline()

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def lines(paths: Sequence[str]) -> Iterator[str]:
    """A table of ratios, with what warming up took and a loop that tells how busy the machine was."""
    yield f"Calibration: SHA-256 of 50 MB in {_calibrated_s():.3f} s before,"
    resident, worker = Resident(), Worker()
    readers: dict[str, Ask] = {"exiftool": resident.ask, "in process": facts, "through a pipe": worker.ask}
    warm = {name: _timed_s(ask, paths[0]) for name, ask in readers.items()}
    medians_s: dict[str, list[float]] = {name: [] for name in readers}
    for path in paths:
        taken_s: dict[str, list[float]] = {name: [] for name in readers}
        for _ in range(ROUNDS):
            for name, ask in readers.items():
                taken_s[name].append(_timed_s(ask, path))
        for name in readers:
            medians_s[name].append(statistics.median(taken_s[name]))
    resident.close()
    worker.close()
    yield f"{_calibrated_s():.3f} s after. First file: " + ", ".join(f"{name} {s:.2f} s" for name, s in warm.items())
    base_s = medians_s.pop("exiftool")
    yield f"{len(paths)} files. ExifTool -stay_open = 1: {1000 * statistics.median(base_s):.2f} ms in the median."
    yield "\n| ours | median of ratios | 90th percentile | ratio of totals |\n|---|---|---|---|"
    for name, times_s in medians_s.items():
        ratios = sorted(own / theirs for own, theirs in zip(times_s, base_s, strict=True))
        most = ratios[int(0.9 * len(ratios))]
        yield f"| {name} | {statistics.median(ratios):.3f} | {most:.3f} | {sum(times_s) / sum(base_s):.3f} |"


def _timed_s(ask: Ask, path: str) -> float:
    started_s = time.perf_counter()
    ask(path)
    return time.perf_counter() - started_s


def _calibrated_s() -> float:
    data = bytes(_CALIBRATION_BYTES)
    started_s = time.perf_counter()
    hashlib.sha256(data).hexdigest()
    return time.perf_counter() - started_s
