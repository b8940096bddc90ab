"""Accounts of who holds a place: each side for itself, or an army and those who fight it."""

from __future__ import annotations

import time

import pytest

from provenance.findings.accounts.holders import held_in

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
        ("The town is under our full control", "Our troops still hold part of the town"),
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
        ("The army holds the eastern bank of the river", "The rebels hold the western bank of the river"),
        ("The army holds part of the city", "The rebels hold part of the city"),
        ("The army took heavy losses", "The rebels took heavy losses"),
        ("Government forces captured the commander", "The rebels captured the commander of the garrison"),
        ("The army took positions near the harbour", "The rebels hold the harbour"),
        ("The rebels captured the village in 2014", "In 2023 the army holds the village"),
        ("We took the wounded to the hospital", "We took our children to the hospital"),
        ("We hold the record for rescues", "Our club holds the record for dives"),
        ("Боевики взяли заложников", "Армия взяла заложников под охрану"),
    ],
)
def test_one_side_has_many_names_and_two_sides_two_places(first: str, second: str) -> None:
    assert not opposed(first, second, SIDES)


def test_reading_takes_time_in_proportion() -> None:
    began = time.perf_counter()
    held_in("", "is held by the army " * 5_000)
    held_in("", "a " * 50_000)
    held_in("", ", " * 10_000)
    assert time.perf_counter() - began < 1.0
