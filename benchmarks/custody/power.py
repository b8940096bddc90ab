"""Loss of power at every step of ingest, log, seal and the second seal: nothing acknowledged may be lost.

    python -m benchmarks.custody.power [--every 1]

Each action runs once while its calls to the system are recorded. Then, behind every call, the disk is put together as
a crash may leave it, after the model of ALICE (Pillai et al., OSDI 2014) and CrashMonkey (Mohan et al., OSDI 2018):
- a change of names (made, renamed, removed) counts for certain only once its folder was flushed; of those that were
  not, every subset may have reached the disk, a rename also with its old name still there, never with neither name;
- bytes count for certain only once their file was flushed; of what was not, all, nothing, the first half, zeros, or
  zeros and the second half may be there.
On each such disk the same is asked as after a kill (faults.py): what was acknowledged before is there whole, no
original is half visible, `verify` raises no false alarm, and the next writer goes on without being told anything.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.custody.cases import key
from benchmarks.custody.faults import TRIALS, prepare, trouble
from provenance.custody.keys import SigningKey
from provenance.errors import ProvenanceError

State = dict[str, bytes | None]
"""A disk: paths to bytes, or None for a folder."""
WRAPPED = ("open", "close", "write", "fsync", "ftruncate", "mkdir", "rename", "unlink", "rmdir")
MOST_PENDING = 7
"""Changes of names of which every subset is tried; of more, each prefix, each alone, and all but each."""


@dataclass(frozen=True, slots=True)
class Step:
    """A call as it was made, or "ack": the words that a head was told."""

    call: str
    path: str
    other: str = ""
    data: bytes = b""
    size: int = 0


class Recorder:
    """Notes every call that changes a disk through `os`."""

    def __init__(self, steps: list[Step]) -> None:
        self.steps = steps
        self.real: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in WRAPPED}
        self._open: dict[int, str] = {}

    def open(self, path: Any, flags: int, mode: int = 0o777, **named: Any) -> int:
        new = bool(flags & os.O_CREAT) and not os.path.lexists(path)
        descriptor: int = self.real["open"](path, flags, mode, **named)
        self._open[descriptor] = os.fspath(path)
        if new:
            self.steps.append(Step("create", os.fspath(path)))
        return descriptor

    def close(self, descriptor: int) -> None:
        self.real["close"](descriptor)
        self._open.pop(descriptor, None)

    def write(self, descriptor: int, data: Any) -> int:
        count: int = self.real["write"](descriptor, data)
        if descriptor in self._open:
            self.steps.append(Step("write", self._open[descriptor], data=bytes(data)[:count]))
        return count

    def fsync(self, descriptor: int) -> None:
        self.real["fsync"](descriptor)
        self.steps.append(Step("fsync", self._open[descriptor]))

    def ftruncate(self, descriptor: int, size: int) -> None:
        self.real["ftruncate"](descriptor, size)
        self.steps.append(Step("ftruncate", self._open[descriptor], size=size))

    def mkdir(self, path: Any, mode: int = 0o777) -> None:
        self.real["mkdir"](path, mode)
        self.steps.append(Step("mkdir", os.fspath(path)))

    def rename(self, path: Any, other: Any) -> None:
        self.real["rename"](path, other)
        self.steps.append(Step("rename", os.fspath(path), os.fspath(other)))

    def unlink(self, path: Any, *, dir_fd: int | None = None) -> None:
        self.real["unlink"](path, dir_fd=dir_fd)
        whole = path if dir_fd is None else os.path.join(self._open[dir_fd], path)  # noqa: PTH118 names of `os`
        self.steps.append(Step("unlink", os.fspath(whole)))

    def rmdir(self, path: Any) -> None:
        self.real["rmdir"](path)
        self.steps.append(Step("rmdir", os.fspath(path)))


@contextmanager
def recorded(steps: list[Step]) -> Iterator[None]:
    """Within it, what is done through `os` is noted."""
    recorder = Recorder(steps)
    try:
        for name in WRAPPED:
            setattr(os, name, getattr(recorder, name))
        yield
    finally:
        for name, function in recorder.real.items():
            setattr(os, name, function)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one name: to a file (its number), to a folder (None), or away (`gone`)."""

    path: str
    file: int | None = None
    gone: bool = False
    after: Change | None = None
    """The other half of a rename: the new name, without which the old one is never lost."""


@dataclass
class Disk:
    """What surely is on the disk, and what may be."""

    names: dict[str, int | None] = field(default_factory=dict)
    pending: list[Change] = field(default_factory=list)
    sure: dict[int, bytes] = field(default_factory=dict)
    live: dict[int, bytes] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        """The step was done."""
        now = self._with(self.pending)
        if step.call == "create":
            number = len(self.live)
            self.sure[number] = self.live[number] = b""
            self.pending.append(Change(step.path, number))
        elif step.call == "mkdir":
            self.pending.append(Change(step.path))
        elif step.call == "rename":
            new = Change(step.other, now[step.path])
            self.pending += [new, Change(step.path, gone=True, after=new)]
        elif step.call in ("unlink", "rmdir"):
            self.pending.append(Change(step.path, gone=True))
        elif step.call == "fsync" and now.get(step.path) is None:
            flushed = [change for change in self.pending if str(Path(change.path).parent) == step.path]
            flushed += [change.after for change in flushed if change.after is not None and change.after not in flushed]
            self.names = self._with([change for change in self.pending if change in flushed])
            self.pending = [change for change in self.pending if change not in flushed]
        else:
            self._bytes(step, now[step.path])

    def _bytes(self, step: Step, number: int | None) -> None:
        assert number is not None
        if step.call == "write":
            self.live[number] += step.data
        elif step.call == "ftruncate":
            self.live[number] = self.live[number][: step.size]
        elif step.call == "fsync":
            self.sure[number] = self.live[number]

    def _with(self, changes: list[Change]) -> dict[str, int | None]:
        names = dict(self.names)
        for change in changes:
            if change.gone:
                names.pop(change.path, None)
            else:
                names[change.path] = change.file
        return names

    def crashes(self) -> Iterator[State]:
        """The disks that a crash now may leave."""
        for changes in self._subsets():
            names = self._with(changes)
            unsure = any(file is not None and self.live[file] != self.sure[file] for file in names.values())
            for pick in (_all, _nothing, _half, _zeros, _hole) if unsure else (_all,):
                state: State = {
                    path: None if file is None else pick(self.sure[file], self.live[file])
                    for path, file in names.items()
                }
                yield state

    def _subsets(self) -> Iterator[list[Change]]:
        several = self.pending
        if len(several) <= MOST_PENDING:
            picks = itertools.chain.from_iterable(
                itertools.combinations(several, count) for count in range(len(several) + 1)
            )
        else:
            prefixes = [tuple(several[:end]) for end in range(len(several) + 1)]
            without = [tuple(change for change in several if change is not left) for left in several]
            picks = iter([*prefixes, *without, *((change,) for change in several)])
        for pick in picks:
            if all(change.after is None or change.after in pick or change.after not in several for change in pick):
                yield list(pick)


def _all(_: bytes, live: bytes) -> bytes:
    return live


def _nothing(sure: bytes, live: bytes) -> bytes:
    return sure if live != sure else live


def _half(sure: bytes, live: bytes) -> bytes:
    return live[: len(sure) + (len(live) - len(sure)) // 2] if len(live) > len(sure) else sure


def _zeros(sure: bytes, live: bytes) -> bytes:
    return sure + bytes(len(live) - len(sure)) if len(live) > len(sure) else sure


def _hole(sure: bytes, live: bytes) -> bytes:
    more = len(live) - len(sure)
    return sure + bytes(more // 2) + live[len(sure) + more // 2 :] if more > 0 else sure


def on_disk(folder: Path) -> Disk:
    """All that lies in a folder, for certain."""
    disk = Disk()
    for path in [folder, *sorted(folder.rglob("*"))]:
        if path.is_dir():
            disk.names[str(path)] = None
        else:
            number = len(disk.live)
            disk.names[str(path)], disk.sure[number], disk.live[number] = number, path.read_bytes(), path.read_bytes()
    return disk


def laid_out(state: State, top: Path) -> None:
    """Put a disk where `top` is; what lies in no folder is not there."""
    shutil.rmtree(top, ignore_errors=True)
    for path, data in sorted(state.items()):
        if path == str(top) or Path(path).parent.is_dir():
            if data is None:
                Path(path).mkdir()
            else:
                Path(path).write_bytes(data)


def run(name: str, own: SigningKey, scratch: Path, every: int = 1) -> tuple[int, int, list[str]]:
    """All crashes of one trial: steps recorded, different disks tried, and what went wrong."""
    action, state = TRIALS[name]
    top = scratch / "top"
    top.mkdir()
    root = top / "case"
    told = prepare(root, own, state)
    disk, steps, heads = on_disk(top), list[Step](), list(told)
    with recorded(steps):
        for head in action(root, own):
            steps.append(Step("ack", head))
    seen: set[bytes] = set()
    wrong: list[str] = []
    for number, step in enumerate(steps, 1):
        if step.call == "ack":
            heads.append(step.path)
        else:
            disk.take(step)
        for left in disk.crashes():
            print_of = hashlib.sha256(repr((sorted(left.items()), heads)).encode()).digest()
            if print_of in seen or print_of[0] % every:
                continue
            seen.add(print_of)
            laid_out(left, top)
            words = _asked(root, own, heads)
            if words:
                wrong.append(f"{name}, behind step {number} ({step.call} {Path(step.path).name}): {words}")
    return len(steps), len(seen), wrong


def _asked(root: Path, own: SigningKey, heads: list[str]) -> str:
    try:
        if not root.exists():
            return "an acknowledged case is gone" if heads else ""
        return trouble(root, own, heads)
    except (AssertionError, ProvenanceError, OSError, ValueError) as error:
        return repr(error)


def main() -> int:
    """Try every crash and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--every", type=int, default=1, help="only some one in n of the disks")
    arguments.add_argument("--shown", type=int, default=5, help="failures to print for each action")
    asked = arguments.parse_args()
    own, failures, started_s = key(), 0, time.monotonic()
    for name in TRIALS:
        with tempfile.TemporaryDirectory() as scratch:
            steps, tried, wrong = run(name, own, Path(scratch), asked.every)
        print(f"{name}: {steps} steps, {tried} different disks, {len(wrong)} with a loss or an alarm", flush=True)
        for line in wrong[: asked.shown]:
            print(f"  {line}")
        failures += len(wrong)
    print(f"{time.monotonic() - started_s:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
