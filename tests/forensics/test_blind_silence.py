"""Which files the methods that look at one file alone say nothing of, at the very edges of what they take."""

from dataclasses import replace

import numpy as np
import pytest

from provenance.forensics.blind.silence import grid_is_wiped_out, small_or_preview
from provenance.image.containers import raw_types
from provenance.model.image import Image, WorkingCopy
from provenance.model.outcome import Skipped

from .conftest import Pixels, Saved


@pytest.fixture(scope="module")
def part() -> Pixels:
    return np.random.default_rng(1).integers(0, 256, (128, 136, 3), np.uint8)


def sized(image: Image, height: int, width: int) -> Image:
    """One that shows as many pixels, and has a container that tells no other size."""
    row = np.zeros((1, 1, 3), np.uint8)
    return replace(image, working_copy=WorkingCopy(pixels=np.broadcast_to(row, (height, width, 3))))


def test_a_side_of_128_pixels_is_enough_and_127_are_not(part: Pixels, saved: Saved) -> None:
    assert small_or_preview(saved(part)) is None
    for cut in (part[:127], part[:, :127]):
        said = small_or_preview(saved(cut))
        assert isinstance(said, Skipped)
        assert said.reason == "too small: a side is below 128 pixels"


def test_forty_million_pixels_are_looked_at_and_more_are_not(part: Pixels, saved: Saved) -> None:
    image = saved(part)
    assert small_or_preview(sized(image, 5_000, 8_000)) is None
    said = small_or_preview(sized(image, 5_000, 8_001))
    assert isinstance(said, Skipped)
    assert said.reason == "too large: more than 40 million pixels"


def test_of_a_raw_file_or_a_preview_nothing_is_said(part: Pixels, saved: Saved) -> None:
    image = saved(part)
    raw = replace(image, original=replace(image.original, media_type=next(iter(raw_types.NAMES))))
    # A PNG says its size in its header; what was decoded is smaller.
    smaller = replace(image, working_copy=WorkingCopy(pixels=np.ascontiguousarray(part[:128, :130])))
    for one in (raw, smaller):
        said = small_or_preview(one)
        assert isinstance(said, Skipped)
        assert "only a preview" in said.reason


def test_what_was_not_decoded_is_not_judged(part: Pixels, saved: Saved) -> None:
    for asked in (small_or_preview, grid_is_wiped_out):
        said = asked(replace(saved(part), working_copy=None))
        assert isinstance(said, Skipped)
        assert "not decoded" in said.reason


@pytest.mark.parametrize(
    ("kind", "how", "speaks"),
    [
        ("PNG", {}, True),
        ("BMP", {}, True),
        ("TIFF", {}, True),
        ("WEBP", {"lossless": True}, True),
        ("WEBP", {"quality": 100}, False),
        ("GIF", {}, False),
        ("JPEG", {"quality": 98}, True),
        ("JPEG", {"quality": 97}, False),
    ],
)
def test_a_grid_survives_saving_without_loss_and_jpeg_from_98_on(
    part: Pixels, saved: Saved, kind: str, how: dict[str, int], speaks: bool
) -> None:
    assert (grid_is_wiped_out(saved(part, kind, **how)) is None) is speaks
