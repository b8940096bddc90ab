"""Mentions and stated distances against lists with their truth; borders against the countries of settlements."""

from __future__ import annotations

import random

import pytest

from benchmarks.gazetteer import meant, notes, rank, right, stated
from provenance.gazetteer.borders import country_at
from provenance.gazetteer.table import table
from provenance.placetime.stated import distances


def test_mentions_are_found_and_the_right_place_is_among_the_first_three() -> None:
    ranks = [rank(one) for one in meant()]
    assert len(ranks) == 200
    assert sum(bool(one) for one in ranks) >= 0.95 * len(ranks)
    assert sum(0 < one <= 3 for one in ranks) >= 0.97 * sum(bool(one) for one in ranks)


@pytest.mark.parametrize("part", ["a", "b", "c"])
def test_stated_distances_are_found_and_right_ones_are_not_noted(part: str) -> None:
    sentences = [one for one in stated() if one.part == part]
    found = [(one, distances(one.sentence)) for one in sentences]
    telling = [right(one, said) for one, said in found if one.ends]
    assert sum(telling) >= 0.95 * len(telling)
    assert all(right(one, said) for one, said in found if not one.ends)
    assert not [one.sentence for one, said in found if notes(said) and one.noted != "yes"]
    assert all(notes(said) for one, said in found if one.noted == "yes")


def test_settlements_lie_in_their_country() -> None:
    """What differs are islets that the map leaves out and overseas parts."""
    data, chance = table(), random.Random(3)
    rows = [data.row(chance.randrange(data.settlements)) for _ in range(3_000)]
    differing = [one for one in rows if one.cc not in country_at(one.lat_deg, one.lon_deg)]
    assert len(differing) <= 0.005 * len(rows), [(one.name, one.cc) for one in differing]
