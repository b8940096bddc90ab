"""Names of seas, deserts, ranges and lands that have no borders of their own, and no row in the data.

A village somewhere is often called after one: Siberia in Mexico, Sinai in Ecuador. Who writes the bare name means the
land. Written by hand, in the languages of the reports and those in which a name is another word.
"""

from __future__ import annotations

from .inflected import base_forms
from .keys import fold

_LANDS = """
Siberia, Sibérie, Sibirien, Сибирь, Сибір, 시베리아, 西伯利亚;
Russian Far East, Far East, Дальний Восток, Далекий Схід, 극동; Ural, Urals, Ural Mountains, Урал, 우랄;
Caucasus, Caucase, Kaukasus, Cáucaso, Кавказ, 캅카스, 高加索; North Caucasus, Северный Кавказ;
Donbas, Donbass, Донбасс, Донбас, 돈바스; Transdniestria, Приднестровье, Придністров'я;
Nagorno-Karabakh, Karabakh, Нагорный Карабах, Нагірний Карабах, 나고르노카라바흐; South Ossetia, Южная Осетия;
Novorossiya, Новороссия; Polesia, Полесье, Полісся; Balkans, Balkan, Балканы, Балкани, 발칸; Western Balkans;
Scandinavia, Скандинавия, Скандинавія; Baltics, Baltic states, Прибалтика;
Middle East, Near East, Moyen-Orient, Proche-Orient, Naher Osten, Oriente Medio,
Ближний Восток, Близький Схід, 중동, 中东, 中東;
Levant, Левант; Mesopotamia, Месопотамия; Kurdistan, Курдистан, 쿠르디스탄;
Kashmir, Cachemire, Kaschmir, Cachemira, Кашмир, Кашмір, 카슈미르, 克什米尔; Bengal, Бенгалия;
Golan, Golan Heights, Голаны, Голанские высоты, 골란고원; Sinai, Sinai Peninsula, Sinaï, Синай, 시나이; Negev, Негев;
Galilee, Галилея; Hejaz, Хиджаз; Maghreb, Магриб; Sahel, Сахель, 사헬; Darfur, Дарфур, 다르푸르;
Horn of Africa, Африканский Рог; Great Lakes; Biafra, Биафра;
Central America, Mesoamerica, Центральная Америка, Центральна Америка, 중앙아메리카, Amérique centrale, Mittelamerika,
América Central, Centroamérica; Latin America, Латинская Америка, Латинська Америка, 라틴아메리카, Lateinamerika,
Amérique latine, América Latina, Latinoamérica; Northern Epirus, Северный Эпир;
Central Asia, Средняя Азия, Центральная Азия, 중앙아시아; Manchuria, Маньчжурия, 만주; Mongolian Steppe;
Patagonia, Patagonie, Патагония; Amazon, Amazonia, Amazonie, Амазония, 아마존;
Arctic, Arctique, Arktis, Ártico, Арктика, 북극; Silicon Valley; Midwest; New England; Bosphorus, Босфор;
Dardanelles
"""
_WATERS = """
Black Sea, Mer Noire, Schwarzes Meer, Mar Negro, Чёрное море, Чорне море, 흑해, 黑海;
Sea of Azov, Azov Sea, Азовское море, Азовське море, 아조프해;
Baltic Sea, Baltic, Mer Baltique, Ostsee, Mar Báltico, Балтийское море, Балтика, Балтійське море, 발트해;
Mediterranean, Mediterranean Sea, Méditerranée, Mittelmeer, Mediterráneo,
Средиземное море, Середземне море, 지중해, 地中海;
Red Sea, Mer Rouge, Rotes Meer, Mar Rojo, Красное море, Червоне море, 홍해, 红海;
Caspian, Caspian Sea, Каспий, Каспийское море, 카스피해; Persian Gulf, Arabian Gulf, Персидский залив, 페르시아만;
Gulf of Aden, Аденский залив; Gulf of Oman; Strait of Hormuz, Ормузский пролив; Arabian Sea;
Indian Ocean, Индийский океан, 인도양; Atlantic, Atlantic Ocean, Атлантика, 대서양;
Pacific, Pacific Ocean, Тихий океан, 태평양; South China Sea, Южно-Китайское море, 남중국해, 南海; East China Sea;
Yellow Sea, Жёлтое море, 황해; Sea of Japan, East Sea, Японское море, 동해;
North Sea, Mer du Nord, Nordsee, Северное море, 북해; Barents Sea, Баренцево море; Sea of Okhotsk, Охотское море;
Bering Strait; Aegean, Aegean Sea, Эгейское море; Adriatic, Adriatic Sea, Адриатика;
English Channel, La Manche, Ла-Манш; Gulf of Mexico; Caribbean, Caribbean Sea; Volga, Wolga, Волга;
Dnipro River, Dnieper; Don River; Danube, Donau, Дунай; Euphrates, Евфрат; Tigris, Тигр; Nile, Nil; Yenisei, Енисей
"""
_GROUND = """
Sahara, Сахара, 사하라; Gobi, Гоби, 고비; Karakum, Каракумы; Kalahari, Калахари; Rub al Khali, Empty Quarter;
Taklamakan; Alps, Alpes, Alpen, Alpi, Альпы, Альпи, 알프스; Himalayas, Himalaya, Гималаи, Гімалаї, 히말라야;
Andes, Anden, Анды; Carpathians, Карпаты, Карпати; Hindu Kush, Гиндукуш; Pamir, Pamirs, Памир; Tian Shan, Тянь-Шань;
Altai, Altay Mountains, Алтай; Rocky Mountains, Rockies; Appalachia, Appalachians; Pyrenees, Pyrénées, Пиренеи;
Zagros, Загрос; Atlas Mountains; Tora Bora
"""
_NAMES = frozenset(
    fold(name)
    for lines in (_LANDS, _WATERS, _GROUND)
    for name in lines.replace("\n", ", ").replace(";", ",").split(",")
    if name.strip()
)


def is_expanse(name: str) -> bool:
    """Whether a bare name, in any case of Russian or Ukrainian, is that of one of these lands, waters or ranges."""
    return any(form in _NAMES for form in (fold(name), *base_forms(fold(name))))
