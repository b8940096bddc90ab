"""Where two pictures that lie on one another differ by more than filters, poor saving and blur explain.

These change a picture everywhere: the query's brightness is foretold from the reference's colours by one curve for the
whole picture, and only what lies far outside the usual error counts. Black and white in either picture are not looked
at: clipped tones, bars, most letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...fingerprint.local import thumbnail
from . import blocks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Grey = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

_LEAST_AREA_PX = 150
_LEAST_LEVELS, _TIMES_NOISE, _STEP_SHARE = 10.0, 2.4, 0.35
_LEAST_NOISE_LEVELS = 2.0
_SLOW_PX, _MOST_SLOW_LEVELS, _SLOW_CLIP_LEVELS = 33, 20.0, 30.0
_BLACK, _WHITE = 6, 249
_LIKENESS_BLACK, _LIKENESS_WHITE = 14, 241
"""Further from the ends: letters are mixed with their ground in a likeness, and its quantisation rings."""
_CLIPPED_SHARE = 0.06


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Changes:
    """Planes of the likeness's shape, in grey levels of the query."""

    looked: Mask
    """What was compared."""
    differing: Mask
    ours: Floats
    theirs: Floats
    """The reference in the tones of the query."""
    off: Floats
    """Theirs less ours, light that changes slowly left out."""
    smooth: Floats
    """The same, averaged over 3 x 3 pixels."""
    full: Grey
    """The query over the reference as detected."""
    noise_levels: float
    """The usual difference (1.4826 times the median: the standard deviation of a normal error)."""


def changes(
    transform: Floats, query_grey: Grey, likeness: bytes, *, reference_xy: Floats, size_px: tuple[int, int]
) -> Changes | None:
    """Compare; None where too little is left to be looked at.

    `query_grey`: as detected, mirrored where the pairs are; `transform`: from it to the reference of `size_px` (width,
    height); `reference_xy`: the paired points in it, outside whose hull nothing is looked at. Raises ValueError when
    `likeness` is none.
    """
    import cv2
    import numpy as np

    colours = thumbnail.pixels(likeness)
    shape = colours.shape[:2]
    laid, shown = blocks.laid(transform, query_grey, shape, size_px)
    ours = thumbnail.coarse(np.where(shown, laid, 128.0)).astype(np.float64)
    full = _full(transform, query_grey, size_px)
    looked = _hull(reference_xy, shape, size_px) & (cv2.erode(shown.astype(np.uint8), np.ones((3, 3))) > 0)
    looked &= ~_clipped(full, thumbnail.luma(likeness))
    if looked.sum() < _LEAST_AREA_PX:
        return None
    theirs = _foretold(colours, ours, looked)
    off = theirs - ours
    off -= _slow(off, looked)
    noise = 1.4826 * float(np.median(np.abs(off[looked])))
    first, second = (np.hypot(*np.gradient(cv2.GaussianBlur(one, (0, 0), 0.7))) for one in (ours, theirs))
    # Where both have an edge, a fraction of a pixel is a difference.
    edges = cv2.dilate(np.minimum(first, second), np.ones((3, 3)))
    usual = np.hypot(max(noise, _LEAST_NOISE_LEVELS), _STEP_SHARE * edges)
    smooth = np.asarray(cv2.blur(off, (3, 3)), np.float64)
    return Changes(
        looked=looked,
        differing=looked & (np.abs(smooth) > np.maximum(_TIMES_NOISE * usual, _LEAST_LEVELS)),
        ours=ours,
        theirs=theirs,
        off=off,
        smooth=smooth,
        full=full,
        noise_levels=noise,
    )


def _full(transform: Floats, grey: Grey, size_px: tuple[int, int]) -> Grey:
    """The query over the reference as detected."""
    import cv2
    import numpy as np

    onto, grey = blocks.shrunk(transform, grey)
    laid = cv2.warpPerspective(grey, onto, size_px, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(laid, np.uint8)


def _hull(xy: Floats, shape: tuple[int, ...], size_px: tuple[int, int]) -> Mask:
    import cv2
    import numpy as np

    height, width = shape
    inside = np.zeros((height, width), np.uint8)
    hull = cv2.convexHull(np.asarray(xy, np.float32)).reshape(-1, 2) * (width / size_px[0], height / size_px[1])
    cv2.fillConvexPoly(inside, np.rint(hull * 8).astype(np.int32), 1, shift=3)
    return np.asarray(inside > 0)


def _clipped(full: Grey, luma: Grey) -> Mask:
    """Where either picture is black or white, and next to it."""
    import cv2
    import numpy as np

    height, width = luma.shape
    ends = ((full <= _BLACK) | (full >= _WHITE)).astype(np.float32)
    ours = cv2.resize(ends, (width, height), interpolation=cv2.INTER_AREA) > _CLIPPED_SHARE
    either = ours | (luma <= _LIKENESS_BLACK) | (luma >= _LIKENESS_WHITE)
    return np.asarray(cv2.dilate(either.astype(np.uint8), np.ones((3, 3))) > 0)


def _foretold(colours: NDArray[np.uint8], ours: Floats, looked: Mask) -> Floats:
    """The query's brightness by the reference's colours: a filter maps colours, the same everywhere. Robust."""
    import cv2
    import numpy as np

    planes = (cv2.cvtColor(colours, cv2.COLOR_RGB2YCrCb).astype(np.float64) - 128) / (64, 32, 32)
    light, red, blue = planes[..., 0], planes[..., 1], planes[..., 2]
    every = np.stack([np.ones_like(light), light, light**2, red, blue, red * light, blue * light], axis=-1)
    design, targets = every[looked], ours[looked]
    ridge = len(targets) * np.diag([1e-12, 1e-12, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3])
    weights: Floats = np.ones(len(targets))
    solved: Floats = np.zeros(7)
    for _ in range(5):
        weighted = design * weights[:, None]
        solved = np.asarray(np.linalg.solve(weighted.T @ design + ridge, weighted.T @ targets), np.float64)
        away = np.abs(targets - design @ solved)
        weights = np.asarray(1 / (1 + (away / (np.median(away) + 1.0)) ** 2), np.float64)
    return np.asarray(every @ solved, np.float64)


def _slow(off: Floats, looked: Mask) -> Floats:
    """Light that changes slowly across the picture, as a reflection on a screen."""
    import cv2
    import numpy as np

    wide = _SLOW_PX, _SLOW_PX
    cut = np.where(looked, np.clip(off, -_SLOW_CLIP_LEVELS, _SLOW_CLIP_LEVELS), 0.0)
    mean = cv2.blur(cut, wide) / np.maximum(cv2.blur(looked.astype(np.float64), wide), 0.05)
    return np.asarray(np.clip(mean, -_MOST_SLOW_LEVELS, _MOST_SLOW_LEVELS), np.float64)
