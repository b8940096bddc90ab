"""How two places relate: containment by country code and level, separation by distance on the ellipsoid.

A circle around a country takes in its neighbours (Brussels lies inside the circle of France), so a circle can never
show that a place is inside a country. Where circles overlap, borders tell which positions lie outside (containment.py);
codes do so between two areas or two towns, unless both codes stand at the position of one (Crimea).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ..model.place import Level, Place
from ..placetime.candidates import candidates_for, of_level
from ..placetime.distance import gap_km, geodesic_km
from ..placetime.meant import beside_its_own
from .containment import FINE, border_gap_km, by_settlements, codes_differ, in_part, lies_in, one_land, shares_code

TIMES_A_NAMESAKE = 20
"""How much larger the place in a claimed country is than all its namesakes abroad, to be meant by the name alone:
Paris, but neither of the two Donetsk, of which one has eighteen times the people.
"""
_COARSENESS = {level: rank for rank, level in enumerate(Level)}


class Relation(StrEnum):
    """How an item's place stands to a claimed one."""

    INSIDE = "inside"
    DISJOINT = "disjoint"
    OPEN = "open"
    """They overlap, the item is the coarser one, or it cannot be known: neither for nor against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relating:
    """A relation with the gap, km, where they are disjoint and it can be computed."""

    relation: Relation
    gap_km: float | None = None
    by_border: bool = False
    """Whether a border or codes tell them apart, and not the distance between two circles."""


def relate(place: Place, claimed: Place) -> Relating:
    """Inside, disjoint or open. Disjoint means: not inside either way, and apart by distance, by a border or by codes.

    By distance: a gap d - r1 - r2 > 0 on WGS 84. By a border: the gap is that to the border, where it is near.
    """
    if inside(place, claimed):
        return Relating(relation=Relation.INSIDE)
    if inside(claimed, place):
        return Relating(relation=Relation.OPEN)
    gap = gap_km(place, claimed)
    if shares_code(place, claimed) or shares_code(claimed, place):
        return Relating(relation=Relation.OPEN)
    if gap is not None and gap > 0:
        return Relating(relation=Relation.DISJOINT, gap_km=gap)
    for one, area in ((place, claimed), (claimed, place)):
        if lies_in(one, area) is False:
            away_km = border_gap_km(one, area) if area.level is Level.COUNTRY else None
            return Relating(relation=Relation.DISJOINT, gap_km=away_km or None, by_border=True)
    apart = codes_differ(place, claimed) and (gap is None or _alike(place, claimed))
    return Relating(relation=Relation.DISJOINT, by_border=True) if apart else Relating(relation=Relation.OPEN)


def _alike(first: Place, second: Place) -> bool:
    """Whether codes tell two areas or two towns apart; of a position and an area the borders have spoken."""
    wide = {Level.COUNTRY, Level.REGION}
    return {first.level, second.level} <= wide or {first.level, second.level} <= {*FINE}


def inside(place: Place, claimed: Place) -> bool:
    """Whether a place, no coarser than the claimed one, lies within it. "Russia" is never inside "Kursk"."""
    if _COARSENESS[place.level] > _COARSENESS[claimed.level]:
        return False
    same_name = plain_name(place) == plain_name(claimed)
    if claimed.level is Level.COUNTRY and claimed.cc:
        if place.cc == claimed.cc or in_part(place, claimed):
            return True
        return not place.cc and (
            (same_name and not _may_be_abroad(place, claimed.cc)) or lies_in(place, claimed) is True
        )
    if claimed.level is Level.CONTINENT and (on_it := lies_in(place, claimed)) is not None:
        return on_it
    if claimed.level is Level.REGION and (told := by_settlements(place, claimed)) is not None:
        return told
    differs = bool(place.cc and claimed.cc) and place.cc != claimed.cc and claimed.level is not Level.CONTINENT
    distance_km = geodesic_km(place, claimed)
    if distance_km is None:
        return same_name and not differs and not _may_be_abroad(place, claimed.cc)
    if differs and (codes_differ(place, claimed) or not (same_name or one_land(place, claimed))):
        return False
    return distance_km <= max(claimed.radius_km, place.radius_km if same_name else 0.0)


# Each item is held against each claim and each other; the answers are the same.
@lru_cache(maxsize=256)
def _may_be_abroad(place: Place, cc: str) -> bool:
    """Whether a bare name is as well that of a place outside a country: "Tripoli" need not be the one in Lebanon.

    Not where those outside are far smaller, or smaller and have it beside their own: Homs, and Al Khums in Libya.
    """
    if not cc or place.cc or place.lat_deg is not None or place.level is not Level.CITY:
        return False
    places = of_level(candidates_for(place), place.level)
    within = [one for one in places if one.cc == cc]
    people = max((one.population for one in within), default=0)
    own = not all(map(beside_its_own, within))
    return any(
        one.population * (1 if own and beside_its_own(one) else TIMES_A_NAMESAKE) >= people
        for one in places
        if one.cc != cc
    )


def plain_name(place: Place) -> str:
    """The name for comparing: what stands before a comma or bracket, without case."""
    return place.name.partition(",")[0].partition("(")[0].strip().casefold()
