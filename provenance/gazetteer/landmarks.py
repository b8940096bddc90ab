"""Places that are no settlements, by the names desks use: straits, bridges, bases, plants, squares, small islands.

A table by hand (`data/landmarks.tsv`): names with | between them, country or nothing where it lies in none or is
claimed by several, latitude, longitude (degrees, WGS 84), radius in km, level. Positions to about a kilometre; of a
strait or a group of islands the circle takes in its shores. Airports with an IATA code are in airports.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .inflected import base_forms
from .keys import fold

FILE = Path(__file__).with_name("data") / "landmarks.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """A place that is no settlement. Degrees on WGS 84; `level` is a word of model.place.Level."""

    name: str
    cc: str
    """"" where it lies in no country, or in several."""
    lat_deg: float
    lon_deg: float
    radius_km: float
    level: str

    @property
    def described(self) -> str:
        """ "Heathrow Airport, GB"."""
        return f"{self.name}, {self.cc}" if self.cc else self.name


def landmarks_named(name: str) -> tuple[Landmark, ...]:
    """Every one of a name, in any case of Russian or Ukrainian."""
    named = _by_name()
    return next((named[key] for key in (fold(name), *base_forms(name)) if key in named), ())


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[Landmark, ...]]:
    found: dict[str, tuple[Landmark, ...]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        names, cc, lat, lon, radius, level = line.split("\t")
        first, *_ = listed = names.split("|")
        one = Landmark(name=first, cc=cc, lat_deg=float(lat), lon_deg=float(lon), radius_km=float(radius), level=level)
        for key in dict.fromkeys(map(fold, listed)):
            found[key] = (*found.get(key, ()), one)
    return found
