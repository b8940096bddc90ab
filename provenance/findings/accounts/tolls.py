"""How many dead, injured or gathered people an account counts, and whether two counts can both be right.

A count is an interval: "12", "at least 12", "between 100 and 300". No reading of meaning: a number that stands right
before or behind a word for the dead, the injured or a crowd. Counts rise as an event goes on, so only those far apart
are told, and none that is given as one of a moment.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal
from unicodedata import normalize

from .none_harmed import says_none, without_none
from .number_words import in_digits
from .tolls_patterns import TEN_THOUSANDS, behind, changed, counted, everybody, harm, scales, so_far

# "14 killed" an hour after "10 killed" is an update; that one is half again the other is more than that.
FAR_APART = 1.5
ABOUT = 0.2
_OPEN = 10**9
_TOLL = frozenset(("toll", "balance", "bilan"))
"""Words that make a count one of a moment, but no estimate that has both ends: "the toll is 100 to 300"."""
_HARM: tuple[Literal["dead"], Literal["hurt"]] = ("dead", "hurt")
_DIGIT = re.compile(r"\d")
MOST_READ = 2_000
"""Characters of an account that are looked through."""


def counts_part(first: str, second: str) -> bool:
    """Whether two texts count the dead, the injured or a crowd, so that both cannot be right and none is an update."""
    one, other = _counts(first[:MOST_READ]), _counts(second[:MOST_READ])
    return any(_apart(one[what], other[what]) for what in one.keys() & other.keys())


def counts_harm(text: str) -> bool:
    """Whether a text tells of dead or injured people, or that there are none."""
    return any(what in _HARM for what in _counts(text[:MOST_READ]))


def _apart(first: tuple[float, float], second: tuple[float, float]) -> bool:
    low, high = sorted((first, second))
    return high[0] > FAR_APART * low[1]


# Each account is held against every other.
@lru_cache(maxsize=64)
def _counts(text: str) -> dict[str, tuple[float, float]]:
    """Lowest and highest number by what is counted; nothing of what is counted twice, as of two places."""
    text = in_digits(normalize("NFC", text))
    if changed().search(text):
        return {}
    rest = without_none(text)
    moment = {mark.casefold() for mark in so_far().findall(text)}
    found = _numbered(rest, most=_OPEN if moment else None, spans=bool(moment - _TOLL))
    for what in _HARM:
        if not found[what] and says_none(text, what):
            found[what] = [(0, 0)]
        elif not found[what] and harm()[what].search(rest):
            found[what] = [(1, _OPEN)]
    return {what: counts[0] for what, counts in found.items() if len(counts) == 1}


def _numbered(text: str, *, most: float | None, spans: bool) -> dict[str, list[tuple[float, float]]]:
    """Each count that is a number, by what is counted. `most`: as high as each may be instead, of `spans` too."""
    found: dict[str, list[tuple[float, float]]] = {what: [] for what in (*_HARM, "crowd")}
    if not _DIGIT.search(text):
        return found
    before = list(counted().finditer(text))
    ends = {match.end() for match in before}
    # "5 killed: 3 in Kyiv": one word, one number, and what stands before it is the whole.
    for match in (*before, *(one for one in behind().finditer(text) if ends.isdisjoint(range(*one.span())))):
        if not _a_year(match["first"]):
            low, high = _interval(match)
            told = next(what for what, words in match.groupdict().items() if words and what.rstrip("2") in found)
            closed = most is None or (match["last"] and not spans)
            found[told.rstrip("2")].append((low, high if closed or most is None else most))
    return found


def _interval(match: re.Match[str]) -> tuple[float, float]:
    low = _whole(match["first"])
    high = max(low, _whole(match["last"])) if match["last"] else low
    if match["least"] or not everybody().fullmatch(match["who"] or ""):
        return low, _OPEN
    if match["most"]:
        return 0, high
    return (low * (1 - ABOUT), high * (1 + ABOUT)) if match["some"] else (low, high)


def _a_year(number: str) -> bool:
    return number.isdecimal() and 1900 <= int(number) <= 2100


def _whole(number: str) -> int:
    if parts := TEN_THOUSANDS.fullmatch(number):  # 1만 2,000, 3万5千
        return int(parts[1]) * 10_000 + int(parts[2].replace(",", "")) * (1_000 if parts[3] else 1)
    for pattern, scale in scales():
        if match := pattern.search(number):
            return round(float(number[: match.start()].replace(",", ".")) * scale)
    return int(re.sub(r"\D", "", number)[:9])
