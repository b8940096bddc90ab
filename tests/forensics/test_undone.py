"""Resizing and turning that are undone: pictures that had been JPEGs and were fitted, cut or straightened since."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.forensics.blind import pasted
from benchmarks.forensics.versions import decoded, jpeg
from provenance.forensics.blind import undoing, undone
from provenance.forensics.blind.regions import Suspect
from provenance.forensics.blind.undone import is_whole_when_undone
from provenance.forensics.blind.votes import luminance
from provenance.image.containers.jpeg_tables import libjpeg

from .conftest import Pixels, suspected

Bytes = NDArray[np.uint8]
LAST = libjpeg(99)[0]


def was_a_jpeg(pixels: Pixels, quality: int = 80) -> Pixels:
    """As a JPEG of that quality shows it."""
    return decoded(jpeg(pixels, quality))


def saved_again(pixels: Pixels) -> Bytes:
    """Luminance of a JPEG of 99."""
    return luminance(decoded(jpeg(pixels, 99)))


def fitted(pixels: Pixels, width: int, height: int) -> Pixels:
    """To a size."""
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def part(shape: tuple[int, ...], column: int, row: int, side: int = 12) -> Suspect:
    """A window in cells of 8 pixels."""
    cells = (shape[0] // 8, shape[1] // 8)
    return suspected(cells, (row, column, side), log10_nfa=-9.0, grid=(1, 1))


@pytest.fixture(scope="module")
def before(yard: Pixels) -> Pixels:
    return was_a_jpeg(yard[:320, :400])


@pytest.fixture(scope="module")
def small(yard: Pixels) -> Pixels:
    """Of few pixels, where all undoings are tried."""
    return was_a_jpeg(yard[112:304, :256])


@pytest.mark.parametrize("size", [(401, 320), (400, 319), (402, 322), (396, 317), (399, 321)])
def test_a_picture_that_was_fitted_to_another_size_is_whole_when_that_is_undone(
    before: Pixels, size: tuple[int, int]
) -> None:
    luma = saved_again(fitted(before, *size))
    assert is_whole_when_undone(luma, part(luma.shape, 4, 20), LAST)


def test_so_is_one_that_was_cut_after_it_and_one_that_was_turned(before: Pixels) -> None:
    # Of 1.01 the former grid lies on whole pixels every 100 pixels; 3 and 5 pixels are cut off.
    cut = saved_again(fitted(before, 404, 323)[5:, 3:])
    assert is_whole_when_undone(cut, part(cut.shape, 19, 19), LAST)
    turn = cv2.getRotationMatrix2D((199.5, 159.5), 0.4, 1.0)
    turned = cv2.warpAffine(before, turn, (400, 320), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    luma = saved_again(np.asarray(turned, np.uint8))
    assert is_whole_when_undone(luma, part(luma.shape, 19, 14), LAST)


@pytest.mark.parametrize("quality", [70, 93])
def test_a_picture_with_a_part_from_another_has_most_votes_as_it_is(small: Pixels, road: Pixels, quality: int) -> None:
    laid, mask = pasted(small, was_a_jpeg(road, quality), 96, np.random.default_rng(3))
    rows, columns = np.nonzero(mask)
    luma = saved_again(laid)
    assert not is_whole_when_undone(luma, part(luma.shape, int(columns[0]) // 8, int(rows[0]) // 8), LAST)


def test_a_picture_that_was_never_a_jpeg_and_one_without_detail_are_no_whole(yard: Pixels) -> None:
    half = np.asarray(cv2.resize(yard[:320, :400], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    luma = luminance(half)
    assert not is_whole_when_undone(luma, part(luma.shape, 8, 6), LAST)
    plain = np.full((128, 136), 90, np.uint8)
    assert not is_whole_when_undone(plain, part(plain.shape, 1, 1), LAST)


def test_what_is_looked_at_of_a_large_picture_lies_around_the_part(before: Pixels) -> None:
    large = np.tile(fitted(before, 404, 323)[:320, :400], (2, 3, 1))
    luma = saved_again(large)
    assert is_whole_when_undone(luma, part(luma.shape, 110, 50), LAST)


def test_a_part_laid_into_a_picture_that_had_been_resized_does_not_go_with_it(small: Pixels, road: Pixels) -> None:
    """The picture is whole when its resizing is undone, and the part then has no votes left."""
    resized = fitted(small, 258, 194)[:192, :256]
    whole = saved_again(resized)
    assert is_whole_when_undone(whole, part(whole.shape, 12, 8), LAST)
    laid = resized.copy()
    laid[64:160, 96:192] = was_a_jpeg(road)[101:197, 203:299]
    luma = saved_again(laid)
    assert not is_whole_when_undone(luma, part(luma.shape, 12, 8), LAST)


def told_by_steps(shape: tuple[int, ...], column: int, row: int) -> Suspect:
    """A window of 48 pixels that the steps of libjpeg at 95 were seen in."""
    return replace(part(shape, column, row, 6), steps=libjpeg(95)[0])


def a_pixel_larger(pixels: Pixels) -> Pixels:
    """Pixels near the upper left corner lie nearly where they lay, those in the middle half a pixel off."""
    height, width = pixels.shape[:2]
    larger = cv2.resize(pixels, (width + 1, height + 1), interpolation=cv2.INTER_LANCZOS4)
    return np.asarray(larger, np.uint8)


@pytest.fixture
def no_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in photographs of which the last saving leaves hardly a zero of the first one."""
    monkeypatch.setattr(undone, "_more_votes", lambda *_: False)


@pytest.mark.usefixtures("no_votes")
def test_without_votes_the_steps_of_a_part_tell_that_the_rest_has_them_too(yard: Pixels) -> None:
    luma = saved_again(a_pixel_larger(was_a_jpeg(yard[112:304, 200:456], 95)))
    assert not is_whole_when_undone(luma, part(luma.shape, 1, 1, 6), LAST)
    assert is_whole_when_undone(luma, told_by_steps(luma.shape, 1, 1), LAST)


@pytest.mark.usefixtures("no_votes")
@pytest.mark.parametrize("resized", [False, True])
def test_steps_of_a_part_laid_in_are_not_those_of_the_rest(yard: Pixels, road: Pixels, resized: bool) -> None:
    """Also where the rest has the same ones on a grid of its own, as it is or once its resizing is undone."""
    laid = was_a_jpeg(yard[112:304, 200:456], 95)
    laid = a_pixel_larger(laid) if resized else laid.copy()
    laid[8:56, 8:56] = was_a_jpeg(road, 95)[101:149, 203:251]
    luma = saved_again(laid)
    assert not is_whole_when_undone(luma, told_by_steps(luma.shape, 1, 1), LAST)


@pytest.mark.parametrize("shape", [(5000, 8000), (200, 20_000), (20_000, 200), (720, 720)])
def test_so_many_undoings_are_tried_whatever_the_size(shape: tuple[int, int]) -> None:
    near = min(400, shape[0]), min(400, shape[1])
    for side in (32, 128, 1024):
        assert len(list(undoing.undoings(shape, near, (0, 0), (0, 0, side, side)))) <= 320


def test_a_window_larger_than_what_is_looked_at_fills_it() -> None:
    assert undoing.part_of((400, 400), (312, 312), (0, 0, 1024, 1024)).all()
    assert undoing.part_of((400, 400), (8, 16), (108, 116, 32, 64)).sum() == 32 * 64
