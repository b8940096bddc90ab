"""The discrete cosine transform of JPEG, and the order of its coefficients."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIDE = 8
ZIGZAG = tuple(
    sorted(
        ((down, across) for down in range(SIDE) for across in range(SIDE)),
        key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]),
    )
)
"""ITU-T T.81, figure 5: (vertical, horizontal) frequency."""


def basis() -> NDArray[np.float32]:
    """Rows: the orthonormal DCT-II of eight samples (ITU-T T.81, section A.3.3)."""
    import numpy as np

    place, order = np.arange(SIDE), np.arange(SIDE)[:, None]
    rows = np.cos((2 * place + 1) * order * np.pi / (2 * SIDE)) * np.sqrt(2 / SIDE)
    rows[0] /= np.sqrt(2)
    return np.asarray(rows, np.float32)
