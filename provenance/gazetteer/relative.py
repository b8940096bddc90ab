"""Places told by others: "near Bakhmut", "в 15 км севернее Алеппо", "between Kherson and Mykolaiv", "우크라이나 동부".

Only the words are taken apart here, in the languages that desks write most; what the names in them mean is asked of the
gazetteer afterwards, and a name that it knows as it stands (South Sudan, West Bengal) is never taken apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from .keys import LONGEST_KEY

KM_PER_MILE = 1.609344


class How(StrEnum):
    """How a place is told by another."""

    NEAR = "near"
    OFF = "off"
    """So many kilometres from it, in a direction or in any."""
    BETWEEN = "between"
    PART = "part"
    IN = "in"
    """A preposition before it, and no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """What a place is told by."""

    how: How
    name: str
    other: str = ""
    """The second of two that it lies between."""
    km: float | None = None
    bearing_deg: float | None = None
    """From north over east."""


_BEARINGS = (
    (45.0, r"north[- ]?east\w*|северо-?восто\w+|північно-?сх\w+|nord-?est|noreste|nordöst\w*|북동\w*|شمال شرق"),
    (135.0, r"south[- ]?east\w*|юго-?восто\w+|південно-?сх\w+|sud-?est|sureste|südöst\w*|남동\w*|동남\w*|جنوب شرق"),
    (225.0, r"south[- ]?west\w*|юго-?запад\w*|південно-?за\w+|sud-?ouest|suroeste|südwest\w*|남서\w*|서남\w*|جنوب غرب"),
    (315.0, r"north[- ]?west\w*|северо-?запад\w*|північно-?за\w+|nord-?ouest|noroeste|nordwest\w*|북서\w*|شمال غرب"),
    (0.0, r"north(?:ern|wards?)?|север\w*|півн[оі]ч\w*|nord|norte|nörd\w*|norden|북쪽\w*|북부|북방|شمال"),
    (90.0, r"east(?:ern|wards?)?|восто[кч]\w*|сх(?:ід|од)\w*|est|este|öst\w*|osten|동쪽\w*|동부|شرق"),
    (180.0, r"south(?:ern|wards?)?|юг\w*|южн\w*|півд\w+|sud|sur|süd\w*|남쪽\w*|남부|جنوب"),
    (270.0, r"west(?:ern|wards?)?|запад\w*|за(?:хід|ход)\w*|ouest|oeste|westl\w*|westen|서쪽\w*|서부|غرب"),
)  # fmt: skip
_WIND = "|".join(words for _, words in _BEARINGS)
_KM = (
    r"(?P<number>\d{1,4}(?:[.,]\d)?)\s*-?(?:(?P<mile>miles?|mi\b|мил\w+|마일)"
    r"|kms?\b|kilom\w+|км\b|килом\w+|кілом\w+|㎞|킬로미터|킬로|公里|كم|كيلومتر\w*)"
)
_ABOUT = r"(?:about|some|around|roughly|approximately|примерно|около|близько|приблизно|unos|environ|etwa|rund|약|حوالي)"
_LEAD = rf"(?:(?:в|за|у|a|à|على بعد)\s+)?(?:{_ABOUT}\s*)?"
_OFF = (
    rf"{_LEAD}{_KM}\s+(?:away\s+)?(?:(?:к|на|au|al|à l'|to the|due|направлении|in Richtung)?\s*(?P<wind>{_WIND})\s*)?"
    r"(?:(?:of|from|outside|off|от|від|de la|du|de|von|vom|der|من)?\s+|de l'|d')(?P<name>\S.*)",
    rf"(?P<name>.+?)(?:에서)?\s*(?P<wind>{_WIND})?(?:으로)?\s*(?:약\s*)?{_KM}"
    r"(?:\s*(?:지점|떨어진 곳|거리|떨어진 지점))?",
)
_TOWARDS = (
    r"(?:(?:just|к|на|au|al|à l'|to the)\s+)?"
    rf"(?P<wind>{_WIND})\s+(?:(?:of|from|от|від|von)\s+)(?P<name>\S.*)",
    r"(?P<wind>(?:северо-?|юго-?)?(?:севернее|южнее|восточнее|западнее)|(?:північно-?|південно-?)?(?:північніше|південніше|східніше|західніше))"
    r"\s+(?:от\s+|від\s+)?(?P<name>\S.*)",
)
_BEFORE = r"(?:\S.{0,40}?\s)?"
_NEAR = (
    rf"{_BEFORE}(?:near|nearby|close to|outside of|outside|around|(?:in )?(?:the )?vicinity of|not far from"
    r"|(?:on |in |at )?(?:the )?(?:\w+ )?(?:outskirts|suburbs?|approaches|edge|environs) (?:of|to))\s+"
    r"(?:the (?:city|town|village|settlement) of\s+)?(?P<name>\S.*)",
    rf"{_BEFORE}(?:возле|около|под|близ|вблизи|недалеко от|неподал[её]ку от|рядом с|в районе|окрестност\w+"
    r"|(?:на )?(?:\w+ )?окраин\w+|пригород\w*|біля|поблизу|під|неподалік(?: від)?|недалеко від|поруч з|в районі"
    r"|околиц\w+|передміст\w+)\s+(?:(?:город|сел|посёлк|поселк|міст)\w*\s+)?(?P<name>\S.*)",
    r"(?:cerca de|(?:en )?(?:las )?afueras de|(?:en )?(?:los )?alrededores de|perto de|(?:nos )?arredores de|près de"
    r"|aux (?:abords|environs) de|à proximité de|en périphérie de|(?:la )?banlieue de|vicino a|nei pressi di"
    r"|bei|nahe|in der Nähe von|unweit von|am Rande? von|außerhalb von|pod|koło|w pobliżu|niedaleko)\s+(?P<name>\S.*)",
    r"(?:بالقرب من|قرب|(?:في )?ضواحي|(?:على )?مشارف|أطراف)\s+(?P<name>\S.*)",
    r"(?P<name>.*\S)\s*(?:인근|근처|부근|외곽|일대|근교|附近|郊外|郊区|一带|近郊)(?:\s?지역)?(?:에서|의|에)?",
)
_BETWEEN = (
    rf"{_BEFORE}(?:between|между|між|entre|zwischen|بين)\s+(?P<name>\S.*?)\s+(?:and|и|та|і|й|y|e|et|und|و)\s*(?P<other>\S.*)",
    r"(?P<name>.*\S)(?:와|과)\s+(?P<other>\S.*?)\s*사이",
)
_MIDDLE = r"central|downtown|centre of|center of|центр\w*|centro de|centre de|중부|도심|시내|وسط"
_PART = (
    rf"(?:in )?(?:the )?(?:far )?(?:{_WIND}|{_MIDDLE})(?:\s+(?:part|side|half)s? of(?: the)?)?\s+(?!of )(?P<name>\S.*)",
    rf"(?:in |в |на |у |em |en |dans |im )?(?:the |el |le |l'|au |los )?(?:{_WIND}|{_MIDDLE})"
    r"\s+(?:(?:of|de la|del|du|des|der|de|von)\s+|de l'|d')(?P<name>\S.*)",
    rf"(?P<name>.*\S)\s+(?:{_WIND}|{_MIDDLE})(?:\s?지역)?(?:에서|의|에)?",
    r"(?:Nord|Süd|Ost|West|Zentral)-?(?P<name>\w{4,})",
)
_IN = (r"(?:in|at|on|inside|the|в|во|на|у|en|à|au|aux|im|a|في)\s+(?P<name>\S.*)",)
# None that begins names of towns: La Paz, El Fasher, Le Havre.
_ARTICLE = re.compile(r"^(?:l['’]|d['’]|the |der |die |den )", re.IGNORECASE)
_WINDS = tuple((bearing, re.compile(words, re.IGNORECASE)) for bearing, words in _BEARINGS)


@cache
def _forms() -> tuple[tuple[How, re.Pattern[str]], ...]:
    """Compiled by the first text that asks."""
    return tuple(
        (how, re.compile(form, re.IGNORECASE))
        for how, forms in (
            (How.BETWEEN, _BETWEEN),
            (How.OFF, _OFF),
            (How.NEAR, _TOWARDS),
            (How.NEAR, _NEAR),
            (How.PART, _PART),
            (How.IN, _IN),
        )
        for form in forms
    )


def relative_places(text: str) -> tuple[Relative, ...]:
    """Every way in which a place may be told by another, the likeliest first; empty of a text too long for a name."""
    text = " ".join(text.split())
    if len(text) > 2 * LONGEST_KEY:
        return ()
    return tuple(_read(how, match) for how, form in _forms() if (match := form.fullmatch(text)))


def _read(how: How, match: re.Match[str]) -> Relative:
    found = match.groupdict()
    km = float(found["number"].replace(",", ".")) if found.get("number") else None
    if km is not None and found.get("mile"):
        km *= KM_PER_MILE
    wind = found.get("wind") or ""
    return Relative(
        how=how,
        name=_ARTICLE.sub("", found["name"].strip(" ,")),
        other=_ARTICLE.sub("", (found.get("other") or "").strip(" ,")),
        km=km,
        bearing_deg=next((bearing for bearing, words in _WINDS if wind and words.match(wind)), None),
    )
