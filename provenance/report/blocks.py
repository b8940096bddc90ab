"""The blocks of a file as a list that a person can read: rows of equal blocks drawn together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ..model.image import Block

TOGETHER = 4
"""Neighbouring blocks of one kind and name from which on they share a line: picture data comes in hundreds of them.

The directories of a TIFF, which count up their names, are of one kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRun:
    """One block, or several of one kind that follow each other; the digest only of a single one."""

    kind: str
    name: str
    count: int
    offset_bytes: int
    length_bytes: int
    sha256: str


def block_runs(blocks: Iterable[Block]) -> tuple[BlockRun, ...]:
    """All blocks in file order; each is in exactly one line."""
    runs: list[BlockRun] = []
    for _, group in groupby(blocks, key=lambda block: (block.kind, "" if block.kind == "IFD" else block.name)):
        row = list(group)
        runs += [_run(row)] if len(row) >= TOGETHER else [_run([block]) for block in row]
    return tuple(runs)


def _run(row: list[Block]) -> BlockRun:
    return BlockRun(
        kind=row[0].kind,
        name=row[0].name if len({block.name for block in row}) == 1 else f"{row[0].name} to {row[-1].name}",
        count=len(row),
        offset_bytes=row[0].offset_bytes,
        length_bytes=sum(block.length_bytes for block in row),
        sha256=row[0].sha256 if len(row) == 1 else "",
    )
