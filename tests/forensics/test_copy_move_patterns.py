"""What repeats all over with more contrast than its noise is no copy, as far on as its meshes are wide."""

import cv2
import numpy as np
import pytest

from provenance.forensics.copy_move.copies import copies
from provenance.forensics.copy_move.exactness import Least
from provenance.forensics.copy_move.no_copy import patterned


def facade(pitch_px: float, *, perspective: float = 0.0) -> np.ndarray:
    """Dark bars before a sky, and the noise of a camera; each mesh a little smaller than the one before."""
    across, down = np.meshgrid(np.arange(448.0), np.arange(384.0))
    turned = across + 0.06 * down, down - 0.08 * across
    places = [one + perspective * one**2 / 448 for one in turned]
    bars = np.maximum(*(np.exp(-(((np.mod(one, pitch_px) - pitch_px / 2) / 1.3) ** 2)) for one in places))
    levels = 150 - 110 * bars[..., None] + np.random.default_rng(3).normal(0, 1.0, (384, 448, 3))
    return np.clip(levels, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("perspective", [0.0, 0.12])
def test_bars_of_a_facade_are_no_copies_however_wide_apart(perspective: float) -> None:
    assert not copies(facade(35.3, perspective=perspective), Least())


def test_in_perspective_a_window_lies_on_itself_part_by_part() -> None:
    grey = cv2.cvtColor(facade(45, perspective=0.4), cv2.COLOR_RGB2GRAY).astype(np.float32)
    window = grey[100:228, 120:248]
    shifted = (np.corrcoef(window.ravel(), grey[100:228, at : at + 128].ravel())[0, 1] for at in range(150, 240))
    assert max(shifted) < 0.85
    assert patterned(grey, (120, 100, 128, 128))


def test_a_window_with_a_part_of_its_own_is_no_pattern() -> None:
    grey = cv2.cvtColor(facade(35.3), cv2.COLOR_RGB2GRAY).astype(np.float32)
    assert patterned(grey, (264, 160, 96, 96))
    grey[192:224, 296:328] = np.random.default_rng(5).normal(120, 20, (32, 32))
    assert not patterned(grey, (264, 160, 96, 96))


def test_a_net_is_a_pattern_as_a_whole_though_a_part_of_it_is_hidden() -> None:
    grey = cv2.cvtColor(facade(11.3), cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey[192:224, 296:328] = np.random.default_rng(5).normal(120, 5, (32, 32))
    assert patterned(grey, (264, 160, 96, 96))


def test_a_copy_that_lies_next_to_itself_is_no_pattern() -> None:
    """Soft detail looks alike a pixel on, so a partner as far away as the window is wide must not count as nearer."""
    soft = cv2.GaussianBlur(np.random.default_rng(8).normal(0, 1, (240, 320)).astype(np.float32), (0, 0), 3.0)
    grey = np.asarray(120 + 40 * soft / soft.std(), np.float32)
    grey[60:188, 164:228] = grey[60:188, 100:164]
    assert not patterned(grey, (100, 92, 64, 64))


def test_a_part_copied_among_the_bars_is_found() -> None:
    pixels = facade(35.3)
    poster = cv2.GaussianBlur(np.random.default_rng(6).normal(120, 90, (72, 72, 3)), (0, 0), 1.2)
    part = np.clip(poster, 0, 255).astype(np.uint8)
    pixels[60:132, 50:122] = pixels[243:315, 291:363] = part
    found = copies(pixels, Least())
    assert found
    x, _, width, _ = found[0].found.window
    assert any(x >= left - 8 and x + width <= left + 80 for left in (50, 291))
