"""Lengths and distances in free text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.placetime.quantities import quantities
from provenance.placetime.stated import distances


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("4,400 km", 4400),
        ("4 400 км", 4400),
        ("4\u202f400 км", 4400),
        ("4.400 km", 4400),
        ("4400km", 4400),
        ("4,4 тыс. км", 4400),
        ("4.4 thousand km", 4400),
        ("4천400㎞", 4400),
        ("2,700 miles", 4345.2),
        ("100 nautical miles", 185.2),
        ("0.500 km", 0.5),
        ("1,234.5 km", 1234.5),
        ("12.5 километра", 12.5),
        ("the 300-kilometre road", 300),
    ],
)
def test_a_length_is_read(text: str, km: float) -> None:
    (one,) = quantities(text)
    assert one.km == pytest.approx(km, rel=1e-4)


@pytest.mark.parametrize(
    "text",
    ["100 km/h", "500 sq km", "30 km²", "кв. км 30", "60 км/ч", "시속 300km", "within 30 km of", "в радиусе 10 км",
     "menos de 30 km", "im Umkreis von 30 km", "20-30 km", "10 kmh", "5 minutes", "2024", "1000제곱킬로미터",
     "range of 300 km"],
)  # fmt: skip
def test_what_is_no_length_between_two_places_is_left(text: str) -> None:
    assert quantities(text) == []


def test_two_units_of_one_length_are_one() -> None:
    (one,) = quantities("some 4,400 km (2,700 miles) away")
    assert (one.km, one.words) == (4400, "4,400 km")


def test_one_end_may_be_missing() -> None:
    (said,) = distances("some 2,700 miles east of Kursk")
    assert (said.distance.start, said.distance.end, said.words) == ("", "Kursk", "2,700 miles")


def test_two_distances_of_one_place() -> None:
    found = distances("Kursk is 456 km from Moscow and 3,650 km from Krasnoyarsk.")
    assert [(one.distance.start, one.distance.end) for one in found] == [("Kursk", "Moscow"), ("Kursk", "Krasnoyarsk")]


def test_a_place_the_caller_knows_is_an_end() -> None:
    (said,) = distances("Dubki Verkhnie is 40 km from Kursk.", names=["Dubki Verkhnie"])
    assert said.distance.start == "Dubki Verkhnie"


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read(text: str) -> None:
    distances(f"5 km {text} from Kursk 7 km {text}")


@pytest.mark.parametrize(
    "text", ["5 km from Kursk and " * 5_000, "1 " * 50_000 + "km", "5 km" + " " * 60_000 + "Kursk"]
)
def test_a_long_text_costs_a_bounded_time(text: str) -> None:
    start = time.thread_time()
    assert len(distances(text)) <= 20
    assert time.thread_time() - start < 5


@pytest.mark.parametrize(
    ("text", "ends"),
    [("Járkov está a 700 km de Kiev", ("Járkov", "Kiev")), ("Köln, 800 km von Berlin entfernt", ("Köln", "Berlin")),
     ("Lyon se trouve à 650 kilomètres de Paris", ("Lyon", "Paris")), ("20 km de Madrid", ("", "Madrid")),
     ("Járkov está a unos 700 km al este de Kiev", ("Járkov", "Kiev")), ("12 km östlich von Berlin", ("", "Berlin")),
     ("der 20 km von Berlin entfernte See", ("", "Berlin")),
     ("a más de 20 km de Madrid", ("", "Madrid")), ("à une distance de 20 km de Lyon", ("", "Lyon")),
     ("los 700 km de Kiev a Járkov", ("Kiev", "Járkov")), ("800 km von Berlin nach Köln", ("Berlin", "Köln"))],
)  # fmt: skip
def test_in_other_languages_what_stands_before_a_place_makes_a_distance(text: str, ends: tuple[str, str]) -> None:
    (one,) = distances(text)
    assert (one.distance.start, one.distance.end) == ends


@pytest.mark.parametrize(
    "text",
    ["una columna de 5 km de blindados entró en Kiev", "a menos de 30 km de Kiev", "10 km de atasco en Madrid",
     "les 20 km de Paris", "la carrera de 10 km de Madrid", "un mur de 3 km de Berlin", "die 25 km von Berlin",
     "as 10 km de Lisboa", "corsa di 10 km di Roma"],
)  # fmt: skip
def test_and_what_else_is_so_long_does_not(text: str) -> None:
    assert distances(text) == ()
