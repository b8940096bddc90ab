"""Many writers on one case at once: no gap, no fork, nothing lost, each writer's entries in its order.

python -m benchmarks.custody.writers [--writers 16] [--entries 1000]
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from pathlib import Path

from benchmarks.custody.cases import AUTHOR, key
from provenance.custody.contents import FolderContents
from provenance.custody.reading import entries
from provenance.custody.sealing import seal
from provenance.custody.verifying import verify
from provenance.custody.writing import writing


def write(root: Path, name: int, number: int) -> None:
    """One writer: entries, every 20th with an original."""
    for count in range(number):
        with writing(root, AUTHOR, create=True) as writer:
            if count % 20 == 0:
                writer.received(AUTHOR, f"{name} {count}".encode(), "png", f"{name} {count}")
            else:
                writer.enter(AUTHOR, "noted", f"{name} {count}")


def main() -> int:
    """Let them write, then read the log."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--writers", type=int, default=16)
    arguments.add_argument("--entries", type=int, default=1000)
    asked = arguments.parse_args()
    root = Path(tempfile.mkdtemp()) / "case"
    started_s = time.monotonic()
    jobs = [multiprocessing.Process(target=write, args=(root, name, asked.entries)) for name in range(asked.writers)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    took_s = time.monotonic() - started_s
    told = [entry.words for entry in entries(FolderContents(root))]  # refuses a gap or a fork
    wanted = asked.writers * asked.entries + 1
    ordered = all(
        [words for words in told if words.startswith(f"{name} ")]
        == [f"{name} {count}" for count in range(asked.entries)]
        for name in range(asked.writers)
    )
    with writing(root, AUTHOR) as writer:
        seal(writer, key(), AUTHOR)
    found = verify(FolderContents(root))
    print(f"{asked.writers} writers x {asked.entries} entries: {len(told)} of {wanted} in the log, {took_s:.0f} s")
    print(f"each in its order: {ordered}; {found.files} originals; {found.sentence}")
    return 0 if len(told) == wanted and ordered else 1


if __name__ == "__main__":
    raise SystemExit(main())
