"""`python -m benchmarks.forensics PHOTOS_DIR... [--seed N] [--most N] [--rows FILE]`: pairs made and counted.

Of every photograph unaltered copies of all kinds are made, altered ones and ones with something laid over, each is laid
over the photograph with the matcher's usual error of a pixel, and what the comparison says is counted. Photographs are
the independent units: the table gives, of what went wrong, the photographs and the 95 % upper limit over them
(Clopper-Pearson). `--most` photographs are drawn by the seed; with `--rows` a run that was stopped
goes on where it was, and `--kinds` makes some kinds of pairs only.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.copies.limits import upper_limit
from benchmarks.forensics.benign import Pixels
from benchmarks.forensics.laying import KINDS, Row, rows

LEAST_SIDE_PX = 200


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--most", type=int, default=10_000)
    asked.add_argument("--rows", type=Path, help="CSV of rows, a photograph at a time; read first where it is there")
    asked.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    given = asked.parse_args()
    files = sorted(path for folder in given.folders for path in folder.iterdir() if path.is_file())
    order = np.random.default_rng(given.seed).permutation(len(files))[: given.most]
    told = _read_rows(given.rows)
    done = {row.photograph for row in told}
    for place, number in enumerate(order):
        path, donor = files[number], files[order[place - 1]]
        picture = _read(path)
        if path.name in done or min(picture.shape[:2]) < LEAST_SIDE_PX:
            continue
        new = rows(path.name, picture, _read(donor), (given.seed, int(number)), tuple(given.kinds))
        _add_rows(given.rows, new)
        told += new
    _print(told)


def _print(told: Sequence[Row]) -> None:
    photographs = len({row.photograph for row in told})
    took = np.median([row.seconds_a_megapixel for row in told])
    print(f"{photographs} photographs, {took:.2f} s of one core a megapixel in the median\n")
    groups = defaultdict(list)
    for row in told:
        groups[row.pair].append(row)
        groups[row.pair.split(":")[0]].append(row)
    print("| pairs | n | right | photographs with a wrong one | 95 % upper limit | pixel MCC of those found |")
    print("|---|---|---|---|---|---|")
    for group, seen in sorted(groups.items()):
        mcc = [row.mcc for row in seen if np.isfinite(row.mcc)]
        wrong, of = len({row.photograph for row in seen if not row.right}), len({row.photograph for row in seen})
        fit = f"{np.mean(mcc):.2f}" if mcc else ""
        limit = f"{100 * upper_limit(wrong, of):.1f} %"
        print(f"| {group} | {len(seen)} | {sum(row.right for row in seen)} | {wrong} of {of} | {limit} | {fit} |")
    log10 = [row.log10_nfa for row in told if row.pair.startswith("unaltered")]
    print("\n| nominal: at most | expected alarms | observed |\n|---|---|---|")
    for nominal in (1, 1e-1, 1e-2, 1e-3, 1e-6):
        observed = sum(one <= np.log10(nominal) and one < 0 for one in log10)
        print(f"| {nominal:g} | {nominal * len(log10):.2f} of {len(log10)} | {observed} |")


def _read_rows(path: Path | None) -> list[Row]:
    if path is None or not path.exists():
        return []
    with path.open(newline="") as opened:
        return [
            Row(
                one["photograph"],
                one["pair"],
                one["outcome"],
                one["named"],
                int(one["right"]),
                *(float(one[name]) for name in ("log10_nfa", "mcc", "seconds_a_megapixel")),
            )
            for one in csv.DictReader(opened)
        ]


def _add_rows(path: Path | None, new: Sequence[Row]) -> None:
    if path is None:
        return
    headed = path.exists()
    with path.open("a", newline="") as opened:
        written = csv.DictWriter(opened, [one.name for one in fields(Row)])
        if not headed:
            written.writeheader()
        written.writerows(asdict(row) for row in new)


def _read(path: Path) -> Pixels:
    with Image.open(path) as opened:
        return np.asarray(opened.convert("RGB"), np.uint8)


if __name__ == "__main__":
    main()
