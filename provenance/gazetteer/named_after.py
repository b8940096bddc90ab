"""Names of regions in other scripts than Latin -> the town that they are called after, and the kind of region.

"Харківська область" holds "Харків", "محافظة حلب" the Arabic name of Aleppo, "쿠르스크주" that of Kursk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .keys import LONGEST_KEY, Script, fold, script_of

# A word for the kind of region behind or before the name of the town, and what regions.py calls that kind.
_KIND_WORDS = (
    (re.compile(r"\s+(?:област\w{1,3}|обл\.?|вобласц\w{1,3})$", re.IGNORECASE), "oblast"),
    (re.compile(r"\s+кра(?:й|я|ю|е|єм|ем|ї|ю)$", re.IGNORECASE), "krai"),
    (re.compile(r"(?<=[\u3400-\u9fff]{2})省$"), "province"),
    (re.compile(r"(?<=[\u3400-\u9fff]{2})[県縣]$"), "prefecture"),
    (re.compile(r"(?<=[\u3400-\u9fff]{2})州$|(?<=[\uac00-\ud7a3]{2})\s?주$"), "region"),
    (re.compile(r"(?<=[\uac00-\ud7a3]{2})\s지역$"), "region"),
    (re.compile(r"^محافظة\s+"), "governorate"),
    (re.compile(r"^استان\s+"), "province"),
)
# Adjectives of Russian, Ukrainian and Belarusian place names in -ск-, -цк-, -зьк- with the endings of their cases
# (Zaliznyak 1977; Ukrainian orthography 2019, section 32: г, ж, з give -зьк-; к, ч, ц give -цьк-; х, ш, с give -ськ-).
_ADJECTIVE = re.compile(r"(?P<root>[\w-]+?)(?P<last>[сцз])ь?к(?:ая|ой|ую|ою|ий|ого|ому|им|ом|ім|і|а|ої|ій|у|ай)$")
_MERGED = {"с": ("", "с", "х"), "ц": ("ц", "к", "ч", "цк", "цьк"), "з": ("з", "г", "жж")}
_ENDINGS = ("", "а", "о", "и", "ы", "і", "е", "є", "ь", "я", "й", "ль", "ье", "ий")
# What stands between the root and the ending of the adjective alone: Пенз-ен-ская, Караганд-ин-ская, Рівн-ен-ська.
_LINKS = ("ен", "ин")
_VOWELS = "аеиоуыі"
# A picture "from Gaza" is one from the Strip, unless the city is named as one.
_LANDS_BY_TOWNS = dict.fromkeys(map(fold, ("Gaza", "Газа", "غزة", "가자", "加沙")), "Gaza Strip")


def land_by_its_town(name: str) -> str:
    """The land that is usually meant by the bare name of its town; "" of every other name."""
    return _LANDS_BY_TOWNS.get(fold(name), "")


def town_in(name: str) -> tuple[tuple[str, ...], str]:
    """Folded names that the town of a region's name may have, and the kind of region; ((), "") of no region.

    Of words in Latin letters regions.py takes the kind off itself. A text too long for a name is none.
    """
    if len(name) > 2 * LONGEST_KEY:
        return (), ""
    name = name.strip()
    for pattern, kind in _KIND_WORDS:
        if (bare := pattern.sub("", name)) != name and bare:
            return tuple(dict.fromkeys(_towns(fold(bare)))), kind
    return (), ""


def _towns(bare: str) -> Iterator[str]:
    yield bare
    first, _, last = bare.rpartition(" ")
    if script_of(bare) is not Script.CYRILLIC or not (match := _ADJECTIVE.fullmatch(last)):
        return
    before = f"{first} " if first else ""
    root, letter = match["root"], match["last"]
    whole = last[: match.end("last")]
    for full in (f"{whole}к", f"{whole}ьк"):  # Курск, Донецьк, Хмельницький
        yield f"{before}{full}"
        yield f"{before}{full}ий"
    for merged in _MERGED[letter]:
        for stem in _stems(f"{root}{merged}"):
            yield from (f"{before}{stem}{ending}" for ending in _ENDINGS)


def _stems(stem: str) -> Iterator[str]:
    """The stem of the adjective, and those of the noun it may come from."""
    stem = stem.rstrip("ь")
    yield stem
    for link in _LINKS:
        if stem.endswith(link) and len(stem) > len(link) + 2:
            yield stem.removesuffix(link)
    if len(stem) > 3 and stem[-2] in _VOWELS:  # a fleeting vowel: москов -> москва, чернівец -> чернівці
        yield stem[:-2] + stem[-1]
    if stem.endswith("ж"):  # Калужская, Волжская: Калуга, Волга
        yield f"{stem[:-1]}г"
