"""The noise pattern of a sensor: met by its own pictures, not by those of another."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from provenance.forensics.noise_pattern.denoising import noise
from provenance.forensics.noise_pattern.pattern import MOST_SIDE_PX, middle
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
    assert middle(np.zeros((530, 517, 3), np.uint8)).shape == (528, 512, 3)
