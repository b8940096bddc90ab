"""Places that somebody wrote without coordinates -> the same with them, where the gazetteer leaves one meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from ..gazetteer.everyday import COMMON
from ..gazetteer.expanses import is_expanse
from ..gazetteer.find import Candidate, find
from ..gazetteer.keys import Script, fold, script_of
from ..gazetteer.regions import regions_named
from ..gazetteer.table import Kind
from ..model.evidence import Evidence
from ..model.place import Level, Place
from ..model.text import visible
from .distance import geodesic_km

BY_GAZETTEER = "By the gazetteer"
"""How every sentence of this file about a place begins."""
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
MOST_LISTED, MOST_RESOLVED = 6, 2_000
_LEVELS = {Kind.SETTLEMENT: Level.CITY, Kind.REGION: Level.REGION, Kind.COUNTRY: Level.COUNTRY}


def located(items: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The items, their places with coordinates where the gazetteer leaves one; what it did or could not is a limit.

    An item that was located before is handed on as it is.
    """
    return tuple(_item(item) if number < MOST_RESOLVED else item for number, item in enumerate(items))


def _item(item: Evidence) -> Evidence:
    changes: dict[str, Any] = {}
    limits: list[str] = []
    if any(limit.startswith(BY_GAZETTEER) for limit in item.limits):
        return item
    for key in ("place", "caption_place"):
        place = getattr(item, key, None)
        if place is None or place.lat_deg is not None or not place.name or place.name == place.cc:
            continue
        found, sentence = resolved(place)
        limits.append(sentence)
        if found != place:
            changes[key] = found
    return replace(item, **changes, limits=(*item.limits, *dict.fromkeys(limits))) if limits else item


def resolved(place: Place) -> tuple[Place, str]:
    """The place with what the gazetteer adds, and a sentence that says what it did. The name stays as written.

    One candidate is taken, if it can be meant by this name; of several one that is ten times larger than the next, in
    the country given or where it alone has the name for its own. Else none is.
    """
    if place.level is Level.CONTINENT:
        return place, f"{BY_GAZETTEER} a continent has no position."
    if not place.cc and is_expanse(place.name):
        return place, (
            f'{BY_GAZETTEER} "{visible(place.name, limit=60)}" is the name of a land, sea or range, of which it holds '
            "no extent: no coordinates; write NAME@LAT,LON, or NAME, CC for a settlement called so."
        )
    bare, _, behind = (part.strip() for part in place.name.partition(","))
    candidates = _of_level(find(place.name, cc=place.cc) or (find(bare, cc=place.cc) if behind else ()), place.level)
    candidates = candidates or list(regions_named(bare, place.cc))
    said = f'"{visible(place.name, limit=60)}"'
    if not candidates:
        country = f" in {place.cc}" if place.cc else ""
        return place, (
            f"{BY_GAZETTEER} nothing{country} is called {said}, so it has no coordinates: settlements below about 500 "
            "people are not in it; write NAME@LAT,LON."
        )
    one = _chosen(candidates, given=bool(place.cc))
    if one is None and len(candidates) == 1:
        return place, (
            f"{BY_GAZETTEER} {said} is another name of {candidates[0].described}, which need not be meant: it has no "
            "coordinates; write NAME@LAT,LON or NAME, CC."
        )
    if one is None:
        return place, (
            f"{BY_GAZETTEER} {said} may be {listed(candidates)}: it has no coordinates until one is chosen; write "
            "NAME@LAT,LON or NAME, CC."
        )
    far = all(other is one or other.population * TIMES_ABROAD <= one.population for other in candidates)
    why = f"the others are {'far smaller' if far else 'smaller, lie in it or have another name of their own'}"
    others = f" ({len(candidates)} places have the name; {why})" if len(candidates) > 1 else ""
    position = "" if one.kind is Kind.COUNTRY else "; the coordinates are those of GeoNames"
    return _taken(place, one), (
        f"{BY_GAZETTEER} {said} is read as {one.described}{others}{position}; where another place is meant, "
        "write NAME@LAT,LON."
    )


def listed(candidates: Sequence[Candidate]) -> str:
    """Candidates in one line, the first six."""
    more = [f"{len(candidates) - MOST_LISTED} more"] if len(candidates) > MOST_LISTED else []
    return " or ".join([*(one.described for one in candidates[:MOST_LISTED]), *more])


def _of_level(candidates: Sequence[Candidate], level: Level) -> list[Candidate]:
    """A region or country where one is asked for; else a region only where no town in it is meant by the name.

    Idlib is the city; Chiapas is not Chiapa de Corzo.
    """
    if level in (Level.REGION, Level.COUNTRY):
        return [one for one in candidates if _LEVELS[one.kind] is level]
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


def _chosen(candidates: list[Candidate], *, given: bool) -> Candidate | None:
    if len(candidates) == 1:
        return candidates[0] if given or _meant(candidates[0]) else None
    first, *others = candidates
    if first.kind is Kind.COUNTRY:
        return None if any(_as_likely(one, first) for one in others) else first
    if region := _region_meant(candidates):
        return region
    ranked = sorted(candidates, key=lambda one: -one.population)
    clear = ranked[0].population > TIMES_THE_NEXT * ranked[1].population
    return ranked[0] if clear and (given or _alone_by_its_own_name(ranked)) else None


def _region_meant(candidates: Sequence[Candidate]) -> Candidate | None:
    """The one region of a name that all others have in another form, beside their own or as hamlets in comparison."""
    regions = [one for one in candidates if one.kind is Kind.REGION]
    if len(regions) != 1 or regions[0].base in COMMON:
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
    return not _beside_its_own(one) or alike.ratio() >= SPELLED_ALIKE


def _taken(place: Place, one: Candidate) -> Place:
    if one.kind is Kind.COUNTRY:  # by its code: a circle round a country takes in its neighbours
        return replace(place, cc=one.cc, level=Level.COUNTRY)
    return replace(
        place,
        cc=one.cc,
        lat_deg=one.lat_deg,
        lon_deg=one.lon_deg,
        radius_km=place.radius_km or one.radius_km,
        level=_LEVELS[one.kind],
    )
