"""Codes of one fingerprint side by side, in memory or mapped from a segment, and the exact search over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..points.piece import DamagedPieceError
from .bands import Plan, plan, probes
from .counting import AT_ONCE, count_for, narrowest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Check = Callable[[int, NDArray[np.int64] | slice], None]

_PROBES_SHARE, _FOUND_SHARE = 64, 16
"""At most one key is looked up for so many rows, and at most one row of so many is read then; else all are scanned."""
_SIGMAS, _SIGMAS_LOOKED_UP, _SIGMAS_APART = 3.0, 1.0, 0.0
"""How far below the middle a radius lies before unrelated rows are told by a word less: what is looked up is few rows,
of which a sixth may be counted further, or half where they were told apart before.
"""
_FEW = 64
"""So many rows are told apart by Python in less time than by NumPy."""

COLUMNS, IDS, TABLE, POSTINGS = range(4)
_POSTING_BITS = 32


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CodePiece:
    """`require` is told, before anything is read, what will be: a column of the file and which items of it."""

    file: str
    """Name of the segment; "" in memory."""
    columns: NDArray[np.uint64]
    """Shape (64-bit words, rows); codes are padded with zeros."""
    ids: NDArray[np.uint8]
    """Shape (rows, 32)."""
    bands: tuple[int, ...] = ()
    """Widths of the bands that `table` and `postings` index; without any, the piece is scanned."""
    table: NDArray[np.uint32] | None = None
    """Where the list of each key begins, band after band, and where the last one ends."""
    postings: NDArray[np.uint32] | None = None
    """Rows, sorted by key, band after band; from `row_bits` on the first bits of each row's next band."""
    row_bits: int = _POSTING_BITS
    """Where nothing but the row is told."""
    require: Check | None = None

    def near(self, codes: Sequence[NDArray[np.uint64]], radius_bits: int) -> list[tuple[Rows, Rows]]:
        """For each code the rows within the radius, and their distances in bits. Raises DamagedPieceError."""
        rows = self.columns.shape[1]
        found: dict[int, tuple[Rows, Rows] | None] = {}
        if self.bands and probes(self.bands, radius_bits) * _PROBES_SHARE <= rows:
            found = {number: self._looked_up(code, radius_bits) for number, code in enumerate(codes)}
        rest = [number for number in range(len(codes)) if found.get(number) is None]
        scanned = self._scanned([codes[number] for number in rest], radius_bits) if rest else []
        found.update(zip(rest, scanned, strict=True))
        return [one for number in range(len(codes)) if (one := found[number]) is not None]

    def image_ids(self, rows: Rows) -> NDArray[np.uint8]:
        """The image ids of these rows, shape (rows, 32). Raises DamagedPieceError."""
        self._require(IDS, rows)
        return self.ids[rows]

    def codes(self, rows: Rows) -> NDArray[np.uint64]:
        """The codes of these rows, shape (rows, 64-bit words). Raises DamagedPieceError."""
        for word in range(len(self.columns)):
            self._require(COLUMNS + 4 * word, rows)
        return self.columns[:, rows].T

    def _require(self, column: int, items: Rows | slice) -> None:
        if self.require is not None:
            self.require(column, items)

    def _looked_up(self, code: NDArray[np.uint64], radius_bits: int) -> tuple[Rows, Rows] | None:
        """By multi-index hashing; None where lists are so long that a scan costs less."""
        import numpy as np

        assert self.table is not None and self.postings is not None  # noqa: S101 a piece with bands has both
        rows, asked = self.columns.shape[1], plan(self.bands, radius_bits)
        whole = int.from_bytes(code.tobytes(), "little")
        own = [(whole >> bit & most) + place for bit, most, place in asked.cuts]
        lists = np.array(own, np.int64).take(asked.band)
        lists ^= asked.masks
        try:
            self._require(TABLE, lists)
            first = self.table.take(lists)
            lists += 1
            last = self.table.take(lists)
            length = last - first
            ends = length.cumsum(dtype=np.int64)
            total = int(ends[-1])
            if total * _FOUND_SHARE > rows:
                return None
            places = (last - ends).repeat(length)
            places += np.arange(total)
            self._require(POSTINGS, places)
            looked_up = self.postings.take(places)
            apart = self.row_bits < _POSTING_BITS
            if apart:
                looked_up = self._apart(looked_up, length, whole, asked)
            found = looked_up.astype(np.int64)
            words = _first_words(len(self.columns), radius_bits, _SIGMAS_APART if apart else _SIGMAS_LOOKED_UP)
            bits = self._counted(found, code, 0, words)
            (close,) = (bits <= radius_bits).nonzero()  # taken by number, which costs less than by mask
            near = found.take(close), bits.take(close).astype(np.int64)
            if apart and words + 1 < len(self.columns):  # one word more leaves next to none, and few blocks to compare
                near = self._confirmed(near, code, radius_bits, words, words + 1)
                words += 1
            return _once(*self._confirmed(near, code, radius_bits, words, len(self.columns)))
        except IndexError as error:  # a list that ends beyond all rows, or a row beyond the last
            raise DamagedPieceError(self.file) from error

    def _apart(
        self, looked_up: NDArray[np.uint32], length: NDArray[np.uint32], code: int, asked: Plan
    ) -> NDArray[np.uint32]:
        """The rows whose next band may be near enough, by its first bits."""
        import numpy as np

        told = (1 << _POSTING_BITS - self.row_bits) - 1
        next_bands = [code >> bit & most & told for bit, most, _ in (*asked.cuts[1:], asked.cuts[0])]
        own = np.array(next_bands, np.uint32)
        own <<= np.uint32(self.row_bits)
        differing = own.take(asked.band).repeat(length)
        differing ^= looked_up
        differing >>= np.uint32(self.row_bits)
        (close,) = (np.bitwise_count(differing) <= asked.next_most.repeat(length)).nonzero()
        rows: NDArray[np.uint32] = looked_up.take(close)
        rows &= np.uint32((1 << self.row_bits) - 1)
        return rows

    def _scanned(self, codes: Sequence[NDArray[np.uint64]], radius_bits: int) -> list[tuple[Rows, Rows]]:
        """By counting the bits of all rows: of the first words, and of the rest where that leaves a row in question."""
        import numpy as np

        words, rows = self.columns.shape
        first = _first_words(words, radius_bits, _SIGMAS)
        count = count_for(first, rows * len(codes))
        found: list[list[tuple[Rows, Rows]]] = [[] for _ in codes]
        for begin in range(0, rows, AT_ONCE):
            part = slice(begin, min(begin + AT_ONCE, rows))
            for word in range(first):
                self._require(COLUMNS + 4 * word, part)
            for code, mine in zip(codes, found, strict=True):
                summed = count(self.columns[:first, part], code)
                (close,) = (summed <= radius_bits).nonzero()
                if len(close):
                    mine.append((close + begin, summed.take(close).astype(np.int64)))
        # Not block by block: that would be some calls on a few rows each.
        return [
            self._confirmed(_joined(mine), code, radius_bits, first, words)
            for code, mine in zip(codes, found, strict=True)
        ]

    def _confirmed(
        self, near: tuple[Rows, Rows], code: NDArray[np.uint64], radius_bits: int, begin: int, end: int
    ) -> tuple[Rows, Rows]:
        """Those within the radius of rows and their bits, with the words from `begin` to before `end` counted, too."""
        rows, bits = near
        if begin == end or not len(rows):
            return rows, bits
        bits += self._counted(rows, code, begin, end)
        (close,) = (bits <= radius_bits).nonzero()
        return rows.take(close), bits.take(close)

    def _counted(self, rows: Rows, code: NDArray[np.uint64], begin: int, end: int) -> NDArray[Any]:
        """In how many bits of the words from `begin` to before `end` each of the rows differs from the code.

        Few calls on small numbers: after a scan that emptied the processor's caches a call costs more than counting.
        """
        import numpy as np

        bits: NDArray[Any] = np.zeros(len(rows), narrowest(end - begin))
        for word in range(begin, end):
            self._require(COLUMNS + 4 * word, rows)
            differing = self.columns[word].take(rows)
            differing ^= code[word]
            bits += np.bitwise_count(differing)
        return bits


def _once(rows: Rows, bits: Rows) -> tuple[Rows, Rows]:
    """Each row once: several bands may have found it."""
    import numpy as np

    if len(rows) <= _FEW:
        both = dict(zip(rows.tolist(), bits.tolist(), strict=True))
        return np.array([*both], np.int64), np.array([*both.values()], np.int64)
    order = rows.argsort()
    rows, bits = rows.take(order), bits.take(order)
    once = np.flatnonzero(rows[1:] != rows[:-1]) + 1
    return np.append(rows[:1], rows.take(once)), np.append(bits[:1], bits.take(once))


def _first_words(words: int, radius_bits: int, sigmas: float) -> int:
    """So many words leave few unrelated codes in question: they differ in half of their bits, give or take."""
    for number in range(1, words):
        bits = 64 * number
        if bits / 2 - sigmas * bits**0.5 / 2 >= radius_bits:
            return number
    return words


def _joined(parts: Sequence[tuple[Rows, Rows]]) -> tuple[Rows, Rows]:
    import numpy as np

    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    rows, bits = zip(*parts, strict=True)
    return np.concatenate(rows), np.concatenate(bits)
