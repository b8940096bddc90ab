"""What a block may differ by, for each thing that is allowed for: half or twice as much would be seen here.

Each pair differs in one square of 8 x 8 blocks, by a little less and by more than is allowed, and nothing else does.
"""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.forensics.benign import Pixels, jpeg
from provenance.forensics.comparison.clusters import LEVELS
from provenance.forensics.comparison.compare import Difference, difference
from provenance.forensics.comparison.residual import residual
from provenance.model.differences import Compared
from provenance.model.image import WorkingCopy

from .test_comparison_bounds import texture

SIDE = 256
SQUARE = slice(96, 160), slice(96, 160)
INNER = slice(13, 19), slice(13, 19)
"""Blocks of it that a blur does not reach from outside."""
Levels = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def unusual(query: Levels, laid: Levels, fitted: Levels) -> bool:
    """Whether most blocks of the square count, in greys."""
    pictures = (np.repeat(one.astype(np.float32)[..., None], 3, 2) for one in (query, laid, fitted))
    shown = np.ones((SIDE, SIDE), np.bool_)
    found = residual(*pictures, shown, None, toned_levels=float(np.median(np.abs(fitted - laid))))
    assert found is not None
    inside = found.unusual[INNER] > LEVELS[0][0]
    outside = found.unusual.copy()
    outside[11:21, 11:21] = 0
    assert (outside < LEVELS[0][0]).all()
    return bool(inside.mean() > 0.5)


def waves(period_px: float, height: float, shift_px: float = 0.0) -> Levels:
    across = (np.arange(SIDE) + shift_px) * 2 * np.pi / period_px
    return np.asarray(128 + height * np.sin(across) * np.ones((SIDE, 1)), np.float64)


def rippled(ground: Levels, energy: float) -> Levels:
    """So many squared levels of waves of 8 pixels in the square, of which the blur of the comparison leaves 0.54."""
    changed = ground.copy()
    changed[SQUARE] += (waves(8, np.sqrt(2 * energy / 0.54)) - 128)[SQUARE]
    return changed


@pytest.mark.parametrize(("energy", "seen"), [(1.2, False), (2.7, True)])
def test_faint_ripples_on_plain_ground_are_what_resampling_leaves(energy: float, seen: bool) -> None:
    ground = np.full((SIDE, SIDE), 128.0)
    assert unusual(rippled(ground, energy), ground, ground) is seen


@pytest.mark.parametrize(("levels", "seen"), [(2.3, False), (4.0, True)])
def test_a_tone_may_be_off_by_a_level_or_two(levels: float, seen: bool) -> None:
    ground = np.full((SIDE, SIDE), 128.0)
    changed = ground.copy()
    changed[SQUARE] += levels
    assert unusual(changed, ground, ground) is seen


@pytest.mark.parametrize(("energy", "seen"), [(72, False), (200, True)])
def test_a_filter_is_known_to_a_part_of_what_it_changed(energy: float, seen: bool) -> None:
    """The tones of the reference were moved by 10 levels."""
    ground = np.full((SIDE, SIDE), 128.0)
    assert unusual(rippled(ground, energy), ground - 10, ground) is seen


@pytest.mark.parametrize(("shift_px", "seen"), [(0.29, False), (0.4, True)])
def test_places_may_be_off_by_a_part_of_a_pixel(shift_px: float, seen: bool) -> None:
    ground = waves(8, 60)
    changed = ground.copy()
    changed[SQUARE] = waves(8, 60, shift_px)[SQUARE]
    assert unusual(changed, ground, ground) is seen


def compared(copy: Pixels, reference: Pixels) -> Difference:
    return difference(WorkingCopy(pixels=copy), WorkingCopy(pixels=reference), np.eye(3))


@pytest.mark.parametrize(("share", "outcome"), [(0.35, Compared.DIFFERS), (0.5, Compared.OTHER_PHOTOGRAPH)])
def test_with_a_half_of_it_exchanged_it_is_another_photograph(share: float, outcome: Compared) -> None:
    """A texture in which the lower part is another one."""
    reference, copy = texture(1), texture(1)
    start = round((1 - share) * len(copy))
    copy[start:] = texture(2)[start:]
    assert compared(jpeg(copy, 90), reference).outcome is outcome


@pytest.mark.parametrize(("gain", "said"), [(1.018, False), (1.035, True)])
def test_a_change_of_tones_is_said_from_some_levels_on(gain: float, said: bool) -> None:
    """Of a texture around 105 levels: by 1.9 and by 3.7."""
    reference = texture(1)
    brighter = np.clip(np.rint(reference * gain), 0, 255).astype(np.uint8)
    assert ("tone or colour" in compared(brighter, reference).also) is said


@pytest.mark.parametrize(("levels", "said"), [(0.8, False), (1.8, True)])
def test_saving_with_loss_is_said_from_so_much_noise_on(levels: float, said: bool) -> None:
    """Lightened as well, so that what is left is no whole number: 0.6 and 1.2 levels in the median."""
    reference = texture(1)
    noisy = np.rint(1.05 * reference + np.random.default_rng(2).normal(0, levels, reference.shape))
    assert ("saving with loss" in compared(np.clip(noisy, 0, 255).astype(np.uint8), reference).also) is said
