"""The part of a picture that a mask lies in: what is looked at is cut out first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_] | NDArray[np.uint8]
    Box = tuple[slice, slice]


def around(mask: Mask, down_px: int = 0, across_px: int | None = None) -> Box:
    """Rows and columns of a mask that is not empty, with margins where there is room; one across is that down."""
    import numpy as np

    margins_px = down_px, down_px if across_px is None else across_px
    held = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    rows, columns = (
        slice(max(0, int(one[0]) - margin), min(side, int(one[-1]) + 1 + margin))
        for one, margin, side in zip(held, margins_px, mask.shape, strict=True)
    )
    return rows, columns
