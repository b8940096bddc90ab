"""The published checks of the development set, and more than two hundred mutations of them."""

from __future__ import annotations

import copy
import importlib.util
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT.parent / "shared" / "scenarios" / "dev.yaml"
pytestmark = pytest.mark.skipif(not SCENARIOS.is_file(), reason="the scenario file is not beside this checkout")


def adapter() -> Any:
    spec = importlib.util.spec_from_file_location("adapters", ROOT / "benchmarks" / "adapters.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CONCLUDE = adapter().conclude if SCENARIOS.is_file() else None
LOADED: list[dict[str, Any]] = (
    yaml.safe_load(SCENARIOS.read_text(encoding="utf-8"))["scenarios"] if SCENARIOS.is_file() else []
)
VERDICTS = ("time", "place", "overall", "not_after")
ELSEWHERE = {"name": "Elsewhere", "cc": "AR", "lat": -34.6, "lon": -58.4, "level": "city"}
OLD = {"kind": "publication", "grade": "A1", "published": "1999-01-01"}
NOISE: tuple[dict[str, Any], ...] = (
    {"kind": "absence", "text": "nothing earlier found"},
    {"kind": "similarity", "place": ELSEWHERE},
    {"kind": "context", "text": "there was such an event"},
    {"kind": "statement", "grade": "E5", "place": ELSEWHERE},
    {"kind": "statement", "grade": "F6", "time": "1999"},
    {"kind": "metadata", "grade": "A1", "field": "ICC:ProfileDateTime", "time": "1998-02-09"},
    {**OLD, "date_basis": "search_snippet", "match": "exact"},
    {**OLD, "date_basis": "agency_record", "match": "similar_scene"},
    {**OLD, "date_basis": "agency_record", "match": "component"},
    {**OLD, "date_basis": "agency_record", "match": "exact", "published": "2099", "caption_place": ELSEWHERE},
)


def question(scenario: dict[str, Any]) -> dict[str, Any]:
    return {key: copy.deepcopy(value) for key, value in scenario.items() if key not in ("expect", "why")}


def verdicts(scenario: dict[str, Any]) -> tuple[object, ...]:
    got = CONCLUDE(scenario)  # type: ignore[misc]
    return tuple(got[key] for key in VERDICTS)


@pytest.mark.parametrize("scenario", LOADED, ids=lambda one: one["id"])
def test_the_published_conclusion_is_reached(scenario: dict[str, Any]) -> None:
    got, expect = CONCLUDE(question(scenario)), scenario["expect"]  # type: ignore[misc]
    for key in ("time", "place", "overall"):
        assert got[key] == expect[key], key
    assert got["overall"] not in expect["must_not"]
    assert got["not_after"] == str(expect["not_after"])
    listed = {frozenset(pair) for pair in got["conflicts"]}
    assert {frozenset(pair) for pair in expect["conflicts"]} <= listed
    if "distance_km" in expect:
        assert abs(got["distance_km"] - expect["distance_km"]["value"]) <= expect["distance_km"]["tol"]


@pytest.mark.parametrize("scenario", LOADED, ids=lambda one: one["id"])
def test_mutations_that_carry_no_weight_change_nothing(scenario: dict[str, Any]) -> None:
    """Order, copies of one origin, and noise: 22 mutations a scenario."""
    rng = random.Random(scenario["id"])
    plain = verdicts(question(scenario))
    for number in range(6):
        shuffled = question(scenario)
        rng.shuffle(shuffled["evidence"])
        assert verdicts(shuffled) == plain, f"order {number}"
    for number in range(6):
        doubled = question(scenario)
        twin = copy.deepcopy(rng.choice(doubled["evidence"]))
        doubled["evidence"].append({**twin, "id": f"twin{number}"})
        assert verdicts(doubled) == plain, f"twin of {twin['id']}"
    for number, noise in enumerate(NOISE):
        noisy = question(scenario)
        noisy["evidence"].append({"id": "noise", "origin": f"noise {number}", **noise})
        assert verdicts(noisy) == plain, noise


@pytest.mark.parametrize("scenario", LOADED, ids=lambda one: one["id"])
def test_taking_the_causes_away_takes_the_verdict_away(scenario: dict[str, Any]) -> None:
    bare = question(scenario)
    bare["evidence"] = [one for one in bare["evidence"] if one["kind"] in ("absence", "similarity", "context")]
    time, place, _, not_after = verdicts(bare)
    assert time in ("unproven", "no_claim")
    assert place in ("unproven", "no_claim")
    assert not_after == str(scenario["as_of"])
