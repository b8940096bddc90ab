"""Figures that show a match: where the reference lies, points joined, and the reference laid over the picture.

All coordinates come from Match.alignment; nothing is measured here. The same match and pixels give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...model.image import WorkingCopy
from ...model.matches import Alignment, Match
from . import drawing, panels
from .panels import Aligned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

MOST_MATCHES = 3
"""Matches that are drawn; each takes about 300 kB of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """The pixels of a reference picture that there are to show."""

    copy: WorkingCopy | None
    likeness: bool = False
    """These are of the small likeness that the set keeps, not of the picture itself."""
    reason: str = ""
    """Why the picture itself is not at hand, without a full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One picture of a report, and the name of its file in the report folder."""

    name: str
    jpeg: bytes = field(repr=False)
    width_px: int
    height_px: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchFigures:
    """The figures of one match."""

    joined: Figure
    under_test: Figure
    """The part of the picture under test where the reference lies."""
    laid: Figure
    """The reference in the same frame, pixel on pixel."""
    dotted: int
    """Points at different places, all of them dotted."""
    marked: str
    """How many of these are told apart, and by what."""
    at_hand: AtHand


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of a report."""

    outline: Figure | None = None
    """The picture under test with the place of every match that is drawn, numbered as in the report."""
    of: Mapping[str, MatchFigures] = field(default_factory=dict)
    """By the id of the match."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """By the id of a match that was to be drawn and could not be: why."""
    left_out: int = 0
    """Matches with an alignment beyond those drawn."""
    thumbnail: Figure | None = None
    """The thumbnail in the file beside the picture, where the two do not show the same."""

    difference: Figure | None = None
    """The picture under test with the regions in which it differs from a reference."""
    anomalies: Mapping[str, Figure] = field(default_factory=dict)
    """By the id of what a blind method found: the picture under test with its regions."""

    def files(self) -> dict[str, bytes]:
        """Every figure's bytes by its file name."""
        each = [figure for one in self.of.values() for figure in (one.joined, one.under_test, one.laid)]
        return {
            figure.name: figure.jpeg
            for figure in (
                *filter(None, (self.outline, self.difference, self.thumbnail)),
                *self.anomalies.values(),
                *each,
            )
        }


def draw(query: WorkingCopy, matches: Sequence[Match], at_hand: Mapping[str, AtHand]) -> Figures:
    """Figures of the first matches that have an alignment. `matches` in the order of the report, which numbers them.

    `at_hand`: by image id, what there is to show of each reference; one that is missing there is not drawn.
    """
    aligned = [(number, match, laid) for number, match in enumerate(matches, 1) if (laid := _usable(match)) is not None]
    known = [one for one in aligned if one[1].reference.image_id in at_hand]
    of, reasons = {}, {}
    for number, match, laid in known[:MOST_MATCHES]:
        shown = at_hand[match.reference.image_id]
        if shown.copy is None:
            reasons[match.id] = shown.reason
        else:
            both = _aligned(match, laid, query, shown.copy, _tag(number, shown))
            of[match.id] = _of_match(number, match, both, shown)
    return Figures(
        outline=_outline(query, [(number, laid) for number, _, laid in known]),
        of=of,
        reasons=reasons,
        left_out=len(aligned) - len(of) - len(reasons),
    )


def _usable(match: Match) -> Alignment | None:
    """The alignment, if it is one that can be drawn: numbers that are finite and a transform that can be undone."""
    import numpy as np

    laid = match.alignment
    if laid is None or len(laid.query_region) < 3 or len(laid.reference_region) < 3:
        return None
    numbers = np.array([*laid.matrix, *np.ravel(laid.query_region), *np.ravel(laid.reference_region)], np.float64)
    matrix = np.array(laid.matrix, np.float64).reshape(3, 3)
    return laid if np.isfinite(numbers).all() and abs(np.linalg.det(matrix)) > 1e-12 else None


def _of_match(number: int, match: Match, aligned: Aligned, at_hand: AtHand) -> MatchFigures:
    dotted, numbered = len(panels.places(aligned.laid)), panels.numbered(aligned.laid)
    marked = min(dotted, panels.MOST_NUMBERS if numbered else panels.MOST_LINES)
    under_test, over = panels.overlay(aligned)
    what = "The small likeness of the reference picture that the set keeps" if at_hand.likeness else "The reference"
    return MatchFigures(
        joined=_figure(
            f"match-{number}-joined.jpg",
            panels.joined(aligned),
            f"Left: the picture under test where reference {number} lies in it. Right: reference {number}. "
            f"{dotted} points that both share are dotted; {marked} of them are "
            f"{'numbered alike in both' if numbered else 'joined by lines'}.",
        ),
        under_test=_figure(
            f"match-{number}-under-test.jpg",
            under_test,
            f"The part of the picture under test where reference {number} lies.",
        ),
        laid=_figure(
            f"match-{number}-laid-over.jpg",
            over,
            f"{what} laid over that part, {match.transform}: what both share falls on the same place.",
        ),
        dotted=dotted,
        marked=f"{marked} of these are numbered alike in both" if numbered else f"lines join {marked} of these",
        at_hand=at_hand,
    )


def _aligned(match: Match, laid: Alignment, query: WorkingCopy, reference: WorkingCopy, tag: str) -> Aligned:
    """The alignment speaks of the picture as it was added; a likeness is smaller."""
    size = match.reference.width_px or reference.width_px, match.reference.height_px or reference.height_px
    return Aligned(
        laid=laid,
        query=query.pixels,
        reference=reference.pixels,
        factors=(
            max(reference.width_px - 1, 1) / max(size[0] - 1, 1),
            max(reference.height_px - 1, 1) / max(size[1] - 1, 1),
        ),
        tag=tag,
    )


def _tag(number: int, at_hand: AtHand) -> str:
    if at_hand.copy is None or not at_hand.likeness:
        return f"reference {number}"
    longest_px = max(at_hand.copy.width_px, at_hand.copy.height_px)
    return f"reference {number}: likeness kept in the set, {longest_px} px"


def _outline(query: WorkingCopy, placed: Sequence[tuple[int, Alignment]]) -> Figure | None:
    """None where one reference fills the picture: an outline along the edges tells nothing."""
    if not placed or all(laid.query_share >= panels.WHOLE for _, laid in placed):
        return None
    which = f"reference {placed[0][0]} lies" if len(placed) == 1 else "the numbered references lie"
    return _figure(
        "match-outline.jpg",
        panels.outlined(query.pixels, placed),
        f"The picture under test, dimmed but for the outlined part where {which}.",
    )


def _figure(name: str, pixels: Pixels, alt: str) -> Figure:
    return Figure(
        name=name, jpeg=drawing.jpeg(pixels), width_px=int(pixels.shape[1]), height_px=int(pixels.shape[0]), alt=alt
    )
