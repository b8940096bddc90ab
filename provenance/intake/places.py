"""A place as people write it -> Place."""

from __future__ import annotations

import re

from ..model.place import EARTH_HALF_GIRTH_KM, Level, Place

# Radius of a place that was given without one. Drawn wide, because a circle too wide excludes too little and one too
# narrow excludes what it must not: three gazetteers put one city centre up to 4.5 km apart; most cities fit in 20 km.
DEFAULT_RADIUS_KM = {
    Level.POINT: 1.0,
    Level.CITY: 20.0,
    Level.REGION: 150.0,
    Level.COUNTRY: 1000.0,
    Level.CONTINENT: 4000.0,
}

_NUMBER = r"[-+]?[0-9]{1,3}(?:\.[0-9]{1,12})?"
_COORDINATES = re.compile(
    rf"(?:(?P<name>[^@]+)@)?\s*(?P<lat>{_NUMBER})\s*,\s*(?P<lon>{_NUMBER})\s*(?:,\s*(?P<radius>[0-9]{{1,5}}(?:\.[0-9]+)?)\s*km)?"
)
_WITH_CODE = re.compile(r"(?P<name>.*\S)\s*,\s*(?P<cc>[A-Za-z]{2})")
_CODE = re.compile(r"[A-Z]{2}")
# ISO 3166-1 reserves it for the United Kingdom, whose code is another.
_RESERVED = {"UK": "GB"}


def place_from_text(text: str, *, cc: str = "") -> Place:
    """Read one of these forms; raises ValueError.

    "Krasnoyarsk"                     a name; without coordinates only equal names and country codes can be compared
    "Krasnoyarsk, RU"                 a name in a country
    "RU"                              a country, by its ISO 3166-1 alpha-2 code
    "56.01,92.85"                     latitude, longitude in degrees (WGS 84); a point of 1 km radius
    "56.01,92.85,5km"                 the same with a radius
    "Krasnoyarsk@56.01,92.85"         a named city there; radius 20 km
    "Krasnoyarsk@56.01,92.85,20km"    all of it
    """
    text = text.strip()
    if match := _COORDINATES.fullmatch(text):
        name = (match["name"] or "").strip()
        level = Level.CITY if name else Level.POINT
        return place_of(
            name=name or f"{match['lat']}, {match['lon']}",
            cc=cc,
            lat_deg=float(match["lat"]),
            lon_deg=float(match["lon"]),
            radius_km=float(match["radius"]) if match["radius"] else None,
            level=level,
        )
    if "@" in text:
        raise ValueError(
            f"{text!r}: behind the @ belong latitude, longitude and perhaps a radius, such as 56.01,92.85,20km"
        )
    if _CODE.fullmatch(text):
        return place_of(name=text, cc=text, level=Level.COUNTRY)
    if match := _WITH_CODE.fullmatch(text):
        return place_of(name=match["name"], cc=cc or match["cc"], level=Level.CITY)
    return place_of(name=text, cc=cc, level=Level.CITY if text else "")


def _only_numbers(text: str) -> bool:
    """Whether numbers stand where a name should, in no form that coordinates have ("nan,nan", "1e9", "51.3 34.4").

    A whole number alone may be a name, as of the town 1770 in Queensland, two may begin one ("9/11 Memorial", "5/7 High
    Street"), and so may Nan be, in Thailand.
    """
    parts = [part for part in re.split(r"[\s,;/]+", text) if part]
    if len(parts) < 2:
        return not text.isdigit() and _is_number(text) and text.casefold() != "nan"
    if _COORDINATES.fullmatch(text) or not (_is_number(parts[0]) and _is_number(parts[1])):
        return False
    return all(map(_is_number, parts)) or not (parts[0].isdigit() and parts[1].isdigit())


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return word != "Nan"


def place_of(
    *,
    name: str,
    cc: str = "",
    lat_deg: float | None = None,
    lon_deg: float | None = None,
    radius_km: float | None = None,
    level: str = "",
) -> Place:
    """A place from its parts. Without a level: a name is a city, a country code alone a country, coordinates a point.

    Raises ValueError that says which part is impossible.
    """
    name, code = name.strip(), cc.strip().upper()
    if lat_deg is None and _only_numbers(name):
        raise ValueError(
            f"{name!r} is no place: latitude and longitude are degrees with a decimal point, such as 51.30,34.40"
        )
    code = _RESERVED.get(code, code)
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ValueError(f"{cc!r} is no two-letter country code such as RU")
    if level and level not in set(Level):
        raise ValueError(f"level {level!r} is not one of {', '.join(Level)}")
    if not name and not code and lat_deg is None:
        raise ValueError("it has neither a name nor a country code nor coordinates")
    found = Level(level) if level else _level(name, lat_deg)
    if radius_km is not None and not 0 <= radius_km <= EARTH_HALF_GIRTH_KM:
        raise ValueError(f"a radius of {radius_km} km does not fit on Earth")
    default_km = DEFAULT_RADIUS_KM[found] if lat_deg is not None else 0.0
    return Place(
        name=name or (f"{lat_deg}, {lon_deg}" if lat_deg is not None else code),
        cc=code,
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        radius_km=default_km if radius_km is None else radius_km,
        level=found,
    )


def _level(name: str, lat_deg: float | None) -> Level:
    if name:
        return Level.CITY
    return Level.COUNTRY if lat_deg is None else Level.POINT
