"""What makes two pictures comparable whose tones differ from place to place: graded, vignetted or exposed to white.

Local normalisation takes out brightness and contrast of the surroundings (Xie and Lam, "An Efficient Illumination
Normalization Method for Face Recognition", Pattern Recognition Letters 2006); a gain that changes smoothly over the
frame is fitted with the tones, as flat fields are (Yu, "Practical Anti-vignetting Methods for Digital Cameras", IEEE
Transactions on Consumer Electronics 2004). Constants: docs/measured/thumbnails.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[Any]

_AROUND_PX = 8.0
"""Spread of the surroundings, for a thumbnail of 160 pixels."""
_FLAT = 9.0
"""Variance in grey levels that counts as noise: plain sky is not blown up to a pattern."""
_WHITE = 248.0
_BRIGHTEST = 95
"""What was exposed to white was brighter than so many per cent of what was not."""
_LIFTED = 1.3
"""And what was not is brighter than before, so many times."""
_NEAR = 8.0
"""Grey levels by which JPEG blurs that order."""


def evened(grey: Floats, unit: float) -> Floats:
    """Grey levels, float32 (height, width), less those around them, in units of the contrast around them."""
    import cv2
    import numpy as np

    sigma = _AROUND_PX * unit
    apart = grey - cv2.GaussianBlur(grey, (0, 0), sigma)
    return np.asarray(apart / np.sqrt(cv2.GaussianBlur(apart * apart, (0, 0), sigma) + _FLAT), np.float32)


def shaded(pixels: Floats) -> Floats:
    """R, G, B (height, width, 3) times powers of the place, -1 to 1: terms of a gain that changes over the frame."""
    import numpy as np

    height, width = pixels.shape[:2]
    y, x = np.meshgrid(np.linspace(-1, 1, height), np.linspace(-1, 1, width), indexing="ij")
    gains = np.stack([x, y, x * x, x * y, y * y, x**3, y**3], axis=-1)
    spread = (pixels / 255)[..., None] * gains[:, :, None, :]
    return np.asarray(spread.reshape(height, width, -1), np.float32)


def blown(over: Floats, thumbnail: Floats, seen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where a channel of the picture is at its end because the whole picture was lifted.

    Only what was among the brightest already; a white patch laid over anything else is no matter of exposure.
    """
    import numpy as np

    white = over.max(axis=2) >= _WHITE
    if not white.any() or not (seen & ~white).any():
        return np.zeros(white.shape, bool)
    before, rest = thumbnail.max(axis=2).astype(np.float32), seen & ~white
    if float(np.median(over.max(axis=2)[rest])) < _LIFTED * float(np.median(before[rest])):
        return np.zeros(white.shape, bool)
    least = float(np.percentile(before[rest], _BRIGHTEST)) - _NEAR
    return np.asarray(white & (before >= least))
