"""What the gazetteer answers to a name or a position."""

from __future__ import annotations

from dataclasses import dataclass

from .airports import airports_named
from .area_codes import former_state, states_of
from .borders import country_at
from .expanses import is_expanse
from .find import Candidate
from .landmarks import Landmark, landmarks_named
from .narrowed import narrowed
from .nearest import Settlement, nearest
from .regions import also_called, regions_named
from .spellings import spelled_otherwise
from .states import find_in
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
    landmarks: tuple[Landmark, ...] = ()
    in_a_claim: str = ""
    """How a claim with this place is read, in a sentence."""
    in_other_words: bool = False
    """Whether a claim's place is found though nothing bears the name: "near Bakhmut", "eastern Ukraine"."""
    expanse: bool = False
    """Whether the name by itself is that of a land, sea or range, of which there is no extent."""


def of_name(name: str, cc: str = "") -> PlaceAnswer:
    """Every place of a name; a code that stands for its country too ("RU"), else a region without its kind.

    Within what stands behind a comma; of a name that two states share both; landmarks and airports beside them.
    """
    named = table().countries.get(cc, name) if name == cc else name
    found = find_in(named, cc)
    known = {(one.cc, one.name) for one in found}
    found += tuple(one for one in also_called(named, cc) if (one.cc, one.name) not in known)
    return PlaceAnswer(
        asked=name,
        cc=cc,
        candidates=states_of(named)
        or ((former_state(named) if not cc else ()) + found)
        or narrowed(named, cc)
        or regions_named(named, cc)
        or spelled_otherwise(named, cc),
        landmarks=tuple(one for one in landmarks_named(name) or airports_named(name) if cc in ("", one.cc)),
        expanse=not cc and is_expanse(name),
    )


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
