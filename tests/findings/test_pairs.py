"""Each contradiction is one plain sentence: who says what, against whom, and how far apart."""

from __future__ import annotations

import time
from typing import Any

import pytest

from provenance.findings.weigh import Weighed, weigh
from provenance.intake.claims import statements_from
from provenance.model.finding import Question
from provenance.model.limits import Limits
from provenance.model.outcome import CheckRun, Ran

KURSK = {"name": "Kursk", "cc": "RU", "lat": 51.73, "lon": 36.19, "radius_km": 20, "level": "city"}
KRASNOYARSK = {"name": "Krasnoyarsk", "cc": "RU", "lat": 56.01, "lon": 92.85, "radius_km": 20, "level": "city"}
CLAIM = {"id": "c2", "text": "x", "by": "@frontline_demo (fictional)", "time": "2024-11-14", "place": KURSK}
WATCH = {"id": "e4", "kind": "statement", "by": "Rail Watch (a monitor) (@rail)", "origin": "rail", "grade": "C3"}


def case(claims: list[dict[str, Any]], *evidence: dict[str, Any]) -> Weighed:
    items = statements_from({"claims": claims, "evidence": list(evidence)}, "case", Limits())
    return weigh(items, (CheckRun(check="recorded", outcome=Ran(evidence=items)),), tuple(Question))


@pytest.mark.parametrize(
    ("claims", "evidence", "told"),
    [
        (
            [CLAIM],
            [{**WATCH, "place": KRASNOYARSK}],
            "@frontline_demo [c2] places it in Kursk (RU), Rail Watch [e4] in Krasnoyarsk (RU), "
            "at least 3,610 km away.",
        ),
        (
            [CLAIM],
            [{**WATCH, "place": KURSK, "asserts_not": True}],
            "@frontline_demo [c2] places it in Kursk (RU), Rail Watch [e4] denies that it was taken in Kursk (RU).",
        ),
        (
            [CLAIM],
            [{**WATCH, "time": "2023-11-09T10:00:00Z"}],
            "@frontline_demo [c2] dates it to 14 Nov 2024, Rail Watch [e4] to 9 Nov 2023 10:00 UTC, at least 370 days "
            "earlier.",
        ),
        (
            [{**CLAIM, "time": "2024-11-14T10:00:00Z"}],
            [{**WATCH, "time": "2024-11-24T10:00:00Z"}],
            "@frontline_demo [c2] dates it to 14 Nov 2024 10:00 UTC, Rail Watch [e4] to 24 Nov 2024 10:00 UTC, 10 days "
            "later.",
        ),
        (
            [{"text": "x", "time": "2024-11-14"}],
            [{**WATCH, "kind": "publication", "published": "2023-11-09", "date_basis": "archive_snapshot",
              "match": "exact"}],
            "The claim dates it to 14 Nov 2024, Rail Watch [e4] published it on 9 Nov 2023, at least 368 days earlier.",
        ),
        (
            [CLAIM, {**CLAIM, "id": "c3", "by": "@frontline_demo (another)", "place": KRASNOYARSK}],
            [],
            "@frontline_demo [c2] places it in Kursk (RU), @frontline_demo [c3] in Krasnoyarsk (RU), "
            "at least 3,610 km away.",
        ),
    ],
)  # fmt: skip
def test_a_pair_is_one_sentence(claims: list[dict[str, Any]], evidence: list[dict[str, Any]], told: str) -> None:
    result = case(claims, *evidence)
    texts = [one.text for one in result.conflicts]
    assert told in texts
    assert all(not one.gap or one.gap in one.text for one in result.conflicts)
    sources = next(one for one in result.findings if one.question is Question.SOURCES)
    assert told in [sentence.text for sentence in sources.sentences]


def test_two_speakers_of_one_name_keep_what_tells_them_apart() -> None:
    north, south = ({**WATCH, "id": "", "by": f"Rail Watch ({where})", "origin": where} for where in ("north", "south"))
    for one in (north, south):
        del one["id"]
    (conflict,) = case([], {**north, "place": KURSK}, {**south, "place": KRASNOYARSK}).conflicts
    assert "Rail Watch (north)" in conflict.text and "Rail Watch (south)" in conflict.text


def test_a_name_made_to_be_slow_is_not() -> None:
    started_s = time.process_time()
    (conflict,) = case([], {**WATCH, "place": KURSK, "by": "(a)" * 3_000 + "x"},
                       {**WATCH, "id": "e5", "origin": "o", "place": KRASNOYARSK}).conflicts  # fmt: skip
    assert time.process_time() - started_s < 2 and "places it in" in conflict.text
