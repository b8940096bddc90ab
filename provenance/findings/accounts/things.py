"""Which thing a clause tells a state of, and whether two clauses speak of one.

By marks of words alone: the noun that stands first or last before a preposition, as the language has it, and the words
that tell it from others of its kind. "The road to the airport" is no airport, "the old bridge" not "the new bridge",
"Colonel A" not "Colonel B"; "the bridge" may be any of them. Between two languages only a few common nouns are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from .blame import SAYS
from .denials_words import LANGUAGES
from .opposites_marks import EMPTY_HAN, MOMENTS
from .things_words import ADJECTIVE, ADVERBS, ANOTHER, BEING, CONCEPTS, HEAD_LAST, PARTICLES, PREPOSITIONS
from .words import Words, alike, keys_of, two_languages, words_of

_SMALL = frozenset[str]().union(*LANGUAGES.values(), BEING.split(), ADVERBS.split())
"""Words that stand by a noun and tell nothing."""
_WORD = re.compile(r"[^\W\d_]+|(?<![\d:.])\d{1,3}(?![\d:])")
_MARK = re.compile(r"\d+|[A-ZА-ЯІЇЄҐ]|ex")
"""What tells one of several: "gate 4", "terminal A"."""
_KANA = re.compile(r"[\u3040-\u30ff]")
_MOST_WORDS = 8
"""Words of a noun's, those nearest to the noun, that are compared."""
_STEMS = frozenset(stem for _, stem in CONCEPTS)
_OWNER = re.compile(r"\b\w+['’]s\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a state is told of."""

    heads: tuple[str, ...]
    """The noun; of a language that is not known, the first word and the last."""
    words: frozenset[str]
    """The noun with the words that tell it from others of its kind, and its name; in Chinese the characters."""
    where: frozenset[str]
    """The words behind the preposition: the school on Hill Street is not that on Mill Street."""


def things_in(before: str, behind: str, language: str) -> tuple[Thing, ...]:
    """What a clause speaks of: what stands before the state, up to a preposition; where nothing does, behind it."""
    before, behind = (_moments().sub(" ", one) for one in (before, behind))
    if language == "han":
        return tuple(_of_characters(one) for one in (before or behind,) if one.strip())
    if language in ("en", "latin") and (opening := SAYS.match(before)):
        before = before[opening.end() :].removeprefix(" that")
    first, then = _up_to_preposition(before, language), _up_to_preposition(behind, language)
    where = frozenset[str]() if "\n" in first else _where(before.strip()[len(first) :])
    if found := _things(first, language):
        return tuple(replace(one, where=where) for one in found)
    whole = () if first else _things(before, language)
    return whole if whole and language in HEAD_LAST else _things(then, language) or whole


def _where(behind: str) -> frozenset[str]:
    return keys_of(behind, names=True, most=_MOST_WORDS) - _SMALL


def same_thing(one: Sequence[Thing], other: Sequence[Thing], languages: tuple[str, str]) -> bool:
    """Whether two clauses in these languages speak of one thing."""
    if two_languages(*languages):
        return any(_known(first) & _known(second) for first in one for second in other)
    if languages == ("han", "han"):
        return any(first.words & second.words for first in one for second in other)
    english = "en" in languages
    return any(_same(first, second, english) for first in one for second in other)


def one_within_the_other(one: Iterable[str], other: Iterable[str], english: bool) -> bool:
    """Whether each word of the shorter list is among those of the longer one."""
    shorter, longer = sorted((frozenset(one), frozenset(other)), key=len)
    if (shorter ^ longer) & ANOTHER:
        return False
    return all(any(_one_word(word, every, english) for every in longer) for word in shorter)


def _same(one: Thing, other: Thing, english: bool) -> bool:
    if one.where and other.where and not one_within_the_other(one.where, other.where, english):
        return False
    return any(
        alike(_word(first), _word(second), english)
        and one_within_the_other(one.words - {first}, other.words - {second}, english)
        for first, second in zip(one.heads, other.heads, strict=False)
    )


def _one_word(one: str, other: str, english: bool) -> bool:
    """As `alike`, but in Cyrillic letters no beginning counts as a prefix: східний is not західний."""
    if min(one, other) < "а" or max(one, other) > "ӿ":
        return alike(_word(one), _word(other), english)
    least = max(3, min(len(one), len(other)) - 2)
    return one == other or one[:least] == other[:least]


@lru_cache(maxsize=4_096)
def _word(word: str) -> Words:
    return words_of(frozenset((word,)))


def _up_to_preposition(phrase: str, language: str) -> str:
    """In English also what stands behind an "and", in a line of its own."""
    parts = re.split(r"\band\b", phrase) if language == "en" else [phrase]
    found = (_preposition(language).split(f" {one[:1].lower()}{one[1:]}", maxsplit=1)[0].strip() for one in parts)
    return "\n".join(filter(None, found))


def _things(phrase: str, language: str) -> tuple[Thing, ...]:
    return tuple(found for part in phrase.split("\n") if (found := _thing(part, language)) is not None)


def _keys(word: str, language: str) -> frozenset[str]:
    """As `keys_of`; a word that says little in one language may be a thing in another: most, a bridge in Polish."""
    if language not in ("en", "latin") and (plain := word.casefold()) in _STEMS:
        return frozenset((plain,))
    return keys_of(word, names=True) - _SMALL


def _thing(phrase: str, language: str) -> Thing | None:
    written = _WORD.findall(_OWNER.sub(" ", phrase))
    keyed = [(word, key) for word in written for key in sorted(_keys(word, language))]
    keyed = keyed[-_MOST_WORDS:] if language in HEAD_LAST else keyed[:_MOST_WORDS]
    if not keyed:
        return None
    nouns = [key for word, key in keyed if not _adjective(word, language)] or [key for _, key in keyed]
    heads = (nouns[0], nouns[-1]) if language == "latin" else (nouns[-1 if language in HEAD_LAST else 0],)
    marks = {word for word in written[1:] if _MARK.fullmatch(word)}
    return Thing(heads=heads, words=frozenset(key for _, key in keyed) | marks, where=frozenset())


def _adjective(word: str, language: str) -> bool:
    if language == "de":
        return word.islower()
    if language == "hangul":
        return not word.endswith(PARTICLES)
    return language == "cyrillic" and re.search(ADJECTIVE, word) is not None


def _of_characters(phrase: str) -> Thing:
    """In Chinese and Japanese the characters behind the last 的: 桥 is 桥梁."""
    head = re.split("[的の]", phrase.strip())[-1]
    told = frozenset(_KANA.sub("", head)) - frozenset(EMPTY_HAN) - frozenset(" \t")
    return Thing(heads=(), words=told, where=frozenset())


def _known(one: Thing) -> frozenset[str]:
    """Which of the nouns that are known in many languages; none where other words tell it from those of its kind."""
    if one.where or (one.heads and one.words - {one.heads[-1]}):
        return frozenset()
    return frozenset(name for name, stem in CONCEPTS if one.heads[-1:] and one.heads[-1].startswith(stem)) or frozenset(
        name for name, stem in CONCEPTS if not one.heads and stem in one.words
    )


@cache
def _preposition(language: str) -> re.Pattern[str]:
    words = "|".join(PREPOSITIONS.values()) if language == "latin" else PREPOSITIONS.get(language, "(?!)")
    return re.compile(rf"(?<=\s)(?:{words})(?!\w)")  # terminal A, porto a Lecce


@cache
def _moments() -> re.Pattern[str]:
    return re.compile(MOMENTS, re.IGNORECASE)
