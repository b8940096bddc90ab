"""Multi-index hashing: which keys of which bands a code within the radius must share with the query.

Norouzi, Punjani and Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", CVPR 2012. A code is cut into
bands; if two codes differ in at most r bits, they differ in at most t_j bits in some band j wherever the t_j + 1 sum to
r + 1 (pigeonhole). So every key within t_j of the query's is looked up in band j, and nothing within r is missed.

More than that holds of one of these bands: it and the next, the last one's being the first, together differ in at most
t_j + t_(j+1) + 1 bits (Qin and Xiao, "Pigeonring: A Principle for Faster Thresholded Similarity Search", VLDB 2018; of
numbers in a ring whose sum is negative, one is the first of a round whose partial sums all are). So what is looked up
is told apart by a few bits of the next band, which lie with each row in its list, before the code itself is read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INDEX_ROWS = 2**17
"""Segments with fewer rows have no bands: scanning them costs less than looking up keys."""
WIDEST_BITS = 24
_FEW_ROWS, _FEW_BITS = 3 * 2**20, 16
"""Up to so many rows bands are at most so wide: few keys, each in one bit or none, with as many rows in a list as the
bits beside them still tell apart (docs/adr/0084).
"""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is looked up for one radius: `masks` over the query's key of `band`."""

    masks: NDArray[np.int64]
    band: NDArray[np.int64]
    next_most: NDArray[np.uint8]
    """In how many bits the next band of a row in that list may differ."""
    cuts: tuple[tuple[int, int, int], ...]
    """Of each band its first bit, its largest key, and which of all lists is that of its key 0: a multiple of its
    number of keys, since the wider bands come first, so that a mask may be laid over the sum of both.
    """


def widths(rows: int, bits: int) -> tuple[int, ...]:
    """How wide each band of a new segment is, in bits."""
    if rows < INDEX_ROWS:
        return ()
    widest = _FEW_BITS if rows <= _FEW_ROWS else WIDEST_BITS
    number = -(-bits // min(math.ceil(math.log2(rows)) + 1, widest))
    return tuple(bits // number + (band < bits % number) for band in range(number))


def thresholds(bands: tuple[int, ...], radius_bits: int) -> tuple[int, ...]:
    """How many bits may differ in each band, -1 where none is looked up; the narrowest bands take what is left over."""
    each, more = divmod(radius_bits + 1, len(bands))
    narrow = set(sorted(range(len(bands)), key=lambda band: (bands[band], band))[:more])
    return tuple(each - 1 + (band in narrow) for band in range(len(bands)))


@cache
def probes(bands: tuple[int, ...], radius_bits: int) -> int:
    """How many keys are looked up for a query."""
    most = thresholds(bands, radius_bits)
    return sum(math.comb(width, t) for width, m in zip(bands, most, strict=True) for t in range(m + 1))


@cache
def plan(bands: tuple[int, ...], radius_bits: int) -> Plan:
    """The keys to look up."""
    import numpy as np

    most = thresholds(bands, radius_bits)
    masks = [flips(width, mine) for width, mine in zip(bands, most, strict=True)]
    band = np.repeat(np.arange(len(bands)), [len(mine) for mine in masks])
    both = [mine + following + 1 for mine, following in zip(most, (*most[1:], *most[:1]), strict=True)]
    bits, places = accumulate(bands, initial=0), accumulate((1 << width for width in bands), initial=0)
    cuts = tuple((bit, (1 << width) - 1, place) for bit, width, place in zip(bits, bands, places, strict=False))
    flipped = np.concatenate(masks)
    # No band has more than WIDEST_BITS: what a wide radius leaves beyond them would not fit into a byte.
    next_most = np.minimum(np.array(both)[band] - np.bitwise_count(flipped), WIDEST_BITS)
    return Plan(flipped, band, next_most.astype(np.uint8), cuts)


@cache
def flips(width: int, most: int) -> NDArray[np.int64]:
    """All numbers of `width` bits of which at most so many are set, none for -1. Bands are of two widths at most, and
    a first answer waits for this.
    """
    import numpy as np

    chosen = (places for number in range(most + 1) for places in combinations(range(width), number))
    return np.array([sum([1 << place for place in places]) for places in chosen], np.int64)


def keys(columns: NDArray[np.uint64], first_bit: int, width: int) -> NDArray[np.uint32]:
    """The bits from `first_bit` on, of all rows; `columns` has shape (64-bit words, rows)."""
    import numpy as np

    word, shift = divmod(first_bit, 64)
    found = columns[word] >> np.uint64(shift)
    if shift + width > 64:
        found = found | columns[word + 1] << np.uint64(64 - shift)
    mine: NDArray[np.uint32] = (found & np.uint64((1 << width) - 1)).astype(np.uint32)
    return mine
