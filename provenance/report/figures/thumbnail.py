"""The thumbnail that a file carries beside its picture, both at one scale, what differs outlined in both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...metadata.traces.frames import turned
from ...metadata.traces.relating import Related, Relation
from . import drawing
from .match import Figure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[Any]
    Corners = list[tuple[float, float]]

NAME = "thumbnail.jpg"
_PANEL_PX, _GAP_PX = 480, 16


def thumbnail_figure(picture: Pixels, thumbnail: Pixels, related: Related, kind: str) -> Figure:
    """Both in panels of one height. Pictures: uint8, (height, width, 3), R, G, B; the thumbnail as it is stored."""
    import numpy as np

    upright = turned(thumbnail, related.turn)
    first, second = _panels(upright, picture, related)
    places = _places(picture, related)
    for panel, corners in zip((first, second), places, strict=True):
        if corners is not None:
            drawing.outline(panel, np.array(corners, np.float64) * (panel.shape[1], panel.shape[0]))
    height = max(first.shape[0], second.shape[0])
    whole = np.full((height, first.shape[1] + _GAP_PX + second.shape[1], 3), drawing.GROUND[0], np.uint8)
    whole[: first.shape[0], : first.shape[1]] = first
    whole[: second.shape[0], first.shape[1] + _GAP_PX :] = second
    drawing.tag(whole[: first.shape[0], : first.shape[1]], "thumbnail in the file")
    drawing.tag(whole[: second.shape[0], first.shape[1] + _GAP_PX :], "picture under test", right=True)
    return Figure(
        name=NAME,
        jpeg=drawing.jpeg(whole),
        width_px=int(whole.shape[1]),
        height_px=int(whole.shape[0]),
        alt=_alt(related, kind),
    )


def _panels(upright: Pixels, picture: Pixels, related: Related) -> tuple[Pixels, Pixels]:
    """The thumbnail as large as a panel, and the picture at the scale at which it lies in the thumbnail."""
    factor = _PANEL_PX / max(upright.shape[:2])
    first = drawing.resized(upright, round(upright.shape[1] * factor), round(upright.shape[0] * factor))
    box = related.box or (0.0, 0.0, 1.0, 1.0)
    width, height = (box[2] - box[0]) * first.shape[1], (box[3] - box[1]) * first.shape[0]
    if related.box is None or max(width, height) > 2 * _PANEL_PX:
        factor = _PANEL_PX / max(picture.shape[:2])
        width, height = picture.shape[1] * factor, picture.shape[0] * factor
    return first, drawing.resized(picture, max(1, round(width)), max(1, round(height)))


def _places(picture: Pixels, related: Related) -> tuple[Corners | None, Corners | None]:
    """What is outlined in the thumbnail and in the picture, in shares of their sides."""
    if related.region is not None:
        height, width = picture.shape[:2]
        left, top, right, bottom = related.region
        here = (left / width, top / height, right / width, bottom / height)
        if related.box is None:
            return None, _corners(here)
        across, down = related.box[2] - related.box[0], related.box[3] - related.box[1]
        there = (
            related.box[0] + here[0] * across,
            related.box[1] + here[1] * down,
            related.box[0] + here[2] * across,
            related.box[1] + here[3] * down,
        )
        return _corners(there), _corners(here)
    if related.relation is Relation.CROPPED and related.box is not None:
        return _corners(related.box), None
    return None, None


def _corners(box: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _alt(related: Related, kind: str) -> str:
    turned_ = "" if related.turned == "as it is" else f", {related.turned} to meet the picture"
    what = {
        Relation.DIFFERS: f"The region that differs is outlined in {'both' if related.box else 'the picture'}.",
        Relation.CROPPED: "Outlined in the thumbnail: the part of its view that the picture shows.",
        Relation.EXTENDED: "The picture reaches beyond the thumbnail.",
        Relation.OTHER: "Neither could be laid on the other.",
        Relation.TILTED: "They show the same, the picture turned by a few degrees.",
    }.get(related.relation, "They show the same but for the turn.")
    return f"Left: the {kind} thumbnail stored in the file{turned_}. Right: the picture under test. {what}"
