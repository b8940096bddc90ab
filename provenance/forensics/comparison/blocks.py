"""Blocks of a picture: their means, and what is usual in them, whatever a few of them hold."""

from __future__ import annotations

import functools
import itertools
import operator
from typing import TYPE_CHECKING

from .ranks import median
from .sums import MOST_PRODUCTS, across, mixed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

BLOCK_PX = 8
LEAST_BLOCKS = 60
_KERNEL, _BAND = 4, 8
"""OpenCV's kernel for float32 reaches four sigma; so many rows of blocks are one product."""
_ROUNDS, _CUT = 6, 3.0
_CLASSES = 8


def means(values: Floats | Doubles, *, closely: bool = False) -> Doubles:
    """Means of whole blocks, shape (rows, columns), or (rows, columns, channels) of several channels.

    Eight values are summed up in their own precision, or `closely` in doubles, as differences of means need it.
    """
    import numpy as np

    rows, columns = (side // BLOCK_PX for side in values.shape[:2])
    # Sums of whole slices: numpy's mean over two short axes takes many times as long.
    kind = np.float64 if closely else values.dtype
    lines = np.add.reduce(values[: rows * BLOCK_PX].reshape(rows, BLOCK_PX, *values.shape[1:]), 1, dtype=kind)
    # Eight planes, one for each column of a block: numbers that are added lie side by side.
    planes = lines[:, : columns * BLOCK_PX].reshape(rows, columns, BLOCK_PX, -1).transpose(2, 3, 0, 1)
    sums = functools.reduce(operator.iadd, planes.astype(np.float64, order="C"))
    return np.asarray(np.moveaxis(sums, 0, -1) / BLOCK_PX**2).reshape(rows, columns, *values.shape[2:])


def soft_means(values: Floats, sigma_px: float) -> Doubles:
    """Those after a Gaussian blur, of which no more is computed than they need."""
    import numpy as np

    height, width = values.shape[:2]
    lines = _pooled(values.reshape(height, -1), sigma_px)
    across = lines.reshape(len(lines), width, -1).transpose(1, 0, 2).reshape(width, -1)
    found = _pooled(across, sigma_px).reshape(width // BLOCK_PX, len(lines), *values.shape[2:])
    return np.asarray(found.swapaxes(0, 1), np.float64)


def _pooled(values: Floats, sigma_px: float) -> Floats:
    """Means of every eight rows after a blur down the columns, by small products of matrices."""
    import cv2
    import numpy as np

    side, blocks = len(values), len(values) // BLOCK_PX
    reach = round(_KERNEL * sigma_px)
    kernel = cv2.getGaussianKernel(2 * reach + 1, sigma_px)[:, 0]
    taps = np.convolve(kernel, np.full(BLOCK_PX, 1 / BLOCK_PX))
    found = np.empty((blocks, values.shape[1]), np.float32)
    # Weights of a few blocks at once: those of all, in a strip as long as a conversation, are hundreds of megabytes.
    for first in range(0, blocks, _BAND):
        last = min(first + _BAND, blocks)
        top, bottom = max(0, first * BLOCK_PX - reach), min(side, last * BLOCK_PX + reach)
        block = np.arange(last - first)[:, None]
        row = np.abs(BLOCK_PX * (first + block) - reach + np.arange(len(taps)))
        weights = np.zeros((last - first, bottom - top))
        np.add.at(weights, (block, side - 1 - np.abs(side - 1 - row) - top), taps)
        shares = weights.astype(np.float32)
        wide = max(1, MOST_PRODUCTS // shares.size)
        for left in range(0, values.shape[1], wide):
            found[first:last, left : left + wide] = shares @ values[top:bottom, left : left + wide]
    return found


def filled(mask: Mask) -> Mask:
    """Which blocks lie wholly within a mask, shape (rows, columns)."""
    whole: Mask = counts(mask) == BLOCK_PX**2
    return whole


def counts(mask: Mask | NDArray[np.uint8]) -> NDArray[np.int64]:
    """How many pixels of each block are 1 in a mask, shape (rows, columns)."""
    import numpy as np

    rows, columns = (side // BLOCK_PX for side in mask.shape)
    cut = np.ascontiguousarray(mask[: rows * BLOCK_PX, : columns * BLOCK_PX])
    # Eight bytes are summed up as one number: none of their sums is above 8.
    lines = np.add.reduce(cut.view(np.uint64).reshape(rows, BLOCK_PX, columns), 1)
    return np.asarray(lines.view(np.uint8).reshape(rows, columns, BLOCK_PX).sum(-1), np.int64)


def pixels(box: tuple[slice, ...]) -> tuple[slice, ...]:
    """A box of blocks in pixels."""
    return tuple(slice(one.start * BLOCK_PX, one.stop * BLOCK_PX) for one in box)


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

    room = np.empty_like(ours)
    mean, other = means(ours, closely=True), means(theirs, closely=True)
    squares, others, products = (
        means(np.multiply(one, two, out=room), closely=True)
        for one, two in ((ours, ours), (theirs, theirs), (ours, theirs))
    )
    power, likeness = squares - mean**2, others - other**2
    together = (products - mean * other) / np.sqrt(np.maximum(power * likeness, 1e-6))
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
        cut = _CUT * max(least, 1.4826 * median(np.abs(off)))
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
        found.append(max(least, 1.4826 * median(these)) if len(these) else least)
    return np.asarray(np.interp(by, at, found), np.float64)
