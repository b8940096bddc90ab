"""Kills programs that fill a set and tears its segments: is anything lost, kept twice, or left out of an answer?

    python -m benchmarks.archive.killed [--kills 1000] [--torn 100] [--seed 1] [--work FOLDER]

Two processes add codes to one set, a few at once, removing some again, with segments of 32 codes and early merges,
until both are killed with SIGKILL at a random moment. What they had acknowledged is compared with the set, and every
code is searched for. A torn segment is one with a byte changed, a page of zeros, an end cut off, or no file.
SIGKILL is not power loss: that rests on what `fsync` promises.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TextIO

from provenance.model.record import Entry, Fingerprint, Hit
from provenance.reference.codes import bands as code_bands
from provenance.reference.codes import merging as code_merging
from provenance.reference.codes import sealing as code_sealing
from provenance.reference.packs import packing, parts
from provenance.reference.sqlite.store import SQLiteStore

NAME = "phash256/1"


@dataclass
class Outcome:
    """What was found."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    twice: int = 0
    partial: int = 0
    """Answers that lacked a picture, or held one too many."""
    damaged: int = 0
    """Sets that `verify` finds fault with."""
    torn: int = 0
    unnoticed: int = 0
    """Torn segments that `verify` did not count as damaged."""


SMALL: tuple[tuple[ModuleType, str, object], ...] = (
    (code_sealing, "SEAL_ROWS", 32),
    (code_sealing, "PART_ROWS", 64),
    (code_merging, "TIERS_ROWS", (128, 512, 2048)),
    (code_bands, "INDEX_ROWS", 64),
    (packing, "FEWEST_PICTURES", 2),
    (parts, "PART_HEADS", 8),
)
"""Segments of few codes, indexed and merged early, packs of a few pictures, and parts of a few heads."""


@contextmanager
def small() -> Iterator[None]:
    """Everything as SMALL says, in this process and those forked from it; afterwards as it was."""
    before = [(module, name, getattr(module, name)) for module, name, _ in SMALL]
    try:
        for module, name, value in SMALL:
            setattr(module, name, value)
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def code_of(number: int) -> bytes:
    return hashlib.sha256(f"code {number}".encode()).digest()


def entry(number: int) -> Entry:
    made = Fingerprint(name=NAME, code=code_of(number), searchable=True, detail=1.0)
    return Entry(
        image_id=hashlib.sha256(str(number).encode()).hexdigest(),
        size_bytes=1,
        width_px=1,
        height_px=1,
        media_type="image/jpeg",
        path="",
        fingerprints=(made,),
    )


def started(path: Path, first: int) -> tuple[int, TextIO]:
    """A process that writes, forked from this one, since a fresh interpreter takes as long as all that is measured; its
    number, and the lines by which it acknowledges.
    """
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(ours)
            with os.fdopen(theirs, "w") as lines:
                write(path, first, lines)
        finally:
            os._exit(1)
    os.close(theirs)
    return child, os.fdopen(ours)


def write(path: Path, first: int, lines: TextIO) -> None:
    """Add eight at a time, now and then forty, enough for a segment, and take every fifth away again; each line is
    acknowledged.
    """
    store = SQLiteStore(path, create=True)
    number, chance = first, random.Random(first)
    while True:
        many = 40 if chance.random() < 0.2 else 8
        store.add([entry(one) for one in range(number, number + many)])
        print(f"+ {number} {many}", file=lines, flush=True)
        if number % 5 == 0:
            print(f"? {number}", file=lines, flush=True)
            store.remove([entry(number).image_id])
            print(f"- {number}", file=lines, flush=True)
        number += many
        time.sleep(chance.uniform(0, 0.02))  # lest one writer never gets its turn


def kill_once(path: Path, first: int, there: set[int], chance: random.Random, outcome: Outcome) -> int:
    """Two writers, killed; what they acknowledged goes into `there`. The first number that nobody used."""
    running = [started(path, one) for one in (first, first + 1_000_000)]
    begun = [lines.readline() for _, lines in running]
    time.sleep(chance.uniform(0, 0.3))
    unsure: set[int] = set()
    for child, _ in running:
        os.kill(child, signal.SIGKILL)
    for (child, lines), one in zip(running, begun, strict=True):
        with lines:
            acknowledged = one + lines.read()
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != -signal.SIGKILL:
            raise ChildProcessError("a writer ended before it was killed")
        for line in acknowledged.splitlines(keepends=True):
            if not line.endswith("\n"):
                continue
            kind, number, *many = line[0], *map(int, line[2:].split())
            if kind == "+":
                there |= set(range(number, number + many[0]))
                outcome.acknowledged += many[0]
            unsure = unsure | {number} if kind == "?" else unsure - {number}
            if kind == "-":
                there.discard(number)
    outcome.kills += 1
    compare(path, there, unsure, outcome)
    return first + 4_000


def compare(path: Path, there: set[int], unsure: set[int], outcome: Outcome) -> None:
    """The set against what was acknowledged; what was under way may be there or not."""
    if not there:
        return
    store = SQLiteStore(path)
    held = [one.reference.image_id for one in store.list(limit=10**9)]
    known = frozenset(held)
    for number in unsure & there:
        if entry(number).image_id not in known:
            there.discard(number)
    outcome.lost += sum(entry(number).image_id not in known for number in there)
    outcome.twice += len(held) - len(known)
    asked = sorted(there)
    answers = store.near([code_of(number) for number in asked], NAME, 20)
    outcome.partial += wrong(asked, answers)
    outcome.partial += {hit.image_id for hits in store.near([bytes(32)], NAME, 256) for hit in hits} != known
    found = store.verify()
    outcome.damaged += bool(found.wrong) or found.segments_damaged > 0
    store.close()


def wrong(asked: list[int], answers: list[list[Hit]]) -> int:
    """Answers that are not the one picture of that code."""
    right = [[entry(number).image_id] for number in asked]
    return sum([hit.image_id for hit in hits] != only for only, hits in zip(right, answers, strict=True))


def segments(path: Path) -> list[Path]:
    """Files of the segments that the set names; a program that was killed may leave one that it does not name yet."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT file FROM code_segments ORDER BY file").fetchall()
    connection.close()
    return [path.with_name(path.name + ".points") / file for (file,) in rows]


def tear_once(path: Path, there: set[int], chance: random.Random, outcome: Outcome) -> None:
    """One segment torn, all codes asked for, then everything written anew."""
    file = chance.choice(segments(path))
    size = file.stat().st_size
    match chance.randrange(4):
        case 0:
            data = bytearray(file.read_bytes())
            data[chance.randrange(size)] ^= 1 << chance.randrange(8)
            file.write_bytes(data)
        case 1:
            place = chance.randrange(size // 512) * 512
            data = bytearray(file.read_bytes())
            data[place : place + 512] = bytes(b ^ 0x55 for b in data[place : place + 512])
            file.write_bytes(data)
        case 2:
            os.truncate(file, chance.randrange(size))
        case _:
            file.unlink()
    store = SQLiteStore(path)
    outcome.torn += 1
    asked = sorted(there)
    answers = store.near([code_of(number) for number in asked], NAME, chance.choice((0, 20, 40, 60)))
    outcome.partial += wrong(asked, answers)
    outcome.unnoticed += store.verify().segments_damaged == 0
    store.seal(whole=True)
    outcome.damaged += store.verify().segments_damaged > 0
    store.close()


def measured(kills: int, torn: int, folder: Path, seed: int = 1, every: int = 25) -> Outcome:
    """So many kills, each set killed `every` times, and so many torn segments."""
    chance, outcome = random.Random(seed), Outcome()
    with small():
        while outcome.kills < kills or outcome.torn < torn:
            path, there, first = folder / f"{outcome.kills}-{outcome.torn}.sqlite", set[int](), 0
            for _ in range(min(every, max(1, kills - outcome.kills))):
                first = kill_once(path, first, there, chance, outcome)
            while outcome.torn < torn * outcome.kills // max(kills, 1) and segments(path):
                tear_once(path, there, chance, outcome)
            if outcome.kills >= kills and not segments(path):
                break
            print(outcome, flush=True)
    return outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--torn", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="of the moments and places; another for each part of a run")
    parser.add_argument("--work", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.work) as name:
        print(measured(given.kills, given.torn, Path(name), given.seed))


if __name__ == "__main__":
    main()
