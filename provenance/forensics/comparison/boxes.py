"""The part of a picture that a mask lies in: what is looked at is cut out first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_] | NDArray[np.uint8]
    Box = tuple[slice, slice]


def around(mask: Mask, *margin_px: int) -> Box:
    """Rows and columns of a mask that is not empty, with a margin (or one down and one across) where there is room."""
    import numpy as np

    margins = (*margin_px, *margin_px)[:2] or (0, 0)
    held = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    rows, columns = (
        slice(max(0, int(one[0]) - margin), min(side, int(one[-1]) + 1 + margin))
        for one, margin, side in zip(held, margins, mask.shape, strict=True)
    )
    return rows, columns
