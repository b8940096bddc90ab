"""Countries by the short names that desks write, and names that two states share.

What CLDR lists is in settlements.bin. States of the US, Canada, Australia and Brazil go by their postal codes too.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from .find import Candidate, find
from .keys import fold, listed
from .table import Kind, table

# UK is reserved for the United Kingdom in ISO 3166-1 (exceptional reservation); the others are customary.
_SHORT = """
GB: UK, U.K., Britain, Great Britain, Великобритания, Британия, Велика Британія, 영국, بريطانيا, Grande-Bretagne,
Gran Bretaña;
US: US, U.S., U.S.A., United States of America, the States, США, 미국, EE.UU., EEUU, EE. UU., États-Unis, Etats-Unis;
AE: UAE, U.A.E., Emirates, ОАЭ, ОАЕ, EAU, VAE;
CD: DRC, DR Congo, DR of Congo, Congo-Kinshasa, ДР Конго, ДРК, RDC, RD Congo, DR Kongo;
CG: Congo-Brazzaville;
CF: Central African Rep., CAR, ЦАР, RCA;
SA: KSA, Saudi, КСА;
KR: ROK, Republic of Korea, Республика Корея, Южная Корея;
KP: DPR Korea, Северная Корея;
CN: PRC, P.R.C., КНР, mainland China, 중국;
DE: FRG, ФРГ;
BA: BiH, Bosnia;
MK: Macedonia, Makedonija;
NL: Holland, Голландия;
PS: Palestinian territories, Palestinian Territories, occupied Palestinian territories;
ZA: RSA, ЮАР, ПАР;
PG: PNG;
NZ: Aotearoa;
CI: Cote d Ivoire;
TR: Turkiye;
TL: East Timor, Восточный Тимор
"""
_BY_SHORT = MappingProxyType(listed(_SHORT))
# Who writes one of these means one state or the other; a village somewhere is called so as well.
_TWO_STATES = {
    "KP KR": "Korea, Corea, Corée, Coree, Корея, Кореи, Корее, Корею, Coreia, Kore",
    "CD CG": "Congo, Kongo, Конго, 콩고, 刚果, الكونغو, コンゴ",
}
_SHARED = MappingProxyType(
    {fold(one): both.split() for both, names in _TWO_STATES.items() for one in names.split(", ")}
)
# States by the names that they bore when there were photographs already, where one state is meant.
_FORMER = """
CD: Zaire, Zaïre, Заир, 자이르, زائير; LK: Ceylon, Ceylan, Цейлон, 실론; SZ: Swaziland, Свазиленд;
ZW: Southern Rhodesia;
ZM: Northern Rhodesia; BJ: Dahomey, Дагомея; BF: Upper Volta, Haute-Volta, Верхняя Вольта; KH: Kampuchea, Democratic
Kampuchea, Кампучия; BD: East Pakistan; IR: Persia, Perse, Персия; NA: South West Africa; MW:
Nyasaland; BZ: British Honduras; GY: British Guiana; SR: Dutch Guiana; TH: Siam, Сиам; KZ: Kazakh SSR; UA: Ukrainian
SSR; BY: Byelorussian SSR; GE: Georgian SSR; AM: Armenian SSR; AZ: Azerbaijan SSR; LT: Lithuanian SSR; LV: Latvian
SSR; EE: Estonian SSR; UZ: Uzbek SSR; TM: Turkmen SSR; TJ: Tajik SSR; KG: Kirghiz SSR; MD: Moldavian SSR; RU: Russian
SFSR
"""
_BY_FORMER = MappingProxyType(listed(_FORMER))
# Postal codes: USPS Publication 28; Canada Post; Australia Post; IBGE.
_POSTAL = {
    "US": """
    AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware;
    DC District of Columbia;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;
    KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;MO Missouri;
    MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;NY New York;NC North Carolina;
    ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;RI Rhode Island;SC South Carolina;SD South Dakota;
    TN Tennessee;TX Texas;UT Utah;VT Vermont;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming""",
    "CA": """
    ON Ontario;QC Quebec;BC British Columbia;AB Alberta;MB Manitoba;SK Saskatchewan;NS Nova Scotia;NB New Brunswick;
    NL Newfoundland and Labrador;PE Prince Edward Island;YT Yukon;NT Northwest Territories;NU Nunavut""",
    "AU": """
    NSW New South Wales;VIC Victoria;QLD Queensland;WA Western Australia;SA South Australia;TAS Tasmania;
    ACT Australian Capital Territory;NT Northern Territory""",
    "BR": """
    AC Acre;AL Alagoas;AP Amapá;AM Amazonas;BA Bahia;CE Ceará;DF Federal District;ES Espírito Santo;GO Goiás;
    MA Maranhão;MT Mato Grosso;MS Mato Grosso do Sul;MG Minas Gerais;PA Pará;PB Paraíba;PR Paraná;PE Pernambuco;
    PI Piauí;RJ Rio de Janeiro;RN Rio Grande do Norte;RS Rio Grande do Sul;RO Rondônia;RR Roraima;SC Santa Catarina;
    SP São Paulo;SE Sergipe;TO Tocantins""",
}


def states_by_code(code: str) -> tuple[tuple[str, str], ...]:
    """Country and first-order region, as GeoNames has it, of each state that has a postal code in capitals."""
    return _by_postal_code().get(code, ())


@lru_cache(maxsize=1)
def _by_postal_code() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for cc, lines in _POSTAL.items():
        for entry in lines.split(";"):
            code, _, region = entry.strip().partition(" ")
            found[code] = (*found.get(code, ()), (cc, region))
    return found


def country_code(name: str) -> str:
    """The code of the one country that a name or code stands for; "" for what is none, or stands for several."""
    name = name.strip()
    if name.isascii() and name.isupper() and name in table().countries:
        return name
    if short := country_by_short_name(name):
        return short
    if states_of(name):
        return ""
    if former := former_state(name):
        return former[0].cc
    first = next(iter(find(name)), None)
    return first.cc if first is not None and first.kind is Kind.COUNTRY else ""


def former_state(name: str) -> tuple[Candidate, ...]:
    """The country that was called so in the time of photographs: Zaire; empty for every other name."""
    cc = _BY_FORMER.get(fold(name), "")
    named = find(table().countries[cc], cc=cc) if cc else ()
    return tuple(one for one in named if one.kind is Kind.COUNTRY)[:1]


def country_by_short_name(name: str) -> str:
    """The code behind a short name that settlements.bin does not have; "". "Us", in small letters, is none."""
    letters = name.strip().replace(".", "")
    if letters.isascii() and len(letters) <= 4 and not letters.isupper() and "." not in name:
        return ""
    return _BY_SHORT.get(fold(name), "")


def states_of(name: str) -> tuple[Candidate, ...]:
    """Both states that share a name; empty for every other name."""
    found = (find(table().countries[cc], cc=cc) for cc in _SHARED.get(fold(name), ()))
    return tuple(next(one for one in each if one.kind is Kind.COUNTRY) for each in found)
