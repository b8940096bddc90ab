"""Copies within a picture are found, whether shifted, turned, scaled or stretched, with all their numbers."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from provenance.forensics.blind.chance import ALARM_LOG10_NFA, log10_nfa
from provenance.forensics.copy_move.copies import copies
from provenance.forensics.copy_move.exactness import EQUALITY, Least
from provenance.model.differences import Anomaly, AnomalyKind
from provenance.model.outcome import Ran

from .conftest import Checked, copied, scene


def test_a_copied_part_is_found_with_all_its_numbers(checked: Checked) -> None:
    outcome = checked(copied())
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    assert isinstance(found, Anomaly)
    assert found.what is AnomalyKind.COPIED_WITHIN
    (region,) = found.regions
    assert region.tests == windows(384, 448) * 384 * 448 * 2, "windows, shifts by whole pixels, ways"
    assert region.log10_nfa <= ALARM_LOG10_NFA
    again = log10_nfa(region.trials, region.hits, region.chance, region.tests)
    assert again == pytest.approx(region.log10_nfa, abs=1e-3)
    assert region.partner_px is not None
    assert [abs(there - here) for here, there in zip(region.box_px, region.partner_px, strict=True)] == [220, 200, 0, 0]
    boxes = sorted((region.box_px, region.partner_px))
    for (x, y, width, height), true in zip(boxes, ((60, 40), (280, 240)), strict=True):
        assert abs(x - true[0]) <= 16
        assert abs(y - true[1]) <= 16
        assert 88 <= width <= 136
        assert 68 <= height <= 116


def test_a_copy_saved_at_the_highest_quality_is_found(checked: Checked) -> None:
    outcome = checked(copied(), "JPEG", quality=99, subsampling=0)
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    assert isinstance(found, Anomaly)
    (region,) = found.regions
    assert region.tests == windows(384, 448) * 8 * 24 * 2, "windows, likenesses, their forms and equalities, ways"
    again = log10_nfa(region.trials, region.hits, region.chance, region.tests)
    assert again == pytest.approx(region.log10_nfa, abs=1e-3)


def windows(height: int, width: int) -> int:
    """Of all sides, in cells of 8 pixels, at all their places."""
    rows, columns = height // 8, width // 8
    return sum((rows - side + 1) * (columns - side + 1) for side in (3, 4, 6, 8, 12, 16, 24, 32) if side <= rows)


def test_a_copy_that_was_turned_is_found() -> None:
    pixels = scene()
    turn = cv2.getRotationMatrix2D((120, 90), 2, 1.0)
    turned = cv2.warpAffine(pixels, turn, (448, 384), flags=cv2.INTER_CUBIC)
    pixels[230:330, 270:390] = turned[40:140, 60:180]
    assert copies(pixels, Least())


def test_a_copy_turned_by_far_is_found() -> None:
    """Where points lay a quarter of a pixel off, both ways, the parts would be half a pixel apart."""
    pixels = scene()
    turned = cv2.warpAffine(pixels, cv2.getRotationMatrix2D((130, 100), 150, 1.0), (448, 384), flags=cv2.INTER_CUBIC)
    pixels[220:340, 290:410] = turned[40:160, 70:190]
    assert copies(pixels, Least())


@pytest.mark.parametrize("stretched", [(1.0, 0.78), (0.9, 0.9), (1.15, 1.0)])
def test_a_copy_that_was_stretched_is_found_whichever_of_the_two_is_finer(stretched: tuple[float, float]) -> None:
    pixels = scene()
    part = cv2.resize(pixels[40:168, 60:204], None, fx=stretched[0], fy=stretched[1], interpolation=cv2.INTER_CUBIC)
    pixels[210 : 210 + len(part), 250 : 250 + part.shape[1]] = part
    found = copies(pixels, Least())
    assert found
    linear, (x, y, width, height) = found[0].shift[:, :2], found[0].found.window
    laid = np.array([x + width / 2, y + height / 2])
    copied = laid[0] >= 250 and laid[1] >= 210
    assert np.allclose(linear, np.diag(1 / np.array(stretched) if copied else np.array(stretched)), atol=0.02)
    assert found[0].found.chance in {level.chance for level in EQUALITY}
    assert found[0].found.log10_nfa < ALARM_LOG10_NFA


def test_a_small_turned_copy_is_found_by_its_colours_too() -> None:
    """Sixteen cells and the noise of the colours, with a little grain laid on; in grey the same part stays unfound."""
    pixels = scene(seed=6)
    turned = cv2.warpAffine(pixels, cv2.getRotationMatrix2D((120, 90), 12, 1.06), (448, 384), flags=cv2.INTER_CUBIC)
    grain = np.random.default_rng(1).normal(0, 0.6, (42, 42, 1))
    pixels[252:294, 300:342] = np.clip(np.round(turned[72:114, 102:144] + grain), 0, 255)
    found = copies(pixels, Least())
    assert found and found[0].found.chance == EQUALITY[-1].chance
    grey = np.repeat(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)
    assert not copies(grey, Least())


def test_points_are_found_in_a_reduced_picture_and_cells_compared_in_the_whole_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Laid by the places of a picture of half the size and less, to the pixel."""
    pixels = scene(256, 320)
    pixels[140:240, 200:300] = pixels[20:120, 20:120] + np.random.default_rng(1).integers(0, 2, (100, 100, 3), np.uint8)
    monkeypatch.setattr("provenance.forensics.copy_move.copies.MOST_PX", 40_000)
    (found,) = copies(pixels, Least())
    x, y, width, height = found.found.window
    middle = np.array([x + width / 2, y + height / 2])
    away = found.shift[:, :2] @ middle + found.shift[:, 2] - middle
    assert np.allclose(np.abs(away), (180, 120), atol=0.1)


def test_of_many_copies_four_pairs_are_told_the_surest_first() -> None:
    pixels = scene(240, 320)
    for number, side in enumerate((64, 56, 48, 40, 40, 40)):
        x, y = 5 + 101 * (number % 3), 110 + 71 * (number // 3)
        pixels[y : y + side, x : x + side] = pixels[10 : 10 + side, 7 + 90 * (number % 3) :][:, :side]
    found = [one.found.log10_nfa for one in copies(pixels, Least())]
    assert len(found) == 4
    assert found == sorted(found)
