"""Places that another place could be read into: what must not contradict an honest claim, nor support another."""

from __future__ import annotations

import pytest

from provenance.findings.regions import Relation, relate
from provenance.intake.places import place_from_text
from provenance.model.place import Level, Place
from provenance.placetime.distance import geodesic_km
from provenance.placetime.located import resolved


def at(text: str) -> Place:
    return resolved(place_from_text(text))[0]


@pytest.mark.parametrize(
    ("claimed", "where"),
    [("southern Gaza", "Rafah, PS"), ("central Gaza", "Khan Younis, PS"), ("southern Idlib", "Maarrat an Nu'man, SY"),
     ("eastern Aleppo", "Manbij, SY"), ("western New York", "Buffalo, NY"), ("северный Алеппо", "Azaz, SY"),
     ("a village nobody knows, Idlib", "Maarrat an Nu'man, SY"), ("Nobody's Farm, Kharkiv", "Izium, UA")],
)  # fmt: skip
def test_a_part_of_a_town_may_be_one_of_the_region_called_after_it(claimed: str, where: str) -> None:
    town, place = at(where), at(claimed)
    assert town.lat_deg is not None and place.cc == town.cc
    assert relate(town, place).relation is Relation.OPEN, place


@pytest.mark.parametrize(("claimed", "abroad"), [("southern Gaza", "Damascus"), ("southern Idlib", "Mosul")])
def test_abroad_contradicts_it_all_the_same(claimed: str, abroad: str) -> None:
    assert relate(at(abroad), at(claimed)).relation is Relation.DISJOINT


@pytest.mark.parametrize("text", ["central Kharkiv", "центр Харькова", "downtown Kharkiv"])
def test_the_middle_of_a_town_is_the_town(text: str) -> None:
    assert (at(text).level, at(text).cc, at(text).radius_km) == (Level.POINT, "UA", at("Kharkiv").radius_km)


@pytest.mark.parametrize("town", ["Rafah", "Khan Younis", "Jabalia", "Beit Lahia"])
def test_behind_the_comma_gaza_is_the_strip_and_no_province_of_mozambique(town: str) -> None:
    found, there = at(f"{town}, Gaza"), at(f"{town}, PS")
    assert found.level is Level.CITY and found.lat_deg == there.lat_deg is not None


@pytest.mark.parametrize(
    "text",
    ["South America", "Central America", "Südamerika", "West Africa", "Southeast Asia", "Lateinamerika",
     "Northern Epirus", "north of Syria", "Western Front", "Ostfront", "West Wing"],
)  # fmt: skip
def test_what_is_no_part_of_a_place_is_none(text: str) -> None:
    assert (at(text).lat_deg, at(text).cc) == (None, "")


@pytest.mark.parametrize(
    "text",
    ["Airport", "Hospital", "none", "Market", "Earth", "Est", "a mall", "Beach", "Победа", "Coast", "дом", "дорога",
     "посёлок", "юг", "puerto", "iglesia", "aeropuerto"],
)  # fmt: skip
def test_an_everyday_word_is_no_small_place(text: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert (place.lat_deg, place.cc) == (None, "") and "has no coordinates" in sentence


@pytest.mark.parametrize(("text", "cc"), [("Nord-Irak", "IQ"), ("Süd-Libanon", "LB"), ("Nordsyrien", "SY")])
def test_a_wind_before_a_hyphen_is_no_town(text: str, cc: str) -> None:
    assert (at(text).cc, at(text).level) == (cc, Level.REGION)


@pytest.mark.parametrize("text", ["Nice", "Split", "Mobile", "Cork"])
def test_and_is_a_large_one(text: str) -> None:
    assert at(text).lat_deg is not None


def test_a_small_place_called_as_a_word_is_not_said_to_have_another_name() -> None:
    assert '"Hospital" may be Hospital, Munster, IE' in resolved(place_from_text("Hospital"))[1]


@pytest.mark.parametrize(
    ("text", "lat_deg", "lon_deg"),
    [("Notre-Dame Cathedral, Reims", 49.25, 4.03), ("Notre-Dame Cathedral, Amiens", 49.89, 2.30),
     ("Capitol building, Austin", 30.27, -97.74), ("Notre-Dame Cathedral, Paris", 48.85, 2.35),
     ("Al-Shifa Hospital, Gaza", 31.52, 34.44), ("Hostomel Airport, Kyiv", 50.60, 30.19),
     ("Narita Airport, Tokyo", 35.77, 140.39), ("Snake Island, Odesa", 45.25, 30.20),
     ("JFK Airport, NY", 40.64, -73.78), ("Dulles, VA", 38.94, -77.46), ("Pearl Harbor, HI", 21.35, -157.97),
     ("Heathrow, FL", 28.77, -81.37)],
)  # fmt: skip
def test_a_landmark_is_the_one_of_the_town_or_state_behind_the_comma(text: str, lat_deg: float, lon_deg: float) -> None:
    there = Place(name="", lat_deg=lat_deg, lon_deg=lon_deg, level=Level.POINT)
    away_km = geodesic_km(at(text), there)
    assert away_km is not None and away_km < 6


@pytest.mark.parametrize("text", ["Kremlin, Kazan", "Red Square, Kursk", "World Trade Center, Los Angeles", "Natal"])
def test_and_none_of_another_town(text: str) -> None:
    assert at(text).lat_deg is None
