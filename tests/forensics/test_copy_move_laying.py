"""How one part of a picture is laid on another."""

from __future__ import annotations

import math
import tracemalloc

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.forensics.copy_move.against import colour_energy, light, planes, softenings
from provenance.forensics.copy_move.closer import closer
from provenance.forensics.copy_move.copies import inverse
from provenance.forensics.copy_move.exactness import EQUALITY
from provenance.forensics.copy_move.shifts import sound

from .conftest import scene


def test_points_of_a_picture_and_of_its_half_turn_lie_upon_each_other() -> None:
    grey = cv2.cvtColor(scene(120, 136), cv2.COLOR_RGB2GRAY)
    half = np.array([[-1.0, 0.0, 2 * 136 + 40 - 1], [0.0, -1.0, 119.0]])
    both = np.full((120, 2 * 136 + 40), 90, np.uint8)
    both[:, :136], both[:, -136:] = grey, grey[::-1, ::-1]
    laid = closer(both, half + np.array([[0, 0, 0.6], [0, 0, -0.5]]), (0, 0, 136, 120))
    assert laid is not None
    assert np.abs((laid - half) @ (68, 60, 1)).max() < 0.05


def test_a_part_made_smaller_softly_equals_its_partner_softened() -> None:
    grain = cv2.GaussianBlur(np.random.default_rng(2).normal(0, 30, (384, 448, 3)), (0, 0), 0.6)
    pixels = np.clip(scene() + grain, 0, 255).astype(np.uint8)
    part = Pillow.fromarray(pixels[30:158, 40:168]).resize((64, 64), Pillow.Resampling.BICUBIC)
    pixels[256:320, 304:368] = np.asarray(part)
    grey = planes(pixels)[0]
    shift = np.array([[2.0, 0, 40 + 0.5 - 2 * 304], [0, 2.0, 30 + 0.5 - 2 * 256]])
    sharp, soft = (
        np.median(one.left / one.less)
        for one in (light(grey, shift, (304, 256, 64, 64), blur) for blur in softenings(shift))
    )
    assert soft < EQUALITY[1].share < EQUALITY[0].share < sharp


def test_only_what_is_made_smaller_is_softened() -> None:
    for scale in (0.5, 1.0, 1.05):
        assert softenings(np.array([[scale, 0, 3.0], [0, scale, 5.0]])) == (0.0,)
    none, soft = softenings(np.array([[0, -2.0, 3.0], [2.0, 0, 5.0]]))
    assert none == 0
    assert soft == pytest.approx(0.707, abs=0.01)


def test_a_likeness_is_undone_by_its_inverse() -> None:
    shift = np.array([[1.1, -0.2, 30.0], [0.1, 0.9, -12.0]])
    there = shift[:, :2] @ (100.0, 50.0) + shift[:, 2]
    back = inverse(shift)
    assert np.allclose(back[:, :2] @ there + back[:, 2], (100.0, 50.0))


@pytest.mark.parametrize("linear", [[[0, 0], [0, 0]], [[1, 1], [1, 1]], [[3, 0], [0, 3]], [[1, 0], [0, math.nan]]])
def test_a_likeness_that_cannot_be_undone_is_none(linear: list[list[float]]) -> None:
    assert not sound(np.column_stack([np.array(linear, np.float64), (5.0, 5.0)]))
    assert sound(np.array([[0.9, -0.1, 5.0], [0.1, 1.1, 5.0]]))


def test_colours_of_a_large_picture_take_little_memory() -> None:
    """Four bytes for each channel and each difference were 24 a pixel: a gigabyte at the size that is still judged."""
    pixels = np.random.default_rng(1).integers(0, 256, (1200, 801, 3), np.uint8)
    tracemalloc.start()
    try:
        _, *pair = planes(pixels)
        colour_energy((pair[0], pair[1]))
        assert tracemalloc.get_traced_memory()[1] < 20 * 1200 * 801
    finally:
        tracemalloc.stop()


def test_energy_of_colours_is_that_of_what_a_blur_takes_of_them_cell_by_cell() -> None:
    """Over three strips, the last of which is cut to whole cells."""
    pixels = scene(1100, 64)
    red, green, blue = (pixels[..., one].astype(np.float32) for one in range(3))
    expected = np.zeros((137, 8))
    for plane in (red - green, blue - green):
        fine = plane - cv2.GaussianBlur(plane, (0, 0), 1.0)
        expected += fine[:1096].reshape(137, 8, 8, 8).var((1, 3))
    assert np.allclose(colour_energy(planes(pixels)[1:]), expected, rtol=1e-4, atol=1e-3)
