"""One comparable form for the values of every reader, and when two of them say the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from types import MappingProxyType

from benchmarks.metadata.table import FIELDS, Row

_MOMENT = re.compile(
    r"(\d{4})[:-](\d\d)[:-](\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d+))?)?\s*(Z|[+-]\d\d:?\d\d)?)?"
)
_BLANKS = re.compile(r"[\s\x01-\x1f\x7f]+")
_DEGREES_APART = 2e-5  # about two metres; ExifTool rounds
_NUMBERS_APART = 1e-4  # relative: exposure times are printed with few digits
_ESTIMATES_APART = 2  # qualities are estimates on either side
_MOST_HIDDEN = 4  # bytes that ExifTool prints as one "?"


def text(value: object) -> str | None:
    """NFC, up to the first NUL, on one line; None for nothing."""
    if value is None:
        return None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace") if _is_utf8(value) else value.decode("cp1252", "replace")
    shown = unicodedata.normalize("NFC", str(value)).partition("\0")[0]
    return _BLANKS.sub(" ", shown).strip() or None


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def number(value: object) -> float | None:
    """A finite number from a number, a ratio or words for one."""
    try:
        got = float(Fraction(value.strip())) if isinstance(value, str) and "/" in value else float(str(value))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return got if abs(got) < float("inf") else None


def whole(value: object) -> int | None:
    """A number without a fraction."""
    got = number(value)
    return None if got is None else round(got)


def moment(value: object) -> str | None:
    """ISO form of a date and time; what is none stays text."""
    shown = text(value)
    found = _MOMENT.fullmatch(shown or "")
    if not found:
        return shown
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    if hour is None:
        return f"{year}-{month}-{day}"
    parts = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}"
    parts += f".{fraction.rstrip('0')}" if (fraction or "").rstrip("0") else ""
    zone = "+0000" if zone == "Z" else (zone or "").replace(":", "")
    return f"{parts}{zone[:3]}:{zone[3:]}" if zone else parts


def degrees(value: object) -> float | None:
    """Signed degrees, also from the form of XMP: "52,30.5N" (XMP specification part 2, GPSCoordinate)."""
    shown = text(value) or ""
    if shown[-1:].upper() not in tuple("NSEW"):
        return number(value)
    parts = [number(part) for part in shown[:-1].split(",")]
    if any(part is None for part in parts):
        return None
    sum_deg = sum((part or 0) / 60**place for place, part in enumerate(parts))
    return -sum_deg if shown[-1].upper() in "SW" else sum_deg


def yes(value: object) -> bool | None:
    """True for true, 1 and yes."""
    return None if value is None else str(value).strip().lower() in ("true", "1", "yes")


def texts(value: object) -> list[str] | None:
    """A list of texts without empty ones."""
    several = value if isinstance(value, (list, tuple)) else [value]
    return [shown for shown in map(text, several) if shown] or None


def records(value: object, fields: tuple[str, ...]) -> list[dict[str, str]] | None:
    """A list of flat records cut down to some fields, whatever the case and prefix of their names."""
    found = []
    for item in value if isinstance(value, (list, tuple)) else [value]:
        if not isinstance(item, dict):
            continue
        plain = {str(name).rpartition(":")[2].lower(): part for name, part in item.items()}
        read = {field: moment if field == "when" else text for field in fields}
        kept = {field: shown for field in fields if (shown := read[field](_joined(plain.get(field.lower()))))}
        found += [kept] if kept else []
    return found or None


def _joined(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value


_FORMS: MappingProxyType[str, Callable[[object], object]] = MappingProxyType(
    {
        "text": text,
        "size": text,
        "number": number,
        "degrees": degrees,
        "whole": whole,
        "estimate": whole,
        "moment": moment,
        "yes": yes,
        "texts": texts,
    }
)


def normal(row: Row, value: object) -> object:
    """The value in the form of its row; None when it says nothing."""
    if row.form == "records":
        return records(value, FIELDS[row.key])
    if isinstance(value, (list, tuple)) and row.form != "texts":
        value = value[0] if value else None
    return _FORMS[row.form](value)


def same(form: str, ours: object, theirs: object) -> bool:
    """Whether two values in the same form say the same."""
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        apart = {"degrees": _DEGREES_APART, "estimate": _ESTIMATES_APART, "whole": 0}
        return abs(ours - theirs) <= apart.get(form, max(1e-5, _NUMBERS_APART * abs(theirs)))
    if form == "size":  # before or after the turn that the container asks for
        return sorted(str(ours).split()) == sorted(str(theirs).split())
    if isinstance(ours, list) and isinstance(theirs, list) and form == "texts":
        holed = len(ours) == len(theirs) and all(map(_holed, ours, theirs))
        return holed or sorted(ours) == sorted(theirs)
    return _holed(ours, theirs) if form in ("text", "moment") else ours == theirs


def _holed(ours: object, theirs: object) -> bool:
    """Equal where "?" of ExifTool stands for bytes that it could not print."""
    if ours == theirs or "?" not in str(theirs):
        return ours == theirs
    pattern = f".{{1,{_MOST_HIDDEN}}}".join(map(re.escape, str(theirs).split("?")))
    return re.fullmatch(pattern, str(ours)) is not None
