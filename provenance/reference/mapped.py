"""Memory that mapped files take: pages that were read or written stay a process's own until it lets go of them."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def let_go(array: NDArray[np.generic]) -> None:
    """Give the pages of the mapped file that an array lies in back to the system, wherever it can take them.

    Nothing is lost: what was written to them stays with the file, and what is read again is mapped again. So a merge
    of large segments takes no more memory than a merge of small ones. An array that is not mapped is left alone.
    """
    base: Any = array
    while base is not None and not isinstance(base, mmap.mmap):
        base = getattr(base, "base", None)
    if base is not None and hasattr(mmap, "MADV_DONTNEED"):
        base.madvise(mmap.MADV_DONTNEED)
