"""The fixed codebook: visual words and 128 cuts of the descriptor space, shipped with the package.

Words: Sivic and Zisserman, "Video Google", 2003; made in two steps, a coarse centre and one of the same 64 steps beyond
it (residual quantisation: Chen, Guan and Wang, "Approximate Nearest Neighbor Search by Residual Vector Quantization",
2010), so that 65,536 words cost what 1,088 do. Cuts: the signs of a descriptor's projections (Jegou, Douze and
Schmid, "Hamming Embedding and Weak Geometric Consistency", 2008, section 3), here the same for all words so that
signatures of any two points compare. Everything is whole numbers, and every sum stays below 2**24, so 32-bit floating
point multiplies them exactly in whatever order: equal pixels give equal codes on every machine.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = "codebook.npz"
BITS = 128
COARSE, FINE = 1024, 64
"""A word's number is that of its centre times 64 plus that of its step."""
_CENTRES = 4
"""Words are sought around so many of the nearest centres, whatever the number of words asked for."""
_CHUNK = 512


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Codebook:
    """`coarse` and `fine`: float32 of whole numbers (1024, 128) and (64, 128); `cuts`: likewise (128, 128 cuts)."""

    version: str
    """First 8 hex digits of the SHA-256 of the arrays."""
    coarse: NDArray[np.float32]
    fine: NDArray[np.float32]
    cuts: NDArray[np.float32]
    middles: NDArray[np.float32]
    """Shape (128,): where each cut divides, half the descriptors on either side."""

    def nearest_words(self, descriptors: NDArray[np.uint8], number: int) -> NDArray[np.uint16]:
        """The nearest words of each descriptor, nearest first, equal ones in the order of the book; (n, number).

        One word alone is the nearest step from the nearest centre, which is what a reference point is kept under;
        several are the nearest around four centres, `number` at most 256.
        """
        import numpy as np

        found = np.empty((len(descriptors), number), np.uint16)
        centres = min(_CENTRES, number)
        # |d - c - f|**2 is |d|**2 + (|c|**2 - 2 d.c) + (|f|**2 + 2 c.f) - 2 d.f; the first is the same for all words.
        bound = (self.fine**2).sum(axis=1) + 2 * (self.coarse @ self.fine.T)
        lengths = (self.coarse**2).sum(axis=1)
        for start in range(0, len(descriptors), _CHUNK):
            part = descriptors[start : start + _CHUNK].astype(np.float32)
            distance = lengths - 2 * (part @ self.coarse.T)
            beyond = -2 * (part @ self.fine.T)
            near = _smallest(distance, centres)
            whole = np.take_along_axis(distance, near, axis=1)[:, :, None] + bound[near] + beyond[:, None, :]
            words = near[:, :, None] * FINE + np.arange(FINE)
            # Equal distances: the smaller word first, as an integer key of both says.
            key = (whole.astype(np.int64) * COARSE * FINE + words).reshape(len(part), -1)
            best = np.sort(np.partition(key, number - 1, axis=1)[:, :number], axis=1)
            found[start : start + _CHUNK] = best % (COARSE * FINE)
        return found

    def projections(self, descriptors: NDArray[np.uint8]) -> NDArray[np.float32]:
        """How far each descriptor lies on either side of each cut, whole numbers, shape (n, 128)."""
        import numpy as np

        return np.asarray(descriptors.astype(np.float32) @ self.cuts - self.middles, np.float32)


def _smallest(distance: NDArray[np.float32], number: int) -> NDArray[np.intp]:
    """The columns of the smallest entries of each row, smallest first, of equal ones the first."""
    import numpy as np

    left, rows = distance.copy(), np.arange(len(distance))
    found = np.empty((len(distance), number), np.intp)
    for place in range(number):
        found[:, place] = left.argmin(axis=1)
        left[rows, found[:, place]] = np.inf
    return found


def signatures(projections: NDArray[np.float32]) -> NDArray[np.uint64]:
    """One bit for each cut, 1 above it; shape (n, 2)."""
    import numpy as np

    bits = np.packbits(projections > 0, axis=1)
    return np.ascontiguousarray(bits).view("<u8").astype(np.uint64).reshape(-1, 2)


def read(data: bytes) -> Codebook:
    """The codebook in a file written by benchmarks/train_codebook.py."""
    import numpy as np

    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        coarse, fine, cuts, middles = (arrays[name] for name in ("coarse", "fine", "cuts", "middles"))
    digest = hashlib.sha256()
    for array, kind in ((coarse, "<u1"), (fine, "<i1"), (cuts, "<i1"), (middles, "<i4")):
        digest.update(np.ascontiguousarray(array.astype(kind)).tobytes())
    return Codebook(
        version=digest.hexdigest()[:8],
        coarse=coarse.astype(np.float32),
        fine=fine.astype(np.float32),
        cuts=cuts.astype(np.float32),
        middles=middles.astype(np.float32),
    )


@cache
def shipped() -> Codebook:
    """The codebook of this version of the package."""
    return read(files(__package__).joinpath(FILE).read_bytes())
