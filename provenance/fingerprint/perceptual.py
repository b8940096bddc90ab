"""The first whole-frame code: a 256-bit perceptual hash of the picture shrunk to 64 x 64 grey levels.

The hash is `imagehash.phash` with 16 x 16 frequencies: the signs of a discrete cosine transform about their median
(Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1). Why this one, its
radius and its threshold of detail are measured: docs/measured/hashes.md, `python -m benchmarks.hashes PHOTOS_DIR`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..model.image import WorkingCopy
from ..model.record import Fingerprint
from . import gradients
from .shrinking import SIDE_PX, WAYS, shrink

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .shrinking import Grey

    Floats = NDArray[np.float64]

NAME = "phash256/1"
BITS = 256
RADIUS_BITS = 60
"""Beyond this distance nothing is a match: unrelated photographs came no nearer than 64 bits."""
ALONE_BITS = 12
"""Up to this distance the code is trusted alone: other searchable posts in one layout came no nearer than 20 bits."""
DETAIL_BITS = 170.0
"""Photographs have 198 or more; flat frames, gradients and stripes 145 or fewer, also after JPEG."""

_FREQUENCIES = 16
_CLEAR_OF_NOISE = 1.0  # grey levels; rounding 64 x 64 pixels to 8 bits leaves 0.29 of noise in each coefficient
_CLEAR_OF_ROUNDING = 1e-6  # a sum of 4,096 products of at most 255 is off by less than 1e-9


def fingerprint(copy: WorkingCopy) -> Fingerprint:
    """The fingerprint of the picture as it is. `detail` counts the bits that stand clear of rounding noise (0-256)."""
    return of_grey(shrink(copy))


def turns(copy: WorkingCopy) -> tuple[tuple[str, bytes], ...]:
    """The codes of the picture laid in all eight ways, each with the words for the turn; the first is "as it is"."""
    return tuple((way.words, code) for way, code in zip(WAYS, codes(shrink(copy)), strict=True))


def of_grey(grey: Grey, changes: float | None = None) -> Fingerprint:
    """The fingerprint of a picture already shrunk. It is searchable when both codes have detail enough. `changes`: by
    gradients.changes, where that is known.

    `detail`: how many of the 256 bits the picture decides, coefficients at least one grey level away from the
    threshold. In a flat frame, a gradient or plain stripes almost all coefficients are rounding noise around zero: the
    bits are then chance, or the same for all such pictures, and a small distance says nothing.
    """
    frequencies = _frequencies(grey)
    ordered = _ordered(frequencies)
    above = ordered - _median(ordered)
    detail = float(above.size - (above.searchsorted(_CLEAR_OF_NOISE) - above.searchsorted(-_CLEAR_OF_NOISE, "right")))
    places = gradients.changes(grey) if changes is None else changes
    searchable = detail >= DETAIL_BITS and places >= gradients.CHANGES
    return Fingerprint(name=NAME, code=_code(grey, frequencies, ordered), searchable=searchable, detail=detail)


def codes(grey: Grey) -> tuple[bytes, ...]:
    """32 bytes of the picture laid in each of the eight ways, row by row, highest bit first.

    Laying a picture otherwise transposes its frequencies and turns the signs of every second row or column of them.
    """
    import numpy as np

    upright = _frequencies(grey)
    signs = 1.0 - 2.0 * (np.arange(_FREQUENCIES) & 1)
    found = []
    for way in WAYS:
        frequencies = upright.T if way.transposed else upright
        if way.upside_down:
            frequencies = frequencies * signs[:, None]
        if way.left_right:
            frequencies = frequencies * signs
        found.append(_code(way.laid(grey), frequencies, _ordered(frequencies)))
    return tuple(found)


def _code(grey: Grey, frequencies: Floats, ordered: Floats) -> bytes:
    """Which frequencies lie above their median.

    Where one is the median but for rounding, as in symmetric pictures, that of imagehash decides as it always did;
    otherwise both agree. ImageHash objects neither compare nor hash soundly.
    """
    import numpy as np

    median, middle = _median(ordered), ordered.size // 2
    bits = frequencies > median
    if min(median - ordered[middle - 1], ordered[middle] - median) < _CLEAR_OF_ROUNDING:
        import imagehash
        from PIL import Image

        bits = imagehash.phash(Image.fromarray(np.ascontiguousarray(grey)), hash_size=_FREQUENCIES).hash
    return np.packbits(bits).tobytes()


def _frequencies(grey: Grey) -> Floats:
    """The lowest of the cosine transform, shape (16, 16), in grey levels; the same multiple of imagehash's for all."""
    import numpy as np

    basis = _basis()
    return basis @ grey.astype(np.float64) @ basis.T


@cache
def _basis() -> Floats:
    import numpy as np

    sample = (np.arange(SIDE_PX) + 0.5) * np.pi / SIDE_PX
    return np.asarray(np.cos(np.arange(_FREQUENCIES)[:, None] * sample) * np.sqrt(2 / SIDE_PX), np.float64)


def _ordered(frequencies: Floats) -> Floats:
    """All of them, the least first, shape (256,)."""
    ordered = frequencies.flatten()
    ordered.sort()
    return ordered


def _median(ordered: Floats) -> float:
    """What np.median gives, in a tenth of its time for so few."""
    middle = ordered.size // 2
    return float((ordered[middle - 1] + ordered[middle]) / 2)
