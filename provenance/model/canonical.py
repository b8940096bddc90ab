"""Values as plain JSON, as canonical bytes, and the identifiers derived from those bytes.

Canonical form: RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no white space,
numbers as ECMAScript prints them. Equal content therefore has equal bytes on every machine.
"""

from __future__ import annotations

import dataclasses
import hashlib
import math
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from json.encoder import encode_basestring
from typing import Any

LARGEST_EXACT_INTEGER = 2**53 - 1  # RFC 8785 section 3.2.2.3, RFC 7493 section 2.2
_PLAIN = frozenset({type(None), bool, int, float, str})
_NAMES = frozenset({str})


def plain(value: object) -> Any:
    """Turn a model value into dicts, lists, strings and numbers.

    Dataclasses become dicts without their empty fields (None, "", empty tuple), enums their value, times ISO 8601 in
    UTC with a trailing Z. A dataclass with a class-level `kind` carries it in its dict. Raises TypeError for others.
    """
    of = type(value)
    if of in _PLAIN:  # most values, settled without going through what else they could be
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool | int | float | str):
        return value
    if hasattr(of, "__dataclass_fields__"):
        return _of_fields(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    raise TypeError(f"{of.__name__} has no plain form")


def _of_fields(value: object) -> dict[str, Any]:
    """A dataclass as a dict: its kind, if it names one, and what is not empty of its fields."""
    of: Any = type(value)
    kind, names = _form(of)
    kept: dict[str, Any] = dict(kind)
    for name in names:
        item = getattr(value, name)
        if type(item) not in _PLAIN:
            item = plain(item)
        if item or (item is not None and item not in ("", [])):
            kept[name] = item
    return kept


@cache
def _form(dataclass: type[Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What a dataclass says of itself, and the names of its fields: asked of each class once, not of each value."""
    kind = getattr(dataclass, "kind", None)
    names = tuple(field.name for field in dataclasses.fields(dataclass) if field.repr)
    return ({"kind": kind} if isinstance(kind, str) else {}), names


def iso(moment: datetime) -> str:
    """An aware time as ISO 8601 in UTC, with fractions only where there are some: 2024-11-14T15:42:00Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def canonical(value: object) -> bytes:
    """The RFC 8785 bytes of a model value or of plain JSON.

    Raises ValueError for NaN, infinities and integers beyond 2**53 - 1, which JSON cannot carry exactly.
    """
    return _text(value).encode("utf-8", "surrogatepass")


def content_id(prefix: str, value: object) -> str:
    """A short identifier derived from content alone: the prefix and the first 12 hex digits of the SHA-256."""
    return f"{prefix}-{hashlib.sha256(canonical(value)).hexdigest()[:12]}"


def _text(value: Any) -> str:
    of = type(value)
    if of is str:
        return encode_basestring(value)
    if of is dict and _NAMES.issuperset(map(type, value)):
        keys = sorted(value)
        if not "".join(keys).isascii():
            keys.sort(key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join([f"{encode_basestring(key)}:{_text(value[key])}" for key in keys]) + "}"
    if of is list:
        return "[" + ",".join([_text(item) for item in value]) + "]"
    made = value if of in _PLAIN else plain(value)
    return _scalar(value) if made is value else _text(made)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int):
        if abs(value) > LARGEST_EXACT_INTEGER:
            raise ValueError(f"{value} is beyond what JSON carries exactly")
        return str(value)
    return _number(value)


def _number(value: float) -> str:
    """A double as ECMAScript's Number::toString prints it (ECMA-262 section 6.1.6.1.20)."""
    from decimal import Decimal  # only where a number has a fraction: a case's log has none, and `verify` is quick

    if not math.isfinite(value):
        raise ValueError("JSON has no NaN and no infinity")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    _, digit_tuple, raw_exponent = Decimal(repr(abs(value))).normalize().as_tuple()
    digits = "".join(map(str, digit_tuple))
    point = len(digits) + int(raw_exponent)  # position of the decimal point relative to the first digit
    if 0 < point <= 21:
        body = digits.ljust(point, "0")
        return sign + (body if len(digits) <= point else f"{digits[:point]}.{digits[point:]}")
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    mantissa = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{sign}{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"
