"""Which of many similarities between parts of a picture are told."""

from __future__ import annotations

import numpy as np

from provenance.forensics.copy_move.points import Pairs
from provenance.forensics.copy_move.shifts import MOST_SHIFTS, shifts


def paired(groups: list[tuple[int, str]]) -> tuple[Pairs, dict[str, np.ndarray]]:
    """Pairs in that order, so many of each name: those of a name lie together and are moved alike; "" is chance."""
    rng = np.random.default_rng(1)
    names = dict.fromkeys(name for _, name in groups if name)
    areas = {name: np.array([400.0 * number, 0.0]) for number, name in enumerate(names)}
    moves = {name: np.array([13.0 * number, 3_000.0 + 17 * number]) for number, name in enumerate(names)}
    start, end = [], []
    for count, name in groups:
        for _ in range(count):
            place = rng.uniform(0, 80, 2) + areas[name] if name else rng.uniform(0, 90_000, 2) + np.array([0, 9_000])
            start.append(place)
            end.append(place + moves[name] if name else rng.uniform(0, 90_000, 2) + np.array([0, 200_000]))
    length = len(start)
    return Pairs(
        start=np.array(start, np.float32),
        end=np.array(end, np.float32),
        turn_rad=np.zeros(length, np.float32),
        scale=np.ones(length, np.float32),
        likeness=np.ones(length, np.float32),
    ), moves


def test_four_of_the_closest_pairs_are_told_before_what_many_others_share() -> None:
    """A copy of few points is among the 64 closest pairs, behind three others; what repeats has more, further on."""
    closest = [(12, "a"), (12, "b"), (12, "c"), (6, "copy"), (5, "d"), (5, "e"), (5, "f"), (7, "")]
    behind = [(16, name) for name in "ghij"]
    repeated = [(40, f"repeated {number}") for number in range(9)]
    found, moves = paired(closest + behind + repeated)
    told = [shift[:, 2] for shift in shifts(found)]
    assert len(told) == MOST_SHIFTS
    named = [
        name for name, move in moves.items() if any(np.abs(np.abs(one) - np.abs(move)).max() < 1.5 for one in told)
    ]
    assert "copy" in named
    assert sum(name.startswith("repeated") for name in named) >= MOST_SHIFTS // 2
