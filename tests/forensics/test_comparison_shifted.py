"""What stands a few pixels off in both pictures moved a little, or was pulled by hand as little; nothing was put in."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.forensics.altered import OPERATIONS, altered
from benchmarks.forensics.benign import Pixels, jpeg
from provenance.forensics.comparison.compare import MOVED, SHIFTED
from provenance.forensics.comparison.residual import Residual
from provenance.forensics.comparison.shifted import shifted
from provenance.model.differences import Compared

from .laying import laid

THING = (230, 320, 90, 70)
"""Column, row and radii of the thing that moves, in pixels."""


def frame(scene: Pixels, thing: Pixels, across_px: float, seed: int) -> Pixels:
    """The scene with a large thing of another picture before it, so far to the right, and grain of its own."""
    column, row, wide, high = THING
    row = min(row, scene.shape[0] - high - 20)
    outline = np.zeros(scene.shape[:2], np.float32)
    cv2.ellipse(outline, (column, row), (wide, high), 0, 0, 360, 1.0, -1)
    move, size = np.array([[1, 0, across_px], [0, 1, 0.0]]), scene.shape[1::-1]
    share = cv2.GaussianBlur(cv2.warpAffine(outline, move, size), (0, 0), 1.0)[..., None]
    other = cv2.warpAffine(cv2.resize(thing, size), move, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    grain = np.random.default_rng(seed).normal(0, 2.0, scene.shape)
    return jpeg(np.clip(scene * (1 - share) + other * share + grain, 0, 255).astype(np.uint8), 92)


def pulled(picture: Pixels, most_px: float) -> Pixels:
    """A part drawn to the right by hand: it passes steadily into what stands still."""
    height, width = picture.shape[:2]
    down, across = np.mgrid[:height, :width].astype(np.float32)
    away = ((across - width / 2) ** 2 + (down - height / 2) ** 2) / (2 * (height / 8) ** 2)
    return np.asarray(
        cv2.remap(picture, across + np.float32(most_px) * np.exp(-away), down, cv2.INTER_CUBIC, borderMode=4), np.uint8
    )


@pytest.mark.parametrize("across_px", [1.5, 2.5])
def test_frames_between_which_a_thing_moved_a_little_are_not_said_to_differ(
    across_px: float, photographs: list[Pixels]
) -> None:
    for number, scene in enumerate(photographs):
        thing = photographs[number - 1]
        found = laid(frame(scene, thing, across_px, 2), frame(scene, thing, 0, 1))
        assert (found.outcome, found.reason) == (Compared.NOT_JUDGED, SHIFTED)
        assert found.regions
        assert found.log10_nfa == 0


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_shift_explains_what_was_put_in(operation: str, photographs: list[Pixels]) -> None:
    for number, picture in enumerate(photographs):
        changed, _ = altered(picture, photographs[number - 1], operation, np.random.default_rng([5, number]), (0.04,))
        for quality in (85, 95):
            assert laid(jpeg(changed, quality), picture).outcome in (Compared.DIFFERS, Compared.OVERLAID)


def test_a_thing_that_moved_a_little_does_not_speak_for_a_part_put_in_beside_it(photographs: list[Pixels]) -> None:
    """Each part is asked for itself, however small it is beside the thing."""
    for number, scene in enumerate(photographs):
        thing = photographs[number - 1]
        ours, theirs = frame(scene, thing, 2, 2), frame(scene, thing, 0, 1)
        changed = ours.copy()
        changed[40:100, 460:540] = cv2.resize(thing, scene.shape[1::-1])[200:260, 100:180]
        found = laid(jpeg(changed, 92), theirs)
        assert found.outcome is Compared.DIFFERS
        assert found.log10_nfa < -3


@pytest.mark.parametrize(
    ("number", "left", "top", "side"),
    [(0, 325, 300, 24), (1, 300, 300, 24), (1, 325, 300, 24), (1, 215, 305, 40), (2, 215, 305, 24), (2, 300, 300, 24)],
)
def test_a_small_part_put_in_upon_a_thing_that_moved_or_at_its_edge_is_said_to_differ(
    number: int, left: int, top: int, side: int, photographs: list[Pixels]
) -> None:
    """It hangs together with the thing in one region, of which the shifts explain nearly all."""
    scene, thing, other = photographs[number], photographs[number - 1], photographs[number - 2]
    ours, theirs = frame(scene, thing, 2, 2), frame(scene, thing, 0, 1)
    top -= max(0, THING[1] - scene.shape[0] + 90)
    changed = ours.copy()
    changed[top : top + side, left : left + side] = cv2.resize(other, scene.shape[1::-1])[
        100 : 100 + side, 300 : 300 + side
    ]
    found = laid(jpeg(changed, 92), theirs)
    assert found.outcome is Compared.DIFFERS
    assert len(found.regions) == 1


def test_what_was_pulled_in_a_long_picture_counts_pixels_and_not_shares(photographs: list[Pixels]) -> None:
    """Six thousandths of a strip of 2,500 pixels would be 15."""
    strip = np.hstack([cv2.resize(one, (640, 400)) for one in (*photographs, photographs[0])])
    assert laid(jpeg(pulled(strip, 9), 92), strip).outcome is Compared.DIFFERS


def test_what_was_pulled_is_not_judged_only_while_it_is_a_few_pixels_off(photographs: list[Pixels]) -> None:
    for picture in photographs:
        little = laid(jpeg(pulled(picture, 2.5), 92), picture)
        assert (little.outcome, little.reason) == (Compared.NOT_JUDGED, SHIFTED)
        far = laid(jpeg(pulled(picture, 9), 92), picture)
        assert far.outcome is Compared.DIFFERS
        assert far.reason not in (MOVED, SHIFTED)


def test_nothing_is_explained_where_nothing_is_unusual() -> None:
    for height, width in ((64, 64), (65, 203), (200, 300)):
        plain = np.full((height, width, 3), 90, np.float32)
        rows, columns = height // 8, width // 8
        none, shown = np.zeros((rows, columns)), np.ones((rows, columns), np.bool_)
        found = Residual(
            unusual=none,
            shown=shown,
            softer=none,
            together=none,
            off=np.zeros((height, width, 3), np.float32),
            usual=none,
            spread=none,
        )
        everywhere = np.ones((height, width), np.bool_)
        assert shifted(plain, plain, found, [everywhere]) == (False,)
        assert shifted(plain, plain, found, []) == ()
