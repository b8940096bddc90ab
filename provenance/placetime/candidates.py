"""What a place that was written as a name may be: settlements, regions and countries, landmarks and airports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..gazetteer.airports import BESIDE_KM, airports_named
from ..gazetteer.area_codes import former_state, states_by_code, states_of
from ..gazetteer.find import Candidate, Form, find
from ..gazetteer.keys import Script, fold, script_of
from ..gazetteer.landmarks import Landmark, landmarks_named
from ..gazetteer.narrowed import areas_called, in_state, narrowed, parts_of
from ..gazetteer.nearest import nearest, regions_near, sphere_km
from ..gazetteer.regions import also_called, regions_named, without_its_kind
from ..gazetteer.spellings import spelled_otherwise
from ..gazetteer.states import find_in
from ..gazetteer.table import Kind
from ..model.place import Level, Place
from .distance import geodesic_km
from .meant import LARGE, TIMES_ABROAD, beside_its_own, by_its_own, hamlet_beside

# An airport is told by a city as far away: Narita lies 63 km from the middle of Tokyo.
OF_TOWN_KM = 70.0
_ENDS_OF_REGIONS = tuple("省州도주")
LEVELS = {Kind.SETTLEMENT: Level.CITY, Kind.REGION: Level.REGION, Kind.COUNTRY: Level.COUNTRY}


def candidates_for(place: Place) -> list[Candidate]:
    """What a place that was written as a name may be, within the country or region that was written with it."""
    name, cc = place.name, place.cc
    if not cc and (both := states_of(name)):
        return [*both]
    if not cc and (former := former_state(name)):
        return [*former]
    found, regions = [*find_in(name, cc, contested=not states_by_code(cc))], also_called(name, cc)
    if regions and regions[0].form is Form.EXACT:  # Nord-Kivu is no Nord
        found = [one for one in found if one.form is Form.EXACT]
    known = {(one.cc, one.name) for one in found if one.kind is Kind.REGION}
    if not known:
        regions = regions or without_its_kind(name, cc)
    towns = [] if found or place.level is Level.REGION else [_towns_called_after(one, name) for one in regions]
    if any(towns):
        return [town for each in towns for town in each]
    latin = script_of(name) is Script.LATIN
    found += [
        region
        for region in regions
        if (region.cc, region.name) not in known
        and all(not latin or beside_its_own(one) or hamlet_beside(one, region) for one in found)
        and not any(one.admin1 == region.name and not hamlet_beside(one, region) for one in found)  # Wien
    ]
    found = found or [*narrowed(name, cc)] or [*in_state(name, cc)] or [*regions_named(name, cc)]
    return found or [*spelled_otherwise(name, cc)]


def _towns_called_after(region: Candidate, name: str) -> list[Candidate]:
    """The large town of a region of its name, for a name in other letters that tells no kind of region: الخرطوم."""
    told = script_of(name) in (Script.LATIN, Script.CYRILLIC)  # Донеччина
    if told or " " in name.strip() or name.endswith(_ENDS_OF_REGIONS):
        return []
    return [
        replace(one, matched=name, base=fold(name))
        for one in find(region.name, cc=region.cc)
        if one.admin1 == region.name and fold(one.name) == fold(region.name) and one.population >= LARGE
    ]


def landmarks_for(place: Place, candidates: Sequence[Candidate]) -> tuple[Landmark, ...]:
    """The landmarks and airports that a name may be, within what stands behind its comma.

    None where a large place has the name for its own: Casablanca is called White House in English, too.
    """
    large = (one for one in candidates if one.form is Form.EXACT and one.population >= LARGE)
    if place.level is Level.COUNTRY or not all(map(beside_its_own, large)):
        return ()
    first, *behind = parts_of(place.name) or [""]
    whole = landmarks_named(place.name)
    found = whole or landmarks_named(first) or airports_named(first)
    around = [*([] if whole else behind), *([place.cc] if place.cc else [])]
    return tuple(one for one in found if not one.cc or all(_in_or_at(one, part) for part in around))


def _in_or_at(one: Landmark, part: str) -> bool:
    """Whether a landmark lies in the country or region that a part names, or at a large town of its name: the Kremlin
    of Kazan is none of Moscow. A part that names nothing says nothing.
    """
    areas = areas_called(part if len(part) > 2 else part.upper())
    if not areas:
        return True
    here = {near.admin1 for near in nearest(one.lat_deg, one.lon_deg) if near.cc == one.cc}
    here |= {region for cc, region in regions_near(one.lat_deg, one.lon_deg, BESIDE_KM) if cc == one.cc}
    if any(area.cc == one.cc and (not area.region or area.region in here) for area in areas):
        return True
    return any(
        town.cc == one.cc
        and town.population >= LARGE
        and sphere_km(town.lat_deg, town.lon_deg, one.lat_deg, one.lon_deg) <= OF_TOWN_KM
        for town in find(part)
    )


def of_level(candidates: Sequence[Candidate], level: Level) -> list[Candidate]:
    """A region or country where one is asked for; else a region only where no town in it is meant by the name.

    Idlib is the city; Chiapas is not Chiapa de Corzo.
    """
    if level in (Level.REGION, Level.COUNTRY):
        return [one for one in candidates if LEVELS[one.kind] is level]
    return [
        one
        for one in candidates
        if one.kind is not Kind.REGION or not any(_in_its_stead(other, one) for other in candidates)
    ]


def _in_its_stead(town: Candidate, region: Candidate) -> bool:
    """Whether a place is a town in a region of the name, and no hamlet there; or a city far larger than any region."""
    if town.kind is not Kind.SETTLEMENT or town.base != region.base or not by_its_own(town):
        return False
    if town.population >= max(LARGE, TIMES_ABROAD * region.population):  # Sofia, and no region of Madagascar
        return True
    if town.cc != region.cc or hamlet_beside(town, region):
        return False
    middle, at = (Place(name="", lat_deg=one.lat_deg, lon_deg=one.lon_deg) for one in (region, town))
    return town.admin1 == region.name or (geodesic_km(middle, at) or 0) <= region.radius_km
