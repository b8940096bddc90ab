"""Two photographs of one scene lie on each other by no one plane; a copy does, but for parts of it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.forensics.altered import altered
from benchmarks.forensics.benign import WAYS, Pixels, jpeg, kept
from provenance.forensics.comparison.compare import OFF_TOGETHER
from provenance.forensics.comparison.lying import off_together_px
from provenance.model.differences import Compared

from .laying import laid_as_sent


def moved(picture: Pixels, across_px: np.ndarray) -> Pixels:
    """Each place shows what lies so many pixels to its right; shape (height, width)."""
    down, across = np.mgrid[: picture.shape[0], : picture.shape[1]].astype(np.float32)
    way = cv2.INTER_CUBIC
    return np.asarray(cv2.remap(picture, across + across_px.astype(np.float32), down, way, borderMode=4), np.uint8)


def three_depths(picture: Pixels, most_px: float = 2.5) -> Pixels:
    """Near, middle and far things in patches of 160 pixels, as a step to the side moves them."""
    height, width = picture.shape[:2]
    depths = np.random.default_rng(8).permutation(np.arange(24) % 3 - 1).reshape(4, 6).astype(np.float32)
    return moved(picture, most_px * cv2.resize(depths, (width, height), interpolation=cv2.INTER_LINEAR))


def test_another_angle_is_no_alteration(photographs: list[Pixels]) -> None:
    for picture in photographs:
        found = laid_as_sent(kept(jpeg(three_depths(picture), 90)), picture)
        assert (found.outcome, found.reason) == (Compared.NOT_JUDGED, OFF_TOGETHER)


@pytest.mark.parametrize(("most_px", "off"), [(0.5, False), (1.2, True)])
def test_from_a_third_of_a_pixel_on_nothing_is_judged(most_px: float, off: bool, photographs: list[Pixels]) -> None:
    """By 0.2 and by 0.4 pixels, at half of the places."""
    found = laid_as_sent(kept(three_depths(photographs[0], most_px)), photographs[0])
    assert (found.reason == OFF_TOGETHER) is off


@pytest.mark.parametrize("way", WAYS)
def test_no_copy_is_off_by_as_much(way: str, photographs: list[Pixels]) -> None:
    for number, picture in enumerate(photographs):
        found = laid_as_sent(WAYS[way](picture, np.random.default_rng(number)), picture)
        assert found.reason != OFF_TOGETHER


def test_a_part_that_was_pulled_is_an_alteration(photographs: list[Pixels]) -> None:
    """A third of the picture drawn to one side, as when a body is made slimmer: the rest lies still, and decides."""
    for picture in photographs:
        height, width = picture.shape[:2]
        part = np.zeros((height, width), np.float32)
        cv2.ellipse(part, (width // 2, height // 2), (width // 3, height // 3), 0, 0, 360, 4.0, -1)
        found = laid_as_sent(kept(jpeg(moved(picture, cv2.GaussianBlur(part, (0, 0), 12)), 90)), picture)
        assert found.outcome is Compared.DIFFERS


def test_a_large_part_that_was_replaced_is_an_alteration(photographs: list[Pixels]) -> None:
    for number, picture in enumerate(photographs):
        changed, _ = altered(picture, photographs[number - 1], "splice", np.random.default_rng([9, number]), (0.3,))
        for sent in (kept(jpeg(changed, 85)), WAYS["half size"](changed, np.random.default_rng(1))):
            assert laid_as_sent(sent, picture).outcome is Compared.DIFFERS


def test_where_too_few_places_say_how_they_lie_nothing_is_concluded(photographs: list[Pixels]) -> None:
    plain = np.full((240, 320, 3), 128, np.float32)
    assert off_together_px(plain, plain, np.ones((30, 40), np.bool_)) == 0
    picture = photographs[0].astype(np.float32)
    rows, columns = picture.shape[0] // 8, picture.shape[1] // 8
    assert off_together_px(picture, picture, np.zeros((rows, columns), np.bool_)) == 0
    assert off_together_px(picture, 255 - picture, np.ones((rows, columns), np.bool_)) == 0
