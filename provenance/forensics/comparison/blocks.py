"""Blocks of a picture: their means, and what is usual in them, whatever a few of them hold."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from .sums import across, mixed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

BLOCK_PX = 8
LEAST_BLOCKS = 60
_ROUNDS, _CUT = 6, 3.0
_CLASSES = 8


def means(values: Floats) -> Doubles:
    """Means of whole blocks, shape (rows, columns)."""
    import numpy as np

    rows, columns = (side // BLOCK_PX for side in values.shape)
    cut = values[: rows * BLOCK_PX, : columns * BLOCK_PX]
    # Sums of whole slices: numpy's mean over two short axes takes four times as long.
    lines = cut[::BLOCK_PX].astype(np.float64)
    for at in range(1, BLOCK_PX):
        lines += cut[at::BLOCK_PX]
    return np.asarray(sum(lines[:, at::BLOCK_PX] for at in range(BLOCK_PX)) / BLOCK_PX**2)


def enlarged(blocks: Mask) -> NDArray[np.uint8]:
    """Of blocks the pixels, 1 or 0."""
    import cv2
    import numpy as np

    rows, columns = blocks.shape
    size = columns * BLOCK_PX, rows * BLOCK_PX
    return np.asarray(cv2.resize(blocks.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST), np.uint8)


def rising(ours: Floats, theirs: Floats) -> tuple[Doubles, Doubles, Doubles]:
    """Correlation of two planes within each block, and the variance of each; shape (rows, columns) all three."""
    import numpy as np

    mean, other = means(ours), means(theirs)
    power, likeness = means(ours**2) - mean**2, means(theirs**2) - other**2
    together = (means(ours * theirs) - mean * other) / np.sqrt(np.maximum(power * likeness, 1e-6))
    return together, power, likeness


def regression(design: Doubles, target: Doubles, weights: Doubles, least: float) -> Doubles:
    """Coefficients by Tukey's biweight, from a start with those weights; ridge on all but the first.

    `design`: shape (k, n); `target`, `weights`: (n,). `least`: the smallest typical distance that is believed.
    """
    import numpy as np

    stiff = 1e-3 * len(target) * np.eye(len(design))
    stiff[0, 0] = 0
    found = np.zeros(len(design))
    both = np.vstack([design, target])
    for _ in range(_ROUNDS):
        products = across(design * weights, both)
        found = np.asarray(np.linalg.solve(products[:, :-1] + stiff, products[:, -1]), np.float64)
        off = target - mixed(found, design)
        cut = _CUT * max(least, 1.4826 * float(np.median(np.abs(off))))
        weights = np.where(np.abs(off) < cut, (1 - (off / cut) ** 2) ** 2, 0.0)
    return found


def spread_by(off: Doubles, by: Doubles, used: Mask, least: float) -> Doubles:
    """Typical distance from the expectation, in classes of equal population of `by`, never below `least`."""
    import numpy as np

    classes = int(np.clip(used.sum() // LEAST_BLOCKS, 1, _CLASSES))
    edges = np.quantile(by[used], np.linspace(0, 1, classes + 1))
    at, found = [], []
    for low, high in itertools.pairwise(edges):
        these = np.abs(off[used & (by >= low) & (by <= high)])
        at.append((low + high) / 2)
        found.append(max(least, 1.4826 * float(np.median(these))) if len(these) else least)
    return np.asarray(np.interp(by, at, found), np.float64)
