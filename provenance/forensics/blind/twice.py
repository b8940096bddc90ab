"""The quantisation table of an earlier compression on the same grid, from the histograms of the coefficients.

T. Bianchi and A. Piva, Image Forgery Localization via Block-Grained Analysis of JPEG Artifacts, IEEE Transactions on
Information Forensics and Security 7 (2012), section III: a coefficient that was quantised with a step q1 and then with
a finer q2 lies near the multiples of q1. What it would be without the first is taken from the same picture cut off its
grid (section III-C). Only q1 > q2 can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .dct import SIDE, ZIGZAG, basis

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]

FREQUENCIES = ZIGZAG[1:21]
MOST_STEP = 40
_NOISES = (0.5, 0.8, 1.2)
"""Standard deviations of what rounding to pixels, colours and back adds to a coefficient: 0.29 to 0.5 by theory, more
where strong colours were clipped; the likeliest is taken."""
_APART = 0.02
"""Share of coefficients that are allowed to be of a single compression, so that one part does not spoil the whole."""
REACH = 160
"""Quantised values beyond it count as it."""
_LEAST_NONZERO = 200
_LEAST_GAIN = 0.08
"""Of the log-likelihood, for each coefficient that is not zero; unaltered pictures that were saved once stay below."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class First:
    """One frequency whose first step could be recovered."""

    at: tuple[int, int]
    step: int
    """Of the first compression, q1."""
    gain: float
    """Mean log-likelihood ratio of a coefficient that is not zero, against a single compression."""
    ratios: Doubles
    """log(P(value, once) / P(value, twice)) by the value's index: value + REACH."""


def luminance(quantised: NDArray[np.int16], steps: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Pixels of the blocks, rounded as a decoder does, shape (8 rows, 8 columns)."""
    import numpy as np

    across = basis()
    blocks = across.T @ (quantised * steps.astype(np.float32)) @ across
    rows, columns = quantised.shape[:2]
    plane = blocks.transpose(0, 2, 1, 3).reshape(rows * SIDE, columns * SIDE)
    return np.asarray(np.clip(np.rint(plane + 128), 0, 255), np.uint8)


def first_steps(quantised: NDArray[np.int16], steps: NDArray[np.int32], luma: NDArray[np.uint8]) -> tuple[First, ...]:
    """Frequencies whose first step can be recovered, in zigzag order. `luma`: as `luminance` gives it."""
    import numpy as np

    rows, columns = (length // SIDE - 1 for length in luma.shape)
    if min(rows, columns) < 4:
        return ()
    half = SIDE // 2
    off = luma[half : half + rows * SIDE, half : half + columns * SIDE].astype(np.float32) - 128
    across = basis()
    unquantised = across @ off.reshape(rows, SIDE, columns, SIDE).transpose(0, 2, 1, 3) @ across.T
    found = (
        _first(at, quantised[:, :, *at].ravel(), int(steps[at]), unquantised[:, :, *at].ravel()) for at in FREQUENCIES
    )
    return tuple(one for one in found if one is not None)


def _first(at: tuple[int, int], values: NDArray[np.int16], step: int, unquantised: Doubles) -> First | None:
    """The step that explains the values best, if one does so much better than none."""
    import numpy as np

    counts = np.bincount(np.clip(values, -REACH, REACH) + REACH, minlength=2 * REACH + 1).astype(np.float64)
    counts[[0, REACH, -1]] = 0
    if counts.sum() < _LEAST_NONZERO:
        return None
    grain = np.arange(-REACH * step - step, REACH * step + step + 1)  # whole numbers, a coefficient's natural unit
    density = np.histogram(unquantised, np.append(grain, grain[-1] + 1) - 0.5)[0].astype(np.float64)
    density = np.convolve(density, (0.25, 0.5, 0.25), "same") + 1e-4 * len(unquantised) / len(grain)
    density /= density.sum()
    once = _binned(grain, density, step)

    def tried(first: int, noise: float) -> First:
        twice = (1 - _APART) * _twice(grain, density, first, step, noise) + _APART * once
        ratios = np.log(once) - np.log(twice)
        return First(at=at, step=first, gain=float(-(counts * ratios).sum() / counts.sum()), ratios=ratios)

    steps = [tried(first, _NOISES[0]) for first in range(step + 1, MOST_STEP + 1)]
    best = max(steps, key=lambda one: one.gain, default=None)
    if best is None or best.gain < _LEAST_GAIN:
        return None
    return max((best, *(tried(best.step, noise) for noise in _NOISES[1:])), key=lambda one: one.gain)


def _binned(grain: NDArray[np.int64], density: Doubles, step: int) -> Doubles:
    """Probability of each quantised value, -REACH to REACH, without an earlier compression."""
    import numpy as np

    value = np.clip(np.rint(grain / step), -REACH, REACH).astype(int) + REACH
    chance = np.bincount(value, density, 2 * REACH + 1) + 1e-7
    return np.asarray(chance / chance.sum())


def _twice(grain: NDArray[np.int64], density: Doubles, first: int, step: int, noise: float) -> Doubles:
    """The same after an earlier compression with a step `first`, whose values rounding has blurred."""
    import numpy as np

    multiple = np.rint(grain / first).astype(int)
    low = int(multiple.min())
    mass = np.bincount(multiple - low, density)
    centres = (np.arange(len(mass)) + low) * first
    spread = np.arange(-4, 5)
    blur = np.exp(-0.5 * (spread / noise) ** 2)
    blur /= blur.sum()
    chance = np.zeros(2 * REACH + 1)
    for shift, weight in zip(spread, blur, strict=True):
        value = np.clip(np.rint((centres + shift * 0.999) / step), -REACH, REACH).astype(int) + REACH
        chance += np.bincount(value, mass * weight, 2 * REACH + 1)
    return np.asarray((chance + 1e-7) / (chance + 1e-7).sum())
