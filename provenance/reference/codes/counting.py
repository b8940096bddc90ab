"""In how many bits codes that lie in columns of 64-bit words differ from one code, many rows at once.

By NumPy, or by faiss where there is a wheel of it, whose loop counts eight words to an instruction where the processor
can: the same numbers in about half of the time. What was compared stands in docs/adr/0072.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AT_ONCE = 2**16
"""Rows counted together: what is counted of them fits into a processor's second cache, and few calls are made."""
_WORTH = 2**25
"""Loading faiss takes as long as it saves when so many rows are counted: it is loaded once a process has done so."""

Count = Callable[["NDArray[np.uint64]", "NDArray[np.uint64]"], "NDArray[Any]"]
"""Columns, shape (words, at most AT_ONCE rows), and as many words of a code: the bits in which each row differs. The
array is written over by the next call.
"""


class _Counted:
    """How many rows this process has counted, and faiss once it is worth loading; False where it is not to be had."""

    rows = 0
    faiss: Any = None


def count_for(words: int, rows: int) -> Count:
    """How to count so many words; `rows`: of how many that will be asked."""
    _Counted.rows += rows
    if _Counted.faiss is None and _Counted.rows >= _WORTH:
        _Counted.faiss = _faiss()
    return by_faiss(_Counted.faiss, words) if _Counted.faiss else by_numpy(words)


def by_numpy(words: int) -> Count:
    """Three passes a word."""
    import numpy as np

    room, bits = np.empty(AT_ONCE, np.uint64), np.empty(AT_ONCE, np.uint8)
    total: NDArray[Any] = bits.astype(narrowest(words))

    def count(columns: NDArray[np.uint64], code: NDArray[np.uint64]) -> NDArray[Any]:
        number = columns.shape[1]
        summed, counted, differing = total[:number], bits[:number], room[:number]
        for word in range(words):
            np.bitwise_xor(columns[word], code[word], out=differing)
            np.bitwise_count(differing, out=counted if word else summed)
            if word:
                np.add(summed, counted, out=summed)
        return summed

    return count


def by_faiss(faiss: Any, words: int) -> Count:
    """One pass a word, by `hammings` of 8 bytes, which is given addresses: arrays are of its types and long enough."""
    import numpy as np

    total, bits = np.empty(AT_ONCE, np.int32), np.empty(AT_ONCE, np.int32)
    into = faiss.swig_ptr(total), faiss.swig_ptr(bits)

    def count(columns: NDArray[np.uint64], code: NDArray[np.uint64]) -> NDArray[Any]:
        number = columns.shape[1]
        summed, counted = total[:number], bits[:number]  # fewer than asked for, were there more rows than room
        if len(summed) < number or min(len(columns), len(code)) < words or columns.itemsize + code.itemsize != 16:
            raise ValueError("columns and code are 64-bit words, and at most AT_ONCE rows")
        for word in range(words):
            one, rows = (np.ascontiguousarray(some).view(np.uint8) for some in (code[word : word + 1], columns[word]))
            faiss.hammings(faiss.swig_ptr(one), faiss.swig_ptr(rows), 1, number, 8, into[word > 0])
            if word:
                np.add(summed, counted, out=summed)
        return summed

    return count


def narrowest(words: int) -> type[np.uint8 | np.uint16]:
    """What holds the number of bits of so many words."""
    import numpy as np

    return np.uint8 if 64 * words < 256 else np.uint16


def _faiss() -> Any:
    """faiss, where it is installed and counts as NumPy does; else False."""
    import numpy as np

    try:
        import faiss

        columns = np.random.default_rng(0).integers(0, 2**64, (2, 999), np.uint64)
        columns[:, :65] = [(1 << bits) - 1 for bits in range(65)]
        for code in (columns[:, 500], np.zeros(2, np.uint64)):
            if not np.array_equal(by_faiss(faiss, 2)(columns, code), by_numpy(2)(columns, code)):
                return False
    except Exception:  # whatever is wrong with it, NumPy answers
        return False
    return faiss
