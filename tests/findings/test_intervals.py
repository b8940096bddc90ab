"""The algebra of intervals, against brute force."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations

from provenance.findings.graded import TimeItem
from provenance.findings.intervals import hull, readings
from provenance.model.evidence import Claim
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.time import Interval

BASE = datetime(2020, 1, 1, tzinfo=UTC)
DAYS = 12
POINTS = {day: BASE + timedelta(days=day) for day in range(-1, DAYS + 2)}


@cache
def said_by(name: str) -> Claim:
    source = Source(kind=SourceKind.PERSON, name=name, origin=name)
    return Claim(source=source, statement=name, method="test", by=name, label=name)


def item(name: str, lo: int | None, hi: int | None, *, hard: bool = False) -> TimeItem:
    ends = [None if day is None else BASE + timedelta(days=day) for day in (lo, hi)]
    return TimeItem(evidence=said_by(name), interval=Interval(*ends, True), hard=hard)


def random_items(rng: random.Random, number: int, *, hard: bool) -> list[TimeItem]:
    items = []
    for index in range(number):
        lo, hi = sorted((rng.randint(0, DAYS), rng.randint(0, DAYS)))
        items.append(
            item(f"i{index}", lo if rng.random() < 0.8 else None, hi if rng.random() < 0.8 else None, hard=hard)
        )
    return items


def days_allowed(items: list[TimeItem]) -> set[int]:
    """Brute force: every whole day in reach that all items allow. End points are whole days, so none is missed."""
    allowed = set()
    ends = [(one.interval.earliest or POINTS[-1], one.interval.latest or POINTS[DAYS + 1]) for one in items]
    for day, point in POINTS.items():
        if all(lo <= point <= hi for lo, hi in ends):
            allowed.add(day)
    return allowed


def test_the_hull_equals_brute_force_on_ten_thousand_sets() -> None:
    rng = random.Random(7)
    for _ in range(10_000):
        items = random_items(rng, rng.randint(0, 5), hard=True)
        left, allowed = hull(items), days_allowed(items)
        assert (left.clash is not None) == (not allowed)
        if left.clash is not None:
            assert not left.clash[0].interval.meets(left.clash[1].interval)  # a pair always shows it (Helly)
            continue
        lowest = left.not_before or BASE - timedelta(days=1)
        highest = left.not_after or BASE + timedelta(days=DAYS + 1)
        assert {min(allowed), max(allowed)} == {(lowest - BASE).days, (highest - BASE).days}


def test_of_limits_with_one_end_the_best_graded_sets_it_whatever_their_ids() -> None:
    for number in range(20):
        weak, other = item(f"weak {number}", 3, 9, hard=True), item(f"other {number}", 3, 9, hard=True)
        limits = [
            replace(one, evidence=replace(one.evidence, grade=grade))
            for one, grade in ((weak, Grade("C", 2)), (other, Grade("B", 2)), (other, Grade("A", 3)))
        ]
        left = hull(limits)
        assert left.lower is left.upper is limits[1]  # A3 is not B2 or better
        assert hull(limits[:1]).upper is limits[0]


def test_the_sweep_equals_brute_force_over_all_subsets() -> None:
    rng = random.Random(11)
    for _ in range(700):
        items = random_items(rng, rng.randint(0, 6), hard=False)
        subsets = [
            frozenset(chosen)
            for size in range(len(items) + 1)
            for chosen in combinations(range(len(items)), size)
            if days_allowed([items[index] for index in chosen])
        ]
        maximal = {one for one in subsets if not any(one < other for other in subsets)}
        swept = [frozenset(items.index(one) for one in reading) for reading in readings(items)]
        assert set(swept) == maximal
        assert len(swept) == len(set(swept))


def test_removing_an_item_never_narrows_and_a_soft_one_never_matters() -> None:
    rng = random.Random(13)
    for _ in range(400):
        items = random_items(rng, rng.randint(1, 5), hard=True)
        whole = days_allowed(items)
        for left_out in items:
            rest = [one for one in items if one is not left_out]
            assert whole <= days_allowed(rest)
            narrower, wider = hull(items), hull(rest)
            assert wider.not_after is None or (narrower.not_after is not None and narrower.not_after <= wider.not_after)
        assert hull([*items, *random_items(rng, 3, hard=False)]) == hull(items)


def test_closed_intervals_that_touch_are_consistent() -> None:
    assert len(readings([item("a", 0, 3), item("b", 3, 5)])) == 1
    assert len(readings([item("a", 0, 3), item("b", 4, 5)])) == 2
