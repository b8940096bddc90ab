"""The first whole-frame code: a 256-bit perceptual hash of the picture shrunk to 64 x 64 grey levels.

The hash is `imagehash.phash` with 16 x 16 frequencies: the signs of a discrete cosine transform about their median
(Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1). Why this one, its
radius and its threshold of detail are measured: docs/measured/hashes.md, `python -m benchmarks.hashes PHOTOS_DIR`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.image import WorkingCopy
from ..model.record import Fingerprint
from . import gradients
from .shrinking import SIDE_PX, laid, shrink

if TYPE_CHECKING:
    from .shrinking import Grey

NAME = "phash256/1"
BITS = 256
RADIUS_BITS = 60
"""Beyond this distance nothing is a match: unrelated photographs came no nearer than 64 bits."""
ALONE_BITS = 12
"""Up to this distance the code is trusted alone: other searchable posts in one layout came no nearer than 20 bits."""
DETAIL_BITS = 170.0
"""Photographs have 196 or more; flat frames, gradients and stripes 145 or fewer, also after JPEG."""

_FREQUENCIES = 16
_CLEAR_OF_NOISE = 1.0  # grey levels; rounding 64 x 64 pixels to 8 bits leaves 0.29 of noise in each coefficient


def fingerprint(copy: WorkingCopy) -> Fingerprint:
    """The fingerprint of the picture as it is. `detail` counts the bits that stand clear of rounding noise (0-256)."""
    return of_grey(shrink(copy))


def turns(copy: WorkingCopy) -> tuple[tuple[str, bytes], ...]:
    """The codes of the picture laid in all eight ways, each with the words for the turn; the first is "as it is"."""
    return tuple((words, code(grey)) for words, grey in laid(shrink(copy)))


def of_grey(grey: Grey) -> Fingerprint:
    """The fingerprint of a picture already shrunk. It is searchable when both codes have detail enough."""
    detail = detail_bits(grey)
    searchable = detail >= DETAIL_BITS and gradients.changes(grey) >= gradients.CHANGES
    return Fingerprint(name=NAME, code=code(grey), searchable=searchable, detail=detail)


def code(grey: Grey) -> bytes:
    """32 bytes, row by row, highest bit first. ImageHash objects themselves neither compare nor hash soundly."""
    import imagehash
    import numpy as np
    from PIL import Image

    bits = imagehash.phash(Image.fromarray(np.ascontiguousarray(grey)), hash_size=_FREQUENCIES).hash
    return bytes(np.packbits(bits).tobytes())


def detail_bits(grey: Grey) -> float:
    """How many of the 256 bits the picture decides: coefficients at least one grey level away from the threshold.

    In a flat frame, a gradient or plain stripes almost all coefficients are rounding noise around zero: the bits are
    then chance, or the same for all such pictures, and a small distance says nothing.
    """
    import numpy as np

    sample = (np.arange(SIDE_PX) + 0.5) * np.pi / SIDE_PX
    basis = np.cos(np.arange(_FREQUENCIES)[:, None] * sample) * np.sqrt(2 / SIDE_PX)
    coefficients = basis @ grey.astype(np.float64) @ basis.T
    clear = np.abs(coefficients - np.median(coefficients)) >= _CLEAR_OF_NOISE
    return float(np.count_nonzero(clear))
