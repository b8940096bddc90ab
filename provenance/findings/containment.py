"""Whether a position lies in a country or region, by borders and administrative codes and never by circles."""

from __future__ import annotations

from ..gazetteer.borders import BORDER_KM, FARTHEST_KM, country_at
from ..gazetteer.find import find
from ..gazetteer.nearest import nearest
from ..gazetteer.table import Kind
from ..model.place import Level, Place

_FINE = (Level.POINT, Level.CITY)


def lies_in(place: Place, area: Place) -> bool | None:
    """True or False where borders or codes tell; None where they do not: near a border, at sea, of a wide circle."""
    if place.lat_deg is None or place.lon_deg is None or place.level not in _FINE or place.radius_km > FARTHEST_KM:
        return None
    if area.level is Level.COUNTRY and area.cc:
        if place.cc:
            return None  # somebody said which; regions.py weighs codes
        codes = country_at(place.lat_deg, place.lon_deg, within_km=max(BORDER_KM, place.radius_km))
        return None if not codes else area.cc in codes if len(codes) == 1 or area.cc not in codes else None
    if area.level is Level.REGION:
        return _in_region(place.lat_deg, place.lon_deg, area)
    return None


def _in_region(lat_deg: float, lon_deg: float, area: Place) -> bool | None:
    """By the region of the settlements around: all three in it, or none."""
    regions = [one for one in find(area.name, cc=area.cc) if one.kind is Kind.REGION]
    if len(regions) != 1:
        return None
    around = nearest(lat_deg, lon_deg)[:3]
    within = {(one.cc, one.admin1) == (regions[0].cc, regions[0].name) for one in around}
    return within.pop() if len(within) == 1 else None
