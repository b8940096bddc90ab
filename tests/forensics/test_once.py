"""Blocks that look as if compressed once: which speak, when there are too many of them, and what hangs together."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.forensics.blind.once import Blocks, clustered, weighed
from provenance.forensics.blind.twice import REACH, First

REPORT = Path(__file__).resolve().parents[2] / "docs" / "report.md"
Mask = NDArray[np.bool_]


def blocks(hits: Mask) -> Blocks:
    """All speak, and of a hit each of four frequencies says so."""
    return Blocks(ratios=10.0 * np.stack([hits] * 4), spoken=np.ones_like(hits), hits=hits)


def scattered(inside: float, outside: float, part: tuple[slice, slice], seed: int = 1) -> Mask:
    rng = np.random.default_rng(seed)
    hits = rng.random((96, 96)) < outside
    hits[part] = (rng.random((96, 96)) < inside)[part]
    return hits


def test_the_numbers_of_a_region_are_counted_as_the_document_of_the_report_says() -> None:
    """Nine in sixteen blocks of a window are hits, and no others."""
    hits = np.zeros((40, 40), bool)
    hits[10:18, 10:18] = np.tile(np.array([[1, 1, 1, 0], [1, 1, 1, 0], [1, 1, 1, 0], [0, 0, 0, 0]], bool), (2, 2))
    (found,) = clustered(blocks(hits))
    (row,) = re.findall(r"^\| `double-jpeg` \|.*$", REPORT.read_text(), re.MULTILINE)
    together, least = int(re.findall(r"(\d+) to one", row)[0]), float(re.findall(r"\| (0\.\d+), or twice", row)[0])
    x, y, side, _ = (one // 8 for one in found.window)
    met = int(hits[y : y + side, x : x + side].sum())
    assert (found.trials, found.hits) == (side * side // together, met // together)
    assert found.chance == pytest.approx(max(least, 2 * (hits.sum() - met) / (hits.size - side * side)), abs=1e-6)
    tail = sum(
        math.comb(found.trials, one) * found.chance**one * (1 - found.chance) ** (found.trials - one)
        for one in range(found.hits, found.trials + 1)
    )
    assert found.log10_nfa == pytest.approx(math.log10(found.tests * tail), abs=1e-3)


@pytest.mark.parametrize(
    ("inside", "outside", "told"), [(0.22, 0.005, False), (0.45, 0.005, True), (0.36, 0.2, False), (0.8, 0.2, True)]
)
def test_neither_few_of_a_window_nor_what_is_common_elsewhere_is_a_region(
    inside: float, outside: float, told: bool
) -> None:
    part = (slice(20, 68), slice(12, 60))
    assert bool(clustered(blocks(scattered(inside, outside, part)))) is told


def test_a_region_follows_what_is_dense_and_leaves_out_what_is_not() -> None:
    """An L of which six in ten blocks are hits; along its foot a strip with one in four."""
    hits = scattered(0.6, 0.0, (slice(10, 70), slice(10, 30)))
    hits |= scattered(0.6, 0.0, (slice(50, 70), slice(30, 80)), seed=2)
    hits |= scattered(0.25, 0.0, (slice(70, 94), slice(10, 80)), seed=3)
    told = np.zeros((96, 96), bool)
    for one in clustered(blocks(hits)):
        told |= one.cells
    assert told[50:70, 30:80].mean() > 0.8
    assert told[10:70, 10:30].mean() > 0.8
    assert told[76:].mean() < 0.2


@pytest.mark.parametrize(
    ("levels", "clipped_px", "speaks"), [(1, 0, False), (2, 0, True), (4, 0, True), (4, 2, True), (4, 4, False)]
)
def test_blocks_speak_that_have_something_to_quantise_and_are_not_clipped(
    levels: int, clipped_px: int, speaks: bool
) -> None:
    """`levels`: how many coefficients with a recovered step are not zero. A hit is what at most two in a hundred of the
    blocks that were compressed twice look like (Wald, Sequential Analysis, 1947, section 3.2: at most exp(-ratio))."""
    places = ((0, 1), (1, 0), (1, 1), (0, 2))
    says_once = np.zeros(2 * REACH + 1)
    says_once[REACH + 1] = 1.5
    firsts = tuple(First(at=at, step=5, gain=1.0, ratios=says_once) for at in places)
    quantised = np.zeros((3, 4, 8, 8), np.int16)
    for at in places[:levels]:
        quantised[1, 2, *at] = 1
    clipped = np.zeros((24, 32), bool)
    clipped[8, 16 : 16 + clipped_px] = True
    said = weighed(quantised, clipped, firsts)
    assert said.spoken[1, 2] == speaks and said.spoken.sum() == speaks
    assert said.hits[1, 2] == (speaks and math.exp(-1.5 * levels) < 0.02)


def test_no_more_regions_are_told_than_the_document_of_the_report_says() -> None:
    hits = np.zeros((96, 96), bool)
    for row in range(4, 84, 20):
        for column in range(4, 84, 20):
            hits[row : row + 8, column : column + 8] = True
    (most,) = re.findall(r"At most (\d+) regions of a method are told, the surest first", REPORT.read_text())
    assert len(clustered(blocks(hits))) == int(most)
