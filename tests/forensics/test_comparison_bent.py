"""Altered copies that do not lie flat: what was put in is told from what their way here moved."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.forensics.altered import altered
from benchmarks.forensics.benign import Pixels, jpeg
from benchmarks.forensics.bent import WAYS
from benchmarks.forensics.laying import compared
from provenance.model.differences import Compared


@pytest.mark.parametrize("way", ["drawn anew", "filmed", "a part pulled by up to a pixel"])
def test_a_splice_is_said_to_differ_though_all_beside_it_moved_a_little(way: str, photographs: list[Pixels]) -> None:
    for number, picture in enumerate(photographs):
        rng = np.random.default_rng([86, number])
        changed, _ = altered(picture, photographs[number - 1], "splice", rng, (0.1,))
        assert compared(WAYS[way](jpeg(changed, 92), rng), picture, rng).outcome is Compared.DIFFERS


@pytest.mark.parametrize("way", WAYS)
def test_every_way_leaves_the_same_picture(way: str, photographs: list[Pixels]) -> None:
    """Its own name, never another photograph: the matrix of each says where it lies."""
    for number, picture in enumerate(photographs):
        rng = np.random.default_rng([86, number])
        assert compared(WAYS[way](picture, rng), picture, rng).outcome is not Compared.OTHER_PHOTOGRAPH
