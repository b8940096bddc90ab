"""`python -m benchmarks.forensics.copies_within PICTURES_DIR [--quality N]`: pictures with copies of their parts.

One line a picture and a total, with the 95 % upper limit (Clopper-Pearson) where nothing was found. `--quality` saves
each picture as JPEG first. Run it over untouched pictures full of repetition, and over a set with copies.
"""

from __future__ import annotations

import argparse
import io
import time
from pathlib import Path

import numpy as np
from PIL import Image

from provenance.forensics.copy_move.copies import copies
from provenance.forensics.copy_move.within import MOST_DRAWN, drawn_share, least_detail


def main() -> None:
    """Print the lines and the total."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--quality", type=int, default=0)
    given = asked.parse_args()
    alarms, looked, took = 0, 0, []
    for path in sorted(one for one in given.folder.iterdir() if one.is_file()):
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        tables: dict[int, tuple[int, ...]] = {}
        if given.quality:
            buffer = io.BytesIO()
            picture.save(buffer, "JPEG", quality=given.quality)
            saved = Image.open(buffer)
            tables = {one: tuple(of) for one, of in saved.quantization.items()}  # type: ignore[attr-defined]
            picture = saved.convert("RGB")
        pixels = np.asarray(picture, np.uint8)
        if drawn_share(pixels) > MOST_DRAWN:
            print(f"{path.name}: not judged")
            continue
        started = time.process_time()
        found = copies(pixels, least_detail(tables.get(0, ()), tables.get(1, ())))
        took.append((time.process_time() - started) / (pixels.size / 3e6))
        looked, alarms = looked + 1, alarms + bool(found)
        print(f"{path.name}: {f'log10 NFA {found[0].found.log10_nfa:.1f}' if found else 'nothing'}", flush=True)
    upper = "" if alarms else f" (95 % upper limit {100 * (1 - 0.05 ** (1 / max(looked, 1))):.1f} %)"
    print(f"{alarms} of {looked}{upper}; {np.median(took or [0]):.2f} s of one core a megapixel in the median")


if __name__ == "__main__":
    main()
