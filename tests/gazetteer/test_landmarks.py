"""Landmarks, airports, short names of countries, and what a comma says, against what everybody knows of them."""

from __future__ import annotations

import pytest

from provenance.gazetteer.airports import airports_named
from provenance.gazetteer.area_codes import country_by_short_name, country_code, states_of
from provenance.gazetteer.borders import country_at
from provenance.gazetteer.expanses import is_expanse
from provenance.gazetteer.landmarks import FILE, landmarks_named
from provenance.gazetteer.lands import country_of_land
from provenance.gazetteer.narrowed import areas_called, narrowed, parts_of
from provenance.gazetteer.regions import regions_named
from provenance.intake.places import place_from_text
from provenance.model.place import Level
from provenance.placetime.distance import geodesic_km
from provenance.placetime.located import resolved


def lines() -> list[list[str]]:
    return [line.split("\t") for line in FILE.read_text("utf-8").splitlines()]


def test_every_landmark_lies_in_its_country() -> None:
    for names, cc, lat, lon, radius, level in lines():
        assert float(radius) > 0 and Level(level) in (Level.POINT, Level.CITY, Level.REGION)
        codes = country_at(float(lat), float(lon), within_km=5)  # none at sea
        assert not cc or not codes or cc in codes, names


def test_only_a_square_of_several_cities_has_two() -> None:
    several = {names.split("|")[0] for names, *_ in lines() if len(landmarks_named(names.split("|")[0])) > 1}
    assert several == {"Tahrir Square"}


@pytest.mark.parametrize(
    ("text", "cc", "near"),
    [("Heathrow", "GB", (51.47, -0.45)), ("Шереметьево", "RU", (55.97, 37.41)), ("аэропорт Шереметьево", "RU",
     (56, 37.4)),
     ("Hostomel airport", "UA", (50.60, 30.19)), ("인천공항", "KR", (37.46, 126.44)), ("순안공항", "KP",
     (39.2, 125.7)),
     ("ЗАЭС", "UA", (47.51, 34.59)), ("Запорожской АЭС", "UA", (47.51, 34.59)), ("Snake Island", "UA", (45.25, 30.2)),
     ("Taiwan Strait", "", (24.4, 119.5)), ("Крымский мост", "", (45.3, 36.5)), ("Stepanakert", "AZ", (39.8, 46.8)),
     ("Khmeimim", "SY", (35.4, 35.9)), ("White House", "US", (38.9, -77.0)), ("Maidan Nezalezhnosti, Kyiv", "UA",
     (50.4, 30.5)),
     ("Kabul airport", "AF", (34.6, 69.2)), ("аэропорт Борисполь", "UA", (50.3, 30.9)), ("مطار بيروت", "LB",
     (33.8, 35.5)),
     ("the airport in Goma", "CD", (-1.7, 29.2)), ("aéroport de Bamako", "ML", (12.5, -7.9)),
     ("Domodedovo airport", "RU", (55.4, 37.9))],
)  # fmt: skip
def test_a_landmark_is_meant_by_its_names(text: str, cc: str, near: tuple[float, float]) -> None:
    place, sentence = resolved(place_from_text(text))
    assert place.cc == cc and (place.lat_deg, place.lon_deg) == pytest.approx(near, abs=0.15), sentence
    assert "by its list of landmarks and airports" in sentence


@pytest.mark.parametrize("text", ["Heathrow, US", "Heathrow, Florida", "Heathrow, FL"])
def test_a_settlement_called_so_is_meant_where_its_country_stands_with_it(text: str) -> None:
    place, _ = resolved(place_from_text(text))
    assert (place.cc, place.level) == ("US", Level.CITY) and place.lat_deg == pytest.approx(28.8, abs=0.1)


@pytest.mark.parametrize("text", ["Moscow airport", "Frankfurt airport", "Paris airport", "London airport"])
def test_of_several_airports_none_is_taken(text: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert place.lat_deg is None and ("may be" in sentence)


@pytest.mark.parametrize("text", ["Kabul", "airport", "the port of Odesa", "مطار"])
def test_what_is_not_called_an_airport_is_none(text: str) -> None:
    assert airports_named(text) == ()


@pytest.mark.parametrize(
    ("text", "cc", "region"),
    [("Paris, France", "FR", "Île-de-France"), ("Paris, Texas", "US", "Texas"),
     ("Springfield, Illinois", "US", "Illinois"),
     ("London, England", "GB", "England"), ("Киев, Украина", "UA", "Kyiv City"), ("Athens, Georgia", "US", "Georgia"),
     ("Valencia (Spain)", "ES", "Valencia"), ("Birmingham, Alabama, USA", "US", "Alabama"),
     ("경기도 파주시", "KR", "Gyeonggi-do"),
     ("Goma, DRC", "CD", "North Kivu"), ("Lyman, Donetsk region", "UA", "Donetsk"),
     ("Chelsea, London", "GB", "England")],
)  # fmt: skip
def test_what_stands_behind_a_comma_tells_where(text: str, cc: str, region: str) -> None:
    found = narrowed(text)
    assert found and {one.cc for one in found} == {cc}
    assert found[0].admin1 == region


@pytest.mark.parametrize(
    ("text", "cc"),
    [
        ("London, UK", "GB"),
        ("Uvalde, TX", "US"),
        ("San Francisco, CA", "US"),
        ("Vancouver, WA", "US"),
        ("Tirana, AL", "AL"),
        ("Toronto, ON", "CA"),
        ("Sydney, NSW", "AU"),
        ("Curitiba, PR", "BR"),
        ("Chicago, IL", "US"),
    ],
)
def test_two_letters_are_a_country_and_else_a_state(text: str, cc: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert place.cc == cc and place.lat_deg is not None, sentence


@pytest.mark.parametrize("text", ["Hebron, IL", "Bethlehem, IL", "Hebron, IN"])
def test_a_small_place_of_a_state_is_not_meant_by_a_country_s_code(text: str) -> None:
    assert resolved(place_from_text(text))[0].lat_deg is None


def test_short_names_of_countries() -> None:
    assert [country_code(one) for one in ("UK", "U.S.", "the US", "DRC", "ОАЭ", "США", "РФ", "UA")] == [
        "GB", "US", "", "CD", "AE", "US", "RU", "UA",
    ]  # fmt: skip
    assert country_by_short_name("us") == "" and country_by_short_name("car") == ""
    for one in ("UK", "the US", "U.S.", "the UK", "DRC", "Holland"):
        assert resolved(place_from_text(one))[0].level is Level.COUNTRY, one


@pytest.mark.parametrize("text", ["Korea", "Congo", "Конго", "콩고", "Корея"])
def test_a_name_of_two_states_is_neither_nor_a_village(text: str) -> None:
    assert len(states_of(text)) == 2
    place, sentence = resolved(place_from_text(text))
    assert place.cc == "" and "may be" in sentence


@pytest.mark.parametrize(
    ("text", "cc", "called"),
    [("Крым", "UA", "Crimea"), ("Крыму", "UA", "Crimea"), ("Сахалин", "RU", "Sakhalin Oblast"),
     ("함경북도", "KP", "North Hamgyong"),
     ("新疆", "CN", "Xinjiang"), ("Bayern", "DE", "Bavaria"), ("Cataluña", "ES", "Catalonia"),
     ("Донеччина", "UA", "Donetsk"),
     ("قطاع غزة", "PS", "Gaza Strip"), ("Nord-Kivu", "CD", "North Kivu"), ("쿠르스크 지역", "RU", "Kursk Oblast"),
     ("Техас", "US", "Texas"), ("Московская область", "RU", "Moscow Oblast"),
     ("в Курской области", "RU", "Kursk Oblast")],
)  # fmt: skip
def test_a_region_is_known_in_the_letters_of_its_country(text: str, cc: str, called: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert (place.cc, place.level) == (cc, Level.REGION) and f"{called}, {cc}, a region" in sentence


@pytest.mark.parametrize(
    ("text", "cc"), [("Gaza City", "PS"), ("Idlib", "SY"), ("Wien", "AT"), ("إدلب", "SY"), ("Москва, RU", "RU")]
)
def test_a_town_in_a_region_of_its_name_is_still_meant(text: str, cc: str) -> None:
    place, _ = resolved(place_from_text(text))
    assert (place.cc, place.level) == (cc, Level.CITY)


@pytest.mark.parametrize("text", ["Java", "Kachin", "Katanga", "Judea", "Corse", "Sumatra", "Bagram", "Korea", "Us"])
def test_no_village_abroad_is_meant_by_a_name_that_everybody_knows(text: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert place.lat_deg is None or place.cc in ("AF", "FR", "NZ"), sentence


@pytest.mark.parametrize("text", ["Gaza", "Gaza, PS", "Газа", "غزة"])
def test_who_says_gaza_means_the_strip(text: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert (place.cc, place.level) == ("PS", Level.REGION) and "Gaza Strip, PS, a region" in sentence
    rafah = resolved(place_from_text("Rafah, Gaza"))[0]
    apart_km = geodesic_km(place, rafah)
    assert apart_km is not None and apart_km < place.radius_km


def test_large_cities_are_meant_beside_places_a_hundredth_of_them() -> None:
    for text, cc in (("Cairo", "EG"), ("Moscow", "RU"), ("Jerusalem", "IL"), ("New York", "US"), ("Warsaw", "PL")):
        place, sentence = resolved(place_from_text(text))
        assert place.cc == cc and "far smaller" in sentence
    for text in ("Khasan", "Хасан", "Paris", "Birmingham", "Bombay"):
        assert resolved(place_from_text(text))[0].lat_deg is None


def test_lists_by_hand_do_not_overlap() -> None:
    assert not [names for names, *_ in lines() for one in names.split("|") if country_of_land(one)]
    assert is_expanse("Sinai") and not country_of_land("Sinai")
    assert parts_of("a, b (c)") == ["a", "b", "c"] and areas_called("nowhere at all") == ()
    assert regions_named("Kachin")[0].name == "Kachin State"
