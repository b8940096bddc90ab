"""The noise pattern of a sensor: met by its own pictures, not by those of another."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from provenance.forensics.noise_pattern.denoising import _SCALING, least_around, noise
from provenance.forensics.noise_pattern.pattern import MOST_SIDE_PX, met, middle, noise_of
from provenance.forensics.noise_pattern.told import MET_PCE, compared
from provenance.model.evidence import Trace
from provenance.model.image import WorkingCopy

SIDE_PX = 512


def sensor(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.002, (SIDE_PX, SIDE_PX, 1))


def taken(pattern: np.ndarray, seed: int) -> np.ndarray:
    rng = np.random.default_rng(1000 + seed)
    scene = cv2.GaussianBlur(rng.normal(0, 1, (SIDE_PX, SIDE_PX, 3)), (0, 0), 12)
    levels = 130 + 35 * scene / scene.std()
    return np.clip(levels * (1 + pattern) + rng.normal(0, 1.5, levels.shape), 0, 255).astype(np.uint8)


def copies(pattern: np.ndarray, seeds: range) -> Iterator[WorkingCopy]:
    return (WorkingCopy(pixels=taken(pattern, seed)) for seed in seeds)


@pytest.fixture(scope="module")
def ours() -> np.ndarray:
    return sensor(1)


def pce(found: Trace | str) -> float:
    assert isinstance(found, Trace), found
    return float(found.value.split(";")[0].removeprefix("PCE "))


def test_a_picture_meets_its_own_sensor_and_no_other(ours) -> None:
    query = WorkingCopy(pixels=taken(ours, 50), steps=("turned upright (EXIF orientation 1)",))
    met = compared(query, copies(ours, range(5)), "Maker Model 7")
    assert pce(met) > MET_PCE
    assert "meets that of 5 pictures said to be of camera Maker Model 7" in met.statement
    assert "60 counts as met" in met.statement  # Goljan, Fridrich and Filler 2009
    other = compared(query, copies(sensor(2), range(10, 15)), "Maker Model 8")
    assert pce(other) < MET_PCE
    assert "does not meet" in other.statement
    assert "says nothing" in other.limits[0]


def test_a_picture_held_another_way_meets_it_too(ours) -> None:
    upright = np.rot90(taken(ours, 51), -1)
    told = WorkingCopy(pixels=upright, steps=("turned upright (EXIF orientation 6)",))
    untold = WorkingCopy(pixels=upright)
    for query in (told, untold):
        assert pce(compared(query, copies(ours, range(5)), "M")) > MET_PCE


def test_the_same_shot_is_no_picture_of_the_camera(ours) -> None:
    query = taken(ours, 0)
    found = compared(WorkingCopy(pixels=query), copies(ours, range(5)), "M")
    assert isinstance(found, str)
    assert "fewer than 5" in found


def test_pictures_of_another_size_and_mirrored_ones_are_not_compared(ours) -> None:
    small = WorkingCopy(pixels=np.ascontiguousarray(taken(ours, 3)[:400, :400]))
    assert isinstance(compared(small, copies(ours, range(5)), "M"), str)
    mirrored = WorkingCopy(pixels=taken(ours, 3), steps=("turned upright (EXIF orientation 2)",))
    assert isinstance(compared(mirrored, iter(()), "M"), str)


@pytest.mark.parametrize("level", [128])
def test_plain_pictures_meet_nothing(ours, level: int) -> None:
    plain = WorkingCopy(pixels=np.full((SIDE_PX, SIDE_PX, 3), level, np.uint8))
    assert pce(compared(plain, copies(ours, range(5)), "M")) < MET_PCE


def test_the_wavelets_give_back_what_goes_in() -> None:
    """Where nothing is explained by a scene (all noise is far below the assumed), the noise is the plane's detail."""
    rng = np.random.default_rng(2)
    plane = rng.normal(0, 0.5, (128, 192)).astype(np.float32)
    taken_away = noise(plane)
    assert float(np.corrcoef(plane.ravel(), taken_away.ravel())[0, 1]) > 0.97


def test_the_middle_is_cut_on_even_places() -> None:
    assert middle(np.zeros((2000, 3001, 3), np.uint8)).shape == (MOST_SIDE_PX, MOST_SIDE_PX, 3)
    assert middle(np.zeros((541, 517, 3), np.uint8)).shape == (528, 512, 3)


def test_levels_that_ended_count_as_none() -> None:
    """Saturated pixels and black ones hold no pattern (Chen, Fridrich, Goljan and Lukas 2008, section II)."""
    pixels = np.full((128, 128, 3), 120, np.uint8)
    for column, level in enumerate((254, 251, 246, 6, 11)):
        pixels[:, 8 * column : 8 * column + 8] = level
    _, levels = noise_of(pixels)
    assert not levels[:, :16].any() and not levels[:, 24:32].any()
    assert levels[:, 16:24].min() == 246 and levels[:, 32:40].min() == 11


def test_the_variance_of_a_scene_is_the_least_of_four_windows() -> None:
    """Mihcak, Kozintsev and Ramchandran 1999: of 3, 5, 7 and 9 places a side."""
    squares = np.square(np.random.default_rng(3).normal(0, 2, (40, 40))).astype(np.float32)
    found = least_around(squares)
    for row, column in [(r, c) for r in range(4, 36) for c in range(4, 36)]:
        means = [
            squares[row - away : row + away + 1, column - away : column + away + 1].mean() for away in (1, 2, 3, 4)
        ]
        assert found[row, column] == pytest.approx(min(means), rel=1e-4)


@pytest.mark.parametrize(("period_px", "least", "most"), [(6, 0.9, 1.1), (20, 0.8, 1.1), (96, 0.0, 0.3)])
def test_what_is_slow_is_scene_and_no_noise(period_px: int, least: float, most: float) -> None:
    """Four levels of a wavelet reach up to waves of 32 pixels."""
    wave = 0.1 * np.sin(np.arange(384) * 2 * np.pi / period_px)
    plane = np.repeat(wave[None, :], 384, 0).astype(np.float32)
    assert least < float(noise(plane).std() / plane.std()) < most


@pytest.mark.parametrize(("deviation", "least", "most"), [(2.0, 0.9, 1.01), (6.0, 0.25, 0.6)])
def test_noise_beyond_what_a_sensor_has_is_taken_for_scene(deviation: float, least: float, most: float) -> None:
    """Wiener's filter for 3 levels keeps 9 parts of 36 of noise of 6 levels, and more where a window has less."""
    plane = np.random.default_rng(4).normal(0, deviation, (256, 256)).astype(np.float32)
    assert least < float(noise(plane).std() / plane.std()) < most


def test_the_scaling_filter_is_orthonormal_and_has_eight_vanishing_moments() -> None:
    """Daubechies 1992, section 6.1: what defines the filter of sixteen coefficients but for its phase."""
    taps = np.array(_SCALING)
    assert taps.sum() == pytest.approx(np.sqrt(2), abs=1e-9)
    for shift in range(0, 16, 2):
        assert (taps[shift:] * taps[: 16 - shift]).sum() == pytest.approx(float(shift == 0), abs=1e-9)
    high = taps[::-1] * (-1.0) ** np.arange(16)
    for power in range(8):
        assert (high * np.linspace(-1, 1, 16) ** power).sum() == pytest.approx(0, abs=1e-7)


def test_the_peak_is_held_against_what_lies_beyond_a_square_of_eleven() -> None:
    """PCE as Goljan, Fridrich and Filler 2009 define it, summed one shift after the other."""
    rng = np.random.default_rng(5)
    sensor = cv2.GaussianBlur(rng.normal(0, 1, (32, 32)), (0, 0), 2.0).astype(np.float32)
    levels = np.full((32, 32), 100, np.float32)
    taken = (sensor * 100 + rng.normal(0, 20, (32, 32))).astype(np.float32)
    ours, theirs = taken.copy(), sensor * levels
    for down, across in np.ndindex(2, 2):
        part = ours[down::2, across::2]
        part -= part.mean(0, keepdims=True)
        part -= part.mean(1, keepdims=True)
    ours, theirs = ours - ours.mean(), theirs - theirs.mean()
    found = np.array(
        [[(ours * np.roll(theirs, (down, across), (0, 1))).sum() for across in range(32)] for down in range(32)]
    )
    away = np.minimum(np.arange(32), 32 - np.arange(32))
    beyond = np.maximum(away[:, None], away[None, :]) > 5
    assert met(taken, levels, sensor)[0] == pytest.approx(found[0, 0] ** 2 / (found[beyond] ** 2).mean(), rel=1e-3)


def test_pictures_that_share_the_sensor_alone_are_no_shot_saved_twice(ours) -> None:
    """A strong pattern: of one tenth of the noise. Two savings of one shot share a fifth of it and more."""
    query = WorkingCopy(pixels=taken(1.35 * ours, 52))
    assert isinstance(compared(query, copies(1.35 * ours, range(5)), "M"), Trace)
    rng = np.random.default_rng(6)
    one, other = (
        np.clip(taken(ours, 53) + rng.normal(0, 1.95, (SIDE_PX, SIDE_PX, 1)), 0, 255).astype(np.uint8) for _ in range(2)
    )
    others = [*copies(ours, range(4)), WorkingCopy(pixels=other)]
    assert isinstance(compared(WorkingCopy(pixels=one), others, "M"), str)
