"""Of several places of a name the one that is meant, where the data leaves no doubt; else none."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from ..gazetteer.airports import airports_named
from ..gazetteer.area_codes import states_of
from ..gazetteer.everyday import COMMON
from ..gazetteer.find import Candidate, Form, find
from ..gazetteer.keys import Script, fold, script_of
from ..gazetteer.landmarks import Landmark, landmarks_named
from ..gazetteer.narrowed import areas_called, in_state, narrowed, parts_of
from ..gazetteer.regions import also_called, regions_named, without_its_kind
from ..gazetteer.table import Kind
from ..model.place import Level, Place
from .distance import geodesic_km

# In a country that was named, the largest place is meant when it is ten times the next.
TIMES_THE_NEXT = 10
# "Lebanon" is the country beside towns of thirty thousand; "Luxembourg" or "Mexico" may be the city.
TOWN_BESIDE_A_COUNTRY = 50_000
# Nobody who means a town abroad that is a fifth of the country of its name leaves its own country out.
TIMES_ABROAD = 5
# A state that is one city (Singapore, Hong Kong) is the city.
MOST_OF_A_COUNTRY = 0.9
# GeoNames lists names of every worth: Kashmir is Cashmere in Washington, Google was Topeka in jest. Where no country is
# given, a place under another name than its own is meant only if it is large, or if the two are spellings of one name.
LARGE, SPELLED_ALIKE = 50_000, 0.7
# Nobody who means a hamlet leaves the region of its name out that has a hundred times its people: Minnesota is no
# Minneota. So many people a place may have where GeoNames has no number.
TIMES_A_HAMLET, UNRECORDED = 100, 1_000
LEVELS = {Kind.SETTLEMENT: Level.CITY, Kind.REGION: Level.REGION, Kind.COUNTRY: Level.COUNTRY}


def candidates_for(place: Place) -> list[Candidate]:
    """What a place that was written as a name may be, within the country or region that was written with it."""
    name, cc = place.name, place.cc
    if not cc and (both := states_of(name)):
        return [*both]
    found, regions = [*find(name, cc=cc)], also_called(name, cc)
    if regions and regions[0].form is Form.EXACT:  # Nord-Kivu is no Nord
        found = [one for one in found if one.form is Form.EXACT]
    known = {(one.cc, one.name) for one in found if one.kind is Kind.REGION}
    if not known:
        regions = regions or without_its_kind(name, cc)
    latin = script_of(name) is Script.LATIN
    found += [
        region
        for region in regions
        if (region.cc, region.name) not in known
        and all(not latin or _beside_its_own(one) or _hamlet_beside(one, region) for one in found)
        and not any(one.admin1 == region.name and not _hamlet_beside(one, region) for one in found)  # Wien
    ]
    return found or [*narrowed(name, cc)] or [*in_state(name, cc)] or [*regions_named(name, cc)]


def landmarks_for(place: Place, candidates: Sequence[Candidate]) -> tuple[Landmark, ...]:
    """The landmarks and airports that a name may be, within what stands behind its comma.

    None where a large place has the name for its own: Casablanca is called White House in English, too.
    """
    large = (one for one in candidates if one.form is Form.EXACT and one.population >= LARGE)
    if place.level is Level.COUNTRY or not all(map(_beside_its_own, large)):
        return ()
    first, *behind = parts_of(place.name) or [""]
    found = landmarks_named(place.name) or landmarks_named(first) or airports_named(first)
    around = [{area.cc for area in areas_called(part)} for part in behind] + ([{place.cc}] if place.cc else [])
    return tuple(one for one in found if all(one.cc in ("", *codes) for codes in around if codes))


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
    if town.kind is not Kind.SETTLEMENT or town.base != region.base or not _by_its_own(town):
        return False
    if town.population >= max(LARGE, TIMES_ABROAD * region.population):  # Sofia, and no region of Madagascar
        return True
    if town.cc != region.cc or _hamlet_beside(town, region):
        return False
    middle, at = (Place(name="", lat_deg=one.lat_deg, lon_deg=one.lon_deg) for one in (region, town))
    return town.admin1 == region.name or (geodesic_km(middle, at) or 0) <= region.radius_km


def _hamlet_beside(one: Candidate, region: Candidate) -> bool:
    return max(one.population, UNRECORDED) * TIMES_A_HAMLET < region.population


def chosen(candidates: list[Candidate], *, given: bool) -> Candidate | None:
    """The candidate that is meant; None where several may be, or the only one need not be.

    `given`: the country was named, so that the largest is meant where it is ten times the next.
    """
    if len(candidates) == 1:
        return candidates[0] if given or _meant(candidates[0]) else None
    first, *others = candidates
    if first.kind is Kind.COUNTRY:
        if parts := [one for one in others if _part_by_its_own_name(one, first)]:
            return parts[0]
        return None if any(_as_likely(one, first) for one in others) else first
    if region := _region_meant(candidates):
        return region
    given = given or len({one.cc for one in candidates}) == 1
    ranked = sorted(candidates, key=lambda one: -one.population)
    clear = ranked[0].population > TIMES_THE_NEXT * ranked[1].population
    return ranked[0] if clear and (given or _alone_by_its_own_name(ranked) or _beside_hamlets(ranked)) else None


def _beside_hamlets(ranked: Sequence[Candidate]) -> bool:
    """Whether a large city is beside places a hundredth of it: Cairo, and Cairo in Georgia.

    Under another name than its own only where no place has it for its own: Hassan in Karnataka is no Khasan.
    """
    first, *others = ranked
    large = first.kind is Kind.SETTLEMENT and first.population >= LARGE and script_of(first.base) is Script.LATIN
    own = not _beside_its_own(first) or (_by_its_own(first) and all(map(_beside_its_own, others)))
    return large and own and all(_hamlet_beside(one, first) for one in others)


def _region_meant(candidates: Sequence[Candidate]) -> Candidate | None:
    """The region of a name that all others have in another form, beside their own or as hamlets in comparison."""
    regions = sorted((one for one in candidates if one.kind is Kind.REGION), key=lambda one: -one.population)
    if not regions or regions[0].base in COMMON:
        return None
    region = regions[0]
    others = (one for one in candidates if one is not region)
    less = (one.form > region.form or not _by_its_own(one) or _hamlet_beside(one, region) for one in others)
    return region if _by_its_own(region) and all(less) else None


def _as_likely(one: Candidate, country: Candidate) -> bool:
    """Whether a place can be meant as well as a country of the name: Georgia may be the state, Luxembourg the city.

    A place with another name of its own cannot (Iraq is no Arak), nor can the city of a state that is one.
    """
    if _beside_its_own(one) or one.form is not country.form:
        return False
    if one.kind is Kind.REGION:
        return one.cc != country.cc and one.population > country.population
    if one.kind is Kind.COUNTRY:
        return True
    if one.cc == country.cc:
        share = one.population / max(1, country.population)
        return one.population >= TOWN_BESIDE_A_COUNTRY and 1 / TIMES_THE_NEXT < share < MOST_OF_A_COUNTRY
    return one.population >= TOWN_BESIDE_A_COUNTRY and one.population * TIMES_ABROAD > country.population


def _part_by_its_own_name(one: Candidate, country: Candidate) -> bool:
    """Whether a region bears the name for its own, by which its country is called in part: England."""
    own = one.kind is Kind.REGION and one.cc == country.cc and fold(one.name) == one.base
    return own and _beside_its_own(country)


def _beside_its_own(one: Candidate) -> bool:
    """Whether a name in Latin letters is not the place's own; in other letters the data does not tell."""
    return script_of(one.base) is Script.LATIN and fold(one.name) != one.base


def _alone_by_its_own_name(ranked: Sequence[Candidate]) -> bool:
    """Whether the name is that of a large place, and others have it beside their own: Kherson, and Cherso in Greece."""
    first, *others = ranked
    own = first.kind is Kind.SETTLEMENT and fold(first.name) == first.base and first.population >= LARGE
    return own and all(one.kind is Kind.SETTLEMENT and _beside_its_own(one) for one in others)


def _meant(one: Candidate) -> bool:
    """Whether the only place of a name can be meant by it alone: under its own name, however small, it can."""
    large = one.population >= LARGE and one.base not in COMMON
    return one.kind is not Kind.SETTLEMENT or large or (_by_its_own(one) and not _hamlet_called_as_a_region(one))


def _hamlet_called_as_a_region(one: Candidate) -> bool:
    """Whether a region abroad has its name, for scripts in which the data has no regions: Чечня is a village, too."""
    return any(r.kind is Kind.REGION and r.cc != one.cc and _hamlet_beside(one, r) for r in find(one.name))


def _by_its_own(one: Candidate) -> bool:
    """Whether the name is the place's own, or a spelling of it (difflib)."""
    alike = SequenceMatcher(None, fold(one.name), one.base, autojunk=False)
    return not _beside_its_own(one) or alike.ratio() > SPELLED_ALIKE
