"""Whether two accounts tell of two places: a toll in one town says nothing of that in another."""

from __future__ import annotations

from collections.abc import Sequence

from ..gazetteer.find import Candidate
from ..gazetteer.mentions import mentions
from ..gazetteer.table import Kind
from ..model.place import Place
from ..placetime.distance import geodesic_km
from .blame import SAYS
from .tolls import MOST_READ

ONE_TOWN_KM = 30.0
"""A town, its suburbs and the villages about it are one place: "Gaza City" and "Jabalia"."""


def settlements(text: str) -> tuple[Place, ...]:
    """The settlements that a text names, of one name the first meaning; not who tells it ("Kyiv says ...")."""
    opening = SAYS.match(text[:MOST_READ])
    told = text[opening.end() if opening else 0 : MOST_READ]
    best = (mention.candidates[0] for mention in mentions(told) if mention.candidates)
    return tuple(_place(one) for one in best if one.kind is Kind.SETTLEMENT)


def elsewhere(first: Sequence[Place], second: Sequence[Place]) -> bool:
    """Whether each text names settlements, and none of one lies near one of the other."""
    apart = (geodesic_km(one, other) for one in first for other in second)
    return bool(first and second) and all(km is not None and km > ONE_TOWN_KM for km in apart)


def _place(one: Candidate) -> Place:
    return Place(name=one.name, lat_deg=one.lat_deg, lon_deg=one.lon_deg)
