"""SIGKILL, EIO and ENOSPC at every call of ingest, log, seal and the second seal: nothing acknowledged may be lost.

    python -m benchmarks.custody.faults [--every 1]

For each call and each fault a child runs one action on a case and is stopped there. Then, on what it left:
- every entry that was acknowledged, before or by the child, is in the log, and its files are there whole;
- every original that is visible has the bytes of its name;
- `verify` calls the case intact only where it is, and never says of a stopped run that a file was changed or lost;
- the next writer goes on without being told anything, and after its seal the case is intact, the older head in it.
Power loss is not simulated: a kill leaves what the system's cache holds.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.custody.cases import AUTHOR, key
from benchmarks.custody.shim import MODES, Shim
from provenance.custody.contents import FolderContents
from provenance.custody.keys import SigningKey
from provenance.custody.sealing import seal
from provenance.custody.verifying import known_head, verify
from provenance.custody.writing import Writer, writing
from provenance.errors import ProvenanceError
from provenance.model.case import Did, State

ORIGINAL = os.urandom(3000)
Action = Callable[[Path, SigningKey], Iterator[str]]


def ingest(root: Path, _: SigningKey) -> Iterator[str]:
    """A picture comes and is reported on; each head is acknowledged."""
    with writing(root, AUTHOR, create=True) as writer:
        writer.received(AUTHOR, ORIGINAL, "jpg", "received")
        head = str(writer.head)
    yield head
    with writing(root, AUTHOR) as writer:
        report(writer, "new")
        head = str(writer.head)
    yield head


def log(root: Path, _: SigningKey) -> Iterator[str]:
    """Entries without files."""
    for words in ("one", "два"):
        with writing(root, AUTHOR, create=True) as writer:
            writer.enter(AUTHOR, "noted", words)
            head = str(writer.head)
        yield head


def sealing(root: Path, own: SigningKey) -> Iterator[str]:
    """A seal."""
    with writing(root, AUTHOR) as writer:
        done = seal(writer, own, AUTHOR)
    yield str(done.head)


def report(writer: Writer, name: str) -> None:
    """A report of two files."""
    files = {f"data/reports/{name}/report.html": b"<p>" * 500, f"data/reports/{name}/report.json": b"{}\n"}
    writer.enter(AUTHOR, Did.REPORTED, f"reported on {name}", files=files)


def prepare(root: Path, own: SigningKey, state: str) -> list[str]:
    """A case in the state in which an action begins; returns the heads acknowledged so far."""
    heads: list[str] = []
    if state == "new":
        return heads
    with writing(root, AUTHOR, create=True) as writer:
        writer.received(AUTHOR, b"an earlier original", "png", "received")
        report(writer, "old")
        heads.append(str(writer.head))
    if state in ("sealed", "continued"):
        heads += sealing(root, own)
    if state == "continued":
        with writing(root, AUTHOR) as writer:
            writer.received(AUTHOR, b"a later original", "png", "received")
            heads.append(str(writer.head))
    return heads


TRIALS: dict[str, tuple[Action, str]] = {
    "ingest into a new case": (ingest, "new"),
    "ingest into an open case": (ingest, "open"),
    "ingest into a sealed case": (ingest, "sealed"),
    "log": (log, "open"),
    "first seal": (sealing, "open"),
    "second seal": (sealing, "continued"),
}


def stopped(root: Path, own: SigningKey, action: Action, shim: Shim) -> tuple[list[str], int]:
    """Run the action in a child under the shim; what it acknowledged, and how many calls it made."""
    reader, sender = os.pipe()
    write, leave = os.write, os._exit
    child = os.fork()
    if child == 0:
        shim.install()
        try:
            for head in action(root, own):
                write(sender, f"{head}\n".encode())
            write(sender, f"calls {len(shim.calls)}\n".encode())
        except ProvenanceError:
            leave(3)
        except BaseException as error:
            write(sender, f"broke {error!r}\n".encode())
        leave(0)
    os.close(sender)
    with os.fdopen(reader) as stream:
        told = stream.read().splitlines()
    os.waitpid(child, 0)
    broke = [line for line in told if line.startswith("broke")]
    if broke:
        raise AssertionError(broke[0])
    calls = next((int(line.split()[1]) for line in told if line.startswith("calls")), 0)
    return [line for line in told if ":" in line], calls


def trouble(root: Path, own: SigningKey, heads: list[str]) -> str:
    """What is wrong with what a stopped run left; "" when nothing is."""
    for path in root.glob("data/originals/*"):
        if hashlib.sha256(path.read_bytes()).hexdigest() != path.stem:
            return "a half-visible original"
    found = verify(FolderContents(root))
    if found.state is State.WRONG and not any(
        words in found.sentence for words in ("was stopped", "unfinished", "this is no case", "is empty")
    ):
        return f"verify says: {found.sentence}"
    if heads and found.state is State.WRONG and "no case" in found.sentence:
        return "an acknowledged case is gone"
    with writing(root, AUTHOR, create=True) as writer:
        writer.enter(AUTHOR, "noted", "after the stop")
        done = seal(writer, own, AUTHOR)
    for head in [*heads, str(done.head)]:
        found = verify(FolderContents(root), against=known_head(head))
        if found.state is not State.INTACT:
            return f"after recovery, against {head}: {found.sentence}"
    return ""


def run(name: str, own: SigningKey, scratch: Path, every: int = 1) -> tuple[int, Counter[str], list[str]]:
    """All faults of one trial: calls it makes, faults tried by mode, and what went wrong."""
    action, state = TRIALS[name]
    start = scratch / "start"
    before = prepare(start, own, state)
    if not start.exists():
        start.mkdir()
    root = scratch / "case"
    shutil.copytree(start, root)
    _, calls = stopped(root, own, action, Shim())
    tried: Counter[str] = Counter()
    wrong: list[str] = []
    for at in range(1, calls + 1, every):
        for mode in MODES:
            shutil.rmtree(root)
            shutil.copytree(start, root)
            try:
                acknowledged, _ = stopped(root, own, action, Shim(at, mode))
                words = trouble(root, own, [*before, *acknowledged])
            except (AssertionError, ProvenanceError, OSError, ValueError) as error:
                words = repr(error)
            tried[mode] += 1
            if words:
                wrong.append(f"{name}, call {at}, {mode}: {words}")
    return calls, tried, wrong


def main() -> int:
    """Try every fault and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--every", type=int, default=1, help="only every n-th call")
    asked = arguments.parse_args()
    own, failures, started_s = key(), 0, time.monotonic()
    for name in TRIALS:
        with tempfile.TemporaryDirectory() as scratch:
            calls, tried, wrong = run(name, own, Path(scratch), asked.every)
        print(f"{name}: {calls} calls, {sum(tried.values())} faults, {len(wrong)} with a loss or an alarm", flush=True)
        for line in wrong[:5]:
            print(f"  {line}")
        failures += len(wrong)
    print(f"{time.monotonic() - started_s:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
