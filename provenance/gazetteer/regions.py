"""First-order regions by the names that desks give them: "Luhansk Oblast" for what GeoNames calls Luhansk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from .find import Candidate, Form, find
from .inflected import base_forms
from .keys import fold
from .named_after import town_in
from .nearest import SETTLEMENTS, nearest, sphere_km
from .region_names import regions_also_called
from .table import Kind, Row, table

# What a first-order region is called in its own name (ISO 3166-2); GeoNames has the word with some and not with others.
_WORDS = """
oblast voblasc oblisi oblysy oblys krai kray region province governorate state department county district prefecture
voivodeship republic do dong si muhafazat provinsi estado provincia departamento wojewodztwo freistaat bundesland
comunidad comunitat autonoma regione
"""
_KINDS = frozenset(_WORDS.split())
_SPELLED = {"kray": "krai"}
_LINKS = frozenset(("of", "de", "del", "do", "da"))
# Kinds that are of the first order in these countries only: Washington County is no state, Kharkiv District no oblast.
_ONLY_IN = {
    "county": "AL EE HR HU KE LR LT NO RO SE TW",
    "district": "PT",
    "prefecture": "JP",
    "department": "BO CO GT HN HT NI PE PY SV UY",
    "departamento": "BO CO GT HN NI PE PY SV UY",
    "republic": "RU UZ",
    "freistaat": "DE",
    "bundesland": "AT DE",
    "comunidad": "ES",
    "comunitat": "ES",
    "autonoma": "ES",
    "regione": "IT",
}
# Kinds in a country's own language: behind or before them its own name of the region may stand (Freistaat Bayern).
_ABROAD_ALSO = frozenset(
    ("freistaat", "bundesland", "comunidad", "comunitat", "autonoma", "regione", "estado", "provincia")
)
# Kinds by which desks call any other: "Kyiv region" for Kyiv Oblast; Gaza Governorate is not Gaza Province.
_ANY_KIND = frozenset(("oblast", "region", "province"))
# Kinds of region that are called after their main town, under whatever name the desk knows it: "Kharkov region".
_AFTER_TOWNS = frozenset((*_ANY_KIND, "krai", "governorate", "muhafazat"))
_OBLASTS = frozenset(("oblast", "krai"))
# Every oblast and krai reaches farther than a city that is a region of its own (Moscow, 62 km).
LEAST_OBLAST_KM = 80
# A region is called after a town that is no tenth of another of the name.
TIMES_SMALLER = 10
# Words for units that are of the first order in every country that has them, in scripts in which no region is listed.
_FIRST_ORDER = re.compile(
    r"\b(?:область|обл|вобласць|облысы|край|oblast|krai|voivodeship|województwo|governorate)\b"
    r"|(?:省|自治区|自治區|県|[남북]도|경기도|강원도|자강도|량강도)$|^(?:محافظة|استان)\s",
    re.IGNORECASE,
)


def region_called(
    name: str, cc: str = "", *, lat_deg: float | None = None, lon_deg: float | None = None
) -> tuple[str, str] | None:
    """Country code and GeoNames' name of the one first-order region that is called so; None where none or several are.

    The position, in degrees, is that of its middle: where the name tells the kind of region in a script that the data
    does not hold ("Одеська область"), it is the region of the three settlements there.
    """
    known = regions_named(name, cc)
    if known:
        return (known[0].cc, known[0].name) if len(known) == 1 else None
    if lat_deg is None or lon_deg is None or not _FIRST_ORDER.search(name.strip()):
        return None
    around = {(one.cc, one.admin1) for one in nearest(lat_deg, lon_deg)[:SETTLEMENTS]}
    found = around.pop() if len(around) == 1 else None
    return found if found and found[1] and cc in ("", found[0]) else None


def regions_named(name: str, cc: str = "") -> tuple[Candidate, ...]:
    """Every first-order region called so; where none is, those whose name differs in the kind of region alone."""
    regions = [one for one in find(name, cc=cc) if one.kind is Kind.REGION]
    exact = tuple(one for one in regions if one.form is Form.EXACT)
    return (
        exact
        or also_called(name, cc)
        or tuple(regions)
        or without_its_kind(name, cc)
        or _listed(_after_a_town(name, cc))
    )


def without_its_kind(name: str, cc: str = "") -> tuple[Candidate, ...]:
    """Regions whose name differs in the kind of region alone: Borno for Borno State."""
    bare, kind = _parts(name)
    found = _listed(one for one in _by_bare_name().get(bare, ()) if cc in ("", one[0]) and _can_be(kind, *one))
    if found or kind not in _ABROAD_ALSO:
        return found
    return tuple(one for one in also_called(bare, cc) if _can_be(kind, one.cc, one.name))


def also_called(name: str, cc: str = "") -> tuple[Candidate, ...]:
    """Regions that have a name beside the one that settlements.bin has: Крым, Bayern, 함경북도."""
    for form, key in ((Form.EXACT, fold(name)), *((Form.INFLECTED, one) for one in base_forms(name))):
        found = [one for one in regions_also_called(key) if cc in ("", one[0])]
        if found:
            return tuple(replace(one, matched=name, base=key, form=form) for one in _listed(found))
    return ()


def region_after(lat_deg: float, lon_deg: float, cc: str) -> tuple[str, float] | None:
    """Of the town at a position, in degrees: the region that it lies in where both are called alike (Idlib, Gaza Strip,
    New York), as GeoNames has it, and how far that reaches from the town, km.
    """
    town = next((one for one in nearest(lat_deg, lon_deg) if one.cc == cc), None)
    row = next((row for row in _regions_of(cc) if town and row.name == town.admin1), None)
    if town is None or row is None:
        return None
    one, other = f"{fold(town.name)} ", f"{_parts(row.name)[0]} "
    alike = one.startswith(other) or other.startswith(one) or f"{fold(row.name)} ".startswith(one)
    return (row.name, sphere_km(lat_deg, lon_deg, row.lat_deg, row.lon_deg) + row.extent_km) if alike else None


def _listed(regions: Iterable[tuple[str, str]]) -> tuple[Candidate, ...]:
    return tuple(
        one for at, called in regions for one in find(called, cc=at) if one.kind is Kind.REGION and one.name == called
    )


def _after_a_town(name: str, cc: str) -> list[tuple[str, str]]:
    """Regions whose bare name ("Kharkiv") is a name of the town that the words name ("Харків", "Kharkov").

    Where one of them bears its kind ("Kyiv Oblast"), a region without (the city) is not meant.
    """
    towns, kind = town_in(name)
    if not towns:
        bare, kind = _parts(name)
        towns = (bare,) if kind in _AFTER_TOWNS else ()
    rows = _large(towns, cc)
    data = table()
    found = [
        (row.cc, row.name)
        for at in sorted({data.row(index).cc for index in rows})
        for row in _regions_of(at)
        if not rows.isdisjoint(data.rows(_parts(row.name)[0]))
        and _can_be(kind, row.cc, row.name)
        and not (kind in _OBLASTS and row.extent_km < LEAST_OBLAST_KM)
    ]
    return [one for one in found if _parts(one[1])[1]] or found


def _large(towns: tuple[str, ...], cc: str) -> frozenset[int]:
    """Rows of the settlements of these names, without those far smaller than the largest: Gaza, and no Gasa."""
    data = table()
    rows = {index for town in towns for index in data.rows(town) if index < data.settlements}
    people = {index: data.population[index] for index in rows if cc in ("", data.row(index).cc)}
    least = max(people.values(), default=0) / TIMES_SMALLER
    return frozenset(index for index, number in people.items() if number >= least)


@lru_cache(maxsize=256)
def _regions_of(cc: str) -> tuple[Row, ...]:
    return tuple(row for row in table().regions() if row.cc == cc)


def _can_be(kind: str, cc: str, called: str) -> bool:
    """Whether the kind of region that a desk writes can be that of a region of the data."""
    own = _parts(called)[1]
    if own:
        return kind in ("", own) or kind in _ANY_KIND
    return kind not in _ONLY_IN or cc in _ONLY_IN[kind].split()


@lru_cache(maxsize=1)
def _by_bare_name() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in table().regions():
        key = _parts(row.name)[0]
        found[key] = (*found.get(key, ()), (row.cc, row.name))
    return found


def _parts(name: str) -> tuple[str, str]:
    """The folded name without the kind of region before or behind it, and the kind; "" where it tells none."""
    words, kind = fold(name).split(), ""
    while len(words) > 1 and words[-1] in _KINDS:
        kind = words.pop()
    while len(words) > 1 and words[0] in _KINDS:
        linked = len(words) > 2 and words[1] in _LINKS
        kind, words = kind or words[0], words[2 if linked else 1 :]
    return " ".join(words), _SPELLED.get(kind, kind)
