"""A name -> every place that carries it, however it is inflected; never one silently chosen out of several."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ..model.text import SHOWS_NOTHING
from .inflected import base_forms
from .keys import LONGEST_KEY, fold
from .table import Kind, Row, table

# A town's circle: about the built-up area, never narrower than two gazetteers differ by (4.5 km) nor wider than Moscow.
SMALLEST_RADIUS_KM, LARGEST_RADIUS_KM = 5.0, 30.0
RADIUS_KM_PER_ROOT = 0.02  # 20 km for a million people
MOST_CANDIDATES = 60
_ORDER = (Kind.COUNTRY, Kind.SETTLEMENT, Kind.REGION)


class Form(StrEnum):
    """How the name stands in the data."""

    EXACT = "exact"
    INFLECTED = "inflected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name may mean. Degrees on WGS 84."""

    matched: str
    """The name as it was asked for."""
    base: str
    """The form of it that the data holds, folded: "новый оскол" for "Новом Осколе"."""
    name: str
    """As GeoNames calls the place."""
    cc: str
    admin1: str
    """Its first-order region; "" for regions and countries."""
    lat_deg: float
    lon_deg: float
    population: int
    """0 where GeoNames has none."""
    kind: Kind
    form: Form
    radius_km: float

    @property
    def described(self) -> str:
        """ "Kursk, Kursk Oblast, RU, population 448,733"."""
        people = f"population {self.population:,}" if self.population else "population not recorded"
        what = {Kind.SETTLEMENT: people, Kind.REGION: "a region", Kind.COUNTRY: "a country"}[self.kind]
        return ", ".join(part for part in (self.name, self.admin1, self.cc, what) if part)


def find(name: str, *, cc: str = "") -> tuple[Candidate, ...]:
    """Every place of that name: countries, then by exact form before inflected, then by population.

    `cc`: only of this country, ISO 3166-1 alpha-2. Empty where the data has none: settlements below about 500 people
    are not in it. At most 60, the largest first.
    """
    if len(name) > 2 * LONGEST_KEY:
        return ()
    return tuple(one for one in _all(name) if not cc or one.cc == cc.upper())[:MOST_CANDIDATES]


@lru_cache(maxsize=2048)
def _all(name: str) -> tuple[Candidate, ...]:
    """As it is written; where no place is, without what shows nothing: pages set names apart with such characters."""
    plain = SHOWS_NOTHING.sub("", name)
    return _of(name, name) or (_of(plain, name) if plain != name else ())


def _of(name: str, matched: str) -> tuple[Candidate, ...]:
    key = fold(name)
    if not key:
        return ()
    data = table()
    found = dict.fromkeys(data.rows(key), (Form.EXACT, key))
    for base in base_forms(name):
        for index in data.rows(base):
            found.setdefault(index, (Form.INFLECTED, base))
    candidates = [_candidate(matched, form, base, data.row(index)) for index, (form, base) in found.items()]
    return tuple(sorted(candidates, key=lambda one: (one.form, _ORDER.index(one.kind), -one.population, one.name)))


def _candidate(name: str, form: Form, base: str, row: Row) -> Candidate:
    return Candidate(
        matched=name,
        base=base,
        name=row.name,
        cc=row.cc,
        admin1=row.admin1,
        lat_deg=row.lat_deg,
        lon_deg=row.lon_deg,
        population=row.population,
        kind=row.kind,
        form=form,
        radius_km=radius_km(row),
    )


def radius_km(row: Row) -> float:
    """Of the circle that stands for a place: by population for a settlement, to the farthest settlement otherwise."""
    if row.kind is not Kind.SETTLEMENT:
        return float(row.extent_km)
    return round(min(LARGEST_RADIUS_KM, max(SMALLEST_RADIUS_KM, RADIUS_KM_PER_ROOT * math.sqrt(row.population))), 1)
