"""How a picture relates to a thumbnail of it, in one of few words, with the numbers behind it.

All thresholds are measured: docs/measured/thumbnails.md, `python -m benchmarks.thumbnails`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from .differing import UNLIKE, Compared, Region, compare, compare_over
from .evening import exposed_as
from .frames import FINE_PX, TURNS, content, grey_of, shrunk, turned
from .laying import Laid, lay
from .tilting import LEAST_DEG, MOST_DEG, Tilt, tilt
from .viewing import beyond, in_picture, in_tilted, shown_share

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[Any]

LEAST_PX = 40
"""Shorter side of a thumbnail that is compared."""
BLANK = 4.0
"""Spread of grey levels below which a picture shows nothing."""
DETAILED = 12.0
ALIKE = 0.88
OTHER = 0.75
"""Correlation from which both show the same, and below which they do not: of 531 real thumbnails few lie between."""
REST_ALIKE = 0.9
STRAIGHTENED = 0.9
"""The same of a picture that is turned by a few degrees; swapped ones reached 0.55."""
_DISTORTED = "the picture is like it, but moved or distorted against it"
_WHOLE = 0.9
"""Share of the thumbnail that a picture must cover to agree with it, its edges left out."""
_BETTER = 0.02
"""By which the turn must explain more than no turn."""
FOUND = 0.92
"""And for a crop, a mirrored or an extended picture."""
STALE_SHARE = 0.015
"""Least area of a region, of what both show."""
STALE_BROAD = 20.0
"""Least difference of a region with the fine averaged away; garbled stripes and leaves of cameras reached 16."""
CROPPED = 0.96
"""Share of the thumbnail's view below which a picture counts as cropped."""


class Relation(StrEnum):
    """What a comparison can say."""

    AGREES = "agrees"
    CROPPED = "cropped"
    EXTENDED = "reaches beyond it"
    DIFFERS = "differs in a region"
    TILTED = "turned by a few degrees"
    OTHER = "cannot be laid on the picture"
    UNDECIDED = "undecided"


_UNSURE = (Relation.DIFFERS, Relation.OTHER, Relation.UNDECIDED)
"""Told only after tones that change over the frame, and a turn by a few degrees, were tried."""
_CUT = (Relation.CROPPED, Relation.EXTENDED)
_CUT_SURE, _HALF = 0.99, 0.5
"""Likeness from which a cut is not held for a turn by a few degrees, which also leaves out edges; below, the turn must
leave less than half as much unexplained."""
_MIRRORED = 4
"""From this turn on (frames.TURNS) the thumbnail is mirrored."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Related:
    """The answer and what it rests on."""

    relation: Relation
    reason: str = ""
    """Why it is undecided."""
    tilt_deg: float = 0.0
    """How far the picture is turned against the thumbnail, counter-clockwise positive."""
    turn: int = 0
    """The turn that the thumbnail takes to meet the picture (frames.TURNS)."""
    unusual: bool = False
    """No camera stores it so turned."""
    shown: float = 1.0
    """Share of the thumbnail's view that the picture shows, 0 to 1."""
    likeness: float = 0.0
    region: tuple[int, int, int, int] | None = None
    """Left, top, right, bottom of the largest region that differs, in pixels of the picture."""
    share: float = 0.0
    """Area of the regions that differ, of what both show, 0 to 1."""
    regions: int = 0
    box: tuple[float, float, float, float] | None = None
    """Where the picture lies in the thumbnail as turned: left, top, right, bottom as shares of its sides."""

    @property
    def turned(self) -> str:
        """The turn in words."""
        return TURNS[self.turn]


def relate(picture: Pixels, thumbnail: Pixels, usual: frozenset[int]) -> Related:
    """Compare upright pictures, uint8, (height, width, 3). `usual`: turns in which the thumbnail may be stored."""
    if min(thumbnail.shape[:2]) < LEAST_PX:
        return Related(relation=Relation.UNDECIDED, reason=f"it is {thumbnail.shape[1]} x {thumbnail.shape[0]} pixels")
    if min(picture.shape[:2]) < LEAST_PX:
        return Related(relation=Relation.UNDECIDED, reason="the picture is hardly larger than a thumbnail")
    spreads = _spread(thumbnail), _spread(picture)
    if spreads[0] < BLANK:
        return Related(relation=Relation.UNDECIDED, reason="it shows nothing but one tone")
    if spreads[1] < BLANK:
        return Related(relation=Relation.UNDECIDED, reason="the picture shows nothing but one tone")
    told = _compared(picture, thumbnail, usual)
    if told.relation is not Relation.AGREES or told.turn >= _MIRRORED:
        told = _exposed(picture, thumbnail, usual, told)
    if told.relation is Relation.OTHER and min(spreads) < DETAILED:
        return Related(relation=Relation.UNDECIDED, reason="one of the two has hardly any detail")
    return told


def _compared(picture: Pixels, thumbnail: Pixels, usual: frozenset[int], stored: Pixels | None = None) -> Related:
    """`stored`: the thumbnail as it is, where `thumbnail` was brought to other tones: it tells bars from views."""
    laid, source = lay(picture, thumbnail, usual), shrunk(picture, 2 * FINE_PX)
    view = laid if stored is None else _with(laid, turned(stored, laid.turn))
    compared = compare(source, laid)
    told = _told(picture, view, compared)
    if told.relation in _UNSURE:
        told = _doubted(picture, view, compared, compare(source, laid, uneven=True))
    if told.relation in _UNSURE or (told.relation in _CUT and told.likeness < _CUT_SURE):
        told = _straightened(picture, tilt(source, thumbnail, usual), told)
    return told


def _with(laid: Laid, upright: Pixels) -> Laid:
    """The same placement over another thumbnail of the same size."""
    return replace(laid, thumbnail=upright, content=content(grey_of(upright)))


def _exposed(picture: Pixels, thumbnail: Pixels, usual: frozenset[int], told: Related) -> Related:
    """The answer where the picture was brightened or darkened until it lost detail, if that explains more."""
    small = shrunk(thumbnail, FINE_PX)
    changed = exposed_as(picture, small, content(grey_of(small)))
    second = told if changed is None else _compared(picture, changed, usual, small)
    return second if second.likeness > told.likeness else told


def _spread(pixels: Pixels) -> float:
    """Standard deviation of the grey levels between bars."""
    step = max(1, max(pixels.shape[:2]) // 200)
    grey = pixels[::step, ::step].mean(axis=2)
    left, top, right, bottom = content(grey)
    return float(grey[top:bottom, left:right].std())


def _doubted(picture: Pixels, view: Laid, first: Compared, second: Compared) -> Related:
    """The answer where tones may change from place to place, before a change in what is shown is told."""
    likeness, elsewhere = max(first.likeness, second.likeness), max(first.elsewhere, second.elsewhere)
    return _told(picture, view, replace(second, likeness=likeness, elsewhere=elsewhere))


def _straightened(picture: Pixels, tilted: Tilt | None, told: Related) -> Related:
    """The answer where the picture was turned by a few degrees and cut; otherwise what was told without that."""
    if tilted is None or abs(tilted.degrees) > MOST_DEG:
        return told
    compared = compare_over(tilted.over, tilted.thumbnail, tilted.seen, uneven=True)
    stale = _stale(compared)
    differs = bool(stale) and compared.elsewhere >= REST_ALIKE
    likeness = max(tilted.likeness, compared.likeness)
    if told.relation in _CUT:
        plainly = tilted.plain and abs(tilted.degrees) >= LEAST_DEG and not differs
        if not plainly or 1 - tilted.likeness > _HALF * (1 - told.likeness):
            return told
    elif max(likeness, compared.elsewhere if differs else 0.0) < max(STRAIGHTENED, told.likeness + _BETTER):
        return told
    if abs(tilted.degrees) < LEAST_DEG:
        return told if differs else _upright(tilted, told, compared.likeness)
    if not tilted.plain:
        return Related(relation=Relation.UNDECIDED, likeness=likeness, reason=_DISTORTED)
    return Related(
        relation=Relation.DIFFERS if differs else Relation.TILTED,
        tilt_deg=tilted.degrees,
        turn=tilted.turn,
        likeness=likeness,
        region=in_tilted(stale[0], picture, tilted) if differs else None,
        share=sum(one.share for one in stale) if differs else 0.0,
        regions=len(stale) if differs else 0,
    )


def _upright(tilted: Tilt, told: Related, likeness: float) -> Related:
    """The answer where the search for a turn found none, but a better place than the search for boxes."""
    if told.relation is Relation.DIFFERS or likeness < STRAIGHTENED:
        return told
    whole = tilted.plain and tilted.shown >= _WHOLE
    return Related(
        relation=Relation.AGREES if whole else Relation.UNDECIDED,
        turn=tilted.turn,
        likeness=likeness,
        reason="" if whole else _DISTORTED,
    )


def _stale(compared: Compared) -> list[Region]:
    return [
        one for one in compared.regions if one.share >= STALE_SHARE and one.alike < UNLIKE and one.broad >= STALE_BROAD
    ]


def _told(picture: Pixels, laid: Laid, compared: Compared) -> Related:
    stale = _stale(compared)
    share = sum(one.share for one in stale)
    shown = shown_share(laid)
    height, width = laid.thumbnail.shape[:2]
    box = (laid.box[0] / width, laid.box[1] / height, laid.box[2] / width, laid.box[3] / height)
    relation = _relation(bool(stale), shown, laid, compared)
    if relation is Relation.OTHER:
        return Related(relation=relation, likeness=compared.likeness)
    return Related(
        relation=relation,
        reason="it is like the picture, but not enough to be sure" if relation is Relation.UNDECIDED else "",
        turn=laid.turn,
        unusual=laid.turn not in laid.usual,
        shown=shown,
        likeness=compared.likeness,
        region=in_picture(stale[0], picture, laid) if stale and relation is Relation.DIFFERS else None,
        share=share if relation is Relation.DIFFERS else 0.0,
        regions=len(stale) if relation is Relation.DIFFERS else 0,
        box=box,
    )


def _relation(stale: bool, shown: float, laid: Laid, compared: Compared) -> Relation:
    found = shown < CROPPED or laid.turn not in laid.usual or beyond(laid, compared)
    if stale and compared.elsewhere >= REST_ALIKE:
        return Relation.DIFFERS
    if compared.likeness < OTHER:
        return Relation.OTHER
    if compared.likeness < (FOUND if found else ALIKE):
        return Relation.UNDECIDED
    return Relation.CROPPED if shown < CROPPED else Relation.EXTENDED if beyond(laid, compared) else Relation.AGREES
