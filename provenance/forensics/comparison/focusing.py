"""Whether each of two pictures is the sharper one somewhere, as two exposures focused at different distances are.

What a lens throws out of focus is the same thing blurred, textured or not: one blur of the sharper picture explains all
that the other shows in a window (depth from defocus: Pentland 1987; Subbarao and Surya 1994). Focused nearer and
farther, each of the two is the blurred one somewhere. Retouching goes one way; what was put in, copied or filled is no
blur of what it covers; what a filter for the whole picture does to texture, no one blur undoes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import boxes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.float32]
    Picture = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

_CELL_PX, _AROUND = 8, 3
"""Windows of 24 pixels of the frame, one for every cell of 8."""
_BLURS_PX = 1.0, 1.4, 2.0, 2.8, 4.0, 5.6
_LEAST_BLUR_PX = 1.4
"""Weaker blurs are what saving and scaling do; they are tried so that a stronger one is not taken for them."""
_LEFT, _RIVAL = 0.25, 0.6
"""Of the energy that the sharper picture as it is does not explain, and of what the other way round leaves."""
_LEAST_GAIN, _MOST_GAIN = 0.7, 1.4
_UNLIKE, _LEAST_BUSY, _LEAST_SOFT, _SHARPER = 3.0, 15.0, 2.0, 1.3
"""Squared levels: of the difference, of the sharper picture and of the softer one; and how many times as much."""
_LEAST_EXPLAINED = 0.3
_LEAST_EACH_WAY = 0.01
_ALONE_CELLS, _ALONE = 8, 0.1
"""Side of a square in which nothing is explained, at least: 64 pixels, and that much of the side of what is shown. What
was put in or filled is one piece; what no blur explains of two focuses lies scattered between cells that one does."""
_WHOLE = 250
"""Of 255: a cell that is shown but for a sliver."""
_HELD = 60


def refocused(query: Picture, laid: Picture, shown: Mask, parts: list[Mask]) -> bool:
    """Whether blur explains each part that differs, and each picture is the sharper one in enough of what is shown.

    `query`, and `laid`, the reference as it lies on it: shape (height, width, 3), uint8, untouched by any fitting;
    `shown`, `parts`: shape (height, width).
    """
    import numpy as np

    if not parts:
        return False
    # Nearly everything that was altered ends here, at the price of what differs.
    box = _whole_cells(boxes.around(np.asarray(np.any(parts, axis=0), np.bool_), _AROUND * _CELL_PX), shown.shape)
    query_sharper, laid_sharper, unlike = _ways(query[box], laid[box], shown[box])
    explained = query_sharper | laid_sharper
    for part in parts:
        here = unlike & (_cells(part[box]) > _HELD)
        if not here.any() or (explained & here).sum() < _LEAST_EXPLAINED * here.sum():
            return False
    cells = int((_cells(shown) > _WHOLE).sum())
    differing = _cells(np.asarray(np.any(parts, axis=0), np.bool_)[box]) > _HELD
    if _in_one_piece(np.asarray(unlike & differing & ~explained, np.bool_), cells):
        return False
    query_sharper, laid_sharper, _ = _ways(query, laid, shown)
    return bool(min(query_sharper.sum(), laid_sharper.sum()) >= max(1, _LEAST_EACH_WAY * cells))


def _in_one_piece(unexplained: Mask, cells: int) -> bool:
    """Whether a square lies in it; `cells`: how many are shown."""
    import cv2
    import numpy as np

    side = max(_ALONE_CELLS, round(_ALONE * cells**0.5))
    square = np.ones((side, side), np.uint8)
    held = cv2.erode(unexplained.astype(np.uint8), square, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return bool(held.any())


def _whole_cells(box: tuple[slice, slice], shape: tuple[int, ...]) -> tuple[slice, slice]:
    rows, columns = (
        slice(one.start // _CELL_PX * _CELL_PX, min(side, -(-one.stop // _CELL_PX) * _CELL_PX))
        for one, side in zip(box, shape, strict=True)
    )
    return rows, columns


def _ways(query: Picture, laid: Picture, shown: Mask) -> tuple[Mask, Mask, Mask]:
    """Cells in which the laid picture is a blur of the query, those the other way round, and those that are unlike."""
    import cv2
    import numpy as np

    ours, theirs = _halved(query), _halved(laid)
    off = ours - theirs
    held = cv2.erode(_cells(shown), np.ones((_AROUND, _AROUND), np.uint8), borderType=cv2.BORDER_REPLICATE) > _WHOLE
    unlike = np.asarray(held & (_pooled(off * off) > _UNLIKE), np.bool_)
    ways = [_blurred(ours, theirs), _blurred(theirs, ours)]
    told = [
        np.asarray(unlike & whether & (left < _RIVAL * other), np.bool_)
        for (whether, left), (_, other) in zip(ways, reversed(ways), strict=True)
    ]
    return told[0], told[1], unlike


def _blurred(sharp: Levels, soft: Levels) -> tuple[Mask, Levels]:
    """Cells in which the second is a blur of the first, and the share of the second that the best blur leaves."""
    import cv2
    import numpy as np

    mean, power = _spread(soft)
    _, sharp_power = _spread(sharp)
    as_it_is = _unexplained(sharp, soft, mean, power)
    best, blur_px = np.full_like(as_it_is, np.inf), np.zeros_like(as_it_is)
    for one in _BLURS_PX:
        left = _unexplained(np.asarray(cv2.GaussianBlur(sharp, (0, 0), one / 2), np.float32), soft, mean, power)
        blur_px = np.where(left < best, np.float32(one), blur_px)
        best = np.minimum(best, left)
    busy = (power > _LEAST_SOFT) & (sharp_power > np.maximum(_LEAST_BUSY, _SHARPER * power))
    whether = busy & (as_it_is > 1) & (best < _LEFT * as_it_is) & (blur_px >= _LEAST_BLUR_PX)
    return np.asarray(whether, np.bool_), np.asarray(best / power, np.float32)


def _unexplained(picture: Levels, soft: Levels, mean: Levels, power: Levels) -> Levels:
    """Energy of the soft picture beside the other one, in brightness and contrast brought to it within bounds."""
    import numpy as np

    middle, own = _spread(picture)
    together = _pooled(picture * soft) - middle * mean
    gain = np.clip(together / own, _LEAST_GAIN, _MOST_GAIN)
    return np.asarray(np.maximum(power - 2 * gain * together + gain**2 * own, 0), np.float32)


def _spread(picture: Levels) -> tuple[Levels, Levels]:
    import numpy as np

    mean = _pooled(picture)
    return mean, np.maximum(_pooled(picture * picture) - mean * mean, np.float32(1e-3))


def _halved(picture: Picture) -> Levels:
    """Grey of whole cells at half the size: no blur that counts is narrower than its pixels."""
    import cv2
    import numpy as np

    height, width = (side // _CELL_PX * _CELL_PX for side in picture.shape[:2])
    grey = cv2.cvtColor(np.ascontiguousarray(picture[:height, :width]), cv2.COLOR_RGB2GRAY)
    return cv2.resize(grey, (width // 2, height // 2), interpolation=cv2.INTER_AREA).astype(np.float32)


def _pooled(plane: Levels) -> Levels:
    """Means of windows, one for each cell."""
    import cv2
    import numpy as np

    size = tuple(2 * side // _CELL_PX for side in plane.shape[::-1])
    cells = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.blur(cells, (_AROUND, _AROUND), borderType=cv2.BORDER_REFLECT), np.float32)


def _cells(mask: Mask) -> NDArray[np.uint8]:
    """How much of each cell lies in a mask, of 255."""
    import cv2
    import numpy as np

    rows, columns = (side // _CELL_PX for side in mask.shape)
    whole = np.ascontiguousarray(mask[: rows * _CELL_PX, : columns * _CELL_PX]).astype(np.uint8) * np.uint8(255)
    return np.asarray(cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)
