"""The table of docs/measured/algebra.md: `python -m benchmarks.algebra` (about a minute of processor time)."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarks.adapters import conclude, scenario_items
from benchmarks.algebra import reference
from benchmarks.algebra.mutations import Keeps, Mutation, mutations
from benchmarks.algebra.random_sets import INSIDE, OVERLAP, evidence_set
from provenance.findings.strength import sort_evidence
from provenance.findings.timelines import timeline

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "tests" / "findings" / "data" / "scenarios.yaml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml, where it is there, takes a tenth of the time
FIELDS = ("time", "place", "overall", "not_after")


def load(path: Path) -> list[dict[str, Any]]:
    """Scenarios with their expected answers."""
    found: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), _LOADER)["scenarios"]
    return found


def question(scenario: dict[str, Any]) -> dict[str, Any]:
    """A scenario without its answer."""
    return {key: value for key, value in scenario.items() if key not in ("expect", "why")}


def wrong_answers(scenario: dict[str, Any]) -> list[str]:
    """What the program says of a scenario otherwise than expected."""
    expect, got = scenario["expect"], conclude(question(scenario))
    wrong = []
    for key in ("time", "place", "overall"):
        allowed = expect[key] if isinstance(expect[key], list) else [expect[key]]
        wrong += [] if got[key] in allowed else [f"{key}: {got[key]}, expected {expect[key]}"]
    if got["overall"] in expect.get("must_not", ()):
        wrong.append(f"{got['overall']} must not be said")
    day = date.fromisoformat(str(got["not_after"])) if got["not_after"] else None
    if day is None or abs((day - expect["not_after"]).days) > 1:
        wrong.append(f"not_after: {day}, expected {expect['not_after']}")
    listed = pairs(got)
    wrong += [f"conflict not listed: {pair}" for pair in expect.get("conflicts", ()) if frozenset(pair) not in listed]
    if expect.get("distance_km"):
        want, km = expect["distance_km"], got["distance_km"]
        if not isinstance(km, float) or abs(km - want["value"]) > want.get("tol", 10):
            wrong.append(f"distance_km: {km}, expected {want['value']}")
    return wrong


def pairs(got: dict[str, Any]) -> set[frozenset[str]]:
    """The conflicts of an answer, without their order."""
    return {frozenset(pair) for pair in got["conflicts"]}


def unlike_reference(number: int) -> list[str]:
    """Where the program and the brute-force reference part on one random set."""
    scenario = evidence_set(number)
    want, got = reference.conclude(scenario, INSIDE, OVERLAP), conclude(scenario)
    wrong = [f"{key}: {got[key]}, not {getattr(want, key)}" for key in FIELDS[:3] if got[key] != getattr(want, key)]
    line = timeline(sort_evidence(scenario_items(scenario)))
    if line.left.not_after != want.not_after or (line.left.clash is not None) is not want.clash:
        wrong.append(f"hard limits: {line.left.not_after}, not {want.not_after}")
    told = {pair for pair in want.conflicts if "as_of" not in pair}
    return wrong + [f"conflict not listed: {sorted(pair)}" for pair in told - pairs(got)]


def broken(mutation: Mutation, plain: dict[str, Any]) -> str:
    """How a mutation breaks the property it must keep; "" when it keeps it."""
    got = conclude(mutation.scenario)
    if mutation.keeps is Keeps.LOOSER:
        return "" if str(got["not_after"]) >= str(plain["not_after"]) else f"{plain['not_after']} -> {got['not_after']}"
    if mutation.keeps is Keeps.NOT_RECYCLED:
        return "recycled" if (plain["time"], got["time"]) == ("unproven", "recycled") else ""
    for key in FIELDS[:3]:
        if got[key] != plain[key]:
            return f"{key}: {plain[key]} -> {got[key]}"
    if mutation.keeps is Keeps.RENAMED:
        renamed = {frozenset(mutation.ids.get(one, one) for one in pair) for pair in pairs(plain)}
        if renamed != pairs(got):
            return f"conflicts: {sorted(map(sorted, renamed ^ pairs(got)))}"
    if mutation.kind.startswith(("everything", "days written as")):
        return ""  # the day moves with everything, and has no day of its own as a moment
    return "" if got["not_after"] == plain["not_after"] else f"not_after: {plain['not_after']} -> {got['not_after']}"


def mutated(scenarios: Iterable[dict[str, Any]], count: int) -> Iterator[tuple[str, str, str]]:
    """(scenario, kind of mutation, what broke or "") for every mutation."""
    for scenario in scenarios:
        asked = question(scenario)
        plain = conclude(asked)
        for mutation in mutations(asked, count):
            yield scenario["id"], mutation.kind, broken(mutation, plain)


def main() -> int:
    """Print all numbers and every break; 1 when there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=10_000)
    parser.add_argument("--mutations", type=int, default=200, help="of each scenario")
    parser.add_argument("--scenarios", type=Path, nargs="*", default=[SCENARIOS])
    asked = parser.parse_args()
    scenarios = [one for path in asked.scenarios for one in load(path)]
    faults = [f"{one['id']}: {text}" for one in scenarios for text in wrong_answers(one)]
    right = len(scenarios) - len({text.partition(":")[0] for text in faults})
    print(f"scenarios: {right} of {len(scenarios)} right on every field")
    off = {number: text for number in range(asked.sets) if (text := unlike_reference(number))}
    faults += [f"set {number}: {text}" for number, text in off.items()]
    print(f"random evidence sets: {asked.sets - len(off)} of {asked.sets} as the brute-force reference has them")
    tried, failed = Counter[str](), Counter[str]()
    for name, kind, text in mutated(scenarios, asked.mutations):
        tried[kind] += 1
        if text:
            failed[kind] += 1
            faults.append(f"{name}, {kind}: {text}")
    print(f"mutations: {tried.total()}, {failed.total()} break the property they must keep")
    for kind, number in tried.items():
        print(f"  {number:6} {kind}: {failed[kind]}")
    print("\n".join(faults[:60]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
