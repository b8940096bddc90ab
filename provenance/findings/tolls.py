"""How many dead or injured an account counts, and whether two counts can both be right.

A count is an interval: "12", "at least 12", "between 100 and 300". No reading of meaning: a number that stands right
before a word for the dead or the injured. Counts rise as an event goes on, so only those far apart are told.
"""

from __future__ import annotations

import re
from unicodedata import normalize

# "14 killed" an hour after "10 killed" is an update; that one is half again the other is more than that.
FAR_APART = 1.5
ABOUT = 0.2
_OPEN = 10**9
_DEAD = (
    r"killed|dead|died|deaths?|fatalit\w+|погиб\w*|убит\w*|жертв\w*|загин\w*|загибл\w*|вбит\w*|tu[ée]e?s?|morte?s?|décès"
    r"|muert[oa]s?|murieron|fallecid\w+|mortos?|morreram|tote[nr]?|getötet\w*|todesopfer|ölü|öldü|tewas|meninggal"
    r"|morti|قتيل\w*|قتلى|شهيد\w*|کشته|死亡|遇难|遇難|丧生|사망|숨"
)
_HURT = (
    r"injured|wounded|hurt|injuries|ранен\w*|поранен\w*|пострада\w*|постраждал\w*|bless[ée]e?s?|herid[oa]s?|ferid[oa]s?"
    r"|verletzte?\w*|yaralı|luka|terluka|feriti|جريح\w*|جرحى|مصاب\w*|زخمی|受伤|受傷|부상"
)
_LEAST = (
    r"at least|more than|over|no fewer than|не менее|не менш\w*|более|больше|понад|щонайменше|au moins|plus de|al menos"
    r"|más de|pelo menos|mais de|mindestens|mehr als|en az|sedikitnya|lebih dari|almeno"
    r"|至少|超过|超過|최소|أكثر من|حداقل|بیش از"
)
_MOST = r"up to|fewer than|less than|at most|no more than|не более|не більше|jusqu'à|hasta|até|bis zu|最多|최대|حداکثر"
_SOME = (
    r"about|around|some|nearly|almost|roughly|approximately|около|близько|приблизно|environ|unos|unas|cerca de|etwa"
    r"|rund|yaklaşık|sekitar|circa|约|約|약|نحو|حوالي|حدود"
)
_NUMBER = r"\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+|\d+"
_JOINED = r"\s*(?:-|–|—|to|and|и|до|та|à|et|y|e|a|bis|und|至)\s*"
# Not a part of a date, an age or a share: "3 of 12 patients died" counts three, and says so in other words.
_COUNT = re.compile(
    rf"(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<some>{_SOME}))?\s*(?<![\d.,:/-])(?<!\bof )(?P<first>{_NUMBER})"
    rf"(?:{_JOINED}(?P<last>{_NUMBER}))?(?:\s?(?:[人名]|명이?)|(?:\s+[^\W\d]+){{0,3}}?)\s*(?:\b(?P<dead>{_DEAD})|\b(?P<hurt>{_HURT})"
    rf"|(?<=[명이人名 ])(?:(?P<dead2>{_DEAD})|(?P<hurt2>{_HURT})))",
    re.IGNORECASE,
)
MOST_READ = 2_000
"""Characters of an account that are looked through."""


def counts_part(first: str, second: str) -> bool:
    """Whether two texts count the dead, or the injured, so that both cannot be right and no update explains it."""
    one, other = _counts(first), _counts(second)
    return any(_apart(one[what], other[what]) for what in one.keys() & other.keys())


def _apart(first: tuple[float, float], second: tuple[float, float]) -> bool:
    low, high = sorted((first, second))
    return high[0] > FAR_APART * low[1]


def _counts(text: str) -> dict[str, tuple[float, float]]:
    """Lowest and highest number by what is counted; nothing of what is counted twice, as of two places."""
    found: dict[str, list[tuple[float, float]]] = {}
    for match in _COUNT.finditer(normalize("NFC", text[:MOST_READ])):
        if _a_year(match["first"]):
            continue
        what = "dead" if match["dead"] or match["dead2"] else "hurt"
        found.setdefault(what, []).append(_interval(match))
    return {what: counts[0] for what, counts in found.items() if len(counts) == 1}


def _interval(match: re.Match[str]) -> tuple[float, float]:
    low = _whole(match["first"])
    high = max(low, _whole(match["last"])) if match["last"] else low
    if match["least"]:
        return low, _OPEN
    if match["most"]:
        return 0, high
    return (low * (1 - ABOUT), high * (1 + ABOUT)) if match["some"] else (low, high)


def _a_year(number: str) -> bool:
    return number.isdecimal() and 1900 <= int(number) <= 2100


def _whole(number: str) -> int:
    return int(re.sub(r"\D", "", number)[:9])
