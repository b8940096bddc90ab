"""Whether one account denies what another tells: a word of denial, or a negation of something that both speak of.

No reading of meaning. "The army denies it" speaks against any account of the event. "No trains are running" speaks
against one of trains or of running alone: a negation counts where the words that it stands before, in their clause, are
among those of the other account, or where one says "already" and the other "not yet". Between two languages no words
can be compared, and every negation counts, as it does where it has no words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from .denials_words import (
    AFTER,
    ALREADY,
    DENIES,
    EMPTY,
    IRREGULAR,
    LANGUAGES,
    NEGATES,
    NO_DENIAL,
    NOT_YET,
    PREFIXES,
    UNSPACED_DENIES,
    UNSPACED_NEGATES,
)

_CHARS = 20_000
"""Characters of an account in which a denial is looked for."""
_MOST_CLAUSES, _MOST_WORDS = 12, 400
_DENIAL = rf"\b(?:{'|'.join(DENIES)})\b|{UNSPACED_DENIES}"
_NEGATION = rf"\b(?:{'|'.join(NEGATES)})\b|{UNSPACED_NEGATES}"
_CLAUSES = r"[.;!?,:()\n。！？；，、—–]|\s(?:but|while|но|але|mais|pero|aber)\s"
_HAN = r"[\u3400-\u9fff]"
_SCRIPTS = {
    "cyrillic": r"[\u0400-\u052f]",
    "arabic": r"[\u0600-\u06ff]",
    "han": r"[\u3040-\u9fff]",
    "hangul": r"[\uac00-\ud7a3]",
    "latin": r"[A-Za-z\u00c0-\u024f]",
}
_LEAST, _ENDING = 4, 2
_PARTICIPLE = re.compile(r"^(?:ab|an|auf|aus|ein|nach|um|vor|weg|zu)?ge(?=\w{4})")
_CASED = re.compile(r"[A-Za-zА-Яа-яЁёІіЇїЄє]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What of an account denies. `scopes`: for each negation the keys of the words that it may be about."""

    outright: bool
    scopes: tuple[frozenset[str], ...]
    not_yet: bool


def denial_in(text: str) -> Denial | None:
    """What denies in a text; None where nothing does."""
    said = re.sub(NO_DENIAL, " ", normalize("NFC", text[:_CHARS]), flags=re.IGNORECASE)
    if _language(said) == "pt":
        said = re.sub(r"\bno\b", " ", said, flags=re.IGNORECASE)  # no porto: in the port
    if re.search(_DENIAL, said, re.IGNORECASE):
        return Denial(outright=True, scopes=(), not_yet=False)
    scopes = tuple(_scopes(said))
    if not scopes:
        return None
    return Denial(outright=False, scopes=scopes, not_yet=bool(re.search(NOT_YET, said, re.IGNORECASE)))


def denies(denial: Denial, text: str, other: str) -> bool:
    """Whether a denial in one text speaks of what another, which denies nothing, tells."""
    if denial.outright or _two_languages(_language(text), _language(other)):
        return True
    if denial.not_yet and re.search(ALREADY, other[:_CHARS], re.IGNORECASE):
        return True
    told = _keys(normalize("NFC", other[:_CHARS]), names=True)
    return any(not scope or _shares(scope, told) for scope in denial.scopes)


def _scopes(said: str) -> Iterator[frozenset[str]]:
    nouns = _language(said) == "de"
    clauses = [one for one in re.split(_CLAUSES, said) if one]
    for clause in [one for one in clauses if re.search(_NEGATION, one, re.IGNORECASE)][:_MOST_CLAUSES]:
        match = re.search(_NEGATION, clause, re.IGNORECASE)
        if match is None:
            continue
        ahead = re.search(AFTER, match[0], re.IGNORECASE) is not None
        behind = _keys(clause[match.end() :], names=nouns) if ahead else frozenset()
        yield behind or _keys(_without_subject(clause), names=nouns) or _keys(clause, names=True)


def _without_subject(clause: str) -> str:
    """Without its first word, who acts where the negation stands last; in Chinese the first two characters."""
    first, _, rest = clause.strip().partition(" ")
    return rest or first[2:]


def _keys(text: str, *, names: bool = False) -> frozenset[str]:
    """Words of content, folded; of Chinese and Japanese each two characters. `names`: also words with a capital."""
    found = []
    for word in re.findall(r"[^\W\d_]+", text)[:_MOST_WORDS]:
        if re.search(_HAN, word):
            found += [word[at : at + 2] for at in range(len(word) - 1) if re.fullmatch(_HAN + "{2}", word[at : at + 2])]
        elif (names or word[0].islower() or not _CASED.match(word)) and word.casefold() not in EMPTY:
            plain = word.casefold().removeprefix("ال")
            found.append(IRREGULAR.get(plain, plain))
    return frozenset(one for one in found if len(one) > 2 or re.search(r"[\u3400-\u9fff\uac00-\ud7a3]", one))


def _shares(scope: frozenset[str], told: frozenset[str]) -> bool:
    return any(_one_word(word, other) for word in scope for other in told)


def _one_word(word: str, other: str) -> bool:
    """Equal, or alike to the last two letters of the shorter one: "bombed" and "bomb", 병원을 and 병원.

    Of Russian and Ukrainian verbs to the last three, and without a prefix: загорелся and горел; of German ones without
    that of the participle: eingestürzt and stürzte.
    """
    if word == other or _alike(word, other):
        return True
    return any(_alike(one, two) for one in _bare(word) for two in _bare(other))


def _bare(word: str) -> tuple[str, ...]:
    if not "а" <= word[0] <= "ґ":
        return word, _PARTICIPLE.sub("", word)
    shorter = (word.removeprefix(one) for one in PREFIXES if word.startswith(one) and len(word) - len(one) > _LEAST)
    return word, *shorter


def _alike(word: str, other: str) -> bool:
    shorter = min(len(word), len(other))
    if "\uac00" <= word[0] <= "\ud7a3":
        least = max(2, shorter - 1)
    else:
        least = max(_LEAST, shorter - (_ENDING + 1 if "а" <= word[0] <= "ґ" else _ENDING))
    return shorter >= least and word[:least] == other[:least]


def _language(text: str) -> str:
    """The script, and in Latin letters the language whose small words are the most; "" where none is known."""
    letters = re.sub(r"[\W\d_]", "", text[:500])
    script = next((name for name, one in _SCRIPTS.items() if len(re.findall(one, letters)) * 2 > len(letters)), "")
    if not script:
        return f"u{ord(letters[0]) >> 7:x}" if letters else ""
    if script != "latin":
        return script
    words = re.findall(r"[^\W\d_]+", text[:500].casefold())
    counts = {language: sum(word in small for word in words) for language, small in LANGUAGES.items()}
    most = max(counts.values())
    best = [language for language, number in counts.items() if number == most]
    return best[0] if most >= 2 and len(best) == 1 else "latin"


def _two_languages(one: str, other: str) -> bool:
    """Whether they are known to be two; a text without small words may be of any language in Latin letters."""
    return one != other and not ("latin" in (one, other) and {one, other} <= {"latin", *LANGUAGES})
