"""Where a picture and its thumbnail lie in each other: how much is shown, what reaches beyond, where a region is.

The thresholds are measured: docs/measured/thumbnails.md, `python -m benchmarks.thumbnails`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .differing import Compared, Region
from .laying import Laid
from .tilting import Tilt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[Any]

STRIP_DETAIL = 7.0
"""Spread of grey levels in what the picture lacks, below which that is a bar and no view."""
BEYOND = 0.08
"""Share of the picture's side that lies beyond the thumbnail on one side more than on the other: no camera's cut."""
_EDGE_PX = 3


def shown_share(laid: Laid) -> float:
    """Share of the thumbnail's view that the picture shows; strips without detail beside it are bars and no view."""
    height, width = laid.thumbnail.shape[:2]
    left, top, right, bottom = laid.content if _between_bars(laid) else (0, 0, width, height)
    grey = laid.thumbnail.mean(axis=2)
    edges = [max(left, laid.box[0]), max(top, laid.box[1]), min(right, laid.box[2]), min(bottom, laid.box[3])]
    strips = (
        grey[top:bottom, left : max(left, round(edges[0]) - _EDGE_PX)],
        grey[top : max(top, round(edges[1]) - _EDGE_PX), left:right],
        grey[top:bottom, round(edges[2]) + _EDGE_PX : right],
        grey[round(edges[3]) + _EDGE_PX : bottom, left:right],
    )
    for side, (strip, limit) in enumerate(zip(strips, (left, top, right, bottom), strict=True)):
        if not strip.size or float(strip.std()) < STRIP_DETAIL:
            edges[side] = limit
    return float((edges[2] - edges[0]) * (edges[3] - edges[1]) / max((right - left) * (bottom - top), 1))


def _between_bars(laid: Laid) -> bool:
    """Whether the even edges of the thumbnail are bars: the picture does not lie on them."""
    left, top, right, bottom = laid.content
    return bool(
        laid.box[0] > left - _EDGE_PX
        and laid.box[1] > top - _EDGE_PX
        and laid.box[2] < right + _EDGE_PX
        and laid.box[3] < bottom + _EDGE_PX
    )


def beyond(laid: Laid, compared: Compared) -> bool:
    """Whether the picture reaches beyond the thumbnail on one side more than on the other."""
    height, width = laid.thumbnail.shape[:2]
    left, top, right, bottom = laid.content if compared.barred else (0, 0, width, height)
    across, down = laid.box[2] - laid.box[0], laid.box[3] - laid.box[1]
    before = max(left - laid.box[0], 0) / across, max(top - laid.box[1], 0) / down
    behind = max(laid.box[2] - right, 0) / across, max(laid.box[3] - bottom, 0) / down
    return bool(max(abs(before[0] - behind[0]), abs(before[1] - behind[1])) > BEYOND)


def in_picture(region: Region, picture: Pixels, laid: Laid) -> tuple[int, int, int, int]:
    """A region of the thumbnail in pixels of the picture."""
    height, width = picture.shape[:2]
    across, down = width / (laid.box[2] - laid.box[0]), height / (laid.box[3] - laid.box[1])
    left, right = ((region.box[side] - laid.box[0]) * across for side in (0, 2))
    top, bottom = ((region.box[side] - laid.box[1]) * down for side in (1, 3))
    return (
        max(0, min(width - 1, round(left))),
        max(0, min(height - 1, round(top))),
        max(1, min(width, round(right))),
        max(1, min(height, round(bottom))),
    )


def in_tilted(region: Region, picture: Pixels, tilted: Tilt) -> tuple[int, int, int, int]:
    """The upright box, in pixels of the picture, around a region of the thumbnail."""
    height, width = picture.shape[:2]
    (a, b, c), (d, e, f) = tilted.matrix.tolist()
    left, top, right, bottom = region.box
    corners = [(x, y) for x in (left, right) for y in (top, bottom)]
    across = [width * (a * x + b * y + c) for x, y in corners]
    down = [height * (d * x + e * y + f) for x, y in corners]
    return (
        max(0, min(width - 1, round(min(across)))),
        max(0, min(height - 1, round(min(down)))),
        max(1, min(width, round(max(across)))),
        max(1, min(height, round(max(down)))),
    )
