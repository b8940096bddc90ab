"""What a region looks like: bars, words, marks and blurs on made pictures, and what is just beyond each of them."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from provenance.forensics.comparison.overlays import BAR, BLUR, MARK, TEXT, what

HEIGHT, WIDTH = 240, 320
MIDDLE = np.s_[80:160, 110:210]
Levels = np.ndarray[Any, np.dtype[np.float32]]


def texture(seed: int, soft_px: float = 1.5, spread: float = 30.0) -> Levels:
    """Colourful detail, levels around 120."""
    noise = np.random.default_rng(seed).normal(0, 1, (HEIGHT, WIDTH, 3)).astype(np.float32)
    grey = noise.mean(2, keepdims=True)
    soft = cv2.GaussianBlur(grey + 0.3 * noise, (0, 0), soft_px)
    return np.clip(120 + spread * soft / soft.std(), 0, 255).astype(np.float32)


def box(rows: slice, columns: slice) -> np.ndarray[Any, np.dtype[np.bool_]]:
    mask = np.zeros((HEIGHT, WIDTH), np.bool_)
    mask[rows, columns] = True
    return mask


SIDES = [np.s_[:40, :], np.s_[200:, :], np.s_[:, :50], np.s_[:, 270:]]


def with_squares(ours: Levels, here: tuple[slice, slice], share: float) -> None:
    """Small squares of many colours over a share of the place."""
    rng = np.random.default_rng(5)
    part = ours[here]
    rows, columns = (side // 5 for side in part.shape[:2])
    on = rng.permutation(rows * columns).reshape(rows, columns) < share * rows * columns
    colours = rng.uniform(0, 255, (rows, columns, 3)).astype(np.float32)
    for row, column in np.argwhere(on):
        part[5 * row : 5 * row + 5, 5 * column : 5 * column + 5] = colours[row, column]


@pytest.mark.parametrize("side", SIDES)
def test_a_rectangle_of_one_colour_along_a_side_is_a_bar(side: tuple[slice, slice]) -> None:
    reference = texture(1)
    ours = reference.copy()
    ours[side] = (200, 190, 30)
    assert what(ours, reference, box(*side)) == BAR


@pytest.mark.parametrize("side", SIDES)
def test_with_words_on_it_it_is_a_caption(side: tuple[slice, slice]) -> None:
    reference = texture(1)
    ours = reference.copy()
    ours[side] = (200, 190, 30)
    with_squares(ours, side, 0.3)
    assert what(ours, reference, box(*side)) == TEXT


def test_one_of_many_colours_is_neither() -> None:
    reference = texture(1)
    ours = reference.copy()
    ours[SIDES[1]] = (200, 190, 30)
    with_squares(ours, SIDES[1], 0.75)
    assert what(ours, reference, box(*SIDES[1])) == ""


def test_a_triangle_along_a_side_is_no_bar() -> None:
    reference = texture(1)
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    mask = down > HEIGHT - across / WIDTH * 80
    ours = np.where(mask[..., None], np.float32((200, 190, 30)), reference).astype(np.float32)
    assert what(ours, reference, np.asarray(mask, np.bool_)) == MARK


@pytest.mark.parametrize("place", [np.s_[100:140, :], np.s_[200:, 60:260]])
def test_away_from_the_side_or_short_it_is_no_bar(place: tuple[slice, slice]) -> None:
    """A strip across the middle, and one at the side that spans less than four fifths of it."""
    reference = texture(1)
    ours = reference.copy()
    ours[place] = (200, 190, 30)
    mask = box(*place)
    mask[:, 0] = mask[:, -1] = False
    assert what(ours, reference, mask) == MARK


@pytest.mark.parametrize("sigma", [5.0, 7.0, 14.0])
def test_a_strong_blur_of_the_reference_is_one(sigma: float) -> None:
    reference = texture(2, 4.0)
    ours = reference.copy()
    ours[MIDDLE] = cv2.GaussianBlur(reference, (0, 0), sigma)[MIDDLE]
    assert what(ours, reference, box(*MIDDLE)) == BLUR


def test_a_soft_blur_is_retouching_and_has_no_name() -> None:
    reference = texture(2, 1.2, 60.0)
    ours = reference.copy()
    ours[MIDDLE] = cv2.GaussianBlur(reference, (0, 0), 2.5)[MIDDLE]
    assert what(ours, reference, box(*MIDDLE)) == ""


def test_a_blur_with_grain_on_it_is_one() -> None:
    """The grain leaves slopes; the blur explains nearly all of what differs."""
    reference = texture(2, 4.0, 45.0)
    ours = reference.copy()
    grain = np.random.default_rng(3).normal(0, 4, (HEIGHT, WIDTH, 1)).astype(np.float32)
    ours[MIDDLE] = (cv2.GaussianBlur(reference, (0, 0), 5.0) + grain)[MIDDLE]
    assert what(ours, reference, box(*MIDDLE)) == BLUR


def test_a_strong_blur_of_something_else_is_none() -> None:
    reference = texture(2, 4.0)
    ours = reference.copy()
    ours[MIDDLE] = cv2.GaussianBlur(texture(9, 4.0), (0, 0), 7.0)[MIDDLE]
    assert what(ours, reference, box(*MIDDLE)) != BLUR


@pytest.mark.parametrize("seed", [2, 9])
def test_large_pixels_are_those_of_the_reference_or_have_no_name(seed: int) -> None:
    reference = texture(2, 8.0)
    ours = reference.copy()
    small = cv2.resize(texture(seed, 8.0)[MIDDLE], (10, 8), interpolation=cv2.INTER_AREA)
    ours[MIDDLE] = cv2.resize(small, (100, 80), interpolation=cv2.INTER_NEAREST)
    assert (what(ours, reference, box(*MIDDLE)) == BLUR) is (seed == 2)


def paler(reference: Levels, share: float, colour: tuple[float, ...], place: tuple[slice, slice] = MIDDLE) -> Levels:
    ours = reference.copy()
    ours[place] = share * reference[place] + (1 - share) * np.float32(colour)
    return ours


@pytest.mark.parametrize(
    ("share", "colour", "name"),
    [
        (0.5, (240, 240, 240), MARK),
        (0.6, (250, 30, 30), MARK),
        (0.3, (240, 240, 240), MARK),
        (0.5, (400, 400, 400), ""),
        (0.5, (-150, -150, -150), ""),
    ],
)
def test_what_shines_through_one_colour_is_a_mark(share: float, colour: tuple[float, ...], name: str) -> None:
    """Nothing is whiter than white or blacker than black, so no such colour was laid over it."""
    reference = texture(4, 3.0)
    assert what(paler(reference, share, colour), reference, box(*MIDDLE)) == name


def test_across_most_of_the_picture_it_is_a_caption() -> None:
    reference, place = texture(4, 3.0), np.s_[100:140, 10:310]
    assert what(paler(reference, 0.5, (240, 240, 240), place), reference, box(*place)) == TEXT


def test_what_shines_through_must_be_what_the_reference_has() -> None:
    reference = texture(4, 3.0)
    ours = reference.copy()
    ours[MIDDLE] = paler(texture(8, 3.0), 0.5, (240, 240, 240))[MIDDLE]
    assert what(ours, reference, box(*MIDDLE)) == ""


def test_of_a_coloured_veil_the_finest_detail_must_shine_through_too() -> None:
    """Large shapes alone lie so on each other in two photographs as well."""
    shapes = texture(4, 12.0, 45.0)
    reference, other = (shapes + texture(seed, 1.0, 6.0) - 120 for seed in (5, 6))
    assert what(paler(reference, 0.8, (250, 60, 30)), reference, box(*MIDDLE)) == MARK
    ours = reference.copy()
    ours[MIDDLE] = paler(other, 0.8, (250, 60, 30))[MIDDLE]
    assert what(ours, reference, box(*MIDDLE)) == ""


def test_where_little_changed_nothing_is_named() -> None:
    reference = texture(4, 3.0)
    ours = reference.copy()
    ours[100:104, 120:130] = (255, 255, 255)
    assert what(ours, reference, box(*MIDDLE)) == ""
