"""What weather, the sun and things exclude, they exclude at their place and in their time, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from provenance.findings.weigh import weigh
from provenance.intake.claims import statements_from
from provenance.model.finding import Question, Verdict
from provenance.model.limits import Limits
from provenance.model.outcome import CheckRun, Ran

MADRID = {"name": "Madrid", "cc": "ES", "lat": 40.4168, "lon": -3.7038, "radius_km": 25, "level": "city"}
LISBON = {"name": "Lisbon", "cc": "PT", "lat": 38.7223, "lon": -9.1393, "radius_km": 20, "level": "city"}
SPAIN = {"name": "Spain", "cc": "ES", "lat": 40, "lon": -3.7, "radius_km": 550, "level": "country"}


def verdicts(place: Any, time: str | None, kind: str = "weather", *more: dict[str, Any]) -> tuple[Verdict, Verdict]:
    """When and where, against one record of Madrid on a day."""
    denial = {"id": "e1", "kind": kind, "origin": "met", "grade": "B2", "text": "No snow lay in Madrid that day",
              "place": MADRID, "time": "2022-01-09", "asserts_not": True}  # fmt: skip
    claim = {"id": "c", "text": "Snow", "by": "posts", "place": place, "time": time}
    items = statements_from({"claims": [claim], "evidence": [denial, *more]}, "a.yaml", Limits())
    result = weigh(items, (CheckRun(check="recorded", outcome=Ran(evidence=items)),), tuple(Question))
    return result.claims[0].when, result.claims[0].where


@pytest.mark.parametrize("kind", ["weather", "sun", "object"])
def test_it_excludes_its_place_in_its_time(kind: str) -> None:
    assert verdicts(MADRID, "2022-01-09", kind) == (Verdict.CONTRADICTED, Verdict.CONTRADICTED)


@pytest.mark.parametrize(
    ("place", "time"),
    [(LISBON, "2022-01-09"), (SPAIN, "2022-01-09"), (MADRID, "2022-01"), (MADRID, "2021-02-03"), (MADRID, None),
     (None, "2022-01-09")],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["weather", "sun", "object"])
def test_of_another_place_or_time_it_says_nothing(place: Any, time: str | None, kind: str) -> None:
    words = verdicts(place, time, kind)
    assert set(words) <= {Verdict.UNPROVEN, Verdict.NO_CLAIM}


def test_who_denies_in_words_denies_each() -> None:
    assert verdicts(LISBON, "2022-01-09", "statement")[0] is Verdict.CONTRADICTED
    assert verdicts(MADRID, "2021-02-03", "statement")[1] is Verdict.CONTRADICTED


@pytest.mark.parametrize(("day", "apart"), [("2022-01-09", 1), ("2022-01-20", 0), (None, 0)])
def test_it_contradicts_whoever_says_both(day: str | None, apart: int) -> None:
    said = {"id": "e2", "kind": "statement", "by": "a resident", "origin": "resident", "grade": "C3",
            "text": "Seen", "place": MADRID, "time": day}  # fmt: skip
    denial = {"id": "e1", "kind": "weather", "origin": "met", "grade": "B2", "text": "No snow lay there",
              "place": MADRID, "time": "2022-01-09", "asserts_not": True}  # fmt: skip
    items = statements_from({"evidence": [denial, said]}, "a.yaml", Limits())
    found = weigh(items, (CheckRun(check="recorded", outcome=Ran(evidence=items)),), tuple(Question))
    assert (len(found.conflicts) > 0) == apart
