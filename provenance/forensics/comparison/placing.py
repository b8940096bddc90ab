"""How a matched reference lies on the picture under test, as a matrix and an outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...fingerprint.shrinking import TURNS
from ...model.image import WorkingCopy
from ...model.matches import Match
from .frame import resized

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_WHOLE = 0.97
_DRAWN_IN = 0.985
"""Inside a screen or a page the edges of the photograph are known to a few pixels only."""


def placed(match: Match, query: WorkingCopy, reference: WorkingCopy) -> tuple[Floats, Floats | None]:
    """The matrix from pixels of the query to those of the reference, and the outline in the query, None for all.

    A match of whole frames has no alignment: there the words of its turn say how the query is laid.
    """
    import numpy as np

    laid = match.alignment
    if laid is None:
        return _turned(match.transform, query, reference), None
    outline = np.array(laid.query_region, np.float64)
    if laid.query_share < _WHOLE:
        outline = outline.mean(0) + _DRAWN_IN * (outline - outline.mean(0))
    matrix = np.array(laid.matrix, np.float64).reshape(3, 3)
    added = match.reference.width_px or reference.width_px, match.reference.height_px or reference.height_px
    return resized(added, (reference.width_px, reference.height_px)) @ matrix, outline


def _turned(words: str, query: WorkingCopy, reference: WorkingCopy) -> Floats:
    import numpy as np

    mirrored, quarters = next(((one, number) for said, one, number in TURNS if said == words), (False, 0))
    width, height = query.width_px, query.height_px
    matrix = np.diag([-1.0 if mirrored else 1.0, 1, 1])
    matrix[0, 2] = width - 1 if mirrored else 0
    for _ in range(quarters):
        matrix = np.array([[0, 1, 0], [-1, 0, width - 1], [0, 0, 1.0]]) @ matrix
        width, height = height, width
    return resized((width, height), (reference.width_px, reference.height_px)) @ matrix
