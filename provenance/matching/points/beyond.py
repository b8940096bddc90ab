"""Whether the query shows the scene going on beyond the reference's border: two views that overlap, not a copy.

A copy is cut from the reference; around it may be a post, a bar, another photograph. Where the reference ends, the copy
then shows an edge, or paint. Where the scene simply goes on, across the border as before it, the picture under test has
another frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .blocks import Blocks

    Floats = NDArray[np.float64]

_MARGIN_PX = 24
_PIECE_PX = 16
_REACH_PX = 3
"""The border is known to about three pixels of the reference as detected (longest side 512)."""
_PLACED = 0.5
_STEP, _LEAST_STEP = 1.6, 3.0
_LEAST_TEXTURE = 5.0


def border(
    transform: Floats, query_grey: NDArray[np.uint8], blocks: Blocks, size_px: tuple[int, int]
) -> tuple[float, float]:
    """Of the reference's whole border the shares that lie well inside the query: without an edge, and with one.

    Only pieces of the border are counted behind which the reference agrees with the query.
    """
    import cv2
    import numpy as np

    width, height = size_px[0] + 2 * _MARGIN_PX, size_px[1] + 2 * _MARGIN_PX
    onto = np.array([[1.0, 0, _MARGIN_PX], [0, 1, _MARGIN_PX], [0, 0, 1]]) @ transform
    soft = cv2.GaussianBlur(query_grey, (0, 0), 1.0).astype(np.float32)
    laid = cv2.warpPerspective(soft, onto, (width, height), flags=cv2.INTER_LINEAR)
    full = np.full(query_grey.shape, 255, np.uint8)
    shown = cv2.warpPerspective(full, onto, (width, height), flags=cv2.INTER_NEAREST) > 0
    agrees = (blocks.counted & (blocks.correlation > _PLACED)).reshape(blocks.down, blocks.across)
    going, ending, length = 0, 0, 0
    for turns in range(4):
        side = np.rot90(laid, turns)
        smooth, edged = _pieces(side, np.rot90(shown, turns), np.rot90(agrees, turns))
        going, ending = going + smooth, ending + edged
        length += (side.shape[1] - 2 * _MARGIN_PX) // _PIECE_PX
    return going / max(1, length), ending / max(1, length)


def _pieces(laid: NDArray[Any], shown: NDArray[np.bool_], agrees: NDArray[np.bool_]) -> tuple[int, int]:
    """How many pieces of the upper border the scene goes on across, and across how many it does not."""
    import numpy as np

    if min(agrees.shape) < 1:
        return 0, 0
    rows, columns_inside = slice(0, 2 * _MARGIN_PX + 1), slice(_MARGIN_PX, -_MARGIN_PX)
    strip, there = laid[rows, columns_inside], shown[rows, columns_inside]
    number = strip.shape[1] // _PIECE_PX
    if number < 1:
        return 0, 0
    steps = np.abs(strip[2:] - strip[:-2])

    def step(row: int) -> Floats:
        return _mean(steps[row - 1 - _REACH_PX : row + _REACH_PX].max(axis=0), number)

    beside = np.median([step(_MARGIN_PX + off) for off in (-17, -11, 11, 17)], axis=0)
    columns = (np.arange(number) * agrees.shape[1]) // number
    outside = strip[_MARGIN_PX - 20 : _MARGIN_PX - 4, : number * _PIECE_PX]
    texture = outside.reshape(len(outside), number, _PIECE_PX).std(axis=(0, 2))
    covered = _mean(np.asarray(there[_MARGIN_PX - 20 : _MARGIN_PX + 20].all(axis=0)), number) > 0.99
    eligible = covered & np.asarray(agrees[:2].any(axis=0))[columns]
    smooth = (texture >= _LEAST_TEXTURE) & (step(_MARGIN_PX) <= np.maximum(_STEP * beside, _LEAST_STEP))
    return int((eligible & smooth).sum()), int((eligible & ~smooth).sum())


def _mean(line: NDArray[Any], number: int) -> Floats:
    """Of each piece of a line."""
    import numpy as np

    return np.asarray(line[: number * _PIECE_PX].reshape(number, _PIECE_PX).mean(axis=1), np.float64)
