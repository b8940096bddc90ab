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
    r"\b(?:in|inside|at|within|im|dans|à|au|en|em|na|dentro d\w+|nel(?:l[ao])?|nell(?=['’])|w|we|в|во|у|на|внутри"
    r"|всередині|في|داخل)(?=\s+((?:\S+\s+){0,2}\S+))"
)
_BEING = (
    r"\b(?:was|were|been|hid(?:ing)?|shelter(?:ed|ing)|trapped|remained|stayed|war(?:en)?|befand\w*|étai\w+|trouvai\w+"
    r"|avait|hab[ií]an?|estaban?|havia|estavam?|c['’]eran?o?|eran?o|by(?:ł[aoy]?|li)|перебува\w+|бул[ио]|бу(?:в|ла)"
    r"|находил\w+|был[ио]?|كان\w*)(?!\w)"
)


def places_within(clause: str) -> str:
    """The words behind each preposition of what is within; "" where there is none."""
    return " ".join(_compiled(_IN).findall(clause))


def places_with_people(clauses: list[str]) -> str:
    """The same of clauses that tell of people who were there; none of them may deny anything."""
    told = (one for one in clauses if _compiled(_BEING).search(one) and people().search(one))
    return " ".join(filter(None, map(places_within, told)))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
