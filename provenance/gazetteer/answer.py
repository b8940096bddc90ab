"""What the gazetteer answers to a name or a position."""

from __future__ import annotations

from dataclasses import dataclass

from .borders import country_at
from .expanses import is_expanse
from .find import Candidate, find
from .nearest import Settlement, nearest
from .regions import regions_named
from .table import table
from .words import country_names, position_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAnswer:
    """Candidates for a name; for a position its countries and the settlements around it."""

    asked: str
    cc: str = ""
    candidates: tuple[Candidate, ...] = ()
    lat_deg: float | None = None
    lon_deg: float | None = None
    countries: tuple[str, ...] = ()
    """ISO codes by borders (`country_at`); several near a border and in disputed areas, none at sea."""
    countries_named: str = ""
    around: tuple[Settlement, ...] = ()
    words: str = ""
    """The position in words."""
    expanse: bool = False
    """Whether the name by itself is that of a land, sea or range, of which there is no extent."""


def of_name(name: str, cc: str = "") -> PlaceAnswer:
    """Every place of a name; a code that stands for its country too ("RU"), else a region without its kind."""
    named = table().countries.get(cc, name) if name == cc else name
    candidates = find(named, cc=cc) or regions_named(named, cc)
    return PlaceAnswer(asked=name, cc=cc, candidates=candidates, expanse=not cc and is_expanse(name))


def of_position(lat_deg: float, lon_deg: float) -> PlaceAnswer:
    """What lies at and around a position. Raises ValueError for what is none."""
    countries = country_at(lat_deg, lon_deg)
    return PlaceAnswer(
        asked=f"{lat_deg:g}, {lon_deg:g}",
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        countries=countries,
        countries_named=country_names(countries),
        around=nearest(lat_deg, lon_deg),
        words=position_in_words(lat_deg, lon_deg),
    )
