"""The one pass over all pixels: down to 64 x 64 grey levels, and the eight ways to lay those.

Only whole numbers are added, so levels are the same in whatever order a processor or a library adds them. Why so, and
what it changed: docs/adr/0093-means-of-areas.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from ..model.image import WorkingCopy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Colours = NDArray[np.uint8]
    Floats = NDArray[np.float64]
    _Level = TypeVar("_Level", np.uint8, np.float64)

SIDE_PX = 64
_LUMA = (299, 587, 114)
"""ITU-R BT.601, in thousandths."""
_HALVED_PX, _LONGEST_PX = 2 * SIDE_PX, 1024
"""Sides from which on both are halved, and beyond which the longer one is."""
_LENGTHS = 64
"""Of sides whose borders are made together."""

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
    """The picture as 64 x 64 grey levels (ITU-R BT.601 luma), shape (64, 64), uint8, whatever its aspect ratio.

    It is halved until a side has less than 128 pixels. Each level is then the mean of the 64th part of height and width
    that it stands for, pixels on a border counted by what lies within, rounded half up.
    """
    import cv2
    import numpy as np

    pixels, halvings = _halved(copy)
    # Whole numbers below 2 ** 18, exact in single precision, which takes half the room.
    luma = cv2.transform(pixels.astype(np.float32), _luma())
    above = cast("Floats", cv2.integral(luma, sdepth=cv2.CV_64F))  # sums of all that lies above and to the left
    down, across = (_borders(*side) for side in zip(copy.pixels.shape, halvings, strict=False))
    # Sums of 64ths of a pixel, below 2 ** 51 where a picture has 100 million pixels: exact to 2 ** 53.
    if luma.shape[0] < luma.shape[1]:  # the longer side first leaves less for the other
        levels = _between_rows(_between_columns(above, across), down)
    else:
        levels = _between_columns(_between_rows(above, down), across)
    levels /= down.thousandths[:, None] * across.lengths
    levels += 0.5
    return levels.astype(np.uint8)


def _halved(copy: WorkingCopy) -> tuple[Colours, tuple[int, int]]:
    """The picture made small enough, shape (h, w, 3), and how often its height and its width were halved. Means are
    rounded half up; a last row or column without another is left out.
    """
    import cv2
    import numpy as np

    pixels, both = np.ascontiguousarray(copy.pixels), 0
    while min(pixels.shape[:2]) >= _HALVED_PX:
        height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
        # By 2 in both directions OpenCV adds whole numbers: (a + b + c + d + 2) >> 2.
        halved = cv2.resize(pixels[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA)
        pixels, both = cast("Colours", halved), both + 1
    down = across = both
    while len(pixels) > _LONGEST_PX:
        pixels, down = _pairs(pixels), down + 1
    while pixels.shape[1] > _LONGEST_PX:
        pixels, across = _pairs(pixels.swapaxes(0, 1)).swapaxes(0, 1), across + 1
    return pixels, (down, across)


def _pairs(pixels: Colours) -> Colours:
    """The means of two rows each."""
    last = len(pixels) // 2 * 2
    first, second = pixels[:last:2], pixels[1:last:2]
    # In place: a strip of 100 million pixels is not laid beside itself three times.
    differing = first ^ second
    differing >>= 1
    means = first | second
    means -= differing
    return cast("Colours", means)


class _Borders(NamedTuple):
    """The 65 borders of the 64 equal parts of a side, each between two rows."""

    rows: NDArray[np.intp]
    """Shape (130,): those before the borders, then those behind."""
    weights: Floats
    """How near each border is to the other of its two rows, in 64ths of a pixel of the side; shape (130,)."""
    lengths: Floats
    """Between two borders each, in the same; shape (64,)."""
    thousandths: Floats
    """The same times 1,000, in which luma is counted."""


def _borders(length_px: int, halvings: int) -> _Borders:
    """Those of a side of that length, halved so often."""
    many = _many_borders(length_px // _LENGTHS, halvings)
    return _Borders(*(column[length_px % _LENGTHS] for column in many))


@cache
def _luma() -> NDArray[np.float32]:
    import numpy as np

    return np.array([_LUMA], np.float32)


@lru_cache(maxsize=64)  # of 200 KB each
def _many_borders(block: int, halvings: int) -> _Borders:
    """Those of so many lengths next to one another, a row each: they take little longer to make than those of one."""
    import numpy as np

    row, lengths_px = SIDE_PX << halvings, np.arange(_LENGTHS * block, _LENGTHS * (block + 1))[:, None]
    rows = lengths_px >> halvings
    # What was left out when halving is missing at the end.
    places = np.minimum(np.arange(SIDE_PX + 1) * lengths_px, rows * row)
    before = places // row
    beyond = places - before * row
    lengths = np.diff(places).astype(np.float64)
    return _Borders(
        rows=np.concatenate((before, np.minimum(before + 1, rows)), axis=1),
        weights=np.concatenate((row - beyond, beyond), axis=1).astype(np.float64),
        lengths=lengths,
        thousandths=1000 * lengths,
    )


def _between_rows(above: Floats, borders: _Borders) -> Floats:
    """What lies between the borders, of the sums of all rows above each, shape (64, n)."""
    laid = above.take(borders.rows, 0)
    laid *= borders.weights[:, None]
    ends = laid[: SIDE_PX + 1] + laid[SIDE_PX + 1 :]
    return ends[1:] - ends[:-1]


def _between_columns(before: Floats, borders: _Borders) -> Floats:
    """The same of the sums of all columns before each, shape (n, 64)."""
    laid = before.take(borders.rows, 1)
    laid *= borders.weights
    ends = laid[:, : SIDE_PX + 1] + laid[:, SIDE_PX + 1 :]
    return ends[:, 1:] - ends[:, :-1]


@dataclass(frozen=True, slots=True)
class Way:
    """One of TURNS as steps on rows and columns, in this order."""

    words: str
    transposed: bool
    upside_down: bool
    left_right: bool

    def laid(self, grey: Grey) -> Grey:
        """The picture laid so."""
        return self.flipped(grey.T if self.transposed else grey)

    def flipped(self, grey: NDArray[_Level]) -> NDArray[_Level]:
        """The last two steps alone."""
        return grey[:: -1 if self.upside_down else 1, :: -1 if self.left_right else 1]


def _way(words: str, mirrored: bool, quarters: int) -> Way:
    # A quarter turn is a transposition and one flip.
    upside_down = quarters == 2 or (quarters == 1 and not mirrored) or (quarters == 3 and mirrored)
    left_right = (quarters == 0 and mirrored) or (quarters == 2 and not mirrored) or quarters == 3
    return Way(words, quarters % 2 == 1, upside_down, left_right)


WAYS = tuple(_way(*turn) for turn in TURNS)
