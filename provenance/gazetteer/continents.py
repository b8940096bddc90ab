"""On which continent a country lies: a circle round Africa takes in Yemen.

Continents of GeoNames (countryInfo.txt); names of Unicode CLDR. What geographers draw in two continents, or a state
that holds land in several under one code, is listed under each.
"""

from __future__ import annotations

from types import MappingProxyType

from .keys import fold

_COUNTRIES = {
    "AF": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ES ET FR GA GH GM GN GQ GW KE KM LR LS LY MA MG ML "
        "MR MU MW MZ NA NE NG PT RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW"
    ),
    "AN": "AQ BV GS HM TF",
    "AS": (
        "AE AF AM AZ BD BH BN BT CC CN CX CY EG GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM "
        "MN MO MV MY NP OM PH PK PS QA RU SA SG SY TH TJ TL TM TR TW UZ VN YE"
    ),
    "EU": (
        "AD AL AM AT AX AZ BA BE BG BY CH CS CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS IT JE "
        "KZ LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM TR UA VA XK"
    ),
    "NA": (
        "AG AI AN AW BB BL BM BQ BS BZ CA CR CU CW DK DM DO FR GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI "
        "NL PA PM PR SV SX TC TT US VC VG VI"
    ),
    "OC": "AS AU CC CK CL CX FJ FM FR GU ID KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM US VU WF WS",
    "SA": "AN AR AW BO BQ BR CL CO CW EC FK FR GF GY NL PE PY SR UY VE",
}
_NAMES = {
    "AF": (
        "Africa, Afrique, África, Afrika, Afryka, Африка, Африці, 아프리카, 非洲, アフリカ, أفريقيا, "
        "إفريقيا, افریقا, آفریقا, אפריקה, अफ़्रीका, अफ्रीका"
    ),
    "AN": ("Antarctica, Antarctique, Antártida, Antarktis, Antartide, Антарктида, Антарктика, 남극, 南极洲, 南極"),
    "AS": ("Asia, Asie, Ásia, Asien, Azja, Asya, Азия, Азія, 아시아, 亚洲, 亞洲, アジア, آسيا, آسیا, אסיה, एशिया"),
    "EU": ("Europe, Europa, Avrupa, Eropa, Европа, Європа, 유럽, 欧洲, 歐洲, ヨーロッパ, أوروبا, اروپا, אירופה, यूरोप"),
    "NA": (
        "North America, Amérique du Nord, América del Norte, América do Norte, Nordamerika, "
        "Северная Америка, Північна Америка, 북아메리카, 북미, 北美洲, 北アメリカ, أمريكا الشمالية, "
        "امریکای شمالی"
    ),
    "OC": ("Oceania, Océanie, Oceanía, Ozeanien, Океания, Океанія, 오세아니아, 大洋洲, オセアニア, أوقيانوسيا"),
    "SA": (
        "South America, Amérique du Sud, América del Sur, Sudamérica, América do Sul, Südamerika, "
        "Южная Америка, Південна Америка, 남아메리카, 남미, 南美洲, 南アメリカ, أمريكا الجنوبية, "
        "امریکای جنوبی"
    ),
}
_BY_NAME = MappingProxyType({fold(name): code for code, names in _NAMES.items() for name in names.split(", ")})
_BY_COUNTRY = {cc: {code for code, listed in _COUNTRIES.items() if cc in listed.split()} for cc in
               " ".join(_COUNTRIES.values()).split()}  # fmt: skip


def continents_of(cc: str) -> frozenset[str]:
    """Codes of the continents on which a country lies (AF, AN, AS, EU, NA, OC, SA); empty for what is no country."""
    return frozenset(_BY_COUNTRY.get(cc, ()))


def continent_called(name: str) -> str:
    """Code of a continent by its name in any of some fifteen languages; "" for what is none, such as "Middle East"."""
    return _BY_NAME.get(fold(name), "")


def on_continent(cc: str, name: str) -> bool | None:
    """Whether a country lies on a continent: True where all of it does, False where none, None where it is not told."""
    code, own = continent_called(name), continents_of(cc)
    if not code or not own:
        return None
    return None if code in own and len(own) > 1 else code in own
