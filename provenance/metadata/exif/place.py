"""The GPS position as the tags give it, with its own sign, range and fraction checks (Exif 3.0 section 4.6.7)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ...model.place import EARTH_HALF_GIRTH_KM, Level, Place
from .value import Value

# What phones reach outdoors; a smaller claimed error is not relied on.
SMALLEST_RADIUS_KM = 0.05
# Steps to which positions are rounded, and half the diagonal of such a cell at the equator: what the step leaves open.
# A receiver that counts seconds meets a whole minute on both axes once in 3,600 fixes.
ROUNDED: tuple[tuple[float, str, float], ...] = (
    (1, "whole degrees", 78.7),
    (1 / 10, "tenths of a degree", 7.87),
    (1 / 60, "whole minutes", 1.31),
    (1 / 100, "hundredths of a degree", 0.787),
)
# Old national datums differ from WGS 84 by up to several hundred metres (Tokyo: about 450 m).
OTHER_DATUM_RADIUS_KM = 1.0
_KM_A_DEGREE = EARTH_HALF_GIRTH_KM / 180
_WGS84 = frozenset({"wgs84", "wgs1984", "worldgeodeticsystem1984", "epsg4326"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A position by the tags, its words, and what speaks against it."""

    place: Place
    quote: str
    defeaters: tuple[str, ...]
    void: bool = False
    """Zero and zero: what a receiver without a fix writes, and no place to put a name to."""


def signed_degrees(values: Mapping[str, Value], axis: str) -> tuple[float | None, str]:
    """Degrees of "Latitude" or "Longitude", south and west negative; or None and the reason."""
    value, reference = values.get(f"gps.GPS{axis}"), values.get(f"gps.GPS{axis}Ref")
    if value is None:
        return None, ""
    parts = list(value.numbers)
    if not 1 <= len(parts) <= 3:
        return None, "It is not one to three numbers."
    if parts[0] is None:
        return None, "It is a fraction over zero: the receiver had no fix, or the writer no value."
    degrees = sum((part or 0.0) / 60**power for power, part in enumerate(parts))
    letter = reference.raw.strip()[:1].upper() if reference else ""
    positive, negative, most = ("N", "S", 90) if axis == "Latitude" else ("E", "W", 180)
    if letter not in (positive, negative):
        return None, "The hemisphere is missing, so the position is one of two."
    if abs(degrees) > most or any((part or 0.0) >= 60 for part in parts[1:]) or any((p or 0.0) < 0 for p in parts):
        return None, f"It lies outside 0 to {most} degrees, or its minutes or seconds reach 60."
    return -degrees if letter == negative else degrees, ""


def position(values: Mapping[str, Value]) -> Position | None:
    """The position by GPSLatitude and GPSLongitude; None unless both are well formed."""
    latitude, longitude = (signed_degrees(values, axis)[0] for axis in ("Latitude", "Longitude"))
    if latitude is None or longitude is None:
        return None
    defeaters, radius_km = _against(values, latitude, longitude)
    quote = ", ".join(_quoted(values, axis) for axis in ("Latitude", "Longitude"))
    place = Place(
        name=_named(latitude, longitude, radius_km),
        lat_deg=round(latitude, 7),
        lon_deg=round(longitude, 7),
        radius_km=radius_km,
        level=Level.POINT,
    )
    return Position(place=place, quote=quote, defeaters=defeaters, void=_zero(latitude, longitude))


def altitude_m(values: Mapping[str, Value]) -> float | None:
    """Metres above sea level, negative below (GPSAltitudeRef 1, or 3 for the ellipsoid)."""
    value, reference = values.get("gps.GPSAltitude"), values.get("gps.GPSAltitudeRef")
    if value is None or not value.numbers or value.numbers[0] is None:
        return None
    below = bool(reference and reference.numbers and reference.numbers[0] in (1, 3))
    return -value.numbers[0] if below else value.numbers[0]


def _against(values: Mapping[str, Value], latitude: float, longitude: float) -> tuple[tuple[str, ...], float]:
    found, radius_km = [], max(SMALLEST_RADIUS_KM, _error_km(values))
    if _zero(latitude, longitude):
        found.append("Latitude and longitude are zero: what a receiver without a fix writes.")
    elif rounded := _rounded(latitude, longitude):
        found.append(f"The position is rounded to {rounded[0]}.")
        radius_km = max(radius_km, rounded[1])
    status = values.get("gps.GPSStatus")
    if status and status.raw.strip().upper() == "V":
        found.append("The receiver marked the measurement as void (GPSStatus V).")
    datum = values.get("gps.GPSMapDatum")
    if datum and "".join(c for c in datum.normal.lower() if c.isalnum()) not in _WGS84:
        found.append("The tags name another datum than WGS 84, so the position may be off by hundreds of metres.")
        radius_km = max(radius_km, OTHER_DATUM_RADIUS_KM)
    return tuple(found), min(radius_km, EARTH_HALF_GIRTH_KM)


def _rounded(latitude: float, longitude: float) -> tuple[str, float] | None:
    """The coarsest step on which both axes lie, in words, and the radius it leaves open."""
    for step, words, radius_km in ROUNDED:
        if all(abs(axis / step - round(axis / step)) < 1e-7 / step for axis in (latitude, longitude)):
            return words, radius_km
    return None


def _zero(latitude: float, longitude: float) -> bool:
    return math.hypot(latitude, longitude) < 1e-4


def _named(latitude: float, longitude: float, radius_km: float) -> str:
    """The position in words, to the decimal that its radius carries: half of it is no less than the last step."""
    places = next((places for places in range(4) if _KM_A_DEGREE / 10**places <= radius_km / 2), 4)
    return ", ".join(
        f"{abs(degrees):.{places}f} {letters[degrees < 0]}"
        for degrees, letters in ((latitude, "NS"), (longitude, "EW"))
    )


def _error_km(values: Mapping[str, Value]) -> float:
    value = values.get("gps.GPSHPositioningError")
    error_m = value.numbers[0] if value and value.numbers else None
    return error_m / 1000 if error_m and error_m > 0 else 0.0


def _quoted(values: Mapping[str, Value], axis: str) -> str:
    reference = values.get(f"gps.GPS{axis}Ref")
    return f"{values[f'gps.GPS{axis}'].raw} {reference.raw.strip() if reference else ''}".strip()
