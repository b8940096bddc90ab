"""The second whole-frame code: 512 bits that say whether brightness rises to the right and downwards.

`imagehash.dhash` and `imagehash.dhash_vertical` at 16 x 16 (Krawetz, "Kind of Like That", 2013). A perceptual hash
looks at low frequencies, where screenshots of one layout are alike; rises and falls tell their contents apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.record import Fingerprint
from .lanczos import filtered
from .shrinking import WAYS

if TYPE_CHECKING:
    from .shrinking import Grey

NAME = "dhash512/1"
BITS = 512
DIFFERING_SHARE = 0.28
"""Of the rises in the query, how many bits may differ. Other pictures and texts in the same screenshot layout
differ by 0.41 or more; captions and stickers by 0.28 or less in nine of ten copies."""
CHANGES = 210
"""With fewer places where brightness changes the picture is too plain: posts of up to six lines have 204 at most and
come as near to one another as copies do; of 1,006 photographs a flat frame and a drawn
circle have fewer, all others 228 or more."""

_SIDE = 16


def of_grey(grey: Grey, *, searchable: bool) -> Fingerprint:
    """The fingerprint of a picture already shrunk. `detail` counts the places where brightness changes (0-512)."""
    across, down = _smaller(grey)
    return Fingerprint(name=NAME, code=_code(across, down), searchable=searchable, detail=float(_changes(across, down)))


def codes(grey: Grey) -> tuple[bytes, ...]:
    """64 bytes of the picture laid in each of the eight ways: 256 bits "brighter than its left neighbour", then 256
    bits "brighter than the one above".

    A flip of the shrunk picture is the shrunk flip, but transposing comes first: Pillow rounds between its two passes.
    """
    parts = _smaller(grey), _smaller(grey.T)
    return tuple(_code(*(way.flipped(part) for part in parts[way.transposed])) for way in WAYS)


def changes(grey: Grey) -> int:
    """In how many of the 512 places brightness rises or falls."""
    return _changes(*_smaller(grey))


def _smaller(grey: Grey) -> tuple[Grey, Grey]:
    """What imagehash looks at: 16 rows of 17 levels, and 17 rows of 16. Pillow filters them across, then down."""
    side = float(len(grey))
    across, down = filtered(grey.T, side, _SIDE + 1), filtered(grey.T, side, _SIDE)
    return filtered(across.T, side, _SIDE), filtered(down.T, side, _SIDE + 1)


def _code(across: Grey, down: Grey) -> bytes:
    import numpy as np

    rises = across[:, 1:] > across[:, :-1], down[1:] > down[:-1]
    return b"".join(np.packbits(bits).tobytes() for bits in rises)


def _changes(across: Grey, down: Grey) -> int:
    import numpy as np

    return int(np.count_nonzero(across[:, 1:] != across[:, :-1]) + np.count_nonzero(down[1:] != down[:-1]))


def radius_bits(query: bytes) -> int:
    """The largest distance at which a code counts as the query's own.

    Plain areas give 0 in both pictures, so agreement there says nothing: the rises are counted, and at most half of
    all bits, which is what a picture full of detail has.
    """
    return int(DIFFERING_SHARE * min(_rises(query), BITS // 2))


def _rises(code: bytes) -> int:
    return int.from_bytes(code, "big").bit_count()
