"""That nobody was in a place, and that people were: "nobody was in the building", "ten people were in the building".

By marks of words alone: a word for people, a verb of being somewhere, and a preposition of what is within; the place
is what stands behind that. People near a place, or who went there, were not in it.
"""

from __future__ import annotations

import re
from functools import cache

from .tolls_patterns import people

_NOBODY = """
nobody anybody anyone niemand niemanden niemandem personne nadie ninguém nessuno nikt nikogo
никто никого ніхто нікого kimse أحد
"""
NOBODY = frozenset(_NOBODY.split())
_IN = (
    r"\b(?:in|inside|at(?! all\b)|within|im|dans|à|au|en|em|na|dentro d\w+|nel(?:l[ao])?|nell(?=['’])|w|we|в|во|у|на"
    r"|внутри|всередині|في|داخل)(?=\s+((?:\S+\s+){0,2}\S+))"
)
_BEING = (
    r"\b(?:was|were|been|hid(?:ing)?|shelter(?:ed|ing)|trapped|remained|stayed|war(?:en)?|befand\w*|étai\w+|trouvai\w+"
    r"|avait|hab[ií]an?|estaban?|havia|estavam?|c['’]eran?o?|eran?o|by(?:ł[aoy]?|li)|перебува\w+|бул[ио]|бу(?:в|ла)"
    r"|находил\w+|был[ио]?|كان\w*|[يت](?:كن|وجد))(?!\w)"
)
_OPEN = (
    r"^\s*(?:was|were|is|war(?:en)?)\b|\b(?:if|whether|yet|noch|encore|todavía|aún|ainda|ancora)\b|\b(?:ещ[её]|ще)\b"
)
"""A question, a condition or a moment: nobody was there yet."""
_NOTHING_SAID = NOBODY | frozenset(("there", "actually", "at", "all", "one", "se", "sich"))
"""What may stand between a negation and the place beside a verb of being."""


def places_within(clause: str) -> str:
    """The words behind each preposition of what is within; "" where there is none."""
    return " ".join(one[1] for one in _compiled(_IN).finditer(clause))


def place_without_people(clause: str, negation: re.Match[str]) -> str:
    """The words of the place that a clause says nobody was in; "" where it says that nobody there did something.

    "No one in the building was hurt" and "nobody who was in it survived" leave people in it. The place stands before
    the negation, or right behind it and a verb of being: "there was nobody in the house".
    """
    if _compiled(_OPEN).search(clause):
        return ""
    if before := places_within(clause[: negation.start()]):
        return before
    at = _compiled(_IN).search(clause, negation.end())
    if at is None or not _compiled(_BEING).search(clause, 0, at.start()):
        return ""
    between = people().sub(" ", _compiled(_BEING).sub(" ", clause[negation.end() : at.start()]))
    return at[1] if set(between.casefold().split()) <= _NOTHING_SAID else ""


def places_with_people(clauses: list[str]) -> str:
    """The same of clauses that tell of people who were there; none of them may deny anything."""
    told = (one for one in clauses if _compiled(_BEING).search(one) and people().search(one))
    return " ".join(filter(None, map(places_within, told)))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
