"""What the gazetteer did with a name is told in the languages of reports, in every form that it has."""

from __future__ import annotations

import pytest

from provenance.intake.places import place_from_text
from provenance.model.languages import LANGUAGES
from provenance.placetime.located import resolved
from provenance.report.languages.tongue import tongue

NAMES = (
    "Kyiv, UA", "Kherson", "Khasan, RU", "Paratunka", "Google", "Kashmir", "Springfield", "Nobody's Hamlet",
    "Nobody's Hamlet, RU", "Lebanon", "Iraq", "England", "California", "Hatay", "Catalonia",
    "near Bakhmut", "between Kherson and Mykolaiv", "15 km north of Aleppo", "eastern Ukraine",
    "Heathrow", "Moscow airport", "Korea", "Nobody's Street, Kyiv", "Java", "DRC", "Moscow",
    "southern Gaza", "southern Idlib", "Hospital", "Notre-Dame Cathedral, Reims", "JFK Airport, NY", "Central America",
)  # fmt: skip


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"en"}))
def test_every_sentence_about_a_place_is_told(code: str) -> None:
    said = [resolved(place_from_text(name))[1] for name in NAMES]
    assert len(set(said)) == len(NAMES)
    assert [one for one in said if tongue(code).told(one) is None] == []


@pytest.mark.parametrize(
    ("code", "more"), [("ru", "или ещё 28;"), ("uk", "або ще 28;"), ("ko", "또는 그 밖의 28곳일 수")]
)
def test_the_places_that_a_name_may_be_are_told_too(code: str, more: str) -> None:
    told = tongue(code).told(resolved(place_from_text("Springfield"))[1])
    assert told is not None and "Springfield, Missouri, US, " in told and more in told
    airports = tongue(code).told(resolved(place_from_text("Moscow airport"))[1])
    assert airports is not None and "Bykovo Airport, RU" in airports
    for sentence in (told, airports):
        assert not [word for word in ("population", " or ", " more") if word in sentence]


def test_a_name_with_the_word_for_or_in_it_is_told_all_the_same() -> None:
    sentence = (
        'By the gazetteer "X" may be Land or Sea, Kent, GB, population 1,200 or X, a region: it has no coordinates '
        "until one is chosen; write NAME@LAT,LON or NAME, CC."
    )
    told = tongue("ru").told(sentence)
    assert told is not None and "Sea, Kent, GB, население 1\u00a0200 или X, регион" in told
