"""Copies within a picture are found; what only looks alike, was drawn or was saved away raises no alarm."""

from __future__ import annotations

import io
import math
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.forensics.blind.chance import ALARM_LOG10_NFA, log10_nfa
from provenance.forensics.copy_move.against import light, planes, softenings
from provenance.forensics.copy_move.closer import closer
from provenance.forensics.copy_move.copies import copies, inverse
from provenance.forensics.copy_move.exactness import EQUALITY, Least, patterned
from provenance.forensics.copy_move.identical import CHANCE_EQUAL, identical
from provenance.forensics.copy_move.shifts import sound
from provenance.forensics.copy_move.within import check
from provenance.image.decoding.decoder import Decoder
from provenance.image.load import load_bytes
from provenance.model.context import Context
from provenance.model.differences import Anomaly, AnomalyKind
from provenance.model.limits import Limits
from provenance.model.outcome import Outcome, Ran, Skipped

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reference"


@pytest.fixture(scope="module")
def decoder():
    with Decoder() as started:
        yield started


def photograph(height: int = 384, width: int = 448, seed: int = 5) -> np.ndarray:
    """Texture at all scales with the noise of a camera, which no two places share."""
    rng = np.random.default_rng(seed)
    levels = np.full((height, width, 3), 110.0)
    for sigma, strength in ((24, 60), (8, 34), (2.5, 20)):
        plane = cv2.GaussianBlur(rng.normal(0, 1, (height, width)), (0, 0), sigma)
        levels += (strength * plane / plane.std())[..., None] * (1.0, 0.9, 0.8)
    return np.clip(levels + rng.normal(0, 2.0, levels.shape), 0, 255).astype(np.uint8)


def checked(decoder: Decoder, pixels: np.ndarray, form: str = "PNG", **how: object) -> Outcome:
    buffer = io.BytesIO()
    Pillow.fromarray(pixels).save(buffer, form, **how)
    image = load_bytes(buffer.getvalue(), "picture", decoder, Limits(), timeout_s=None)
    return check(image, Context(now=datetime(2026, 1, 1, tzinfo=UTC)))


def copied() -> np.ndarray:
    pixels = photograph()
    pixels[240:340, 280:400] = pixels[40:140, 60:180]
    return pixels


def test_a_copied_part_is_found_with_all_its_numbers(decoder) -> None:
    outcome = checked(decoder, copied())
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    assert isinstance(found, Anomaly)
    assert found.what is AnomalyKind.COPIED_WITHIN
    region = found.regions[0]
    assert region.log10_nfa <= ALARM_LOG10_NFA
    again = log10_nfa(region.trials, region.hits, region.chance, region.tests)
    assert again == pytest.approx(region.log10_nfa, abs=1e-3)
    assert region.partner_px is not None
    boxes = sorted((region.box_px, region.partner_px))
    for (x, y, width, height), true in zip(boxes, ((60, 40), (280, 240)), strict=True):
        assert abs(x - true[0]) <= 16
        assert abs(y - true[1]) <= 16
        assert 88 <= width <= 136
        assert 68 <= height <= 116


def test_a_copy_saved_at_the_highest_quality_is_found(decoder) -> None:
    assert isinstance(outcome := checked(decoder, copied(), "JPEG", quality=99, subsampling=0), Ran)
    assert outcome.evidence


def test_a_copy_that_was_turned_is_found() -> None:
    pixels = photograph()
    turn = cv2.getRotationMatrix2D((120, 90), 2, 1.0)
    turned = cv2.warpAffine(pixels, turn, (448, 384), flags=cv2.INTER_CUBIC)
    pixels[230:330, 270:390] = turned[40:140, 60:180]
    assert copies(pixels, Least())


def test_a_copy_turned_by_far_is_found() -> None:
    """Where points lay a quarter of a pixel off, both ways, the parts would be half a pixel apart."""
    pixels = photograph()
    turned = cv2.warpAffine(pixels, cv2.getRotationMatrix2D((130, 100), 150, 1.0), (448, 384), flags=cv2.INTER_CUBIC)
    pixels[220:340, 290:410] = turned[40:160, 70:190]
    assert copies(pixels, Least())


def test_points_of_a_picture_and_of_its_half_turn_lie_upon_each_other() -> None:
    grey = cv2.cvtColor(photograph(120, 136), cv2.COLOR_RGB2GRAY)
    half = np.array([[-1.0, 0.0, 2 * 136 + 40 - 1], [0.0, -1.0, 119.0]])
    both = np.full((120, 2 * 136 + 40), 90, np.uint8)
    both[:, :136], both[:, -136:] = grey, grey[::-1, ::-1]
    laid = closer(both, half + np.array([[0, 0, 0.6], [0, 0, -0.5]]), (0, 0, 136, 120))
    assert laid is not None
    assert np.abs((laid - half) @ (68, 60, 1)).max() < 0.05


def test_a_part_made_smaller_softly_equals_its_partner_softened() -> None:
    grain = cv2.GaussianBlur(np.random.default_rng(2).normal(0, 30, (384, 448, 3)), (0, 0), 0.6)
    pixels = np.clip(photograph() + grain, 0, 255).astype(np.uint8)
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


@pytest.mark.parametrize("stretched", [(1.0, 0.78), (0.9, 0.9), (1.15, 1.0)])
def test_a_copy_that_was_stretched_is_found_whichever_of_the_two_is_finer(stretched: tuple[float, float]) -> None:
    pixels = photograph()
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


def test_a_likeness_is_undone_by_its_inverse() -> None:
    shift = np.array([[1.1, -0.2, 30.0], [0.1, 0.9, -12.0]])
    there = shift[:, :2] @ (100.0, 50.0) + shift[:, 2]
    back = inverse(shift)
    assert np.allclose(back[:, :2] @ there + back[:, 2], (100.0, 50.0))


@pytest.mark.parametrize("linear", [[[0, 0], [0, 0]], [[1, 1], [1, 1]], [[3, 0], [0, 3]], [[1, 0], [0, math.nan]]])
def test_a_likeness_that_cannot_be_undone_is_none(linear: list[list[float]]) -> None:
    assert not sound(np.column_stack([np.array(linear, np.float64), (5.0, 5.0)]))
    assert sound(np.array([[0.9, -0.1, 5.0], [0.1, 1.1, 5.0]]))


def test_what_repeats_with_its_own_noise_is_no_copy() -> None:
    rng = np.random.default_rng(3)
    one = photograph(96, 112, seed=9).astype(np.float64)
    wall = np.tile(one, (4, 4, 1)) + rng.normal(0, 3.0, (384, 448, 3))
    assert not copies(np.clip(wall, 0, 255).astype(np.uint8), Least())


def test_bricks_of_one_mould_are_no_copies() -> None:
    rng = np.random.default_rng(4)
    wall = np.full((400, 480, 3), 170.0)
    for row in range(10):
        for column in range(7):
            x = column * 72 - 36 * (row % 2)
            brick = (130 + rng.normal(0, 6), 70 + rng.normal(0, 5), 55 + rng.normal(0, 5))
            cv2.rectangle(wall, (x + 2, row * 40 + 2), (x + 68, row * 40 + 36), brick, -1)
    wall = cv2.GaussianBlur(wall, (0, 0), 0.8) + rng.normal(0, 2.5, wall.shape)
    assert not copies(np.clip(wall, 0, 255).astype(np.uint8), Least())


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.jpg"))[::3], ids=lambda path: path.stem)
def test_untouched_photographs_raise_no_alarm(path: Path) -> None:
    with Pillow.open(path) as opened:
        shown = opened.convert("RGB")
        shown.thumbnail((420, 420))
    assert not copies(np.asarray(shown, np.uint8), Least())


def test_posted_copies_are_not_judged(decoder) -> None:
    for quality in (60, 78, 85, 92):
        outcome = checked(decoder, copied(), "JPEG", quality=quality)
        assert isinstance(outcome, Skipped), quality
        assert "below quality" in outcome.reason
    assert isinstance(checked(decoder, copied(), "WEBP", quality=90), Skipped)


def screenshot() -> np.ndarray:
    buffer = io.BytesIO()
    Pillow.fromarray(photograph()).save(buffer, "JPEG", quality=80)
    with Pillow.open(buffer) as posted:
        shown = np.asarray(posted.convert("RGB"))
    return np.asarray(cv2.resize(shown, None, fx=0.73, fy=0.73, interpolation=cv2.INTER_AREA), np.uint8)


def test_a_screenshot_of_a_posted_copy_is_judged_only_where_parts_are_equal(decoder) -> None:
    pixels = screenshot()
    assert isinstance(outcome := checked(decoder, pixels), Skipped)
    assert "noise of its colours" in outcome.reason
    pixels[151:215, 200:264] = pixels[40:104, 60:124]
    assert isinstance(outcome := checked(decoder, pixels), Ran)
    assert outcome.evidence


@pytest.mark.parametrize("grey", [False, True])
def test_an_original_without_copies_is_judged_in_colour_and_in_grey(decoder, grey: bool) -> None:
    pixels = photograph(280, 300)
    if grey:
        pixels = np.repeat(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)
    assert isinstance(outcome := checked(decoder, pixels), Ran)
    assert not outcome.evidence


def test_small_and_drawn_pictures_are_not_judged(decoder) -> None:
    assert isinstance(checked(decoder, copied()[:200, :200]), Skipped)
    page = np.full((400, 500, 3), 255, np.uint8)
    for line in range(8):
        cv2.putText(page, "word and word again", (20, 40 + 45 * line), 0, 0.9, (0, 0, 0), 2, cv2.LINE_AA)
    assert isinstance(checked(decoder, page), Skipped)


def test_marks_drawn_on_a_photograph_are_no_copies() -> None:
    pixels = photograph()
    for place in (60, 180, 300):
        cv2.putText(pixels, "SALE", (place, 120), 0, 1.2, (255, 255, 255), 3)
        cv2.putText(pixels, "SALE", (place, 300), 0, 1.2, (255, 255, 255), 3)
    assert not copies(pixels, Least())


@pytest.mark.parametrize("level", [0, 128, 255])
def test_plain_pictures_hold_nothing(level: int) -> None:
    assert copies(np.full((300, 300, 3), level, np.uint8), Least()) == ()


def test_one_pattern_all_over_is_no_copy() -> None:
    dots = np.zeros((208, 288, 3), np.uint8)
    dots[::12, ::12] = 255
    assert copies(np.asarray(cv2.GaussianBlur(dots, (0, 0), 2.0) * 4), Least()) == ()


def test_a_small_copy_without_points_is_found_by_its_equal_pixels() -> None:
    pixels = photograph()
    smooth = cv2.GaussianBlur(pixels, (0, 0), 6).astype(np.float64)
    pixels = np.clip(smooth + np.random.default_rng(1).normal(0, 1.6, smooth.shape), 0, 255).astype(np.uint8)
    pixels[251:287, 300:336] = pixels[60:96, 80:116]
    (found,) = identical(pixels, 1.0)
    (across, down) = found.shift[:, 2]
    assert sorted((abs(across), abs(down))) == [191, 220]
    x, y, width, height = found.found.window
    one, other = pixels[y : y + height, x : x + width], pixels[y + int(down) :, x + int(across) :][:height, :width]
    cells = (one == other).all(-1).reshape(height // 8, 8, width // 8, 8).all((1, 3))
    assert cells.all() and found.found.hits >= 9
    tail = sum(
        math.comb(found.found.trials, i) * CHANCE_EQUAL**i * (1 - CHANCE_EQUAL) ** (found.found.trials - i)
        for i in range(found.found.hits, found.found.trials + 1)
    )
    assert found.found.log10_nfa == pytest.approx(math.log10(found.found.tests * tail), abs=1e-3)


def test_one_level_of_difference_is_not_equal() -> None:
    pixels = photograph()
    pixels[251:287, 300:336] = pixels[60:96, 80:116] + np.random.default_rng(2).integers(0, 2, (36, 36, 3), np.uint8)
    assert identical(pixels, 1.0) == ()
    assert identical(np.full((300, 300, 3), 90, np.uint8), 1.0) == ()


def test_lines_drawn_around_a_saved_picture_are_no_copies() -> None:
    pixels = np.zeros((504, 568, 3), np.uint8)
    pixels[60:444, 60:508] = photograph()
    for edge in (20, 40):
        cv2.rectangle(pixels, (edge, edge), (568 - edge, 504 - edge), (255, 255, 255), 1)
    for quality in (75, 80, 85):
        buffer = io.BytesIO()
        Pillow.fromarray(pixels).save(buffer, "JPEG", quality=quality)
        saved = np.asarray(Pillow.open(buffer).convert("RGB"))[5:, 3:]
        assert identical(np.ascontiguousarray(saved), 1.0) == ()


def tile(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(40, 216, (20, 70, 3), np.uint8)


def test_an_ornament_laid_around_a_photograph_is_no_copy() -> None:
    pixels = photograph(420, 490)
    pixels[:20], pixels[-20:] = np.tile(tile(1), (1, 7, 1)), np.tile(tile(1), (1, 7, 1))
    side = np.tile(tile(2).transpose(1, 0, 2), (6, 1, 1))
    pixels[:, :20], pixels[:, -20:] = side, side
    assert not copies(pixels, Least())
    pixels[100:120, 60:130] = pixels[300:320, 290:360] = tile(3)
    pixels[120:140, 60:130] = pixels[320:340, 290:360] = tile(4)
    assert copies(pixels, Least())


def test_a_net_of_high_contrast_is_no_copy() -> None:
    across, down = np.meshgrid(np.arange(448), np.arange(384))
    turned = 0.94 * across + 0.34 * down, 0.94 * down - 0.34 * across
    lines = np.maximum(*(np.exp(-((np.mod(one, 11.3) - 5.6) ** 2)) for one in turned))
    levels = 25 + 190 * lines[..., None] + np.random.default_rng(8).normal(0, 2.0, (384, 448, 3))
    pixels = np.clip(levels, 0, 255).astype(np.uint8)
    assert patterned(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32), (160, 96, 64, 64))
    assert not copies(pixels, Least())


def test_a_small_turned_copy_is_found_by_its_colours_too() -> None:
    """Sixteen cells and the noise of the colours, with a little grain laid on; in grey the same part stays unfound."""
    pixels = photograph(seed=6)
    turned = cv2.warpAffine(pixels, cv2.getRotationMatrix2D((120, 90), 12, 1.06), (448, 384), flags=cv2.INTER_CUBIC)
    grain = np.random.default_rng(1).normal(0, 0.6, (42, 42, 1))
    pixels[252:294, 300:342] = np.clip(np.round(turned[72:114, 102:144] + grain), 0, 255)
    found = copies(pixels, Least())
    assert found and found[0].found.chance == EQUALITY[-1].chance
    grey = np.repeat(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)
    assert not copies(grey, Least())
