"""Distances on the WGS 84 ellipsoid, and the audit of "A is N km from B".

Geodesics by C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013) 43-55, as implemented in geographiclib:
exact to nanometres, where a sphere is off by up to 0.56 per cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ..gazetteer.find import Candidate, find
from ..gazetteer.inflected import base_forms
from ..gazetteer.keys import fold
from ..gazetteer.table import Kind
from ..model.evidence import StatedDistance
from ..model.place import Level, Place

KM_PER_MILE = 1.609344
KM_PER_NAUTICAL_MILE = 1.852
# Published distances are rounded and measured from other points of a city: below this they are not worth a note.
TOLERATED_SHARE = 0.05
# Roads and railways between far cities are longer than the straight line by a tenth to a half (Moscow-Krasnoyarsk by
# rail 4,098 km, straight 3,363); beyond 1.8 times a detour is no longer the likely cause.
LONGEST_DETOUR = 1.8
CITY_RADIUS_KM = 20.0
# Of several places of one name the largest is meant when it is a city and ten times the next; the note names it.
CITY_PEOPLE, TIMES_THE_NEXT = 50_000, 10
_MOST_NAMESAKES = 12
# A namesake that fits a stated distance this well may be the place that is meant.
NAMESAKE_SHARE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A stated distance beside the straight line between the two places."""

    stated: StatedDistance
    start: Place
    end: Place
    straight_km: float
    flagged: bool
    """Whether they differ by more than 5 per cent and more than the two radii."""
    causes: tuple[str, ...] = ()
    """Likely causes of the difference, most likely first."""
    words: str = ""
    """The length as a text has it ("2,700 miles"); "" for a distance that the desk recorded in kilometres."""


def geodesic_km(first: Place, second: Place) -> float | None:
    """Shortest distance between the centres, km; None when one of them has no coordinates."""
    if first.lat_deg is None or first.lon_deg is None or second.lat_deg is None or second.lon_deg is None:
        return None
    return _inverse_km(first.lat_deg, first.lon_deg, second.lat_deg, second.lon_deg)


@lru_cache(maxsize=4096)
def _inverse_km(lat1_deg: float, lon1_deg: float, lat2_deg: float, lon2_deg: float) -> float:
    from geographiclib.geodesic import Geodesic

    return float(Geodesic.WGS84.Inverse(lat1_deg, lon1_deg, lat2_deg, lon2_deg, Geodesic.DISTANCE)["s12"]) / 1000


def moved(place: Place, bearing_deg: float, km: float) -> Place | None:
    """The place so many kilometres on, at a bearing in degrees from north over east; None without coordinates."""
    if place.lat_deg is None or place.lon_deg is None:
        return None
    from geographiclib.geodesic import Geodesic

    at = Geodesic.WGS84.Direct(place.lat_deg, place.lon_deg, bearing_deg, 1000 * km)
    return replace(place, lat_deg=round(at["lat2"], 5), lon_deg=round(at["lon2"], 5))


def middle(first: Place, second: Place) -> Place | None:
    """The first place moved half the way to the second; None where one of them has no coordinates."""
    if first.lat_deg is None or first.lon_deg is None or second.lat_deg is None or second.lon_deg is None:
        return None
    from geographiclib.geodesic import Geodesic

    way = Geodesic.WGS84.Inverse(first.lat_deg, first.lon_deg, second.lat_deg, second.lon_deg)
    return moved(first, way["azi1"], way["s12"] / 2000)


def gap_km(first: Place, second: Place) -> float | None:
    """Distance between the two circles, km; negative when they overlap, None when it cannot be known."""
    distance_km = geodesic_km(first, second)
    return None if distance_km is None else distance_km - first.radius_km - second.radius_km


def audit(stated: StatedDistance, places: Iterable[Place] = (), *, words: str = "") -> Audit | None:
    """Recompute a stated distance; None when one of its names is not known, or stands for two places.

    Names are looked for among `places` first, then in the gazetteer; of several places of a name there, that in a
    country that `places` or the name itself gives ("Paris, US"), else one that is far larger than the others. Where
    a namesake of one end lies about as far from the other as stated, it cannot be told which is meant.
    """
    known = [place for place in places if place.lat_deg is not None]
    starts, ends = _meant(stated.start, known), _meant(stated.end, known)
    if not starts or not ends:
        return None
    start, end = starts[0], ends[0]
    straight_km = geodesic_km(start, end)
    if straight_km is None:
        return None
    tolerated_km = _tolerated_km(start, end, straight_km)
    flagged = abs(stated.km - straight_km) > tolerated_km
    if flagged and _namesake_fits(stated.km, starts, ends):
        return None
    return Audit(
        stated=stated,
        start=start,
        end=end,
        straight_km=straight_km,
        flagged=flagged,
        causes=_causes(stated.km, straight_km, tolerated_km) if flagged else (),
        words=words,
    )


def namesake_fits(stated: StatedDistance, places: Iterable[Place] = ()) -> bool:
    """Whether `audit` says nothing of a distance because a namesake of one end lies about as far away as stated."""
    known = [place for place in places if place.lat_deg is not None]
    starts, ends = _meant(stated.start, known), _meant(stated.end, known)
    return bool(starts and ends) and audit(stated, known) is None and _namesake_fits(stated.km, starts, ends)


def _namesake_fits(stated_km: float, starts: list[Place], ends: list[Place]) -> bool:
    others = [(starts[0], one) for one in ends[1:]] + [(one, ends[0]) for one in starts[1:]]
    return any(_nears(stated_km, *pair) for pair in others)


def _tolerated_km(start: Place, end: Place, straight_km: float) -> float:
    return max(TOLERATED_SHARE * straight_km, start.radius_km + end.radius_km)


def _nears(stated_km: float, start: Place, end: Place) -> bool:
    straight_km = geodesic_km(start, end)
    share = NAMESAKE_SHARE * (straight_km or 0.0)
    return straight_km is not None and abs(stated_km - straight_km) <= max(share, start.radius_km + end.radius_km)


def _meant(name: str, places: list[Place]) -> list[Place]:
    """The place that a name means, then its namesakes; empty when it is not known or cannot be told."""
    wanted = {fold(_plain(name)), *base_forms(_plain(name))} - {""}
    found = [place for place in places if fold(_plain(place.name)) in wanted]
    if found:
        finest = min(found, key=lambda place: (place.radius_km, place.name))
        apart = (geodesic_km(finest, other) or 0.0 for other in found)
        near = all(km <= max(CITY_RADIUS_KM, other.radius_km) for km, other in zip(apart, found, strict=True))
        return [finest] if near else []
    bare, _, cc = (part.strip() for part in name.partition(","))
    candidates = [one for one in find(bare, cc=cc if len(cc) == 2 else "") if one.kind is Kind.SETTLEMENT]
    chosen = _chosen(candidates, {place.cc for place in places if place.cc})
    if chosen is None:
        return []
    others = [one for one in candidates if one is not chosen]
    return [_place(name, one) for one in (chosen, *others[:_MOST_NAMESAKES])]


def named_place(candidates: Sequence[Candidate], countries: set[str]) -> Place | None:
    """What a name in running text means: a country, or the one settlement or region left; None where it cannot be told.

    `countries`: those spoken of beside it. Elsewhere a village is none: everyday words are names of small places.
    """
    first = candidates[0] if candidates else None
    if first is not None and first.kind is Kind.COUNTRY:
        return Place(name=first.name, cc=first.cc, level=Level.COUNTRY)
    one = _chosen([one for one in candidates if one.kind is Kind.SETTLEMENT] or list(candidates), countries)
    if one is None or (one.cc not in countries and one.population < CITY_PEOPLE):
        return None
    return replace(_place(one.name, one), level=Level.REGION if one.kind is Kind.REGION else Level.CITY)


def _chosen(candidates: list[Candidate], countries: set[str]) -> Candidate | None:
    """The one candidate, the one in a country that is spoken of, or the one far larger than all others."""
    there = [one for one in candidates if one.cc in countries]
    for listed in (candidates, there):
        if len(listed) == 1:
            return listed[0]
    ranked = sorted(candidates, key=lambda one: -one.population)
    if ranked and ranked[0].population >= max(CITY_PEOPLE, TIMES_THE_NEXT * ranked[1].population):
        return ranked[0]
    return None


def _place(name: str, one: Candidate) -> Place:
    return Place(
        name=name,
        cc=one.cc,
        lat_deg=one.lat_deg,
        lon_deg=one.lon_deg,
        radius_km=max(CITY_RADIUS_KM, one.radius_km),
        level=Level.CITY,
    )


def _plain(name: str) -> str:
    return name.partition(",")[0].partition("(")[0].strip().casefold()


def _causes(stated_km: float, straight_km: float, tolerated_km: float) -> tuple[str, ...]:
    def near(km: float) -> bool:
        return abs(km - straight_km) <= tolerated_km

    found = []
    if near(stated_km * KM_PER_MILE):
        found.append("the number may be miles written as kilometres")
    if near(stated_km / KM_PER_MILE):
        found.append("kilometres may have been converted from miles twice")
    if near(stated_km * KM_PER_NAUTICAL_MILE):
        found.append("the number may be nautical miles written as kilometres")
    if straight_km < stated_km <= LONGEST_DETOUR * straight_km:
        found.append("it may be a distance by road or rail")
    return (*found, "it may be measured between other end points")
