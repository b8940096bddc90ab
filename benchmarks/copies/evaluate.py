"""Which copies are found under which degradation, and what is taken for a copy that is none; ours beside its peers.

    python -m benchmarks.copies.evaluate PHOTOS_DIR [QUERIES_PER_TRIAL] [MATCHER ...]

PHOTOS_DIR holds manifest.csv (file, role, group) and the pictures. Indexed: originals, references, and screenshots of
posts around 60 references, as a desk's set holds. Asked: originals under every trial, four times as many under the
mixed ones; pairs of two indexed pictures; strangers degraded and posted; other photographs of an indexed scene;
neighbouring frames. Pictures of one group are neutral to each other's copies. Prints the tables of
docs/measured/copies.md; with a CPU core of its own about an hour for 30 queries a trial.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.adapters import Matcher
from benchmarks.copies.photos import Photo, photos, seeded
from benchmarks.copies.rivals import Hashes, Searcher, pdq, phash64, phash256
from benchmarks.copies.screens import screen
from benchmarks.copies.tables import Answer, report
from benchmarks.copies.trials import MIXED, SINGLE, pair

MATCHERS: dict[str, Callable[[], Searcher]] = {
    "imagehash phash 64": lambda: Hashes(phash64),
    "imagehash phash 256": lambda: Hashes(phash256),
    "PDQ, 8 turns": lambda: Hashes(pdq),
    "provenance": Matcher,
}
POSTS = 60
MIXED_TIMES = 4
TWO = "two in a collage"
LABELS = Path(__file__).with_name("labels.csv")
"""Pairs that the collections label wrongly: neutral to every matcher."""


@dataclass(frozen=True)
class Query:
    """A picture to ask for: the file it was written to, its trial, and the indexed pictures that it is made of."""

    path: Path
    trial: str
    kind: str
    """copy, stranger, same scene or frame."""
    truth: frozenset[str]
    neutral: frozenset[str]


def company(name: str, chosen: Sequence[Photo], count: int = 4) -> list[Image.Image]:
    """Strangers for a query, never itself."""
    others = [one for one in chosen if one.name != name]
    return [others[place].picture() for place in seeded(f"{name} company").choice(len(others), count, replace=False)]


def positives(
    originals: Sequence[Photo], strangers: Sequence[Photo], each: int
) -> Iterator[tuple[Image.Image, str, list[Photo]]]:
    """Every copy: the picture, its trial, and the photographs in it."""
    for trial, apply in (SINGLE | MIXED).items():
        times = MIXED_TIMES * each if trial in MIXED else each
        for one in _drawn(originals, trial, times):
            name = f"{trial} {one.name}"
            yield apply(one.picture(), company(name, strangers), seeded(name)), trial, [one]
    for one in _drawn(originals, TWO, each):
        other = _drawn([x for x in originals if x.name != one.name], f"{TWO} {one.name}", 1)[0]
        yield pair(one.picture(), [other.picture()], seeded(f"{TWO} {one.name}")), TWO, [one, other]


def negatives(roles: dict[str, list[Photo]]) -> Iterator[tuple[Image.Image, str, str, Photo]]:
    """Every picture that has no copy in the set: strangers degraded and posted, other photographs of scenes, frames."""
    strangers, names = roles["strangers"], list(SINGLE | MIXED)
    for number, one in enumerate(strangers):
        for trial in (names[number % len(names)], ("post", "channel")[number % 2]):
            name = f"{trial} {one.name}"
            picture = (SINGLE | MIXED)[trial](one.picture(), company(one.name, strangers), seeded(name))
            yield picture, trial, "stranger", one
    for role, kind in (("same_scene", "same scene"), ("frames", "frame")):
        for one in roles.get(role, []):
            yield one.picture(), "as it is", kind, one
            yield SINGLE["JPEG 30"](one.picture(), [], seeded(one.name)), "JPEG 30", kind, one


def _drawn(chosen: Sequence[Photo], seed: str, count: int) -> list[Photo]:
    """As many photographs as told, round and round in an order of the seed."""
    order = seeded(seed).permutation(len(chosen))
    return [chosen[order[number % len(chosen)]] for number in range(count)]


def written(scratch: Path, roles: dict[str, list[Photo]], each: int) -> list[Query]:
    """All queries as files."""
    groups: dict[str, set[str]] = {}
    with LABELS.open(encoding="utf-8") as rows:
        mended = {(row["file"], row["reference"]) for row in csv.DictReader(rows)}
    for one in (*roles["originals"], *roles["references"]):
        groups.setdefault(one.group or one.name, set()).add(one.name)
    queries: list[Query] = []

    def put(picture: Image.Image, trial: str, kind: str, shown: Sequence[Photo]) -> None:
        path = scratch / f"{len(queries):05}.png"
        picture.save(path, compress_level=1)
        truth = frozenset(one.name for one in shown) if kind == "copy" else frozenset()
        related = {name for one in shown for name in groups.get(one.group or one.name, ())} if kind == "copy" else set()
        related |= {reference for one in shown for file, reference in mended if file == one.name}
        queries.append(Query(path, trial, kind, truth, frozenset(related) - truth))

    for picture, trial, shown in positives(roles["originals"], roles["strangers"], each):
        put(picture, trial, "copy", shown)
    for picture, trial, kind, one in negatives(roles):
        put(picture, trial, kind, [one])
    return queries


def indexed(scratch: Path, roles: dict[str, list[Photo]]) -> list[tuple[str, Path]]:
    """What the set holds: ids and files."""
    listed = [(one.name, one.path) for one in (*roles["originals"], *roles["references"])]
    for number, one in enumerate(roles["references"][:: max(1, len(roles["references"]) // POSTS)]):
        layout = ("full-width post", "card", "article", "inset post")[number % 4]
        made = screen([one.picture(), *company(f"post {one.name}", roles["strangers"])], layout, number)
        path = scratch / f"post {one.name}.png"
        made.picture.save(path, compress_level=1)
        listed.append((f"post {one.name}", path))
    return listed


def asked(
    matcher: Searcher, pictures: Sequence[tuple[str, Path]], queries: Sequence[Query]
) -> tuple[list[Answer], str]:
    """All answers of one matcher, and what they cost."""
    start = time.process_time(), time.perf_counter()
    matcher.index(pictures)
    middle = time.process_time(), time.perf_counter()
    answers = [
        Answer(query.trial, query.kind, query.truth, query.neutral, tuple(matcher.query(query.path)))
        for query in queries
    ]
    end = time.process_time(), time.perf_counter()
    index_ms, query_ms = (
        1000 * (b[1] - a[1]) / n for a, b, n in ((start, middle, len(pictures)), (middle, end, len(queries)))
    )
    return answers, f"{index_ms:.0f} | {query_ms:.0f}"


def main(folder: Path, each: int, names: Sequence[str]) -> None:
    roles: dict[str, list[Photo]] = {}
    for one in photos(folder):
        roles.setdefault(one.role, []).append(one)
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        queries, pictures = written(scratch, roles, each), indexed(scratch, roles)
        print(f"{len(pictures)} pictures indexed, {len(queries)} queries\n", flush=True)
        results: dict[str, tuple[list[Answer], str]] = {}
        for name in names:
            results[name] = asked(MATCHERS[name](), pictures, queries)
            print(f"{name} done", file=sys.stderr, flush=True)
    report(results)


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 30, sys.argv[3:] or list(MATCHERS))
