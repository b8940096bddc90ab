"""Distances on the WGS 84 ellipsoid, and the audit of "A is N km from B".

Geodesics by C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013) 43-55, as implemented in geographiclib:
exact to nanometres, where a sphere is off by up to 0.56 per cent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..model.evidence import StatedDistance
from ..model.place import Level, Place
from .cities import CITIES

KM_PER_MILE = 1.609344
KM_PER_NAUTICAL_MILE = 1.852
# Published distances are rounded and measured from other points of a city: below this they are not worth a note.
TOLERATED_SHARE = 0.05
# Roads and railways between far cities are longer than the straight line by a tenth to a half (Moscow-Krasnoyarsk by
# rail 4,098 km, straight 3,363); beyond 1.8 times a detour is no longer the likely cause.
LONGEST_DETOUR = 1.8
CITY_RADIUS_KM = 20.0


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


def geodesic_km(first: Place, second: Place) -> float | None:
    """Shortest distance between the centres, km; None when one of them has no coordinates."""
    if first.lat_deg is None or first.lon_deg is None or second.lat_deg is None or second.lon_deg is None:
        return None
    return _inverse_km(first.lat_deg, first.lon_deg, second.lat_deg, second.lon_deg)


@lru_cache(maxsize=4096)
def _inverse_km(lat1_deg: float, lon1_deg: float, lat2_deg: float, lon2_deg: float) -> float:
    from geographiclib.geodesic import Geodesic

    return float(Geodesic.WGS84.Inverse(lat1_deg, lon1_deg, lat2_deg, lon2_deg, Geodesic.DISTANCE)["s12"]) / 1000


def gap_km(first: Place, second: Place) -> float | None:
    """Distance between the two circles, km; negative when they overlap, None when it cannot be known."""
    distance_km = geodesic_km(first, second)
    return None if distance_km is None else distance_km - first.radius_km - second.radius_km


def audit(stated: StatedDistance, places: Iterable[Place] = ()) -> Audit | None:
    """Recompute a stated distance; None when one of its names is not known, or stands for two places.

    Names are looked for among `places` first, then in the short list of cities.
    """
    known = [place for place in places if place.lat_deg is not None]
    start, end = _named(stated.start, known), _named(stated.end, known)
    if start is None or end is None:
        return None
    straight_km = geodesic_km(start, end)
    if straight_km is None:
        return None
    tolerated_km = max(TOLERATED_SHARE * straight_km, start.radius_km + end.radius_km)
    flagged = abs(stated.km - straight_km) > tolerated_km
    return Audit(
        stated=stated,
        start=start,
        end=end,
        straight_km=straight_km,
        flagged=flagged,
        causes=_causes(stated.km, straight_km, tolerated_km) if flagged else (),
    )


def _named(name: str, places: list[Place]) -> Place | None:
    wanted = _plain(name)
    found = [place for place in places if _plain(place.name) == wanted]
    if found:
        finest = min(found, key=lambda place: (place.radius_km, place.name))
        apart = (geodesic_km(finest, other) or 0.0 for other in found)
        return (
            finest
            if all(km <= max(CITY_RADIUS_KM, other.radius_km) for km, other in zip(apart, found, strict=True))
            else None
        )
    if (known := CITIES.get(wanted)) is None:
        return None
    return Place(name=name, lat_deg=known[0], lon_deg=known[1], radius_km=CITY_RADIUS_KM, level=Level.CITY)


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
