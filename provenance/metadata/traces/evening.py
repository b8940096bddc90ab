"""What makes two pictures comparable whose tones differ from place to place: graded, vignetted or exposed to white.

Where a picture was brightened or darkened until parts of it are of one tone, no curve leads back to the thumbnail, but
one leads there from it: histogram specification (Gonzalez and Woods, "Digital Image Processing", section 3.3).

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
    Pixels = NDArray[Any]

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
_ENDS = 5, 250
"""Levels up to and from which a channel holds no detail."""
_SAMPLED_PX = 400
"""Longer side of the picture's sample."""
_ROUNDING = 1e-9
_CUT = 0.03
"""Share of the picture that is so in a channel, beyond that of the thumbnail, where its exposure was changed."""


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


def exposed_as(picture: Pixels, thumbnail: Pixels, box: tuple[int, int, int, int]) -> Pixels | None:
    """The thumbnail in the tones of a picture that lost detail to black or white; None where that lost none.

    Both uint8, (height, width, 3). `box`: left, top, right, bottom of what of the thumbnail is no bar. The curves are
    those of the channels' histograms, so that nothing need be laid on anything.
    """
    import numpy as np

    left, top, right, bottom = box
    step = max(1, max(picture.shape[:2]) // _SAMPLED_PX)
    wanted, had = _histograms(picture[::step, ::step]), _histograms(thumbnail[top:bottom, left:right])
    black, white = _ENDS
    if max((wanted - had)[:, black].max(), (had - wanted)[:, white - 1].max()) < _CUT:
        return None
    changed = thumbnail.copy()
    for channel in range(3):
        curve = np.searchsorted(wanted[channel], had[channel] - _ROUNDING).clip(0, 255).astype(np.uint8)
        changed[top:bottom, left:right, channel] = curve[thumbnail[top:bottom, left:right, channel]]
    return changed


def _histograms(pixels: Pixels) -> Floats:
    """Of each channel the share of pixels up to each level, (3, 256)."""
    import numpy as np

    flat = pixels.reshape(-1, 3)
    counts = [np.bincount(flat[:, channel], minlength=256) for channel in range(3)]
    return np.asarray(np.cumsum(counts, axis=1) / max(len(flat), 1))
