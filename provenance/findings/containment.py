"""Whether a position lies in a country or region, by borders and administrative codes and never by circles."""

from __future__ import annotations

from functools import lru_cache

from ..gazetteer.borders import BORDER_KM, FARTHEST_KM, borders, country_at
from ..gazetteer.continents import continent_called, on_continent
from ..gazetteer.narrowed import parts_of
from ..gazetteer.nearest import nearest, regions_near
from ..gazetteer.regions import region_called
from ..gazetteer.states import CONTESTED, STATE_OF, part_and_state
from ..model.place import Level, Place

FINE = (Level.POINT, Level.CITY)

# How well the borders are drawn (gazetteer/borders.py): good to some hundred metres.
DRAWN_KM = 1.0
# The centre of Kyiv is 15 km from the nearest town of Kyiv Oblast, that of Sevastopol 30 km from Crimea's.
REGION_KM = 40.0


def lies_in(place: Place, area: Place) -> bool | None:
    """True or False where borders or codes tell; None where they do not: near a border, at sea, of a wide circle."""
    if area.level is Level.CONTINENT:
        return _on_continent(place, area)
    if place.lat_deg is None or place.lon_deg is None or place.level not in FINE or place.radius_km > FARTHEST_KM:
        return None
    if area.level is Level.COUNTRY and area.cc:
        return _in_country(place, place.lat_deg, place.lon_deg, area.cc)
    if area.level is Level.REGION:
        abroad = bool(area.cc) and _in_country(place, place.lat_deg, place.lon_deg, area.cc) is False
        return False if abroad else _in_region(place, area)
    return None


def _on_continent(place: Place, continent: Place) -> bool | None:
    """By the code that somebody gave the place, else by those at its position where all of them say the same."""
    if place.level is Level.CONTINENT:
        codes = continent_called(place.name), continent_called(continent.name)
        return codes[0] == codes[1] if all(codes) else None
    told = {on_continent(cc, continent.name) for cc in ((place.cc,) if place.cc else codes_at(place))}
    return told.pop() if len(told) == 1 else None


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
    codes = _codes_of(place, lat_deg, lon_deg)
    if not codes:
        return None
    if cc in codes:
        return True if len(codes) == 1 and place.cc in ("", cc) else None
    return None if any(STATE_OF.get(code) == cc for code in (place.cc, *codes)) else False


def _codes_of(place: Place, lat_deg: float, lon_deg: float) -> tuple[str, ...]:
    """The codes that may be right for a place. A city is of one country however near the border of the next.

    Where nobody gave the place the code that its position has, the doubt of the border and of the position remains; not
    of a city that bears a neighbour's code beside a border that nobody contests: there the line is drawn inexactly.
    """
    at = _codes(lat_deg, lon_deg, 0.0)
    if place.cc and place.cc in at:
        return at if place.level is Level.CITY else _codes(lat_deg, lon_deg, max(DRAWN_KM, place.radius_km))
    near = _codes(lat_deg, lon_deg, max(BORDER_KM, place.radius_km))
    if place.level is Level.CITY and len(at) == 1 and _of_the_next(place.cc, at[0]):
        return (place.cc,) if place.cc in _codes(lat_deg, lon_deg, DRAWN_KM) else near
    return near


def _of_the_next(cc: str, at: str) -> bool:
    """Whether two codes are of neighbours between whom no area is contested, and neither is a part of the other."""
    return bool(cc) and not part_and_state(cc, at) and frozenset((cc, at)) not in CONTESTED


def by_settlements(place: Place, region: Place) -> bool | None:
    """Whether the three settlements nearest to a position belong to a region: True or False where all or none does."""
    if place.lat_deg is None or place.lon_deg is None or place.level not in FINE or place.radius_km > FARTHEST_KM:
        return None
    known = _region(region)
    within = {one == known for one in _around(place.lat_deg, place.lon_deg)} if known else set()
    return within.pop() if len(within) == 1 else None


def _in_region(place: Place, area: Place) -> bool | None:
    """False only where the region is not near either, or the nearest settlements belong to another country.

    A capital with a code of its own lies within the region of its name (Kyiv, Moscow, Sevastopol), and who stands at
    the border of a region may name either.
    """
    told, known = by_settlements(place, area), _region(area)
    if told is not False or known is None or place.lat_deg is None or place.lon_deg is None:
        return told
    abroad = all(cc != known[0] for cc, _ in _around(place.lat_deg, place.lon_deg))
    return False if abroad or known not in _near(place.lat_deg, place.lon_deg) else None


def _region(area: Place) -> tuple[str, str] | None:
    return _region_called(area.name, area.cc, area.lat_deg, area.lon_deg)


# Each position is asked of once a claim; the answers are the same.
@lru_cache(maxsize=1024)
def _region_called(name: str, cc: str, lat_deg: float | None, lon_deg: float | None) -> tuple[str, str] | None:
    """Also of "Jammu and Kashmir, India": what stands behind the comma is told by the code."""
    first = next(iter(parts_of(name)), name) if cc else name
    return region_called(name, cc, lat_deg=lat_deg, lon_deg=lon_deg) or (
        region_called(first, cc, lat_deg=lat_deg, lon_deg=lon_deg) if first != name else None
    )


@lru_cache(maxsize=4096)
def _codes(lat_deg: float, lon_deg: float, within_km: float) -> tuple[str, ...]:
    return country_at(lat_deg, lon_deg, within_km=within_km)


@lru_cache(maxsize=4096)
def _around(lat_deg: float, lon_deg: float) -> tuple[tuple[str, str], ...]:
    """Country code and region of the three nearest settlements."""
    return tuple((one.cc, one.admin1) for one in nearest(lat_deg, lon_deg)[:3])


@lru_cache(maxsize=4096)
def _near(lat_deg: float, lon_deg: float) -> frozenset[tuple[str, str]]:
    return regions_near(lat_deg, lon_deg, REGION_KM)


def codes_at(place: Place) -> tuple[str, ...]:
    """The codes at a position, or in the middle of a region; none of a country, at sea, or without coordinates."""
    if place.lat_deg is None or place.lon_deg is None:
        return ()
    if place.level in FINE:
        return _codes_of(place, place.lat_deg, place.lon_deg)
    return _codes(place.lat_deg, place.lon_deg, 0.0) if place.level is Level.REGION else ()


def shares_code(place: Place, area: Place) -> bool:
    """Whether a country's code is one of those at a position, at its border too: then no circle can tell them apart.

    Who names a state may mean its part; a position in the rest of the state is not in the part.
    """
    if area.level is not Level.COUNTRY or not area.cc or place.lat_deg is None:
        return False
    here = codes_at(place)
    if any(area.cc in (code, STATE_OF.get(code)) for code in (place.cc, *here) if code):
        return True
    return not here and bool(place.cc) and STATE_OF.get(area.cc) == place.cc


def one_land(place: Place, other: Place) -> bool:
    """Whether two positions of different codes may be of one country: both codes stand at both, or both are in the part
    of a state that one code is of. Then distance tells.
    """
    here, there = set(codes_at(place)), set(codes_at(other))
    if part_and_state(place.cc, other.cc):
        return here == there and len(here) == 1
    return {place.cc, other.cc} <= here & there


def in_part(place: Place, part: Place) -> bool:
    """Whether a place under a state's code lies in the part of it that has the other: "San Juan, US", Puerto Rico."""
    return STATE_OF.get(part.cc) == place.cc and codes_at(place) == (part.cc,)


def codes_differ(place: Place, other: Place) -> bool:
    """Whether the codes given to two places tell them apart: neither is one of those at the other's position.

    Where there is no position, contested pairs do not tell. Two whole countries are told apart by their codes.
    """
    if not place.cc or not other.cc or place.cc == other.cc or part_and_state(place.cc, other.cc):
        return False
    if place.level is Level.COUNTRY and other.level is Level.COUNTRY:
        return True
    codes = [(codes_at(one), against.cc) for one, against in ((place, other), (other, place))]
    if any(cc in here for here, cc in codes):
        return False
    told = all(here for (here, _), one in zip(codes, (place, other), strict=True) if one.level is not Level.COUNTRY)
    return told or frozenset((place.cc, other.cc)) not in CONTESTED
