"""That an account counts none: "no casualties", "nobody was killed"; by language, in small patterns for `re`."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

_PHRASES = (
    r"no (?:\w+ )?(?:casualties|victims|deaths|fatalities|injuries)",
    r"(?:no ?one|nobody|none) (?:was |were |is |has been )?(?:killed|hurt|injured|wounded|died)",
    r"(?:жертв|погибших|пострадавших|раненых|загиблих|постраждалих)(?: и \w+)? (?:нет|не было|немає)",
    r"(?:нет|без|немає) (?:жертв|погибших|пострадавших|загиблих|постраждалих)",
    r"никто не (?:погиб|пострадал)|ніхто не (?:загинув|постраждав)",
    r"keine (?:Toten|Verletzten|Opfer)|niemand wurde (?:verletzt|getötet)",
    r"(?:aucune?|pas de) (?:victimes?|morts?|blessés?)",
    r"(?:no hubo|sin) (?:víctimas|muertos|heridos)",
    r"not (?:a|one) (?:single )?(?:local )?(?:person|soul|civilian|resident|inhabitant|villager|passenger)"
    r" (?:was |were |is |has been )?(?:killed|hurt|injured|wounded|harmed|died)",
    r"ни один (?:местный )?(?:человек|житель|мирный житель|гражданин|пассажир) не (?:погиб|пострадал)",
    r"жод(?:ен|на) (?:людина|житель|мешканець|цивільний|пасажир) не (?:загину|постражда)(?:в|ла)",
    r"[وف]?لم (?:يُ?قتل|يُ?صب|يسقط) (?:أحد|أي (?:مدني|شخص))",
)
"""By language: English, twice; Russian and Ukrainian, thrice; German; French; Spanish; English; Russian;
Ukrainian; Arabic. That no soldier died counts nobody else: of the last four only words for anybody.
"""
NONE_HARMED = "|".join(_PHRASES)
"""What an account says that counts none, for `re` where letters are alike in both cases."""
_ALONE = {
    "dead": re.compile(r"death|fatal|killed|died|погиб|загиб|toten|getötet|mort|muert|загину|قتل", re.IGNORECASE),
    "hurt": re.compile(r"injur|hurt|wound|ранен|verletzt|blessé|herid|يُ?صب", re.IGNORECASE),
}
"""Words in a phrase of these that make it speak of the dead alone, or of the injured."""


def without_none(text: str) -> str:
    """The text without what it says of none, so that only counts of somebody are left."""
    return _none().sub(" ", text)


def says_none(text: str, what: Literal["dead", "hurt"]) -> bool:
    """Whether it says that none is dead, or hurt; "no casualties" says both."""
    other = _ALONE["hurt" if what == "dead" else "dead"]
    return any(not other.search(match[0]) for match in _none().finditer(text))


@cache
def _none() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{NONE_HARMED})\b", re.IGNORECASE)
