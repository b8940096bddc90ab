"""Whether a position lies in a country or region, by borders and administrative codes and never by circles."""

from __future__ import annotations

from ..gazetteer.borders import BORDER_KM, FARTHEST_KM, borders, country_at
from ..gazetteer.find import find
from ..gazetteer.nearest import nearest
from ..gazetteer.table import Kind
from ..model.place import Level, Place

_FINE = (Level.POINT, Level.CITY)
# Areas that carry their own code while another state holds or claims all of them: whoever writes the state's name for
# such an area contradicts nobody. Where only a part is claimed, the borders hold both codes there.
CLAIMED_WHOLE = frozenset(map(frozenset, [("CN", "HK"), ("CN", "MO"), ("CN", "TW"), ("RS", "XK"), ("US", "PR")]))


def lies_in(place: Place, area: Place) -> bool | None:
    """True or False where borders or codes tell; None where they do not: near a border, at sea, of a wide circle."""
    if place.lat_deg is None or place.lon_deg is None or place.level not in _FINE or place.radius_km > FARTHEST_KM:
        return None
    if area.level is Level.COUNTRY and area.cc:
        return _in_country(place, place.lat_deg, place.lon_deg, area.cc)
    if area.level is Level.REGION:
        return _in_region(place.lat_deg, place.lon_deg, area)
    return None


def border_gap_km(place: Place, area: Place) -> float | None:
    """From the circle of a position outside a country to its border, km; None beyond 50 km or where none is known."""
    if place.lat_deg is None or place.lon_deg is None or not area.cc:
        return None
    data = borders()
    near = data.near(place.lat_deg, place.lon_deg, FARTHEST_KM)
    away_km = min((km for number, km in near.items() if area.cc in data.areas[number - 1][1]), default=None)
    return None if away_km is None else max(0.0, away_km - place.radius_km)


def _in_country(place: Place, lat_deg: float, lon_deg: float, cc: str) -> bool | None:
    """A code that somebody gave the place can make the answer open, never certain."""
    codes = country_at(lat_deg, lon_deg, within_km=max(BORDER_KM, place.radius_km))
    if not codes:
        return None
    if cc in codes:
        return True if len(codes) == 1 and place.cc in ("", cc) else None
    own = {code for code in (place.cc, *codes) if code}
    return None if any(frozenset((code, cc)) in CLAIMED_WHOLE for code in own) else False


def _in_region(lat_deg: float, lon_deg: float, area: Place) -> bool | None:
    """By the region of the settlements around: all three in it, or none."""
    regions = [one for one in find(area.name, cc=area.cc) if one.kind is Kind.REGION]
    if len(regions) != 1:
        return None
    around = nearest(lat_deg, lon_deg)[:3]
    within = {(one.cc, one.admin1) == (regions[0].cc, regions[0].name) for one in around}
    return within.pop() if len(within) == 1 else None
