"""Records and pictures as rows, and back. What comes out of a file is checked like anything else from outside."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import ReferenceSetError, StatementsError
from ..model.canonical import canonical
from ..model.place import Level, Place
from ..model.publication import DateBasis
from ..model.record import Record
from ..model.source import Grade

LONGEST_TEXT_CHARS = 4096  # PATH_MAX of Linux (limits.h); names and media types are far shorter
_DIGEST_BYTES = 32
_FIELDS = frozenset(field.name for field in dataclasses.fields(Record))
_TEXTS = _FIELDS - {"views", "place", "published_basis", "grade"}
_PLACE_TEXTS = frozenset({"name", "cc", "level"})


def record_bytes(record: Record) -> bytes:
    """The canonical bytes that are kept. Raises StatementsError for a value that JSON cannot carry exactly."""
    try:
        kept = canonical(record)
        same = record_from(kept) == record
    except (KeyError, TypeError, ValueError) as error:
        raise StatementsError(f"a record cannot be kept: {error}", remedy="correct that value") from error
    if not same:
        raise StatementsError(
            "a record changes when it is kept and read again", remedy="correct the type of its values"
        )
    return kept


def record_from(kept: bytes) -> Record:
    """The record behind the kept bytes. Raises ValueError, TypeError or KeyError when they are none."""
    try:
        form = json.loads(kept.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("the bytes of a record are nested too deeply") from error
    if not isinstance(form, dict) or not form.keys() <= _FIELDS:
        raise ValueError("the bytes of a record hold something else")
    return Record(**_typed(form))


def revised(record: Record, changes: Mapping[str, object]) -> Record:
    """The record with some fields changed. Text is read for `views`, `published_basis` and `grade`.

    Raises StatementsError for an unknown field or an impossible value.
    """
    unknown = sorted(changes.keys() - _FIELDS)
    if unknown:
        raise StatementsError(
            f"a record has no field {', '.join(unknown)}", remedy=f"its fields are: {', '.join(sorted(_FIELDS))}"
        )
    try:
        read: dict[str, Any] = {name: _read(name, value) for name, value in changes.items()}
        new = dataclasses.replace(record, **read)
        record_bytes(new)
    except (TypeError, ValueError) as error:
        raise StatementsError(f"the record cannot be changed so: {error}", remedy="correct that value") from error
    return new


def image_key(image_id: str) -> bytes:
    """The 32 bytes behind an image id. Raises ReferenceSetError when it is none."""
    try:
        key = bytes.fromhex(image_id)
    except ValueError:
        key = b""
    if len(key) != _DIGEST_BYTES:
        raise ReferenceSetError(
            f"{image_id!r} is no image id", remedy="give the 64 hexadecimal digits of the file's sha256"
        )
    return key


def image_keys(image_ids: Sequence[str]) -> list[bytes]:
    """The same of many."""
    whole = joined_keys(image_ids)
    if not whole:
        return list(map(image_key, image_ids))
    return [whole[begin : begin + _DIGEST_BYTES] for begin in range(0, len(whole), _DIGEST_BYTES)]


def joined_keys(image_ids: Sequence[str]) -> bytes:
    """The bytes of many, one behind the other; b"" where one of them is no image id, or there may be such a one."""
    try:
        whole = bytes.fromhex("".join(image_ids)) if set(map(len, image_ids)) == {2 * _DIGEST_BYTES} else b""
    except (TypeError, ValueError):
        return b""
    return whole if len(whole) == _DIGEST_BYTES * len(image_ids) else b""  # white space among digits is passed over


def as_text(value: object, what: str, *, longest: int = LONGEST_TEXT_CHARS) -> str:
    """Text out of a column, which in SQLite may hold anything. Raises ValueError."""
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(f"{what} is not what was written")
    return value


def as_number(value: object, what: str, *, least: int = 0, most: int = sys.maxsize) -> int:
    """A whole number within these bounds out of a column. Raises ValueError."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{what} is not what was written")
    return value


def as_digest(value: object, what: str) -> str:
    """The hexadecimal form of a SHA-256 out of a column. Raises ValueError."""
    if not isinstance(value, bytes) or len(value) != _DIGEST_BYTES:
        raise ValueError(f"{what} is not what was written")
    return value.hex()


def path_bytes(path: str) -> bytes:
    """A path as the file system spells it, which need not be UTF-8."""
    return os.fsencode(path)


def path_text(kept: bytes) -> str:
    """The path behind the bytes."""
    return os.fsdecode(kept)


def _typed(form: dict[str, Any]) -> dict[str, Any]:
    for name in _TEXTS & form.keys():
        if not isinstance(form[name], str):
            raise TypeError(f"{name} of a record is no text")
    views = form.get("views")
    if views is not None and (not isinstance(views, int) or isinstance(views, bool)):
        raise ValueError("views of a record is no whole number")
    typed = dict(form)
    if "published_basis" in form:
        typed["published_basis"] = DateBasis(form["published_basis"])
    if "place" in form:
        typed["place"] = _place({"name": "", "level": Level.POINT, **form["place"]})
    if "grade" in form:
        typed["grade"] = Grade.parse(f"{form['grade']['reliability']}{form['grade']['credibility']}")
    return typed


def _place(form: dict[str, Any]) -> Place:
    for name, value in form.items():
        wanted = str if name in _PLACE_TEXTS else (int, float)
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise TypeError(f"{name} of a place is not what was written")
    return Place(**{**form, "level": Level(form["level"])})


def _read(name: str, value: object) -> object:
    if not isinstance(value, str) or name in _TEXTS:
        return value
    if name == "views":
        return int(value) if value else None
    if name == "published_basis":
        return DateBasis(value)
    if name == "grade":
        return Grade.parse(value)
    if not value:
        return None
    raise ValueError("a place must be given as a Place")
