"""Pictures without content of their own: which they are, what kind of plain, and the numbers that decided it.

Two screenshots of settings, two charts of one house, two pages of words agree in points and blocks as copies do: what
they share is furniture. Such pictures are drawn in a few even colours on one or two grounds, and a photograph is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..model.image import WorkingCopy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Colours = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

GROUND_SHARE = 0.60
"""The two commonest even colours cover at least this share of a drawn picture: after JPEG 50, charts, maps, logos and
settings 0.68 or more; of 1,002 photographs, also at JPEG 10 and 200 px, none without body more than 0.58."""
TEXT_SHARE = 0.45
"""With this many small marks (SIGNS) such a share is enough: speech bubbles on two grounds 0.48 after JPEG 50."""
EVEN_SHARE = 0.80
"""Or the eight commonest even colours cover this share: flags 0.81 or more after JPEG 50."""
BODY_SHARE = 0.008
"""Area beyond strokes that is in none of these colours: of text, charts, maps and flags 0.007 or less after JPEG 50.
Photographs with even ground mostly have 0.015 or more; JPEG 10 leaves 0.004 in a few, which the shares above spare."""
PAPER_SHARE, ICONS_SHARE, ICON_SHARE = 0.65, 0.06, 0.008
"""On so much even ground, pieces of other colours up to so much together and so much each: avatars and icons.
Twelve icons measured 0.056 and 0.003; of photographs with so much even ground the least were 0.030 and 0.013."""
CONTRAST_LEVELS = 100
"""A drawing has more; hazy photographs, whose greys are few and even, 80 or fewer."""
SMALLEST_PX = 48
"""Of the shorter side: below this no photograph of the measured ones keeps twelve points."""
SIGNS = 60
"""Separate small marks from which on a drawn picture counts as text; logos and flags have 20 or fewer."""
LEVELS = 12
"""Grey levels between the darkest and the brightest hundredth, or over a step of one pixel, that count as nothing."""

_LONGEST_PX = 512
_EVEN_LEVELS = 4  # between a pixel and its neighbours; what JPEG 50 leaves of one colour
_SAME_LEVELS = 6
_NEAR_LEVELS = 24  # ringing around strokes and their smoothed edges
_COLOURS = 8
_LEAST_SHARE = 0.004
_STROKE_PX = 5


class Kind(StrEnum):
    """What kind of plain."""

    SMALL = "too small"
    BLANK = "blank"
    GRADIENT = "smooth or blurred"
    TEXT = "text only"
    ARTWORK = "flat artwork"
    FEW_POINTS = "too few details"


REMEDIES = {
    Kind.SMALL: "ask for a larger copy",
    Kind.BLANK: "ask for the picture itself",
    Kind.GRADIENT: "ask for a sharper copy, or a larger part of the picture",
    Kind.TEXT: "it holds text only: ask for the picture that it speaks of, or search for its words",
    Kind.ARTWORK: "it holds a logo, a flag, a chart or the like: ask for the picture that it was shown with",
    Kind.FEW_POINTS: "ask for a larger, sharper or less cropped copy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What decides, measured at 512 pixels on the longer side; shares are of all pixels."""

    shorter_px: int
    """Of the picture as it came."""
    levels: int
    """From the darkest to the brightest hundredth of all pixels."""
    steps: int
    """Largest difference between neighbours in 99.5 of 100 places."""
    grounds: float
    """Share of the two commonest even colours."""
    even: float
    """Share of the eight commonest even colours."""
    body: float
    """Share in none of these colours and wider than a stroke: what photographs are made of."""
    largest: float
    """The largest piece of that."""
    signs: int
    """Separate small marks on the grounds: glyphs and words."""

    @property
    def drawn(self) -> bool:
        """Whether it is a page, a chart, a logo, a flag: even colours and strokes, nothing else."""
        if self.levels < CONTRAST_LEVELS:
            return False
        if self.body <= BODY_SHARE:
            text = self.signs >= SIGNS and self.grounds >= TEXT_SHARE
            return text or self.grounds >= GROUND_SHARE or self.even >= EVEN_SHARE
        return self.grounds >= PAPER_SHARE and self.body <= ICONS_SHARE and self.largest <= ICON_SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a picture cannot be told from others."""

    kind: Kind
    numbers: str
    remedy: str

    @property
    def words(self) -> str:
        """For a report: the kind, the numbers, the remedy."""
        return f"{self.kind.value} ({self.numbers}); {self.remedy}"


def drawn(copy: WorkingCopy) -> bool:
    """Whether a picture is drawn in a few even colours, without a photograph in it."""
    return look(copy).drawn


def reason(copy: WorkingCopy, points: int) -> Reason:
    """Why a picture with this many points was not sought by its content."""
    looks = look(copy)
    kind = _kind(looks)
    numbers = {
        Kind.SMALL: f"{looks.shorter_px} pixels on the shorter side, {SMALLEST_PX} needed",
        Kind.BLANK: f"all but a fiftieth of it within {looks.levels} of 255 levels",
        Kind.GRADIENT: f"neighbouring pixels differ by at most {looks.steps} of 255 levels in 99.5 of 100 places",
        Kind.TEXT: f"{looks.signs} small marks on even ground, {_percent(looks.body)} of the area is anything else",
        Kind.ARTWORK: f"{_percent(looks.even)} in at most {_COLOURS} even colours, "
        f"{_percent(looks.body)} of the area is anything else",
        Kind.FEW_POINTS: f"{points} points to tell it by",
    }[kind]
    return Reason(kind=kind, numbers=numbers, remedy=REMEDIES[kind])


def _kind(looks: Looks) -> Kind:
    if looks.shorter_px < SMALLEST_PX:
        return Kind.SMALL
    if looks.levels <= LEVELS:
        return Kind.BLANK
    if looks.steps <= LEVELS:
        return Kind.GRADIENT
    if looks.drawn:
        return Kind.TEXT if looks.signs >= SIGNS else Kind.ARTWORK
    return Kind.FEW_POINTS


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def look(copy: WorkingCopy) -> Looks:
    """Measure a picture. The costly part is spared for pictures without even grounds, as photographs are."""
    import cv2
    import numpy as np

    colours = _small(copy)
    box = np.ones((3, 3), np.uint8)
    red, green, blue = cv2.split(cv2.dilate(colours, box) - cv2.erode(colours, box))
    steps = np.maximum(np.maximum(red, green), blue)  # max(axis=2) takes twenty times as long
    levels = max(_between(colours[:, :, channel], 0.01, 0.99) for channel in range(3))
    peaks, shares = _even_colours(colours[steps <= _EVEN_LEVELS], steps.size)
    grounds, even = sum(shares[:2]), sum(shares)
    plain = grounds >= TEXT_SHARE or even >= EVEN_SHARE
    body, largest, signs = _beyond(colours, peaks, levels) if plain else (1.0, 1.0, 0)
    return Looks(
        shorter_px=min(copy.width_px, copy.height_px),
        levels=levels,
        steps=_between(steps, 0, 0.995),
        grounds=grounds,
        even=even,
        body=body,
        largest=largest,
        signs=signs,
    )


def _between(plane: NDArray[np.uint8], low: float, high: float) -> int:
    """Levels between two quantiles."""
    import numpy as np

    below = np.cumsum(np.bincount(plane.reshape(-1), minlength=256))
    return int(np.searchsorted(below, high * plane.size) - np.searchsorted(below, max(low * plane.size, 1)))


def _small(copy: WorkingCopy) -> Colours:
    import cv2
    import numpy as np

    pixels = np.ascontiguousarray(copy.pixels)
    factor = _LONGEST_PX / max(copy.height_px, copy.width_px)
    if factor >= 1:
        return pixels
    size = max(1, round(copy.width_px * factor)), max(1, round(copy.height_px * factor))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _even_colours(even: Colours, pixels: int) -> tuple[NDArray[np.int16], list[float]]:
    """The commonest colours of even places, shape (n, 3), and their shares of all pixels."""
    import numpy as np

    sixths = (even >> 2).astype(np.int32)
    found = np.bincount((sixths[:, 0] << 12) | (sixths[:, 1] << 6) | sixths[:, 2], minlength=1 << 18)
    values = np.flatnonzero(found)
    counts = found[values]
    table = (np.stack((values >> 12, (values >> 6) & 63, values & 63), axis=1) * 4 + 2).astype(np.int16)
    peaks: list[NDArray[np.int16]] = []
    shares: list[float] = []
    while len(table) and len(peaks) < _COLOURS:
        peak = table[counts.argmax()]
        same = np.abs(table - peak).max(axis=1) <= _SAME_LEVELS
        share = float(counts[same].sum()) / pixels
        if share < _LEAST_SHARE:
            break
        peaks.append(peak)
        shares.append(share)
        table, counts = table[~same], counts[~same]
    return np.array(peaks, np.int16).reshape(-1, 3), shares


def _beyond(colours: Colours, peaks: NDArray[np.int16], levels: int) -> tuple[float, float, int]:
    """The share that is in no even colour and wider than a stroke, the largest piece of it, and the small marks."""
    import cv2
    import numpy as np

    # In a hazy photograph 24 levels span a third of all there is; the reach shrinks with the contrast.
    reach = min(_NEAR_LEVELS, levels // 8)
    wide = colours.astype(np.int16)
    off = np.stack([np.abs(wide - peak).max(axis=2) for peak in peaks])
    away = (off.min(axis=0) > reach).astype(np.uint8)
    body = cv2.erode(away, np.ones((_STROKE_PX, _STROKE_PX), np.uint8))
    pieces = cv2.connectedComponentsWithStats(body, connectivity=8)[2][1:, cv2.CC_STAT_AREA]
    largest = float(pieces.max()) / body.size if len(pieces) else 0.0
    return float(body.mean()), largest, _signs(off[:2].min(axis=0) > reach)


def _signs(marks: Mask) -> int:
    """How many separate marks are as high as a line of text is, or lower."""
    import cv2
    import numpy as np

    count, _, table, _ = cv2.connectedComponentsWithStats(marks.astype(np.uint8), connectivity=8)
    heights, areas = table[1:count, cv2.CC_STAT_HEIGHT], table[1:count, cv2.CC_STAT_AREA]
    return int(np.count_nonzero((heights >= 3) & (heights <= 40) & (areas >= 6)))
