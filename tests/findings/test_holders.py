"""Accounts of who holds a place: each side for itself, or an army and those who fight it."""

from __future__ import annotations

import time

import pytest

from provenance.findings.holders import held_in

from .test_ordinary_accounts import opposed

SIDES = ("Coast guard", "Harbour front")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The rebels say that they hold the harbour", "The harbour is under the control of the army"),
        ("We control the pass", "Our fighters still hold the pass"),
        ("The Coast guard holds the pier", "The pier is held by the Harbour front"),
        ("The village was captured by rebels", "The village is held by government forces"),
        ("The town fell to the insurgents", "The army controls the town"),
        ("Порт под нашим контролем", "Порт освобождён"),
        ("Село під нашим контролем", "Село звільнено"),
        ("The village has been liberated", "Село под нашим контролем"),
    ],
)
def test_two_sides_do_not_hold_one_place(first: str, second: str) -> None:
    assert opposed(first, second, SIDES)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The army controls the airfield", "The rebels control the harbour"),
        ("The army took the village", "Government troops hold the village"),
        ("The rebels hold the hill", "Rebel forces captured the hill"),
        ("The hostages were held by militants", "The army held a parade"),
        ("The council held a meeting", "The opposition held a rally"),
        ("The rebels want to take the harbour", "The army controls the harbour"),
        ("The rebels held the harbour before", "The army controls the harbour"),
        ("A soldier took the photograph", "The rebels took part in talks"),
    ],
)
def test_one_side_has_many_names_and_two_sides_two_places(first: str, second: str) -> None:
    assert not opposed(first, second, SIDES)


def test_reading_takes_time_in_proportion() -> None:
    began = time.perf_counter()
    held_in("", "is held by the army " * 5_000)
    held_in("", "a " * 50_000)
    assert time.perf_counter() - began < 1.0
