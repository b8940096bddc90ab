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
