"""Names to places: inflected forms, ambiguous names, and what is not there."""

from __future__ import annotations

import pytest

from provenance.gazetteer.find import Form, find, radius_km
from provenance.gazetteer.keys import LONGEST_KEY, Script, fold, script_of
from provenance.gazetteer.table import MAGIC, Kind, Table, table


@pytest.mark.parametrize(
    ("name", "place", "cc"),
    [
        ("Красноярске", "Krasnoyarsk", "RU"),
        ("Курску", "Kursk", "RU"),
        ("Киева", "Kyiv", "UA"),
        ("Харькові", "Kharkiv", "UA"),
        ("Суджею", "Sudzha", "RU"),
        ("Новом Осколе", "Novy Oskol", "RU"),
        ("Ростове-на-Дону", "Rostov-on-Don", "RU"),
        ("Кривому Розі", "Kryvyy Rih", "UA"),
        ("쿠르스크에서", "Kursk", "RU"),
        ("서울까지는", "Seoul", "KR"),
        ("Kursk's", "Kursk", "RU"),
        ("İstanbul'da", "Istanbul", "TR"),
        ("库尔斯克", "Kursk", "RU"),
        ("丹东", "Dandong", "CN"),
        ("Sudzha", "Sudzha", "RU"),
        ("KÖLN", "Köln", "DE"),
        ("Россией", "Russia", "RU"),
    ],
)
def test_a_name_is_found_in_its_forms(name: str, place: str, cc: str) -> None:
    first = find(name)[0]
    assert (first.name, first.cc) == (place, cc)


def test_an_exact_form_comes_before_an_inflected_one_then_the_larger() -> None:
    found = find("Springfield")
    assert len(found) > 20
    forms = [one.form for one in found]
    assert forms == sorted(forms, key=[Form.EXACT, Form.INFLECTED].index)
    people = [one.population for one in found if one.form is Form.EXACT and one.kind is Kind.SETTLEMENT]
    assert people == sorted(people, reverse=True)
    assert len({one.admin1 for one in found}) > 10


@pytest.mark.parametrize(
    "name", ["K\u200dursk", "\u2068Kursk\u2069", "\u202eKursk", "Kur\u00adsk", "\ufeffКур\u200bску"]
)
def test_a_name_is_found_with_what_shows_nothing_in_it(name: str) -> None:
    first = find(name)[0]
    assert (first.name, first.cc, first.matched) == ("Kursk", "RU", name)


def test_a_country_narrows_a_name() -> None:
    assert {one.cc for one in find("Moscow", cc="us")} == {"US"}
    assert find("Kursk", cc="US") == ()


@pytest.mark.parametrize("name", ["", " ", "Nowhereville", "x" * 10_000, "\0", "…", "а" * 61, "\n\t", "Курск\tKursk"])
def test_what_is_no_name_of_the_data_has_no_candidate(name: str) -> None:
    assert find(name) == ()


def test_a_village_below_five_hundred_people_is_not_guessed() -> None:
    assert find("Verkhniy Olkhovets Nevedomyi") == ()


def test_radius_grows_with_the_town_and_is_bounded() -> None:
    moscow, town = find("Moscow", cc="RU")[0], find("Sudzha")[0]
    assert (moscow.radius_km, town.radius_km) == (30.0, 5.0)
    assert all(radius_km(table().row(index)) >= 5 for index in range(0, table().settlements, 9_999))


def test_spellings_of_one_name_have_one_key() -> None:
    assert fold("Ростов-на-Дону") == fold("РОСТОВ НА ДОНУ")
    assert fold("Орёл") == fold("Орел")
    assert fold("Йошкар-Ола") != fold("Иошкар-Ола")
    assert fold("Pjöngjang") == "pjongjang"
    assert len(fold("a" * LONGEST_KEY)) == LONGEST_KEY
    assert fold("a" * (LONGEST_KEY + 1)) == ""
    assert script_of("  Курск") is Script.CYRILLIC
    assert script_of("123") is None


def test_every_key_of_a_row_leads_to_it() -> None:
    data = table()
    for index in range(0, data.settlements, 7_919):
        row = data.row(index)
        if script_of(row.name) in set(Script) and fold(row.name):
            assert index in data.rows(fold(row.name)), row.name
    assert data.rows("zzzzzzzz") == ()
    assert data.rows("") == ()


def test_a_file_of_another_kind_is_refused(tmp_path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"something else altogether")
    assert not path.read_bytes().startswith(MAGIC)
    with pytest.raises(ValueError, match="no gazetteer of this version"):
        Table(path)
