"""A correction that was itself corrected takes nothing from what it was said to correct."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest

from provenance.intake.claims import statements_from
from provenance.intake.overturned import overturned
from provenance.model.evidence import Claim
from provenance.model.limits import Limits


def grounded(defeated_by: dict[str, list[str]]) -> set[str]:
    """By Dung's definition: the least fixed point of what the accepted defend, then all that they defeat."""
    everybody = {*defeated_by, *(one for others in defeated_by.values() for one in others)}
    accepted: set[str] = set()
    while True:
        beaten = {label for label in everybody if accepted & set(defeated_by.get(label, ()))}
        defended = {label for label in everybody if set(defeated_by.get(label, ())) <= beaten}
        if defended == accepted:
            return beaten
        accepted = defended


@pytest.mark.parametrize("seed", range(40))
def test_what_is_overturned_is_what_the_definition_says(seed: int) -> None:
    chance = random.Random(seed)
    names = [f"e{number}" for number in range(9)]
    drawn = {name: chance.sample(names, chance.choice((0, 0, 1, 1, 2))) for name in names}
    assert overturned(drawn) == grounded(drawn)


def test_a_long_chain_ends_soon() -> None:
    chain = {f"e{number}": [f"e{number + 1}"] for number in range(20_000)}
    began = time.process_time()
    assert len(overturned(chain)) == 10_000
    assert time.process_time() - began < 1


def told(**defeated_by: str) -> dict[str, bool]:
    """By id whether it keeps its weight."""
    items: list[dict[str, Any]] = [
        {"id": label, "kind": "statement", "by": label, "place": "Kyiv, UA", "defeated_by": by.split()}
        for label, by in defeated_by.items()
    ]
    found = statements_from({"evidence": items}, "a.yaml", Limits())
    return {item.label: not item.defeaters for item in found if isinstance(item, Claim)}


def test_a_withdrawn_correction_leaves_what_it_corrected() -> None:
    assert told(e1="e2", e2="e3", e3="") == {"e1": True, "e2": False, "e3": True}
    assert told(e1="e2", e2="e3", e3="e4", e4="") == {"e1": False, "e2": True, "e3": False, "e4": True}


def test_two_corrections_of_one_must_both_be_withdrawn() -> None:
    assert told(e1="e2 e3", e2="e4", e3="", e4="")["e1"] is False
    assert told(e1="e2 e3", e2="e4", e3="e4", e4="")["e1"] is True


def test_two_that_take_each_others_weight_have_none() -> None:
    assert told(e1="e2", e2="e1", e3="e1") == {"e1": False, "e2": False, "e3": False}


def test_the_text_names_only_what_stands() -> None:
    items: list[dict[str, Any]] = [
        {"id": "e1", "kind": "statement", "by": "a", "text": "x", "defeated_by": ["e2", "e3"]},
        {"id": "e2", "kind": "statement", "by": "b", "text": "x", "defeated_by": ["e3"]},
        {"id": "e3", "kind": "statement", "by": "c", "text": "x"},
    ]
    first = statements_from({"evidence": items}, "a.yaml", Limits())[0]
    assert isinstance(first, Claim)
    assert first.defeaters == ("e3 takes its weight, as the desk recorded.",)
    assert first.contradicts == ("e2", "e3")
