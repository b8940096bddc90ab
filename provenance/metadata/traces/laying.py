"""Lays a picture over its thumbnail: which of eight ways round, and where in the thumbnail's frame it lies.

A camera makes the thumbnail of the whole picture: stretched, with bars, or cut in the middle. So these placements are
tried first; only where none fits is the one searched for in the other at all scales (normalised cross-correlation,
Lewis, "Fast Template Matching", 1995). The best is refined to a part of a pixel (Evangelidis and Psarakis, "Parametric
Image Alignment Using Enhanced Correlation Coefficient Maximization", PAMI 2008). Pictures: uint8, shape (height, width,
3), R, G, B.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .frames import FINE_PX, content, grey_of, shrunk, turned, within
from .likeness import likeness, warped
from .searching import Placement, searched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[Any]
    Floats = NDArray[Any]

_COARSE_PX = 64
_GOOD = 0.95
"""A placement of a camera that fits so well needs no search; cropped pictures of the measurement stayed below."""
_SURE = 0.985
_FITS, _LITTLE = 0.85, 0.03
_LEAST, _SMALL_FITS, _SMALL = 0.75, 0.96, 0.25
"""Likeness that a searched placement must reach; the second where it is less than `_SMALL` of either."""
_HALF = 0.6
"""What a less usual placement may leave unexplained, of what the usual ones do."""
_UNEQUAL = 1.5
"""By how much more one side may be stretched than the other against where the search began: nobody saves it so."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Laid:
    """How the picture lies in its thumbnail."""

    turn: int
    """What was done to the thumbnail to meet the picture: an index of TURNS."""
    thumbnail: Pixels
    """The thumbnail so turned, its longer side at most FINE_PX."""
    box: tuple[float, float, float, float]
    """Left, top, right, bottom of the picture in pixels of that thumbnail; beyond its edges where it shows less."""
    content: tuple[int, int, int, int]
    """What of the thumbnail is no bar."""
    usual: frozenset[int]
    """The turns in which the thumbnail may have been stored."""
    likeness: float
    """Correlation of the grey levels in what both show, -1 to 1."""


def lay(picture: Pixels, thumbnail: Pixels, usual: frozenset[int] = frozenset({0})) -> Laid:
    """The best placement. Both at least 16 pixels each way.

    `usual`: the turns in which a camera can have stored the thumbnail. Another is taken only where it explains half of
    what these leave unexplained, since many pictures are nearly symmetrical.
    """
    thumbnail = shrunk(thumbnail, FINE_PX)
    grey, grey_thumbnail = grey_of(shrunk(picture, 2 * FINE_PX)), grey_of(thumbnail)
    others = frozenset(range(8)) - usual
    best = _best(grey, grey_thumbnail, usual)
    if best[0] < _SURE:
        other = _best(grey, grey_thumbnail, others)
        best = other if _explains(other, best) else best
    if best[0] < _GOOD:
        for turns in (usual, others):
            for found in sorted(searched(grey, grey_thumbnail, turns), key=lambda one: -one[0])[:4]:
                other = _refined(grey, grey_thumbnail, found)
                best = other if _explains(other, best) and _credible(other, grey_thumbnail) else best
    likeness, turn, box = best
    upright = turned(thumbnail, turn)
    return Laid(
        turn=turn, thumbnail=upright, box=box, content=content(grey_of(upright)), usual=usual, likeness=likeness
    )


def _best(grey: Floats, thumbnail: Floats, turns: frozenset[int]) -> Placement:
    return _refined(grey, thumbnail, max(_placed(grey, thumbnail, turns), key=lambda one: one[0]))


def _credible(found: Placement, thumbnail: Floats) -> bool:
    """Whether a placement that was searched can be trusted: a small part of anything looks like something."""
    height, width = thumbnail.shape if found[1] % 2 == 0 else thumbnail.shape[::-1]
    left, top, right, bottom = found[2]
    shared = max(0.0, min(width, right) - max(0, left)) * max(0.0, min(height, bottom) - max(0, top))
    share = min(shared / (width * height), shared / max((right - left) * (bottom - top), 1))
    return found[0] > (_SMALL_FITS if share < _SMALL else _LEAST)


def _explains(other: Placement, best: Placement) -> bool:
    """Whether a less usual placement is so much better; where the usual ones do not fit at all, little is enough."""
    return 1 - other[0] < _HALF * (1 - best[0]) or best[0] + _LITTLE < other[0] > _FITS > best[0]


def _placed(grey: Floats, thumbnail: Floats, turns: frozenset[int]) -> Iterator[Placement]:
    """Every placement a camera or program uses, in each way round, with its likeness at a coarse scale."""
    for turn in sorted(turns):
        upright = turned(thumbnail, turn)
        for box in dict.fromkeys(usual_boxes(grey.shape[1] / grey.shape[0], upright)):
            yield likeness(grey, upright, box, _COARSE_PX), turn, box


def usual_boxes(aspect: float, upright: Floats) -> Iterator[tuple[float, float, float, float]]:
    """Stretched, between bars, cut in the middle; within the whole thumbnail and within what is no bar."""
    height, width = upright.shape
    for left, top, right, bottom in dict.fromkeys(((0, 0, width, height), content(upright))):
        across, down = right - left, bottom - top
        yield (left, top, right, bottom)
        for wide in (min(across, down * aspect), max(across, down * aspect)):
            high, middle, centre = wide / aspect, (left + right) / 2, (top + bottom) / 2
            yield (middle - wide / 2, centre - high / 2, middle + wide / 2, centre + high / 2)


def _refined(grey: Floats, thumbnail: Floats, found: Placement) -> Placement:
    """The placement moved and stretched to where it fits best; as it was where that gains nothing."""
    import cv2
    import numpy as np

    _, turn, box = found
    upright = turned(thumbnail, turn)
    before = likeness(grey, upright, box)
    over, seen = warped(grey, (upright.shape[1], upright.shape[0]), box)
    seen &= within(upright.shape, content(upright))
    matrix: NDArray[Any] = np.eye(2, 3, dtype=np.float32)
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 40, 1e-4)
    try:
        _, matrix = cv2.findTransformECC(upright, over, matrix, cv2.MOTION_AFFINE, stop, np.asarray(seen, np.uint8), 5)
    except cv2.error:
        return before, turn, box
    # The matrix leads from the thumbnail to the picture as laid; its inverse without shear moves the box.
    across, down = float(matrix[0, 0]), float(matrix[1, 1])
    if not (0.6 < across < 1.7 and 0.6 < down < 1.7 and 1 / _UNEQUAL < across / down < _UNEQUAL):
        return before, turn, box
    moved = (
        (box[0] - float(matrix[0, 2])) / across,
        (box[1] - float(matrix[1, 2])) / down,
        (box[2] - float(matrix[0, 2])) / across,
        (box[3] - float(matrix[1, 2])) / down,
    )
    after = likeness(grey, upright, moved)
    return (after, turn, moved) if after > before else (before, turn, box)
