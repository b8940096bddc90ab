"""`python -m benchmarks.forensics.cost [PHOTOS_DIR]`: processor time of the comparison, beside a calibration loop.

Of six photographs (the samples where no folder is given), enlarged or reduced to so many megapixels, the same size at
quality 85 and half the size at quality 78, with nothing changed and with a splice. A megapixel is one of the copy;
a reference of a copy at half size has four. Each figure is the median of the photographs, the least of three runs each.
The loop is three million squarings. Other programs on the same core make both longer. The process is held to one core,
where the system can: OpenCV's threads on others would wait for work at full load.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.forensics.altered import altered
from benchmarks.forensics.benign import Pixels, Sent, halved, posted
from benchmarks.forensics.laying import compared

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reference"
PHOTOGRAPHS, TIMES = 6, 3
ROWS = (("same size", posted, 1.0), ("half size", halved, 4.0), ("half size", halved, 1.0))


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    given = asked.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    files = sorted(path for path in given.folder.iterdir() if path.suffix in {".jpg", ".png"})
    print("| copy | megapixels of the reference | changed | s a megapixel | loop, s | loops a megapixel |")
    print("|---|---|---|---|---|---|")
    for words, sent, megapixels in ROWS:
        photographs = [_sized(path, megapixels) for path in files[:PHOTOGRAPHS]]
        for operation in ("", "splice"):
            loop_s = least_s(squarings)
            took = [
                _a_megapixel(picture, photographs[number - 1], sent, operation)
                for number, picture in enumerate(photographs)
            ]
            middle = statistics.median(took)
            said = f"{middle:.2f} | {loop_s:.3f} | {middle / loop_s:.1f}"
            print(f"| {words} | {megapixels:g} | {operation or 'nothing'} | {said} |", flush=True)


def squarings() -> None:
    """The calibration loop."""
    for number in range(3_000_000):
        number * number


def least_s(run: Callable[[], object]) -> float:
    """Processor seconds of the quickest of three runs."""
    took = []
    for _ in range(TIMES):
        started = time.process_time()
        run()
        took.append(time.process_time() - started)
    return min(took)


def _a_megapixel(
    picture: Pixels, donor: Pixels, send: Callable[[Pixels, np.random.Generator], Sent], operation: str
) -> float:
    rng = np.random.default_rng(1)
    shown = altered(picture, donor, operation, rng)[0] if operation else picture
    sent = send(shown, rng)
    return least_s(lambda: compared(sent, picture, np.random.default_rng(1))) / (sent.pixels.size / 3e6)


def _sized(path: Path, megapixels: float) -> Pixels:
    with Image.open(path) as opened:
        scale = (megapixels * 1e6 / (opened.width * opened.height)) ** 0.5
        size = round(opened.width * scale), round(opened.height * scale)
        return np.asarray(opened.convert("RGB").resize(size, Image.Resampling.LANCZOS), np.uint8)


if __name__ == "__main__":
    main()
