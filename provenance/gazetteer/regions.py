"""First-order regions by the names that desks give them: "Luhansk Oblast" for what GeoNames calls Luhansk."""

from __future__ import annotations

import re
from functools import lru_cache

from .find import Candidate, find
from .keys import fold
from .nearest import SETTLEMENTS, nearest
from .table import Kind, table

# What a first-order region is called in its own name (ISO 3166-2); GeoNames has the word with some and not with others.
_WORDS = """
oblast oblisi oblysy oblys krai kray region province governorate state department county district prefecture
voivodeship republic do dong si muhafazat provinsi estado provincia departamento wojewodztwo
"""
_KINDS = frozenset(_WORDS.split())
_LINKS = frozenset(("of", "de", "del", "do", "da"))
# Kinds that are of the first order in these countries only: Washington County is no state, Kharkiv District no oblast.
_ONLY_IN = {
    "county": "AL EE HR HU KE LR LT NO RO SE TW",
    "district": "PT",
    "prefecture": "JP",
    "department": "BO CO GT HN HT NI PE PY SV UY",
    "departamento": "BO CO GT HN NI PE PY SV UY",
    "republic": "RU UZ",
}
# Kinds by which desks call any other: "Kyiv region" for Kyiv Oblast; Gaza Governorate is not Gaza Province.
_ANY_KIND = frozenset(("oblast", "region", "province"))
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
    exact = tuple(one for one in find(name, cc=cc) if one.kind is Kind.REGION)
    bare, kind = _parts(name)
    alike = [one for one in _by_bare_name().get(bare, ()) if cc in ("", one[0]) and _can_be(kind, *one)]
    return exact or tuple(
        one for at, called in alike for one in find(called, cc=at) if one.kind is Kind.REGION and one.name == called
    )


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
    linked = len(words) > 2 and words[1] in _LINKS
    if len(words) > 1 and words[0] in _KINDS:
        kind, words = kind or words[0], words[2 if linked else 1 :]
    return " ".join(words), kind
