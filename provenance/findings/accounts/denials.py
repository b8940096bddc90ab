"""Whether one account denies what another tells: a word of denial, or a negation of something that both speak of.

No reading of meaning. "The army denies it" speaks against any account of the event. "No trains are running" speaks
against one of trains or of running alone: a negation counts where the words that it stands before, in their clause, are
among those of the other account, or where one says "already" and the other "not yet". Between two languages no words
can be compared, and each negation of a text that does nothing but negate counts, as one without words of its own does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from unicodedata import normalize

from .denials_words import AFTER, ALREADY, DENIES, NEGATES, NO_DENIAL, NOT_YET, UNSPACED_DENIES, UNSPACED_NEGATES
from .peopled import NOBODY, place_without_people, places_with_people
from .presence import absent, done_by_nobody
from .words import CLAUSES, Words, alike, keys_of, language_of, two_languages, words_of

_CHARS = 20_000
"""Characters of an account in which a denial is looked for."""
_MOST_CLAUSES, _MOST_NEGATED = 12, 40
_DENIAL = rf"\b(?:{'|'.join(DENIES)})\b|{UNSPACED_DENIES}"
_NEGATION = rf"\b(?:{'|'.join(NEGATES)})\b|{UNSPACED_NEGATES}"
_STAGED = r"stag|fak|fabricat|постанов|инсценир|інсцен|фейк|inszenier|mise? en scène"
"""A word of denial that is an account itself, which another can negate: "it was staged", "nothing was staged"."""
_WITHIN = re.compile(r"(\w{2,}?)(?:m[ae](?:d[ıi]|m[ıi]ş|yacak|yecek)|m[ıiuü]yor)\w*$")
_PAST = tuple(f"{one}{vowel}" for one in ("d", "t") for vowel in "ıiuü") + tuple(f"m{vowel}ş" for vowel in "ıiuü")
_ABOUT_NOBODY = frozenset({"nobody"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What of an account denies. `negated`: the keys of the words that its negations may be about; `alone`: one of them
    has no words of its own, so that it may be about any.
    """

    outright: bool
    language: str
    negated: frozenset[str]
    words: Words
    alone: bool
    scopes: tuple[frozenset[str], ...]
    """The same of each negation by itself."""
    only: bool
    """Whether the text does nothing but negate: what tells something besides may negate another thing."""
    not_yet: bool
    emptied: Words
    """Places in which nobody was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What of an account another can deny."""

    language: str
    already: bool
    words: Words
    asserted: Words
    """Of these the ones of clauses that negate and deny nothing."""
    peopled: Words
    """Places in which people were."""


def denial_in(text: str) -> Denial | None:
    """What denies in a text; None where nothing does."""
    said = re.sub(NO_DENIAL, " ", normalize("NFC", text[:_CHARS]), flags=re.IGNORECASE)
    language = language_of(said)
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
        words=words_of(negated),
        alone=not all(scopes),
        scopes=scopes,
        only=all(negates(one) for one in islice(re.split(CLAUSES, said), _MOST_NEGATED) if keys_of(one, names=True)),
        not_yet=not outright and bool(re.search(NOT_YET, said, re.IGNORECASE)),
        emptied=_places(
            place_without_people(*one) for one, scope in zip(clauses, scopes, strict=True) if scope == _ABOUT_NOBODY
        ),
    )


def told_in(text: str) -> Told:
    """What a text tells, for `denies`."""
    said = normalize("NFC", text[:_CHARS])
    already = re.search(ALREADY, said, re.IGNORECASE) is not None
    clauses = re.split(CLAUSES, said)
    return Told(
        language=language_of(said),
        already=already,
        words=words_of(keys_of(said, names=True)),
        asserted=words_of(keys_of(" . ".join(one for one in clauses if _asserts(one)), names=True)),
        peopled=_places([places_with_people(clauses)]),
    )


def denies(denial: Denial, told: Told) -> bool:
    """Whether a denial in one text speaks of what another, which denies nothing, tells."""
    if denial.outright or denial.alone:
        return True
    if two_languages(denial.language, told.language):
        return denial.only
    if denial.not_yet and told.already:
        return True
    english = "en" in (denial.language, told.language)
    return any(alike(*pair, english) for pair in ((denial.words, told.words), (denial.emptied, told.peopled)))


def denies_part(denial: Denial, told: Told) -> bool:
    """Whether a negation in one text speaks of what another tells that denies something else: words of one language.

    Two words where it has two: who did not shell the market does not deny that a bridge was shelled.
    """
    if denial.outright or denial.alone or two_languages(denial.language, told.language):
        return False
    english = "en" in (denial.language, told.language)
    return any(
        sum(alike(words_of(frozenset((word,))), told.asserted, english) for word in scope) >= min(2, len(scope))
        for scope in denial.scopes
    )


def negates(clause: str) -> bool:
    """Whether a negation stands in it."""
    return re.search(_NEGATION, clause, re.IGNORECASE) is not None


def _asserts(clause: str) -> bool:
    denials = (one[0] for one in re.finditer(_DENIAL, clause, re.IGNORECASE))
    return not negates(clause) and all(re.search(_STAGED, one, re.IGNORECASE) for one in denials)


def _negated(said: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Clauses with the negation that stands in each, the first of them."""
    found = ((one, re.search(_NEGATION, one, re.IGNORECASE)) for one in re.split(CLAUSES, said) if one)
    yield from islice(((one, match) for one, match in found if match is not None), _MOST_CLAUSES)


def _scope(clause: str, match: re.Match[str], *, nouns: bool) -> frozenset[str]:
    """The words that a negation may be about. `nouns`: words with a capital are no names."""
    if (who := absent(clause, match)) is not None:
        return (keys_of(who, names=True, most=_MOST_NEGATED) - NOBODY) or _ABOUT_NOBODY
    if (deed := done_by_nobody(clause, match)) is not None:  # the deed is denied, not what it was done to
        told = [keys for word in deed.split()[:_MOST_NEGATED] if (keys := keys_of(word, names=False))]
        return frozenset[str]().union(*(told if nouns else told[:1])) or _ABOUT_NOBODY
    if within := _turkish(match[0]):
        return within
    ahead = re.search(AFTER, match[0], re.IGNORECASE) is not None
    behind = keys_of(clause[match.end() :], names=nouns, most=_MOST_NEGATED) if ahead else frozenset()
    before = behind or keys_of(_without_subject(clause), names=nouns, most=_MOST_NEGATED)
    return before or keys_of(clause, names=True, most=_MOST_NEGATED)


def _turkish(verb: str) -> frozenset[str]:
    """Of a verb that is negated within, what it is without: düşmedi, and düştü, düşmüş."""
    stem = _WITHIN.match(verb.casefold())
    return frozenset(f"{stem[1]}{ending}" for ending in _PAST) if stem else frozenset()


def _places(texts: Iterable[str]) -> Words:
    return words_of(keys_of(" ".join(texts), names=True))


def _without_subject(clause: str) -> str:
    """Without its first word, who acts where the negation stands last; in Chinese the first two characters."""
    first, _, rest = clause.strip().partition(" ")
    return rest or first[2:]
