"""Containment goes by code and level, separation by distance."""

from __future__ import annotations

import pytest

from provenance.findings.regions import Relation, relate
from provenance.intake.places import place_of
from provenance.model.place import Place


def place(name: str, cc: str, level: str, lat: float | None = None, lon: float | None = None, r: float = 0) -> Place:
    return place_of(name=name, cc=cc, lat_deg=lat, lon_deg=lon, radius_km=r, level=level)


RUSSIA = place("Russia", "RU", "country", 61.5, 96, 4200)
KURSK = place("Kursk Oblast", "RU", "region", 51.7, 36.2, 170)
FRANCE = place("France", "FR", "country", 46.6, 2.4, 600)
BRUSSELS = place("Brussels", "BE", "city", 50.85, 4.35, 20)
UKRAINE = place("Ukraine", "UA", "country", 48.8, 31.4, 700)


@pytest.mark.parametrize(
    ("item", "claimed", "relation"),
    [
        (place("Krasnoyarsk", "RU", "city", 56.01, 92.85, 20), RUSSIA, Relation.INSIDE),
        (RUSSIA, KURSK, Relation.OPEN),  # the coarser never supports the finer
        (KURSK, KURSK, Relation.INSIDE),
        (BRUSSELS, FRANCE, Relation.DISJOINT),  # inside the circle, outside the border
        (FRANCE, BRUSSELS, Relation.DISJOINT),
        (place("Gaza Strip", "PS", "region", 31.42, 34.36, 30), UKRAINE, Relation.DISJOINT),
        (place("Sevastopol", "RU", "city", 44.61, 33.52, 20), UKRAINE, Relation.OPEN),  # two codes for one area
        (place("Belgorod", "RU", "city", 50.6, 36.59, 15), UKRAINE, Relation.DISJOINT),  # in the circle, one code
        (
            place("Medyka", "PL", "city", 49.805, 22.93, 5),
            UKRAINE,
            Relation.DISJOINT,
        ),  # its circle crosses the border, it does not
        (place("a quay", "", "point", 49.8, 22.94, 5), UKRAINE, Relation.OPEN),  # the doubt crosses the border
        (
            place("Gaza City", "PS", "city", 31.5, 34.466, 12),
            place("Israel", "IL", "country", 31.4, 35, 230),
            Relation.DISJOINT,
        ),
        (
            place("Jerusalem", "IL", "city", 31.78, 35.22, 8),
            place("Palestine", "PS", "country", 31.9, 35.2, 100),
            Relation.OPEN,
        ),
        (place("Belgorod", "RU", "city", 50.6, 36.59, 15), KURSK, Relation.DISJOINT),  # another region's capital
        (
            place("Taipei", "TW", "city", 25.03, 121.56, 15),
            place("China", "CN", "country", 35, 103, 2700),
            Relation.OPEN,
        ),
        (place("Belgium", "BE", "country", 50.6, 4.6, 150), FRANCE, Relation.DISJOINT),  # countries, by their codes
        (RUSSIA, UKRAINE, Relation.OPEN),  # both give one area their code
        (
            place("Paris", "FR", "city", 48.86, 2.35, 20),
            place("Belgium", "BE", "country", 50.6, 4.6, 150),
            Relation.DISJOINT,
        ),
        (
            place("Vladivostok", "RU", "city", 43.1, 131.9, 25),
            place("Moscow", "RU", "city", 55.8, 37.6, 40),
            Relation.DISJOINT,
        ),
        (
            place("Gaza City", "PS", "city", 31.5, 34.466, 12),
            place("Gaza Strip", "PS", "region", 31.42, 34.36, 30),
            Relation.INSIDE,
        ),
        (place("Kyiv", "UA", "city", 50.45, 30.52, 40), place("Kyiv", "UA", "city", 50.41, 30.52, 25), Relation.INSIDE),
        (place("Krasnoyarsk", "", "city"), place("krasnoyarsk", "RU", "city", 56.01, 92.85, 20), Relation.INSIDE),
        (place("Paris", "", "city"), place("London", "", "city"), Relation.OPEN),  # names alone cannot be apart
        (place("Gaza", "PS", "city"), place("Ukraine", "UA", "country"), Relation.DISJOINT),
        (place("Sevastopol", "RU", "city"), place("Ukraine", "UA", "country"), Relation.OPEN),
        (
            place("Paris", "FR", "city", 48.86, 2.35, 20),
            place("Europe", "", "continent", 54, 15, 2800),
            Relation.INSIDE,
        ),
    ],
)
def test_places_relate(item: Place, claimed: Place, relation: Relation) -> None:
    assert relate(item, claimed).relation is relation


def test_a_gap_takes_off_both_radii() -> None:
    gap = relate(place("Gaza", "PS", "city", 31.5, 34.47, 12), place("Kyiv", "UA", "city", 50.45, 30.52, 40)).gap_km
    assert gap == pytest.approx(2129 - 52, abs=5)


def test_across_a_border_the_gap_is_that_to_the_border_where_it_is_near() -> None:
    turkey = place("Turkey", "TR", "country", 39, 35.2, 850)
    aleppo = relate(place("Aleppo", "SY", "city", 36.2, 37.13, 10), turkey)
    assert aleppo.relation is Relation.DISJOINT
    assert aleppo.gap_km == pytest.approx(32, abs=6)
    assert relate(BRUSSELS, FRANCE).gap_km is None or relate(BRUSSELS, FRANCE).gap_km > 20


@pytest.mark.parametrize(
    ("item", "region", "relation"),
    [
        (place("Reno", "US", "city", 39.53, -119.81, 10), place("California", "US", "region", 37, -120, 600), "open"),
        (
            place("Los Angeles", "US", "city", 34.05, -118.24, 30),
            place("California", "US", "region", 37, -120, 600),
            "inside",
        ),
        (
            place("Tijuana", "MX", "city", 32.5, -117.0, 10),
            place("California", "US", "region", 37, -120, 600),
            "disjoint",
        ),
        (place("Kyiv", "UA", "city", 50.45, 30.52, 20), place("Kyiv Oblast", "UA", "region", 50.3, 30.5, 110), "open"),
        (
            place("Bucha", "UA", "city", 50.55, 30.21, 5),
            place("Kyiv Oblast", "UA", "region", 50.3, 30.5, 110),
            "inside",
        ),
        (place("Sevastopol", "RU", "city", 44.6, 33.52, 10), place("Crimea", "UA", "region", 45.3, 34.4, 170), "open"),
        (
            place("Aleppo", "SY", "city", 36.2, 37.13, 10),
            place("the south-east", "TR", "region", 37.5, 37.2, 300),
            "disjoint",
        ),
        (place("Sukhumi", "RU", "city", 43.0, 41.02, 10), place("Georgia", "GE", "country", 42.2, 43.5, 250), "open"),
        (
            place("San Juan", "PR", "city", 18.46, -66.1, 10),
            place("United States", "US", "country", 39, -98, 2500),
            "open",
        ),
        (place("Saint-Denis", "RE", "city", -20.88, 55.45, 8), FRANCE, "open"),
        (
            place("Pyongyang", "KP", "city", 39.03, 125.75, 15),
            place("South Korea", "KR", "country", 36.5, 127.8, 260),
            "disjoint",
        ),
    ],
)
def test_enclosed_capitals_and_border_towns_are_left_open(item: Place, region: Place, relation: str) -> None:
    assert relate(item, region).relation == relation
