"""What is left between the query and the fitted reference, block by block, against what is usual in this very pair.

Saving leaves more in textured, colourful and dark blocks than in flat grey ones, so each block's energy is held against
what a robust regression (Tukey's biweight) over all blocks expects of one like it. An altered part is rare among its
like and stands out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .blocks import LEAST_BLOCKS, filled, means, pixels, regression, rising, soft_means, spread_by
from .bounded import SPREAD, bounded
from .channels import ends
from .ranks import median, quantile
from .softened import lost_detail
from .sums import mixed

if TYPE_CHECKING:
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
    off: Floats
    """The query less the fitted reference, YCrCb, shape (height, width, 3)."""
    usual: Doubles
    spread: Doubles

    def excess(self, box: tuple[slice, slice]) -> Floats:
        """For each pixel of a box of blocks with its neighbours what `unusual` is, shape (height, width)."""
        import cv2
        import numpy as np

        # One block more on each side: means and levels of the pixels at the edge reach beyond it.
        rows, columns = (
            slice(max(0, one.start - 1), min(one.stop + 1, side))
            for one, side in zip(box, self.usual.shape, strict=True)
        )
        off = self.off[pixels((rows, columns))]
        squares = cv2.transform(off * off, np.array([[1, _CHROMA_SHARE, _CHROMA_SHARE]], np.float32))
        energy = np.log(cv2.blur(squares, (_NEAR_PX, _NEAR_PX)) + _QUANTA)
        size = energy.shape[1], energy.shape[0]
        expected, spreads = (
            cv2.resize(one[rows, columns].astype(np.float32), size) for one in (self.usual, self.spread)
        )
        inner = (
            slice(one.start - wide.start, one.stop - wide.start) for one, wide in zip(box, (rows, columns), strict=True)
        )
        return np.asarray((energy - expected) / spreads, np.float32)[pixels(tuple(inner))]

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


def residual(
    query: Floats, laid: Floats, fitted: Floats, shown: Mask, unsure: Floats | None, *, toned_levels: float
) -> Residual | None:
    """What is left; None where too few blocks are shown whole.

    Pictures of shape (height, width, 3), levels 0 to 255: the query, the reference laid on it, and that one in the
    tones and sharpness of the query. `unsure`: shape (height, width), levels by which two ways of scaling it disagree,
    None where it was not scaled. `toned_levels`: the median by which fitting moved the reference.
    """
    import cv2
    import numpy as np

    whole = filled(shown)
    if whole.sum() < LEAST_BLOCKS:
        return None
    softer = lost_detail(query, laid, fitted, shown, unsure, toned_levels=toned_levels)
    query, laid, fitted = (
        np.asarray(cv2.GaussianBlur(one, (0, 0), _SOFT_PX), np.float32) for one in (query, laid, fitted)
    )
    together = _together(*(np.asarray(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), np.float32) for one in (query, laid)))
    ended = ends(query, laid, fitted)
    query.reshape(-1)[ended] = fitted.reshape(-1)[ended]
    # From here on the three are room for what comes next: new memory for a picture costs as much as a pass over it.
    moved = means(np.asarray(cv2.absdiff(fitted, laid, dst=laid), np.float32)).mean(-1)
    theirs = np.asarray(cv2.cvtColor(fitted, cv2.COLOR_RGB2YCrCb, dst=laid), np.float32)
    off = np.asarray(cv2.cvtColor(query, cv2.COLOR_RGB2YCrCb, dst=fitted), np.float32)
    cv2.subtract(off, theirs, dst=off)
    energy = _energy(off, moved, query)
    likes, allowed = _likes(theirs, query)
    allowed = allowed + (_ALLOWED_TONE * moved) ** 2
    if unsure is not None:
        allowed += means(np.asarray(cv2.GaussianBlur(unsure, (0, 0), _SOFT_PX), np.float32) ** 2)
    allowed = np.maximum(allowed, _LEAST_ENERGY)
    usual, spread = _usual(energy, likes, whole)
    usual = np.maximum(usual, np.log(allowed + _QUANTA))
    bound = bounded(theirs, query, allowed, moved, whole, quanta=_QUANTA)
    unusual, usual, spread = _held_against(energy, usual, spread, bound)
    return Residual(
        unusual=np.where(whole, unusual, 0.0),
        shown=whole,
        softer=softer,
        together=together,
        off=off,
        usual=usual,
        spread=spread,
    )


def _energy(off: Floats, moved: Doubles, room: Floats) -> Doubles:
    """Logarithm of what is left of each block, in squared levels, less the part of its mean that tones may be off by.

    `off`: YCrCb, shape (height, width, 3), as is `room`, which is written over. `moved`: shape (rows, columns), levels
    by which the fitted tones changed the reference.
    """
    import numpy as np

    middle, squares = means(off), means(np.multiply(off, off, out=room))
    most = _FORGIVEN_LEVELS + np.minimum(moved, _MOST_FORGIVEN_LEVELS)[..., None]
    forgiven = middle**2 - (np.abs(middle) - np.minimum(np.abs(middle), most)) ** 2
    share = np.array([1, _CHROMA_SHARE, _CHROMA_SHARE])
    return np.asarray(np.log(np.maximum((squares - forgiven) @ share, 0) + _QUANTA))


def _held_against(
    energy: Doubles, usual: Doubles, spread: Doubles, bound: Doubles | None
) -> tuple[Doubles, Doubles, Doubles]:
    """By how many spreads each block lies above what is usual, and what is usual with its spread.

    `bound`: what is usual of such a picture at the most, whatever the pair says; None where nothing is known of it.
    """
    import numpy as np

    unusual = (energy - usual) / spread
    if bound is None:
        return unusual, usual, spread
    most = (energy - bound) / SPREAD
    # Outlined by what is usual in the pair, unless that has been made by the change itself.
    usual, spread = np.where(
        (unusual < _SURE) & (most > unusual), (bound, np.full_like(bound, SPREAD)), (usual, spread)
    )
    return np.maximum(unusual, most), usual, spread


def _together(ours: Floats, theirs: Floats) -> Doubles:
    """Against the reference as it is: fitted to a picture that it has nothing in common with, it goes flat."""
    import numpy as np

    together, _, likeness = rising(ours, theirs)
    return np.where(likeness > _BUSY_ENERGY, together, np.nan)


def _likes(picture: Floats, room: Floats) -> tuple[Doubles, Doubles]:
    """What makes two blocks alike, shape (n, rows, columns), and the energy that a small shift would leave.

    `picture`: YCrCb, shape (height, width, 3), as is `room`, which is written over.
    """
    import cv2
    import numpy as np

    detail = np.asarray(cv2.GaussianBlur(picture, (0, 0), 2, dst=room), np.float32)
    cv2.subtract(picture, detail, dst=detail)
    np.multiply(detail, detail, out=detail)
    fine, textures = means(detail), np.log(soft_means(detail, 4) + 0.5)
    level = means(picture)[..., 0] / 255
    colours = means(np.multiply(picture, picture, out=room))
    colour = np.sqrt(colours[..., 1] + colours[..., 2]) / 64
    chroma = np.maximum(textures[..., 1], textures[..., 2])
    luma = cv2.extractChannel(picture, 0)
    slopes = [
        np.asarray(cv2.Sobel(luma, cv2.CV_32F, *order, ksize=3, scale=1 / 8), np.float32) for order in ((1, 0), (0, 1))
    ]
    allowed = _ALLOWED_PX**2 * sum(means(np.multiply(one, one, out=one)) for one in slopes)
    # Fine colour may go altogether: JPEG keeps a quarter of its samples, and few or none of their frequencies.
    allowed = allowed + _ALLOWED_DETAIL * fine[..., 0] + _CHROMA_SHARE * (fine[..., 1] + fine[..., 2])
    base = [textures[..., 0], chroma, level, colour]
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
    found = regression(design, target, (target <= quantile(target, 0.9)).astype(np.float64), _LEAST_SPREAD)
    # No block is expected to differ less than nine in ten of those that hardly differ at all.
    usual = np.maximum(mixed(found, likes), quantile(energy[whole], 0.1))
    off = energy - usual
    overall = max(_LEAST_SPREAD, 1.4826 * median(np.abs(off[whole])))
    return usual, spread_by(off, usual, whole, overall)
