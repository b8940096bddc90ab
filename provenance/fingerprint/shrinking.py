"""The one pass over all pixels: down to 64 x 64 grey levels, and the eight ways to lay those."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model.image import WorkingCopy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

SIDE_PX = 64

TURNS: tuple[tuple[str, bool, int], ...] = (
    ("as it is", False, 0),
    ("mirrored left-right", True, 0),
    ("turned by 90 degrees clockwise", False, 3),
    ("turned by 180 degrees", False, 2),
    ("turned by 90 degrees counter-clockwise", False, 1),
    ("mirrored left-right, then turned by 90 degrees clockwise", True, 3),
    ("mirrored top-bottom", True, 2),
    ("mirrored left-right, then turned by 90 degrees counter-clockwise", True, 1),
)
"""All ways to lay a rectangle onto itself: words, whether mirrored first, quarter turns counter-clockwise."""

MIRRORED = frozenset(words for words, mirrored, _ in TURNS if mirrored)
"""The turns that no camera and no scanner makes."""


def shrink(copy: WorkingCopy) -> Grey:
    """The picture as 64 x 64 grey levels (ITU-R BT.601 luma), shape (64, 64), uint8, whatever its aspect ratio."""
    import numpy as np
    from PIL import Image

    pixels = np.ascontiguousarray(copy.pixels)
    height, width, _ = pixels.shape
    rows = max(1, height // (4 * SIDE_PX))
    # Averaging rows on a one-channel view of the same memory spares the copy of all pixels that Pillow makes of an RGB
    # array: 28 ms instead of 50 for 12 megapixels.
    flat = Image.frombuffer("L", (3 * width, height), pixels, "raw", "L", 0, 1)
    fewer = flat.reduce((1, rows)) if rows > 1 else flat
    colour = Image.fromarray(np.asarray(fewer).reshape(fewer.height, width, 3))
    box = (0.0, 0.0, float(width), height / rows)
    small = colour.resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    return np.asarray(small.convert("L"))


def laid(grey: Grey) -> Iterator[tuple[str, Grey]]:
    """The shrunk picture in all eight ways with the words for each."""
    import numpy as np

    for words, mirrored, quarters in TURNS:
        yield words, np.rot90(grey[:, ::-1] if mirrored else grey, quarters)
