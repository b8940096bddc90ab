"""A name with the country or region it lies in behind a comma: "Paris, Texas", "Киев, Украина", "Uvalde, TX"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .area_codes import country_code, states_by_code, states_of
from .find import Candidate, find
from .keys import Script, fold, script_of
from .lands import country_of_land
from .regions import regions_named
from .spellings import spelled_otherwise
from .states import find_in
from .table import Kind, table

_COMMA = re.compile(r"[,،、]|(?<=\s)\((?=[^()]+\)$)")
MOST_PARTS, TIMES_THE_NEXT, KNOWN_ABROAD = 5, 10, 20_000


@dataclass(frozen=True, slots=True)
class Area:
    """A country, or a first-order region of one by GeoNames' name."""

    cc: str
    region: str = ""

    def holds(self, one: Candidate) -> bool:
        """Whether a candidate is in it, or is it; a capital beside the region of its name is in that (Kyiv)."""
        if one.cc != self.cc:
            return False
        called_after = one.kind is Kind.SETTLEMENT and fold(self.region).startswith(f"{fold(one.name)} ")
        return called_after or self.region in ("", one.admin1, one.name if one.kind is Kind.REGION else "")


def parts_of(name: str) -> list[str]:
    """What stands between the commas, and in brackets at the end, the finest first; at most five parts.

    Korean goes from the large to the small, without commas: 경기도 파주시.
    """
    parts = [part for part in (one.strip().strip(" )") for one in _COMMA.split(name)) if part]
    if len(parts) == 1 and script_of(name) is Script.HANGUL:
        parts = name.split()[::-1]
    return parts[:MOST_PARTS]


def areas_called(name: str, cc: str = "") -> tuple[Area, ...]:
    """The country and the regions that a name may stand for; of several regions all."""
    found = [Area(one)] if (one := country_code(name)) and cc in ("", one) else []
    found += [Area(one.cc) for one in states_of(name) if cc in ("", one.cc)]  # Goma, Congo
    found += [Area(one.cc, one.name) for one in regions_named(name, cc)]
    found += [Area(*one) for one in states_by_code(name.strip()) if cc in ("", one[0])]
    found += [Area(one)] if (one := country_of_land(name)) and cc in ("", one) else []
    held = {one.cc for one in found}
    found += [one for one in _round_a_town(name, cc, least=KNOWN_ABROAD if found else 0) if one.cc not in held]
    return tuple(dict.fromkeys(found))


def _round_a_town(name: str, cc: str, *, least: int) -> tuple[Area, ...]:
    """The region of the town of a name, where it is ten times the next: "Chelsea, London", and "Rafah, Gaza", though
    a province of Mozambique is called so. `least`: people of the town.
    """
    towns = sorted((one for one in find(name, cc=cc) if one.kind is Kind.SETTLEMENT), key=lambda one: -one.population)
    clear = towns and all(one.population * TIMES_THE_NEXT <= towns[0].population for one in towns[1:])
    clear = clear and towns[0].population >= least
    return (Area(towns[0].cc, towns[0].admin1),) if clear and towns[0].admin1 else ()


def narrowed(name: str, cc: str = "") -> tuple[Candidate, ...]:
    """What the first part may be within what the others name; empty where none of them names a country or region."""
    first, *behind = parts_of(name) or [""]
    around = [areas for part in behind if (areas := areas_called(part, cc))]
    if not around:
        return ()
    codes = dict.fromkeys(area.cc for areas in around for area in areas)
    named = [one for code in codes for one in find_in(first, code)] if not cc else find_in(first, cc)
    found = (
        _within(named, around)
        or _within(regions_named(first, cc), around)
        or _within((one for code in codes for one in spelled_otherwise(first, code)), around)
    )
    return tuple(dict.fromkeys(found))


def _within(found: Iterable[Candidate], around: list[tuple[Area, ...]]) -> list[Candidate]:
    return [one for one in found if all(any(area.holds(one) for area in areas) for areas in around)]


def in_state(name: str, code: str) -> tuple[Candidate, ...]:
    """Settlements of a name in a state by its postal code, which other readers take for a country's.

    Where it is a country's as well, large ones alone: San Francisco, CA, but no Hebron, IL.
    """
    states, least = states_by_code(code.upper()), KNOWN_ABROAD if code.upper() in table().countries else 0
    return tuple(one for one in find(name) if (one.cc, one.admin1) in states and one.population >= least)
