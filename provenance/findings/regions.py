"""How two places relate: containment by country code and level, separation by distance on the ellipsoid.

A circle around a country takes in its neighbours (Brussels lies inside the circle of France), so a circle can never
show that a place is inside a country; codes alone can never show that it is outside: some areas carry two (Sevastopol).
Of a position without a code the borders tell (containment.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..model.place import Level, Place
from ..placetime.distance import gap_km, geodesic_km
from .containment import lies_in

_COARSENESS = {level: rank for rank, level in enumerate(Level)}
# Countries that both give an area their code, or whose border sources draw differently: a differing code is then no
# contradiction by itself. Used only where a place has no coordinates.
CONTESTED = frozenset(
    map(
        frozenset,
        [
            ("AM", "AZ"),
            ("CN", "HK"),
            ("CN", "IN"),
            ("CN", "TW"),
            ("CY", "TR"),
            ("EH", "MA"),
            ("GE", "RU"),
            ("IL", "PS"),
            ("IL", "SY"),
            ("IN", "PK"),
            ("KR", "KP"),
            ("MD", "RU"),
            ("RS", "XK"),
            ("RU", "UA"),
        ],
    )
)


class Relation(StrEnum):
    """How an item's place stands to a claimed one."""

    INSIDE = "inside"
    DISJOINT = "disjoint"
    OPEN = "open"
    """They overlap, the item is the coarser one, or it cannot be known: neither for nor against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relating:
    """A relation with the gap between the two circles, km, where they are disjoint and it can be computed."""

    relation: Relation
    gap_km: float | None = None


def relate(place: Place, claimed: Place) -> Relating:
    """Inside, disjoint or open. Disjoint means: not inside either way, and a gap d - r1 - r2 > 0 on WGS 84."""
    if inside(place, claimed):
        return Relating(relation=Relation.INSIDE)
    if inside(claimed, place):
        return Relating(relation=Relation.OPEN)
    gap = gap_km(place, claimed)
    if (gap is None or gap <= 0) and lies_in(place, claimed) is False:
        return Relating(relation=Relation.DISJOINT)
    if gap is None:
        apart = bool(place.cc and claimed.cc) and place.cc != claimed.cc
        apart = apart and frozenset((place.cc, claimed.cc)) not in CONTESTED
        return Relating(relation=Relation.DISJOINT if apart else Relation.OPEN)
    return Relating(relation=Relation.DISJOINT, gap_km=gap) if gap > 0 else Relating(relation=Relation.OPEN)


def inside(place: Place, claimed: Place) -> bool:
    """Whether a place, no coarser than the claimed one, lies within it. "Russia" is never inside "Kursk"."""
    if _COARSENESS[place.level] > _COARSENESS[claimed.level]:
        return False
    same_name = plain_name(place) == plain_name(claimed)
    if claimed.level is Level.COUNTRY and claimed.cc:
        return place.cc == claimed.cc or (not place.cc and (same_name or lies_in(place, claimed) is True))
    if claimed.level is Level.REGION and (told := lies_in(place, claimed)) is not None:
        return told
    differs = bool(place.cc and claimed.cc) and place.cc != claimed.cc and claimed.level is not Level.CONTINENT
    distance_km = geodesic_km(place, claimed)
    if distance_km is None:
        return same_name and not differs
    return (same_name or not differs) and distance_km <= max(claimed.radius_km, place.radius_km if same_name else 0.0)


def plain_name(place: Place) -> str:
    """The name for comparing: what stands before a comma or bracket, without case."""
    return place.name.partition(",")[0].partition("(")[0].strip().casefold()
