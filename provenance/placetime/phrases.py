"""The words that make a distance of a length and two places, in the languages of stated.py."""

from __future__ import annotations

import re

_WINDS = r"(?:(?:to the |due )?(?:north|south|east|west|(?:north|south)[- ]?(?:east|west))(?:ern)?)"
_ARTICLE = (
    r"(?:the\s+)?(?:(?:\w+\s+)?(?:city|town|village|capital|port|settlement|centre|center|outskirts)\s+(?:of\s+)?"
    r"|central\s+|downtown\s+)?"
)
KIND_RU = r"(?:(?:город[ау]?|г\.|посёлк[ау]|поселк[ау]|сел[ау]|станци[ию]|міст[ау]|смт|центра)\s*)?"
_WIND_RU = (
    r"(?:(?:по прямой|напрямик|по прямій)\s+)?"
    r"(?:(?:к|на|до)\s+(?:северо-|юго-|північно-|південно-)?"
    r"(?:северу?|югу?|востоку?|западу?|північ|південь|схід|захід|сходу|заходу|півночі|півдня)\s+)?"
)
_COMPARED = (
    r"(?:северо-?|юго-?|північно-?|південно-?)?"
    r"(?:севернее|южнее|восточнее|западнее|північніше|південніше|східніше|західніше)"
)
# Between a length and the place behind it.
FROM_BEHIND = re.compile(
    r"\s*(?:[,-]\s*)?(?:distance\s+)?(?:(?:as the crow flies|in a straight line|by road|by rail|or so),?\s*)?"
    rf"(?:away\s*)?(?:{_WINDS}\s+)?(?:from|of|outside|off)\s+{_ARTICLE}"
    rf"|\s*(?:,\s*)?{_WIND_RU}(?:от|від)\s+{KIND_RU}|\s*{_COMPARED}\s+(?:от\s+|від\s+)?{KIND_RU}",
    re.IGNORECASE,
)
# The same in Spanish, French, Portuguese, Italian; German.
OF_BEHIND = re.compile(
    r"\s+(?:(?:(?:a[lou]?|à l['’])\s*(?:nor|sur|sud|este?|oeste|ouest|leste|ovest)[\w-]*\s+)?"
    r"(?:de\s+|d['’]\s?|di\s+|da\s+)"
    r"|(?:entfernt\s+|weit\s+|\w{0,4}(?:nörd|süd|öst|west)lich\s+)?von\s+)",
    re.IGNORECASE,
)
# Right before a length that is of a thing, and not of the way to the place behind it: "les 20 km de Paris", "un mur de
# 3 km"; but "à plus de 20 km de".
OF_A_THING = re.compile(
    r"(?<!distance )(?<!distancia )(?<!distância )(?<!distanza )(?<!cerca )(?<!m[aá]s )(?<!mais )(?<!plus )(?<!près )"
    r"(?<!alrededor )(?<!più )\b(?:l[eo]s|las|[oa]s|i|die|de|di)\s$",
    re.IGNORECASE,
)
TO_BEHIND = re.compile(
    rf"\s*(?:by road |by rail |as the crow flies )?(?:to|short of)\s+{_ARTICLE}"
    rf"|\s*(?:пути |дороги |шляху )?до\s+{KIND_RU}",
    re.IGNORECASE,
)
# Between two places.
AND = re.compile(rf"\s*(?:,\s*)?(?:and|&|и|та|і|й)\s+{_ARTICLE}{KIND_RU}|\s*(?:와|과|하고|,)\s*", re.IGNORECASE)
TO = re.compile(
    rf"\s+(?:to|and|a|à|nach|bis|até)\s+{_ARTICLE}|\s+до\s+{KIND_RU}|\s*(?:에서|부터|에서부터)\s*", re.IGNORECASE
)
DASH = re.compile(r"\s*[—–-]\s*|\s+to\s+", re.IGNORECASE)
FROM_PLACE = re.compile(rf"\s+from\s+{_ARTICLE}|\s+(?:от|від)\s+{KIND_RU}", re.IGNORECASE)
PARTED = re.compile(rf"\s+(?:отделя|відділя|відокремлю)\w+\s+(?:от|від)\s+{KIND_RU}", re.IGNORECASE)
# Before the first of two places, or before the only one.
BETWEEN_BEFORE = re.compile(rf"(?:between|между|між)\s+{_ARTICLE}{KIND_RU}$", re.IGNORECASE)
FROM_BEFORE = re.compile(rf"(?:\b(?:from|от|від|из|з|із)\s+){_ARTICLE}{KIND_RU}$", re.IGNORECASE)
TO_BEFORE = re.compile(rf"(?:\b(?:to|до)\s+){_ARTICLE}{KIND_RU}$", re.IGNORECASE)
UP_TO_BEFORE = re.compile(rf"\bдо\s+{KIND_RU}$", re.IGNORECASE)
COMPARED_BEFORE = re.compile(rf"{_COMPARED}\s+(?:от\s+|від\s+)?{KIND_RU}$", re.IGNORECASE)
# Around them.
SEPARATES = re.compile(r"separat|разделя|отделя|розділя|відділя|відокремлю|lie[s]?\s+between", re.IGNORECASE)
APART = re.compile(
    r"\s*(?:\w+\s+){0,2}(?:apart|друг от друга|один від одного|одне від одного|떨어져|떨어진|거리)", re.IGNORECASE
)
DISTANCE = re.compile(r"distance|расстояни|відстан", re.IGNORECASE)
MEASURED = re.compile(
    r"distance|расстояни|відстан|거리|is|are|was|были?|составля|становить|складає|—|–|-|:|около|примерно|близько|"
    r"приблизно",
    re.IGNORECASE,
)
BY_BEFORE = re.compile(r"\s*(?:приблизно |примерно |около )?на\s+(?:\w+\s+)?")
SHORT_GAP = re.compile(r"\s*(?:[—–:-]|\w+\s){0,3}\s*(?:\w+\s+)?")
# Korean says what a place is by what follows it.
KOREAN_FROM = re.compile(r"\s?(?:시|군)?(?:에서부터|에서|으로부터|로부터|부터)(?![가-힣])")
KOREAN_TO = re.compile(r"\s?(?:시|군)?까지")
KOREAN_PAIR = re.compile(r"\s?(?:와|과|하고)\s+")
KOREAN_BETWEEN = re.compile(r"\s?시?\s?(?:사이|간)")
KOREAN_AWAY = re.compile(
    r"\s?(?:나|이나|정도|가량|쯤|이상)?\s?(?:떨어|거리|동쪽|서쪽|남쪽|북쪽|북동|북서|남동|남서|밖)"
)
