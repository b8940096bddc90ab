"""How blocks of two pictures that lie on one another still have to move, and how alike they are.

One step of Lucas and Kanade, "An iterative image registration technique", 1981, in each block.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .blocks import cut

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Plane = NDArray[np.float32]
    Mask = NDArray[np.bool_]

BLOCK_PX = 16
_STEADINESS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shifts:
    """Blocks of 16 pixels that are looked at as a whole, `n` of them."""

    middle: Floats
    """Shape (n, 2)."""
    shift_px: Floats
    """Shape (n, 2): from the place in the reference to that in the query."""
    correlation: Floats
    corner: Floats
    """The lesser eigenvalue of the squared gradients, grey levels squared a pixel: both directions are held."""
    spread: Floats
    """Standard deviation in the reference, grey levels."""


def shifts(ours: Plane, theirs: Plane, looked: Mask) -> Shifts:
    """One step in every block that is looked at as a whole. Planes of one shape, as in Registered."""
    import numpy as np

    whole = cut(looked, BLOCK_PX).min(axis=1) > 0
    rise_y, rise_x = (cut(np.asarray(one), BLOCK_PX)[whole] for one in np.gradient((ours + theirs) / 2))
    a, b = cut(ours, BLOCK_PX)[whole], cut(theirs, BLOCK_PX)[whole]
    off = b - a
    xx, xy, yy = (rise_x**2).sum(axis=1), (rise_x * rise_y).sum(axis=1), (rise_y**2).sum(axis=1)
    x, y = (rise_x * off).sum(axis=1), (rise_y * off).sum(axis=1)
    steady = _STEADINESS * BLOCK_PX**2
    scale = (xx + steady) * (yy + steady) - xy * xy
    moved = np.column_stack([(yy + steady) * x - xy * y, (xx + steady) * y - xy * x]) / scale[:, None]
    a, b = a - a.mean(axis=1)[:, None], b - b.mean(axis=1)[:, None]
    power = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    rows, columns = np.divmod(np.flatnonzero(whole), max(ours.shape[1] // BLOCK_PX, 1))
    return Shifts(
        middle=(np.column_stack([columns, rows]) + 0.5) * BLOCK_PX - 0.5,
        shift_px=moved,
        correlation=(a * b).sum(axis=1) / np.maximum(power, 1e-6),
        corner=((xx + yy) - np.sqrt((xx - yy) ** 2 + 4 * xy**2)) / (2 * BLOCK_PX**2),
        spread=np.sqrt((b**2).mean(axis=1)),
    )
