"""Strips beside what a copy shares with its reference: captions, letterboxes, the page around a picture.

They lie outside of what is compared, so no number of false alarms goes with them: they are named, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.image import WorkingCopy
from .channels import most

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Picture = NDArray[np.uint8]

SIDES = ("above", "at the right", "below", "at the left")
LAID_OVER = "laid over the reference"
_LEAST_SHARE, _LEAST_PX = 0.03, 8
_DRAWN_IN_PX = 3
"""The outline of what is shared is known to a few pixels only."""
_NEAR_LEVELS, _OF_IT = 14, 0.6
_WORDS_LEVELS, _WORDS = 40, 0.004


def strips(query: WorkingCopy, reference: WorkingCopy, matrix: Floats, outline: Floats | None) -> tuple[str, ...]:
    """Phrases such as "a strip with words below, 14 % of the height, laid over the reference".

    `matrix` and `outline` as in `compare.difference`. Only strips that mostly have one colour; the widest first.
    """
    import numpy as np

    if outline is None:
        return ()
    height, width = query.height_px, query.width_px
    left, top = np.clip(np.floor(outline.min(0)), 0, (width, height)).astype(int)
    right, bottom = np.clip(np.ceil(outline.max(0)) + 1, 0, (width, height)).astype(int)
    boxes = ((0, 0, width, top), (right, 0, width, height), (0, bottom, width, height), (0, 0, left, height))
    found = []
    for side, box in zip(SIDES, boxes, strict=True):
        upright = side in ("above", "below")
        deep, whole = (box[3] - box[1], height) if upright else (box[2] - box[0], width)
        if deep < max(_LEAST_PX, _LEAST_SHARE * whole):
            continue
        said = _said(query.pixels, tuple(int(one) for one in box))
        if said:
            over = _over(reference, matrix, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
            where = LAID_OVER if over else "added to it"
            of = "height" if upright else "width"
            found.append((deep / whole, f"{said} {side}, {100 * deep / whole:.0f} % of the {of}, {where}"))
    return tuple(phrase for _, phrase in sorted(found, reverse=True))


def _said(pixels: Picture, box: tuple[int, ...]) -> str:
    import numpy as np

    left, top, right, bottom = box
    inner = pixels[top + _DRAWN_IN_PX : bottom - _DRAWN_IN_PX, left + _DRAWN_IN_PX : right - _DRAWN_IN_PX]
    if not inner.size:
        return ""
    off = most(np.abs(inner.astype(np.int16) - np.median(inner.reshape(-1, 3), axis=0).astype(np.int16)))
    if (off <= _NEAR_LEVELS).mean() < _OF_IT:
        return ""
    return "a strip with words or marks" if (off > _WORDS_LEVELS).mean() > _WORDS else "a plain strip"


def _over(reference: WorkingCopy, matrix: Floats, place: tuple[float, float]) -> bool:
    """Whether the reference reaches that place of the query, so that the strip hides a part of it."""
    import numpy as np

    x, y, depth = matrix @ np.array([*place, 1.0])
    if depth == 0:
        return False
    return bool(0 <= x / depth < reference.width_px and 0 <= y / depth < reference.height_px)
