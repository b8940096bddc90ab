"""Regions by the names that desks write, and countries by continent."""

from __future__ import annotations

import time

import pytest

from provenance.gazetteer.answer import of_name
from provenance.gazetteer.continents import continents_of, on_continent
from provenance.gazetteer.mentions import mentions
from provenance.gazetteer.regions import region_called
from provenance.gazetteer.table import table


@pytest.mark.parametrize(
    ("name", "cc", "known"),
    [  # ISO 3166-2 has each of these as a subdivision of the first order
        ("Luhansk Oblast", "UA", "Luhansk"),
        ("Kyiv Oblast", "UA", "Kyiv Oblast"),
        ("Moscow Oblast", "RU", "Moscow Oblast"),
        ("Rostov oblast", "RU", "Rostov"),
        ("Idlib Governorate", "SY", "Idlib"),
        ("Rakhine State", "MM", "Rakhine"),
        ("Kachin", "MM", "Kachin State"),
        ("Estado de México", "MX", "México"),
        ("State of Mexico", "MX", "México"),
        ("Sichuan Province", "CN", "Sichuan"),
        ("Gyeonggi Province", "KR", "Gyeonggi-do"),
    ],
)
def test_a_region_is_known_with_and_without_its_kind(name: str, cc: str, known: str) -> None:
    assert region_called(name, cc) == (cc, known)


def test_a_region_that_nothing_is_called_like_is_a_candidate_by_its_name_alone() -> None:
    assert [(one.cc, one.name) for one in of_name("Luhansk Oblast").candidates] == [("UA", "Luhansk")]


@pytest.mark.parametrize(
    ("name", "cc"),
    [  # of the second order, or of another country
        ("Washington County", "US"),
        ("New York County", "US"),
        ("Texas County", ""),
        ("Kharkiv District", "UA"),
        ("Hama District", "SY"),
        ("Kabul district", "AF"),
        ("Isfahan County", "IR"),
        ("Jilin Prefecture", "CN"),
        ("Gaza Governorate", ""),  # not Gaza Province in Mozambique
        ("Republic of Georgia", ""),  # not the state
        ("Los Ríos Department", ""),
    ],
)
def test_a_kind_that_is_of_the_first_order_elsewhere_names_no_region(name: str, cc: str) -> None:
    assert region_called(name, cc) is None


@pytest.mark.parametrize(
    ("name", "cc", "known"),
    [
        ("Stockholm County", "SE", "Stockholm"),
        ("Cluj County", "RO", "Cluj County"),
        ("Fukushima Prefecture", "JP", "Fukushima"),
        ("Republic of Karelia", "RU", "Karelia"),
        ("Kyiv region", "UA", "Kyiv Oblast"),
    ],
)
def test_where_the_kind_is_of_the_first_order_it_does(name: str, cc: str, known: str) -> None:
    assert region_called(name, cc) == (cc, known)


def test_a_name_of_several_regions_or_of_none_is_none() -> None:
    assert region_called("Punjab") is None  # in India and in Pakistan
    assert region_called("Lima", "PE") is None  # the province and the region
    assert region_called("Donbas", "UA") is None
    assert region_called("Provincia de Alicante", "ES") is None  # of the second order


@pytest.mark.parametrize(
    ("name", "cc", "lat_deg", "lon_deg", "known"),
    [
        ("Волинська область", "UA", 50.9, 25.0, "Volyn"),
        ("Нижегородская область", "RU", 56.2, 44.5, "Nizhny Novgorod Oblast"),
        ("四川省", "CN", 30.6, 103.0, "Sichuan"),
        ("محافظة ريف دمشق", "SY", 33.65, 36.4, "Rif-dimashq"),
    ],
)
def test_in_other_scripts_the_middle_tells_where_the_kind_is_written(
    name: str, cc: str, lat_deg: float, lon_deg: float, known: str
) -> None:
    assert region_called(name, cc, lat_deg=lat_deg, lon_deg=lon_deg) == (cc, known)
    assert region_called(name, cc) in (None, (cc, known))  # by its further names, where GeoNames lists them


@pytest.mark.parametrize(
    ("name", "cc", "known"),
    [  # ISO 3166-2 has the towns as the seats of these
        ("Харківська область", "", "Kharkiv"),
        ("у Харківській області", "", None),  # a phrase, no name
        ("Харківській області", "", "Kharkiv"),
        ("Івано-Франківська область", "", "Ivano-Frankivsk"),
        ("Запорізька область", "", "Zaporizhzhia"),
        ("Чернівецька область", "", "Chernivtsi"),
        ("Дніпропетровська область", "", "Dnipropetrovsk"),
        ("Київська область", "", "Kyiv Oblast"),
        ("Московская область", "", "Moscow Oblast"),
        ("Ленинградская область", "", "Leningradskaya Oblast'"),  # not the city, a region of its own
        ("Калужской области", "", "Kaluga Oblast"),
        ("Хабаровского края", "", "Khabarovsk"),
        ("Гомельская область", "", "Homyel’ Voblasc’"),
        ("Карагандинская область", "", "Karaganda"),
        ("Kharkov region", "", "Kharkiv"),
        ("Kiev Oblast", "", "Kyiv Oblast"),
        ("Oblast Charkiw", "", "Kharkiv"),
        ("Dnepropetrovsk region", "UA", "Dnipropetrovsk"),
        ("محافظة إدلب", "", "Idlib"),
        ("استان اصفهان", "", "Isfahan"),
        ("広島県", "", "Hiroshima"),
        ("哈尔科夫州", "", "Kharkiv"),
        ("쿠르스크주", "", "Kursk Oblast"),
        ("Харківська область", "RU", None),
        ("Бахмутська область", "", None),
        ("Bakhmut region", "", None),
        ("Naples province", "", None),  # of the second order
        ("محافظة غزة", "", None),  # the same
        ("광주", "", None),
    ],
)
def test_a_region_is_known_by_any_name_of_the_town_that_it_is_called_after(
    name: str, cc: str, known: str | None
) -> None:
    found = region_called(name, cc)
    assert (found and found[1]) == known


_UKRAINIAN = """
Вінницька Волинська Дніпропетровська Донецька Житомирська Закарпатська Запорізька Івано-Франківська Київська
Кіровоградська Луганська Львівська Миколаївська Одеська Полтавська Рівненська Сумська Тернопільська Харківська
Херсонська Хмельницька Черкаська Чернівецька Чернігівська
"""
_RUSSIAN = """
Амурская Архангельская Астраханская Белгородская Брянская Владимирская Волгоградская Вологодская Воронежская
Ивановская Иркутская Калининградская Калужская Кемеровская Кировская Костромская Курганская Курская Ленинградская
Липецкая Магаданская Московская Мурманская Нижегородская Новгородская Новосибирская Омская Оренбургская Орловская
Пензенская Псковская Ростовская Рязанская Самарская Саратовская Сахалинская Свердловская Смоленская Тамбовская
Тверская Томская Тульская Тюменская Ульяновская Челябинская Ярославская
"""


@pytest.mark.parametrize(
    ("names", "cc", "unknown"),
    [  # called after a town in a way that no rule undoes, under no name of GeoNames'
        (_UKRAINIAN, "UA", ""),
        (_RUSSIAN, "RU", "Кемеровская"),
    ],
)
def test_every_oblast_by_its_own_name_is_another_region_of_the_country(names: str, cc: str, unknown: str) -> None:
    found = {name: region_called(f"{name} область") for name in names.split()}
    assert {name for name, region in found.items() if region is None} == set(unknown.split())
    known = [region for region in found.values() if region is not None]
    assert len(set(known)) == len(known) and {region[0] for region in known} == {cc}


@pytest.mark.parametrize("text", ["a{}b", "а{}б область", "محافظة{}", "{}州"])
def test_a_text_too_long_for_a_name_is_soon_none(text: str) -> None:
    started = time.process_time()
    assert region_called(text.format(" " * 65_536)) is None
    assert time.process_time() - started < 2


def test_a_middle_alone_names_no_region() -> None:
    assert region_called("Слобожанщина", "UA", lat_deg=50.0, lon_deg=36.3) is None
    assert region_called("Одеська область", "MD", lat_deg=46.9, lon_deg=30.0) is None


def test_every_country_of_the_data_lies_on_a_continent() -> None:
    assert {cc for cc in table().countries if not continents_of(cc)} == set()


@pytest.mark.parametrize(
    ("cc", "name", "told"),
    [
        ("YE", "Africa", False),
        ("NG", "Afrique", True),
        ("MX", "South America", False),
        ("CO", "América del Sur", True),
        ("CN", "Азия", True),
        ("UA", "Європа", True),
        ("RU", "Europe", None),  # in two
        ("TR", "Asya", None),
        ("RU", "아프리카", False),
        ("IQ", "Middle East", None),  # no continent
        ("", "Africa", None),
    ],
)
def test_a_country_and_a_continent(cc: str, name: str, told: bool | None) -> None:
    assert on_continent(cc, name) is told


def test_what_a_desk_searched_with_is_no_place() -> None:
    assert mentions("Nothing earlier with Google, Yandex and Lens") == ()
    assert mentions("A failed Hamas rocket hit the camp") == ()
