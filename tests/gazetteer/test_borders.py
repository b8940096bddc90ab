"""Countries by borders, settlements around a position, outlines to draw."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from provenance.gazetteer.borders import country_at, outlines
from provenance.gazetteer.nearest import nearest
from provenance.gazetteer.words import position_in_words


@pytest.mark.parametrize(
    ("lat", "lon", "codes"),
    [
        (56.01, 92.85, {"RU"}),
        (51.73, 36.19, {"RU"}),
        (50.85, 4.35, {"BE"}),  # inside any circle round France
        (47.56, 7.59, {"CH", "DE", "FR"}),
        (42.43, 130.64, {"RU", "KP"}),
        (44.95, 34.10, {"RU", "UA"}),  # Crimea: held and claimed
        (33.00, 35.80, {"IL", "SY"}),
        (27.15, -13.20, {"EH", "MA"}),
        (-29.31, 27.48, {"LS", "ZA"}),
        (66.00, -172.00, {"RU"}),  # beyond the antimeridian
        (71.00, 179.50, {"RU"}),
        (-90.0, 0.0, {"AQ"}),
        (0.0, -150.0, set()),
        (43.0, 34.0, set()),  # the middle of the Black Sea
        (90.0, 180.0, set()),
    ],
)
def test_a_position_lies_in_its_countries(lat: float, lon: float, codes: set[str]) -> None:
    assert set(country_at(lat, lon)) == codes


def test_the_country_of_the_position_comes_first() -> None:
    assert country_at(47.52, 7.55)[0] == "CH"
    assert country_at(51.30, 34.40)[0] == "RU"


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (0, 181), (math.nan, 0)])
def test_what_is_no_position_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="no latitude"):
        country_at(lat, lon)


def test_a_wider_reach_takes_in_more() -> None:
    assert country_at(50.60, 36.59) == ("RU",)
    assert set(country_at(50.60, 36.59, within_km=50)) == {"RU", "UA"}


def test_settlements_around_a_position_with_distance_and_bearing() -> None:
    first = nearest(51.19, 35.40)[0]
    assert (first.name, first.cc, first.admin1) == ("Sudzha", "RU", "Kursk Oblast")
    assert first.distance_km == pytest.approx(9.0, abs=0.3)
    assert first.bearing_deg == pytest.approx(90, abs=2) and first.direction == "E"
    around = nearest(55, 37)
    assert [one.distance_km for one in around[:3]] == sorted(one.distance_km for one in around[:3])


def test_both_sides_are_listed_near_a_border() -> None:
    assert {one.cc for one in nearest(51.30, 34.40)} == {"RU", "UA"}


def test_across_the_antimeridian_and_at_the_poles() -> None:
    assert nearest(-16.8, 180.0)[0].cc == "FJ"
    assert nearest(90, 0) == ()
    assert "far from every settlement" in position_in_words(-90, 0)


def test_a_position_in_words() -> None:
    assert position_in_words(56.01, 92.85).startswith("at Krasnoyarsk, Krasnoyarsk Krai (RU)")
    assert position_in_words(56.01, 92.85).endswith("in Russia (RU)")
    assert position_in_words(43, 34).endswith("at sea, by the borders and coasts of 1:10 million")


def test_outlines_can_be_drawn() -> None:
    areas = {one.name: one for one in outlines()}
    assert len(areas) > 240
    for one in areas.values():
        for ring in one.rings:
            assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)
    russia = areas["Russia"]
    assert all(abs(a[0] - b[0]) < 90 for ring in russia.rings for a, b in pairwise(ring))
    assert areas["Crimea"].codes == ("RU", "UA")
