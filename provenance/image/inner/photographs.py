"""Finds the photographs inside a picture: in a screenshot of a post, between bars, in the panes of a collage.

The ground of a screen is paint: a few exactly flat colours (inner_ground). The picture is cut along its empty rows
and columns (inner_cuts) at several tolerances, because JPEG leaves ringing on the ground beside text and photographs.
Pieces that look like photographs with straight sides are kept (inner_looks), their sides brought to the pixel
(inner_sides), and what was put together of several is taken apart at its seams (inner_seams). How often that is right:
docs/measured/inner.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...model.image import WorkingCopy
from .cuts import Box
from .looks import PAGE_WORDS, Piece, photographs
from .seams import panes

ON_A_SCREEN = "photograph on a screen"
IN_A_FRAME = "picture in a frame"
PANE = "pane of a collage"

_WORKING_PX = 1100
_MOST = 12
# What fills nearly all of the picture is the picture itself.
_WHOLE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class InnerPhotograph:
    """One photograph found inside a picture."""

    box_px: Box
    """x0, y0, x1, y1 in the working copy's pixels; x1 and y1 lie outside."""
    kind: str
    """ON_A_SCREEN, IN_A_FRAME or PANE."""
    evidence: tuple[tuple[str, float], ...]
    """Named numbers: how many sides are seen, the least share of one that is covered, ground and colours inside."""
    words_beside: int = 0
    """Words, lines of words and icons on the ground beside all photographs of the picture, as far as they lie apart."""


def inner_photographs(copy: WorkingCopy) -> tuple[InnerPhotograph, ...]:
    """The inner photographs, at most 12, from top to bottom; none for an ordinary photograph or a screen without one.

    A photograph that fills the whole picture is no inner one. The same pixels give the same answer.
    """
    stride = max(1, -(-max(copy.width_px, copy.height_px) // _WORKING_PX))
    pieces, words = photographs(copy.pixels, stride)
    page = words >= PAGE_WORDS
    kind = ON_A_SCREEN if page else IN_A_FRAME
    result: list[InnerPhotograph] = []
    for piece in pieces:
        parts = panes(copy.pixels, piece.box)
        evidence = _evidence(piece)
        here = PANE if len(parts) > 1 else kind
        result += [InnerPhotograph(box_px=part, kind=here, evidence=evidence, words_beside=words) for part in parts]
    if not pieces and not page:
        parts = panes(copy.pixels, (0, 0, copy.width_px, copy.height_px))
        result = [InnerPhotograph(box_px=part, kind=PANE, evidence=()) for part in parts if len(parts) > 1]
    whole_px = _WHOLE * copy.width_px * copy.height_px
    inner = [one for one in result if _area(one.box_px) < whole_px]
    return tuple(sorted(inner, key=lambda one: (one.box_px[1], one.box_px[0]))[:_MOST])


def _evidence(piece: Piece) -> tuple[tuple[str, float], ...]:
    seen = [side for side in piece.sides if side.visible]
    return (
        ("sides seen", float(len(seen))),
        ("least share of a side covered", min(side.covered for side in seen)),
        ("least contrast of a side, levels", min(side.contrast_levels for side in seen)),
        ("share of ground inside", piece.ground_share),
        ("colours inside", piece.colours),
    )


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
