"""Every single bit of every byte of an exported case, flipped; each must be seen.

    python -m benchmarks.custody.flips [--bytes 200000] [--whole] [--folder] [--case DIR] [--workers 2]

A flip in a file that the seal lists is held by the function that `verify` uses for that file (its size and digest
against the seal), which comes before anything else reads those bytes; every 997th of them, and every flip in the seal,
its signature and the log, goes through a whole verification. `--whole`: over a case as the program makes it, with
time-stamps, claims, trust list and descriptions. `--folder`: over the folder of a report that lies in no case.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.custody.cases import exported, in_memory, key, report_folder
from benchmarks.custody.cases import whole as whole_case
from provenance.custody.contents import MappedContents
from provenance.custody.folder_seal import read_folder_seal, verify_folder
from provenance.custody.layout import LOG
from provenance.custody.reading import hold_file
from provenance.custody.seal import read_seal
from provenance.custody.verifying import verify
from provenance.model.case import CaseFile, State

WHOLE_EVERY = 997
PIECE_BYTES = 4096


def unseen_in(piece: tuple[dict[str, bytes], str, int, int]) -> tuple[int, int, int]:
    """Flips tried in a piece of a file, those of them verified as a whole, and those unseen."""
    files, path, start, stop = piece
    listed = (read_seal if LOG in files else read_folder_seal)(files["seal.json"]).files
    told = {file.path: file for file in listed}.get(path)
    alone = told if told is not None and path != LOG else None
    changed = bytearray(files[path])
    case = {**files, path: changed}
    tried = whole = unseen = 0
    for at in range(start, stop):
        for bit in range(8):
            changed[at] ^= 1 << bit
            everything = alone is None or (at * 8 + bit) % WHOLE_EVERY == 0
            seen = _whole(case) if everything else _alone(alone, changed)
            tried, whole, unseen = tried + 1, whole + everything, unseen + (not seen)
            changed[at] ^= 1 << bit
    return tried, whole, unseen


def _whole(case: dict[str, bytes | bytearray]) -> bool:
    """Whether a whole verification sees it. The bytes that were flipped are copied: some readers need `bytes`."""
    files = {path: bytes(data) for path, data in case.items()}
    return _state(files) is State.WRONG


def _state(files: dict[str, bytes]) -> State:
    return (verify if LOG in files else verify_folder)(MappedContents(files)).state


def _alone(file: CaseFile | None, changed: bytearray) -> bool:
    assert file is not None
    try:
        hold_file(file, MappedContents({file.path: bytes(changed)}))
    except ValueError:
        return True
    return False


def _pieces(files: dict[str, bytes]) -> Iterator[tuple[dict[str, bytes], str, int, int]]:
    for path, data in files.items():
        for start in range(0, len(data), PIECE_BYTES):
            yield files, path, start, min(start + PIECE_BYTES, len(data))


def main() -> int:
    """Flip them all and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--bytes", type=int, default=190_000)
    arguments.add_argument("--whole", action="store_true", help="a case as the program makes it")
    arguments.add_argument("--folder", action="store_true", help="the folder of a report that lies in no case")
    arguments.add_argument("--case", type=Path, help="a sealed case instead of one made for the run")
    arguments.add_argument("--workers", type=int, default=2)
    asked = arguments.parse_args()
    root = asked.case
    if root is None:
        root = Path(tempfile.mkdtemp()) / "case"
        if asked.folder:
            report_folder(root)
        elif asked.whole:
            whole_case(root)
        else:
            exported(root, asked.bytes, key())
    files = in_memory(root)
    assert _state(files) is State.INTACT
    started_s = time.monotonic()
    with ProcessPoolExecutor(asked.workers) as pool:
        results = list(pool.map(unseen_in, _pieces(files)))
    tried, whole, unseen = (sum(result[column] for result in results) for column in range(3))
    size = sum(map(len, files.values()))
    print(f"{len(files)} files, {size:,} bytes: {tried:,} flips, {unseen} unseen")
    print(f"{whole:,} of them by a whole verification; {time.monotonic() - started_s:.0f} s")
    return 1 if unseen or tried != size * 8 else 0


if __name__ == "__main__":
    raise SystemExit(main())
