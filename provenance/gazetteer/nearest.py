"""A position -> the settlements around it, with distance and bearing: what a desk calls a place that has no name."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass

from .borders import country_at
from .table import BAND_DEG, row_of, table

FARTHEST_KM = 2_000.0
SETTLEMENTS = 3
# What is listed of the other side where a border is that near: the town there may be the one meant.
ACROSS_KM = 50.0
_START_KM = 5.0
_EARTH_KM = 6371.0088
_KM_PER_DEG = 111.195
_WINDS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
_MOST_ROWS = 20_000
_MOST_NEAR = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A settlement of about 500 people or more near a position."""

    name: str
    cc: str
    """By GeoNames; in disputed areas it may differ from `country_at`."""
    admin1: str
    lat_deg: float
    lon_deg: float
    population: int
    distance_km: float
    """From the position to its centre, on a sphere: good to half of one in a hundred."""
    bearing_deg: float
    """From the settlement to the position, clockwise from north."""

    @property
    def direction(self) -> str:
        """The bearing as one of eight winds."""
        return _WINDS[round(self.bearing_deg / 45) % 8]


def nearest(lat_deg: float, lon_deg: float) -> tuple[Settlement, ...]:
    """The three nearest settlements, nearest first, and the nearest of every other country whose border is near.

    Empty farther than 2,000 km from all. Raises ValueError for what is no position.
    """
    countries = country_at(lat_deg, lon_deg)
    reach_km, found = _START_KM, list[tuple[float, int]]()
    while reach_km <= FARTHEST_KM:
        found = [one for one in _within(lat_deg, lon_deg, reach_km) if one[0] <= reach_km]
        if len(found) >= SETTLEMENTS:
            break
        reach_km *= 2
    found.sort()
    listed = [_settlement(lat_deg, lon_deg, *one) for one in found[:SETTLEMENTS]]
    missing = set(countries) - {one.cc for one in listed}
    if missing:
        for away in sorted(_within(lat_deg, lon_deg, ACROSS_KM)):
            if away[0] > ACROSS_KM or not missing:
                break
            one = _settlement(lat_deg, lon_deg, *away)
            if one.cc in missing:
                listed.append(one)
                missing.discard(one.cc)
    return tuple(listed)


def regions_near(lat_deg: float, lon_deg: float, within_km: float) -> frozenset[tuple[str, str]]:
    """Country code and region of the settlements within a distance (at most 50 km); of very many the nearest count."""
    found = sorted(_within(lat_deg, lon_deg, min(ACROSS_KM, within_km)))[:_MOST_NEAR]
    rows = (table().row(index) for away_km, index in found if away_km <= within_km)
    return frozenset((row.cc, row.admin1) for row in rows)


def _within(lat_deg: float, lon_deg: float, reach_km: float) -> list[tuple[float, int]]:
    """Distance and row of every settlement in the box around a position; east and west of the antimeridian too."""
    data = table()
    high = reach_km / _KM_PER_DEG
    narrow = math.cos(math.radians(min(89.9, abs(lat_deg) + high)))
    wide = min(180.0, high / max(narrow, 1e-3))
    found: list[tuple[float, int]] = []
    first, last = row_of(max(-90.0, lat_deg - high)), row_of(min(90.0 - BAND_DEG / 2, lat_deg + high))
    sides = [(lon_deg - wide, lon_deg + wide)]
    sides += [(lon_deg - wide + 360, 180.0)] if lon_deg - wide < -180 else []
    sides += [(-180.0, lon_deg + wide - 360)] if lon_deg + wide > 180 else []
    for band in range(first, last + 1):
        start, end = data.row_start[band], data.row_start[band + 1]
        for west, east in sides:
            row = bisect_left(data.lon, math.floor(west * 1e5), start, end)
            limit = math.ceil(east * 1e5)
            while row < end and data.lon[row] <= limit and len(found) < _MOST_ROWS:
                found.append((sphere_km(lat_deg, lon_deg, data.lat[row] / 1e5, data.lon[row] / 1e5), row))
                row += 1
    return found


def _settlement(lat_deg: float, lon_deg: float, distance_km: float, index: int) -> Settlement:
    row = table().row(index)
    return Settlement(
        name=row.name,
        cc=row.cc,
        admin1=row.admin1,
        lat_deg=row.lat_deg,
        lon_deg=row.lon_deg,
        population=row.population,
        distance_km=round(distance_km, 1),
        bearing_deg=round(_bearing_deg(row.lat_deg, row.lon_deg, lat_deg, lon_deg), 1),
    )


def sphere_km(lat1_deg: float, lon1_deg: float, lat2_deg: float, lon2_deg: float) -> float:
    """Haversine: the ellipsoid is not needed to say which town is nearest."""
    first, second = math.radians(lat1_deg), math.radians(lat2_deg)
    half = math.sin((second - first) / 2) ** 2
    half += math.cos(first) * math.cos(second) * math.sin(math.radians(lon2_deg - lon1_deg) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _bearing_deg(lat1_deg: float, lon1_deg: float, lat2_deg: float, lon2_deg: float) -> float:
    first, second, turn = math.radians(lat1_deg), math.radians(lat2_deg), math.radians(lon2_deg - lon1_deg)
    east = math.sin(turn) * math.cos(second)
    north = math.cos(first) * math.sin(second) - math.sin(first) * math.cos(second) * math.cos(turn)
    return math.degrees(math.atan2(east, north)) % 360
