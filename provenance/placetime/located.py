"""Places that somebody wrote without coordinates -> the same with them, where the gazetteer leaves one meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ..gazetteer.area_codes import country_by_short_name
from ..gazetteer.expanses import is_expanse
from ..gazetteer.find import Candidate
from ..gazetteer.landmarks import Landmark
from ..gazetteer.lands import country_of_land
from ..gazetteer.named_after import land_by_its_town
from ..gazetteer.narrowed import parts_of
from ..gazetteer.table import Kind, table
from ..model.evidence import Evidence
from ..model.place import Level, Place
from ..model.text import visible
from .candidates import LEVELS, candidates_for, landmarks_for, of_level
from .meant import LARGE, TIMES_ABROAD, beside_its_own, chosen
from .told_by_others import MAY_BE, part_of, told_by_others

BY_GAZETTEER = "By the gazetteer"
"""How every sentence of this file about a place begins."""
UNTIL_CHOSEN = "it has no coordinates until one is chosen; write NAME@LAT,LON or NAME, CC."
WHERE_ANOTHER = "where another place is meant, write NAME@LAT,LON."
MOST_LISTED, MOST_RESOLVED = 6, 2_000


def unplaced(limits: Iterable[str]) -> bool:
    """Whether they say that the gazetteer gave the name of a place no coordinates: it is several places, or none."""
    return any(limit.startswith(BY_GAZETTEER) and "no coordinates" in limit for limit in limits)


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


def resolved(place: Place, depth: int = 0) -> tuple[Place, str]:
    """The place with what the gazetteer adds, and a sentence that says what it did. The name stays as written.

    One candidate is taken, if it can be meant by this name; of several one that is ten times larger than the next, in
    the country given or where it alone has the name for its own. Else none is. What no name stands for is taken apart:
    "near Bakhmut", "Maidan, Kyiv". `depth`: how often that was done already.
    """
    if place.level is Level.CONTINENT:
        return place, f"{BY_GAZETTEER} a continent has no position."
    said = f'"{visible(place.name, limit=60)}"'
    if depth == 0 and (land := land_by_its_town(place.name)):
        return _by_candidates(place, of_level(candidates_for(replace(place, name=land)), Level.REGION), said)
    candidates = of_level(candidates_for(place), place.level)
    if marks := landmarks_for(place, candidates):
        return _at_landmark(place, marks, said)
    small = all(one.kind is Kind.SETTLEMENT and one.population < LARGE for one in candidates)
    if not place.cc and (found := _without_a_row(place, said, small=small)):
        return found
    if small and (told := told_by_others(place, resolved, depth, named=bool(candidates))):
        whole = told[1].startswith(BY_GAZETTEER)
        return told[0], told[1] if whole else f"{BY_GAZETTEER} {said} is read as {told[1]}; {WHERE_ANOTHER}"
    if candidates:
        return _by_candidates(place, candidates, said)
    country = f" in {place.cc}" if place.cc else ""
    return place, (
        f"{BY_GAZETTEER} nothing{country} is called {said}, so it has no coordinates: settlements below about 500 "
        "people are not in it; write NAME@LAT,LON."
    )


def _without_a_row(place: Place, said: str, *, small: bool) -> tuple[Place, str] | None:
    """What the tables by hand know of a name: lands in one country, lands and seas, short names of countries."""
    countries = table().countries
    if code := country_of_land(place.name):
        told = part_of(f"{countries[code]} ({code})")
        return replace(place, cc=code, level=Level.REGION), f"{BY_GAZETTEER} {said} is read as {told}; {WHERE_ANOTHER}"
    if is_expanse(place.name):
        return place, (
            f"{BY_GAZETTEER} {said} is the name of a land, sea or range, of which it holds "
            "no extent: no coordinates; write NAME@LAT,LON, or NAME, CC for a settlement called so."
        )
    if small and (code := country_by_short_name(place.name)):
        found = replace(place, cc=code, level=Level.COUNTRY)
        return found, f"{BY_GAZETTEER} {said} is read as {countries[code]}, {code}, a country; {WHERE_ANOTHER}"
    return None


def _at_landmark(place: Place, marks: Sequence[Landmark], said: str) -> tuple[Place, str]:
    if len(marks) > 1:
        return place, f"{BY_GAZETTEER} {said}{MAY_BE}{listed(marks)}: {UNTIL_CHOSEN}"
    one = marks[0]
    found = replace(
        place,
        cc=one.cc,
        lat_deg=one.lat_deg,
        lon_deg=one.lon_deg,
        radius_km=place.radius_km or one.radius_km,
        level=Level(one.level),
    )
    told = f"is read as {one.described}, by its list of landmarks and airports"
    return found, f"{BY_GAZETTEER} {said} {told}; {WHERE_ANOTHER}"


def _by_candidates(place: Place, candidates: list[Candidate], said: str) -> tuple[Place, str]:
    one = chosen(candidates, given=bool(place.cc) or len(parts_of(place.name)) > 1)
    if one is None and len(candidates) == 1 and beside_its_own(candidates[0]):
        return place, (
            f"{BY_GAZETTEER} {said} is another name of {candidates[0].described}, which need not be meant: it has no "
            "coordinates; write NAME@LAT,LON or NAME, CC."
        )
    if one is None:
        return place, f"{BY_GAZETTEER} {said}{MAY_BE}{listed(candidates)}: {UNTIL_CHOSEN}"
    far = all(other is one or other.population * TIMES_ABROAD <= one.population for other in candidates)
    why = f"the others are {'far smaller' if far else 'smaller, lie in it or have another name of their own'}"
    others = f" ({len(candidates)} places have the name; {why})" if len(candidates) > 1 else ""
    position = "" if one.kind is Kind.COUNTRY else "; the coordinates are those of GeoNames"
    return _taken(place, one), f"{BY_GAZETTEER} {said} is read as {one.described}{others}{position}; {WHERE_ANOTHER}"


def listed(candidates: Sequence[Candidate | Landmark]) -> str:
    """Candidates in one line, the first six."""
    more = [f"{len(candidates) - MOST_LISTED} more"] if len(candidates) > MOST_LISTED else []
    return " or ".join([*(one.described for one in candidates[:MOST_LISTED]), *more])


def _taken(place: Place, one: Candidate) -> Place:
    if one.kind is Kind.COUNTRY:  # by its code: a circle round a country takes in its neighbours
        return replace(place, cc=one.cc, level=Level.COUNTRY)
    return replace(
        place,
        cc=one.cc,
        lat_deg=one.lat_deg,
        lon_deg=one.lon_deg,
        radius_km=place.radius_km or one.radius_km,
        level=LEVELS[one.kind],
    )
