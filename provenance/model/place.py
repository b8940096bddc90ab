"""Places as circles with a level; containment is by administrative code, never by radius (findings/where.py)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EARTH_HALF_GIRTH_KM = 20_037.5


class Level(StrEnum):
    """How coarse a place is, finest first."""

    POINT = "point"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    CONTINENT = "continent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named area. Latitude and longitude in degrees (WGS 84), north and east positive; radius in km."""

    name: str
    cc: str = ""
    """ISO 3166-1 alpha-2 country code in capitals, or "" when unknown or spanning several."""
    lat_deg: float | None = None
    lon_deg: float | None = None
    radius_km: float = 0.0
    level: Level = Level.POINT

    def __post_init__(self) -> None:
        if (self.lat_deg is None) != (self.lon_deg is None):
            raise ValueError("a place has both coordinates or neither")
        if self.lat_deg is not None and not -90 <= self.lat_deg <= 90:
            raise ValueError(f"latitude {self.lat_deg} is not between -90 and 90")
        if self.lon_deg is not None and not -180 <= self.lon_deg <= 180:
            raise ValueError(f"longitude {self.lon_deg} is not between -180 and 180")
        if not 0 <= self.radius_km <= EARTH_HALF_GIRTH_KM:
            raise ValueError(f"a radius of {self.radius_km} km does not fit on Earth")
        if self.cc and not (len(self.cc) == 2 and self.cc.isascii() and self.cc.isupper()):
            raise ValueError(f"{self.cc!r} is no two-letter country code such as RU")
