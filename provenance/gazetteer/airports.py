"""Airports by their own name or that of their town: "Kabul airport", "аэропорт Борисполь", "مطار دمشق الدولي".

The airports with an IATA code of `airportsdata` (MIT), kept by `benchmarks/build_place_names.py`: code, name, town,
country, latitude, longitude (degrees). What is meant must be called an airport: "Kabul" is the city.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .find import find
from .keys import LONGEST_KEY, fold
from .landmarks import Landmark, landmarks_named
from .nearest import sphere_km
from .table import Kind

FILE = Path(__file__).with_name("data") / "airports.tsv"
# The runways of the largest reach 3 km from the middle; positions are good to about one.
RADIUS_KM = 4.0
# The farthest airports called after a city: Narita lies 58 km from Tokyo's middle, Malpensa 40 km from Milan's.
TOWN_KM = 60.0
BESIDE_KM, LARGE = 25.0, 50_000
# As text: `re` compiles it for the first place that is read.
_WORDS = (
    r"(?i)(?<!\w)(?:(?:the|international|intl|int'l|main|civil|military)\s+)*(?:airports?|airfields?|aerodromes?|air\s?base"
    r"|air force base)(?!\w)(?:\s+(?:of|in|at)(?!\w))?"
    r"|(?<!\w)(?:международн\w+\s+|військов\w+\s+|военн\w+\s+|міжнародн\w+\s+)?(?:аэропорт|аеропорт|аэродром|аеродром)\w*"
    r"|(?<!\w)ав(?:иа|іа)баз\w+"
    r"|\s?(?:국제)?(?:공항|비행장)(?:에서|에|의)?$|\s?공군\s?기지$|国际机场$|國際機場$|机场$|機場$|国際空港$|空港$"
    r"|(?<!\w)(?:مطار|قاعدة)(?!\w)|(?<!\w)الدولي(?:ة)?(?!\w)|(?<!\w)الجوية(?!\w)"
    r"|(?<!\w)(?:aeropuerto|aeroporto|aéroport|aeropuertos?)(?!\w)(?:\s+(?:inter\w+))?(?:\s+(?:de|di|do|da|d'|du)(?!\w))?"
    r"|(?<!\w)flughafens?(?!\w)|(?<=\w)-flughafen(?!\w)|(?<!\w)lotnisk\w+|(?<!\w)havali?man\w+"
)
_KINDS = re.compile(r"(?<!\w)(?:international|intl|airport|airfield|air base|airbase|air force base|field)(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Airport:
    """One of the list: code, name without its kind and town, folded, and the words of both."""

    code: str
    code_key: str
    bare: str
    town: str
    words: frozenset[str]
    landmark: Landmark


def airports_named(name: str) -> tuple[Landmark, ...]:
    """What an airport so called may be; empty where no airport is spoken of. In the order of their codes."""
    if len(name) > 2 * LONGEST_KEY or not re.search(_WORDS, name):
        return ()
    rest = " ".join(re.sub(_WORDS, " ", name).split()).strip(" ,")
    key = fold(rest)
    if not key:
        return ()
    if listed := [one for one in landmarks_named(rest) if _KINDS.search(fold(one.name))]:
        return tuple(listed)
    words = set(key.split())
    found = [one for one in _all() if words <= one.words or key == one.code_key]
    found += _of_town(rest)
    by_code = {one.code: one.landmark for one in found} or {one.code: one.landmark for one in _beside(rest)}
    return tuple(landmark for _, landmark in sorted(by_code.items()))


def _of_town(name: str) -> Iterable[Airport]:
    """Those near a town of the name, in whatever letters, that bear the town's name or are listed under it."""
    for town in find(name):
        if town.kind is not Kind.SETTLEMENT:
            continue
        key = fold(town.name)
        for one in _all():
            at = one.landmark
            named = one.town == key or key in one.bare
            if named and sphere_km(town.lat_deg, town.lon_deg, at.lat_deg, at.lon_deg) <= TOWN_KM:
                yield one


def _beside(name: str) -> Iterable[Airport]:
    """Those beside a large town of the name, under whatever name of their own."""
    for town in find(name):
        if town.kind is not Kind.SETTLEMENT or town.population < LARGE:
            continue
        for one in _all():
            at = one.landmark
            if sphere_km(town.lat_deg, town.lon_deg, at.lat_deg, at.lon_deg) <= BESIDE_KM:
                yield one


@lru_cache(maxsize=1)
def _all() -> tuple[Airport, ...]:
    return tuple(_airport(line) for line in FILE.read_text("utf-8").splitlines())


def _airport(line: str) -> Airport:
    code, name, town, cc, lat, lon = line.split("\t")
    place = Landmark(name=name, cc=cc, lat_deg=float(lat), lon_deg=float(lon), radius_km=RADIUS_KM, level="point")
    bare, of_town = " ".join(_KINDS.sub(" ", fold(name)).split()), fold(town)
    words = frozenset((*bare.split(), *of_town.split()))  # a file may name 10,000 airports, each held against all
    return Airport(code=code, code_key=code.casefold(), bare=bare, town=of_town, words=words, landmark=place)
