"""A place that is told by others -> a circle round them: "near Bakhmut", "15 km north of Aleppo", "eastern Ukraine".

The circles are drawn wide, because one too narrow excludes what it must not. Whatever lies near a town has the level of
a region, since it supports no town: who says "near Bakhmut" does not say "Bakhmut".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ..gazetteer.borders import country_at
from ..gazetteer.continents import continent_called
from ..gazetteer.everyday import COMMON
from ..gazetteer.keys import fold
from ..gazetteer.narrowed import parts_of
from ..gazetteer.regions import region_after
from ..gazetteer.relative import How, Relative, relative_places
from ..gazetteer.table import table
from ..model.place import Level, Place
from .distance import geodesic_km, middle, moved

# Beyond the town's circle. Of 21 places that captions put near a town (tests/placetime/test_told_by_others.py) the
# farthest, the air base of Qayyarah near Mosul, lies 37 km beyond, all others at most 24.
NEAR_KM = 40.0
# "North of Kharkiv" goes on to the border, 35 km from its middle.
TOWARDS_KM = 50.0
# A direction of eight is good to 22.5 degrees either way, and a distance by word of mouth to a third.
SHARE_OFF = 0.4
# Farther than that nothing is told by a town, and what lies between two that are farther apart is anywhere.
WIDEST_KM = 500.0
MOST_DEEP = 3

MAY_BE = " may be "
"""In the sentence about a name that may be several places."""

Resolve = Callable[[Place, int], tuple[Place, str]]


def told_by_others(place: Place, resolve: Resolve, depth: int, *, named: bool = False) -> tuple[Place, str] | None:
    """The place with what its words leave of it, and how it is read; None where nothing in them is known.

    `resolve`: reads one of the names in it; `depth`: how often names were taken out of names already. `named`: small
    settlements are called as the whole, so that it may be a part of a country and nothing else: South Lebanon. How it
    is read is a part of a sentence, or a whole one where a name stands behind a preposition or may be several places.
    """
    if depth >= MOST_DEEP or continent_called(place.name):
        return None
    for told in relative_places(place.name):
        if (named and told.how is not How.PART) or continent_called(told.name):
            continue
        if told.how is How.PART and fold(told.name) in COMMON:  # the Western Front, and no part of Front in Piedmont
            continue
        found = [_inner(place, name, resolve, depth) for name in (told.name, told.other) if name]
        around = [one for one, _ in found if _known(one)]
        if named and not (around and around[0].level is Level.COUNTRY):
            continue
        if len(around) == len(found) and (read := _read(place, told, around, found[0][1])):
            return read
        if open_ := _left_open(found):
            return place, open_
    _, *behind = parts_of(place.name) or [""]
    if named or not behind:
        return None
    found = [_inner(place, ", ".join(behind), resolve, depth)]
    if open_ := _left_open(found):
        return place, open_
    return _part(place, found[0][0]) if _known(found[0][0]) else None


def _left_open(found: Iterable[tuple[Place, str]]) -> str:
    """What is said of the first name that may be several places; ""."""
    return next((sentence for one, sentence in found if not _known(one) and MAY_BE in sentence), "")


def _inner(place: Place, name: str, resolve: Resolve, depth: int) -> tuple[Place, str]:
    return resolve(replace(place, name=name, level=Level.CITY), depth + 1)


def _known(place: Place) -> bool:
    return place.lat_deg is not None or (bool(place.cc) and place.level in (Level.REGION, Level.COUNTRY))


def _read(place: Place, told: Relative, around: list[Place], sentence: str) -> tuple[Place, str] | None:
    first = around[0]
    if told.how is How.IN:
        return replace(first, name=place.name), sentence
    if told.how is How.PART:
        return _part(place, first, middle=told.middle)
    if any(one.level not in (Level.CITY, Level.POINT) for one in around):
        return None  # what is near a country or region, or between two, is anywhere
    if told.how is How.BETWEEN:
        return _between(place, first, around[1])
    if told.how is How.OFF and told.km is not None:
        return _off(place, first, told.km, told.bearing_deg)
    radius_km = first.radius_km + (NEAR_KM if told.bearing_deg is None else TOWARDS_KM)
    return _circle(place, first, radius_km), f"within {radius_km:.0f} km of {_called(first)}"


def _part(place: Place, whole: Place, *, middle: bool = False) -> tuple[Place, str]:
    """A part of a town is within its circle; of a country or region nothing but the country is known.
    What is said of a town may be said of the region that is called after it: southern Gaza, a village in Idlib. Where
    that is far wider than the town, it counts as a part of it, unless it is the middle.
    """
    if whole.lat_deg is None or whole.level not in (Level.CITY, Level.POINT):
        part = replace(place, cc=whole.cc, level=Level.REGION)
        named = whole.level is Level.REGION and whole.lat_deg is not None
        return part, part_of(_called(whole) if named else f"{table().countries[whole.cc]} ({whole.cc})")
    after = region_after(whole.lat_deg, whole.lon_deg or 0.0, whole.cc) if whole.level is Level.CITY else None
    radius_km = max(whole.radius_km, after[1] if after else 0.0)
    if after and radius_km > whole.radius_km + TOWARDS_KM:
        if not middle:
            return replace(place, cc=whole.cc, level=Level.REGION), part_of(f"{after[0]} ({whole.cc})")
        radius_km = whole.radius_km
    inside = replace(whole, name=place.name, level=Level.POINT, radius_km=radius_km)
    return inside, f"within {radius_km:.0f} km of {_called(whole)}"


def part_of(whole: str) -> str:
    """How a part of a country is told of which nothing but the country is known."""
    return f"a part of {whole}, of which it holds no extent: its country alone counts"


def _between(place: Place, first: Place, second: Place) -> tuple[Place, str] | None:
    apart_km, at = geodesic_km(first, second), middle(first, second)
    if at is None or apart_km is None or apart_km > WIDEST_KM:
        return None
    radius_km = apart_km / 2 + max(first.radius_km, second.radius_km)
    told = f"within {radius_km:.0f} km of the middle between {_called(first)} and {_called(second)}"
    return _circle(place, at, radius_km), told


def _off(place: Place, town: Place, km: float, bearing_deg: float | None) -> tuple[Place, str] | None:
    at = town if bearing_deg is None else moved(town, bearing_deg, km)
    if at is None or km > WIDEST_KM:
        return None
    if bearing_deg is None:
        radius_km = town.radius_km + km * (1 + SHARE_OFF)
        return _circle(place, at, radius_km), f"within {radius_km:.0f} km of {_called(town)}"
    radius_km = town.radius_km + km * SHARE_OFF
    told = f"within {radius_km:.0f} km of a position {km:.0f} km from {_called(town)}"
    return _circle(place, at, radius_km), told


def _circle(place: Place, at: Place, radius_km: float) -> Place:
    """Without a country where the circle reaches over a border, or out to sea: then distance alone tells."""
    codes = (
        country_at(at.lat_deg, at.lon_deg, within_km=radius_km)
        if at.lat_deg is not None and at.lon_deg is not None
        else ()
    )
    alone = set(codes) == {at.cc} or set(codes) == {place.cc}
    return replace(at, name=place.name, cc=codes[0] if alone else "", radius_km=radius_km, level=Level.REGION)


def _called(place: Place) -> str:
    return f"{place.name} ({place.cc})" if place.cc and place.cc != place.name else place.name
