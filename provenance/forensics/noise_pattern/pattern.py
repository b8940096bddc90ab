"""The pattern of a sensor from pictures of it, and how well the noise of another picture meets it.

Chen, Fridrich, Goljan and Lukas (IEEE TIFS 3(1), 2008): the maximum-likelihood estimate K = sum(W I) / sum(I^2) over
the noises W of pictures I; means of rows and columns and what is periodic are taken out of it, for cameras of one model
share them. A picture meets it by the peak of the correlation of its noise with K I, as a ratio to the energy of the
correlation everywhere else (PCE: Goljan, Fridrich and Filler, SPIE 7254, 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .denoising import least_around, noise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Pixels = NDArray[np.uint8]

MOST_SIDE_PX = 1_536
"""Of the part in the middle that is used: the peak grows with its area, and so does the time."""
_AROUND_PX = 11
"""Side of the square around the peak that does not count as elsewhere (Goljan 2009)."""
_ENDED, _DARK = 250, 8
_STEP = 16


def middle(pixels: Pixels) -> Pixels:
    """The part of a picture that is used: shape (height, width, 3), sides multiples of 16, from an even offset."""
    height, width = (min(side // _STEP * _STEP, MOST_SIDE_PX) for side in pixels.shape[:2])
    top, left = ((whole - part) // 2 // 2 * 2 for whole, part in zip(pixels.shape[:2], (height, width), strict=True))
    return pixels[top : top + height, left : left + width]


def noise_of(pixels: Pixels) -> tuple[Floats, Floats]:
    """Noise and levels of a picture in grey, both of shape (height, width); levels that ended count as none."""
    import cv2
    import numpy as np

    levels = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    within = (pixels.max(-1) < _ENDED) & (pixels.max(-1) > _DARK)
    return noise(levels), np.where(within, levels, 0).astype(np.float32)


def pattern(pictures: Sequence[tuple[Floats, Floats]]) -> Floats:
    """K of a sensor from noises and levels of pictures of it, all of one shape."""
    import numpy as np

    above = np.zeros_like(pictures[0][0])
    below = np.zeros_like(above)
    for taken, levels in pictures:
        above += taken * levels
        below += levels * levels
    return _whitened(_centred(above / (below + 1)))


def met(taken: Floats, levels: Floats, sensor: Floats) -> tuple[float, float]:
    """PCE of the peak at no shift, its sign kept, and the correlation there."""
    import numpy as np

    ours, theirs = _centred(taken), sensor * levels
    ours, theirs = ours - ours.mean(), theirs - theirs.mean()
    power = float(np.sqrt((ours.astype(np.float64) ** 2).sum() * (theirs.astype(np.float64) ** 2).sum()))
    if power <= 0:
        return 0.0, 0.0
    found = np.fft.irfft2(np.fft.rfft2(ours) * np.fft.rfft2(theirs).conj(), s=ours.shape)
    peak = float(found[0, 0])
    reach = _AROUND_PX // 2
    around = np.roll(found, (reach, reach), (0, 1))[:_AROUND_PX, :_AROUND_PX]
    elsewhere = (float((found**2).sum()) - float((around**2).sum())) / (found.size - around.size)
    return float(np.sign(peak)) * peak * peak / max(elsewhere, 1e-30), peak / power


def _centred(plane: Floats) -> Floats:
    """Without the means of rows and columns, apart for each place in the 2 x 2 cell of the colour filter."""
    found = plane.copy()
    for down in (0, 1):
        for across in (0, 1):
            part = found[down::2, across::2]
            part -= part.mean(0, keepdims=True)
            part -= part.mean(1, keepdims=True)
    return found


def _whitened(plane: Floats) -> Floats:
    """Without what stands out in the spectrum: grids of coding and of the colour filter (Wiener's filter there)."""
    import numpy as np

    spectrum = np.fft.fft2(plane)
    size = np.abs(spectrum / np.sqrt(plane.size)).astype(np.float32)
    noise_power = np.float32(plane.std() ** 2)
    least = np.maximum(least_around(size * size) - noise_power, 0)
    kept = noise_power / (least + noise_power)
    return np.asarray(np.fft.ifft2(spectrum * kept).real, np.float32)
