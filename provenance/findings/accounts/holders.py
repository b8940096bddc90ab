"""Two accounts of who holds a place: each side says that it does, or one names the army and the other the rebels.

By marks of words alone, in English, Russian and Ukrainian: a verb or a noun of holding, taking or freeing, who does,
and what. Two sides differ where each speaks of itself ("we", "our troops", its own name), or by a word for forces of a
state and one for those who fight it; that two names differ is not enough, for one side has many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice
from unicodedata import normalize

from .blame import SAYS
from .denials import negates
from .opposites import clauses_told, two_moments
from .opposites_marks import OF_SOME, OTHER_MOMENT
from .things import Thing, same_thing, things_in
from .words import language_of

_CHARS, _MOST_CLAUSES = 2_000, 12
_TAKEN = r"(?:held|controlled|taken|captured|seized|retaken|recaptured|liberated|occupied)"
_STILL = r"(?:now |still |fully |again |firmly |back |entirely )*"
_IS = rf"(?:is|are|was|were|remains?|stays?|(?:has|have) been) {_STILL}"
_ENGLISH = (
    rf"^(?P<what>.+?) {_IS}{_TAKEN} by (?P<who>.+)$",
    rf"^(?P<what>.+?) {_IS}(?:under|in) (?:the )?(?:full |complete |firm )*(?:control|hands) of (?P<who>.+)$",
    rf"^(?P<what>.+?) {_IS}(?:under|in) (?P<who>[\w-]+ )(?:full |complete |firm )*(?:control|hands)\b",
    r"^(?P<what>.+?) (?:has |have )?f(?:e|a)ll(?:en)? (?:to|into the hands of) (?P<who>.+)$",
    rf"^(?P<who>(?:[^\W\d_][\w'’-]* ){{1,5}}?){_STILL}(?:continues? to |has |have )?"
    r"(?P<verb>controls?|controlled|holds?|held|took|taken|captured|seized|retook|retaken|recaptured|liberated)"
    r"(?: (?:full )?control (?:of|over))?(?P<what>(?: [\w'’-]+){1,6})",
)
_CYRILLIC = (
    r"^(?P<what>.+?)\s(?:под|під)\s(?P<who>(?:(?:нашим|полным|повним|полностью)\s)*контрол\w+(?:\s.+)?)$",
    r"^(?P<who>(?:\S+\s){1,4}?)(?:полностью\s|повністю\s)?(?P<verb>контролиру\w+|удержива\w+|контролю\w+|утриму\w+|занял\w*"
    r"|взял\w*|захватил\w*|освободил\w*|захопил\w*|звільнил\w*)\s(?P<what>.+)$",
)
_FREED = r"^(?P<what>.+?)\s(?:(?:is|was|has been) liberated$|(?:освобожд[её]н|звільнен)[аоиыіо]?\b)(?P<who>)"
"""Freed, and by whom is not said: by those who tell it."""
_WE = re.compile(r"\b(?:we|our|ours|мы|наш\w*|нами|ми)\b", re.IGNORECASE)
_LOOSE = r"took|taken|held|взял"
"""What people do who hold no place: we took the bus, we held the rope."""
_PLACES = re.compile(
    r"town|village|city|district|air(?:port|field|base)|port|harbou?r|bridge|hill|heights?|pass|base|station|dam|plant|factor"
    r"|building|square|road|highway|island|crossing|junction|checkpoint|camp|fort|mountain|ridge|valley|region|province|capital"
    r"|cent(?:re|er)|quarter|pier|headquarter|border|area|territor|settlement|stronghold|hospital|school|refiner|depot|mine"
    r"|oilfield|palace|parliament|prison|tower|suburb|neighbo|bank|coast|beach|peninsula|cape|weir|tunnel|farm|garrison"
    r"|город|город|сел[оаеу]|деревн|пос[её]л|порт|мост|высот|аэро|станци|вокзал|дорог|трасс|район|квартал|завод|баз|плотин|больниц"
    r"|школ|остров|перевал|границ|территори|област|столиц|центр|берег|плацдарм|міст|селищ|аеро|шлях|острів|кордон|гребл|лікарн"
)
"""How words for places begin: who holds hostages, the record or the line holds no place."""
_PART = re.compile(
    r"^\s*(?:(?:a |the )?(?:part|parts|half|most|bulk) of\s|(?:часть|частина|частину|большую часть)\s)", re.IGNORECASE
)
_WHOLE = re.compile(
    r"\b(?:full|fully|complete|completely|entire|entirely|whole|полн\w+|повн\w+|весь|вся|всю)\b", re.IGNORECASE
)
_THEY = re.compile(r"^\s*(?:that )?(?:they|it|its|their)\b", re.IGNORECASE)
_STATE = (
    r"\b(?:army|armed forces|government|state forces|military|regime|junta|арми\w+|правительств\w+|армі\w+|уряд\w*)\b"
)
_FIGHTING_IT = (
    r"\b(?:rebel\w*|insurgents?|militants?|separatists?|guerrillas?|opposition|мятежник\w*|повстанц\w+|боевик\w*"
    r"|сепаратист\w*|бойовик\w*|заколотник\w*)\b"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NO_NAME = frozenset(("the", "army", "ministry", "forces", "troops", "defence", "defense", "spokesman", "government"))


class Side(StrEnum):
    """Whose forces, where a word tells."""

    UNTOLD = ""
    STATE = "state"
    FIGHTING_IT = "fighting it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """That somebody holds a place."""

    language: str
    what: tuple[Thing, ...]
    own: bool
    """Whether those who tell it say so of themselves."""
    side: Side
    teller: frozenset[str]
    """The words of whoever tells it."""
    moments: frozenset[str]
    """When, in the words of its sentence."""
    part: bool
    """Whether of a part; then only who holds the whole of it disagrees."""
    whole: bool


def held_in(by: str, text: str) -> tuple[Held, ...]:
    """What a text says of who holds what; `by`: who tells it, as the desk recorded it."""
    said = normalize("NFC", text[:_CHARS])
    opening = SAYS.match(said) or re.match(r"[^:]{1,60}:", said)
    teller = f"{by[:200]} {opening[0] if opening else ''}"
    told = said[opening.end() :] if opening else said
    language = language_of(said)
    clauses = islice(clauses_told(told), _MOST_CLAUSES)
    return tuple(one for clause, when in clauses for one in _in_clause(clause.strip(), when, language, teller))


def hold_one_thing(first: Sequence[Held], second: Sequence[Held]) -> bool:
    """Whether the two texts give one place to two sides."""
    return any(_part(one, other) for one in first for other in second)


def _part(one: Held, other: Held) -> bool:
    sides = one.side is not other.side and Side.UNTOLD not in (one.side, other.side)
    both = one.own and other.own and (not one.teller or one.teller != other.teller)
    if not (sides or both):
        return False
    if (one.part and not other.whole) or (other.part and not one.whole):
        return False
    return not two_moments(one.moments, other.moments) and same_thing(
        one.what, other.what, (one.language, other.language)
    )


def _in_clause(clause: str, when: frozenset[str], language: str, teller: str) -> Iterator[Held]:
    if negates(clause) or re.search(OTHER_MOMENT, clause, re.IGNORECASE):
        return
    match = next((found for one in _patterns(language) if (found := one.search(clause))), None)
    if match is None or not _definite(match):
        return
    told, spoken = _PART.sub("", match["what"]).strip(), "en" if language == "latin" else language
    what = tuple(one for one in things_in(told, "", spoken) if _a_place(one, told))
    who, names = match["who"], _names(teller)
    opened = bool(_THEY.match(who)) and bool(teller.strip())
    named = bool(names & _names(who)) or (_side(who) is not Side.UNTOLD and _side(who) is _side(teller))
    yield Held(
        language=language,
        what=what,
        own=not who.strip() or bool(_WE.search(who)) or opened or named,
        side=_side(who) or (_side(teller) if opened else Side.UNTOLD),
        teller=names,
        moments=when,
        part=_PART.match(match["what"]) is not None,
        whole=_WHOLE.search(clause) is not None,
    )


def _a_place(what: Thing, told: str) -> bool:
    """Whether a word for a place begins its noun, or it has a name."""
    names = re.findall(r"[A-ZА-ЯІЇЄҐ][\w'’-]+", told)
    return any(_PLACES.match(one) or any(one in name.casefold() for name in names) for one in what.heads)


def _definite(match: re.Match[str]) -> bool:
    """Whether what is held may be one place: who takes heavy losses or the bus to town holds nothing."""
    what, verb = match["what"], match.groupdict().get("verb") or ""
    if re.search(OF_SOME, _PART.sub("", what), re.IGNORECASE):
        return False
    if verb and _WE.search(match["who"]) and re.match(_LOOSE, verb, re.IGNORECASE):
        return False
    named = re.match(r"\W*(?:the |our |(?-i:[A-Z]))", _PART.sub("", what), re.IGNORECASE) is not None
    return named or not verb or not verb.isascii()


def _names(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text)) - _NO_NAME


def _side(text: str) -> Side:
    state, against = (bool(re.search(one, text, re.IGNORECASE)) for one in (_STATE, _FIGHTING_IT))
    return Side.UNTOLD if state is against else Side.STATE if state else Side.FIGHTING_IT


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    own = {"en": _ENGLISH, "latin": _ENGLISH, "cyrillic": _CYRILLIC}.get(language, ())
    return tuple(re.compile(one, re.IGNORECASE) for one in ((*own, _FREED) if own else ()))
