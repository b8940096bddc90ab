"""Where a text counts the dead, the injured or a crowd: patterns made of the words of tolls_words.py.

Each is compiled by the first text that is looked through: all of them take longer than most checks spend on texts.
"""

from __future__ import annotations

import re
from functools import cache

from .tolls_words import SPACED as MOST_MET
from .tolls_words import UNSPACED, Kind
from .tolls_words_elsewhere import ELSEWHERE

SPACED = MOST_MET | ELSEWHERE

TEN_THOUSANDS = re.compile(r"(\d+)\s?[万萬만]\s?([\d,]+)(\s?[千천])?")
"""1만 2,000 and 3万5千: how many ten thousands, the rest, and whether that is of thousands."""


def _alternatives(languages: dict[str, dict[Kind, str]], *kinds: Kind) -> str:
    words = (word for kind in kinds for told in languages.values() for word in told.get(kind, "").split(","))
    return "|".join(dict.fromkeys(_pattern(word.strip()) for word in words if word.strip()))


def _pattern(word: str) -> str:
    return word.replace("(", "(?:").replace("*", r"\w*")


def _whole(*kinds: Kind) -> str:
    """Words of these kinds as one group; in languages that part words they end where a word ends."""
    within = _alternatives(UNSPACED, *kinds)
    return rf"(?:(?:{_alternatives(SPACED, *kinds)})\b{f'|{within}' if within else ''})"


def _anywhere(*kinds: Kind) -> str:
    """The same, and nothing is asked of what stands behind them."""
    return f"(?:{_alternatives(SPACED | UNSPACED, *kinds)})"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# "1.5 million"; a fraction without such a word is no number of people.
def _number() -> str:
    return (
        r"(?:\d{1,4}\s?[万萬만]\s?\d{1,3}(?:,?\d{3}|\s?[千천])?"
        rf"|\d{{1,4}}(?:[.,]\d{{1,2}})?\s?(?:{_whole('thousand')}|[万萬만]|{_whole('million')})\.?"
        r"|\d{1,3}(?:[,.\u00a0\u202f ]\d{3}){1,4}|\d+)"
    )


def _joined() -> str:
    return rf"\s*(?:-|–|—|{_anywhere('to')})\s*"


@cache
def scales() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Words for thousands and more behind a number, and what each makes of it."""
    words = ((_whole("thousand"), 10**3), ("[万萬만]", 10**4), (_whole("million"), 10**6))
    return tuple((_compiled(rf"\s?{word}"), scale) for word, scale in words)


@cache
def counted() -> re.Pattern[str]:
    """ "At least 12 civilians were killed": the number before the word.

    Not a part of a name, a date, an age or a share; "2 missiles killed 40" counts missiles, and "12 killed or wounded"
    counts both.
    """
    no_word = r"(?<![^\W\u3040-\u9fff\uac00-\ud7a3])"  # nor does Chinese, Japanese or Korean part its words
    least, most, some, number = _anywhere("least"), _anywhere("most"), _anywhere("some"), _number()
    dead, hurt, crowd = _whole("dead"), _whole("hurt"), _whole("crowd")
    no_share = (
        rf"(?<!\d in )(?<!\bone in )"  # "1 in 3"
        rf"(?:(?<!\bof )|(?<!\d of )(?={number}{_joined()}{number}))"  # "3 of 40"; but "the low end of 100 to 300"
    )
    and_hurt = rf"(?:,|/|{_anywhere('or')})\s*(?:{hurt}|{dead})"
    return _compiled(
        rf"(?:{no_word}(?:(?P<least>{least})|(?P<most>{most})|(?P<some>{some})))?\s{{0,3}}"
        rf"{no_word}(?<![\d.,:/-]){no_share}"
        rf"(?P<first>{number})(?:{_joined()}(?P<last>{number}))?"
        rf"(?!\s+{_anywhere('things')}\b)(?:\s?[人名](?:が|も)?|\s?명(?:이|으로)?|(?P<who>(?:\s+[^\W\d]+){{0,3}}?))\s*"
        rf"(?:\b(?P<dead>{dead})|\b(?P<hurt>{hurt})|\b(?P<crowd>{crowd})"
        rf"|(?<=[명이로人名がも ])(?:(?P<dead2>{dead})|(?P<hurt2>{hurt})|(?P<crowd2>{crowd})))"
        rf"(?!\s+(?:{least}|{most}|{some})?\s*\d)(?!\s*{and_hurt})"
    )


@cache
def behind() -> re.Pattern[str]:
    """ "The storm killed 64 people", "погибли 12": the number right behind the word, of people or of nothing told.

    And no other word for harm behind that. What else is killed, hurt or gathered has no end: houses, cows, roubles.
    """
    dead, hurt, and_ = _whole("dead"), _whole("hurt"), rf"{_anywhere('and')}\b"
    number = _number()
    in_a_row = rf"(?P<dead2>{_alternatives(UNSPACED, 'killing')})(?!\s*\d+\s?[人名명](?:이|으로)?\s*(?:{dead}|{hurt}))"
    return _compiled(
        rf"(?:\b(?:(?P<dead>{dead}|(?:{_alternatives(SPACED, 'killing')}))|(?P<hurt>{hurt}|{_anywhere('hurting')})"
        rf"|(?P<crowd>{_whole('crowd')}))(?:\s?[:—–])?\s+|{in_a_row})"
        rf"(?:(?P<least>{_anywhere('least')})|(?P<most>{_anywhere('most')})|(?P<some>{_anywhere('some')})"
        rf"|{_anywhere('between')})?"
        rf"\s*(?P<first>{number})(?:{_joined()}(?P<last>{number}))?(?![\d.,:/-]*\d)"
        rf"(?!\s+(?:(?!{and_})[^\W\d]+\s+){{0,3}}(?:{dead}|{hurt}))"
        rf"(?:\s?[人名명]|(?P<who>(?:\s+(?!{and_})[^\W\d]+)?\s+{_anywhere('people')}\b)"
        rf"|(?=\s+(?:{and_}|{_anywhere('where')}\b)|\s*(?:[^\w\s%°-]|$)|\s+[–—-]))"
    )


@cache
def everybody() -> re.Pattern[str]:
    """What may stand between number and word in a count of everybody; "12 children died" is a least of it."""
    return _compiled(rf"(?:\s+{_anywhere('everybody')})*")


@cache
def people() -> re.Pattern[str]:
    """Words for people."""
    return _compiled(rf"\b{_whole('people')}")


@cache
def harm() -> dict[str, re.Pattern[str]]:
    """Words for the dead, and for the injured."""
    return {"dead": _told("dead"), "hurt": _told("hurt")}


@cache
def so_far() -> re.Pattern[str]:
    """That a count is one of a moment, below which a later one cannot lie."""
    return _told("so far")


@cache
def changed() -> re.Pattern[str]:
    """That a count was another before."""
    return _told("changed")


def _told(kind: Kind) -> re.Pattern[str]:
    return _compiled(rf"\b(?:{_alternatives(SPACED, kind)})\b|{_alternatives(UNSPACED, kind)}")
