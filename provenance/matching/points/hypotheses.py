"""From tentative pairs to a transform: every pair proposes one, the best is refined. No chance is involved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import geometry, pairing
from .pairing import Pairs, Sides, guided

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rows = NDArray[np.int64]

FINAL_SHARE = 0.012
"""Tolerance of the last pairing, of the longer side of the reference."""
_SHRINKING = (0.035, 0.02, FINAL_SHARE)
_LEAST_PAIRS = 4
_MOST_STRETCH = 3.2
_SCALE, _TURN_DEG = 1.6, 30.0
_TRIED = 3
_REACH = 0.15
"""How far from its place, of the longer side of the reference, a proposal can leave a point that a fit then finds."""


def fit(both: Sides, pairs: Pairs, longest_px: int) -> tuple[Floats, Pairs] | None:
    """The transform from query to reference that brings most points together, and the pairs under it."""
    if len(pairs) < _LEAST_PAIRS:
        return None
    best: tuple[Floats, Pairs] | None = None
    for transform in _proposed(both, pairs, longest_px):
        refined = _refined(both, transform, longest_px)
        if refined is not None and (best is None or len(refined[1]) > len(best[1])):
            best = refined
    return best


def _proposed(both: Sides, pairs: Pairs, longest_px: int) -> list[Floats]:
    """The transforms of the pairs that most other pairs agree with; of those that agree with each other the first."""
    import numpy as np

    start, end = both.query_xy[pairs.query], both.reference_xy[pairs.reference]
    scale = both.reference_size_px[pairs.reference] / both.query_size_px[pairs.query]
    turn_deg = both.reference_angle_deg[pairs.reference] - both.query_angle_deg[pairs.query]
    turn = np.radians(turn_deg)
    rows, columns = _alike(np.log(scale), turn_deg)
    rows, columns = _near((start, end), scale, turn, (rows, columns), longest_px)
    support = np.bincount(rows, pairs.likeness[columns], minlength=len(pairs))
    starts = np.searchsorted(rows, np.arange(len(pairs) + 1))
    proposals: list[Floats] = []
    free = np.ones(len(pairs), np.bool_)
    while len(proposals) < _TRIED and free.any():
        row = int(np.where(free, support, -1).argmax())
        members = columns[starts[row] : starts[row + 1]]
        if len(members) < _LEAST_PAIRS:
            break
        fitted = geometry.affine(start[members], end[members]) if len(members) >= 6 else None
        one = geometry.similarity(float(scale[row]), float(turn[row]), start[row], end[row])
        proposals.append(fitted if fitted is not None and sane(fitted, start[row]) else one)
        free[members] = False
    return proposals


def _alike(enlarging: Floats, turn_deg: Floats) -> tuple[Rows, Rows]:
    """The pairs (columns) that agree with each pair (rows) in scale and turn; 32 bits are enough to tell."""
    import numpy as np

    size, turn = enlarging.astype(np.float32), (turn_deg % 360).astype(np.float32)
    between = np.abs(turn[None] - turn[:, None])
    alike = (between <= _TURN_DEG) | (between >= 360 - _TURN_DEG)
    alike &= np.abs(size[None] - size[:, None]) <= np.float32(np.log(_SCALE))
    return np.divmod(np.flatnonzero(alike), len(size))


def _near(
    ends: tuple[Floats, Floats], scale: Floats, turn: Floats, both: tuple[Rows, Rows], longest_px: int
) -> tuple[Rows, Rows]:
    """Of these rows and columns those where the similarity of the first pair brings the second together."""
    import numpy as np

    (start, end), (rows, columns) = ends, both
    away, aimed = start[columns] - start[rows], end[columns] - end[rows]
    cosine, sine = (scale * np.cos(turn))[rows], (scale * np.sin(turn))[rows]
    off_x = cosine * away[:, 0] - sine * away[:, 1] - aimed[:, 0]
    off_y = sine * away[:, 0] + cosine * away[:, 1] - aimed[:, 1]
    # A proposal is as exact as one point's size and direction are: the further away, the further off it may be.
    allowed = 0.012 * longest_px + 0.10 * scale[rows] * np.sqrt((away**2).sum(axis=1))
    near = off_x**2 + off_y**2 <= np.minimum(allowed, 0.06 * longest_px) ** 2
    return rows[near], columns[near]


def _refined(both: Sides, transform: Floats, longest_px: int) -> tuple[Floats, Pairs] | None:
    """Pair anew and fit anew under a tolerance that shrinks; the last fit is a homography where it stays sane."""
    both = pairing.around(both, transform, _REACH * longest_px)
    pairs: Pairs | None = None
    for share in _SHRINKING:
        pairs = guided(both, transform, share * longest_px)
        if len(pairs) < _LEAST_PAIRS:
            return None
        start, end = both.query_xy[pairs.query], both.reference_xy[pairs.reference]
        fitted = geometry.affine(start, end)
        if fitted is None or not sane(fitted, start.mean(axis=0)):
            return None
        transform = fitted
    for _ in range(2):
        pairs = guided(both, transform, FINAL_SHARE * longest_px)
        if len(pairs) < _LEAST_PAIRS:
            return None
        start, end = both.query_xy[pairs.query], both.reference_xy[pairs.reference]
        bent = geometry.homography(start, end) if len(pairs) >= 12 else geometry.affine(start, end)
        if bent is None or not _sane_everywhere(bent, start):
            break
        transform = bent
    pairs = guided(both, transform, FINAL_SHARE * longest_px)
    return None if len(pairs) < _LEAST_PAIRS else (transform, pairs)


def sane(transform: Floats, at: Floats) -> bool:
    """Whether it keeps handedness and stretches no more than a photographed screen or a squeezed picture does."""
    scale, ratio, _ = geometry.stretch(transform, at)
    return 0.02 < scale < 50 and ratio <= _MOST_STRETCH


def _sane_everywhere(transform: Floats, xy: Floats) -> bool:
    return all(sane(transform, at) for at in (xy.min(axis=0), xy.mean(axis=0), xy.max(axis=0)))
