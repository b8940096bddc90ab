"""The values of IIM datasets as text and in one form: numbers, dates, times (IPTC-IIM 4.2, sections 5 and 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...model.limits import Limits
from .charset import decoded
from .iim import DataSet
from .names import NAMES, NUMBERS, UNSHOWN

_DATE = re.compile(r"(\d{4})\D?(\d{2})\D?(\d{2})")
_TIME = re.compile(r"(\d{2})[: ]?(\d{2})[: ]?(\d{2}(?:\.\d{1,6})?)\s?([+-]\d{2}[: ]?\d{2}|Z)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value: as it stands, in one form for comparing, and sentences on how it was read."""

    raw: str
    normal: str
    notes: tuple[str, ...] = ()


def value(item: DataSet, charset: str, limits: Limits) -> Value | None:
    """What a dataset says; None when it is empty."""
    name = NAMES.get((item.record, item.number), "")
    if (item.record, item.number) in UNSHOWN:
        return Value(raw=f"{len(item.data)} bytes", normal="")
    if name in NUMBERS and len(item.data) <= 4:
        number = str(int.from_bytes(item.data, "big"))
        return Value(raw=number, normal=number)
    data = item.data.rstrip(b"\0")
    if not data.strip(b" \0"):
        return None
    if not name and _binary(data):
        return Value(raw=f"{len(item.data)} bytes", normal="")
    text, notes = decoded(data, charset)
    if len(text) > limits.text_chars:
        text, notes = text[: limits.text_chars], (*notes, f"Cut after {limits.text_chars:,} characters.")
    return Value(raw=text, normal=_normal(name, text), notes=notes)


def date_of(text: str) -> str:
    """ "CCYYMMDD" as ISO 8601; "" when it is none, or its parts are zeros for unknown."""
    match = _DATE.fullmatch(text.strip())
    if match is None or match[1] == "0000":
        return ""
    year, month, day = match.groups()
    return year if month == "00" else f"{year}-{month}" if day == "00" else f"{year}-{month}-{day}"


def time_of(text: str) -> str:
    """ "HHMMSS" with or without "+HHMM" as ISO 8601; a zone only where one is written."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return ""
    hour, minute, second, zone = match.groups()
    zone = f"{zone[:3]}:{zone[-2:]}" if zone and zone != "Z" else zone or ""
    return f"{hour}:{minute}:{second}{zone}"


def _normal(name: str, text: str) -> str:
    if name.endswith(("Date", "DateCreated", "DateSent")):
        return date_of(text)
    if name.endswith(("Time", "TimeCreated", "TimeSent")):
        return time_of(text)
    return " ".join(text.split())


def _binary(data: bytes) -> bool:
    return any(byte < 0x09 or 0x0D < byte < 0x20 for byte in data[:200])
