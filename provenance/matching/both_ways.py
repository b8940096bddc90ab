"""Two pictures laid against one another: the second sought in the first, then the first in the second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..fingerprint.local.encode import features
from ..model.features import LEAST_POINTS, Features
from ..model.matches import Alignment, Answer
from . import spoken
from .opened import mended
from .points import geometry
from .region import regions
from .sighted import Sighting, sighted, within
from .views import View, Views


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The surest answer and its alignment, from the first picture to the second."""

    answer: Answer
    alignment: Alignment
    filled: bool = False
    """As in Sighting."""


def seen(first: Views, second: Views) -> Seen | None:
    """Each sought in the other as it is, then by its inner photographs and in more detail; None without a transform.

    Both are at hand, so each alignment is compared in full (opened.py).
    A picture is searched more finely than it is kept, so a part of a picture is found best when the whole is searched.
    """
    best: tuple[Sighting, _Side] | None = None
    sides = (
        _Side(looked_at=first, other=second, kept=features(second.copy), swapped=False),
        _Side(looked_at=second, other=first, kept=features(first.copy), swapped=True),
    )
    for looks in (_first_looks, _later_looks):
        for side in sides:
            for one in _sightings(side, looks):
                if one.filled:
                    return _told(one, side)
                if best is None or one.order < best[0].order:
                    best = one, side
            if best is not None and best[0].answer is Answer.COPY:
                return _told(*best)
    return None if best is None else _told(*best)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One of the two is looked at; the other is known by its points."""

    looked_at: Views
    other: Views
    kept: Features
    """Points of the other."""
    swapped: bool
    """Whether the second is the one that is looked at."""


def _sightings(side: _Side, looks: Callable[[Views], Iterator[View]]) -> Iterator[Sighting]:
    for view in looks(side.looked_at):
        yield from _laid(view, side.kept, side.other)


def _first_looks(views: Views) -> Iterator[View]:
    yield views.whole


def _later_looks(views: Views) -> Iterator[View]:
    yield from (views.part(box) for box in views.inner)
    if views.sharper is not None:
        yield views.sharper


def _laid(view: View, kept: Features, other: Views) -> list[Sighting]:
    """The other picture, of which `kept` is known, laid against a view."""
    if view.query is None or kept.points < LEAST_POINTS:
        return []
    both = [sighted(view.query, kept, "", mirrored=hand) for hand in (False, True)]
    whole = view.frame is not None and view.share == 1
    seen = [one if whole else within(one, view) for one in both if one is not None]
    return [mended(one, view, other.copy) for one in seen]


def _told(sighting: Sighting, side: _Side) -> Seen:
    laid = spoken.alignment(
        sighting,
        query_px=side.looked_at.size_px,
        reference_px=side.other.size_px,
        regions=regions(sighting, side.looked_at),
    )
    laid = _turned_over(laid, sighting) if side.swapped else laid
    return Seen(answer=sighting.answer, alignment=laid, filled=sighting.filled)


def _turned_over(laid: Alignment, sighting: Sighting) -> Alignment:
    """The same alignment seen from the other picture. Mirrored, a turn has the same sense from both sides."""
    import numpy as np

    back = geometry.inverse(np.array(laid.matrix).reshape(3, 3))
    back = back / (back[2, 2] if abs(back[2, 2]) > 1e-9 else 1.0)
    a, b, c, d, e, f, g, h, i = (float(f"{value:.9g}") + 0.0 for value in back.ravel().tolist())
    return replace(
        laid,
        query_region=laid.reference_region,
        reference_region=laid.query_region,
        query_share=laid.reference_share,
        reference_share=laid.query_share,
        turn_deg=laid.turn_deg if laid.mirrored else -laid.turn_deg + 0.0,
        scale=round(1 / max(laid.scale, 1e-6), 3),
        points_in_view=sighting.laid.agreement.covered,
        matrix=(a, b, c, d, e, f, g, h, i),
        pairs=tuple(
            sorted(((u, v, x, y) for x, y, u, v in laid.pairs), key=lambda pair: (pair[1], pair[0], *pair[2:]))
        ),
    )
