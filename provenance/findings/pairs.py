"""Two items that part, as one plain sentence: who says what, against whom, and how far apart that is."""

from __future__ import annotations

import re

from ..model.evidence import Appearance, Bound, Claim, Evidence
from ..model.finding import Conflict
from ..model.place import Level
from ..model.said import span, where
from ..model.source import SourceKind
from .gaps import behind, between
from .graded import PlaceItem, TimeItem
from .regions import relate
from .time_told import by, published, published_when
from .wording import at_least, far, name, verb

# What stands in brackets behind a name: "(monitoring account)". The evidence keeps it.
_REMARKS = re.compile(r"(?:\s?\([^()]{0,80}\))+(?=$|\s\[)")
_LONGEST_NAME = 300
_SPACES = re.compile(r"\s+")

Phrase = tuple[str, str]
"""Verb and what follows it: "dates it", "to 14 Nov 2024"."""


def of_times(first: TimeItem, second: TimeItem, *, why: str = "", said: Phrase | None = None) -> Conflict:
    """Two items that part in time; `why` follows the sentence, `said` stands in place of the first one's words."""
    return Conflict(
        first=first.evidence.id,
        second=second.evidence.id,
        text=_joined(
            first.evidence,
            said or _time_said(first),
            second.evidence,
            _time_said(second),
            f"{behind(first.interval, second.interval)}{why}",
        ),
        gap=between(first.interval, second.interval),
        dimension="time",
    )


def of_places(first: PlaceItem, second: PlaceItem, *, said: Phrase | None = None) -> Conflict:
    """Two items that part in place; `said` stands in place of the first one's words."""
    denied = first.denies or second.denies
    km = None if denied else relate(first.place, second.place).gap_km
    # The gap between the two circles: the centres lie farther apart.
    apart = "" if km is None else at_least(far(km, first.place, second.place))
    return Conflict(
        first=first.evidence.id,
        second=second.evidence.id,
        text=_joined(
            first.evidence,
            said or _place_said(first),
            second.evidence,
            _place_said(second),
            f", {apart} away" if apart else "",
        ),
        gap=apart,
        dimension="place",
    )


def speakers(first: Evidence, second: Evidence) -> tuple[str, str]:
    """Both by their names without remarks in brackets, where that leaves two names; the desk's own ids stay."""
    names = _named(first), _named(second)
    one, other = (_bare(name) for name in names)
    if one == other:
        one, other = names
    return f"{one}{_field(first)}", f"{other}{_field(second)}"


def _bare(name: str) -> str:
    """A name without the remarks behind it; one of a length that no name has stays as it is."""
    return name if len(name) > _LONGEST_NAME else _REMARKS.sub("", _SPACES.sub(" ", name)) or name


def _named(item: Evidence) -> str:
    if isinstance(item, Claim) and item.tested and not item.by:
        return f"the claim [{item.label}]" if item.label else "the claim"
    return name(item)


def _field(item: Evidence) -> str:
    """Of a file's tags also which: one file can name several times and places."""
    tags = isinstance(item, Claim) and item.source.kind is SourceKind.FILE and item.basis
    return f" ({item.basis})" if tags and isinstance(item, Claim) else ""


def _joined(first: Evidence, one: Phrase, second: Evidence, other: Phrase, rest: str) -> str:
    who, whom = speakers(first, second)
    does = "" if other[0] == one[0] else f" {_form(second, other[0])}"
    text = f"{who} {_form(first, one[0])} {one[1]}, {whom}{does} {other[1]}{rest}."
    return text[0].upper() + text[1:] if text.startswith(("the ", "a ", "an ")) else text


def _form(item: Evidence, phrase: str) -> str:
    """The verb in the number of who speaks: the file's own tags date it, anybody else dates it."""
    word, _, rest = phrase.partition(" ")
    several = {"denies": "deny"}.get(word, word.removesuffix("s"))
    return " ".join(filter(None, (verb(item, word, several), rest)))


def _time_said(item: TimeItem) -> Phrase:
    said = span(item.interval)
    if item.denies:
        return ("rules out", said) if isinstance(item.evidence, Bound) else ("denies", f"the time, {said}")
    if isinstance(item.evidence, Appearance) and not item.asserts and item.evidence.published is not None:
        return published(item.evidence), published_when(item.evidence.published, item)
    if item.interval.earliest is None:
        return "puts it", f"no later than {by(item)}"
    if item.interval.latest is None:
        return "puts it", f"no earlier than {said.removeprefix('from ')}"
    return "dates it", f"to {said}"


def _place_said(item: PlaceItem) -> Phrase:
    place = where(item.place)
    at = f"{'at' if item.place.level is Level.POINT and item.place.name[:1] in '-0123456789' else 'in'} {place}"
    return ("denies that it was taken", at) if item.denies else ("places it", at)
