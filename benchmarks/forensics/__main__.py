"""`python -m benchmarks.forensics PHOTOS_DIR... [--seed N] [--most N]`: pairs made, compared and counted.

Of every photograph unaltered copies of all kinds are made, altered ones and ones with something laid over, each is laid
over the photograph with the matcher's usual error of a pixel, and what the comparison says is counted. Photographs are
the independent units: the table gives their number and, of alarms, the 95 % upper limit over them (Clopper-Pearson).
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks.forensics.altered import OPERATIONS, altered
from benchmarks.forensics.benign import WAYS, Floats, Pixels, Sent, jpeg, kept
from benchmarks.forensics.laid_over import OVERLAYS
from provenance.forensics.comparison.clusters import ALARM_LOG10_NFA
from provenance.forensics.comparison.compare import Difference, difference
from provenance.model.evidence import Compared
from provenance.model.image import WorkingCopy

POSTS = ("unposted", "posted", "half size")


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--most", type=int, default=10_000)
    given = asked.parse_args()
    files = sorted(path for folder in given.folders for path in folder.iterdir() if path.is_file())[: given.most]
    lines, log10, photographs, took = defaultdict(list), [], 0, []
    for number, path in enumerate(files):
        picture, donor = _read(path), _read(files[number - 1])
        photographs += 1
        for group, sent, blob, name in _pairs(picture, donor, np.random.default_rng([given.seed, number])):
            started = time.process_time()
            found = _compared(sent, picture, np.random.default_rng([given.seed, number, 1]))
            took.append((time.process_time() - started) / (sent.pixels.size / 3e6))
            if group.startswith("unaltered"):
                log10.append(found.log10_nfa)
                right = found.outcome is Compared.NO_DIFFERENCE
            elif blob is None:
                right = bool(found.regions) and {one.what for one in found.regions} == {name}
            else:
                right = found.log10_nfa <= ALARM_LOG10_NFA
            lines[group].append((right, _mcc(found, sent, blob) if right and blob is not None else np.nan))
    print(f"{photographs} photographs, {np.median(took):.2f} s of one core a megapixel in the median\n")
    print("| pairs | n | right | pixel MCC of those found |\n|---|---|---|---|")
    for group, seen in sorted(lines.items()):
        mcc = [one for _, one in seen if np.isfinite(one)]
        fit = f"{np.mean(mcc):.2f}" if mcc else ""
        print(f"| {group} | {len(seen)} | {sum(right for right, _ in seen) / len(seen):.3f} | {fit} |")
    print("\n| nominal: at most | expected alarms | observed |\n|---|---|---|")
    for nominal in (1, 1e-1, 1e-2, 1e-3, 1e-6):
        observed = sum(one <= np.log10(nominal) and one < 0 for one in log10)
        print(f"| {nominal:g} | {nominal * len(log10):.2f} of {len(log10)} | {observed} |")


def _pairs(picture: Pixels, donor: Pixels, rng: np.random.Generator) -> Iterator[tuple[str, Sent, Pixels | None, str]]:
    """What is sent, the blob that was altered, and the name that something laid over it should be given."""
    for way, made in WAYS.items():
        yield f"unaltered: {way}", made(picture, rng), None, ""
    for number, operation in enumerate(OPERATIONS):
        changed, blob = altered(picture, donor, operation, rng)
        post = POSTS[(number + int(rng.integers(3))) % 3]
        changed = jpeg(changed, rng.choice([85, 90, 95]))
        sent = kept(changed) if post == "unposted" else WAYS[post](changed, rng)
        yield f"altered, {post}: {operation}", sent, blob, ""
    for overlay, (lay, name) in OVERLAYS.items():
        yield f"laid over: {overlay}", kept(jpeg(lay(picture.copy(), rng), 90)), None, name


def _compared(sent: Sent, picture: Pixels, rng: np.random.Generator) -> Difference:
    moved = np.eye(3)
    moved[:2, :2] += rng.normal(0, 0.0008, (2, 2))
    moved[:2, 2] = rng.normal(0, 0.6, 2)
    found: Floats = sent.matrix @ moved
    return difference(WorkingCopy(pixels=sent.pixels), WorkingCopy(pixels=picture), found, sent.outline)


def _mcc(found: Difference, sent: Sent, blob: Pixels) -> float:
    """Matthews correlation of the outlined pixels with those altered."""
    mask = np.zeros(sent.pixels.shape[:2], np.uint8)
    for region in found.regions:
        cv2.fillPoly(mask, [np.array(one, np.int32) for one in region.outlines], 1)
    way = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    true = cv2.warpPerspective(blob, sent.matrix, sent.pixels.shape[1::-1], flags=way) > 128
    return float(np.corrcoef(mask.ravel(), true.ravel())[0, 1]) if mask.any() and true.any() else 0.0


def _read(path: Path) -> Pixels:
    with Image.open(path) as opened:
        return np.asarray(opened.convert("RGB"), np.uint8)


if __name__ == "__main__":
    main()
