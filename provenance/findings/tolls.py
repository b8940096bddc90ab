"""How many dead, injured or gathered people an account counts, and whether two counts can both be right.

A count is an interval: "12", "at least 12", "between 100 and 300". No reading of meaning: a number that stands right
before or behind a word for the dead, the injured or a crowd. Counts rise as an event goes on, so only those far apart
are told, and none that is given as one of a moment.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

# "14 killed" an hour after "10 killed" is an update; that one is half again the other is more than that.
FAR_APART = 1.5
ABOUT = 0.2
_OPEN = 10**9
_DEAD = (
    r"(?:killed|dead|died|deaths?|fatalit\w+|погиб\w*|убит\w*|жертв\w*|загин\w*|загибл\w*|вбит\w*|tu[ée]e?s?"
    r"|morte?s?|décès"
    r"|muert[oa]s?|murieron|fallecid\w+|mortos?|morreram|tote[nr]?|getötet\w*|todesopfer|ölü|öldü|tewas|meninggal"
    r"|morti|قتيل\w*|قتلى|شهيد\w*|کشته)\b|死亡|遇难|遇難|丧生|사망|숨"
)
_HURT = (
    r"(?:injured|wounded|hurt|injuries|ранен\w*|поранен\w*|пострада\w*|постраждал\w*|bless[ée]e?s?|herid[oa]s?"
    r"|ferid[oa]s?"
    r"|verletzte?\w*|yaralı|luka|terluka|feriti|جريح\w*|جرحى|مصاب\w*|زخمی)\b|受伤|受傷|부상"
)
_CROWD = (
    r"(?:took part|takes? part|taking part|participa\w+|attend\w*|march(?:ed|ers|ing)|gathered|rallied|turned out"
    r"|protest(?:ed|ers|ing|ors)|demonstrat(?:ed|ors|ing)"
    r"|вышл[аио]\w*|собрал\w*|участ(?:в\w+|ник\w*)|протест(?:ова|у)\w+|митингова\w+"
    r"|вийшл[аио]\w*|зібрал\w*|учасник\w*|взял[аио] участь"
    r"|manifest(?:ants?|é|aient|antes|aron)|defil[ée]\w*|asist\w+|demonstrant\w*|demonstrier\w+|teilnehm\w+|katıl\w+"
    r"|متظاهر\w*)\b|参加|參加|참가|참여|集结"
)
_LEAST = (
    r"at least|more than|over|(?:no|not) (?:fewer|less) than|не менее|не менш\w*|более|больше|понад|щонайменше"
    r"|au moins|plus de"
    r"|al menos|más de|pelo menos|mais de|mindestens|mehr als|en az|sedikitnya|lebih dari|almeno"
    r"|至少|超过|超過|최소|أكثر من|حداقل|بیش از"
)
_MOST = (
    r"up to|fewer than|less than|at most|(?:no|not) more than|не более|не більше|jusqu'à|hasta|até|bis zu"
    r"|最多|최대|حداکثر"
)
_SOME = (
    r"about|around|some|nearly|almost|roughly|approximately|около|близько|приблизно|environ|unos|unas|cerca de|etwa"
    r"|rund|yaklaşık|sekitar|circa|约|約|약|نحو|حوالي|حدود"
)
_SCALES = (
    (r"(?:thousand|тыс\w*|тис\w*|mille|mil|tausend|bin|nghìn|ألف|هزار)\b|[千천]", 10**3),
    (r"[万萬만]", 10**4),
    (r"(?:mill\w{2,4}|mln|млн|миллион\w*|мільйон\w*|mio|milyon|مليون|میلیون)\b", 10**6),
)
_SCALE = "|".join(pattern for pattern, _ in _SCALES)
# "1.5 million"; a fraction without such a word is no number of people.
_NUMBER = (
    r"(?:\d{1,4}\s?[万萬만]\s?\d{1,3}(?:,?\d{3}|\s?[千천])?"
    rf"|\d{{1,4}}(?:[.,]\d{{1,2}})?\s?(?:{_SCALE})\.?|\d{{1,3}}(?:[,.\u00a0\u202f ]\d{{3}}){{1,4}}|\d+)"
)
_TEN_THOUSANDS = re.compile(r"(\d+)\s?[万萬만]\s?([\d,]+)(\s?[千천])?")
_NO_WORD = r"(?<![^\W\u3040-\u9fff\uac00-\ud7a3])"  # nor does Chinese, Japanese or Korean part its words
_JOINED = r"\s*(?:-|–|—|to|and|и|до|та|à|et|y|e|a|bis|und|至)\s*"
# What follows a number of other things: an age, a day, a time, a way, a share, a weapon ("2 missiles killed").
_OF_THINGS = (
    r"years?|yrs?|months?|weeks?|days?|hours?|minutes?|km|kilomet\w+|miles?|met(?:er|re)s?|percent|per"
    r"|jan\w*|feb\w*|mar|march|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
    r"|(?:air ?)?strikes?|attacks?|missiles?|rockets?|drones?|shells?|bombs?|explosions?|blasts?|mortars?|rounds?"
    r"|vehicles?"
    r"|лет\w*|год\w*|рок\w*|рік|річн\w*|месяц\w*|дн[яейію]\w*|ден\w*|час\w*|годин\w*|минут\w*|хвилин\w*|км"
    r"|километ\w*|мм|процент\w*"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|січня|лютого|березня"
    r"|квітня|травня"
    r"|червня|липня|серпня|вересня|жовтня|листопада|грудня|ракет\w*|дрон\w*|удар\w*|атак\w*|снаряд\w*|взрыв\w*|вибух\w*"
    r"|ans?|mois|jours?|heures?|frappes?|attaques?|obus|janvier|février|mars|avril|mai|juin|juillet|août|jahren?"
    r"|tagen?|stunden"
    r"|raketen|drohnen|años?|anos?|meses|días?|dias?|horas?|ataques?|misiles|cohetes|de"
)
_AND_HURT = rf"(?:,|/|or|and|и|или|та|або|et|ou|y|o|e|und|oder|ve|dan|atau)\s*(?:{_HURT}|{_DEAD})"
# Not a part of a name, a date, an age or a share; "2 missiles killed 40" counts missiles, "12 killed or wounded" both.
_COUNT = re.compile(
    rf"(?:{_NO_WORD}(?:(?P<least>{_LEAST})|(?P<most>{_MOST})"
    rf"|(?P<some>{_SOME})))?\s{{0,3}}{_NO_WORD}(?<![\d.,:/-])(?<!\bof )(?P<first>{_NUMBER})"
    rf"(?:{_JOINED}(?P<last>{_NUMBER}))?(?!\s+(?:{_OF_THINGS})\b)"
    rf"(?:\s?[人名]|\s?명이?|(?P<who>(?:\s+[^\W\d]+){{0,3}}?))\s*(?:\b(?P<dead>{_DEAD})|\b(?P<hurt>{_HURT})"
    rf"|\b(?P<crowd>{_CROWD})"
    rf"|(?<=[명이人名 ])(?:(?P<dead2>{_DEAD})|(?P<hurt2>{_HURT})|(?P<crowd2>{_CROWD})))"
    rf"(?!\s+(?:{_LEAST}|{_MOST}|{_SOME})?\s*\d)(?!\s*{_AND_HURT})",
    re.IGNORECASE,
)
# "The storm killed 64 people", "погибли 12": the number right behind the word, of people or of nothing that is told,
# and no other word for harm behind that. What else is killed, hurt or gathered has no end: houses, cows, roubles.
_AND = r"(?:and|while|и|а|та|й|et|y|e|und)\b"
_PEOPLE = (
    r"(?:people|persons?|others?|civilians?|children|women|men|boys|girls|residents|villagers|victims|soldiers|troops"
    r"|servicemen|fighters|militants|officers|guards|protest[eo]rs|demonstrators|students|pupils|workers|miners"
    r"|passengers|journalists|medics|doctors|patients|prisoners|refugees|migrants"
    r"|[^\W\d]+(?:ians|ese)|israelis|iraqis|afghans"
    r"|челов\w+|люд\w+|осіб|особ\w*|мирн\w+|цивільн\w+|дет(?:ей|и)|д[іи]т(?:ей|и)|женщин\w*|жін\w+|мужчин\w*|чолов\w+"
    r"|военн\w+|військов\w+|солдат\w*|бойц\w+|бійц\w+|боевик\w*|бойовик\w*|полицейск\w+|поліцейськ\w+"
    r"|жител\w+|мешкан\w+"
    r"|personnes?|civils|enfants|femmes|hommes|soldats|habitants|personas?|civiles|niños|mujeres|hombres|soldados"
    r"|pessoas|civis|crianças|menschen|personen|zivilisten|kinder|frauen|männer|soldaten|kişi|sivil|çocuk|asker"
    r"|orang|persone|شخص\w*|مدني\w*|طفل\w*|أطفال|نفر)"
)
_PLACE = (
    r"(?:in|at|on|near|by|as|when|during|across|after|since|last|today|yesterday|в|во|на|под|возле|после|за|у|під|біля"
    r"|після|dans|à|au|en|im|bei|nach|am)"
)
_BEHIND = re.compile(
    rf"\b(?:(?P<dead>{_DEAD}|killing|mató|mataron|tötete)|(?P<hurt>{_HURT}|injuring|wounding)|(?P<crowd>{_CROWD}))"
    rf"\s+(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<some>{_SOME})|between|от|від|entre)?"
    rf"\s*(?P<first>{_NUMBER})(?:{_JOINED}(?P<last>{_NUMBER}))?(?![\d.,:/-]*\d)"
    rf"(?!\s+(?:(?!{_AND})[^\W\d]+\s+){{0,3}}(?:{_DEAD}|{_HURT}))"
    rf"(?:\s?[人名명]|(?P<who>(?:\s+(?!{_AND})[^\W\d]+)?\s+{_PEOPLE}\b)"
    rf"|(?=\s+(?:{_AND}|{_PLACE}\b)|\s*(?:[^\w\s%°-]|$)|\s+[–—-]))",
    re.IGNORECASE,
)
# Between number and word, what leaves a count that of everybody; "12 children died" is a least of it.
_ALL = re.compile(
    r"(?:\s+(?:people|persons?|others?|more|were|was|are|have|has|had|been|reported|confirmed|feared|человек\w*"
    r"|людей|люди|были|было"
    r"|осіб|людини|було|personnes?|sont|ont|été|personas?|pessoas|fueron|foram|han|menschen|personen|wurden|sind"
    r"|kişi|orang|persone"
    r"|شخص\w*|نفر))*",
    re.IGNORECASE,
)
# A count of a moment, below which a later one cannot lie, and one that tells that it was another before.
_SO_FAR = re.compile(
    r"\b(?:so far|as of|until now|to date|initial\w*|preliminary|still missing|rubble|toll|на данный момент|пока"
    r"|на этот час"
    r"|станом на|наразі|предварительн\w*|попередн\w*|завал\w*|bislang|bisher|jusqu'ici|pour l'instant|provisoire"
    r"|hasta ahora"
    r"|de momento|até agora|balance|bilan)\b|目前|까지",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:ris(?:en|es|ing)|rose|climb\w*|increas\w*|updated?|revis\w*|вырос\w*|возрос\w*|увелич\w*|зріс|зросл\w*"
    r"|збільш\w*"
    r"|gestiegen|steigt|stieg|s'alourdit|aument\w*|sub(?:e|ió)|ascien\w*)\b|升至|增至|늘어",
    re.IGNORECASE,
)
NONE_HARMED = (
    r"no (?:\w+ )?(?:casualties|victims|deaths|fatalities|injuries)|(?:no ?one|nobody|none) (?:was |were |is "
    r"|has been )?"
    r"(?:killed|hurt|injured|wounded|died)|(?:жертв|погибших|пострадавших|раненых|загиблих"
    r"|постраждалих)(?: и \w+)? (?:нет|не было|немає)"
    r"|(?:нет|без|немає) (?:жертв|погибших|пострадавших|загиблих|постраждалих)|никто не (?:погиб|пострадал)"
    r"|ніхто не (?:загинув|постраждав)"
    r"|keine (?:Toten|Verletzten|Opfer)|niemand wurde (?:verletzt|getötet)|(?:aucune?|pas de) (?:victimes?|morts?"
    r"|blessés?)"
    r"|(?:no hubo|sin) (?:víctimas|muertos|heridos)"
)
"""What an account says that counts none, for `re` where letters are alike in both cases."""
_NONE = re.compile(rf"\b(?:{NONE_HARMED})\b", re.IGNORECASE)
_HURT_ALONE = re.compile(r"injur|hurt|wound|ранен|verletzt|blessé|herid", re.IGNORECASE)
_DEAD_ALONE = re.compile(r"death|fatal|killed|died|погиб|загиб|toten|getötet|mort|muert", re.IGNORECASE)
_ABOUT_HARM = ("dead", "hurt")
_HARM = {"dead": re.compile(rf"\b(?:{_DEAD})", re.IGNORECASE), "hurt": re.compile(rf"\b(?:{_HURT})", re.IGNORECASE)}
MOST_READ = 2_000
"""Characters of an account that are looked through."""


def counts_part(first: str, second: str) -> bool:
    """Whether two texts count the dead, the injured or a crowd, so that both cannot be right and none is an update."""
    one, other = _counts(first[:MOST_READ]), _counts(second[:MOST_READ])
    return any(_apart(one[what], other[what]) for what in one.keys() & other.keys())


def counts_harm(text: str) -> bool:
    """Whether a text tells of dead or injured people, or that there are none."""
    return any(what in _ABOUT_HARM for what in _counts(text[:MOST_READ]))


def _apart(first: tuple[float, float], second: tuple[float, float]) -> bool:
    low, high = sorted((first, second))
    return high[0] > FAR_APART * low[1]


# Each account is held against every other.
@lru_cache(maxsize=64)
def _counts(text: str) -> dict[str, tuple[float, float]]:
    """Lowest and highest number by what is counted; nothing of what is counted twice, as of two places."""
    text = normalize("NFC", text)
    if _CHANGED.search(text):
        return {}
    so_far, rest = bool(_SO_FAR.search(text)), _NONE.sub(" ", text)
    found: dict[str, list[tuple[float, float]]] = {what: [] for what in (*_HARM, "crowd")}
    for match in (*_COUNT.finditer(rest), *_BEHIND.finditer(rest)):
        if not _a_year(match["first"]):
            low, high = _interval(match)
            told = next(what for what, words in match.groupdict().items() if words and what.rstrip("2") in found)
            found[told.rstrip("2")].append((low, _OPEN if so_far else high))
    for what, harm in _HARM.items():
        if not found[what] and _says_none(text, what):
            found[what] = [(0, 0)]
        elif not found[what] and harm.search(rest):
            found[what] = [(1, _OPEN)]
    return {what: counts[0] for what, counts in found.items() if len(counts) == 1}


def _says_none(text: str, what: str) -> bool:
    """Whether it says that none is dead, or hurt; "no casualties" says both."""
    other = _HURT_ALONE if what == "dead" else _DEAD_ALONE
    return any(not other.search(match[0]) for match in _NONE.finditer(text))


def _interval(match: re.Match[str]) -> tuple[float, float]:
    low = _whole(match["first"])
    high = max(low, _whole(match["last"])) if match["last"] else low
    if match["least"] or not _ALL.fullmatch(match["who"] or ""):
        return low, _OPEN
    if match["most"]:
        return 0, high
    return (low * (1 - ABOUT), high * (1 + ABOUT)) if match["some"] else (low, high)


def _a_year(number: str) -> bool:
    return number.isdecimal() and 1900 <= int(number) <= 2100


def _whole(number: str) -> int:
    if parts := _TEN_THOUSANDS.fullmatch(number):  # 1만 2,000, 3万5千
        return int(parts[1]) * 10_000 + int(parts[2].replace(",", "")) * (1_000 if parts[3] else 1)
    for pattern, scale in _SCALES:
        if match := re.search(rf"\s?(?:{pattern})", number, re.IGNORECASE):
            return round(float(number[: match.start()].replace(",", ".")) * scale)
    return int(re.sub(r"\D", "", number)[:9])
