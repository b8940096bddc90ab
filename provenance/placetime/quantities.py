"""Lengths in running text: "4,400 km", "4 400 км", "2,700 miles", "4,400㎞", "4,4 тыс. км", "200 nautical miles"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .distance import KM_PER_MILE, KM_PER_NAUTICAL_MILE

# A separator before exactly three digits parts thousands in every one of these languages; before one or two it is the
# decimal point or comma. "0.500 km" is half a kilometre all the same.
_NUMBER = r"(?<![\d.,])(?P<number>[1-9]\d{0,2}(?:[ \u00a0\u202f'.,]\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,6}(?:[.,]\d{1,3})?)"
_THOUSAND = (
    r"(?:\s*(?P<thousand>thousand|тыс(?:\.|яч[аи]?)?|тис(?:\.|яч[аі]?)?)|(?P<korean>천(?:\s?(?P<rest>\d{1,3}))?))?"
)
_ABOUT = r"(?:여|\s?여)?"
_UNIT = (
    r"(?:(?P<nautical>nautical[ -]miles?|nmi|морск\w{1,4} мил\w{1,3}|морськ\w{1,4} мил\w{1,3}|해리|海里)"
    r"|(?P<mile>miles?|mi|мил[ьяиюейі]{1,3}|마일|英里)"
    r"|(?P<km>kms?|kilomet(?:er|re)[ns]?|kil[óo]metros|kilomètres|qui?l[ôóo]metros|chilometri|км|километр\w{0,3}|кілометр\w{0,3}|㎞|킬로미터|킬로|公里|千米))"
)
_AREA_BEFORE = re.compile(r"(?:square|sq\.?|кв\.?|квадратн\w{2,3}|제곱|평방|平方)\s*$", re.IGNORECASE)
_SPEED_BEFORE = re.compile(r"(?:시속|時速|时速)\s*$")
_NO_LENGTH_BEHIND = re.compile(
    r"\s*(?:/|²|2\b|per\b|an hour|h\b|kph|в час|на годин|за годин|кв\b|square|sq\b|квадратн)", re.IGNORECASE
)
_QUANTITY = re.compile(
    rf"{_NUMBER}{_THOUSAND}{_ABOUT}[\s\u00a0\u202f-]{{0,2}}{_UNIT}(?![A-Za-zА-Яа-яіїєґ])", re.IGNORECASE
)
# "within 30 km of" and the like bound a distance and state none.
_BOUNDED = re.compile(
    r"(?:within|up to|less than|under|no more than|at most|radius of|range of|менее|меньше|не более|в радиусе|"
    r"в пределах|менше|не більше|в радіусі|у радіусі|в межах|у межах|반경|최대|"
    r"menos de|meno di|moins de|weniger als|bis zu|hasta|jusqu'à|até|"
    r"(?:radio|rayon|raio|raggio|umkreis) (?:de|di|von))\s*"
    r"(?:чем\s*|ніж\s*)?(?:about\s+|some\s+)?$",
    re.IGNORECASE,
)
_BOUNDED_BEHIND = re.compile(r"\s?(?:이내|미만|以内|radius)")
_RANGE_BEFORE = re.compile(r"\d\s*(?:-|–|—|to|до|~)\s*$")
_IN_BRACKETS = re.compile(
    r"\s*[(（\[/]\s*(?:or\s+|about\s+|some\s+|около\s+|близько\s+|약\s*)?$|\s*(?:,\s*)?(?:or|или|або|즉|또는)\s+(?:about\s+)?$"
)
_CLOSING = re.compile(r"\s*[)）\]]")
# Both units in a text are rounded: 4,400 km and 2,700 miles are 1.2 per cent apart.
_SAME_SHARE = 0.08
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A length and where it stands, a second unit in brackets included."""

    start: int
    end: int
    km: float
    words: str
    """As written: "2,700 miles"."""


def quantities(text: str) -> list[Quantity]:
    """The lengths of a text in order; no speeds, areas, ranges or bounds. The same length in two units is one."""
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if len(found) >= MOST or _NO_LENGTH_BEHIND.match(text, match.end()) or _BOUNDED_BEHIND.match(text, match.end()):
            continue
        if any(rule.search(before) for rule in (_AREA_BEFORE, _SPEED_BEFORE, _BOUNDED, _RANGE_BEFORE)):
            continue
        km = _km(match)
        if found and (again := _again(text, found[-1], match, km)) is not None:
            found[-1] = again
        elif km > 0:
            found.append(Quantity(start=match.start(), end=match.end(), km=km, words=match.group().strip()))
    return found


def _again(text: str, last: Quantity, match: re.Match[str], km: float) -> Quantity | None:
    between = text[last.end : match.start()]
    if not (_IN_BRACKETS.fullmatch(between) and abs(km - last.km) <= _SAME_SHARE * last.km):
        return None
    closing = _CLOSING.match(text, match.end())
    end = closing.end() if closing else match.end()
    return Quantity(start=last.start, end=end, km=last.km, words=last.words)


def _km(match: re.Match[str]) -> float:
    value = _value(match["number"])
    if match["thousand"]:
        value *= 1000
    elif match["korean"]:
        value = value * 1000 + int(match["rest"] or 0)
    return value * (KM_PER_NAUTICAL_MILE if match["nautical"] else KM_PER_MILE if match["mile"] else 1.0)


def _value(number: str) -> float:
    whole = re.sub(r"[ \u00a0\u202f']", "", number)
    head, _, tail = whole.rpartition("." if whole.rfind(".") > whole.rfind(",") else ",")
    if not head:
        return float(tail)
    if len(tail) == 3 and not head.startswith("0"):
        return float(re.sub(r"[.,]", "", whole))
    return float(f"{re.sub(r'[.,]', '', head)}.{tail}")
