"""Which pictures of a batch are alike as a whole, by the codes and the rule of the search (whole_frame.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import gradients, perceptual
from .whole_frame import WholeFrame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WAYS = 8
FREQUENCIES_WORDS, TURN_WORDS = perceptual.BITS // 64, (perceptual.BITS + gradients.BITS) // 64
PACKED_BYTES = WAYS * TURN_WORDS * 8


def packed(frame: WholeFrame) -> bytes:
    """Both codes of the picture laid in all eight ways, one after the other; b"" for one too plain to be searched."""
    return b"".join(turn.frequencies + turn.gradients for turn in frame.turns) if frame.searchable else b""


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """`words`: the codes of n pictures laid in all ways, shape (n, 8, 12), 64-bit words; `columns`: of the first way of
    each, shape (12, n).
    """

    words: NDArray[np.uint64]
    columns: NDArray[np.uint64]

    def before(self, row: int) -> NDArray[np.intp]:
        """The pictures before this one that the search would call a match of it, ascending. Exact, one pass."""
        import numpy as np

        alike = np.zeros(row, np.bool_)
        for turn in self.words[row]:
            bits = _distances(self.columns[:FREQUENCIES_WORDS, :row], turn[:FREQUENCIES_WORDS])
            close = np.flatnonzero(bits <= perceptual.RADIUS_BITS)
            if close.size:
                rises = _distances(self.columns[FREQUENCIES_WORDS:, close], turn[FREQUENCIES_WORDS:])
                most = gradients.radius_bits(turn[FREQUENCIES_WORDS:].tobytes())
                alike[close[(bits[close] <= perceptual.ALONE_BITS) | (rises <= most)]] = True
        return np.flatnonzero(alike)


def _distances(columns: NDArray[np.uint64], code: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """In how many bits each code differs from this one. `columns`: shape (words, pictures)."""
    import numpy as np

    found = np.zeros(columns.shape[1], np.uint16)
    for column, word in zip(columns, code, strict=True):
        found += np.bitwise_count(column ^ word)
    return found


def lay(codes: Sequence[bytes]) -> Laid:
    """Codes as `packed` makes them, side by side. Raises ValueError for others."""
    import numpy as np

    if any(len(code) != PACKED_BYTES for code in codes):
        raise ValueError(f"codes of a picture take {PACKED_BYTES} bytes")
    words = np.frombuffer(b"".join(codes), np.uint64).reshape(len(codes), WAYS, TURN_WORDS)
    return Laid(words=words, columns=np.ascontiguousarray(words[:, 0].T))
