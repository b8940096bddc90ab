"""Whether one account denies what another tells: a word of denial, or a negation of something that both speak of.

No reading of meaning. "The army denies it" speaks against any account of the event. "No trains are running" speaks
against one of trains or of running alone: a negation counts where the words that it stands before, in their clause, are
among those of the other account, or where one says "already" and the other "not yet". Between two languages no words
can be compared, and every negation counts, as it does where it has no words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from unicodedata import normalize

from .denials_words import (
    AFTER,
    ALREADY,
    DENIES,
    EMPTY,
    ENGLISH_ENDINGS,
    IRREGULAR,
    LANGUAGES,
    NEGATES,
    NO_DENIAL,
    NOT_YET,
    PREFIXES,
    UNSPACED_DENIES,
    UNSPACED_NEGATES,
)
from .peopled import NOBODY, place_without_people, places_with_people
from .presence import absent, done_by_nobody

_CHARS = 20_000
"""Characters of an account in which a denial is looked for."""
_MOST_CLAUSES, _MOST_NEGATED, _MOST_WORDS = 12, 40, 400
_DENIAL = rf"\b(?:{'|'.join(DENIES)})\b|{UNSPACED_DENIES}"
_NEGATION = rf"\b(?:{'|'.join(NEGATES)})\b|{UNSPACED_NEGATES}"
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0963\u0970-\u0dff])+")  # with the vowel signs of India
_CLAUSES = r"[.;!?,:()\n。！？；，、—–।]|\s(?:but|while|но|але|mais|pero|aber)\s"
_HAN = r"[\u3400-\u9fff]"
_SCRIPTS = {
    "cyrillic": r"[\u0400-\u052f]",
    "arabic": r"[\u0600-\u06ff]",
    "han": r"[\u3040-\u9fff]",
    "hangul": r"[\uac00-\ud7a3]",
    "latin": r"[A-Za-z\u00c0-\u024f]",
}
_LEAST, _ENDING, _STEM, _LONGEST = 4, 2, 3, 40
_VERB = re.compile(r"(?:л[аои]?|т[ьи]|с[яь]|[аеиуюя]т|н[аоыі]?)$")  # автобус is no автомобиль
_ABOUT_NOBODY = frozenset({"nobody"})
_PARTICIPLE = re.compile(r"^(?:ab|an|auf|aus|ein|nach|um|vor|weg|zu)?ge(?=\w{4})")
_CASED = re.compile(r"[A-Za-zА-Яа-яЁёІіЇїЄє]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Words to look up at once: `forms`, of English ones; `heads`, what must be alike in a longer one, and `starts`."""

    forms: frozenset[str]
    heads: frozenset[str]
    starts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What of an account denies. `negated`: the keys of the words that its negations may be about; `alone`: one of them
    has no words of its own, so that it may be about any.
    """

    outright: bool
    language: str
    negated: frozenset[str]
    words: _Words
    alone: bool
    not_yet: bool
    emptied: _Words
    """Places in which nobody was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What of an account another can deny."""

    language: str
    already: bool
    words: _Words
    peopled: _Words
    """Places in which people were."""


def denial_in(text: str) -> Denial | None:
    """What denies in a text; None where nothing does."""
    said = re.sub(NO_DENIAL, " ", normalize("NFC", text[:_CHARS]), flags=re.IGNORECASE)
    language = _language(said)
    if language == "pt":
        said = re.sub(r"\bno\b", "em", said, flags=re.IGNORECASE)  # no porto: in the port
    outright = re.search(_DENIAL, said, re.IGNORECASE) is not None
    clauses = () if outright else tuple(_negated(said))
    scopes = tuple(_scope(one, match, nouns=language == "de") for one, match in clauses)
    if not (outright or scopes):
        return None
    negated = frozenset[str]().union(*scopes)
    return Denial(
        outright=outright,
        language=language,
        negated=negated,
        words=_words(negated),
        alone=not all(scopes),
        not_yet=not outright and bool(re.search(NOT_YET, said, re.IGNORECASE)),
        emptied=_places(
            place_without_people(*one) for one, scope in zip(clauses, scopes, strict=True) if scope == _ABOUT_NOBODY
        ),
    )


def told_in(text: str) -> Told:
    """What a text tells, for `denies`."""
    said = normalize("NFC", text[:_CHARS])
    already = re.search(ALREADY, said, re.IGNORECASE) is not None
    return Told(
        language=_language(said),
        already=already,
        words=_words(_keys(said, names=True)),
        peopled=_places([places_with_people(re.split(_CLAUSES, said))]),
    )


def denies(denial: Denial, told: Told) -> bool:
    """Whether a denial in one text speaks of what another, which denies nothing, tells."""
    if denial.outright or denial.alone or _two_languages(denial.language, told.language):
        return True
    if denial.not_yet and told.already:
        return True
    english = "en" in (denial.language, told.language)
    return any(_alike(*pair, english) for pair in ((denial.words, told.words), (denial.emptied, told.peopled)))


def _alike(one: _Words, other: _Words, english: bool) -> bool:
    if not one.forms.isdisjoint(other.forms):
        return True
    return not english and not (one.heads.isdisjoint(other.starts) and one.starts.isdisjoint(other.heads))


def _negated(said: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Clauses with the negation that stands in each, the first of them."""
    found = ((one, re.search(_NEGATION, one, re.IGNORECASE)) for one in re.split(_CLAUSES, said) if one)
    yield from islice(((one, match) for one, match in found if match is not None), _MOST_CLAUSES)


def _scope(clause: str, match: re.Match[str], *, nouns: bool) -> frozenset[str]:
    """The words that a negation may be about. `nouns`: words with a capital are no names."""
    if (who := absent(clause, match)) is not None:
        return (_keys(who, names=True, most=_MOST_NEGATED) - NOBODY) or _ABOUT_NOBODY
    if (deed := done_by_nobody(clause, match)) is not None:  # the deed is denied, not what it was done to
        told = [keys for word in deed.split()[:_MOST_NEGATED] if (keys := _keys(word, names=False))]
        return frozenset[str]().union(*(told if nouns else told[:1])) or _ABOUT_NOBODY
    ahead = re.search(AFTER, match[0], re.IGNORECASE) is not None
    behind = _keys(clause[match.end() :], names=nouns, most=_MOST_NEGATED) if ahead else frozenset()
    before = behind or _keys(_without_subject(clause), names=nouns, most=_MOST_NEGATED)
    return before or _keys(clause, names=True, most=_MOST_NEGATED)


def _places(texts: Iterable[str]) -> _Words:
    return _words(_keys(" ".join(texts), names=True))


def _without_subject(clause: str) -> str:
    """Without its first word, who acts where the negation stands last; in Chinese the first two characters."""
    first, _, rest = clause.strip().partition(" ")
    return rest or first[2:]


def _keys(text: str, *, names: bool, most: int = _MOST_WORDS) -> frozenset[str]:
    """Words of content, folded; of Chinese and Japanese each two characters. `names`: also words with a capital."""
    found = []
    for word in _WORD.findall(text)[:most]:
        if re.search(_HAN, word):
            found += [word[at : at + 2] for at in range(len(word) - 1) if re.fullmatch(_HAN + "{2}", word[at : at + 2])]
        elif (names or word[0].islower() or not _CASED.match(word)) and word.casefold() not in EMPTY:
            plain = word.casefold().removeprefix("ال")[:_LONGEST]
            found.append(IRREGULAR.get(plain, plain))
    return frozenset(one for one in found if len(one) > 2 or re.search(r"[\u3400-\u9fff\uac00-\ud7a3]", one))


def _words(keys: frozenset[str]) -> _Words:
    """Two are one word where they are equal, or alike to the last two letters of the shorter one: 병원을 and 병원.

    In English where they are but for their endings: bombed and bombs. Of Russian and Ukrainian verbs to the last three
    letters, and without a prefix: загорелся and горел; of German ones without that of the participle: eingestürzt and
    stürzte.
    """
    bare = frozenset(one for word in keys for one in _bare(word))
    return _Words(
        forms=frozenset(form for word in keys for form in _english(word)),
        heads=frozenset(word[:least] for word in bare if len(word) >= (least := _least(word))),
        starts=frozenset(word[:length] for word in bare for length in range(2, len(word) + 1)),
    )


def _english(word: str) -> Iterator[str]:
    yield word
    for ending, instead in ENGLISH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            stem = word.removesuffix(ending)
            yield IRREGULAR.get(stem + instead, stem + instead)
            if not instead and stem[-1] == stem[-2]:  # planned
                yield stem[:-1]


def _bare(word: str) -> tuple[str, ...]:
    if not "а" <= word[0] <= "ґ":
        return word, _PARTICIPLE.sub("", word)
    shorter = (word.removeprefix(one) for one in PREFIXES if word.startswith(one) and len(word) - len(one) > _LEAST)
    return word, *shorter


def _least(word: str) -> int:
    """How many letters of a word must be alike in one that is as long or longer."""
    if "\uac00" <= word[0] <= "\ud7a3":
        return max(2, len(word) - 1)
    return max(_LEAST, len(word) - _ENDING - bool(_VERB.search(word)))


def _language(text: str) -> str:
    """The script, and in Latin letters the language whose small words are the most; "" where none is known."""
    letters = re.sub(r"[\W\d_]", "", text[:500])
    script = next((name for name, one in _SCRIPTS.items() if len(re.findall(one, letters)) * 2 > len(letters)), "")
    if not script:
        return f"u{ord(letters[0]) >> 7:x}" if letters else ""
    if script != "latin":
        return script
    first, *rest = re.findall(r"[^\W\d_]+", text[:500])
    words = [first.casefold(), *(word for word in rest if word.islower())]  # Los Angeles
    counts = {language: sum(word in small for word in words) for language, small in LANGUAGES.items()}
    most = max(counts.values())
    best = [language for language, number in counts.items() if number == most]
    return best[0] if most >= 2 and len(best) == 1 else "latin"


def _two_languages(one: str, other: str) -> bool:
    """Whether they are known to be two; a text without small words may be of any language in Latin letters."""
    return one != other and not ("latin" in (one, other) and {one, other} <= {"latin", *LANGUAGES})
