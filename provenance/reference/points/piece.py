"""Points of many pictures laid out by visual word: the form that is searched, in memory or mapped from a segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from .feature_rows import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Halves = NDArray[np.uint64]

WORDS = 2**16
"""Words are 16 bits wide (model/features.py); a word that a codebook does not have is an empty list."""
AT_ONCE = 2**18
"""Points gathered together: their halves fit into a processor's second cache."""
_FACTORS = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
_LONG = 1500  # points of a list that is read where it lies; gathering costs six times as much a point

Hits: TypeAlias = "tuple[Numbers, Numbers, Numbers]"
"""Rows of the probe, points of the piece, distances in bits."""


class DamagedPieceError(Exception):
    """A list of points is not what was written. Its source, a segment, is named by the error's text."""


class UnreadablePieceError(DamagedPieceError):
    """A segment that cannot be read here and now, for want of memory or a right; what is in it may be whole."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """Some pictures' points, sorted by word. Columns may be mapped from a file and are then checked before use."""

    file: str
    """Name of the segment; "" in memory."""
    seqs: Numbers
    checks: Halves
    """Of the row of each picture, see feature_rows.check."""
    ids: NDArray[np.uint8]
    """Shape (pictures, 32)."""
    starts: Numbers
    """Where each word's list begins, shape (WORDS + 1,)."""
    sums: Halves
    """Of each list, see `sums_by_word`."""
    firsts: Halves
    """First half of each point's signature."""
    rests: Halves
    """Shape (points, 2): second half, and packed owner (row of `ids`, low 32 bits), size and angle."""
    seen: NDArray[np.bool_]
    """Lists that were compared with their sums in this process."""

    def hits(self, words: NDArray[np.uint16], signatures: Halves, radii_bits: tuple[int, int]) -> Iterator[Hits]:
        """Points under the same words whose first half, and whole signature, lie within the two radii."""
        import numpy as np

        first, last = self.starts[words], self.starts[words.astype(np.int64) + 1]
        length = last - first
        self._compare(np.unique(words[length > 0]))
        for row in np.flatnonzero(length > _LONG).tolist():
            for start, end in _parts(int(first[row]), int(last[row])):
                near = np.flatnonzero(np.bitwise_count(self.firsts[start:end] ^ signatures[row, 0]) <= radii_bits[0])
                yield from self._confirmed(np.full(len(near), row), near + start, signatures, radii_bits)
        short = np.flatnonzero((length > 0) & (length <= _LONG))
        for rows in _chunks(short, length[short]):
            which = np.repeat(rows, length[rows])
            points = _ranges(first[rows], length[rows])
            near = np.flatnonzero(np.bitwise_count(self.firsts[points] ^ signatures[which, 0]) <= radii_bits[0])
            yield from self._confirmed(which[near], points[near], signatures, radii_bits)

    def owners(self, points: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The picture (row of `ids`), size and angle of these points. Raises DamagedPieceError."""
        import numpy as np

        packed = self.rests[points, 1]
        owner = (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
        if len(owner) and int(owner.max()) >= len(self.ids):
            raise DamagedPieceError(self.file)
        size = (packed >> np.uint64(32)).astype(np.int64) & 255
        return owner, size, (packed >> np.uint64(40)).astype(np.int64) & 255

    def _confirmed(
        self, rows: Numbers, points: Numbers, signatures: Halves, radii_bits: tuple[int, int]
    ) -> Iterator[Hits]:
        """Those whose whole signature is near enough, with the distance."""
        import numpy as np

        bits = np.bitwise_count(self.firsts[points] ^ signatures[rows, 0])
        bits += np.bitwise_count(self.rests[points, 0] ^ signatures[rows, 1])
        near = np.flatnonzero(bits <= radii_bits[1])
        if len(near):
            yield rows[near], points[near], bits[near].astype(np.int64)

    def require_whole(self) -> None:
        """Compare every list with its sum. Raises DamagedPieceError."""
        import numpy as np

        self._compare(np.flatnonzero(np.diff(self.starts) > 0).astype(np.uint16))

    def _compare(self, words: NDArray[np.uint16]) -> None:
        """Compare the lists of these words with their sums, once in a process."""
        import numpy as np

        unseen = words[~self.seen[words]].astype(np.int64)
        length = self.starts[unseen + 1] - self.starts[unseen]
        for word in unseen[length > _LONG].tolist():
            total = np.zeros(1, np.uint64)
            for start, end in _parts(int(self.starts[word]), int(self.starts[word + 1])):
                total += np.add.reduce(_mixed(self.firsts[start:end], self.rests[start:end]))
            if total[0] != self.sums[word]:
                raise DamagedPieceError(self.file)
        short = length <= _LONG
        for some in _chunks(unseen[short], length[short]):
            if not np.array_equal(self._sums_of(some), self.sums[some]):
                raise DamagedPieceError(self.file)
        self.seen[unseen] = True

    def _sums_of(self, words: Numbers) -> Halves:
        """The sums of the lists of these words, none of them empty."""
        import numpy as np

        first, length = self.starts[words], self.starts[words + 1] - self.starts[words]
        if len(words) == 1 or int(length.sum()) == int(self.starts[words[-1] + 1] - first[0]):
            points: slice | Numbers = slice(int(first[0]), int(first[0] + length.sum()))
        else:
            points = _ranges(first, length)
        return np.add.reduceat(_mixed(self.firsts[points], self.rests[points]), np.cumsum(length) - length)


def laid(rows: Sequence[Row]) -> Piece:
    """Rows of features in memory, in the order given."""
    import numpy as np

    words, signatures, sizes, angles = (
        np.frombuffer(b"".join(column), kind)
        for column, kind in (
            ([row.words for row in rows], "<u2"),
            ([row.signatures for row in rows], "<u8"),
            ([row.sizes for row in rows], np.uint8),
            ([row.angles for row in rows], np.uint8),
        )
    )
    order = np.argsort(words, kind="stable")
    owners = np.repeat(np.arange(len(rows), dtype=np.uint64), [row.points for row in rows])
    packed = owners | sizes.astype(np.uint64) << np.uint64(32) | angles.astype(np.uint64) << np.uint64(40)
    halves = signatures.reshape(-1, 2)
    firsts, rests = halves[order, 0].astype(np.uint64), np.stack([halves[order, 1], packed[order]], axis=1)
    starts = starts_of(np.bincount(words, minlength=WORDS))
    return Piece(
        file="",
        seqs=np.array([row.seq for row in rows], np.int64),
        checks=np.array([row.check for row in rows], np.uint64),
        ids=np.frombuffer(b"".join(row.image_id for row in rows), np.uint8).reshape(-1, 32),
        starts=starts,
        sums=sums_by_word(firsts, rests, starts),
        firsts=firsts,
        rests=np.ascontiguousarray(rests, np.uint64),
        seen=np.ones(WORDS, np.bool_),
    )


def starts_of(counts: Numbers) -> Numbers:
    """Where each list begins, and the end of the last."""
    import numpy as np

    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def sums_by_word(firsts: Halves, rests: Halves, starts: Numbers) -> Halves:
    """The sum, modulo 2**64, over the mixed points of each list; 0 of an empty one."""
    import numpy as np

    sums = np.zeros(len(starts) - 1, np.uint64)
    filled = np.flatnonzero(starts[1:] > starts[:-1])
    if len(filled):
        sums[filled] = np.add.reduceat(_mixed(firsts, rests), starts[filled])
    return sums


def _mixed(firsts: Halves, rests: Halves) -> Halves:
    """One number a point. Odd factors, so that no pattern of changes repeated over columns cancels out."""
    import numpy as np

    mixed = firsts * np.uint64(_FACTORS[0])
    mixed += rests[:, 0] * np.uint64(_FACTORS[1])
    mixed += rests[:, 1] * np.uint64(_FACTORS[2])
    return np.asarray(mixed, np.uint64)


def _ranges(first: Numbers, length: Numbers) -> Numbers:
    """All numbers of the ranges that begin at `first`, one range after another."""
    import numpy as np

    before = np.cumsum(length) - length
    return np.repeat(first - before, length) + np.arange(int(length.sum()))


def _parts(start: int, end: int) -> Iterator[tuple[int, int]]:
    """A range in parts of at most `AT_ONCE`."""
    for begin in range(start, end, AT_ONCE):
        yield begin, min(end, begin + AT_ONCE)


def _chunks(rows: Numbers, length: Numbers) -> Iterator[Numbers]:
    """Rows in parts of about `AT_ONCE` points."""
    import numpy as np

    if len(rows):
        part = np.cumsum(length) // AT_ONCE
        yield from np.split(rows, np.flatnonzero(np.diff(part)) + 1)
