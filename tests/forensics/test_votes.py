"""The vote of each pixel, against its definition: every block around it transformed, and its zeros counted."""

import cv2
import numpy as np
import pytest

from provenance.forensics.blind.votes import NO_VOTE, luminance, votes

ZERO = 0.53
"""No coefficient of whole levels lies so near it that rounding could move it across."""


def defined(luma: np.ndarray, but: int | None) -> np.ndarray:
    """Nikoukhah and others (2021), section 3.1, block by block."""
    rows, columns = (side - 7 for side in luma.shape)
    zeros, flat = np.zeros((rows, columns), int), np.zeros((rows, columns), bool)
    for down in range(rows):
        for across in range(columns):
            block = luma[down : down + 8, across : across + 8].astype(float)
            small = np.abs(cv2.dct(block)) <= ZERO
            voted = but is None or 8 * (down % 8) + across % 8 != but
            zeros[down, across] = voted * (small.sum() - small[0, 0])
            flat[down, across] = voted and (not np.diff(block, axis=0).any() or not np.diff(block, axis=1).any())
    cast = np.full(luma.shape, NO_VOTE)
    for y in range(7, rows):
        for x in range(7, columns):
            around = np.s_[y - 7 : y + 1, x - 7 : x + 1]
            best = np.argwhere(zeros[around] == zeros[around].max())
            if len(best) == 1 and not flat[around].any():
                down, across = best[0] + (y - 7, x - 7)
                cast[y, x] = 8 * (down % 8) + across % 8
    return cast


def picture(seed: int) -> np.ndarray:
    """Slopes with a little grain, some coefficients zero; stretches of one level, of equal rows, of equal columns."""
    rng = np.random.default_rng(seed)
    down, across = np.mgrid[:45, :66]
    levels = 90 + 1.7 * down * (across > 24) + 0.9 * across * (down > 16) + rng.normal(0, 0.8, (45, 66))
    levels[:14, 30:44] = 120
    levels[:12, 50:] = rng.integers(80, 120, 16)
    levels[34:, :14] = rng.integers(80, 120, (11, 1))
    return np.round(levels).astype(np.uint8)


@pytest.mark.parametrize(("but", "turned"), [(None, False), (0, True), (19, False)])
def test_a_pixel_votes_for_the_block_around_it_with_most_zeros(but: int | None, turned: bool) -> None:
    luma = picture(1).T.copy() if turned else picture(1)
    cast = votes(luma, zero=ZERO, but=but)
    assert np.array_equal(cast, defined(luma, but))
    assert 0.1 < (cast != NO_VOTE).mean() < 0.9
    assert but not in cast


def test_tall_pictures_are_looked_at_in_strips_that_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    luma = picture(2)
    whole = votes(luma)
    monkeypatch.setattr("provenance.forensics.blind.votes._STRIP_ROWS", 16)
    assert np.array_equal(votes(luma), whole)


def test_a_coefficient_is_zero_below_half_a_step_of_quality_100() -> None:
    luma = picture(4)
    assert np.array_equal(votes(luma), votes(luma, zero=0.5))
    assert not np.array_equal(votes(luma), votes(luma, zero=0.6))


def test_luminance_is_that_of_the_standard() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (9, 11, 3), np.uint8)
    assert np.abs(luminance(pixels) - pixels @ (0.299, 0.587, 0.114)).max() < 0.51
