"""Containment goes by code and level, separation by distance."""

from __future__ import annotations

import pytest

from provenance.findings.regions import Relation, relate
from provenance.intake.places import place_from_text, place_of
from provenance.model.place import Place
from provenance.placetime.located import resolved


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
        (RUSSIA, UKRAINE, Relation.DISJOINT),  # whoever says Ukraine of a picture does not say Russia
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
def test_a_place_lies_in_another_or_apart_from_it_or_that_stays_open(
    item: Place, claimed: Place, relation: Relation
) -> None:
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


INDIA, PAKISTAN = place("India", "IN", "country", 22, 79, 1600), place("Pakistan", "PK", "country", 30, 70, 850)
ISRAEL, CHINA = place("Israel", "IL", "country", 31.4, 35, 230), place("China", "CN", "country", 35, 103, 2500)


@pytest.mark.parametrize(
    ("item", "claimed", "relation"),
    [
        (PAKISTAN, INDIA, "disjoint"),
        (
            place("South Korea", "KR", "country", 36.4, 127.9, 280),
            place("North Korea", "KP", "country", 40.1, 127.2, 300),
            "disjoint",
        ),
        (place("Taiwan", "TW", "country", 23.7, 121, 200), CHINA, "open"),  # who writes China may mean it
        (place("Gaza Strip", "PS", "region", 31.42, 34.36, 30), ISRAEL, "disjoint"),  # no code of Israel there
        (place("Kashmir", "IN", "region", 34, 75, 150), PAKISTAN, "open"),  # both codes there
        (place("Crimea", "UA", "region", 45.3, 34.4, 170), RUSSIA, "open"),
        (place("Golan Heights", "SY", "region", 33, 35.8, 35), ISRAEL, "open"),
        (place("Belgorod Oblast", "RU", "region", 50.7, 37.5, 130), UKRAINE, "disjoint"),
        (KURSK, place("Sumy Oblast", "UA", "region", 51, 34, 130), "disjoint"),
        (place("Tibet", "CN", "region", 31, 88, 700), INDIA, "disjoint"),
    ],
)
def test_areas_of_two_countries_are_told_by_their_codes_unless_both_stand_there(
    item: Place, claimed: Place, relation: str
) -> None:
    assert relate(item, claimed).relation == relation


def test_two_regions_of_one_name_in_two_countries_are_two() -> None:
    pakistani = place("Punjab", "PK", "region", 31, 72.5, 350)
    indian = place("Punjab", "IN", "region", 30.9, 75.5, 180)
    assert relate(pakistani, indian).relation is Relation.DISJOINT
    crimeas = place("Crimea", "RU", "region", 45.3, 34.4, 170), place("Crimea", "UA", "region", 45.2, 34.3, 150)
    assert relate(*crimeas).relation is Relation.INSIDE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (place("Ciudad Juarez", "MX", "city", 31.69, -106.42, 15), place("El Paso", "US", "city", 31.76, -106.49, 20)),
        (place("Kinshasa", "CD", "city", -4.33, 15.31, 20), place("Brazzaville", "CG", "city", -4.27, 15.28, 12)),
        (place("Sinuiju", "KP", "city", 40.10, 124.40, 8), place("Dandong", "CN", "city", 40.13, 124.39, 10)),
        (place("Heihe", "CN", "city", 50.24, 127.49, 8), place("Blagoveshchensk", "RU", "city", 50.27, 127.54, 10)),
        # The border as it is drawn leaves one of each pair on the wrong side.
        (place("Gisenyi", "RW", "city", -1.7028, 29.2564, 8), place("Goma", "CD", "city", -1.6792, 29.2228, 12)),
        (place("Ivangorod", "RU", "city", 59.3766, 28.2221, 4), place("Narva", "EE", "city", 59.3772, 28.1903, 6)),
        (place("Zgorzelec", "PL", "city", 51.1497, 15.0083, 5), place("Görlitz", "DE", "city", 51.1528, 14.9872, 6)),
        (place("Metula", "IL", "city", 33.278, 35.578, 2), place("Kfar Kila", "LB", "city", 33.29, 35.56, 2)),
        (place("Narva", "EE", "city", 59.3772, 28.1903, 6), RUSSIA),
    ],
)
def test_two_towns_across_a_border_are_two_though_their_circles_overlap(first: Place, second: Place) -> None:
    assert relate(first, second).relation is relate(second, first).relation is Relation.DISJOINT


@pytest.mark.parametrize(
    ("item", "claimed", "relation"),
    [
        (place("Nuuk", "GL", "city", 64.18, -51.72, 6), place("Denmark", "DK", "country", 56, 10, 250), "open"),
        (place("Gibraltar", "GI", "city", 36.14, -5.35, 4), place("the UK", "GB", "country", 54, -2.5, 600), "open"),
        (place("Guam", "GU", "country", 13.45, 144.78, 25), place("US", "US", "country", 39, -98, 2500), "open"),
        (
            place("Copenhagen", "DK", "city", 55.68, 12.57, 15),
            place("Greenland", "GL", "country", 72, -40, 1300),
            "disjoint",
        ),
        (place("Beijing", "CN", "city", 39.9, 116.4, 40), place("Taiwan", "TW", "country", 23.7, 121, 200), "disjoint"),
        (place("Dallas", "US", "city", 32.78, -96.8, 50), place("PR", "PR", "country", 18.2, -66.4, 90), "disjoint"),
    ],
)
def test_a_part_with_its_own_code_may_be_called_by_the_state_and_the_state_is_not_in_its_part(
    item: Place, claimed: Place, relation: str
) -> None:
    assert relate(item, claimed).relation == relation


@pytest.mark.parametrize(
    ("item", "claimed"),
    [
        (place("Ghajar", "LB", "city", 33.27, 35.62, 2), place("Israel", "IL", "country", 31.4, 35, 230)),
        (place("Kerch", "RU", "city", 45.3562, 36.4674, 12), UKRAINE),
        (place("Halaib", "EG", "city", 22.22, 36.65, 8), place("Sudan", "SD", "country", 15.5, 30, 900)),
        (
            place("a post on it", "RU", "point", 59.3766, 28.2),
            place("Narva", "EE", "city", 59.3772, 28.1903, 6),
        ),
    ],
)
def test_where_both_codes_stand_or_a_position_is_near_the_line_nothing_is_told(item: Place, claimed: Place) -> None:
    assert relate(item, claimed).relation is not Relation.DISJOINT


def test_a_bare_name_that_several_countries_have_supports_none_of_them() -> None:
    lebanese = place("Tripoli", "LB", "city", 34.4346, 35.8362, 15)
    assert relate(place("Tripoli", "", "city"), lebanese).relation is Relation.OPEN
    assert relate(place("Tripoli", "LB", "city"), lebanese).relation is Relation.INSIDE
    assert relate(place("Nobody's Hamlet", "", "city"), place("Nobody's Hamlet", "LB", "city")).relation is (
        Relation.INSIDE
    )


@pytest.mark.parametrize(
    ("name", "cc", "level", "relation"),
    [("Paris", "FR", "city", "inside"), ("Paris", "US", "city", "open"), ("Odesa", "UA", "city", "inside"),
     ("Odessa", "UA", "city", "open"), ("Odessa", "US", "city", "open"), ("Homs", "SY", "city", "inside"),
     ("Homs", "LY", "city", "open"), ("Donetsk", "UA", "city", "open"), ("Georgia", "GE", "country", "open"),
     ("Lebanon", "LB", "country", "inside"), ("Congo", "CD", "country", "open")],
)  # fmt: skip
def test_a_bare_name_is_of_the_country_whose_place_dwarfs_its_namesakes(
    name: str, cc: str, level: str, relation: str
) -> None:
    assert relate(place(name, "", "city"), place(name, cc, level)).relation == relation


def by_name(text: str) -> Place:
    """A place as a desk writes it, with what the gazetteer adds."""
    return resolved(place_from_text(text))[0]


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("Mayagüez, US", "Puerto Rico"),
        ("Yalta, Ukraine", "Ялта, Россия"),
        ("Керчь, Россия", "Kerch, Ukraine"),
        ("Kerch, Ukraine", "Ukraine"),
        ("Керчь, Россия", "Russia"),
        ("Taipei, China", "Taiwan"),
        ("Prizren, Serbia", "Kosovo"),
        ("Bukavu, Zaire", "DR Congo"),
    ],
)
def test_a_town_under_either_code_is_where_it_is(said: str, claimed: str) -> None:
    assert relate(by_name(said), by_name(claimed)).relation is Relation.INSIDE


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("Miami, US", "Puerto Rico"),
        ("Krasnodar, Russia", "Yalta, Ukraine"),
        ("Kerch, Ukraine", "Yalta, Ukraine"),
        ("Muzaffarabad, Pakistan", "Jammu and Kashmir, India"),
        ("Melilla", "Morocco"),
        ("Beijing, China", "Taiwan"),
        ("Brazzaville, Congo", "Kinshasa, Zaire"),
    ],
)
def test_two_codes_still_tell_two_places_apart(said: str, claimed: str) -> None:
    assert relate(by_name(said), by_name(claimed)).relation is Relation.DISJOINT


@pytest.mark.parametrize(
    ("said", "claimed"), [("Srinagar, Pakistan", "India"), ("Kerch, Ukraine", "Russia"), ("Mayagüez, PR", "US")]
)
def test_a_contested_place_stays_open_under_the_other_s_name(said: str, claimed: str) -> None:
    assert relate(by_name(said), by_name(claimed)).relation is Relation.OPEN
