"""How a match looks: both pictures in panels with points joined, and one warped into the frame of the other.

Sizes are chosen here, coordinates come from the alignment. Pictures are sRGB, uint8, shape (height, width, 3), R, G, B.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model.matches import Alignment
from . import drawing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Floats = NDArray[np.float64]

MOST_LINES = 16
"""Lines drawn between points, spread over the picture; all points kept in the evidence are dotted."""
WHOLE = 0.97
"""A picture of which this share is seen, or filled, needs no outline."""
MOST_TURNED_DEG = 30.0
"""Beyond this turn, and when mirrored, lines would cross each other: the points are numbered instead."""
MOST_NUMBERS = 12
UNDER_TEST = "picture under test"
_PANELS_PX, _PANEL_HEIGHT_PX, _GAP_PX = 1000, 620, 16
_LAID_WIDTH_PX, _LAID_HEIGHT_PX, _MOST_ENLARGED = 800, 640, 3.0
_LIKENESS_SHARE = 0.55
_OUTLINED_PX = 800
_MARGIN = 0.06


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Aligned:
    """Both pictures of a match and how they meet."""

    laid: Alignment
    query: Pixels
    reference: Pixels
    factors: tuple[float, float]
    """From pixels of the reference as it was added to pixels of what there is of it: 1 unless it is a likeness."""
    tag: str
    """What the reference is called in the picture."""


def outlined(query: Pixels, placed: Sequence[tuple[int, Alignment]]) -> Pixels:
    """The query dimmed but for the numbered places of the references, their points dotted."""
    import numpy as np

    factor = min(1.0, _OUTLINED_PX / max(query.shape[:2]))
    small = drawing.resized(query, round(query.shape[1] * factor), round(query.shape[0] * factor))
    regions = [np.array(laid.query_region, np.float64) * factor for _, laid in placed]
    picture = drawing.dimmed(small, regions)
    for (_, laid), region in reversed([*zip(placed, regions, strict=True)]):
        drawing.outline(picture, region)
        drawing.dots(picture, places(laid)[:, :2] * factor)
    for (number, _), region in reversed([*zip(placed, regions, strict=True)]):
        drawing.badge(picture, str(number), region[np.argmin(region.sum(axis=1))])
    return picture


def joined(aligned: Aligned) -> Pixels:
    """Both pictures in panels of one height, points joined. Of the query only the part around the reference."""
    import numpy as np

    laid, query, reference, pairs = aligned.laid, aligned.query, aligned.reference, places(aligned.laid)
    left, top, right, bottom = _around(np.concatenate([np.array(laid.query_region), pairs[:, :2]]), query, _MARGIN)
    part = query[top:bottom, left:right]
    ratios = part.shape[1] / part.shape[0], reference.shape[1] / reference.shape[0]
    height = max(1, min(_PANEL_HEIGHT_PX, round((_PANELS_PX - _GAP_PX) / sum(ratios))))
    first, second = (
        drawing.resized(one, max(1, round(height * ratio)), height)
        for one, ratio in ((part, ratios[0]), (reference, ratios[1]))
    )
    starts = (pairs[:, :2] - (left, top)) * (first.shape[1] / part.shape[1], height / part.shape[0])
    shown = np.array(aligned.factors) * (second.shape[1] / reference.shape[1], height / reference.shape[0])
    ends = pairs[:, 2:] * shown
    region = np.array(laid.reference_region, np.float64) * shown
    if laid.reference_share < WHOLE:
        second = drawing.dimmed(second, [region])
        drawing.outline(second, region)
    whole = np.full((height, first.shape[1] + _GAP_PX + second.shape[1], 3), drawing.GROUND[0], np.uint8)
    whole[:, : first.shape[1]], whole[:, first.shape[1] + _GAP_PX :] = first, second
    ends += (first.shape[1] + _GAP_PX, 0)
    if not numbered(laid):
        chosen = _spread(starts, MOST_LINES)
        drawing.lines(whole, starts[chosen], ends[chosen])
    drawing.dots(whole, starts)
    drawing.dots(whole, ends)
    drawing.tag(whole[:, : first.shape[1]], UNDER_TEST)
    drawing.tag(whole[:, first.shape[1] + _GAP_PX :], aligned.tag, right=True)
    if numbered(laid):
        chosen = _spread(starts, MOST_NUMBERS)
        drawing.numbers(whole[:, : first.shape[1]], starts[chosen])
        drawing.numbers(whole, ends[chosen])
    return whole


def numbered(laid: Alignment) -> bool:
    """Whether points are told apart by numbers instead of lines."""
    return laid.mirrored or abs(laid.turn_deg) > MOST_TURNED_DEG


def overlay(aligned: Aligned) -> tuple[Pixels, Pixels]:
    """The part of the query where the reference lies, and the reference warped into that frame, plain grey beyond."""
    import cv2
    import numpy as np

    laid, query, reference, factors = aligned.laid, aligned.query, aligned.reference, aligned.factors
    left, top, right, bottom = _around(np.array(laid.query_region), query, 0.0)
    width, height = right - left, bottom - top
    # A likeness shown large would look like a bad picture instead of a small one.
    most = 1.0 if min(factors) > 0.5 else _LIKENESS_SHARE
    factor = min(_MOST_ENLARGED, most * _LAID_WIDTH_PX / width, most * _LAID_HEIGHT_PX / height)
    size = max(1, round(width * factor)), max(1, round(height * factor))
    part = drawing.resized(query[top:bottom, left:right], *size)
    # Averaged down first to the size at which it is shown: warping alone would pick single pixels.
    shrunk = min(1.0, max(laid.scale, 1e-3) * factor / min(factors), 2 * _PANELS_PX / max(reference.shape[:2]))
    source = drawing.resized(
        reference, max(1, round(reference.shape[1] * shrunk)), max(1, round(reference.shape[0] * shrunk))
    )
    across, down = source.shape[1] / reference.shape[1], source.shape[0] / reference.shape[0]
    back = _between((width / size[0], height / size[1]), (left, top))
    forth = _between((across, down)) @ np.diag([*factors, 1.0]) @ np.array(laid.matrix, np.float64).reshape(3, 3)
    flags = (cv2.INTER_LINEAR if shrunk < 1 else cv2.INTER_CUBIC) | cv2.WARP_INVERSE_MAP
    over = np.array(
        cv2.warpPerspective(
            source, forth @ back, size, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=drawing.GROUND
        ),
        np.uint8,
    )
    drawing.tag(part, UNDER_TEST, right=True)
    drawing.tag(over, aligned.tag)
    return part, over


def _between(factors: tuple[float, float], start: tuple[int, int] = (0, 0)) -> Floats:
    """Places of pixels' middles in a picture of another size, which begins at `start`."""
    import numpy as np

    half = [factor / 2 - 0.5 + offset for factor, offset in zip(factors, start, strict=True)]
    return np.array([[factors[0], 0, half[0]], [0, factors[1], half[1]], [0, 0, 1]], np.float64)


def places(laid: Alignment) -> Floats:
    """Pairs of points at different places, shape (n, 4): one place can carry points of several directions."""
    import numpy as np

    table = np.array(list(dict.fromkeys(laid.pairs)), np.float64).reshape(-1, 4)
    return np.asarray(table[np.isfinite(table).all(axis=1)], np.float64)


def _spread(points: Floats, most: int) -> list[int]:
    """Rows of points far from each other: each next one is the furthest from those chosen."""
    import numpy as np

    if not len(points):
        return []
    chosen = [0]
    gaps = np.hypot(*(points - points[0]).T)
    while len(chosen) < min(most, len(points)):
        chosen.append(int(np.argmax(gaps)))
        gaps = np.minimum(gaps, np.hypot(*(points - points[chosen[-1]]).T))
    return sorted(chosen)


def _around(points: Floats, pixels: Pixels, margin: float) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a box around points, within the picture, at least one pixel each way."""
    import numpy as np

    height, width = pixels.shape[:2]
    low, high = points.min(axis=0), points.max(axis=0)
    more = margin * float((high - low).max())
    left, top = (
        int(np.clip(np.floor(value - more), 0, most - 1)) for value, most in zip(low, (width, height), strict=True)
    )
    right = int(np.clip(np.ceil(high[0] + more) + 1, left + 1, width))
    bottom = int(np.clip(np.ceil(high[1] + more) + 1, top + 1, height))
    return left, top, right, bottom
