"""What a merge of large segments of codes takes, without a set of as many pictures.

    python -m benchmarks.archive.merging [--rows 16800000] [--parts 8] [--work FOLDER]

Makes segments of codes drawn by chance (256 bits) that hold so many rows together, has a set name them, and merges them
as a set that is added to does. Processor time and the most memory are of a process of its own that does nothing else.
A few codes are asked for before and after, within 31 bits, and must have the same answers. Takes some 300 bytes of disk
a row.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from provenance.reference.codes import rows as code_rows
from provenance.reference.codes.merging import merge_some, name_segment, written
from provenance.reference.codes.piece import CodePiece
from provenance.reference.codes.segment import opened
from provenance.reference.points.covering import folder_of
from provenance.reference.sqlite.store import SQLiteStore

NAME, CODE_BYTES, RADIUS_BITS, ASKED = "phash256/1", 32, 31, 5
Found = list[tuple[int, bytes]]


def part(path: Path, rows: int, seed: int) -> None:
    """One more segment of the set."""
    chance = np.random.default_rng(seed)
    codes = chance.integers(0, 2**64, (CODE_BYTES // 8, rows), np.uint64)
    ids = np.frombuffer(chance.bytes(32 * rows), np.uint8).reshape(-1, 32)
    total = np.bitwise_xor.reduce(ids, axis=0).tobytes() + np.bitwise_xor.reduce(codes, axis=1).tobytes()
    made = written(folder_of(path), [(codes, ids)], CODE_BYTES, total)
    store = SQLiteStore(path)
    with store._session.writing() as (connection, _):
        name_segment(connection, NAME, made)
    store.close()


def merge(path: Path) -> None:
    """All of them. Raises RuntimeError where nothing was due."""
    store = SQLiteStore(path)
    if not merge_some(store._session, folder_of(path), NAME):
        raise RuntimeError("no merge was due")
    store.close()


def pieces(path: Path) -> list[CodePiece]:
    """The segments of the set."""
    store = SQLiteStore(path)
    with store._session.reading() as connection:
        rows = code_rows.segments(connection, NAME)
    store.close()
    return [opened(folder_of(path), row) for row in rows]


def to_ask(there: Sequence[CodePiece]) -> list[NDArray[np.uint64]]:
    """A few codes of each segment, with 0 to 24 bits turned over."""
    codes = [code.copy() for piece in there for code in piece.codes(np.arange(ASKED))]
    for number, code in enumerate(codes):
        code[number % len(code)] ^= np.uint64((1 << number % 25) - 1)
    return codes


def answers(there: Sequence[CodePiece], codes: Sequence[NDArray[np.uint64]]) -> list[Found]:
    """What all segments together answer to each."""
    found = [Found() for _ in codes]
    for piece in there:
        for mine, (places, bits) in zip(found, piece.near(codes, RADIUS_BITS), strict=True):
            ids = [key.tobytes() for key in piece.image_ids(places)]
            mine.extend(zip(bits.tolist(), ids, strict=True))
    return [sorted(mine) for mine in found]


def alone(work: Callable[[], None]) -> tuple[float, int]:
    """Seconds of CPU and the most memory, in bytes, of a process that does this. Raises RuntimeError if it fails."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", flush=True)
            os._exit(1)
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError("a process of its own failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=16_800_000)
    parser.add_argument("--parts", type=int, default=8)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=given.work) as name:
        path = Path(name) / "set"
        SQLiteStore(path, create=True).close()
        folder_of(path).mkdir(exist_ok=True)
        each = given.rows // given.parts
        made_s = sum(alone(lambda seed=seed: part(path, each, seed))[0] for seed in range(given.parts))
        asked = to_ask(pieces(path))
        before = answers(pieces(path), asked)
        merged_s, most = alone(lambda: merge(path))
        (whole,) = folder_of(path).glob("*.codes")
        if answers(pieces(path), asked) != before or not all(before):
            raise AssertionError("the merged segment has other answers")
        rows = each * given.parts
        print(f"{rows:,} rows of {given.parts} segments into one: {merged_s / rows * 1e6:.2f} us of CPU a row "
              f"({merged_s:.1f} s), {most / 1e6:.0f} MB of memory at most, "
              f"{whole.stat().st_size / rows:.0f} bytes a row; making them {made_s / rows * 1e6:.2f} us a row; "
              f"{sum(map(len, before)):,} answers, the same")  # fmt: skip


if __name__ == "__main__":
    main()
