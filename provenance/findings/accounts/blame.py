"""Accounts that lay the same act at each other's door: each names who tells the other, and an act of force.

Or one lays it at the other's door, and the other at a third's: "an Israeli air strike", "a rocket of Islamic Jihad".
Names are compared by how they begin ("Ukraine" and "Ukrainian"), in scripts that have capital letters.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_ACTS = re.compile(
    r"\b(?:attack|shell(?:ed|ing|s)|bomb|bl[eo]w|blast|destroy|str(?:ike|uck)|hit\b|fired\b|launch|kill|sho(?:t|ot)|sabotag"
    r"|explo|violat|behind\b|responsible|caused\b|атак|обстр|удар|взорв|подорв|уничтож|разруш|убил|бомб|сбил|підірв|знищ"
    r"|зруйн|вбил|збил|attaqu|bombard|détrui|frapp|atac|destru|dispar|angegriff|angriff|zerstör|beschoss|gespreng|saldır"
    r"|vurd|menyerang|menembak)",
    re.IGNORECASE,
)
# Words that begin with a capital letter in a name of an office, and name nobody.
_WORDS = """
army ministry minister government president spokesman spokesperson spokeswoman office officials military forces police
defence defense foreign health interior general staff state department united republic armed armée ejército
армия министерство минобороны правительство президент генштаб полиция армія міністерство уряд поліція
"""
_OFFICES = frozenset(_WORDS.split())
SAYS = re.compile(
    r"\W*(?:[^\W\d_]+\W+){1,3}?(?:says?|said|claims?|claimed|accus\w+|blam\w+|alleg\w+|заяв\w+|обвин\w+|звинув\w+|повідом\w+)\b",
    re.IGNORECASE,
)
"""Who tells, where an account opens with it: "Kyiv says that ..."."""
_SPEAKER = re.compile(rf"{SAYS.pattern}|[^:]{{1,60}}:", re.IGNORECASE)  # or "Israel: ..."
_SHORTEST, _ENDING = 4, 2
# A seat of government for its state, as headlines have it, with the words that differ in more than their ending.
_SEATS_OF = """
kyiv kiev: ukraine; moscow kremlin: russia; київ києві київський киев киеве: україна украина;
москва москві москве кремль: росія россия; baku: azerbaijan; yerevan: armenia; tehran teheran: iran; damascus: syria;
ankara: turkey turkish; islamabad: pakistan; delhi: india; beijing: china; taipei: taiwan; riyadh: saudi;
khartoum: sudan;
asmara: eritrea; kigali: rwanda; kinshasa: congo; tbilisi: georgia; minsk: belarus; warsaw: poland polish;
paris: france french; berlin: germany; london: britain british; cairo: egypt; belgrade: serbia; pristina: kosovo;
washington pentagon: american; bangkok: thailand thai; phnom: cambodia; баку: азербайджан;
ереван: армения; тегеран: иран; минск: беларусь; варшава: польша
"""
_SEATS = {
    seat: entry.partition(":")[2].split()
    for entry in _SEATS_OF.replace("\n", " ").split(";")
    for seat in entry.partition(":")[0].split()
}
# "Shelled by Kyiv" accuses; "hit a school in Kyiv" tells where.
_BY_SEAT = re.compile(r"\bby ([A-Z][^\W\d_]+)")
# Whose the act is, in English: "an Israeli air strike", "a misfired rocket of Islamic Jihad", "was shot down by Iran".
_NAME = r"(?P<{}>[A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)?)"
_ARMS = (
    r"(?:rockets?|missiles?|(?:air ?)?strikes?|air ?raids?|shells?|shelling|artillery|drones?|bombs?|bombing|jets?"
    r"|tanks?|snipers?|forces|troops|army|soldiers|militants|fighters)"
)
_ACTOR = re.compile(
    rf"\b{_NAME.format('before')}(?: [a-z-]+){{0,2}}? {_ARMS}\b"
    rf"|\b{_ARMS} (?:of|by|from|fired by|launched by) (?:the )?{_NAME.format('owner')}"
    r"|\b(?:shot down|downed|hit|struck|caused|fired|launched|carried out|committed|bombed|shelled|attacked|destroyed"
    rf"|killed|sunk|blown up) by (?:the )?{_NAME.format('by')}"
)
# Words that begin with a capital letter where a sentence begins, or name a time, and say nobody's name.
_NOBODYS = """
a an the this that these those our their his her its some several many most more other two three four five six seven
eight nine ten dozens hundreds all both each every no only at on in after during before when as if one air anti long
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december enemy hostile
"""
_NO_NAMES = frozenset(_NOBODYS.split())


def blame_each_other(by: str, text: str, other_by: str, other_text: str) -> bool:
    """Whether each account names the other's speaker and not its own, and tells of an act of force.

    Or whether one does, and the other says that the act was a third's.
    """
    one, other = _names(by), _names(other_by)
    first, second = _blames(text, own=one, whom=other), _blames(other_text, own=other, whom=one)
    if first != second:
        return _a_third_did_it(other_text, text, other) if first else _a_third_did_it(text, other_text, one)
    return first


def _a_third_did_it(text: str, accusing: str, own: frozenset[str]) -> bool:
    """Whether a text that is accused in another says whose the act was: neither its own nor one that both name."""
    actors, accused = _actors(text), _actors(accusing)
    shared = any(_one_name(word, name) for name in accused for word in actors)
    return bool(actors and accused and _ACTS.search(text[:1_000])) and not shared and not _named([*actors], own)


def _actors(text: str) -> frozenset[str]:
    found = (
        word for match in _ACTOR.finditer(text[:1_000]) for name in match.groups() if name for word in name.split()
    )
    return frozenset(word.casefold() for word in found) - _OFFICES - _NO_NAMES


def _names(by: str) -> frozenset[str]:
    words = [word for word in _WORD.findall(by[:200]) if word[0].isupper() and len(word) > 2]
    named = frozenset(word.casefold() for word in words) - _OFFICES
    return named | {state for word in named for state in _SEATS.get(word, ())}


def _blames(text: str, *, own: frozenset[str], whom: frozenset[str]) -> bool:
    said = text[:1_000]
    opening = _SPEAKER.match(said)
    words = [word.casefold() for word in _WORD.findall(said[opening.end() :] if opening else said) if word[0].isupper()]
    words += [state for seat in _BY_SEAT.findall(said) for state in _SEATS.get(seat.casefold(), ())]
    return bool(_ACTS.search(said)) and _named(words, whom - own) and not _named(words, own - whom)


def _named(words: list[str], names: frozenset[str]) -> bool:
    return any(_one_name(word, name) for name in names for word in words)


def _one_name(word: str, name: str) -> bool:
    least = len(name) if len(name) < _SHORTEST else max(_SHORTEST, len(name) - _ENDING)
    return word == name if len(name) < _SHORTEST else word[:least] == name[:least]
