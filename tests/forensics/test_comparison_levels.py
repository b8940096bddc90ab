"""Levels of the comparison, by what it would say with half or twice as much; and its sums, against plain ones."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.forensics.benign import Pixels, jpeg, kept
from provenance.forensics.comparison import overlays
from provenance.forensics.comparison.drawing import drawn
from provenance.forensics.comparison.fitting import fitted
from provenance.forensics.comparison.sums import across, mixed
from provenance.forensics.comparison.writing import rewritten
from provenance.model.differences import Compared

from .laying import laid_as_sent

HEIGHT, WIDTH = 384, 512


def textured(seed: int, coarse_px: float, fine_px: float) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, 1, (HEIGHT, WIDTH))
    levels = np.full((HEIGHT, WIDTH), 120.0)
    for sigma, strength in ((coarse_px, 25), (fine_px, 20)):
        plane = cv2.GaussianBlur(noise, (0, 0), sigma)
        levels += strength * plane / plane.std()
    return np.clip(levels[..., None] * [1, 0.95, 0.85], 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("side", "name"), [(64, ""), (88, overlays.MARK)])
def test_a_mark_names_a_smoothed_part_only_where_it_covers_a_fifth_of_it(side: int, name: str) -> None:
    """The smoothing alone leaves 4.5 to 9 spreads in its blocks, the edges of the mark 9 to 18."""
    reference = textured(3, 20, 1.5)
    copy = reference.copy()
    copy[100:260, 150:350] = cv2.GaussianBlur(reference, (0, 0), 1.3)[100:260, 150:350]
    copy[180 - side // 2 : 180 + side // 2, 250 - side // 2 : 250 + side // 2] = reference.mean((0, 1)) + 40
    found = laid_as_sent(kept(jpeg(copy, 90)), reference)
    assert [(one.what, one.detail_lost) for one in found.regions] == [(name, True)]


def test_the_one_patch_of_fine_colours_is_no_difference_when_saving_takes_them() -> None:
    """No other block is like it, so that nothing but the colours themselves says what saving takes of them."""
    levels = np.full((HEIGHT, WIDTH, 3), 128, np.float32)
    levels[..., 0] = cv2.cvtColor(textured(5, 20, 6), cv2.COLOR_RGB2GRAY)
    noise = np.random.default_rng(6).normal(0, 1, (HEIGHT, WIDTH, 2)).astype(np.float32)
    colours = np.asarray(cv2.GaussianBlur(noise, (0, 0), 1.2))
    levels[160:208, 200:248, 1:] += (60 * colours / colours.std())[160:208, 200:248]
    reference = np.clip(cv2.cvtColor(levels, cv2.COLOR_YCrCb2RGB), 0, 255).astype(np.uint8)
    for quality in (60, 85):
        assert laid_as_sent(kept(jpeg(reference, quality)), reference).outcome is Compared.NO_DIFFERENCE


def test_a_vignette_is_told_from_tones_whichever_came_first() -> None:
    before = textured(2, 30, 2).astype(np.float32)
    down, right = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    darker = (1 - 0.25 * (right**2 + down**2))[..., None]
    shown = np.ones((HEIGHT, WIDTH), np.bool_)
    for copy, most in ((darker * before, 0.5), (255 * (darker * before / 255) ** 1.6, 2.2)):
        after = np.clip(copy, 0, 255).astype(np.uint8).astype(np.float32)
        assert np.abs(after - fitted(after, before, shown)).mean() < most


def line(places: list[int], wide: int = 4, high: int = 24) -> np.ndarray:
    """A page with upright strokes at those places."""
    page = np.full((120, 400, 3), 245, np.float32)
    for place in places:
        page[50 : 50 + high, place : place + wide] = 20
    return page


@pytest.mark.parametrize(("apart", "same_line"), [(1.2, True), (2.0, False)])
def test_letters_are_added_to_a_line_that_ends_near_by(apart: float, same_line: bool) -> None:
    common = list(range(40, 140, 14))
    start = common[-1] + 4 + round(apart * 24)
    added = [start + 14 * number for number in range(4)]
    mask = np.zeros((120, 400), np.bool_)
    mask[45:80, start - 4 : added[-1] + 10] = True
    assert rewritten(line(common + added), line(common), mask, drawn=True) is same_line


@pytest.mark.parametrize(("wide", "are_letters"), [(10, True), (17, False)])
def test_letters_beside_a_box_are_writing_only_where_they_have_most_of_the_ink(wide: int, are_letters: bool) -> None:
    """Four strokes of 96 pixels, and boxes with a quarter or with two fifths of all the ink."""
    common = list(range(40, 140, 14))
    added = [150 + 14 * number for number in range(4)]
    copy = line(common + added)
    copy[52 : 52 + wide, 212 : 212 + wide] = 20
    mask = np.zeros((120, 400), np.bool_)
    mask[45:80, 146:240] = True
    assert rewritten(copy, line(common), mask, drawn=True) is are_letters


@pytest.mark.parametrize(("places", "most"), [(500, 400), (500, 600), (30_000, 5_000)])
def test_places_are_those_that_numpy_draws(places: int, most: int) -> None:
    rng = np.random.default_rng(4)
    weights = rng.random(places) ** 3 + 1e-3
    weights[rng.random(places) < 0.3] = 0
    count = min(most, np.count_nonzero(weights))
    expected = np.random.default_rng(7).choice(places, count, replace=False, p=weights / weights.sum())
    assert np.array_equal(drawn(weights, most, 7), np.sort(expected))


@pytest.mark.parametrize("length", [5, 20_000])
def test_sums_over_long_rows(length: int) -> None:
    rng = np.random.default_rng(length)
    one, other = rng.normal(size=(7, length)), rng.normal(size=(9, length))
    assert np.allclose(across(one, other), one @ other.T)
    assert np.allclose(mixed(other[:, 0], other), other[:, 0] @ other)
