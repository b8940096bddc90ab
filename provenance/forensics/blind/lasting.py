"""Which steps of an earlier saving can still be told after the last one, at each frequency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .dct import SIDE, ZIGZAG, basis

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]

_ROUNDED = 0.15
"""Squared levels that rounding to whole levels adds to a coefficient: colours to 8 bits, luminance, and colours once
more where the picture was saved again; a twelfth each, less for the colours."""
_DEVIATIONS = 4.1
"""A step of so many standard deviations keeps 0.69 of its coefficients within a quarter of it from a multiple:
erf(4.1 / (4 sqrt 2)). Asked below that, they dilute the share of hits (docs/adr/0095-tables-of-cameras.md)."""


def least_steps(last: tuple[int, ...]) -> Doubles:
    """By frequency, down and across, shape (8, 8): the smallest step that can be told on another grid.

    `last`: table of luminance of the last saving in zigzag order, empty for a file without loss. Its rounding is taken
    for noise of a twelfth of a squared step, each block by itself, which on another grid is a mixture of frequencies;
    the mean over all grids is told. A picture that was turned has its table turned, so of the two ways the larger.
    """
    import numpy as np

    noise = np.zeros((SIDE, SIDE))
    for (down, across), step in zip(ZIGZAG, last, strict=False):
        noise[down, across] = step**2 / 12
    mixed = _mixed()
    noise = mixed @ noise @ mixed.T
    return np.asarray(_DEVIATIONS * np.sqrt(np.maximum(noise, noise.T) + _ROUNDED))


def _mixed() -> Doubles:
    """Share of a frequency of a block's eight samples that each frequency of blocks moved against it has, in the mean
    over all eight ways to lie: a moved block has the end of one block and the start of the next."""
    import numpy as np

    waves = basis().astype(np.float64)
    shares = np.zeros((SIDE, SIDE))
    for moved in range(SIDE):
        ends, starts = np.eye(SIDE, k=moved), np.eye(SIDE, k=moved - SIDE)
        shares += sum((waves @ part @ waves.T) ** 2 for part in (ends, starts))
    return shares / SIDE
