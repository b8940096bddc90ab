"""Places told by others: circles wide enough for what captions call near, no support for a town."""

from __future__ import annotations

import time

import pytest

from provenance.findings.regions import Relation, relate
from provenance.intake.places import place_from_text
from provenance.model.place import Level, Place
from provenance.placetime.distance import geodesic_km
from provenance.placetime.located import BY_GAZETTEER, resolved
from provenance.placetime.told_by_others import NEAR_KM

# Places by what published captions said that they are near, and where they are (to a kilometre).
NEAR = (
    ("Kyiv, UA", "Bucha", 50.543, 30.213), ("Kyiv, UA", "Hostomel airport", 50.603, 30.192),
    ("Chernihiv, UA", "Yahidne", 51.409, 31.335), ("Izium, UA", "the mass graves", 49.209, 37.249),
    ("Donetsk, UA", "the prison of Olenivka", 47.830, 37.710), ("Bakhmut, UA", "Soledar", 48.679, 38.091),
    ("Bakhmut, UA", "Chasiv Yar", 48.587, 37.836), ("Bakhmut, UA", "Klishchiivka", 48.526, 37.957),
    ("Torez, UA", "Hrabove, MH17", 48.141, 38.639), ("Saratov, RU", "Engels-2", 51.481, 46.211),
    ("Smolensk, RU", "the Polish Tu-154", 54.825, 32.053), ("Latakia, SY", "Khmeimim", 35.401, 35.949),
    ("Homs, SY", "Shayrat", 34.490, 36.909), ("Idlib, SY", "Sarmin", 35.902, 36.726),
    ("Kabul, AF", "Bagram", 34.946, 69.265), ("Gaza, PS", "Be'eri", 31.424, 34.492),
    ("Mae Sai, TH", "Tham Luang", 20.381, 99.868), ("Barcelonnette, FR", "Germanwings 9525", 44.281, 6.439),
    ("Qom, IR", "Fordow", 34.885, 50.996), ("Natanz, IR", "the enrichment plant", 33.723, 51.727),
    ("Mosul, IQ", "the air base of Qayyarah", 35.767, 43.125),
)  # fmt: skip


def at(text: str) -> tuple[Place, str]:
    return resolved(place_from_text(text))


@pytest.mark.parametrize(("town", "what", "lat_deg", "lon_deg"), NEAR)
def test_what_captions_call_near_lies_in_the_circle(town: str, what: str, lat_deg: float, lon_deg: float) -> None:
    place, sentence = at(f"near {town}")
    there = Place(name=what, lat_deg=lat_deg, lon_deg=lon_deg, radius_km=1.0, level=Level.POINT)
    assert (geodesic_km(place, there) or 0) <= place.radius_km, sentence
    assert relate(there, place).relation is not Relation.DISJOINT


def test_the_farthest_of_them_is_what_the_circle_was_drawn_by() -> None:
    beyond = []
    for town, what, lat_deg, lon_deg in NEAR:
        place, _ = at(town)
        away_km = geodesic_km(place, Place(name=what, lat_deg=lat_deg, lon_deg=lon_deg, level=Level.POINT)) or 0
        beyond.append(away_km - place.radius_km)
    assert NEAR_KM - 3 < max(beyond) < NEAR_KM


@pytest.mark.parametrize(
    "text",
    ["near Bakhmut", "a trench outside Bakhmut", "the outskirts of Bakhmut", "возле Бахмута", "под Бахмутом",
     "на окраине Бахмута", "біля Бахмута", "поблизу Бахмута", "바흐무트 인근", "cerca de Bajmut", "près de Bakhmout",
     "bei Bachmut", "near Bakhmut, UA", "near Bakhmut, Ukraine"],
)  # fmt: skip
def test_near_a_town_is_a_circle_round_it_and_not_the_town(text: str) -> None:
    place, sentence = at(text)
    town = at("Bakhmut")[0]
    assert (place.level, place.cc) == (Level.REGION, "UA"), sentence
    assert (geodesic_km(place, town) or 0) < 1 and place.radius_km > town.radius_km
    assert relate(place, town).relation is Relation.OPEN and relate(town, place).relation is Relation.INSIDE
    assert sentence.startswith(BY_GAZETTEER) and "km of" in sentence


@pytest.mark.parametrize(
    ("text", "lat_deg", "lon_deg"),
    [("15 km north of Aleppo", 36.34, 37.16), ("about 30 km east of Kherson", 46.65, 33.0),
     ("в 15 км к северу от Алеппо", 36.34, 37.16), ("30 км севернее Харькова", 50.25, 36.25),
     ("за 20 км на північ від Харкова", 50.16, 36.25), ("a 15 km al norte de Alepo", 36.34, 37.16),
     ("15 km nördlich von Aleppo", 36.34, 37.16), ("알레포에서 북쪽으로 15km", 36.34, 37.16),
     ("10 miles south-west of Mosul", 36.23, 43.0)],
)  # fmt: skip
def test_so_far_in_a_direction_is_there(text: str, lat_deg: float, lon_deg: float) -> None:
    place, sentence = at(text)
    there = Place(name="", lat_deg=lat_deg, lon_deg=lon_deg, level=Level.POINT)
    assert place.level is Level.REGION and (geodesic_km(place, there) or 0) < 5, sentence


@pytest.mark.parametrize("text", ["between Kherson and Mykolaiv", "між Херсоном та Миколаєвом, UA"])
def test_between_two_towns_holds_both(text: str) -> None:
    place, sentence = at(text)
    for town in ("Kherson, UA", "Mykolaiv, UA"):
        assert (geodesic_km(place, at(town)[0]) or 0) <= place.radius_km, sentence


@pytest.mark.parametrize(
    ("text", "cc"),
    [("eastern Ukraine", "UA"), ("восточная Украина", "UA"), ("на востоке Украины", "UA"), ("східна Україна", "UA"),
     ("우크라이나 동부", "UA"), ("el este de Ucrania", "UA"), ("l'est de l'Ukraine", "UA"), ("Ostukraine", "UA"),
     ("im Osten der Ukraine", "UA"), ("south Lebanon", "LB"), ("جنوب لبنان", "LB"), ("southern Lebanon", "LB"),
     ("the north of Syria", "SY"), ("Java", "ID"), ("ДНР", "UA"), ("Crete", "GR")],
)  # fmt: skip
def test_of_a_part_of_a_country_the_country_alone_counts(text: str, cc: str) -> None:
    place, sentence = at(text)
    assert (place.cc, place.level, place.lat_deg) == (cc, Level.REGION, None), sentence
    assert "its country alone counts" in sentence
    inside = Place(name="x", cc=cc, level=Level.CITY)
    assert relate(inside, place).relation is Relation.OPEN
    assert relate(at("Santiago, CL")[0], place).relation is Relation.DISJOINT


@pytest.mark.parametrize(
    "text", ["South Sudan", "South Korea", "Northern Ireland", "West Virginia", "West Bank", "North Kivu", "East Timor"]
)
def test_a_name_that_is_known_is_not_taken_apart(text: str) -> None:
    assert "a part of" not in at(text)[1] and at(text)[0].cc


@pytest.mark.parametrize("text", ["near Springfield", "Red Street, Springfield", "between Springfield and Kherson"])
def test_what_lies_near_one_of_several_is_not_known_and_says_which(text: str) -> None:
    place, sentence = at(text)
    assert place.lat_deg is None and '"Springfield" may be' in sentence


def test_something_in_a_town_lies_in_its_circle_and_is_no_town() -> None:
    place, sentence = at("Nobody's Square, Kyiv, Ukraine")
    assert place.level is Level.POINT and (geodesic_km(place, at("Kyiv")[0]) or 0) < 1, sentence
    assert relate(at("Kyiv")[0], place).relation is Relation.OPEN
    assert relate(at("Lviv, UA")[0], place).relation is Relation.DISJOINT
    assert at("서울 용산구")[0].cc == "KR"


@pytest.mark.parametrize("text", ["near " * 24, "между " * 20, "north of " * 13 + "Rome", "5 km " * 23, "a, " * 39])
def test_words_that_repeat_are_soon_read(text: str) -> None:
    started = time.process_time()
    assert at(text)[1]
    assert time.process_time() - started < 2
