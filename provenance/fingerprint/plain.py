"""Pictures without content of their own: which they are, what kind of plain, and the numbers that decided it.

Two screenshots of settings, two charts of one house, two pages of words agree in points and blocks as copies do: what
they share is furniture. Such pictures are drawn in a few even colours on one or two grounds, and a photograph is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..model.image import WorkingCopy
from . import grounds

if TYPE_CHECKING:
    from .grounds import Colours, Grey

GROUND_SHARE = 0.60
"""The two commonest even colours cover at least this share of a drawn picture: after JPEG 50, charts, maps, logos and
settings 0.68 or more; of 1,002 photographs, also at JPEG 10 and 200 px, none without body more than 0.58."""
TEXT_SHARE = 0.45
"""With this many small marks (SIGNS) such a share is enough: speech bubbles on two grounds 0.48 after JPEG 50."""
ROUGH_SHARE = 0.30
"""With fewer even places in a rough look it is not drawn: of 355 drawn pictures of 800 and 1,600 px the least measured
0.56, of all that have more than TEXT_SHARE in the whole look 0.35. A pattern of single pixels can deceive it."""
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
    """Whether a picture is drawn in a few even colours, without a photograph in it: what `look` says, but sooner."""
    # No colours cover more than all even places do, and in four of five photographs these are too few. Most of those
    # are told by a rough look, for which a picture is halved alone, and by one of its channels.
    if grounds.is_shrunk(copy):
        rough = grounds.halved(copy)
        if grounds.fewer_even(rough, ROUGH_SHARE) or grounds.even_share(grounds.steps(rough)) < ROUGH_SHARE:
            return False
    colours = grounds.shrunk(copy)
    if grounds.fewer_even(colours, TEXT_SHARE):
        return False
    steps = grounds.steps(colours)
    if grounds.even_share(steps) < TEXT_SHARE:
        return False
    return _measured(copy, colours, steps).drawn


def reason(copy: WorkingCopy, points: int) -> Reason:
    """Why a picture with this many points was not sought by its content."""
    looks = look(copy)
    kind = _kind(looks)
    numbers = {
        Kind.SMALL: f"{looks.shorter_px} pixels on the shorter side, {SMALLEST_PX} needed",
        Kind.BLANK: f"all but a fiftieth of it within {looks.levels} of 255 levels",
        Kind.GRADIENT: f"neighbouring pixels differ by at most {looks.steps} of 255 levels in 99.5 of 100 places",
        Kind.TEXT: f"{looks.signs} small marks on even ground, {_percent(looks.body)} of the area is anything else",
        Kind.ARTWORK: f"{_percent(looks.even)} in at most {grounds.COLOURS} even colours, "
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
    colours = grounds.shrunk(copy)
    return _measured(copy, colours, grounds.steps(colours))


def _measured(copy: WorkingCopy, colours: Colours, steps: Grey) -> Looks:
    """From the picture as grounds.shrunk gives it, and its steps."""
    levels = max(grounds.between(colours, channel, 0.01, 0.99) for channel in range(3))
    peaks, shares = grounds.even_colours(colours, grounds.evenly(steps))
    largest_two, even = sum(shares[:2]), sum(shares)
    plain = largest_two >= TEXT_SHARE or even >= EVEN_SHARE
    body, largest, signs = grounds.beyond(colours, peaks, levels) if plain else (1.0, 1.0, 0)
    return Looks(
        shorter_px=min(copy.width_px, copy.height_px),
        levels=levels,
        steps=grounds.between(steps, 0, 0, 0.995),
        grounds=largest_two,
        even=even,
        body=body,
        largest=largest,
        signs=signs,
    )
