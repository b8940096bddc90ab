"""Places named in running text, each with every candidate. A mention says that a name stands there, never who is meant.

Rules, by script. Latin, Cyrillic, Greek, Armenian: the first and the last word begin with a capital letter, at most
four words, the longest wins; words of COMMON alone are none, nor are capitals of up to three letters unless they name a
country, given names before a surname, or what stands before a word for a region; the first word of a sentence must be a
country, a town of 20,000 people or a place under its own name. Hangul: a word, with or without its particle, two
syllables only from 50,000 people on. Han: the longest run of two to eight characters, two only from 100,000 people on
or before 市 县 镇 and the like. Arabic, Hebrew, Georgian, kana: whole words, from 50,000 people on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .everyday import COMMON, GIVEN_NAMES
from .find import Candidate, Form, find
from .keys import Script, fold, script_of
from .table import Kind, table

MOST_CHARS, MOST_MENTIONS = 20_000, 200
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‘-][^\W\d_]+)*[’']?")
_CASED = frozenset((Script.LATIN, Script.CYRILLIC, Script.GREEK, Script.ARMENIAN))
_MOST_WORDS, _LONGEST_RUN = 4, 8
_BETWEEN = re.compile(r"[ \u00a0]|\. ?")
_PEOPLE = {Script.HANGUL: 50_000, Script.HAN: 100_000}
_OTHERS_PEOPLE = 50_000
# "Курской области" is the region, and no village of Курская.
_AREA = re.compile(r"област\w{1,3}|кра[йюяе]|район\w{0,3}|округ\w{0,2}|губерни\w{1,2}", re.IGNORECASE)
_OPENING_PEOPLE, _OPENING_PEOPLE_INFLECTED = 20_000, 500_000
WRITE_CYRILLIC = frozenset(["RU", "UA", "BY", "BG", "RS", "ME", "MK", "BA", "KZ", "KG", "MN", "TJ"])
_UNITS = frozenset("市县縣区區镇鎮州省")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where a name stands in a text, and what it may mean, best first (`find`)."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]


def mentions(text: str) -> tuple[Mention, ...]:
    """Mentions in order, not overlapping; of at most 20,000 characters the first 200."""
    text = text[:MOST_CHARS]
    words = _words(text)
    found: list[Mention] = []
    position = 0
    while position < len(words) and len(found) < MOST_MENTIONS:
        word = words[position]
        script = script_of(word.text)
        if script in _CASED:
            taken = _longest(text, words, position)
            if taken is not None:
                found.append(taken)
                while position < len(words) and words[position].start < taken.end:
                    position += 1
                continue
        elif script is Script.HAN:
            found.extend(_han(text, word.start, word.end))
        elif script is not None and (one := _word(text, word, script)) is not None:
            found.append(one)
        position += 1
    return tuple(found[:MOST_MENTIONS])


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str


def _words(text: str) -> list[_Word]:
    """Words in order; "Beijing-Shanghai", which names no place as a whole, is two."""
    found = []
    for match in _WORD.finditer(text):
        parts = [match.span()]
        if "-" in match.group() and _pair(match.group()):
            at = match.start() + match.group().index("-")
            parts = [(match.start(), at), (at + 1, match.end())]
        found += [_Word(start, end, text[start:end]) for start, end in parts]
    return found


def _pair(word: str) -> bool:
    first, _, second = word.partition("-")
    capitals = first[:1].isupper() and second[:1].isupper() and len(first) > 2 and len(second) > 2
    return capitals and all(one.base == fold(first) for one in find(word))


def _longest(text: str, words: list[_Word], position: int) -> Mention | None:
    """The longest run of words from here that names a place."""
    first = words[position].text
    if not first[0].isupper():
        return None
    for last in range(min(position + _MOST_WORDS, len(words)) - 1, position - 1, -1):
        if not words[last].text[0].isupper() or not _joined(text, words, position, last):
            continue
        name = text[words[position].start : words[last].end].strip("’'")
        if last > position and not _may_begin(first):
            continue
        if last == position and not _stands_alone(text, words, position):
            return None
        candidates = find(name)
        if last == position and _abbreviation(first):
            candidates = tuple(one for one in candidates if one.kind is Kind.COUNTRY)
        if last == position and _opens_sentence(text, words[position].start):
            candidates = candidates if any(_known_well(one) for one in candidates) else ()
        if candidates:
            start = words[position].start
            return Mention(start=start, end=start + len(name), text=name, candidates=candidates)
    return None


def _joined(text: str, words: list[_Word], first: int, last: int) -> bool:
    return all(_BETWEEN.fullmatch(text, words[one].end, words[one + 1].start) for one in range(first, last))


def _may_begin(word: str) -> bool:
    """Whether a longer name can begin so; Cyrillic first words inflect and are looked at by `find`."""
    return script_of(word) is not Script.LATIN or table().begins(f"{fold(word)} ")


def _abbreviation(word: str) -> bool:
    return len(word) <= 3 and word.isupper()


def _stands_alone(text: str, words: list[_Word], position: int) -> bool:
    word = words[position].text.strip("’'")
    key = fold(word)
    if key in COMMON or len(key) < 2:
        return False
    follows = position + 1 < len(words) and _joined(text, words, position, position + 1)
    if follows and _AREA.fullmatch(words[position + 1].text):
        return False
    return not (key in GIVEN_NAMES and follows and words[position + 1].text[0].isupper())


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" \u00a0«“\"'(")
    return not before or before[-1] in ".!?…:\n"


def _known_well(one: Candidate) -> bool:
    """Whether a word that any sentence could begin with is rather the place: a country, a town, or its own name."""
    own = fold(one.name) == one.base or (script_of(one.base) is Script.CYRILLIC and one.cc in WRITE_CYRILLIC)
    bent = one.form is Form.INFLECTED and script_of(one.base) is Script.CYRILLIC
    large = one.population >= (_OPENING_PEOPLE_INFLECTED if bent else _OPENING_PEOPLE)
    return one.kind is Kind.COUNTRY or large or own


def _word(text: str, word: _Word, script: Script) -> Mention | None:
    """A word of a script without capitals."""
    name = word.text
    if len(name) < 2 or fold(name) in COMMON:
        return None
    least = _PEOPLE.get(script, _OTHERS_PEOPLE)
    candidates = tuple(one for one in find(name) if one.form is Form.EXACT or one.base not in COMMON)
    if not any(
        one.kind is not Kind.SETTLEMENT or one.population >= least or (script is Script.HANGUL and len(one.base) > 2)
        for one in candidates
    ):
        return None
    longest = max(len(one.base) for one in candidates) if script is Script.HANGUL else len(name)
    end = word.start + min(len(name), longest)
    return Mention(start=word.start, end=end, text=text[word.start : end], candidates=candidates)


def _han(text: str, start: int, end: int) -> Iterator[Mention]:
    """Longest names in a run of characters without spaces, from the left."""
    data = table()
    while start < end - 1:
        for length in range(min(_LONGEST_RUN, end - start), 1, -1):
            name = text[start : start + length]
            if name in COMMON or not data.rows(fold(name)):
                continue
            unit = name[-1] in _UNITS or text[start + length : start + length + 1] in _UNITS
            candidates = tuple(one for one in find(name) if one.form is Form.EXACT)
            known = any(one.kind is not Kind.SETTLEMENT or one.population >= _PEOPLE[Script.HAN] for one in candidates)
            if candidates and (length > 2 or unit or known):
                yield Mention(start=start, end=start + length, text=name, candidates=candidates)
                start += length - 1
                break
        start += 1
