"""Two exposures focused at different distances are not said to differ; what was retouched, put in or filtered is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.forensics.benign import FILTERS, Pixels, jpeg
from provenance.forensics.comparison.compare import REFOCUSED, Difference, difference
from provenance.forensics.comparison.focusing import refocused
from provenance.model.differences import Compared
from provenance.model.image import WorkingCopy

Levels = NDArray[np.floating]
HEIGHT, WIDTH = 480, 640
LEFT = slice(60, 300), slice(40, 200)
RIGHT = slice(140, 420), slice(420, 600)
BESIDE = slice(330, 374), slice(250, 294)


def scene(seed: int) -> Pixels:
    """As much of each scale, as photographs have."""
    rng = np.random.default_rng(seed)
    levels = np.zeros((HEIGHT, WIDTH))
    for sigma_px in (0.8, 1.6, 3.2, 6.4, 12.8, 25.6):
        soft = cv2.GaussianBlur(rng.normal(size=(HEIGHT, WIDTH)), (0, 0), sigma_px)
        levels += soft / soft.std()
    return np.clip(128 + 15 * levels[..., None] * [1.0, 0.9, 0.8], 0, 255).astype(np.uint8)


def unfocused(picture: Pixels, place: tuple[slice, slice], radius_px: float = 4.0) -> Pixels:
    """One place as a lens shows it that is focused elsewhere: a disc, soft at its edge."""
    side = 2 * int(radius_px) + 3
    y, x = np.mgrid[:side, :side] - side // 2
    disc = np.clip(radius_px + 0.5 - np.hypot(x, y), 0, 1)
    blurred = cv2.filter2D(picture, -1, disc / disc.sum())
    there = np.zeros(picture.shape[:2], np.float32)
    there[place] = 1
    share = cv2.GaussianBlur(there, (0, 0), 2)[..., None]
    return np.asarray(picture * (1 - share) + blurred * share, np.uint8)


def near_and_far(seed: int = 1) -> tuple[Pixels, Pixels]:
    whole = scene(seed)
    return unfocused(whole, LEFT), unfocused(whole, RIGHT)


def compared(query: Pixels, reference: Pixels, quality: int = 90) -> Difference:
    ours, theirs = WorkingCopy(pixels=jpeg(query, quality)), WorkingCopy(pixels=jpeg(reference, 92))
    return difference(ours, theirs, np.eye(3))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_sharper_somewhere_is_not_judged_and_keeps_its_regions(seed: int) -> None:
    near, far = near_and_far(seed)
    for query, reference in ((near, far), (far, near)):
        found = compared(query, reference)
        assert (found.outcome, found.reason) == (Compared.NOT_JUDGED, REFOCUSED)
        assert found.regions
        assert found.log10_nfa == 0


def test_half_the_size_and_other_tones_hide_nothing() -> None:
    near, far = near_and_far()
    smaller = cv2.resize(near, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    toned = np.clip(near.astype(np.float64) * 0.9 + 20, 0, 255).astype(np.uint8)
    matrix = np.array([[2, 0, 0.5], [0, 2, 0.5], [0, 0, 1.0]])
    ours, theirs = WorkingCopy(pixels=jpeg(smaller, 85)), WorkingCopy(pixels=far)
    assert difference(ours, theirs, matrix).reason == REFOCUSED
    assert compared(toned, far).reason == REFOCUSED


def test_one_way_is_retouching() -> None:
    whole = scene(1)
    assert compared(unfocused(whole, LEFT), whole).outcome is Compared.DIFFERS
    assert compared(whole, unfocused(whole, LEFT)).outcome is Compared.DIFFERS
    both = unfocused(unfocused(whole, LEFT), RIGHT)
    assert compared(both, whole).outcome is Compared.DIFFERS


def test_a_splice_beside_two_focuses_is_said() -> None:
    near, far = near_and_far()
    near[BESIDE] = scene(9)[BESIDE]
    assert compared(near, far).outcome is Compared.DIFFERS


@pytest.mark.parametrize("corner", [(80, 70), (150, 60)])
def test_a_splice_where_two_focuses_differ_is_said(corner: tuple[int, int]) -> None:
    near, far = near_and_far()
    there = slice(corner[0], corner[0] + 110), slice(corner[1], corner[1] + 110)
    near[there] = scene(9)[there]
    assert compared(near, far).outcome is Compared.DIFFERS
    assert compared(far, near).outcome is Compared.DIFFERS


def _strewn(near: Pixels) -> Pixels:
    """With pieces of something else in the place that it shows blurred, all of them narrower than a splice."""
    changed = near.copy()
    for top in range(80, 280, 60):
        for left in range(60, 180, 60):
            there = slice(top, top + 24), slice(left, left + 24)
            changed[there] = scene(9)[there]
    return changed


def test_what_no_blur_explains_in_many_small_pieces_is_no_splice() -> None:
    near, far = near_and_far()
    assert compared(_strewn(near), far).reason == REFOCUSED


def test_a_piece_is_measured_by_the_picture_and_by_no_less_than_64_pixels() -> None:
    near, far = near_and_far()
    there = np.zeros((HEIGHT, WIDTH), np.bool_)
    there[LEFT] = True
    piece, small = (slice(130, 200), slice(80, 150)), (slice(140, 300), slice(100, 480))
    spliced = near.copy()
    spliced[piece] = scene(9)[piece]
    shown = np.ones_like(there)
    assert not refocused(spliced, far, shown, [there])
    larger = np.tile(spliced, (2, 2, 1)), np.tile(far, (2, 2, 1))
    part = np.zeros((2 * HEIGHT, 2 * WIDTH), np.bool_)
    part[LEFT] = True
    assert refocused(*larger, np.ones_like(part), [part])
    assert refocused(_strewn(near)[small], far[small], shown[small], [there[small]])


def test_a_speck_that_is_sharper_the_other_way_is_not_enough() -> None:
    whole = scene(1)
    speck = slice(200, 240), slice(480, 520)
    found = compared(unfocused(whole, LEFT), unfocused(whole, speck))
    assert found.outcome is Compared.DIFFERS


def _bilateral(picture: Pixels) -> Pixels:
    smooth = cv2.bilateralFilter(picture, 7, 30, 5)
    return cv2.addWeighted(smooth, 1.7, cv2.GaussianBlur(smooth, (0, 0), 1.5), -0.7, 0)


def _sharpened(picture: Pixels) -> Pixels:
    return cv2.addWeighted(picture, 2.2, cv2.GaussianBlur(picture, (0, 0), 2.0), -1.2, 0)


@pytest.mark.parametrize("filtered", [_bilateral, _sharpened, lambda one: cv2.medianBlur(one, 5)])
def test_filters_over_a_retouched_copy_are_no_lens(filtered: object) -> None:
    assert callable(filtered)
    whole = scene(1)
    found = compared(filtered(unfocused(whole, LEFT)), whole)
    assert found.reason != REFOCUSED


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_tones_that_raise_contrast_here_and_lower_it_there_are_no_lens(name: str) -> None:
    whole = scene(1)
    levels = FILTERS[name](unfocused(whole, LEFT).astype(np.float64), np.random.default_rng(1))
    found = compared(np.clip(levels, 0, 255).astype(np.uint8), whole)
    assert found.reason != REFOCUSED


def test_nothing_differing_and_nothing_shown_explain_nothing() -> None:
    near, far = near_and_far()
    shown, there = np.ones((HEIGHT, WIDTH), np.bool_), np.zeros((HEIGHT, WIDTH), np.bool_)
    there[LEFT] = True
    assert refocused(near, far, shown, [there])
    assert not refocused(near, far, shown, [])
    assert not refocused(near, far, ~shown, [there])
    plain = np.zeros_like(there)
    plain[300:330, 250:280] = True
    assert not refocused(near, far, shown, [there, plain])


def _put(picture: Pixels, other: Levels) -> Pixels:
    """The picture with something else in nearly all of the one place."""
    inner = slice(LEFT[0].start + 12, LEFT[0].stop - 12), slice(LEFT[1].start + 12, LEFT[1].stop - 12)
    changed = picture.copy()
    changed[inner] = np.clip(other, 0, 255).astype(np.uint8)[inner]
    return changed


def _texture(sigma_px: float) -> Levels:
    fine = cv2.GaussianBlur(np.random.default_rng(5).normal(size=(HEIGHT, WIDTH)), (0, 0), sigma_px)
    return np.asarray(np.repeat(fine[..., None] / fine.std(), 3, axis=2), np.float64)


def _explained(near: Pixels, far: Pixels) -> bool:
    there = np.zeros((HEIGHT, WIDTH), np.bool_)
    there[LEFT] = True
    return refocused(near, far, np.ones_like(there), [there])


def test_what_blur_explains_by_half_is_more_than_blur() -> None:
    near, far = near_and_far()
    other = unfocused(scene(9), LEFT).astype(np.float64) - 128
    assert _explained(_put(near, near + 0.1 * other), far)
    assert not _explained(_put(near, near + 0.5 * other), far)


@pytest.mark.parametrize("sigma_px", [0.8, 2.4])
def test_smooth_ground_is_no_blur_of_what_was_put_over_it(sigma_px: float) -> None:
    near, far = near_and_far()
    assert not _explained(near, _put(far, 128 + 60 * _texture(sigma_px)))


@pytest.mark.parametrize(("sigma_px", "blur_px", "contrast"), [(2.4, 4.0, 0.2), (0.6, 5.6, 8.0)])
def test_blur_that_takes_or_gives_contrast_is_no_lens(sigma_px: float, blur_px: float, contrast: float) -> None:
    near, far = near_and_far()
    fine = np.clip(128 + 40 * _texture(sigma_px), 0, 255)
    soft = np.asarray(cv2.GaussianBlur(fine, (0, 0), blur_px), np.float64)
    sharp = _put(far, fine)
    assert _explained(_put(near, soft), sharp)
    assert not _explained(_put(near, 128 + contrast * (soft - 128)), sharp)
