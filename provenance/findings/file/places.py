"""Where the places in one file contradict each other: positions by EXIF and XMP, words by IPTC and XMP.

Words are compared by what they stand for: one place may be written in several languages and spellings (Kyiv, Kiev,
Київ), a country also as its code. What the gazetteer does not know is compared as text, within one script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...gazetteer.find import Candidate, find
from ...gazetteer.keys import fold
from ...gazetteer.table import Kind
from ...metadata.countries import two_letters
from ...model.finding import Conflict
from ...model.place import Level, Place
from ...model.said import listing
from ...placetime.distance import gap_km
from ...placetime.located import resolved
from ..wording import far
from .differences import other_script, places_differ, point, texts_differ
from .sides import Facts, Side, differing, paired_each, shown, side_of

_FIELDS = (
    ("place within the city", "iptc.Sub-location", "xmp.Iptc4xmpCore:Location"),
    ("city", "iptc.City", "xmp.photoshop:City"),
    ("province or state", "iptc.Province-State", "xmp.photoshop:State"),
    ("country", "iptc.Country-PrimaryLocationName", "xmp.photoshop:Country"),
)
_CODES = ("iptc.Country-PrimaryLocationCode", "xmp.Iptc4xmpCore:CountryCode")
_ABBREVIATION = re.compile(r"[A-Z]{1,3}\.?")


def position(facts: Facts) -> Iterator[Conflict]:
    """The position by every EXIF block and XMP packet."""
    exif = paired_each(facts, "gps.GPSLatitude", "gps.GPSLongitude", ", ", "EXIF GPS")
    xmp = paired_each(facts, "xmp.exif:GPSLatitude", "xmp.exif:GPSLongitude", ", ", "XMP exif:GPSLatitude/Longitude")
    yield from differing("position", [*exif, *xmp], places_differ, dimension="place", apart=_apart)


def _apart(first: Side, second: Side) -> str:
    one, other = point(first.value), point(second.value)
    km = gap_km(one, other) if one and other else None
    return "" if km is None else far(km, *(place for place in (one, other) if place))


def words(facts: Facts) -> Iterator[Conflict]:
    """The place by IPTC against that by XMP: one sentence, whichever of the fields part."""
    parted: list[tuple[str, Side, Side]] = []
    for topic, *keys in _FIELDS:
        codes = _CODES if topic == "country" else ("", "")
        iptc, xmp = (side_of(facts, key) or side_of(facts, code) for key, code in zip(keys, codes, strict=True))
        if iptc and xmp and _differ(topic, iptc, xmp):
            parted.append((topic, iptc, xmp))
    if not parted:
        return
    apart = _between_cities(facts) if any(topic in ("city", "country") for topic, *_ in parted) else ""
    _, first, second = parted[0]
    if len(parted) == 1:
        said = f"{first.name} gives {shown(first.value)}, {second.name} gives {shown(second.value)}"
    else:
        one = ", ".join(shown(iptc.value) for _, iptc, _ in parted)
        other = ", ".join(shown(xmp.value) for *_, xmp in parted)
        said = f"IPTC gives {one}; XMP gives {other}"
    topics = listing([topic for topic, *_ in parted])
    text = f"The file's own tags disagree on the {topics}{f' by {apart}' if apart else ''}: {said}."
    yield Conflict(first=first.facts[0].id, second=second.facts[0].id, text=text, gap=apart, dimension="place")


def _differ(topic: str, first: Side, second: Side) -> bool:
    one, other = (side.value.partition(",")[0].strip() or side.value for side in (first, second))
    if fold(one) == fold(other) or not texts_differ(first, second):
        return False
    if topic == "country":
        codes = _country_codes(first.value), _country_codes(second.value)
        if all(codes):
            return codes[0].isdisjoint(codes[1])
    known, known_too = find(one), find(other)
    if known and known_too:
        return not (_same(known, known_too) or _part(one, other, topic))
    return not other_script(one, other) and not _part(one, other, topic) and not _short(one, other)


def _same(first: Sequence[Candidate], second: Sequence[Candidate]) -> bool:
    """Whether what one name means first may be meant by the other: York in Nebraska was New York, and is not meant."""
    one, other = ([(c.kind, c.name, c.cc, c.lat_deg, c.lon_deg) for c in candidates] for candidates in (first, second))
    return one[0] in other or other[0] in one


def _part(one: str, other: str, topic: str) -> bool:
    """Whether one names the other and its kind: "Kursk" and "Kursk Oblast"."""
    first, second = (set(re.findall(r"\w+", fold(name))) for name in (one, other))
    return topic != "city" and bool(first and second) and (first <= second or second <= first)


def _short(one: str, other: str) -> bool:
    """Whether either is an abbreviation, such as of a state, that no list here resolves."""
    return any(_ABBREVIATION.fullmatch(name) for name in (one, other))


def _country_codes(name: str) -> frozenset[str]:
    """The countries that a name or a code may stand for."""
    code = two_letters(name)
    return frozenset([code] if code else [one.cc for one in find(name) if one.kind is Kind.COUNTRY])


def _between_cities(facts: Facts) -> str:
    """How far apart the two cities lie, where the gazetteer leaves one meaning of each; "" otherwise."""
    placed = []
    for city_key, country_key, code_key in zip(_FIELDS[1][1:], _FIELDS[3][1:], _CODES, strict=True):
        city, country, code = (side_of(facts, key) for key in (city_key, country_key, code_key))
        codes = _country_codes(code.value) if code else _country_codes(country.value) if country else frozenset()
        named = Place(name=shown(city.value), cc=min(codes, default=""), level=Level.CITY) if city else None
        placed.append(resolved(named)[0] if named else None)
    one, other = placed
    km = gap_km(one, other) if one and other else None
    return far(km, one, other) if km and one and other else ""
