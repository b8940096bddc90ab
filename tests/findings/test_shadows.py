"""Measured shadows meet claims: excluded by name, not excluded with its times, or a reason why nothing can be said."""

from __future__ import annotations

import pytest

from provenance.errors import StatementsError
from provenance.findings.shadows import conflicts, sentences
from provenance.findings.weigh import weigh
from provenance.intake.claims import statements_from
from provenance.model.finding import Question, Verdict
from provenance.model.limits import Limits
from provenance.model.outcome import CheckRun, Ran

HIGH_SUN = {"id": "s", "kind": "sun", "by": "the desk", "grade": "B2", "object_px": 100, "shadow_px": 190}
EXACT = {"object_error_px": 2, "shadow_error_px": 2, "slope_deg": 2}
PLACES = {
    "Krasnoyarsk": {"name": "Krasnoyarsk", "cc": "RU", "lat": 56.01, "lon": 92.85, "radius_km": 20, "level": "city"},
    "Pyongyang": {"name": "Pyongyang", "cc": "KP", "lat": 39.02, "lon": 125.75, "radius_km": 20, "level": "city"},
    "Russia": {"name": "Russia", "cc": "RU", "lat": 60, "lon": 90, "radius_km": 4000, "level": "country"},
    "nowhere": {"name": "Kursk", "cc": "RU"},
}


def items(place: str, time: str = "2024-11-14", **measured: object):
    claims = [{"id": "c", "text": "x", "by": "a poster", "place": PLACES[place], "time": time}]
    return statements_from({"claims": claims, "evidence": [{**HIGH_SUN, **EXACT, **measured}]}, "x.yaml", Limits())


def answered(found):
    runs = (CheckRun(check="recorded", outcome=Ran(evidence=found)),)
    return weigh(found, runs, tuple(Question))


def test_a_shadow_that_excludes_the_claim_decides_by_its_grade() -> None:
    told = answered(items("Krasnoyarsk"))
    assert told.overall is Verdict.CONTRADICTED and told.claims[0].where is Verdict.UNPROVEN
    (when,) = [one for one in told.findings if one.question is Question.WHEN]
    assert when.sentences[0].text == (
        "The shadow measured by the desk [s] rules out the claimed time, 14 Nov 2024, at Krasnoyarsk (RU)."
    )
    assert len(told.conflicts) == 1
    weak = answered(items("Krasnoyarsk", grade="C4"))
    assert weak.overall is Verdict.UNPROVEN and len(weak.conflicts) == 1
    assert answered(items("Pyongyang")).overall is Verdict.UNPROVEN


def test_a_sun_too_high_for_the_place_contradicts_the_claim_by_name() -> None:
    found = items("Krasnoyarsk")
    (one,) = conflicts(found)
    assert {one.first, one.second} == {found[0].id, found[1].id} and one.dimension == "time"
    assert "Krasnoyarsk" in one.text and "degrees" in one.text
    (told,) = sentences(found)
    assert "excludes place and time" in told.text and set(told.cites) == {item.id for item in found}


def test_where_it_can_have_been_the_times_are_told_with_both_ends() -> None:
    found = items("Pyongyang")
    (told,) = sentences(found)
    assert "does not exclude" in told.text and "UTC" in told.text and set(told.cites) == {item.id for item in found}
    assert not list(conflicts(found))


def test_a_country_and_an_open_time_cannot_be_told() -> None:
    for found in (items("Russia"), items("Krasnoyarsk", "../2024-11-14")):
        (told,) = sentences(found)
        assert "cannot say" in told.text and not list(conflicts(found))
    assert not list(sentences(items("nowhere")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"object_px": 0}, {"shadow_px": -3}, {"object_error_px": 100}, {"slope_deg": 45}, {"bearing_deg": 400},
        {"shadow_px": "x"},
    ],
)  # fmt: skip
def test_a_shadow_that_cannot_be_is_refused_with_its_line(wrong: dict[str, object]) -> None:
    with pytest.raises(StatementsError):
        items("Krasnoyarsk", **wrong)


def test_a_length_without_the_other_is_refused() -> None:
    with pytest.raises(StatementsError, match=r"both|shadow_px"):
        statements_from({"claims": [], "evidence": [{"kind": "sun", "id": "s", "object_px": 3}]}, "x.yaml", Limits())
