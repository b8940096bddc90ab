"""Block by block: the query laid over the reference's likeness, and how far the two agree in each block.

The likeness is small and coarsely quantised, so the query is laid over it at four times its size, shrunk, and quantised
in the same way: a copy then differs by little more than chance, and what is left is another moment or another view.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...fingerprint.local.thumbnail import coarse
from . import geometry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Grey = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

BLOCK_PX = 8
_FINER = 4
_LEAST_SPREAD = 4.0  # grey levels; plainer blocks agree with anything
_BUSY_SPREAD = 6.0
_GAINS = 0.2, 5.0
_STEADINESS = 512.0  # squared grey levels a block: without it a block that has only one edge could slide along it


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blocks:
    """All blocks of a likeness, row by row, `n` of them in `down` rows and `across` columns."""

    down: int
    across: int
    seen: Mask
    """Shape (n,): lies wholly in both pictures."""
    counted: Mask
    """Shape (n,): seen, and with content in the reference."""
    busy: Mask
    """Shape (n,): seen, and with content in either picture."""
    correlation: Floats
    """Shape (n,): of the brightness in the block, -1 to 1."""
    shift_px: Floats
    """Shape (n, 2): how far the block would have to move to fit (Lucas and Kanade, 1981), pixels of the likeness."""
    query_mean: Floats
    reference_mean: Floats
    """Shape (n,): mean brightness of the block."""


def compare(transform: Floats, query_grey: Grey, likeness_grey: Grey, size_px: tuple[int, int]) -> Blocks:
    """Compare. `transform`: from the query to the reference of `size_px` (width, height), as both were detected."""
    import numpy as np

    there, shown = laid(transform, query_grey, likeness_grey.shape, size_px)
    ours = coarse(np.where(shown, there, 128.0)).astype(np.float64)
    theirs = likeness_grey.astype(np.float64)
    down, across = likeness_grey.shape[0] // BLOCK_PX, likeness_grey.shape[1] // BLOCK_PX
    a, b, seen = cut(ours), cut(theirs), cut(shown).min(axis=1) > 0
    a_mean, b_mean = a.mean(axis=1), b.mean(axis=1)
    a, b = a - a_mean[:, None], b - b_mean[:, None]
    power, likeness = (a**2).sum(axis=1), (b**2).sum(axis=1)
    product = (a * b).sum(axis=1)
    gain = np.clip(product / np.maximum(power, 1e-9), *_GAINS)
    rise_y, rise_x = (cut(np.asarray(one)) for one in np.gradient(ours))
    return Blocks(
        down=down,
        across=across,
        seen=seen,
        counted=seen & (np.sqrt(likeness / BLOCK_PX**2) >= _LEAST_SPREAD),
        busy=seen & (np.sqrt(np.maximum(power, likeness) / BLOCK_PX**2) >= _BUSY_SPREAD),
        correlation=product / np.maximum(np.sqrt(power * likeness), 1e-9),
        shift_px=_shifts(rise_x, rise_y, (b - gain[:, None] * a) / gain[:, None]),
        query_mean=a_mean,
        reference_mean=b_mean,
    )


def places(blocks: Blocks) -> Floats:
    """Column and row of every block, shape (n, 2)."""
    import numpy as np

    rows, columns = np.divmod(np.arange(blocks.down * blocks.across), max(1, blocks.across))
    return np.column_stack([columns, rows]).astype(np.float64)


def within(blocks: Blocks, xy: Floats, size_px: tuple[int, int]) -> Mask:
    """Which blocks lie in the hull of points of the reference, by their centres."""
    import cv2
    import numpy as np

    if len(xy) < 3 or not blocks.down or not blocks.across:
        return np.zeros(blocks.down * blocks.across, np.bool_)
    hull = cv2.convexHull(np.asarray(xy, np.float32)).reshape(-1, 2)
    fine = 8
    scaled = hull * (fine * np.array([blocks.across, blocks.down]) / np.array(size_px))
    mask = np.zeros((blocks.down * fine, blocks.across * fine), np.uint8)
    cv2.fillConvexPoly(mask, np.rint(scaled).astype(np.int32), 1)
    return np.asarray(mask[fine // 2 :: fine, fine // 2 :: fine].reshape(-1) > 0)


def laid(transform: Floats, grey: Grey, shape: tuple[int, ...], size_px: tuple[int, int]) -> tuple[Floats, Mask]:
    """The query over the likeness, and where it lies."""
    import cv2
    import numpy as np

    height, width = shape
    fine = width * _FINER, height * _FINER
    onto, grey = shrunk(geometry.scaling(size_px, fine) @ transform, grey)
    large = cv2.warpPerspective(grey, onto, fine, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    full = np.full(grey.shape, 255, np.uint8)
    shown = cv2.warpPerspective(full, onto, fine, flags=cv2.INTER_NEAREST)
    small, there = (cv2.resize(one, (width, height), interpolation=cv2.INTER_AREA) for one in (large, shown))
    return small.astype(np.float64), there > 250


def shrunk(transform: Floats, grey: Grey, below: float = 0.5) -> tuple[Floats, Grey]:
    """The transform and the picture, shrunk first where it would be laid smaller: warpPerspective does not average.

    `below`: the scale from which it is laid as it is.
    """
    import cv2
    import numpy as np

    scale = abs(geometry.stretch(transform, np.array(grey.shape[::-1]) / 2)[0])
    if not 0 < scale < below:
        return transform, grey
    size = tuple(max(8, round(side * scale)) for side in grey.shape[::-1])
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    return transform @ np.linalg.inv(geometry.scaling(grey.shape[::-1], size)), small


def cut(plane: NDArray[np.generic], side_px: int = BLOCK_PX) -> Floats:
    """The plane in whole blocks, row by row, shape (blocks, side times side)."""
    import numpy as np

    down, across = plane.shape[0] // side_px, plane.shape[1] // side_px
    whole = np.asarray(plane[: down * side_px, : across * side_px], np.float64)
    return whole.reshape(down, side_px, across, side_px).swapaxes(1, 2).reshape(-1, side_px**2)


def _shifts(rise_x: Floats, rise_y: Floats, difference: Floats) -> Floats:
    """One step of Lucas and Kanade in every block."""
    import numpy as np

    xx, xy, yy = (rise_x**2).sum(axis=1), (rise_x * rise_y).sum(axis=1), (rise_y**2).sum(axis=1)
    x, y = (rise_x * difference).sum(axis=1), (rise_y * difference).sum(axis=1)
    xx, yy = xx + _STEADINESS, yy + _STEADINESS
    moved = np.column_stack([yy * x - xy * y, xx * y - xy * x])
    return np.asarray(moved / (xx * yy - xy * xy)[:, None], np.float64)
