"""Validates mutated copies of the signed pictures in a folder: python -m benchmarks.credentials.mutations FOLDER

Each copy has bits flipped, bytes cut out, doubled or cut off, mostly inside the manifest store. A copy on which the
check raises is named, and the slowest is timed. Ends with 1 where one raised or took more than two seconds.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.credentials.attacks import as_image
from benchmarks.credentials.sockets import files
from provenance.metadata.credentials.check import check
from provenance.model.context import Context
from provenance.model.credentials import Credential
from provenance.model.outcome import Ran

SLOW_S = 2.0
MOST_BYTES = 400_000


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--number", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    originals = [
        data for path in files(options.folder) if len(data := path.read_bytes()) <= MOST_BYTES and b"jumb" in data
    ]
    context = Context(now=datetime.now(UTC))
    told: Counter[str] = Counter()
    broken, slowest = [], 0.0
    for number in range(options.number):
        chance = random.Random(options.seed * 1_000_003 + number)
        data = mutated(chance.choice(originals), chance)
        started = time.perf_counter()
        try:
            outcome = check(as_image(data), context)
        except Exception as error:
            broken.append((number, repr(error)))
            continue
        slowest = max(slowest, time.perf_counter() - started)
        evidence = outcome.evidence if isinstance(outcome, Ran) else ()
        told[next((item.state.value for item in evidence if isinstance(item, Credential)), outcome.ended)] += 1
    print(f"{options.number} copies of {len(originals)} files, seed {options.seed}: {dict(told.most_common())}")
    print(f"{len(broken)} raised {broken[:5]}; the slowest took {'over' if slowest > SLOW_S else 'under'} {SLOW_S} s")
    return int(bool(broken) or slowest > SLOW_S)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A damaged copy: one to eight changes, three of four of them between the first and the last mark of the store."""
    start, end = data.find(b"jumb"), data.rfind(b"jumb") + 4096
    for _ in range(chance.randint(1, 8)):
        inside = chance.random() < 0.75
        at = (
            chance.randrange(start, min(end, len(data)))
            if inside and start < len(data)
            else chance.randrange(len(data))
        )
        length = chance.choice((1, 2, 4, 16, 256))
        match chance.randrange(5):
            case 0 | 1:
                data = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
            case 2:
                data = data[:at] + chance.randbytes(length) + data[at + length :]
            case 3:
                data = data[:at] + data[at + length :]
            case _:
                data = data[:at] + data[at : at + length] * 2 + data[at + length :]
    return data if chance.random() < 0.9 else data[: chance.randrange(64, len(data))]


if __name__ == "__main__":
    raise SystemExit(main())
