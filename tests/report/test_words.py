"""Places, circles and stretches of time in words: never finer than they were read."""

from __future__ import annotations

import pytest

from provenance.model.place import Level, Place
from provenance.model.time import Interval, parse_interval
from provenance.report import words


@pytest.mark.parametrize(
    ("radius_km", "said"),
    [
        (0.0001, "less than 1 m"),
        (0.001, "1 m"),
        (0.05, "50 m"),
        (0.25, "250 m"),
        (0.787, "about 800 m"),
        (0.9999, "about 1 km"),
        (1.0, "1 km"),
        (2.5, "2.5 km"),
        (3.456, "about 3.5 km"),
        (20.0, "20 km"),
        (173.0, "173 km"),
        (99.99, "about 100 km"),
        (20_037.0, "20,037 km"),
    ],
)
def test_a_circle_is_told_as_people_say_it(radius_km: float, said: str) -> None:
    assert words.radius(radius_km) == said


@pytest.mark.parametrize(
    ("radius_km", "said"),
    [
        (20.0, "X, city, 20 km around 56.01, 92.85"),
        (0.787, "X, city, about 800 m around 56.011, 92.853"),
        (0.05, "X, city, 50 m around 56.0106, 92.8525"),
        (2_000.0, "X, city, 2,000 km around 56, 93"),
        (0.0, "X, city, at 56.0106, 92.8525"),
    ],
)
def test_a_position_is_no_finer_than_its_circle(radius_km: float, said: str) -> None:
    place = Place(name="X", lat_deg=56.0106, lon_deg=92.8525, radius_km=radius_km, level=Level.CITY)
    assert words.place(place) == said


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        (parse_interval("2015-01-01/.."), "from 2014-12-31 10:00 UTC"),
        (parse_interval("../2015-01-01"), "until 2015-01-02 12:00 UTC"),
        (parse_interval("2015-01-01"), "2014-12-31 10:00 to 2015-01-02 12:00 UTC"),
        (Interval(), "any time"),
    ],
)
def test_an_open_end_is_told_in_words(interval: Interval, said: str) -> None:
    assert words.utc(interval) == said
