"""A claims file -> claims to test and evidence the desk recorded by hand.

The file is YAML or JSON: `claims` (or one `claim`), `sources`, `evidence`; docs/claims.md shows every key. What each
kind of evidence can bound is decided by findings; here it is only read, and nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import StatementsError
from ..model.address import without_user
from ..model.claims_file import ClaimsFile
from ..model.days.calendars import LAST_YEAR, of_no_photograph, other_calendars
from ..model.days.in_words import read_time
from ..model.evidence import Claim, Evidence
from ..model.limits import CLAIMS, Limits
from ..model.said import span, where
from ..model.source import Grade, Source, SourceKind
from ..model.standing import RECORDED
from ..model.text import quoted, visible
from ..model.time import Interval
from .evidence_kinds import KEYS, EvidenceKind
from .fields import DATES_TYPED, Fields, no_date
from .items import Named, item
from .overturned import overturned
from .places import place_from_text
from .problem import problem
from .yaml_reader import document_in, read_bytes

CLAIM_KEYS = ("id", "text", "by", "url", "place", "time", "grade", "origin", "source")
SOURCE_KEYS = ("id", "name", "origin", "grade", "url")


def read_claims(path: Path, limits: Limits | None = None) -> tuple[Evidence, ...]:
    """The claims under test (`Claim.tested`) and the recorded evidence, in file order.

    Raises StatementsError naming the file, the line where it is known, and what was found there.
    """
    return claims_file(path, limits).statements


def claims_file(path: Path, limits: Limits | None = None) -> ClaimsFile:
    """The same together with the bytes that they were read from. Raises StatementsError."""
    limits = limits or Limits()
    data = read_bytes(path, limits)
    found = statements_from(document_in(data, str(path), limits), str(path), limits)
    return ClaimsFile(name=path.name, data=data, statements=found)


def statements_from(document: Any, file: str, limits: Limits) -> tuple[Evidence, ...]:
    """The same from a document that is already dicts and lists; `file` is what complaints call it."""
    if document is None:
        raise problem(file, None, "empty", "write at least one claim: {text, place, time}")
    if not isinstance(document, dict):
        raise problem(file, None, "no mapping at the top", "begin with `claims:` and `evidence:`")
    top = Fields(values=document, file=file, where="", limits=limits).only(("claim", "claims", "sources", "evidence"))
    sources = _sources(top)
    claims, evidence = _claims_listed(top), _parts(top, "evidence")
    parts = [*claims, *evidence]
    if len(parts) > limits.statements:
        raise top.wrong(f"{len(parts):,} claims and items, more than {limits.statements:,}", "split the file")
    if len(claims) > CLAIMS:
        raise top.wrong(f"{len(claims)} claims, more than {CLAIMS}", "test the others in another run", "claims")
    labels = _labels(parts)
    gone = overturned({label: part.texts("defeated_by") for part in evidence if (label := part.text("id"))})
    found = (
        *(_claim_entry(_placed(part, "claim"), sources) for part in claims),
        *(_evidence_entry(_placed(part, "evidence"), sources, gone) for part in evidence),
    )
    for part, entry in zip(parts, found, strict=True):
        for label in getattr(entry, "contradicts", ()):
            if label not in labels:
                key = "defeated_by" if label in part.texts("defeated_by") else "contradicts"
                raise part.wrong(f"{key} names {_short(label)}, which no item here is called", "use an id", key)
    return found


def _claims_listed(top: Fields) -> list[Fields]:
    if top.values.get("claim") is None:
        return _parts(top, "claims")
    if top.values.get("claims") is not None:
        raise top.wrong("both claim and claims stand there", "keep claims, a list", "claims")
    if not isinstance(top.values["claim"], dict):
        raise top.wrong("claim is no mapping", "write claim: {text, place, time, by}", "claim")
    return [Fields(values=top.values["claim"], file=top.file, where="claim", limits=top.limits)]


def _parts(top: Fields, key: str) -> list[Fields]:
    """The mappings of a list, each knowing where it stands."""
    value = top.values.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise top.wrong(f"{key} is no list", f"put a dash before each of the {key}", key)
    parts = []
    for index, values in enumerate(value):
        if not isinstance(values, dict):
            raise top.wrong(f"{key}[{index + 1}] is no mapping", "write key: value pairs", key)
        parts.append(Fields(values=values, file=top.file, where=f"{key}[{index + 1}]", limits=top.limits))
    return parts


def _labels(parts: list[Fields]) -> set[str]:
    labels: set[str] = set()
    for part in parts:
        label = part.text("id")
        if label in labels:
            raise part.wrong(f"the id {_short(label)} is given twice", "give every item its own id", "id")
        labels |= {label} - {""}
    return labels


def _placed(part: Fields, word: str) -> Fields:
    label = part.text("id")
    name = f"{word} {visible(label, limit=40)}" if label else part.where
    return Fields(values=part.values, file=part.file, where=name, limits=part.limits, line=part.line)


def _sources(top: Fields) -> dict[str, Named]:
    sources: dict[str, Named] = {}
    for part in _parts(top, "sources"):
        part.only(SOURCE_KEYS)
        label = part.text("id")
        if not label:
            raise part.wrong("a source without an id", "add id: and name it in source:")
        if label in sources:
            raise part.wrong(f"the source {_short(label)} is given twice", "give every source its own id", "id")
        name = part.text("name", label)
        sources[label] = Named(
            name=name, origin=part.address("origin", label), grade=part.grade(), url=part.address("url")
        )
    return sources


def _source(part: Fields, sources: dict[str, Named]) -> Named:
    """The source that an item names, or one made of what the item itself says."""
    label = part.text("source")
    if label and label not in sources:
        raise part.wrong(f"source {_short(label)} is not listed under sources", "add it there, or use by:", "source")
    listed = sources.get(label, Named())
    name = part.text("by", listed.name)
    return Named(
        name=name,
        origin=part.address("origin", listed.origin or name or part.address("url") or part.text("id")),
        grade=part.grade(default=listed.grade),
        url=part.address("url", listed.url),
    )


def _evidence_entry(part: Fields, sources: dict[str, Named], gone: frozenset[str]) -> Evidence:
    kind = part.word("kind", EvidenceKind)
    part.only({key for keys in KEYS.values() for key in keys})
    for key in part.values:
        if key not in KEYS[kind]:
            belongs = ", ".join(other for other, keys in KEYS.items() if key in keys)
            raise part.wrong(f"{kind} has no {key}", f"{key} belongs to: {belongs}", key)
    return item(kind, part, _source(part, sources), gone)


def _claim_entry(part: Fields, sources: dict[str, Named]) -> Evidence:
    part.only(CLAIM_KEYS)
    named = _source(part, sources)
    built = _Parts(text=part.text("text"), by=named.name, label=part.text("id"), grade=named.grade)
    time = part.interval("time")
    if time and (wrong := _of_another_calendar(time)):
        raise part.wrong(f"the time, {span(time)}, lies {wrong[0]}", wrong[1], "time")
    claim = _claim(built, place=part.place("place"), time=time, url=named.url, origin=named.origin)
    if not (claim.quote or claim.place or claim.time):
        raise part.wrong("a claim without text, place and time", "add at least one of them")
    return claim


def _of_another_calendar(time: Interval) -> tuple[str, str] | None:
    """Of a claimed time in which nothing can be photographed: when it lies, and the remedy."""
    year = of_no_photograph(time)
    if year is None:
        return None
    read = other_calendars(year)
    may = f": {year} may be {read}" if read else ""
    when = "before there were photographs" if year < LAST_YEAR else "in a future that nobody can claim"
    return when, f"write the year of the Gregorian calendar{may}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    text: str
    by: str
    label: str = ""
    grade: Grade = Grade()


def _claim(parts: _Parts, *, place: Any, time: Any, url: str, origin: str) -> Claim:
    by = parts.by
    said = [f"in {where(place)}"] if place else []
    said += [span(time)] if time else []
    return Claim(
        source=Source(kind=SourceKind.PERSON, name=by or "somebody not named", origin=origin or by, url=url),
        statement=f"By the claim {f'of {by}' if by else 'under test'} the picture was taken {', '.join(said)}."
        if said
        else f"A claim{f' of {by}' if by else ''} about the picture that names no place and no time.",
        method=RECORDED,
        grade=parts.grade,
        label=parts.label,
        by=by,
        quote=parts.text,
        tested=True,
        place=place,
        time=time,
        basis="claim under test",
    )


def claim_from_flags(
    *, text: str = "", place: str = "", time: str = "", by: str = "", url: str = "", limits: Limits | None = None
) -> Claim:
    """One claim to test, from words on a command line.

    `place`: any form of `intake.places.place_from_text` ("Krasnoyarsk", "56.01,92.85", "Krasnoyarsk@56.01,92.85,20km",
    "Kursk, RU", "RU"). `time`: ISO 8601 year, month, date, time or range A/B. Raises StatementsError.
    """
    longest = (limits or Limits()).text_chars
    for flag, value in (("text", text), ("place", place), ("time", time), ("by", by), ("url", url)):
        if len(value) > longest or "\0" in value:
            raise StatementsError(
                f"the claim's {flag} is too long or holds a NUL", remedy=f"at most {longest:,} characters"
            )
    try:
        found_place = place_from_text(place) if place.strip() else None
    except ValueError as error:
        remedy = 'write a name, "56.01,92.85", "Krasnoyarsk@56.01,92.85,20km" or a country code such as RU'
        raise StatementsError(f"the claimed place: {visible(str(error), limit=160)}", remedy=remedy) from error
    try:
        found_time = read_time(time) if time.strip() else None
    except (ValueError, OverflowError) as error:
        raise StatementsError(
            f"the claimed time {quoted(time, limit=60)} cannot be read as a date{no_date(error)}", remedy=DATES_TYPED
        ) from error
    if found_time and (wrong := _of_another_calendar(found_time)):
        raise StatementsError(f"the claimed time {quoted(time, limit=60)} lies {wrong[0]}", remedy=wrong[1])
    if not (text.strip() or found_place or found_time):
        raise StatementsError("a claim without text, place and time", remedy="give at least one of them")
    url = without_user(url)
    return _claim(_Parts(text=text, by=by), place=found_place, time=found_time, url=url, origin=by or url)


def _short(text: str) -> str:
    return f"'{visible(text, limit=60)}'"
