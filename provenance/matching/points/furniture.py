"""Whether what two pictures share is drawn on one even ground, as words on a bar and buttons on a page are.

Two posts with the same words, or two memes with the same bar, agree in hundreds of points and show other photographs.
Such points stand on one even colour; points of photographs hardly ever do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GROUND_SHARE = 0.30
"""Of 120 attacked copies 99 in 100 had less of their paired points on one ground; posts with the same words and
another photograph had 0.6 or more (one bar 0.3)."""
LEAST_ALIKE = 0.9
"""Share of alike blocks from which on the photographs agree too: 29 posts saved again had 1.0, other photographs under
the same words 0.85 at most."""
LEAST_OF_EITHER = 0.4
"""Points on one ground that cover less of both pictures are a bar of them: bars with two lines of words cover 0.07 to
0.2 of both, photographs with words drawn over them 0.6 or more, and a crop is covered itself."""

_HALF_SHARE, _LEAST_HALF_PX = 6 / 640, 4
"""How far around a point its ground is looked at, of the longer side: at any size the same words and their ground."""
_EVEN_LEVELS, _SAME_LEVELS = 3, 4
_LEAST_EVEN = 0.45


def ground_share(grey: NDArray[np.uint8], xy: NDArray[np.float64]) -> float:
    """The share of points, shape (n, 2), that stand on the commonest even ground of a picture as detected."""
    import numpy as np

    if not len(xy):
        return 0.0
    height, width = grey.shape
    half = max(_LEAST_HALF_PX, round(_HALF_SHARE * max(grey.shape)))
    steps = np.arange(-half, half + 1)
    columns = (np.rint(xy[:, 0]).astype(np.int64)[:, None] + steps).clip(0, width - 1)
    rows = (np.rint(xy[:, 1]).astype(np.int64)[:, None] + steps).clip(0, height - 1)
    patches = grey[rows[:, :, None], columns[:, None, :]].reshape(len(xy), -1).astype(np.int64)
    counts = np.zeros((len(xy), 256), np.int64)
    np.add.at(counts, (np.repeat(np.arange(len(xy)), patches.shape[1]), patches.reshape(-1)), 1)
    around = _within(counts, _EVEN_LEVELS)
    level, even = around.argmax(axis=1), around.max(axis=1) >= _LEAST_EVEN * patches.shape[1]
    grounds = np.bincount(level[even], minlength=256)[None]
    return float(_within(grounds, _SAME_LEVELS).max() / len(xy))


def _within(counts: NDArray[np.int64], levels: int) -> NDArray[np.int64]:
    """How many are within so many levels of each level, row by row."""
    import numpy as np

    padded = np.pad(counts, ((0, 0), (levels + 1, levels))).cumsum(axis=1)
    return np.asarray(padded[:, 2 * levels + 1 :] - padded[:, : -2 * levels - 1])
