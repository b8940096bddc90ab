"""Islands and lands that are no first-order regions,
each within one country: nothing but the country is known of them.

A village somewhere is often called after one: Java in Georgia,
Judea in New Zealand. Lands and seas that lie in several
countries, or whose country is what a picture is about, are in expanses.py. Written by hand.
"""

from __future__ import annotations

from functools import lru_cache

from .inflected import base_forms
from .keys import fold, listed

_LANDS = """
ID: Java, Jawa, Ява, 자바, 자바섬; ID: Sumatra, Sumatera, Суматра, 수마트라; ID: Sulawesi, Celebes, Сулавеси,
술라웨시;
ID: Lombok, Ломбок; ID: Flores Island; ID: Kalimantan; PH: Luzon, Лусон, 루손; PH: Mindanao, Минданао, 민다나오;
PH: Visayas; JP: Honshu, Honshū, 本州, Хонсю, 혼슈; JP: Kyushu, Kyūshū, 九州, Кюсю, 규슈; JP: Shikoku, 四国;
GR: Crete, Крит, Κρήτη, Crète, Kreta, Creta, 크레타; GR: Lesbos, Lesvos, Лесбос, Λέσβος, Lesbosinsel, 레스보스;
GR: Rhodes, Родос, Ρόδος, 로도스; GR: Evia, Euboea, Эвбея, Εύβοια; GR: Samos, Самос; GR: Peloponnese, Пелопоннес;
ES: Tenerife, Тенерифе; ES: Gran Canaria, Гран-Канария; ES: La Palma, Ла-Пальма; ES: Lanzarote; ES: Fuerteventura;
ES: Mallorca, Majorca, Майорка; ES: Ibiza, Ибица; PT: Madeira, Мадейра; IT: Lipari; IT: Etna, Этна;
US: Maui, Мауи, 마우이; US: Oahu, Oʻahu; US: Long Island; US: New England; US: Appalachia; US: Midwest;
CA: Vancouver Island; EC: Galápagos Islands, Galapagos, Galápagos, Галапагосы; CL: Easter Island, Rapa Nui,
Isla de Pascua;
CD: Katanga, Катанга; SD: Kordofan, Кордофан; SO: Somaliland, Сомалиленд; SO: Puntland, Пунтленд; ET: Ogaden, Огаден;
SN: Casamance, Казаманс; YE: Socotra, Soqotra, Сокотра, سقطرى; IR: Kharg Island, Kharg, Харк, خارك; IR: Qeshm Island;
PK: Waziristan, North Waziristan, South Waziristan, Вазиристан; PK: Swat Valley, Swat, Сват; AF: Panjshir Valley;
LB: Bekaa, Beqaa, Bekaa Valley, Beqaa Valley, долина Бекаа, البقاع; SY: Ghab plain, Sahl al-Ghab; TH: Phuket Island;
IN: Galwan, Galwan Valley, Galwan river valley; RU: Altai Mountains; RU: Yakutia, Якутия, 야쿠티아, Yakoutie;
RU: Kuban, Кубань; RU: Lake Baikal, Baikal, озеро Байкал, Байкал, 바이칼호; RU: Novaya Zemlya, Новая Земля;
RU: Franz Josef Land; RU: Ingushetia, Ингушетия, 인구셰티야; RU: Kola Peninsula, Кольский полуостров;
UA: Bukovina, Буковина; UA: Volhynia, Волынь, Волинь; UA: Zaporizhia Sich; UA: Slobozhanshchyna, Слобожанщина;
UA: Donetsk People's Republic, DPR, Донецкая Народная Республика, ДНР, 도네츠크 인민공화국;
UA: Luhansk People's Republic, Lugansk People's Republic, LPR, LNR, Луганская Народная Республика, ЛНР,
루한스크 인민공화국;
RO: Transylvania, Трансильвания, Transilvania, Siebenbürgen; BA: Republika Srpska, Республика Сербская;
DE: Ruhr, Ruhrgebiet, Рур; DE: Rhineland, Rheinland; DE: Black Forest, Schwarzwald; DE: Rügen; DE: Sylt;
FR: Alsace, Elsass, Эльзас; FR: Camargue; FR: Côte d'Azur, French Riviera; FR: Savoy, Savoie; GB: Cornwall;
GB: Orkney;
GB: Shetland; GB: Lake District; GB: Loch Ness; GB: Isle of Skye; GB: Stonehenge; IE: Connemara;
NZ: South Island, North Island; AU: Great Barrier Reef; AU: Outback; ZA: Наталь; CN: Hainan Island;
CN: Tibetan Plateau;
KR: Jeju Island, Jejudo, Чеджудо; KR: Ulleungdo, 울릉도; JP: Iwo Jima, 硫黄島; JP: Okinawa Island; JP: Mount Fuji,
富士山,
후지산, Фудзияма;
PE: Machu Picchu; KH: Angkor Wat, Angkor; IL: Masada; CY: Karpas; CO: Catatumbo; CO: La Guajira Peninsula
"""


def country_of_land(name: str) -> str:
    """The code of the country that a land or island by its bare name lies in; "" for every other name."""
    lands = _by_name()
    return next((lands[key] for key in (fold(name), *base_forms(name)) if key in lands), "")


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return listed(_LANDS)
