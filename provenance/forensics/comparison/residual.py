"""What is left between the query and the fitted reference, block by block, against what is usual in this very pair.

Saving leaves more in textured, colourful and dark blocks than in flat grey ones, so each block's energy is held against
what a robust regression (Tukey's biweight) over all blocks expects of one like it. An altered part is rare among its
like and stands out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .blocks import BLOCK_PX, LEAST_BLOCKS, means, regression, rising, spread_by
from .bounded import SPREAD, bounded
from .channels import ends, planes
from .softened import lost_detail
from .sums import mixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_SOFT_PX = 1.0
"""Both are blurred by so much: of what saving leaves most is finer, of what somebody changed little."""
_CHROMA_SHARE = 0.5
_QUANTA = 0.3
"""Squared levels that say nothing: rounding to whole levels, in both pictures and on the way."""
_LEAST_ENERGY = 1.0
"""Squared levels below which nothing is unusual: what two resamplings of one picture leave on plain ground."""
_ALLOWED_TONE = 0.6
"""Of what the fitted tones changed: a filter is one curve or one matrix only nearly."""
_ALLOWED_DETAIL = 0.02
"""Of the energy of fine detail: resampling and saving blunt sharp edges more than the fitted kernel says."""
_MOST_FORGIVEN_LEVELS = 8.0
_FORGIVEN_LEVELS = 1.5
"""Of a block's mean in each channel: tone curves are fitted for the whole picture and are off by as much."""
_ALLOWED_PX = 0.12
"""What is left of a shift between two resamplings, as a share of the local gradient."""
_LEAST_SPREAD = 0.3
_FLAT = -0.2
"""Logarithm of 0.5 and the squared levels of fine detail: below 0.3 there is none."""
_SURE = 4.0
_NEAR_PX = 5
_BUSY_ENERGY, _TOGETHER, _LEAST_BUSY = 50.0, 0.6, 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Residual:
    """Blocks of 8 x 8 pixels of the frame."""

    unusual: Doubles
    """Shape (rows, columns): by how many spreads a block's energy lies above what is usual; 0 where none is shown."""
    shown: Mask
    softer: Doubles
    """By how many spreads more fine detail is lost in a block than in those like it (`softened.py`)."""
    together: Doubles
    """Correlation of brightness in each block, not a number where the reference has no content."""
    off: Sequence[Floats]
    """The query less the fitted reference, YCrCb, three planes of the frame's shape."""
    usual: Doubles
    spread: Doubles

    def excess(self) -> Floats:
        """Shape (height, width) of whole blocks: what `unusual` is, for each pixel with its neighbours."""
        import cv2
        import numpy as np

        rows, columns = self.usual.shape
        size = columns * BLOCK_PX, rows * BLOCK_PX
        luma, red, blue = (one[: size[1], : size[0]] for one in self.off)
        squares = luma**2 + np.float32(_CHROMA_SHARE) * (red**2 + blue**2)
        energy = np.log(cv2.blur(squares, (_NEAR_PX, _NEAR_PX)) + _QUANTA)
        expected, spreads = (cv2.resize(one.astype(np.float32), size) for one in (self.usual, self.spread))
        return np.asarray((energy - expected) / spreads, np.float32)

    @property
    def alike(self) -> float:
        """Share of the blocks shown with content in the reference in which both rise and fall together (above 0.6).

        1 where fewer than a tenth have content.
        """
        import numpy as np

        held = self.together[self.shown]
        busy = held[~np.isnan(held)]
        if len(busy) < max(LEAST_BLOCKS, _LEAST_BUSY * len(held)):
            return 1.0
        return float((busy > _TOGETHER).mean())


def residual(query: Floats, laid: Floats, fitted: Floats, shown: Mask, unsure: Floats) -> Residual | None:
    """None where fewer than 60 blocks are shown whole.

    `laid`: the reference before it was fitted; `unsure`: shape (height, width), levels by which two ways of scaling it
    disagree.
    """
    import cv2
    import numpy as np

    whole = means(shown.astype(np.float32)) > 0.99
    if whole.sum() < LEAST_BLOCKS:
        return None
    softer = lost_detail(query, laid, fitted, shown, unsure)
    query, laid, fitted, unsure = (
        np.asarray(cv2.GaussianBlur(one, (0, 0), _SOFT_PX), np.float32) for one in (query, laid, fitted, unsure)
    )
    together = _together(*(np.asarray(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), np.float32) for one in (query, laid)))
    ended = ends(query, laid, fitted)
    query.reshape(-1)[ended] = fitted.reshape(-1)[ended]
    theirs = planes(cv2.cvtColor(fitted, cv2.COLOR_RGB2YCrCb))
    off = [one - other for one, other in zip(planes(cv2.cvtColor(query, cv2.COLOR_RGB2YCrCb)), theirs, strict=True)]
    share = np.array([1, _CHROMA_SHARE, _CHROMA_SHARE])
    middle = np.stack([means(one) for one in off], -1)
    squares = np.stack([means(one**2) for one in off], -1)
    moved = np.mean([means(one) for one in planes(cv2.absdiff(fitted, laid))], 0)
    most = _FORGIVEN_LEVELS + np.minimum(moved, _MOST_FORGIVEN_LEVELS)[..., None]
    forgiven = middle**2 - (np.abs(middle) - np.minimum(np.abs(middle), most)) ** 2
    energy = np.log(np.maximum((squares - forgiven) @ share, 0) + _QUANTA)
    likes, allowed = _likes(theirs)
    allowed = allowed + (_ALLOWED_TONE * moved) ** 2 + means(unsure**2)
    usual, spread = _usual(energy, likes, whole)
    allowed = np.maximum(allowed, _LEAST_ENERGY)
    usual = np.maximum(usual, np.log(allowed + _QUANTA))
    unusual = (energy - usual) / spread
    bound = bounded(theirs, allowed, moved, whole, _QUANTA)
    if bound is not None:
        most = (energy - bound) / SPREAD
        # Outlined by what is usual in the pair, unless that has been made by the change itself.
        usual, spread = np.where(
            (unusual < _SURE) & (most > unusual), (bound, np.full_like(bound, SPREAD)), (usual, spread)
        )
        unusual = np.maximum(unusual, most)
    return Residual(
        unusual=np.where(whole, unusual, 0.0),
        shown=whole,
        softer=softer,
        together=together,
        off=off,
        usual=usual,
        spread=spread,
    )


def _together(ours: Floats, theirs: Floats) -> Doubles:
    """Against the reference as it is: fitted to a picture that it has nothing in common with, it goes flat."""
    import numpy as np

    together, _, likeness = rising(ours, theirs)
    return np.where(likeness > _BUSY_ENERGY, together, np.nan)


def _likes(picture: Sequence[Floats]) -> tuple[Doubles, Doubles]:
    """What makes two blocks alike, shape (n, rows, columns), and the energy that a small shift would leave."""
    import cv2
    import numpy as np

    textures, fine = [], []
    for plane in picture:
        detail = np.asarray((plane - cv2.GaussianBlur(plane, (0, 0), 2)) ** 2, np.float32)
        fine.append(means(detail))
        textures.append(np.log(means(np.asarray(cv2.GaussianBlur(detail, (0, 0), 4), np.float32)) + 0.5))
    level = means(picture[0]) / 255
    colour = np.sqrt(means(picture[1] ** 2 + picture[2] ** 2)) / 64
    chroma = np.maximum(textures[1], textures[2])
    slopes = [cv2.Sobel(picture[0], cv2.CV_32F, *order, ksize=3, scale=1 / 8) for order in ((1, 0), (0, 1))]
    allowed = _ALLOWED_PX**2 * means(slopes[0] ** 2 + slopes[1] ** 2)
    # Fine colour may go altogether: JPEG keeps a quarter of its samples, and few or none of their frequencies.
    allowed = allowed + _ALLOWED_DETAIL * fine[0] + _CHROMA_SHARE * (fine[1] + fine[2])
    base = [textures[0], chroma, level, colour]
    return np.stack([np.ones_like(level), *base, *(one**2 for one in base)]), allowed


def _usual(energy: Doubles, likes: Doubles, whole: Mask) -> tuple[Doubles, Doubles]:
    """What the regression expects of each block, and how far blocks of which as much is expected usually lie from it.

    Blocks without texture (skies, studio grounds) are left out of it, unless there are no others: they would set the
    rule for all.
    """
    import numpy as np

    textured = whole & (np.maximum(likes[1], likes[2]) > _FLAT)
    fit_on = textured if textured.sum() >= LEAST_BLOCKS else whole
    design, target = likes[:, fit_on], energy[fit_on]
    found = regression(design, target, (target <= np.quantile(target, 0.9)).astype(np.float64), _LEAST_SPREAD)
    # No block is expected to differ less than nine in ten of those that hardly differ at all.
    usual = np.maximum(mixed(found, likes), np.quantile(energy[whole], 0.1))
    off = energy - usual
    overall = max(_LEAST_SPREAD, 1.4826 * float(np.median(np.abs(off[whole]))))
    return usual, spread_by(off, usual, whole, overall)
