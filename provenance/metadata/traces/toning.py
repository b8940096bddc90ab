"""The tones of a picture brought to those of its thumbnail, so that what differs then is what they show.

A thumbnail is often made before the camera's picture style, and both are compressed: so the tones of the picture are
first brought to those of the thumbnail by a polynomial in R, G, B (Finlayson, Mackiewicz and Hurlbert, "Color
Correction Using Root-Polynomial Regression", 2015; here with plain terms of second degree), fitted so that what differs
does not draw it along (iteratively reweighted least squares, Cauchy weights: Holland and Welsch 1977).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .evening import shaded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[Any]

_ROUNDS = 6
_SAMPLE = 4_000
"""Pixels that the tones are fitted to."""
_TONES = 6.0
"""Least spread of residuals taken for noise, in grey levels."""


def toned(over: Floats, thumbnail: Floats, seen: NDArray[np.bool_], uneven: bool) -> Floats:
    """The picture in the tones of the thumbnail."""
    import numpy as np

    terms = np.concatenate([_terms(over), shaded(over)], axis=-1) if uneven else _terms(over)
    step = max(1, int(seen.sum()) // _SAMPLE)
    rows, wanted = terms[seen][::step].astype(np.float64), thumbnail[seen][::step].astype(np.float64)
    if len(rows) < 100:
        return over
    weights = np.ones(len(rows))
    ridge = 1e-3 * len(rows) * np.eye(rows.shape[1])
    # Drawn a little to the tones as they are, so that few colours in a plain picture do not bend all others.
    plain: NDArray[Any] = np.zeros((rows.shape[1], 3))
    plain[1:4] = np.eye(3) * 255
    fitted: NDArray[Any] = plain
    for _ in range(_ROUNDS):
        weighted = rows * weights[:, None]
        fitted = np.linalg.solve(weighted.T @ rows + ridge, weighted.T @ wanted + ridge @ plain)
        left = np.sqrt(np.mean((wanted - rows @ fitted) ** 2, axis=1))
        scale = max(_TONES, 1.5 * float(np.median(left)))
        weights = 1 / (1 + (left / scale) ** 2)
    return np.asarray(np.clip(terms @ fitted, 0, 255), np.float32)


def _terms(pixels: Floats) -> Floats:
    import numpy as np

    r, g, b = (pixels[..., channel] / 255 for channel in range(3))
    return np.stack([np.ones_like(r), r, g, b, r * r, g * g, b * b, r * g, g * b, r * b], axis=-1)
