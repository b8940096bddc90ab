"""`place`: candidates for a name, country and settlements for a position."""

import json

import pytest


def test_a_name_lists_every_candidate_with_country_region_and_people(run) -> None:
    ended = run("place", "Springfield")
    assert ended.code == 0
    assert "Missouri, US" in ended.out and "Illinois, US" in ended.out and "more; name the country" in ended.out
    assert "500 people" in ended.out and "GeoNames, CC BY 4.0" in ended.out


def test_an_inflected_name_says_the_form_it_comes_from(run) -> None:
    assert "новый оскол" in run("place", "Новом Осколе").out
    (one,) = json.loads(run("place", "Новом Осколе", "--json").out)["candidates"]
    assert (one["name"], one["cc"], one["form"]) == ("Novy Oskol", "RU", "inflected")


def test_a_land_by_its_name_is_told_beside_the_villages_called_after_it(run) -> None:
    told = " ".join(run("place", "Siberia").out.split())
    assert "Chiapas, MX" in told and "that of a land, sea or range" in told
    assert json.loads(run("place", "Black Sea", "--json").out)["expanse"] is True
    for words in (("Kursk",), ("Siberia", "--country", "MX")):
        assert "a land, sea or range" not in " ".join(run("place", *words).out.split())
        assert "expanse" not in json.loads(run("place", *words, "--json").out)


def test_a_place_told_by_another_is_said_to_be_read_and_an_unknown_one_is_not(run) -> None:
    for words in ("near Bakhmut", "eastern Ukraine", "between Kherson and Mykolaiv"):
        assert f"{words}: no candidates; read as below" in " ".join(run("place", words).out.split())
    for words in ("Xyzzyq", "Java"):
        assert "read as below" not in run("place", words).out


def test_a_position_names_both_sides_of_a_near_border(run) -> None:
    ended = run("place", "51.30,34.40")
    assert "Russia (RU) or Ukraine (UA)" in ended.out and "Sumy" in ended.out
    answer = json.loads(run("place", "51.30,34.40", "--json").out)
    assert answer["countries"] == ["RU", "UA"]
    assert {one["cc"] for one in answer["settlements"]} == {"RU", "UA"}


def test_at_sea_and_in_the_south(run) -> None:
    assert "none: at sea" in run("place", "0,-150").out
    assert "Sydney" in run("place", "--", "-33.87,151.21").out


def test_a_southern_position_needs_no_dashes_before_it(run) -> None:
    plain, dashed = (run("place", *words) for words in (("-33.8688,151.2093",), ("--", "-33.8688,151.2093")))
    assert plain.code == 0 and "Country      Australia (AU)" in plain.out and plain.out == dashed.out
    assert '"lat_deg": -12.5' in run("place", "--json", "-12.5,96.8").out
    assert run("place", "-x").code == 2


def test_a_code_is_its_country(run) -> None:
    assert "Russia, RU, a country" in run("place", "RU").out


@pytest.mark.parametrize("text", ["", "91,0", "x@y", "Kursk@51.7"])
def test_what_is_no_place_ends_with_2_and_the_remedy(run, text: str) -> None:
    ended = run("place", text)
    assert ended.code == 2
    assert "place --help" in ended.err


@pytest.mark.parametrize(
    "text",
    [
        "nan,nan",
        "NaN, NaN, TH",
        "inf,3",
        "inf",
        "1e9",
        "51.3",
        "51.3 34.4",
        "51.3;34.4",
        "1e9,5",
        "１２,３４",
        "51.3 34.4, near Sumy",
        "12 34 56",
        ",51.3 34.4",
        "-9999,1",
    ],
)
def test_numbers_that_are_no_position_are_no_name_either(run, text: str) -> None:
    ended = run("place", "--", text)
    assert ended.code == 2 and "is no place: latitude and longitude are degrees" in ended.err and not ended.out


@pytest.mark.parametrize(
    "text", ["Nan", "Nan, Nan, TH", "1770", "9 de Julio", "51,3", "9/11 Memorial, New York", "5/7 High Street"]
)
def test_names_that_look_like_numbers_stay_names(run, text: str) -> None:
    assert run("place", text).code == 0


def test_what_a_stranger_wrote_is_made_harmless(run) -> None:
    assert "\x1b" not in run("place", "\x1b[31mKursk").out


def test_lines_fit_the_terminal(run) -> None:
    for text in ("Springfield", "51.30,34.40", "Ростове-на-Дону"):
        assert max(map(len, run("place", text).out.splitlines())) <= 80


def test_a_claimed_place_by_name_is_measured_or_its_candidates_are_listed(run, samples, tmp_path) -> None:
    picture = samples / "stranger.jpg"
    read = run("check", picture, "--claimed-place", "Kursk", "--out", tmp_path / "a", "--only", "where", "--json")
    assert "is read as Kursk, Kursk Oblast, RU" in read.out
    listed = run(
        "check", picture, "--claimed-place", "Springfield", "--out", tmp_path / "b", "--only", "where", "--json"
    )
    assert "Which place" in listed.out
    assert "may be Springfield, Missouri, US" in listed.out and "NAME, CC" in listed.out


def test_landmarks_and_how_a_claim_is_read_stand_beside_the_candidates(run) -> None:
    found = json.loads(run("place", "Heathrow", "--json").out)
    assert [one["cc"] for one in found["candidates"]] == ["US"]
    assert [one["name"] for one in found["landmarks"]] == ["Heathrow Airport"]
    assert "is read as Heathrow Airport, GB" in found["in_a_claim"]
    assert "within 46 km of Bakhmut (UA)" in " ".join(run("place", "near Bakhmut").out.split())
