"""A position in words."""

from __future__ import annotations

from collections.abc import Sequence

from .borders import country_at
from .nearest import Settlement, nearest
from .table import table

# Three gazetteers put the centre of one city up to 4.5 km apart.
_AT_KM = 5.0


def country_names(codes: Sequence[str]) -> str:
    """ "Russia (RU)", "Russia (RU) or Ukraine (UA)"."""
    named = table().countries
    return " or ".join(f"{named.get(code, code)} ({code})" for code in codes)


def position_in_words(lat_deg: float, lon_deg: float) -> str:
    """ "12 km NE of Kursk, Kursk Oblast (RU), the nearest settlement of more than 500 people; in Russia (RU)".

    The country by borders, several where the position does not tell. Raises ValueError for what is no position.
    """
    countries, around = country_at(lat_deg, lon_deg), nearest(lat_deg, lon_deg)
    inside = f"in {country_names(countries)}" if countries else "at sea, by the borders and coasts of 1:10 million"
    if not around:
        return f"far from every settlement of more than 500 people; {inside}"
    first = around[0]
    others = [one for one in around[1:] if one.cc != first.cc and one.cc in countries][:1]
    across = f", and {near(others[0])}" if others else ""
    return f"{near(first)}, the nearest settlement of more than 500 people{across}; {inside}"


def near(one: Settlement) -> str:
    """ "at Kursk, Kursk Oblast (RU)" or "12 km NE of Kursk, Kursk Oblast (RU)"."""
    region = f", {one.admin1}" if one.admin1 and one.admin1 != one.name else ""
    named = f"{one.name}{region} ({one.cc})"
    return f"at {named}" if one.distance_km < _AT_KM else f"{one.distance_km:.0f} km {one.direction} of {named}"
