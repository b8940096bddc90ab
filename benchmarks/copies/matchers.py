"""Every matcher of the evaluation, ready: with the set's pictures in it, and what that cost written down."""

from __future__ import annotations

import csv
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from benchmarks.copies.queries import Indexed
from benchmarks.copies.rivals import Hashes, Ours, Searcher, pdq, phash64, phash256
from benchmarks.copies.rivals_points import (
    Overcast,
    Pairwise,
    Shortlist,
    all_sift,
    by_magsac,
    by_ransac,
    orb,
    root_sift,
)
from benchmarks.copies.rows import COLUMNS

OURS = "provenance"


def searchers(work: Path) -> dict[str, Callable[[], Searcher]]:
    """Every matcher; those with points share one shortlist."""
    shortlist, overcast = Shortlist(work / "shortlist.npz"), Overcast()
    return {
        OURS: lambda: Ours(work / "ours"),
        "imagehash phash 64": lambda: Hashes(phash64),
        "imagehash phash 256": lambda: Hashes(phash256),
        "PDQ with 8 turns": lambda: Hashes(pdq),
        "ORB 500 + RANSAC": lambda: Pairwise(shortlist, orb, by_ransac, work / "orb"),
        "RootSIFT 500 + MAGSAC": lambda: Pairwise(shortlist, root_sift, by_magsac, work / "rootsift"),
        "overcast's method": lambda: Pairwise(shortlist, all_sift, overcast.judge, work / "overcast"),
    }


def files(listed: Sequence[Indexed], work: Path) -> list[tuple[str, Path]]:
    """The set's pictures as files; what is drawn is drawn once."""
    made = []
    for one in listed:
        path = one.shows[0].path.resolve() if one.draw is None else work / "drawn" / f"{one.name}.png"
        if one.draw is not None and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            one.draw().save(path.with_suffix(".part.png"), compress_level=1)
            path.with_suffix(".part.png").rename(path)
        made.append((one.name, path))
    return made


def index(
    names: Sequence[str], work: Path, pictures: Sequence[tuple[str, Path]], rows: Path, before: set[tuple[str, str]]
) -> dict[str, Searcher]:
    """Every matcher with the set's pictures; what that cost is written down, but for a set that was there before."""
    made = {}
    decode_ms = statistics.mean(opening_ms(path) for _, path in pictures[:: max(1, len(pictures) // 100)])
    for name, make in searchers(work).items():
        if name in names:
            kept = name == OURS and (work / "ours").exists()
            start = time.perf_counter()
            made[name] = make()
            made[name].index(pictures)
            cost_ms = 1000 * (time.perf_counter() - start) / len(pictures)
            print(f"{name}: indexed, {cost_ms:.0f} ms a picture", file=sys.stderr, flush=True)
            if (name, "index") not in before and not kept and not isinstance(made[name], Pairwise):
                with rows.open("a", newline="", encoding="utf-8") as file:
                    cells = dict.fromkeys(COLUMNS, "") | {"matcher": name, "key": "index", "kind": "index"}
                    cells |= {"decode_ms": f"{decode_ms:.3f}", "query_ms": f"{cost_ms:.3f}"}
                    csv.DictWriter(file, COLUMNS).writerow(cells)
    return made


def opening_ms(path: Path) -> float:
    start = time.perf_counter()
    with Image.open(path) as opened:
        opened.convert("RGB")
    return 1000 * (time.perf_counter() - start)
