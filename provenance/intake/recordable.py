"""What can be recorded in a case: the kinds, what each needs and may have, and whether what was given makes sense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NoReturn

from ..errors import StatementsError, UsageError
from ..model.case import Settings
from ..model.limits import Limits
from ..model.noted import Noted
from ..model.publication import CopyKind, DateBasis
from ..model.rating import ClaimWord, RatingWord
from ..model.source import Grade
from ..model.text import visible
from .noted import evidence_of

MOST_CHARS = 20_000
COMMON = ("source", "grade", "origin", "url")
DENIES = "yes"


class RecordKind(StrEnum):
    """What a person adds to a case."""

    STATEMENT = "statement"
    OBSERVATION = "observation"
    CORRECTION = "correction"
    PAGE = "page"
    HIT = "hit"
    HITS = "hits"
    GEOLOCATION = "geolocation"
    ACCEPT = "accept"
    DISMISS = "dismiss"
    RATING = "rating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a kind must be given beside its text, and what it may be given."""

    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    one_picture: bool = False
    """Whether it must be known of which picture of the case it speaks."""


_SAID = ("place", "time", "denies")
_SHOWN = ("published", "date_basis", "caption", *_SAID)
_FETCHED = ("fetched_from", "fetched_at", "fetch_record")
"""What this program adds to a hit whose picture it fetched."""
NEEDS: Mapping[RecordKind, Needs] = MappingProxyType(
    {
        RecordKind.STATEMENT: Needs(may=_SAID),
        RecordKind.OBSERVATION: Needs(may=_SAID),
        RecordKind.CORRECTION: Needs(may=("corrects", *_SAID)),
        RecordKind.PAGE: Needs(must=("url",), may=("match", *_SHOWN)),
        RecordKind.HIT: Needs(must=("engine", "url"), may=("match", "saved", *_FETCHED, *_SHOWN), one_picture=True),
        RecordKind.HITS: Needs(must=("engine",), one_picture=True),
        RecordKind.GEOLOCATION: Needs(must=("place",), may=("time", "denies"), one_picture=True),
        RecordKind.ACCEPT: Needs(must=("item",), one_picture=True),
        RecordKind.DISMISS: Needs(must=("item",), one_picture=True),
        RecordKind.RATING: Needs(must=("rating",), may=("claim_rating", "claim", "desk"), one_picture=True),
    }
)
_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "date_basis": tuple(DateBasis),
        "match": tuple(CopyKind),
        "rating": tuple(RatingWord),
        "claim_rating": tuple(ClaimWord),
        "denies": (DENIES,),
    }
)


def settings_of(kind: str, text: str, given: Mapping[str, str], by: str) -> Settings:
    """What the entry keeps verbatim, once it is known to be readable as evidence. Raises UsageError.

    `given`: details by name; an empty one counts as not given. `by`: who records.
    """
    if kind not in set(RecordKind):
        _wrong(f"{visible(kind, limit=40)!r} is no kind of record", f"one of: {', '.join(RecordKind)}")
    details = {name: value for name, value in given.items() if value}
    if not text.strip() or any(len(value) > MOST_CHARS for value in (text, *details.values())):
        _wrong("the text is empty or too long", f"say it in 1 to {MOST_CHARS} characters")
    if any("\0" in value for value in (text, *details.values())):
        _wrong("the text holds a NUL", "leave it out")
    try:
        "".join((text, *details.values())).encode()
    except UnicodeEncodeError:
        _wrong("the text is not Unicode", "check the terminal's encoding")
    _fits(RecordKind(kind), details)
    try:
        details["grade"] = str(Grade.parse(details["grade"])) if "grade" in details else str(Grade())
    except ValueError as error:
        _wrong(str(error), "leave --grade out where it cannot be judged")
    settings: Settings = {"kind": kind, "text": text, **details}
    try:
        evidence_of(settings, Noted(entry=1, by=by, at="", line=""), Limits())
    except StatementsError as error:
        raise UsageError(str(error), remedy=error.remedy) from None
    return settings


def _fits(kind: RecordKind, details: Mapping[str, str]) -> None:
    """Whether the details belong to the kind, are all there, and are of their closed sets."""
    needs = NEEDS[kind]
    allowed = {*COMMON, *needs.must, *needs.may}
    for name in details:
        if name not in allowed:
            belongs = ", ".join(other for other, has in NEEDS.items() if name in (*has.must, *has.may))
            _wrong(f"{flag(name)} does not belong to --kind {kind}", f"it belongs to: {belongs or 'no kind'}")
        if name in _WORDS and details[name] not in _WORDS[name]:
            _wrong(
                f"{flag(name)} {visible(details[name], limit=40)!r} is not known", f"one of: {', '.join(_WORDS[name])}"
            )
    if missing := [flag(name) for name in needs.must if name not in details]:
        _wrong(f"--kind {kind} needs {' and '.join(missing)}", "see the examples of: provenance record --help")
    if ("published" in details) != ("date_basis" in details):
        remedy = f"give both; --date-basis is one of: {', '.join(_WORDS['date_basis'])}"
        _wrong("a date of publication and how it is known belong together", remedy)
    if "saved" in details and "match" in details:
        _wrong("the saved picture is compared by this program", "leave out --match, or keep the file with --attach")


def flag(name: str) -> str:
    """A detail as the command line calls it."""
    return f"--{name.replace('_', '-')}"


def _wrong(text: str, remedy: str) -> NoReturn:
    raise UsageError(text, remedy=remedy)
