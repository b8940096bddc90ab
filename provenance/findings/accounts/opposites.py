"""Two accounts of one thing in states that exclude each other: "the bridge is open", "the bridge is closed".

By marks of words alone, in a clause that negates nothing, asks nothing and tells of no other moment. Both clauses must
speak of one thing besides (things.py). Of some of several things ("two bridges") nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from unicodedata import normalize

from .denials import negates
from .denials_words import LANGUAGES
from .opposites_marks import MOMENTS, OF_SOME, OTHER_MOMENT, SENTENCES
from .opposites_words import FORCE, HOW, STATES, UNSPACED
from .things import Thing, one_within_the_other, same_thing, things_in
from .words import CLAUSES, keys_of, language_of, two_languages

_CHARS, _MOST_CLAUSES = 2_000, 12
_SOMEBODY = re.compile(
    r"\W*(?:he|she|they|он|она|они|він|вона|вони|er|sie|elles?|ils?(?= \w{1,4} )|ella|ellos|ellas)\b",
    re.IGNORECASE,
)
_ENGLISH_IT = re.compile(r"\W*(?:\w+ (?:says?|said) (?:that )?)?(?:it|all of it)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """That a clause says of a thing in which of two states it is."""

    pair: int
    """Which two states, by their place in the table."""
    second: bool
    language: str
    things: tuple[Thing, ...]
    nameless: bool
    """Whether the text says no more than "it is intact", so that it may speak of anything."""
    words: frozenset[str]
    """All that the clause tells besides the state; "force" for any act of it."""
    moments: frozenset[str]
    """When, in the words of its sentence."""


def states_in(text: str) -> tuple[State, ...]:
    """The states of things that a text tells of; none of a pair of which it tells both."""
    said = normalize("NFC", text[:_CHARS])
    language = language_of(said)
    clauses = list(islice(clauses_told(said), _MOST_CLAUSES))
    found = [one for clause, when in clauses for one in _in_clause(clause, when, language, alone=len(clauses) == 1)]
    sides = {(one.pair, one.second) for one in found}
    return tuple(one for one in found if (one.pair, not one.second) not in sides)


def opposite_states(first: Sequence[State], second: Sequence[State]) -> bool:
    """Whether a thing of the one text is in the opposite state in the other."""
    return any(_opposite(one, other) for one in first for other in second)


def _moments_in(sentence: str) -> frozenset[str]:
    """Days, months, years, hours and the like that a sentence names, as it writes them."""
    return frozenset(one[0].casefold() for one in _compiled(MOMENTS).finditer(sentence))


def two_moments(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name moments, and none in common."""
    return bool(one and other) and one.isdisjoint(other)


def _sentences(said: str) -> Iterator[str]:
    """Sentences of a text but for questions."""
    yield from (one for one in re.findall(SENTENCES, said) if one[-1] not in "?？؟")


def _opposite(one: State, other: State) -> bool:
    if one.pair != other.pair or one.second == other.second:
        return False
    languages = (one.language, other.language)
    if not two_languages(*languages) and two_moments(one.moments, other.moments):
        return False
    if one.nameless or other.nameless:
        return True
    if one.pair == HOW and not two_languages(*languages):
        near = abs(len(one.words) - len(other.words)) <= 1
        told = bool(one.words and other.words)
        return near and told and one_within_the_other(one.words, other.words, "en" in languages)
    return same_thing(one.things, other.things, languages)


def clauses_told(said: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Clauses that tell something, with the moments of the sentence that each stands in."""
    for sentence in _sentences(said):
        when = _moments_in(sentence)
        yield from ((one, when) for one in re.split(CLAUSES, sentence) if one.strip())


def _in_clause(clause: str, when: frozenset[str], language: str, *, alone: bool) -> Iterator[State]:
    if (
        _SOMEBODY.match(clause)
        or negates(clause)
        or _compiled(OTHER_MOMENT).search(clause)
        or _compiled(OF_SOME).search(clause)
    ):
        return
    for pair in range(len(STATES)):
        found = [_state(pair, second, language).search(clause) for second in (False, True)]
        for second, match in enumerate(found):
            if match is None or found[not second] is not None:
                continue
            before, behind = clause[: match.start()].strip(), clause[match.end() :]
            spoken = _spoken(pair, bool(second), clause) if language == "latin" else language
            yield State(
                pair=pair,
                second=bool(second),
                language=language,
                things=things_in(before, behind, spoken),
                nameless=alone and spoken in ("en", "latin") and _ENGLISH_IT.match(clause) is not None,
                words=frozenset(
                    "force" if FORCE.match(one) else one for one in keys_of(f"{before} {behind}", names=True, most=20)
                ),
                moments=when,
            )


def _spoken(pair: int, second: bool, clause: str) -> str:
    """The language by the words of the state, where there is one."""
    latin = [one for one in STATES[pair][second] if one in LANGUAGES]
    found = [one for one in latin if _state(pair, second, one).search(clause)]
    return found[0] if len(found) == 1 else "latin"


@cache
def _state(pair: int, second: bool, language: str) -> re.Pattern[str]:
    """The words of one state: of a known language its own, of an unknown one in Latin letters those of all."""
    told = STATES[pair][second]
    words = "|".join(told.values()) if language in ("latin", "") else told.get(language, "")
    if not words:
        return re.compile(r"(?!)")
    return re.compile(words if language in UNSPACED else rf"\b(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
