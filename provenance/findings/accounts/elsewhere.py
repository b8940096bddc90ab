"""Whether two accounts tell of two places: a toll in one town says nothing of that in another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...gazetteer.find import Candidate
from ...gazetteer.keys import Script, fold, script_of
from ...gazetteer.mentions import Mention, mentions
from ...gazetteer.table import Kind
from ...model.place import Place
from ...placetime.distance import geodesic_km
from .blame import SAYS
from .denials_words import LANGUAGES
from .tolls import MOST_READ

ONE_TOWN_KM = 30.0
"""A town, its suburbs and the villages about it are one place: "Gaza City" and "Jabalia"."""

_CITY, _TOWN = 100_000, 10_000
"""People of a city that is one wherever its name stands, unless behind an article, and of a town before a colon."""
_SHORTEST = 4
"""Letters of a word that may open a sentence as a town: "Il", "Les", "Bir" and "Das" are towns somewhere, too."""
_ENDS, _QUOTES = ".!?…:;\n", " \t\u00a0«“„\"'("
_DATELINE = re.compile(r"\s*(?:[:(,]|[–—-]\s)")
# German writes every noun with a capital letter. A town has no article and no number before it, and one that is no
# city stands behind a word for place.
# "In Brand" is on fire, unless more is said of where.
_ARTICLE = re.compile(
    r"(?:\b(?:d(?:er|ie|as|en|em|es)|(?:k|m|s)?ein(?:e[mnrs]?)?|im|am|zum|zur|beim|vom|ins|ans|diese[mnrs]?)|\d)\s$",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:in|bei|aus|nach|von|um|nahe|nähe|unweit|gegen|über|auf|stadt|ort|gemeinde|dorf|kreis|hauptstadt)\s$",
    re.IGNORECASE,
)
_IN_BRAND = re.compile(r" (?:bei|am|an der|im)\b")
_GERMAN = LANGUAGES["de"] | frozenset(
    ("bei", "nach", "aus", "vom", "zum", "zur", "beim", "tote", "toten", "menschen", "verletzt", "verletzte", "starben")
)


def settlements(text: str) -> tuple[Place, ...]:
    """The settlements that a text names, of one name the first meaning; not who tells it ("Kyiv says ...")."""
    opening = SAYS.match(text[:MOST_READ])
    told = text[opening.end() if opening else 0 : MOST_READ]
    german = _is_german(told)
    named = (one for one in mentions(told) if one.candidates and _names_a_town(one, told, german=german))
    return tuple(_place(one.candidates[0]) for one in named)


def elsewhere(first: Sequence[Place], second: Sequence[Place]) -> bool:
    """Whether each text names settlements, and none of one lies near one of the other."""
    apart = (geodesic_km(one, other) for one in first for other in second)
    return bool(first and second) and all(km is not None and km > ONE_TOWN_KM for km in apart)


def _names_a_town(mention: Mention, text: str, *, german: bool) -> bool:
    """Whether the first meaning is a settlement, and the word has no other reason for its capital letter."""
    best = mention.candidates[0]
    if best.kind is not Kind.SETTLEMENT:
        return False
    before, word = text[: mention.start], mention.text
    on_fire = before.endswith("in ") and word == "Brand" and not _IN_BRAND.match(text, mention.end)
    if german and (on_fire or _ARTICLE.search(before)):
        return False
    if " " in word or script_of(word) is not Script.LATIN:
        return True
    if _DATELINE.match(text, mention.end) and (not german or best.population >= _TOWN):
        return True
    city = best.population >= _CITY
    own_city = city and fold(best.name) == best.base
    opens = before[-8:].rstrip(_QUOTES)
    if not opens or opens[-1] in _ENDS:
        return own_city or (not german and len(word) >= _SHORTEST and (city or fold(best.name) == best.base))
    return not german or own_city or _AT.search(before) is not None


def _is_german(text: str) -> bool:
    """Whether at least two small words are German, and of no other language in Latin letters more."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    most = max(sum(word in small for word in words) for name, small in LANGUAGES.items() if name != "de")
    return sum(word in _GERMAN for word in words) >= max(2, most)


def _place(one: Candidate) -> Place:
    return Place(name=one.name, lat_deg=one.lat_deg, lon_deg=one.lon_deg)
