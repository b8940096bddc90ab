"""Copies that the fitted score refuses, since it was taught to refuse what looks like another moment; by strict rules.

Two kinds lie so exactly that no other photograph of the scene does. What was run through strong tones, and printed
badly or painted over besides, disagrees a little everywhere, but a crop, a turn and a scale bring its points together,
without depth, stretch or perspective, and much of it is plain black or white, which says where the likeness went: a
camera at rest at another time of the day lies as exactly, in tones of its own. What was photographed off a screen has
perspective, but agrees in every block.

The limits were set on the photographs kept for fitting (benchmarks/copies/fitting_photos.csv): of their other
photographs of a scene and of their strangers none is let through. Scores, and with them the chance that is stated
(chance.py), stay what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import scoring
from .agreement import Agreement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RELATED_FROM, _POINTS, _HULL, _FOUND = -0.5, 30, 0.15, 0.2
_MOST_BEND, _MOST_STRETCH, _MOST_PARALLAX, _MOST_SHARED_SHIFT = 0.06, 1.02, 0.3, 0.35
_LEAST_ALIKE, _MOST_APART, _MOST_BEST = 0.65, 0.2, 0.97
"""Where a quarter of the blocks agree better than the last of these, all would in a copy: something moved."""
_BLACK, _WHITE, _LEAST_CLIPPED = 8, 247, 0.1
"""In fitting 0.04 to 0.5 of what ruined copies show is clipped, and at most 0.02 of frames that lie as exactly."""
_FLAT_RELATED_FROM, _FLAT_COPIED_FROM, _FLAT_POINTS = 3.0, 0.0, 60
_FLAT_ALIKE, _FLAT_APART, _FLAT_PARALLAX, _FLAT_DRIFT_SHARE = 0.95, 0.015, 0.2, 0.0012


def a_copy_still(agreement: Agreement, query_grey: NDArray[np.uint8], query_xy: NDArray[np.float64]) -> bool:
    """Whether what the score refuses is a copy nevertheless.

    `query_grey`, `query_xy`: the query as detected, shape (height, width), and its paired points, shape (n, 2).
    """
    if scoring.overlapping_view(agreement):
        return False
    return _off_a_screen(agreement) or (_worn(agreement) and clipped(query_grey, query_xy) >= _LEAST_CLIPPED)


def clipped(grey: NDArray[np.uint8], xy: NDArray[np.float64]) -> float:
    """Share of what lies in the hull of points that is black or white."""
    import cv2
    import numpy as np

    inside = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(inside, np.rint(cv2.convexHull(xy.astype(np.float32)).reshape(-1, 2)).astype(np.int32), 1)
    shown = grey[inside > 0]
    return float(((shown <= _BLACK) | (shown >= _WHITE)).mean()) if len(shown) else 0.0


def _worn(seen: Agreement) -> bool:
    """Laid by a crop, a turn and a scale alone, and a little off everywhere."""
    alike = seen.inside_alike >= _LEAST_ALIKE and seen.inside_apart <= _MOST_APART and seen.inside_best <= _MOST_BEST
    return alike and seen.shift_agrees <= _MOST_SHARED_SHIFT and lies_exactly(seen)


def lies_exactly(seen: Agreement) -> bool:
    """Whether a crop, a turn and a scale alone bring many points together, over much of both pictures."""
    exact = seen.bend <= _MOST_BEND and seen.stretch <= _MOST_STRETCH and seen.parallax <= _MOST_PARALLAX
    many = seen.points >= _POINTS and min(seen.hull_query, seen.hull_reference) >= _HULL and seen.found_inside >= _FOUND
    return exact and many and scoring.related(seen) >= _RELATED_FROM


def _off_a_screen(seen: Agreement) -> bool:
    """Laid by a homography, without depth, and alike in every block."""
    flat = seen.parallax <= _FLAT_PARALLAX and seen.drift_share < _FLAT_DRIFT_SHARE
    alike = seen.inside_alike >= _FLAT_ALIKE and seen.inside_apart <= _FLAT_APART
    sure = scoring.related(seen) >= _FLAT_RELATED_FROM and scoring.copied(seen) >= _FLAT_COPIED_FROM
    return flat and alike and sure and seen.points >= _FLAT_POINTS and seen.shift_agrees <= _MOST_SHARED_SHIFT
