"""Which copies are found under which degradation, and what is taken for a copy that is none; ours beside its peers.

    python -m benchmarks.copies.evaluate PHOTOS_DIR [PHOTOS_DIR ...] --rows ROWS.csv
        [--each 30] [--most 500] [--sample 300] [--workers 2] [--matchers NAME ...] [--until SECONDS]

PHOTOS_DIR holds pictures and manifest.csv: file, role (originals, references, strangers, same_scene, frames), group,
origin_repository, and source for tiles of one picture. `--each`: copies per trial, four times as many under mixed ones.
`--most`: pictures of each kind that is no copy. Peers answer `--sample` queries only, half of them copies; the first
table holds those that every matcher answered. One row for every matcher and query goes to ROWS.csv as it is measured: a
run that was stopped goes on where it was, and `python -m benchmarks.copies.tables ROWS.csv` prints the tables of what
there is. What took long, the set and the peers' points, is kept in ROWS.work. Delete both after changing the program.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import TypeAlias

import cv2

from benchmarks.copies.matchers import OURS, files, index, opening_ms, searchers
from benchmarks.copies.photos import gathered
from benchmarks.copies.queries import Drawn, Indexed, Query, digest, indexed, queries
from benchmarks.copies.rivals import Hit, Searcher
from benchmarks.copies.rows import COLUMNS, Row, overlap
from benchmarks.copies.tables import report

Answers: TypeAlias = "multiprocessing.queues.Queue[list[Row] | str | None]"


@dataclass(frozen=True)
class Task:
    """A query and the matchers that have not answered it."""

    query: Query
    matchers: tuple[str, ...]


def sampled(asked: Sequence[Query], size: int) -> set[str]:
    """Keys of the first queries, half of them copies."""
    chosen = []
    for copies in (True, False):
        chosen += [one.key for one in asked if (one.kind == "copy") is copies][: size // 2]
    return set(chosen)


@dataclass(frozen=True)
class Run:
    """What a worker needs: matchers with the set in them, what the set shows, and a folder to write in."""

    matchers: dict[str, Searcher]
    known: dict[str, Indexed]
    work: Path

    def answered(self, task: Task) -> list[Row]:
        """The rows of one query: drawn once, decoded once for the cost, asked of every matcher."""
        drawn, query = task.query.draw(), task.query
        path = self.work / f"query-{os.getpid()}.png"
        drawn.picture.save(path, compress_level=1)
        decode_ms = opening_ms(path)
        true = tuple(one.name for one in query.shows if query.kind == "copy")
        rows = []
        for name in task.matchers:
            start = time.perf_counter()
            hits = self.matchers[name].query(path, true)
            query_ms = 1000 * (time.perf_counter() - start)
            found = (
                (hit.name, round(hit.score, 4), hit.answer, _label(query, hit, self.known), hit.one_false_in)
                for hit in hits
            )
            rows.append(
                Row(
                    matcher=name,
                    key=query.key,
                    kind=query.kind,
                    trial=query.trial,
                    shows=tuple(one.name for one in query.shows),
                    root="|".join(one.root for one in query.shows),
                    pairs=len(true),
                    found=tuple(found),
                    inner=_inner(drawn, hits, true),
                    decode_ms=round(decode_ms, 2),
                    query_ms=round(query_ms, 2),
                )
            )
        return rows

    def answer_all(self, tasks: Sequence[Task], turn: Synchronized[int], answers: Answers) -> None:
        """A worker's life: take the next query until there is none; at the end None, or what went wrong."""
        try:
            while True:
                with turn.get_lock():
                    number, turn.value = turn.value, turn.value + 1
                if number >= len(tasks):
                    break
                answers.put(self.answered(tasks[number]))
            answers.put(None)
        except Exception:  # the other process has to say it
            answers.put(traceback.format_exc())


def _inner(drawn: Drawn, hits: Sequence[Hit], true: Sequence[str]) -> float | str:
    """How well the region of the true match meets the true box; "" where there is no such box."""
    if drawn.box is None:
        return ""
    box = next((hit.box_px for hit in hits if hit.name in true and hit.box_px), None)
    return 0.0 if box is None else overlap(drawn.box, box)


def _label(query: Query, hit: Hit, known: dict[str, Indexed]) -> str:
    """Right, wrong, or neutral: a picture of the same photograph or of its group, asked with a copy."""
    if query.kind != "copy":
        return "wrong"
    if any(hit.name == one.name for one in query.shows):
        return "right"
    mine = {one.group or one.name for one in query.shows} | {one.name for one in query.shows}
    theirs = {one.group or one.name for one in known[hit.name].shows} | {one.name for one in known[hit.name].shows}
    return "neutral" if mine & theirs else "wrong"


def done(rows: Path, plan: str) -> set[tuple[str, str]]:
    """Which matcher has answered which query; starts the file when there is none."""
    if not rows.exists():
        with rows.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([COLUMNS, ["", plan, "plan", *[""] * (len(COLUMNS) - 3)]])
        return set()
    with rows.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    if table[0]["key"] != plan:
        sys.exit(f"{rows} holds another plan ({table[0]['key']}, not {plan}): name another file")
    return {(row["matcher"], row["key"]) for row in table}


def main(told: argparse.Namespace) -> None:
    cv2.setNumThreads(1)
    rows, work = told.rows, told.rows.with_suffix(".work")
    work.mkdir(parents=True, exist_ok=True)
    roles = gathered(told.folders)
    asked, listed = queries(roles, told.each, told.most), indexed(roles)
    before, sample = done(rows, digest(roles, told.each, told.most)), sampled(asked, told.sample)
    names = told.matchers or list(searchers(work))
    tasks = []
    for query in sorted(asked, key=lambda one: one.key not in sample):
        wanting = tuple(
            name for name in names if (name, query.key) not in before and (name == OURS or query.key in sample)
        )
        if wanting:
            tasks.append(Task(query, wanting))
    print(f"{len(listed)} pictures indexed, {len(asked)} queries, {len(tasks)} to ask", file=sys.stderr, flush=True)
    used = {name for task in tasks for name in task.matchers}
    matchers = index([name for name in names if name in used], work, files(listed, work), rows, before)
    _ask(tasks, Run(matchers, {one.name: one for one in listed}, work), rows, told.workers, told.until)
    report(rows)


def _ask(tasks: Sequence[Task], run: Run, rows: Path, workers: int, until_s: float) -> None:
    """Ask all, about in the order given, and write down each answer as it comes.

    Workers are forked, so that they have the matchers and the queries, which could not be sent to them.
    """
    start, forked = time.monotonic(), multiprocessing.get_context("fork")
    answers, turn = forked.Queue(), forked.Value("i", 0)
    running = [forked.Process(target=run.answer_all, args=(tasks, turn, answers), daemon=True) for _ in range(workers)]
    for one in running:
        one.start()
    count, finished = 0, 0
    with rows.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        while finished < workers and time.monotonic() - start < until_s:
            made = answers.get()
            if isinstance(made, str):
                sys.exit(made)
            if made is None:
                finished += 1
                continue
            writer.writerows(row.cells() for row in made)
            file.flush()
            count += 1
            if count % 100 == 0:
                print(f"{count} of {len(tasks)}, {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    for one in running:
        one.terminate()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--each", type=int, default=30)
    parser.add_argument("--most", type=int, default=500)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--matchers", nargs="+", choices=list(searchers(Path())))
    parser.add_argument("--until", type=float, default=1e9)
    return parser.parse_args()


if __name__ == "__main__":
    if "OMP_NUM_THREADS" not in os.environ:  # read when NumPy is loaded, so it must be there before the program starts
        again = [sys.executable, "-m", "benchmarks.copies.evaluate", *sys.argv[1:]]
        os.execve(sys.executable, again, {**os.environ, "OMP_NUM_THREADS": "1"})
    main(arguments())
