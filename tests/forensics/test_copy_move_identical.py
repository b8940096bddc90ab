"""Parts that equal others in every pixel."""

from __future__ import annotations

import io
import math

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.forensics.copy_move.identical import CHANCE_EQUAL, identical

from .conftest import scene


def test_a_small_copy_without_points_is_found_by_its_equal_pixels() -> None:
    pixels = scene()
    smooth = cv2.GaussianBlur(pixels, (0, 0), 6).astype(np.float64)
    pixels = np.clip(smooth + np.random.default_rng(1).normal(0, 1.6, smooth.shape), 0, 255).astype(np.uint8)
    pixels[251:287, 300:336] = pixels[60:96, 80:116]
    (found,) = identical(pixels, 1.0)
    (across, down) = found.shift[:, 2]
    assert sorted((abs(across), abs(down))) == [191, 220]
    x, y, width, height = found.found.window
    one, other = pixels[y : y + height, x : x + width], pixels[y + int(down) :, x + int(across) :][:height, :width]
    cells = (one == other).all(-1).reshape(height // 8, 8, width // 8, 8).all((1, 3))
    assert cells.all() and found.found.hits >= 9
    tail = sum(
        math.comb(found.found.trials, i) * CHANCE_EQUAL**i * (1 - CHANCE_EQUAL) ** (found.found.trials - i)
        for i in range(found.found.hits, found.found.trials + 1)
    )
    assert found.found.log10_nfa == pytest.approx(math.log10(found.found.tests * tail), abs=1e-3)


def test_one_level_of_difference_is_not_equal() -> None:
    pixels = scene()
    pixels[251:287, 300:336] = pixels[60:96, 80:116] + np.random.default_rng(2).integers(0, 2, (36, 36, 3), np.uint8)
    assert identical(pixels, 1.0) == ()
    assert identical(np.full((300, 300, 3), 90, np.uint8), 1.0) == ()


def test_lines_drawn_around_a_saved_picture_are_no_copies() -> None:
    pixels = np.zeros((504, 568, 3), np.uint8)
    pixels[60:444, 60:508] = scene()
    for edge in (20, 40):
        cv2.rectangle(pixels, (edge, edge), (568 - edge, 504 - edge), (255, 255, 255), 1)
    for quality in (75, 80, 85):
        buffer = io.BytesIO()
        Pillow.fromarray(pixels).save(buffer, "JPEG", quality=quality)
        saved = np.asarray(Pillow.open(buffer).convert("RGB"))[5:, 3:]
        assert identical(np.ascontiguousarray(saved), 1.0) == ()


@pytest.mark.parametrize(("across", "told"), [(160, False), (163, True)])
def test_on_the_grid_of_a_jpeg_equal_blocks_prove_nothing(across: int, told: bool) -> None:
    """There they are common, since few coefficients are left to differ in."""
    pixels = scene(192, 288)
    pixels[72:120, 40 + across - 16 : 88 + across - 16] = pixels[56:104, 24:72]
    assert bool(identical(pixels, 1.0)) is told


def test_a_window_of_equal_pixels_is_no_wider_than_its_partner_is_away() -> None:
    """A strip that comes again after 43 pixels, and once more."""
    pixels = scene(192, 288)
    pixels[64:128, 80:209] = np.tile(np.random.default_rng(3).integers(0, 256, (64, 43, 3), np.uint8), (1, 3, 1))
    (found,) = identical(pixels, 1.0)
    assert np.abs(found.shift[:, 2]).max() == 43
    assert found.found.window[2] == 32


def test_cells_with_less_detail_than_asked_are_not_counted() -> None:
    pixels = scene(192, 288)
    pixels[75:123, 187:235] = pixels[56:104, 24:72]
    assert identical(pixels, 1.0)
    assert identical(pixels, 1e4) == ()
