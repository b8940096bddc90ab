"""Towns under the code of a state that they belong to in part, names of former states, and spellings of names."""

from __future__ import annotations

import pytest

from provenance.gazetteer.area_codes import country_code, former_state
from provenance.gazetteer.romanised import hangul_romanised
from provenance.gazetteer.spellings import spelled_otherwise
from provenance.gazetteer.states import find_in
from provenance.intake.places import place_from_text, place_of
from provenance.placetime.located import resolved


@pytest.mark.parametrize(
    ("text", "cc", "lat_deg"),
    [
        ("Mayagüez, US", "US", 18.2),
        ("Nuuk, Denmark", "DK", 64.2),
        ("Willemstad, Netherlands", "NL", 12.1),
        ("Керчь, Россия", "RU", 45.4),
        ("Yalta, Russia", "RU", 44.5),
        ("Prizren, Serbia", "RS", 42.2),
        ("Kowloon, China", "CN", 22.3),
        ("Bukavu, Zaire", "CD", -2.5),
        ("Kandy, Ceylon", "LK", 7.3),
        ("Hilo, Oahu", "US", 19.7),
        ("Uvira, Congo", "CD", -3.4),
        ("Wonsan, Korea", "KP", 39.2),
    ],
)
def test_a_town_bears_the_code_that_was_written(text: str, cc: str, lat_deg: float) -> None:
    place, said = resolved(place_from_text(text))
    assert place.cc == cc, said
    assert place.lat_deg == pytest.approx(lat_deg, abs=0.5), said


def test_a_part_that_is_named_itself_keeps_its_code() -> None:
    assert resolved(place_from_text("Greenland, DK"))[0].cc == "GL"


def test_no_town_of_another_country_is_taken_for_one_of_a_state() -> None:
    assert find_in("Strasbourg", "DE") == find_in("Kharkiv", "RU") == ()
    assert all(one.cc == "RU" for one in find_in("Yalta", "RU"))
    assert find_in("Yalta", "UA")[0].cc == "UA"


def test_a_town_that_is_as_large_in_a_part_of_the_state_is_asked_about() -> None:
    assert resolved(place_of(name="Saint-Pierre", cc="FR", level="city"))[0].lat_deg is None
    assert resolved(place_from_text("Dakhla, Morocco"))[0].lat_deg is None


@pytest.mark.parametrize(("name", "cc"), [("Zaire", "CD"), ("Заир", "CD"), ("Upper Volta", "BF"), ("Dahomey", "BJ")])
def test_a_former_state_stands_for_the_one_that_is_there_today(name: str, cc: str) -> None:
    assert country_code(name) == cc == former_state(name)[0].cc


def test_a_name_of_two_states_of_today_is_none() -> None:
    assert former_state("Rhodesia") == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Hassakeh", "Al Ḩasakah"),
        ("Deir Ezzor", "Deir ez-Zor"),
        ("Maarat al-Numan", "Ma‘arrat an Nu‘mān"),
        ("무안군", "Muan"),
        ("부안군", "Buan"),
    ],
)
def test_a_name_in_another_spelling(name: str, found: str) -> None:
    assert found in [one.name for one in spelled_otherwise(name)]


@pytest.mark.parametrize("name", ["Paris", "Xyzzyqq", "", "ab", "a" * 200, "Москва", "ㅁㅁ", "Kassel, DE"])
def test_what_is_known_or_no_name_has_no_other_spelling(name: str) -> None:
    assert spelled_otherwise(name) == ()


@pytest.mark.parametrize(
    ("name", "latin"),
    [  # as the Revised Romanisation gives them
        ("강릉", "gangneung"), ("신라", "silla"), ("종로", "jongno"), ("독립문", "dongnimmun"), ("울산", "ulsan"),
        ("제주", "jeju"), ("광희문", "gwanghuimun"), ("별내", "byeollae"), ("", ""), ("abc", ""),
    ],
)  # fmt: skip
def test_hangul_by_the_revised_romanisation(name: str, latin: str) -> None:
    assert hangul_romanised(name) == latin


@pytest.mark.parametrize(
    ("name", "cc"),
    [("Париж", "FR"), ("Рим", "IT"), ("Пекин", "CN"), ("القاهرة", "EG"), ("Буча", "UA"), ("Melilla", "ES"),
     ("Одесса", "UA"), ("Одеса", "UA"), ("Тула", "RU"), ("Белград", "RS"), ("Плевен", "BG"),
     ("Freistaat Sachsen", "DE"), ("Comunidad de Madrid", "ES"), ("Comunidad Autónoma de Andalucía", "ES"),
     ("Regione Toscana", "IT"), ("Gold Coast", "AU")],  # no Ghana
)  # fmt: skip
def test_names_that_need_no_country(name: str, cc: str) -> None:
    assert resolved(place_from_text(name))[0].cc == cc


@pytest.mark.parametrize(
    "name",
    [
        "Донецк",
        "Хасан",
        "الإسكندرية",
        "Афины",
        "Athens",
        "Córdoba",
        "Чита",
        "Армавир",
        "Свердловск",
        "Нюкасъл",
        "Odessa",
    ],
)
def test_names_that_need_one_still_do(name: str) -> None:
    assert resolved(place_from_text(name))[0].lat_deg is None
