"""Copies that the fitted score refuses, since it was taught to refuse what looks like another moment; by strict rules.

Two kinds lie so exactly that no other photograph of the scene does. What was printed badly, painted over and scanned,
or run through strong tones, disagrees a little everywhere, but a crop, a turn and a scale bring its points together,
without depth, stretch or perspective. What was photographed off a screen has perspective, but agrees in every block.

The limits were set on the photographs kept for fitting (benchmarks/copies/fitting_photos.csv): of their other
photographs of a scene and of their strangers none is let through. Scores, and with them the chance that is stated
(chance.py), stay what they are.
"""

from __future__ import annotations

from . import scoring
from .agreement import Agreement

_RELATED_FROM, _POINTS, _HULL, _FOUND = -0.5, 30, 0.15, 0.2
_MOST_BEND, _MOST_STRETCH, _MOST_PARALLAX, _MOST_SHARED_SHIFT = 0.06, 1.02, 0.3, 0.35
_LEAST_ALIKE, _MOST_APART, _MOST_BEST = 0.65, 0.2, 0.97
"""Where a quarter of the blocks agree better than the last of these, all would in a copy: something moved."""
_FLAT_RELATED_FROM, _FLAT_COPIED_FROM, _FLAT_POINTS = 3.0, 0.0, 60
_FLAT_ALIKE, _FLAT_APART, _FLAT_PARALLAX, _FLAT_DRIFT_SHARE = 0.95, 0.015, 0.2, 0.0012


def a_copy_still(agreement: Agreement) -> bool:
    """Whether what the score refuses is a copy nevertheless."""
    return not scoring.overlapping_view(agreement) and (_worn(agreement) or _off_a_screen(agreement))


def _worn(seen: Agreement) -> bool:
    """Laid by a crop, a turn and a scale alone, and a little off everywhere."""
    exact = seen.bend <= _MOST_BEND and seen.stretch <= _MOST_STRETCH and seen.parallax <= _MOST_PARALLAX
    many = seen.points >= _POINTS and min(seen.hull_query, seen.hull_reference) >= _HULL and seen.found_inside >= _FOUND
    alike = seen.inside_alike >= _LEAST_ALIKE and seen.inside_apart <= _MOST_APART and seen.inside_best <= _MOST_BEST
    still = seen.shift_agrees <= _MOST_SHARED_SHIFT
    return exact and many and alike and still and scoring.related(seen) >= _RELATED_FROM


def _off_a_screen(seen: Agreement) -> bool:
    """Laid by a homography, without depth, and alike in every block."""
    flat = seen.parallax <= _FLAT_PARALLAX and seen.drift_share < _FLAT_DRIFT_SHARE
    alike = seen.inside_alike >= _FLAT_ALIKE and seen.inside_apart <= _FLAT_APART
    sure = scoring.related(seen) >= _FLAT_RELATED_FROM and scoring.copied(seen) >= _FLAT_COPIED_FROM
    return flat and alike and sure and seen.points >= _FLAT_POINTS and seen.shift_agrees <= _MOST_SHARED_SHIFT
