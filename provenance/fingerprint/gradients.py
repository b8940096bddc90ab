"""The second whole-frame code: 512 bits that say whether brightness rises to the right and downwards.

`imagehash.dhash` and `imagehash.dhash_vertical` at 16 x 16 (Krawetz, "Kind of Like That", 2013). A perceptual hash
looks at low frequencies, where screenshots of one layout are alike; rises and falls tell their contents apart.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from ..model.record import Fingerprint
from .shrinking import SIDE_PX, WAYS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .shrinking import Grey

    Floats = NDArray[np.float64]
    Steps = NDArray[np.int16]

NAME = "dhash512/1"
BITS = 512
DIFFERING_SHARE = 0.28
"""Of the rises in the query, how many bits may differ. Other pictures and texts in the same screenshot layout
differ by 0.41 or more; captions and stickers by 0.28 or less in nine of ten copies."""
CHANGES = 210
"""With fewer places where brightness changes the picture is too plain: 1,500 posts of up to six lines have 201 at
most and come as near to one another as copies do; of 1,006 photographs a flat frame and a drawn circle have fewer, all
others 225 or more."""

_SIDE = 16
_ONE = 1 << 22  # a weight of 1 in Pillow's filter (PRECISION_BITS in its Resample.c)


def of_grey(grey: Grey, *, searchable: bool) -> Fingerprint:
    """The fingerprint of a picture already shrunk. `detail` counts the places where brightness changes (0-512)."""
    steps = _steps(*_smaller(grey))
    return Fingerprint(name=NAME, code=_code(steps), searchable=searchable, detail=_changes(steps))


def codes(grey: Grey) -> tuple[bytes, ...]:
    """64 bytes of the picture laid in each of the eight ways: 256 bits "brighter than its left neighbour", then 256
    bits "brighter than the one above".

    A flip of the shrunk picture is the shrunk flip, but transposing comes first: Pillow rounds between its two passes.
    """
    parts = _smaller(grey), _smaller(grey.T)
    found = []
    for way in WAYS:
        across, down = parts[way.transposed]
        found.append(_code(_steps(way.flipped(across), way.flipped(down))))
    return tuple(found)


def changes(grey: Grey) -> float:
    """In how many of the 512 places brightness rises or falls."""
    return _changes(_steps(*_smaller(grey)))


def _smaller(grey: Grey) -> tuple[Grey, Grey]:
    """What imagehash looks at: 16 rows of 17 levels, and 17 rows of 16. Pillow filters them across, then down."""
    import numpy as np

    weights = _weights()
    across = _rounded(grey.astype(np.float64) @ weights.T)
    both = _rounded(weights @ across.astype(np.float64))
    return both[_SIDE + 1 :, : _SIDE + 1], both[: _SIDE + 1, _SIDE + 1 :]


@cache
def _weights() -> Floats:
    """Pillow's Lanczos filter from 64 pixels to 17, and below to 16, shape (33, 64).

    Asked of Pillow: what it makes of rows of 32-bit pixels of which one is 1, rounded as it rounds its weights for
    bytes. So its sines are not repeated here.
    """
    import numpy as np
    from PIL import Image

    ones = Image.fromarray(np.eye(SIDE_PX, dtype=np.int32) * _ONE)
    sizes = (_SIDE + 1, _SIDE)
    found = [np.asarray(ones.resize((size, SIDE_PX), Image.Resampling.LANCZOS)).T for size in sizes]
    return np.asarray(np.concatenate(found) / _ONE, np.float64)


def _rounded(sums: Floats) -> Grey:
    """To bytes, half up, as Pillow does it. Sums are exact in whatever order they are added: multiples of 1 / _ONE
    below 2 ** 16 take 38 of 53 bits.
    """
    import cv2

    # With half of what they are multiples of, none lies half way between two bytes: whichever way those go. One call
    # takes less than NumPy's four where the processor's caches hold none of them.
    return cast("Grey", cv2.addWeighted(sums, 1, sums, 0, 0.5 / _ONE, dtype=cv2.CV_8U))


def _steps(across: Grey, down: Grey) -> Steps:
    """By how much each is brighter than its left neighbour, then than the one above, shape (32, 16)."""
    import numpy as np

    steps = np.empty((2 * _SIDE, _SIDE), np.int16)
    np.subtract(across[:, 1:], across[:, :-1], steps[:_SIDE], dtype=np.int16)
    np.subtract(down[1:], down[:-1], steps[_SIDE:], dtype=np.int16)
    return steps


def _code(steps: Steps) -> bytes:
    import numpy as np

    return np.packbits(steps > 0).tobytes()


def _changes(steps: Steps) -> float:
    import numpy as np

    return float(np.count_nonzero(steps))


def radius_bits(query: bytes) -> int:
    """The largest distance at which a code counts as the query's own.

    Plain areas give 0 in both pictures, so agreement there says nothing: the rises are counted, and at most half of
    all bits, which is what a picture full of detail has.
    """
    return int(DIFFERING_SHARE * min(_rises(query), BITS // 2))


def _rises(code: bytes) -> int:
    return int.from_bytes(code, "big").bit_count()
