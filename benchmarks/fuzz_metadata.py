"""Broken files for the readers of metadata:

    python -m benchmarks.fuzz_metadata [FOLDER ...] [--files 20000] [--seed 1] [--keep FOLDER]

Makes files from the pictures of the folders (default: samples/) by mutations (benchmarks/mutations.py), and gives each
to every check that reads metadata and needs no pixels, in a process of its own with 1 GiB of address space and 2 s of
CPU time, that of processes it starts included. How many took 2 s by the clock on the wall is told beside: a busy
machine makes such.
Counts what must not be: a check that broke or an error that escaped, a hang, a crash, memory spent, words of strangers
that stand unescaped in a sentence of ours. Then asks again for a part of them in another order, after other files: the
evidence must have the same ids. The files that failed are kept. Exit status 1 when there are any.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.mutations import Seed, mutated, seeds
from provenance.desk.inspecting import READERS
from provenance.desk.running import run_checks
from provenance.errors import InputError
from provenance.image.load import inspect
from provenance.model.context import Context
from provenance.model.limits import Limits
from provenance.model.outcome import Failed, Ran
from provenance.model.text import visible

ROOT = Path(__file__).resolve().parents[1]
LIMIT_S = 2.0
"""CPU time that a file may take."""
WALL_S = 30.0
"""How long an answer is waited for: a reader that stands still is one that hangs."""
MEMORY_BYTES = 2**30
_FILES_A_WORKER = 500
_NO_PICTURES = (".md", ".json", ".txt", ".yaml", ".csv", ".py", ".xmp")
_FINE = ("read", "no picture")
_CONTEXT = Context(now=datetime(2100, 1, 1, tzinfo=UTC))

Answer = dict[str, object]


def read(path: Path) -> Answer:
    """One file through every reader: how it ended, a digest of the evidence ids, the time it took."""
    started_s = time.perf_counter()
    try:
        image = inspect(path, Limits())
    except InputError:
        return {"ended": "no picture", "ids": "", "seconds": time.perf_counter() - started_s}
    runs = run_checks(READERS, image, _CONTEXT)
    seconds = time.perf_counter() - started_s
    for run, check in zip(runs, READERS, strict=True):
        if isinstance(run.outcome, Failed):
            ended = "memory" if run.outcome.error.startswith("MemoryError") else "escape"
            try:
                check.function()(image, _CONTEXT)
                told = run.outcome.error
            except Exception:
                told = traceback.format_exc(limit=-3)
            return {"ended": ended, "told": f"{check.name}: {told}", "ids": "", "seconds": seconds}
    found = [item for run in runs if isinstance(run.outcome, Ran) for item in run.outcome.evidence]
    ids = hashlib.sha256(" ".join(item.id for item in found).encode()).hexdigest()
    for item in found:
        if visible(item.statement) != item.statement:
            return {"ended": "unescaped", "told": repr(item.statement)[:300], "ids": ids, "seconds": seconds}
    return {"ended": "read", "ids": ids, "seconds": seconds}


def _held_bytes() -> int:
    """Address space of this process (proc(5), statm: in pages)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()


class Worker:
    """A forked process that makes and reads files by number, and is replaced when it hangs or dies."""

    def __init__(self, pool: Sequence[Seed], seed: int, folder: Path) -> None:
        self._pool, self._seed, self._folder = pool, seed, folder
        self._pid, self._asked = 0, 0
        self._write, self._read, self._told = -1, -1, b""

    def ask(self, number: int) -> Answer:
        """The answer for one file, whatever the readers do."""
        if self._asked % _FILES_A_WORKER == 0 or not self._pid:
            self.close()
            self._start()
        self._asked += 1
        os.write(self._write, b"%d\n" % number)
        told = self._line(WALL_S)  # the file is made
        told = self._line(WALL_S) if told == b"made" else told
        if told is None or not told:
            ended = "hang" if told is None else "crash"
            status = self.close(kill=told is None)
            return {"ended": ended, "told": f"exit status {status}", "ids": "", "seconds": WALL_S, "cpu_s": WALL_S}
        answer: Answer = json.loads(told)
        if float(str(answer["cpu_s"])) > LIMIT_S:
            answer |= {"ended": "slow", "told": f"{answer['cpu_s']} s of CPU time"}
        return answer

    def close(self, *, kill: bool = True) -> int:
        """End the process and return how it ended."""
        if not self._pid:
            return 0
        if kill:
            os.kill(self._pid, signal.SIGKILL)
        _, status = os.waitpid(self._pid, 0)
        os.close(self._write)
        os.close(self._read)
        self._pid = 0
        return os.waitstatus_to_exitcode(status)

    def _line(self, limit_s: float) -> bytes | None:
        """A line of the child; None when none came in time, empty when it has died."""
        until_s = time.monotonic() + limit_s
        while b"\n" not in self._told:
            if not select.select([self._read], [], [], max(0.0, until_s - time.monotonic()))[0]:
                return None
            part = os.read(self._read, 1 << 16)
            if not part:
                return b""
            self._told += part
        line, _, self._told = self._told.partition(b"\n")
        return line

    def _start(self) -> None:
        child_read, self._write = os.pipe()
        self._read, child_write = os.pipe()
        self._told = b""
        for check in READERS:
            check.function()  # imported once, here, and not in every child
        self._pid = os.fork()
        if self._pid:
            os.close(child_read)
            os.close(child_write)
            return
        try:
            os.close(self._write)
            os.close(self._read)
            self._serve(child_read, child_write)
        finally:
            os._exit(0)

    def _serve(self, child_read: int, child_write: int) -> None:
        # On top of what the process that asks holds already: beyond the limit not even a thread starts.
        most_bytes = _held_bytes() + MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        path = self._folder / f"{os.getpid()}.bin"
        with os.fdopen(child_read) as numbers:
            for line in numbers:
                _, data = mutated(self._pool, self._seed, int(line))
                path.write_bytes(data)
                os.write(child_write, b"made\n")
                before_s = sum(os.times()[:4])
                try:
                    answer = read(path)
                except BaseException as error:
                    ended = "memory" if isinstance(error, MemoryError) else "escape"
                    answer = {"ended": ended, "told": traceback.format_exc(limit=-3), "ids": "", "seconds": 0.0}
                answer["cpu_s"] = round(sum(os.times()[:4]) - before_s, 2)
                os.write(child_write, json.dumps(answer).encode() + b"\n")


def main() -> int:
    """Read the mutated files and print what failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz_metadata", description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "samples"])
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--again", type=int, default=2_000, help="how many of them to read again in another order")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    asked = parser.parse_args()
    paths = sorted(path for folder in asked.folders for path in folder.rglob("*") if path.is_file())
    pool = seeds([path for path in paths if path.suffix.lower() not in _NO_PICTURES])
    names = ", ".join(check.name for check in READERS)
    print(
        f"{asked.files} files by mutation of {len(pool)} ({sys.version.split()[0]}, seed {asked.seed}); checks: {names}"
    )
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        worker = Worker(pool, asked.seed, Path(folder))
        answers = {number: _sure(worker, number) for number in range(asked.files)}
        failed = {number: one for number, one in answers.items() if one["ended"] not in _FINE}
        failed |= _again(worker, answers, asked.again, asked.seed)
        worker.close()
    print(f"Ended: {dict(Counter(str(one['ended']) for one in answers.values()))}")
    for name, key in (("By the clock on the wall", "seconds"), ("CPU time", "cpu_s")):
        taken = sorted(float(str(one[key])) for one in answers.values())
        longest = ", ".join(f"{one:.2f}" for one in taken[-5:])
        over = sum(one > LIMIT_S for one in taken)
        print(f"{name}: median {taken[len(taken) // 2]:.4f} s, the longest {longest} s; {over} over {LIMIT_S:g} s")
    differing = sum(one["ended"] == "order" for one in failed.values())
    print(f"In another order: {min(asked.again, asked.files)} read again, {differing} with other evidence")
    for number, one in failed.items():
        _keep(pool, asked.seed, number, one, asked.keep)
    return 1 if failed else 0


def _sure(worker: Worker, number: int) -> Answer:
    """The answer; a hang counts when it hangs again, since the machine may have stood still."""
    answer = worker.ask(number)
    return worker.ask(number) if answer["ended"] == "hang" else answer


def _again(worker: Worker, answers: dict[int, Answer], count: int, seed: int) -> dict[int, Answer]:
    """What fails, or gives other evidence, when files are read in another order and after other files."""
    numbers = [number for number, one in answers.items() if one["ended"] in _FINE]
    found: dict[int, Answer] = {}
    for number in random.Random(seed).sample(numbers, min(count, len(numbers))):
        answer = _sure(worker, number)
        if answer["ended"] not in _FINE:
            found[number] = answer
        elif answer["ids"] != answers[number]["ids"]:
            found[number] = {"ended": "order", "told": "the evidence has other ids than before"}
    return found


def _keep(pool: Sequence[Seed], seed: int, number: int, one: Answer, folder: Path) -> None:
    done, data = mutated(pool, seed, number)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{one['ended']}-{seed}-{number}{Path(done.partition(':')[0]).suffix}"
    path.write_bytes(data)
    print(f"\n{one['ended']}: {path} ({done})\n{one.get('told', '')}")


if __name__ == "__main__":
    sys.exit(main())
