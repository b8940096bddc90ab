"""A thing that went far, turned and bent stands in both pictures; what was put in, or moved and filled by hand, not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.forensics.altered import OPERATIONS, altered
from benchmarks.forensics.benign import Pixels, jpeg
from provenance.forensics.comparison.compare import MOVED
from provenance.forensics.comparison.elsewhere import _nearest, elsewhere
from provenance.forensics.comparison.residual import Residual, residual
from provenance.model.differences import Compared

from .laying import laid

ROW, COLUMN, ACROSS_PX, DOWN_PX, TURN_DEG = 160, 250, 60.0, 40.0, 10.0


def frame(scene: Pixels, things: Pixels, time: float, seed: int) -> Pixels:
    """A thing of a fifth of the picture's width before the scene, that turns and bends on its way."""
    height, width = scene.shape[:2]
    turn = cv2.getRotationMatrix2D((COLUMN, ROW), time * TURN_DEG, 1.0)
    turn[:, 2] += np.array([time * ACROSS_PX, time * DOWN_PX])
    outline = np.zeros((height, width), np.float32)
    cv2.ellipse(outline, (COLUMN, ROW), (100, 70), 0, 0, 360, 1.0, -1)
    share = cv2.GaussianBlur(cv2.warpAffine(outline, turn, (width, height)), (0, 0), 0.8)[..., None]
    down, across = np.mgrid[:height, :width].astype(np.float32)
    bent = across + time * 5 * np.sin(down / 25)
    thing = cv2.remap(cv2.resize(things, (width, height)), bent, down, cv2.INTER_CUBIC, borderMode=4)
    other = cv2.warpAffine(thing, turn, (width, height), flags=cv2.INTER_CUBIC)
    grain = np.random.default_rng(seed).normal(0, 2.0, scene.shape)
    return jpeg(np.clip(scene * (1 - share) + other * share + grain, 0, 255).astype(np.uint8), 92)


def test_a_thing_that_went_far_and_bent_moved(photographs: list[Pixels]) -> None:
    yard, road, warehouse = photographs
    for scene, things in ((road, yard), (road, warehouse), (warehouse, road)):
        found = laid(frame(scene, things, 1, 2), frame(scene, things, 0, 1))
        assert (found.outcome, found.reason) == (Compared.NOT_JUDGED, MOVED)
        assert found.regions


def test_what_was_put_in_beside_it_is_said_to_differ(photographs: list[Pixels]) -> None:
    yard, road, warehouse = photographs
    before, after = (frame(road, yard, time, time).copy() for time in (0, 1))
    after[300:370, 480:580] = warehouse[100:170, 200:300]
    assert laid(after, before).outcome is Compared.DIFFERS


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_large_part_that_was_altered_is_said_to_differ(operation: str, photographs: list[Pixels]) -> None:
    for number, picture in enumerate(photographs):
        changed, _ = altered(picture, photographs[number - 1], operation, np.random.default_rng([7, number]), (0.1,))
        assert laid(jpeg(changed, 92), picture).outcome is Compared.DIFFERS


def test_a_third_of_the_picture_that_was_replaced_is_said_to_differ(photographs: list[Pixels]) -> None:
    """Little is left in which a patch could be found as well."""
    for number, picture in enumerate(photographs):
        height, width = picture.shape[:2]
        changed = picture.copy()
        changed[: height * 2 // 5] = cv2.resize(photographs[number - 1], (width, height))[: height * 2 // 5]
        assert laid(jpeg(changed, 92), picture).outcome in (Compared.DIFFERS, Compared.OTHER_PHOTOGRAPH)


def test_a_part_moved_far_by_hand_is_said_to_differ(photographs: list[Pixels]) -> None:
    """The ground that was filled in stands where nothing differs."""
    for picture in photographs:
        hole = np.zeros(picture.shape[:2], np.uint8)
        cv2.ellipse(hole, (170, 200), (60, 45), 0, 0, 360, 255, -1)
        filled = cv2.inpaint(picture, hole, 5, cv2.INPAINT_TELEA)
        there = np.roll(hole, (30, 200), (0, 1)) > 0
        filled[there] = np.roll(picture, (30, 200), (0, 1))[there]
        assert laid(jpeg(filled, 92), picture).outcome is Compared.DIFFERS


def test_parts_that_were_exchanged_by_hand_are_said_to_differ(photographs: list[Pixels]) -> None:
    """Each stands where the other was: things that move go one way, and leave ground that was hidden."""
    for picture in photographs:
        here = np.zeros(picture.shape[:2], np.uint8)
        cv2.ellipse(here, (150, 210), (90, 70), 0, 0, 360, 255, -1)
        away = (10, 300)
        changed = picture.copy()
        for part, by in ((here > 0, away), (np.roll(here, away, (0, 1)) > 0, (-away[0], -away[1]))):
            there = np.roll(part, by, (0, 1))
            changed[there] = np.roll(picture, by, (0, 1))[there]
        assert laid(jpeg(changed, 92), picture).outcome is Compared.DIFFERS


def test_the_nearest_patches_are_those_of_all_that_lie_far_enough_away() -> None:
    rng = np.random.default_rng(3)
    patches, others = (rng.uniform(0, 255, (count, 48)).astype(np.float32) for count in (120, 3_000))
    places, among = rng.integers(0, 90, (120, 2)), rng.integers(0, 90, (3_000, 2))
    apart = ((patches[:, None].astype(np.float64) - others[None]) ** 2).sum(2)
    near, which = _nearest(patches, others)
    assert np.array_equal(which, apart.argmin(1)) and np.allclose(near, apart.min(1), atol=2)
    apart[np.hypot(*(places[:, None] - among[None]).transpose(2, 0, 1)) < 24] = np.inf
    near, which = _nearest(patches, others, places, among)
    assert np.array_equal(which, apart.argmin(1)) and np.allclose(near, apart.min(1), atol=2)


def test_nothing_is_concluded_where_no_patch_fits_and_on_plain_ground() -> None:
    for height, width in ((80, 80), (80, 304)):
        plain = np.full((height, width, 3), 90, np.float32)
        all_of_it = np.ones((height, width), np.bool_)
        left = _left(plain, plain)
        assert elsewhere(plain, plain, left, [all_of_it, ~all_of_it]) == (False, False)
        assert elsewhere(plain, plain, left, [~all_of_it]) == (False,)


def _left(ours: np.ndarray, theirs: np.ndarray) -> Residual:
    left = residual(ours, theirs, theirs, np.ones(ours.shape[:2], np.bool_), None, toned_levels=0.0)
    assert left is not None
    return left
