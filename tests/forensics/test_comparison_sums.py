"""What the comparison computes in fewer passes, against the plain way."""

from __future__ import annotations

import itertools
import tracemalloc

import cv2
import numpy as np
import pytest

from benchmarks.forensics.benign import Pixels
from provenance.forensics.comparison import clusters, surest
from provenance.forensics.comparison.bars import bars
from provenance.forensics.comparison.blocks import counts, filled, means, soft_means
from provenance.forensics.comparison.elsewhere import elsewhere
from provenance.forensics.comparison.fitting import fitted
from provenance.forensics.comparison.lying import off_together_px
from provenance.forensics.comparison.moving import moved
from provenance.forensics.comparison.overlays import what
from provenance.forensics.comparison.ranks import median, quantile
from provenance.forensics.comparison.residual import Residual
from provenance.forensics.comparison.residual import residual as measured
from provenance.forensics.comparison.shifted import shifted
from provenance.forensics.comparison.tracing import traced
from provenance.forensics.comparison.writing import rewritten


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("count", [1, 2, 3, 10, 1001, 20_000])
def test_medians_and_quantiles_are_those_of_numpy(count: int, kind: type) -> None:
    values = (100 * np.random.default_rng(count).random(count)).astype(kind)
    assert median(values) == np.median(values)
    for share in (0, 0.1, 0.5, 0.9, 0.95, 1):
        assert quantile(values, share) == np.quantile(values, share)


def test_there_is_no_median_of_nothing() -> None:
    assert np.isnan(median(np.zeros(0)))


@pytest.mark.parametrize("shape", [(64, 72), (131, 205, 3)])
def test_means_of_blocks_after_a_blur(shape: tuple[int, ...]) -> None:
    values = (255 * np.random.default_rng(1).random(shape)).astype(np.float32)
    rows, columns = shape[0] // 8, shape[1] // 8
    for found, plain in ((means(values), values), (soft_means(values, 4), cv2.GaussianBlur(values, (0, 0), 4))):
        cut = np.asarray(plain, np.float64)[: 8 * rows, : 8 * columns]
        assert np.allclose(found, cut.reshape(rows, 8, columns, 8, *shape[2:]).mean((1, 3)), rtol=2e-6)


def test_means_of_a_long_strip_take_little_memory() -> None:
    """The weights of all its blocks at once were 350 MB."""
    strip = np.zeros((64, 18_750), np.float32)
    tracemalloc.start()
    try:
        soft_means(strip, 4)
        assert tracemalloc.get_traced_memory()[1] < 10 * strip.nbytes
    finally:
        tracemalloc.stop()


def test_what_is_given_is_left_as_it_was(photographs: list[Pixels]) -> None:
    """One picture may be handed over twice, where the reference needs no fitting: neither may be written over."""
    theirs, ours = (photographs[0].astype(np.float32) for _ in range(2))
    ours[80:180, 100:240] = photographs[1][80:180, 100:240]
    whole, part = np.ones(ours.shape[:2], np.bool_), np.zeros(ours.shape[:2], np.bool_)
    part[80:180, 100:240] = True
    for one in (ours, theirs, whole, part):
        one.flags.writeable = False
    assert fitted(ours, theirs, whole).shape == ours.shape
    left = measured(ours, theirs, theirs, whole, None, toned_levels=0.0)
    assert left is not None
    before = left.off.copy()
    left.off.flags.writeable = False
    assert bars(ours, theirs, left)[1] is left
    assert traced(left, left.unusual > 4, ours.shape).any()
    for answer in (
        moved(ours, theirs, part),
        any(shifted(ours, theirs, left, [part])),
        any(elsewhere(ours, theirs, left, [part])),
        rewritten(ours, theirs, part, drawn=True),
        what(ours, theirs, part) != "",
        off_together_px(ours, theirs, left.shown) > 0.3,
    ):
        assert not answer
    assert np.array_equal(left.off, before)


def test_pixels_of_a_mask_in_each_block() -> None:
    mask = np.random.default_rng(2).random((67, 90)) < 0.99
    cells = mask[:64, :88].reshape(8, 8, 11, 8)
    assert np.array_equal(counts(mask), cells.sum((1, 3)))
    assert np.array_equal(filled(mask), cells.all((1, 3)))


def residual(unusual: np.ndarray, shown: np.ndarray, off: np.ndarray | None = None) -> Residual:
    rng = np.random.default_rng(9)
    return Residual(
        unusual=np.where(shown, unusual, 0.0),
        shown=shown,
        softer=np.zeros(shown.shape),
        together=np.ones(shown.shape),
        off=np.zeros((1, 1, 3), np.float32) if off is None else off,
        usual=rng.normal(0, 1, shown.shape),
        spread=rng.uniform(0.3, 1, shown.shape),
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_surest_of_all_windows_is_found(seed: int) -> None:
    """Against a look at every window of every size at every level, near an edge that is not shown as well."""
    rng = np.random.default_rng(seed)
    unusual, shown = rng.normal(0, 1.6, (26, 31)), np.ones((26, 31), np.bool_)
    unusual[8:14, 12:17] += 3 * (seed % 4)
    shown[: seed % 3], shown[:, : seed % 5] = False, False
    smallest, tests = 0.0, clusters._tests(shown.shape)
    total, whole = np.where(shown, unusual, 0.0), int(shown.sum())
    for (level, chance), (down, across) in itertools.product(clusters.LEVELS, clusters._windows(shown.shape)):
        every = int((total > level).sum())
        for row, column in itertools.product(range(27 - down), range(32 - across)):
            box = np.s_[row : row + down, column : column + across]
            blocks, count = int(shown[box].sum()), int((total[box] > level).sum())
            if count >= surest.TOGETHER:
                around = max(chance, surest.AROUND * (every - count) / max(whole - blocks, 1))
                smallest = min(smallest, clusters.log10_nfa(blocks, count, around, tests))
    found, least = clusters.clusters(residual(unusual, shown))
    assert least == pytest.approx(smallest, abs=1e-9)
    assert bool(found) is (smallest <= clusters.ALARM_LOG10_NFA)
    for one in found[:1]:
        assert clusters.log10_nfa(one.blocks, one.unusual, one.chance, one.tests) == pytest.approx(smallest)


@pytest.mark.parametrize("box", [np.s_[3:9, 4:12], np.s_[0:5, 10:16], np.s_[0:12, 0:16]])
def test_the_excess_of_a_part_is_that_of_the_whole(box: tuple[slice, slice]) -> None:
    off = np.random.default_rng(3).normal(0, 4, (99, 130, 3)).astype(np.float32)
    seen = residual(np.zeros((12, 16)), np.ones((12, 16), np.bool_), off)
    rows, columns = (slice(8 * one.start, 8 * one.stop) for one in box)
    assert np.allclose(seen.excess(box), seen.excess(np.s_[0:12, 0:16])[rows, columns], atol=1e-5)


def test_the_number_of_a_region_is_that_of_hoeffdings_bound_on_pairs_of_blocks() -> None:
    """36 unusual blocks of 36; 8 of the 770 others are as unusual, and the chance is taken half as large again."""
    unusual, shown = np.zeros((26, 31)), np.ones((26, 31), np.bool_)
    unusual[8:14, 12:18] = 5.0
    unusual[0, ::4] = 5.0
    (found, *_), least = clusters.clusters(residual(unusual, shown))
    assert (found.window, found.blocks, found.unusual, found.level) == ((8, 12, 6, 6), 36, 36, 4.0)
    assert found.chance == pytest.approx(1.5 * 8 / 770)
    assert least == found.log10_nfa == pytest.approx(np.log10(found.tests) + 18 * np.log10(1.5 * 8 / 770))
    assert not found.detail_lost
    assert np.array_equal(np.argwhere(found.region).min(0), (8, 12)) and found.region.sum() == 36


def test_a_block_is_unusual_beyond_a_level_only() -> None:
    unusual, shown = np.zeros((26, 31)), np.ones((26, 31), np.bool_)
    unusual[8:14, 12:18] = 4.0
    assert clusters.clusters(residual(unusual, shown)) == ((), 0.0)


def test_with_a_region_go_the_blocks_beyond_two_spreads_that_hang_together_with_it() -> None:
    unusual, shown = np.zeros((40, 48)), np.ones((40, 48), np.bool_)
    unusual[8:14, 12:18] = 5.0
    region = unusual > 0
    unusual[14:17, 12:14], region[14:17, 12:14] = 2.1, True
    unusual[8:14, 18:20] = 2.0
    unusual[24:30, 30:36] = 3.9
    unusual[30, 4] = 20.0
    (found,), _ = clusters.clusters(residual(unusual, shown))
    assert np.array_equal(found.region, region)
