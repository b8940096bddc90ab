"""Where the columns of a segment of codes lie in its file, and the sums that its blocks are compared with."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from ..mapped import let_go
from ..points.piece import DamagedPieceError
from .piece import COLUMNS, IDS, POSTINGS, TABLE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK_BYTES = 2048
HEADER = struct.Struct("<8s4Q")
MAGIC, MAGIC_BANDED = b"PROVCOD1", b"PROVCOD2"
POSTING_BITS = 32
_SHIFTS, _WORD_SHIFT = {IDS: 6, TABLE: 9, POSTINGS: 9}, 8
"""Of the items of a column so many powers of two fit into a block: 32 bytes an id, 4 a row or place, 8 a word."""
_FEW = 256
"""When so few blocks of a column are left, 512 KB, they are compared together, and none is looked for any more."""
_A_LOOK, _ITEMS = 64, 16
"""Looking for blocks that were not compared costs about as much as comparing so many, and one more for so many items:
once the looks at a column have cost what its rest would, that is compared. Else it would be looked at for ever.
"""
_AT_ONCE = 2**12  # blocks whose sums are made together
_COPIED = 64
"""Blocks, 128 KiB, that are copied to be compared: they stay in the processor's cache, in memory that is there. Room
for some thousand was new memory each time, whose pages took longer to come than the sums.
"""
_HELD = 2**15
"""After so many blocks, 64 MB, memory is let go where a whole body is read."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a segment begin and how long they are, in bytes of its body."""

    words: int
    rows: int
    bands: tuple[int, ...]
    before: bool = False
    """Whether bands are those of the version before: rows alone in the lists, all sums in the header."""

    def row_bits(self) -> int:
        """Of an item of a list so many are the row."""
        return POSTING_BITS if self.before else (self.rows - 1).bit_length()

    def sizes(self) -> dict[int, int]:
        """Bytes of each column, by the number it is called by in `CodePiece.require`, in the order of the file."""
        sizes = {COLUMNS + 4 * word: 8 * self.rows for word in range(self.words)} | {IDS: 32 * self.rows}
        if self.bands:
            lists = sum(1 << width for width in self.bands) + 1
            sizes |= {TABLE: 4 * lists, POSTINGS: 4 * self.rows * len(self.bands)}
        return sizes

    def places(self) -> dict[int, int]:
        """Where each column begins."""
        ends = accumulate((blocks_of(size) * BLOCK_BYTES for size in self.sizes().values()), initial=0)
        return dict(zip(self.sizes(), ends, strict=False))

    def blocks(self) -> int:
        """Of the whole body."""
        return sum(map(blocks_of, self.sizes().values()))

    def sum_blocks(self) -> int:
        """Blocks of the sums of all others, between header and body; 0 where they are in the header."""
        return blocks_of(8 * self.blocks()) if self.bands and not self.before else 0

    def head_bytes(self) -> int:
        """The header, padded."""
        sums = self.sum_blocks() or self.blocks()
        return blocks_of(HEADER.size + 8 * len(self.bands) + 8 * sums) * BLOCK_BYTES

    def begin_bytes(self) -> int:
        """Where the body begins."""
        return self.head_bytes() + self.sum_blocks() * BLOCK_BYTES


class Guard:
    """Compares blocks with their sums before they are read, once in a process.

    `sums` are those of the blocks of the body; `top`, where the sums lie in blocks of their own, the sums of those,
    which are compared in the same way; None where they need not be.
    """

    def __init__(
        self,
        file: str,
        body: NDArray[np.uint8],
        sums: NDArray[np.uint64],
        layout: Layout,
        top: NDArray[np.uint64] | None = None,
    ) -> None:
        import numpy as np

        self._file, self._body, self._sums, self._top = file, body, sums, top
        self._top_seen = np.zeros(0 if top is None else len(top), np.bool_)
        self._places = {column: place // BLOCK_BYTES for column, place in layout.places().items()}
        self._all = {column: blocks_of(size) for column, size in layout.sizes().items()}
        self._unseen = dict.fromkeys(self._all, True)
        """Whether there are blocks of a column that were not compared yet."""
        self._left = dict(self._all)
        """How many; fewer where two threads compared the same."""
        self._spent = dict.fromkeys(self._all, _FEW)
        """What looking for them has cost, in blocks."""
        self._seen = np.zeros(layout.blocks(), np.bool_)

    def __call__(self, column: int, items: NDArray[np.int64] | slice) -> None:
        """Raises DamagedPieceError."""
        import numpy as np

        if not self._unseen[column]:
            return
        shift = _SHIFTS.get(column, _WORD_SHIFT)
        place = self._places[column]
        if isinstance(items, slice):
            begin, end = place + (items.start >> shift), place + _up(items.stop, 1 << shift)
            unseen = np.flatnonzero(~self._seen[begin:end]) + begin
        else:
            blocks = (items >> shift) + place
            if column == TABLE:  # a list ends where the next begins
                blocks = np.concatenate([blocks, (items + 1 >> shift) + place])
            unseen = blocks[~self._seen[blocks]]
        if len(unseen):
            unseen.sort()
            new = _each_once(unseen)
            self._compare(new)
            self._left[column] -= len(new)
        self._spent[column] += _A_LOOK + (0 if isinstance(items, slice) else len(items) // _ITEMS)
        if self._left[column] <= self._spent[column]:
            self._compare(np.flatnonzero(~self._seen[place : place + self._all[column]]) + place)
            self._unseen[column] = False

    def whole(self) -> None:
        """Compare all that was not compared. Raises DamagedPieceError."""
        import numpy as np

        unseen = np.flatnonzero(~self._seen)
        for begin in range(0, len(unseen), _HELD):
            self._compare(unseen[begin : begin + _HELD])
            let_go(self._body)
        self._unseen = dict.fromkeys(self._all, False)

    def _compare(self, blocks: NDArray[np.int64]) -> None:
        """`blocks` are in order, each once."""
        if self._top is not None and not self._top_seen.all():
            top = _each_once(blocks >> _WORD_SHIFT)
            new = top[~self._top_seen[top]]
            self._require_equal(self._sums.view("u1"), new, self._top)
            self._top_seen[new] = True
        self._require_equal(self._body, blocks, self._sums)
        self._seen[blocks] = True

    def _require_equal(self, data: NDArray[np.uint8], blocks: NDArray[np.int64], sums: NDArray[np.uint64]) -> None:
        import numpy as np

        laid = data.view("<u8").reshape(-1, BLOCK_BYTES // 8)
        room, factors = np.empty((_COPIED, BLOCK_BYTES // 8), np.uint64), _factors()
        found = np.empty(len(blocks), np.uint64)
        for begin in range(0, len(blocks), _COPIED):
            some = blocks[begin : begin + _COPIED]
            # Places are made by this class: "clip" only spares NumPy a copy of its own.
            copied = laid.take(some, 0, room[: len(some)], mode="clip")
            np.dot(copied, factors, found[begin : begin + len(some)])
        if not np.array_equal(found, sums[blocks]):
            raise DamagedPieceError(self._file)


def _each_once(ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    """np.unique does so, too, and first loads numpy.ma: ten times as long as all the rest of a first answer."""
    import numpy as np

    return np.concatenate([ordered[:1], ordered[1:][ordered[1:] != ordered[:-1]]])


def sums_of(body: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Of each block: its 64-bit words, each times a number of its own, summed modulo 2**64."""
    import numpy as np

    laid = body.view("<u8").reshape(-1, BLOCK_BYTES // 8)
    sums = np.empty(len(laid), "<u8")
    for begin in range(0, len(laid), _AT_ONCE):
        sums[begin : begin + _AT_ONCE] = np.dot(laid[begin : begin + _AT_ONCE], _factors())
        if begin % _HELD == 0:
            let_go(body)
    return sums


@cache
def _factors() -> NDArray[np.uint64]:
    """One odd number for each word of a block: any changed word changes its sum, and any two that changed places do,
    unless they differ in their highest bit alone.
    """
    import numpy as np

    factors: NDArray[np.uint64] = np.arange(1, BLOCK_BYTES // 4, 2).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return factors


def blocks_of(size_bytes: int) -> int:
    """How many blocks hold so many bytes."""
    return _up(size_bytes, BLOCK_BYTES)


def _up(number: int, by: int) -> int:
    return -(-number // by)
