"""Words of accounts to hold against one another: which tell something, which two are one word, which language they are.

No dictionary: what is alike is told by how words begin and end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .denials_words import EMPTY, ENGLISH_ENDINGS, IRREGULAR, LANGUAGES, PREFIXES

MOST_WORDS = 400
"""Words of a text that are read."""
CLAUSES = r"[.;!?,:()\n。！？；，、—–।]|\s(?:but|while|но|але|mais|pero|aber)\s"
"""Where one clause ends and another begins."""
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0963\u0970-\u0dff])+")  # with the vowel signs of India
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
_PARTICIPLE = re.compile(r"^(?:ab|an|auf|aus|ein|nach|um|vor|weg|zu)?ge(?=\w{4})")
_CASED = re.compile(r"[A-Za-zА-Яа-яЁёІіЇїЄє]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words to look up at once: `forms`, of English ones; `heads`, what must be alike in a longer one, and `starts`."""

    forms: frozenset[str]
    heads: frozenset[str]
    starts: frozenset[str]


def alike(one: Words, other: Words, english: bool) -> bool:
    """Whether they share a word. `english`: endings count as those of English."""
    if not one.forms.isdisjoint(other.forms):
        return True
    return not english and not (one.heads.isdisjoint(other.starts) and one.starts.isdisjoint(other.heads))


def keys_of(text: str, *, names: bool, most: int = MOST_WORDS) -> frozenset[str]:
    """Words of content, folded; of Chinese and Japanese each two characters. `names`: also words with a capital."""
    found = []
    for word in _WORD.findall(text)[:most]:
        if re.search(_HAN, word):
            found += [word[at : at + 2] for at in range(len(word) - 1) if re.fullmatch(_HAN + "{2}", word[at : at + 2])]
        elif (names or word[0].islower() or not _CASED.match(word)) and word.casefold() not in EMPTY:
            plain = word.casefold().removeprefix("ال")[:_LONGEST]
            found.append(IRREGULAR.get(plain, plain))
    return frozenset(one for one in found if len(one) > 2 or re.search(r"[\u3400-\u9fff\uac00-\ud7a3]", one))


def words_of(keys: frozenset[str]) -> Words:
    """Two are one word where they are equal, or alike to the last two letters of the shorter one: 병원을 and 병원.

    In English where they are but for their endings: bombed and bombs. Of Russian and Ukrainian verbs to the last three
    letters, and without a prefix: загорелся and горел; of German ones without that of the participle: eingestürzt and
    stürzte.
    """
    bare = frozenset(one for word in keys for one in _bare(word))
    return Words(
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


def language_of(text: str) -> str:
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


def two_languages(one: str, other: str) -> bool:
    """Whether they are known to be two; a text without small words may be of any language in Latin letters."""
    return one != other and not ("latin" in (one, other) and {one, other} <= {"latin", *LANGUAGES})
