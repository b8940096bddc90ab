"""Two accounts of one thing in states that exclude each other: "the bridge is open", "the bridge is closed".

By marks of words alone, in a clause that negates nothing and tells of no other moment. In one language both clauses
must share a word besides, the thing that they speak of; between two languages no words can be compared, and the states
alone count, as a negation does (denials.py). Of some of several things ("two bridges") nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from unicodedata import normalize

from .account_words import CLAUSES, Words, alike, keys_of, language_of, two_languages, words_of
from .denials import negates
from .denials_words import LANGUAGES
from .opposites_marks import DAYS, EMPTY_HAN, OF_SOME, OTHER_MOMENT
from .opposites_words import STATES, UNSPACED

_CHARS, _MOST_CLAUSES = 2_000, 12
_ENGLISH_OF = r"\b(?:to|of|in|at|on|near|from|by|behind|outside|inside|around|along|for|with|that|which|who)\b"
_ENGLISH_IT = re.compile(r"\W*(?:\w+ (?:says?|said) (?:that )?)?(?:it|he|she|they|all of (?:it|them))\b", re.IGNORECASE)
_BEING = "était étaient reste restent sigue siguen jest został została zostało zostały estava ficou è sono rimane"
_SMALL = frozenset[str]().union(*LANGUAGES.values(), _BEING.split())
"""Words that stand by a state and tell nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """That a clause says of a thing in which of two states it is."""

    pair: int
    """Which two states, by their place in the table."""
    second: bool
    language: str
    thing: Words
    nameless: bool
    """Whether the clause has no other word that tells something: "it is intact"."""
    days: frozenset[str]
    """Days of the week that the clause names."""


def states_in(text: str) -> tuple[State, ...]:
    """The states of things that a text tells of; none of a pair of which it tells both."""
    said = normalize("NFC", text[:_CHARS])
    language = language_of(said)
    found = [one for clause in islice(re.split(CLAUSES, said), _MOST_CLAUSES) for one in _in_clause(clause, language)]
    sides = {(one.pair, one.second) for one in found}
    return tuple(one for one in found if (one.pair, not one.second) not in sides)


def opposite_states(first: Sequence[State], second: Sequence[State]) -> bool:
    """Whether a thing of the one text is in the opposite state in the other."""
    return any(_opposite(one, other) for one in first for other in second)


def _opposite(one: State, other: State) -> bool:
    if one.pair != other.pair or one.second == other.second:
        return False
    if one.days and other.days and one.days.isdisjoint(other.days):
        return False
    if two_languages(one.language, other.language) or one.nameless or other.nameless:
        return True
    return alike(one.thing, other.thing, "en" in (one.language, other.language))


def _in_clause(clause: str, language: str) -> Iterator[State]:
    if not clause.strip() or negates(clause) or _moment().search(clause):
        return
    for pair in range(len(STATES)):
        found = [_compiled(pair, second, language).search(clause) for second in (False, True)]
        for second, match in enumerate(found):
            if match is None or found[not second] is not None or _some().search(clause):
                continue
            keys = _thing(clause[: match.start()].strip(), clause[match.end() :], language)
            yield State(
                pair=pair,
                second=bool(second),
                language=language,
                thing=words_of(keys),
                nameless=not keys and (language != "en" or _ENGLISH_IT.match(clause) is not None),
                days=frozenset(one.casefold() for one in _days().findall(clause)),
            )


def _thing(before: str, behind: str, language: str) -> frozenset[str]:
    """The words of a clause besides the state, but for names; in Chinese the characters: 桥 is 桥梁.

    In English of "the road to the airport" the road, where something stands before the state.
    """
    if language == "en":
        heads = (re.split(_ENGLISH_OF, one, maxsplit=1)[0].strip() for one in re.split(r"\band\b", before))
        if subject := _keys(re.sub(r"\w+['’]s\b", "", " ".join(heads)), language):
            return subject
    return _keys(f"{before} {behind}", language)


def _keys(rest: str, language: str) -> frozenset[str]:
    if language == "han":
        return frozenset(rest) - frozenset(EMPTY_HAN) - frozenset(" \t")
    return keys_of(rest[:1].lower() + rest[1:], names=language in ("de", "latin")) - _SMALL


@cache
def _compiled(pair: int, second: bool, language: str) -> re.Pattern[str]:
    """The words of one state: of a known language its own, of an unknown one in Latin letters those of all."""
    told = STATES[pair][second]
    words = "|".join(told.values()) if language in ("latin", "") else told.get(language, "")
    if not words:
        return re.compile(r"(?!)")
    return re.compile(words if language in UNSPACED else rf"\b(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _some() -> re.Pattern[str]:
    return re.compile(OF_SOME, re.IGNORECASE)


@cache
def _moment() -> re.Pattern[str]:
    return re.compile(OTHER_MOMENT, re.IGNORECASE)


@cache
def _days() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{DAYS})", re.IGNORECASE)
