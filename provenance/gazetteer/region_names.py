"""Further names of first-order regions, in the letters of their own country and in English: Крым, 함경북도, Bayern.

GeoNames' own lists (CC BY 4.0), kept beside settlements.bin by `benchmarks/build_place_names.py`: folded name, tab,
country, tab,
the region as settlements.bin calls it. A few names by which desks abroad call regions are added by hand.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from .keys import fold

FILE = Path(__file__).with_name("data") / "region_names.tsv"

# Names in other languages than the region's own: "cc, region as the data calls it: names".
_ABROAD = """
UA, Crimea: Crimée, Krim, Krym, 크림, 크림반도, 크림 반도, 크름반도, 克里米亚, 克里米亞, القرم, شبه جزيرة القرم,
Krym, Kırım;
UA, Crimea: Krim-Halbinsel, Crimean Peninsula, Крымский полуостров, Кримський півострів, Криму;
PS, Gaza Strip: Сектор Газа, Сектора Газа, Секторе Газа, Сектор Гази, Секторі Гази, Смуга Гази, Газастрейфен;
PS, Gaza Strip: 가자지구, 가자 지구, 加沙地带, 加薩走廊, قطاع غزة, Franja de Gaza, Bande de Gaza, Gazastreifen,
Faixa de Gaza;
PS, West Bank: Западный берег, Западном берегу, Західний берег, Западный берег реки Иордан, 서안지구, الضفة الغربية;
PS, West Bank: Cisjordanie, Cisjordania, Westjordanland, Westbank;
DE, Bavaria: Бавария, Баварія, 바이에른, Bavière, Baviera; DE, Saxony: Саксония, Саксонія, 작센, Saxe, Sajonia;
US, Texas: Техас, 텍사스, 德克萨斯州; US, California: Калифорния, Каліфорнія, 캘리포니아, 加利福尼亚州, Californie;
US, Florida: Флорида, 플로리다, Floride; US, Alaska: Аляска, 알래스카; US, Hawaii: Гавайи, Гаваї, 하와이, Hawái;
GB, Scotland: Шотландия, Шотландія, 스코틀랜드, Écosse, Escocia, Schottland; GB, Wales: Уэльс, Уельс, 웨일스;
GB, England: Англия, Англія, 잉글랜드, Angleterre, Inglaterra;
GB, Northern Ireland: Северная Ирландия, Північна Ірландія, 북아일랜드, Irlande du Nord, Irlanda del Norte,
Nordirland;
ES, Catalonia: Каталония, Каталонія, 카탈루냐, Catalogne, Katalonien; CN, Xinjiang: Синьцзян, Сіньцзян, 신장,
신장위구르;
CN, Tibet: Тибет, 티베트, 티벳; ET, Tigray: Тыграй, Тиграй, 티그라이, تيغراي; IT, Sicily: Сицилия, Сицилія, 시칠리아,
Sizilien;
RU, Chechnya: Чечня, Чечні, 체첸, 체첸공화국, الشيشان, Tchétchénie, Chechenia, Tschetschenien;
RU, Dagestan: Дагестан, 다게스탄, داغستان; RU, Tatarstan Republic: Татарстан, 타타르스탄;
RU, Primorye: Приморье, Примор'я, 연해주, 프리모르스키, Приморський край; RU, Sakhalin Oblast: 사할린, 사할린주,
萨哈林;
RU, Kamchatka: Камчатка, Камчатці, 캄차카; MM, Rakhine: Ракхайн, 라카인, Arakan; AF, Helmand: Гильменд, 헬만드;
UA, Donetsk: Донеччина, Донеччини, Донеччині; UA, Luhansk: Луганщина, Луганщині, Луганщини;
UA, Kharkiv: Харківщина, Харківщині, Харківщини, Харьковщина; UA, Kherson: Херсонщина, Херсонщині, Херсонщини;
UA, Sumy: Сумщина, Сумщині, Сумщини; UA, Odesa: Одещина, Одещині, Одещини; UA, Kyiv Oblast: Київщина, Київщині,
Київщини;
UA, Chernihiv Oblast: Чернігівщина, Чернігівщині, Черниговщина; UA, Mykolaiv: Миколаївщина, Миколаївщині;
UA, Poltava: Полтавщина, Полтавщині; UA, Lviv: Львівщина, Львівщині; RU, Kursk Oblast: Курщина, Курщині;
RU, Belgorod Oblast: Бєлгородщина, Бєлгородщині, Белгородщина
"""


def regions_also_called(key: str) -> tuple[tuple[str, str], ...]:
    """Country code and GeoNames' name of the regions that have this folded name beside that name."""
    return _names().get(key, ())


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        key, cc, called = line.split("\t")
        found[key] = (*found.get(key, ()), (cc, called))
    for entry in _ABROAD.replace("\n", " ").split(";"):
        region, _, names = entry.partition(":")
        cc, _, called = region.strip().partition(", ")
        for one in names.split(","):
            if (key := fold(one)) and (cc, called) not in found.get(key, ()):
                found[key] = (*found.get(key, ()), (cc, called))
    return found
