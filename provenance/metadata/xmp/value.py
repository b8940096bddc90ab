"""XMP values in one form: degrees, codes, single-spaced text (ISO 16684-1:2019, section 8; part 2, exif schema)."""

from __future__ import annotations

import re

from .placing import Property

# "DDD,MM,SSk" or "DDD,MM.mmk" (XMP specification part 2, section 1.2.7.4, GPSCoordinate).
_COORDINATE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d{1,12})?)(?:,(\d{1,2}(?:\.\d{1,12})?))?\s*([NSEWnsew])")
_DECIMAL = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,12})?)")
_NOT_STANDARD = "It is written in decimal degrees, which the standard does not have; a plain number was read as one."
# As other programs write them: fractions, signs for the units, blanks, the letter in a property of its own as in EXIF.
_NUMBER, _BETWEEN = r"\d{1,8}(?:\.\d{1,12})?(?:/[1-9]\d{0,7})?", r"\s*(?:[,;:\u00b0'\u2032]|deg|\s)\s*"
_LOOSE = re.compile(rf"({_NUMBER}){_BETWEEN}({_NUMBER})(?:{_BETWEEN}({_NUMBER}))?[\s\"'\u2032\u2033]*,?([NSEWnsew]?)")
_LOOSE_CHARS = 64
_LOOSELY = "It is not written as the standard has it; degrees, minutes and seconds were read in this order."
_BESIDE = "The hemisphere is the one that stands beside it, in a property that the standard does not have."
OPPOSITE = "It and the property beside it name opposite hemispheres, so the position is one of two."
AXES = {"exif:GPSLatitude": ("N", "S", 90), "exif:GPSLongitude": ("E", "W", 180)}
REFERENCES = frozenset(f"{path}Ref" for path in AXES)
_SOURCE_TYPE = "iptc4xmpext:digitalsourcetype"


def normal_form(one: Property, reference: str = "") -> str:
    """The value as it is compared: signed degrees, the code of a source type, otherwise single-spaced text."""
    if one.path in AXES:
        value, _ = degrees(one.value, one.path, reference)
        return "" if value is None else f"{value:.7f}".rstrip("0").rstrip(".")
    text = " ".join(one.value.split())
    return text.rstrip("/").rpartition("/")[2] if one.path.lower() == _SOURCE_TYPE else text


def degrees(text: str, path: str, reference: str = "") -> tuple[float | None, str]:
    """Signed degrees of "exif:GPSLatitude" or "exif:GPSLongitude", south and west negative; and what is wrong.

    `reference` is the hemisphere that stands in a property of its own; it counts where the value names none.
    """
    value, note = _degrees(text, path, reference)
    return value, OPPOSITE if value is not None and opposed(value, path, reference) else note


def opposed(value: float, path: str, reference: str) -> bool:
    """Whether signed degrees lie in another hemisphere than a property beside them names."""
    positive, negative, _ = AXES[path]
    return (value < 0 and _letter(reference) == positive) or (value > 0 and _letter(reference) == negative)


def _letter(reference: str) -> str:
    return reference.strip()[:1].upper()


def _degrees(text: str, path: str, reference: str) -> tuple[float | None, str]:
    positive, negative, most = AXES[path]
    text, beside = text.strip(), _letter(reference)
    if decimal := _DECIMAL.fullmatch(text):
        value = float(decimal[1])
        if beside == negative and not decimal[1].startswith(("+", "-")):
            return (-value, f"{_NOT_STANDARD} {_BESIDE}") if value <= most else (None, _outside(most, signed=True))
        return (value, _NOT_STANDARD) if abs(value) <= most else (None, _outside(most, signed=True))
    standard = _COORDINATE.fullmatch(text)
    match = standard or (_LOOSE.fullmatch(text) if len(text) <= _LOOSE_CHARS else None)
    if match is None or not (match[4] or beside):
        return None, "It is not degrees and minutes with a letter for the hemisphere."
    whole, minutes, seconds = (_number(match[part] or "0") for part in (1, 2, 3))
    letter = match[4].upper() or beside
    if letter not in (positive, negative):
        return None, "The hemisphere is not one of this axis."
    if not standard and (whole % 1 or (minutes % 1 and match[3])):
        return None, "Decimals stand in a part that is not the last; it can be two numbers of another kind."
    value = whole + minutes / 60 + seconds / 3600
    if value > most or minutes >= 60 or seconds >= 60:
        return None, _outside(most, signed=False)
    notes = ("" if standard else _LOOSELY, "" if match[4] else _BESIDE)
    return -value if letter == negative else value, " ".join(filter(None, notes))


def _outside(most: int, *, signed: bool) -> str:
    if signed:
        return f"It lies outside -{most} to {most} degrees."
    return f"It lies outside 0 to {most} degrees, or its minutes or seconds reach 60."


def _number(text: str) -> float:
    over, _, under = text.partition("/")
    return float(over) / float(under or 1)
