"""What only looks alike, was drawn or laid around a picture raises no alarm."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.forensics.copy_move.copies import copies
from provenance.forensics.copy_move.exactness import Least
from provenance.forensics.copy_move.no_copy import patterned

from .conftest import SAMPLES, scene


def test_what_repeats_with_its_own_noise_is_no_copy() -> None:
    rng = np.random.default_rng(3)
    one = scene(96, 112, seed=9).astype(np.float64)
    wall = np.tile(one, (4, 4, 1)) + rng.normal(0, 3.0, (384, 448, 3))
    assert not copies(np.clip(wall, 0, 255).astype(np.uint8), Least())


def test_bricks_of_one_mould_are_no_copies() -> None:
    rng = np.random.default_rng(4)
    wall = np.full((400, 480, 3), 170.0)
    for row in range(10):
        for column in range(7):
            x = column * 72 - 36 * (row % 2)
            brick = (130 + rng.normal(0, 6), 70 + rng.normal(0, 5), 55 + rng.normal(0, 5))
            cv2.rectangle(wall, (x + 2, row * 40 + 2), (x + 68, row * 40 + 36), brick, -1)
    wall = cv2.GaussianBlur(wall, (0, 0), 0.8) + rng.normal(0, 2.5, wall.shape)
    assert not copies(np.clip(wall, 0, 255).astype(np.uint8), Least())


@pytest.mark.parametrize("path", sorted((SAMPLES / "reference").glob("*.jpg"))[::3], ids=lambda path: path.stem)
def test_untouched_photographs_raise_no_alarm(path: Path) -> None:
    with Pillow.open(path) as opened:
        shown = opened.convert("RGB")
        shown.thumbnail((420, 420))
    assert not copies(np.asarray(shown, np.uint8), Least())


def test_marks_drawn_on_a_photograph_are_no_copies() -> None:
    pixels = scene()
    for place in (60, 180, 300):
        cv2.putText(pixels, "SALE", (place, 120), 0, 1.2, (255, 255, 255), 3)
        cv2.putText(pixels, "SALE", (place, 300), 0, 1.2, (255, 255, 255), 3)
    assert not copies(pixels, Least())


@pytest.mark.parametrize("level", [0, 128, 255])
def test_plain_pictures_hold_nothing(level: int) -> None:
    assert copies(np.full((300, 300, 3), level, np.uint8), Least()) == ()


def test_one_pattern_all_over_is_no_copy() -> None:
    dots = np.zeros((208, 288, 3), np.uint8)
    dots[::12, ::12] = 255
    assert copies(np.asarray(cv2.GaussianBlur(dots, (0, 0), 2.0) * 4), Least()) == ()


def tile(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(40, 216, (20, 70, 3), np.uint8)


def test_an_ornament_laid_around_a_photograph_is_no_copy() -> None:
    pixels = scene(420, 490)
    pixels[:20], pixels[-20:] = np.tile(tile(1), (1, 7, 1)), np.tile(tile(1), (1, 7, 1))
    side = np.tile(tile(2).transpose(1, 0, 2), (6, 1, 1))
    pixels[:, :20], pixels[:, -20:] = side, side
    assert not copies(pixels, Least())
    pixels[100:120, 60:130] = pixels[300:320, 290:360] = tile(3)
    pixels[120:140, 60:130] = pixels[320:340, 290:360] = tile(4)
    assert copies(pixels, Least())


def test_a_net_of_high_contrast_is_no_copy() -> None:
    across, down = np.meshgrid(np.arange(448), np.arange(384))
    turned = 0.94 * across + 0.34 * down, 0.94 * down - 0.34 * across
    lines = np.maximum(*(np.exp(-((np.mod(one, 11.3) - 5.6) ** 2)) for one in turned))
    levels = 25 + 190 * lines[..., None] + np.random.default_rng(8).normal(0, 2.0, (384, 448, 3))
    pixels = np.clip(levels, 0, 255).astype(np.uint8)
    assert patterned(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32), (160, 96, 64, 64))
    assert not copies(pixels, Least())
