"""Places written as a name: resolved where one meaning is left, listed where several are."""

from __future__ import annotations

import pytest

from provenance.gazetteer.table import table
from provenance.intake.claims import claim_from_flags
from provenance.intake.places import place_from_text
from provenance.model.evidence import Claim
from provenance.model.place import Level
from provenance.placetime.located import BY_GAZETTEER, located, resolved


@pytest.mark.parametrize(
    ("text", "cc", "near"),
    [("Kursk", "RU", (51.7, 36.2)), ("Суджа", "RU", (51.2, 35.3)), ("쿠르스크", "RU", (51.7, 36.2)),
     ("Avdiivka, UA", "UA", (48.1, 37.7)), ("Moscow, RU", "RU", (55.8, 37.6))],
)  # fmt: skip
def test_one_meaning_gets_coordinates_and_says_from_where(text: str, cc: str, near: tuple[float, float]) -> None:
    place, sentence = resolved(place_from_text(text))
    assert place.cc == cc and place.level is Level.CITY
    assert (place.lat_deg, place.lon_deg) == pytest.approx(near, abs=0.1)
    assert sentence.startswith(BY_GAZETTEER) and "GeoNames" in sentence


@pytest.mark.parametrize(
    ("text", "cc"),
    [("Kherson", "UA"), ("Gaza City", "PS"), ("Chernobyl", "UA"), ("Kharkov", "UA"), ("Ugledar", "UA"),
     ("Saigon", "VN"), ("Kashmir, US", "US"), ("Idlib", "SY"), ("Luhansk", "UA")],
)  # fmt: skip
def test_a_place_is_meant_by_its_own_name_a_spelling_of_it_or_the_name_of_a_large_one(text: str, cc: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert (place.cc, place.level) == (cc, Level.CITY)
    assert place.lat_deg is not None and "is read as" in sentence


@pytest.mark.parametrize(("text", "other"), [("Google", "Topeka"), ("Nuits", "Nuits-Saint-Georges")])
def test_a_small_place_is_not_meant_by_another_name_that_it_has_as_well(text: str, other: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert place == place_from_text(text)
    assert "is another name of" in sentence and other in sentence and "NAME, CC" in sentence


@pytest.mark.parametrize("text", ["Siberia", "Сибири", "Сахара", "Kashmir", "흑해", "Mer Rouge", "SINAI"])
def test_a_village_is_not_meant_by_the_name_of_a_land_sea_or_range(text: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert place == place_from_text(text)
    assert "is the name of a land, sea or range" in sentence and "no coordinates" in sentence


@pytest.mark.parametrize(("text", "cc"), [("Siberia, MX", "MX"), ("Днепр", "UA"), ("Abkhazia", "GE"), ("Tibet", "CN")])
def test_a_settlement_in_a_country_a_city_and_a_region_keep_their_names(text: str, cc: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert place.cc == cc and "is read as" in sentence


@pytest.mark.parametrize(
    ("text", "region"), [("Georgia", "Georgia, US, a region"), ("La Rioja", "La Rioja, ES, a region")]
)
def test_a_region_elsewhere_is_one_of_the_meanings(text: str, region: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert place == place_from_text(text)
    assert "may be" in sentence and region in sentence


@pytest.mark.parametrize(
    ("text", "cc"),
    [("California", "US"), ("Minnesota", "US"), ("Scotland", "GB"), ("Chiapas", "MX"), ("Xinjiang", "CN"),
     ("Hatay", "TR"), ("Chechnya", "RU"), ("Чечня", "RU"), ("Queensland", "AU"),
     ("Split-Dalmatia", "HR")],
)  # fmt: skip
def test_a_region_is_meant_beside_hamlets_and_what_has_another_name_of_its_own(text: str, cc: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert (place.cc, place.level) == (cc, Level.REGION)
    assert "a region (" in sentence and "places have the name; the others are" in sentence


@pytest.mark.parametrize(("text", "cc"), [("Taipei", "TW"), ("Sofia", "BG"), ("Minsk", "BY"), ("Vientiane", "LA")])
def test_the_city_is_meant_where_a_region_round_it_or_a_small_one_has_its_name(text: str, cc: str) -> None:
    place, _ = resolved(place_from_text(text))
    assert (place.cc, place.level) == (cc, Level.CITY) and place.lat_deg is not None


@pytest.mark.parametrize("text", ["Springfield", "Springfield, US", "Paris", "Khasan", "Хасан", "London", "Luxembourg"])
def test_several_meanings_stay_without_coordinates_and_are_listed(text: str) -> None:
    place, sentence = resolved(place_from_text(text))
    assert place == place_from_text(text)
    assert "may be" in sentence and " or " in sentence and "NAME, CC" in sentence


@pytest.mark.parametrize(
    ("text", "cc"),
    [("Lebanon", "LB"), ("Iraq", "IQ"), ("Egypt", "EG"), ("Laos", "LA"), ("Mexico", "MX"), ("Kuwait", "KW"),
     ("Singapore", "SG"), ("Hong Kong", "HK"), ("Armenia", "AM"), ("Jamaica", "JM"), ("Taiwan", "TW"), ("Niger", "NE"),
     ("Guinea-Bissau", "GW"),
     ("Ирак", "IQ"), ("멕시코", "MX")],
)  # fmt: skip
def test_a_country_is_meant_by_its_code_and_has_no_circle(text: str, cc: str) -> None:
    place, _ = resolved(place_from_text(text))
    assert (place.cc, place.level, place.lat_deg) == (cc, Level.COUNTRY, None)


def test_it_is_said_why_the_others_of_a_name_are_not_meant() -> None:
    assert "the others are far smaller" in resolved(place_from_text("Iraq"))[1]
    for name in ("Grenada", "England"):  # Granada has more people; one England is a town, another a region
        assert (
            "the others are smaller, lie in it or have another name of their own" in resolved(place_from_text(name))[1]
        )


def test_hardly_any_country_is_unknown_by_its_name_alone() -> None:
    unread = {name for cc, name in table().countries.items() if resolved(place_from_text(name))[0].cc != cc}
    assert unread == {"Djibouti", "Georgia", "Luxembourg"}


def test_what_the_data_lacks_is_said() -> None:
    place, sentence = resolved(place_from_text("Nowhereville, RU"))
    assert place.lat_deg is None
    assert "nothing in RU" in sentence and "500 people" in sentence


def test_a_claim_with_coordinates_or_without_a_name_is_left_as_it_is() -> None:
    claims = (
        claim_from_flags(place="Kursk@51.7,36.2"),
        claim_from_flags(place="RU"),
        claim_from_flags(text="only words"),
    )
    assert located(claims) == claims


def test_a_claim_by_name_says_how_it_was_read() -> None:
    (claim,) = located((claim_from_flags(place="Kursk"),))
    assert isinstance(claim, Claim) and claim.place is not None
    assert claim.place.name == "Kursk" and claim.place.lat_deg is not None
    assert any(limit.startswith(BY_GAZETTEER) for limit in claim.limits)
