"""No change sets the rule that it is held against, and patterns finer than a pixel are not taken for changes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.forensics.altered import altered, hardly
from benchmarks.forensics.benign import WAYS, Pixels, jpeg, kept
from provenance.forensics.comparison.inks import inks
from provenance.model.differences import Compared

from .laying import laid

HEIGHT, WIDTH = 384, 512


def ground(seed: int = 1) -> Pixels:
    """A plain slope of grey with faint grain."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    grey = 120 + 40 * across / WIDTH + 20 * down / HEIGHT
    levels = grey[..., None] + np.random.default_rng(seed).normal(0, 1.5, (HEIGHT, WIDTH, 3))
    return np.clip(levels, 0, 255).astype(np.uint8)


def texture(seed: int) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, 1, (HEIGHT, WIDTH))
    soft = cv2.GaussianBlur(noise, (0, 0), 1.5)
    grey = 110 + 35 * soft / soft.std()
    return np.clip(grey[..., None] * [1.0, 0.95, 0.85], 0, 255).astype(np.uint8)


def test_the_only_thing_of_its_kind_cannot_be_exchanged_unseen() -> None:
    """All blocks of its kind were changed: none is left to say what is usual in them."""
    reference, copy = ground(), ground()
    for one in (reference, copy):
        one[:100], one[300:] = texture(10)[:100] // 2 + 60, texture(11)[300:] // 2 + 60
    here = slice(120, 280), slice(150, 350)
    reference[here], copy[here] = texture(2)[here], texture(3)[here]
    found = laid(jpeg(copy, 88), reference)
    assert found.outcome is Compared.DIFFERS
    x, y, width, height = found.regions[0].box_px
    assert abs(x - 150) < 16 and abs(y - 120) < 16 and abs(width - 200) < 32 and abs(height - 160) < 32


def test_a_caption_over_all_dark_ground_bends_no_tones() -> None:
    reference = ground()
    reference[310:] = texture(4)[310:] // 3
    copy = reference.copy()
    copy[310:] = 255
    cv2.putText(copy, "Seen this morning", (20, 355), 0, 0.8, (0, 0, 0), 2, cv2.LINE_AA)
    found = laid(jpeg(copy, 88), reference)
    assert found.outcome is Compared.OVERLAID
    assert [one.what for one in found.regions] == ["caption or text"]


def test_a_caption_over_most_of_what_is_to_be_seen_makes_no_other_photograph() -> None:
    reference = ground()
    reference[290:], reference[40:160, 60:300] = texture(5)[290:], texture(6)[40:160, 60:300]
    copy = reference.copy()
    copy[290:] = 0
    cv2.putText(copy, "Seen this morning", (20, 345), 0, 0.8, (255, 255, 255), 2, cv2.LINE_AA)
    assert laid(jpeg(copy, 88), reference).outcome is Compared.OVERLAID


def test_the_one_thing_beside_a_caption_cannot_be_exchanged_unseen() -> None:
    """Little has content there, and none of it rises and falls together; that alone makes no other photograph."""
    reference = ground()
    here = slice(60, 140), slice(80, 200)
    reference[290:], reference[here] = texture(5)[290:], texture(2)[here]
    copy = reference.copy()
    copy[290:], copy[here] = 0, texture(3)[here]
    cv2.putText(copy, "Seen this morning", (20, 345), 0, 0.8, (255, 255, 255), 2, cv2.LINE_AA)
    found = laid(jpeg(copy, 88), reference)
    assert found.outcome is Compared.DIFFERS
    assert {one.what for one in found.regions} == {"caption or text", ""}


@pytest.mark.parametrize("way", ["half size", "posted twice"])
def test_patterns_too_fine_for_a_smaller_copy_were_not_smoothed(way: str) -> None:
    """Blinds of 2.2 pixels: what they become at half the size depends on the program that scales them."""
    reference = np.repeat(np.repeat(texture(7)[:192, :256], 2, 0), 2, 1)
    across = np.arange(WIDTH)
    blinds = 128 + 80 * np.sign(np.sin(2 * np.pi * across / 2.2))
    reference[60:180, 80:330] = blinds[None, 80:330, None]
    sent = WAYS[way](reference, np.random.default_rng(3))
    assert laid(sent.pixels, reference, sent.matrix).outcome is Compared.NO_DIFFERENCE


def test_a_facade_of_narrow_bars_is_laid_on_itself_and_not_a_bar_off() -> None:
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    bars = 128 + 90 * np.sign(np.sin(2 * np.pi * across / 7))
    bars = bars + 25 * np.sin(down / 40) + 20 * np.sin(across / 55) + 30 * ((across // 128 + down // 96) % 2)
    reference = np.repeat(np.clip(bars, 0, 255).astype(np.uint8)[..., None], 3, 2)
    off = np.array([[1, 0, 2.6], [0, 1, 1.0], [0, 0, 1]])
    assert laid(jpeg(reference, 85), reference, off).outcome is Compared.NO_DIFFERENCE


def test_a_vignette_over_two_kinds_of_ground_is_no_difference() -> None:
    reference = ground()
    for number, left in enumerate(range(40, 460, 120)):
        cv2.ellipse(reference, (left, 90 + 90 * (number % 3)), (45, 30), 0, 0, 360, (40, 90, 110), -1, cv2.LINE_AA)
    down, across = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    darker = reference * (1 - 0.45 * (across**2 + down**2) / 2)[..., None]
    assert laid(jpeg(darker.astype(np.uint8), 88), reference).outcome is Compared.NO_DIFFERENCE


@pytest.mark.parametrize(("kind", "named"), [("letters", 1), ("a piece", 0)])
def test_letters_of_a_colour_that_is_at_home_are_drawn_and_a_piece_of_it_is_not(kind: str, named: int) -> None:
    """White on a dark sign in front of white ground."""
    before = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    box = slice(150, 230), slice(150, 350)
    before[box] = texture(2)[box] // 2
    after = before[box].copy()
    if kind == "letters":
        cv2.putText(after, "HILL 42", (8, 55), 0, 1.4, (255, 255, 255), 4)
    else:
        after[20:60, 40:120] = 255
    changed = (after != before[box]).any(2)
    mask = np.zeros((HEIGHT, WIDTH), np.bool_)
    mask[box] = changed
    count, left = inks(after.astype(np.float32), changed, before.astype(np.float32), mask, box)
    assert count == named and left.any() == (not named)


def test_white_into_white_is_no_altered_pair() -> None:
    white = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    with pytest.raises(ValueError, match="nothing changes"):
        altered(white, white, "copied", np.random.default_rng(1))
    assert hardly(white, kept(jpeg(white, 90)).pixels)
    changed, blob = altered(texture(8), texture(9), "splice", np.random.default_rng(1))
    assert not hardly(texture(8), changed)
    assert (blob > 0).mean() > 0.005
