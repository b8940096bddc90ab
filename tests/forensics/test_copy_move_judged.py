"""Which files are asked for copied parts, and which are not."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.forensics.copy_move import identical, within
from provenance.model.outcome import Ran, Skipped

from .conftest import Checked, copied, scene


def test_posted_copies_are_not_judged(checked: Checked) -> None:
    for quality in (60, 78, 85, 92):
        outcome = checked(copied(), "JPEG", quality=quality)
        assert isinstance(outcome, Skipped), quality
        assert "below quality" in outcome.reason
    assert isinstance(checked(copied(), "WEBP", quality=90), Skipped)


def screenshot() -> np.ndarray:
    buffer = io.BytesIO()
    Pillow.fromarray(scene()).save(buffer, "JPEG", quality=80)
    with Pillow.open(buffer) as posted:
        shown = np.asarray(posted.convert("RGB"))
    return np.asarray(cv2.resize(shown, None, fx=0.73, fy=0.73, interpolation=cv2.INTER_AREA), np.uint8)


def test_a_screenshot_of_a_posted_copy_is_judged_only_where_parts_are_equal(checked: Checked) -> None:
    pixels = screenshot()
    assert isinstance(outcome := checked(pixels), Skipped)
    assert "noise of its colours" in outcome.reason
    pixels[151:215, 200:264] = pixels[40:104, 60:124]
    assert isinstance(outcome := checked(pixels), Ran)
    assert outcome.evidence


@pytest.mark.parametrize("grey", [False, True])
def test_an_original_without_copies_is_judged_in_colour_and_in_grey(checked: Checked, grey: bool) -> None:
    pixels = scene(280, 300)
    if grey:
        pixels = np.repeat(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)
    assert isinstance(outcome := checked(pixels), Ran)
    assert not outcome.evidence


def test_it_is_said_where_equal_pixels_were_not_asked(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "equal in every pixel" not in str(checked(scene(280, 300)))
    for module in (identical, within):
        monkeypatch.setattr(module, "MOST_PX" if module is identical else "EQUAL_MOST_PX", 280 * 300 - 1)
    assert isinstance(outcome := checked(scene(280, 300)), Ran)
    assert "it was not asked which are equal in every pixel" in outcome.note


def test_small_and_drawn_pictures_are_not_judged(checked: Checked) -> None:
    assert isinstance(checked(copied()[:200, :200]), Skipped)
    page = np.full((400, 500, 3), 255, np.uint8)
    for line in range(8):
        cv2.putText(page, "word and word again", (20, 40 + 45 * line), 0, 0.9, (0, 0, 0), 2, cv2.LINE_AA)
    assert isinstance(checked(page), Skipped)


@pytest.mark.parametrize(
    ("quality", "tagged", "judged"), [(92, False, False), (93, False, True), (85, True, False), (86, True, True)]
)
def test_a_camera_may_save_more_strongly_than_a_file_without_tags(
    checked: Checked, quality: int, tagged: bool, judged: bool
) -> None:
    """A plain picture, so that the search itself costs nothing: it is the next thing that is said of it."""
    tags = Pillow.Exif()
    tags[0x010F] = "Maker"
    how = {"exif": tags} if tagged else {}
    outcome = checked(np.full((256, 256, 3), 120, np.uint8), "JPEG", quality=quality, **how)
    assert isinstance(outcome, Skipped)
    assert ("no detail at all" in outcome.reason) is judged
    assert (f"below quality {86 if tagged else 93}" in outcome.reason) is not judged


@pytest.mark.parametrize(("side", "judged"), [(255, False), (256, True)])
def test_a_side_has_256_pixels_at_least(checked: Checked, side: int, judged: bool) -> None:
    outcome = checked(np.full((side, 300, 3), 120, np.uint8))
    assert isinstance(outcome, Skipped)
    assert ("too small" in outcome.reason) is not judged
