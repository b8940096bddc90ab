"""Where a step can start: places that somebody names, publications of this picture, the day of the scene."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from ...model.days.calendars import before_photography
from ...model.evidence import Appearance, Claim, Evidence, Lead, LeadKind
from ...model.place import Place
from ...model.publication import CopyKind
from ...model.said import span
from ...model.time import Interval
from ..seen_words import dated

SEEN_FROM_ORBIT_KM = 60.0
"""A place this small can be looked for on satellite images: the circle of a large city, not of a region."""
FIRST_FROM_ORBIT = datetime(1972, 7, 23, tzinfo=UTC)
"""Launch of Landsat 1: of earlier days there is nothing to compare a scene with that a desk could ask for."""
_OTHER_PICTURES = (CopyKind.SIMILAR_SCENE, CopyKind.DIFFERENT_IMAGE)


def places(items: Iterable[Evidence]) -> Iterator[tuple[Evidence, Place]]:
    """Every place that an item gives the picture, as it stands there; no look-alike and no denial."""
    for item in items:
        if isinstance(item, Claim | Lead) and not (isinstance(item, Lead) and item.lead is LeadKind.SIMILARITY):
            place = None if getattr(item, "denies", False) or getattr(item, "defeaters", ()) else item.place
        else:
            place = item.caption_place if isinstance(item, Appearance) and not item.caption_denies else None
        if place is not None:
            yield item, place


def small(place: Place) -> bool:
    """Whether a place is small enough to be looked for from orbit."""
    return place.lat_deg is not None and 0 <= place.radius_km <= SEEN_FROM_ORBIT_KM


def day(items: Iterable[Evidence], *, refuted: bool = False) -> str:
    """By which day the scene must stand there: that of the earliest dated publication, else the claimed time.

    `refuted`: the claimed time is not that of the picture, so that no scene of that day need be looked for.
    """
    published, claimed = _scene_times(items)
    if published is not None:
        return f" from {span(published)} or shortly before"
    return f" from the claimed time, {span(claimed)}" if claimed is not None and not refuted else ""


def _scene_times(items: Iterable[Evidence]) -> tuple[Interval | None, Interval | None]:
    """Of the earliest dated publication, and the claimed time."""
    items = tuple(items)
    published = next((item.published for item in published_of_this(items) if item.published), None)
    claimed = (item.time for item in items if isinstance(item, Claim) and item.tested and item.time is not None)
    return published, next(claimed, None)


def before_orbit(items: Iterable[Evidence], *, refuted: bool = False) -> bool:
    """Whether that day lies before there were satellite images; `refuted` as above."""
    published, claimed = _scene_times(items)
    said = published or (None if refuted else claimed)
    return said is not None and said.latest is not None and said.latest < FIRST_FROM_ORBIT


def published_of_this(items: Iterable[Evidence]) -> list[Appearance]:
    """Publications of this picture, the earliest first, of several on one day the best vouched for, and what this
    program matched before what was told: of no other picture, and of none that counts for nothing.
    """
    of_this = (item for item in items if isinstance(item, Appearance) and item.copy not in _OTHER_PICTURES)
    return sorted(
        (item for item in of_this if not (item.defeaters or (item.published and before_photography(item.published)))),
        key=lambda item: (dated(item)[:2], item.grade.reliability, item.grade.credibility, not item.match_id, item.id),
    )
