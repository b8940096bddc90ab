"""Spellings of a name that the data has otherwise: Arabic names as desks romanise them, Korean ones in Hangul.

Arabic: articles, doubled letters and the ending of the feminine are written in many ways (Hassakeh, Al-Hasakah).
Hangul: the Revised Romanisation of Korean (2000), with the changes of sound that it writes; the data has many counties
of South Korea in Latin letters alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .find import Candidate, find
from .keys import Script, fold, script_of
from .romanised import hangul_romanised

_WHERE_ARABIC = "AE BH DJ DZ EG EH IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN TR YE"
_ARABIC = frozenset(_WHERE_ARABIC.split())
_ARTICLE = re.compile(r"\b(?:al|el|an|en|ar|er|as|es|ash|esh|ad|ed|at|et|az|ez) ")
# The article in one word with the name, its letter made that of the name: Deir Ezzor, Assuwayda.
_JOINED = re.compile(r"\b([ae])([dnrstz])(?=\2)")
_DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxyz])\1")
_SINGLE = re.compile(r"(?<=[aeiou])([bdfghjklmnqrstwyz])(?=[aeiou])")
_FEMININE = re.compile(r"(?:eh|ah|a|e)$")
_UNITS = "시군구읍면리동"
_KOREAN = ("KR", "KP")


def spelled_otherwise(name: str, cc: str = "") -> tuple[Candidate, ...]:
    """Places of the name in another spelling; of a country where one is given. Empty where `find` knows the name."""
    if find(name, cc=cc):
        return ()
    match script_of(name):
        case Script.LATIN if not cc or cc in _ARABIC:
            return _first(_arabic(fold(name)), _ARABIC & {cc} if cc else _ARABIC)
        case Script.HANGUL if not cc or cc in _KOREAN:
            return _first(_korean(name), frozenset({cc} if cc else _KOREAN))
    return ()


def _first(spellings: Iterable[str], countries: frozenset[str]) -> tuple[Candidate, ...]:
    for spelling in spellings:
        if found := tuple(one for one in find(spelling) if one.cc in countries):
            return found
    return ()


def _korean(name: str) -> Iterator[str]:
    bare = "".join(name.split())
    for one in (bare, bare[:-1] if len(bare) > 2 and bare[-1] in _UNITS else ""):
        if latin := hangul_romanised(one):
            yield latin


def _arabic(key: str) -> Iterator[str]:
    """Folded spellings, those with the fewest changes first; in article, doubling and ending."""
    if not 4 <= len(key) <= 40:
        return
    parted = _JOINED.sub(r"\1\2 ", key)
    bare = _ARTICLE.sub("", parted)
    for ending in (False, True):
        for start in dict.fromkeys((key, parted, bare, f"al {bare}")):
            for one in (start, *_doublings(start)):
                forms = (_FEMININE.sub(other, one) for other in ("ah", "a", "eh", "e")) if ending else (one,)
                yield from (form for form in forms if form != key)


def _doublings(key: str) -> Iterator[str]:
    if _DOUBLED.search(key):
        yield _DOUBLED.sub(r"\1", key)
    for match in _SINGLE.finditer(key):
        yield f"{key[: match.end()]}{match[1]}{key[match.end() :]}"
