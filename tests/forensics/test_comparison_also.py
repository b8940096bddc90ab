"""What was allowed for is said, tones and vignettes come off in either order, and who cannot be laid is not judged."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.forensics.benign import Pixels, jpeg, kept
from provenance.forensics.comparison.compare import NOT_LAID
from provenance.model.differences import Compared

from .conftest import photograph
from .laying import laid
from .test_comparison_bounds import texture


@pytest.fixture(scope="module")
def yard() -> Pixels:
    return photograph("railcar_yard.jpg")


def test_a_change_of_tones_is_said_and_only_where_there_was_one(yard: Pixels) -> None:
    warmer = np.clip(yard * np.array([1.15, 1.0, 0.85]), 0, 255).astype(np.uint8)
    assert "tone or colour" in laid(kept(warmer).pixels, yard).also
    assert "tone or colour" not in laid(jpeg(yard, 75), yard).also


def test_saving_with_loss_is_said_and_only_where_there_was_any(yard: Pixels) -> None:
    assert laid(jpeg(yard, 60), yard).also == ("saving with loss",)
    assert laid(yard, yard).also == ()


@pytest.mark.parametrize(
    ("name", "depth", "first"), [("railcar_yard.jpg", 0.45, True), ("railcar_yard.jpg", 0.7, False)]
)
def test_a_vignette_comes_off_before_and_after_other_tones(name: str, depth: float, first: bool) -> None:
    """A copy made much brighter, with a vignette laid over it before that or after."""
    picture = photograph(name)
    height, width = picture.shape[:2]
    down, across = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    vignette = (1 - depth * (across**2 + down**2) / 2)[..., None]
    copy = picture * vignette if first else picture.astype(np.float64)
    copy = 255 * (copy / 255) ** 0.5
    copy = copy if first else copy * vignette
    found = laid(jpeg(copy.astype(np.uint8), 88), picture)
    assert found.outcome is Compared.NO_DIFFERENCE and "tone or colour" in found.also


def test_a_small_picture_in_a_page_that_was_not_outlined_is_not_judged() -> None:
    """Nearly all that is there belongs to the page, so nothing says how the two lie."""
    page, small = np.tile(texture(3), (3, 3, 1))[:1000, :1200], texture(9)[:90, :90]
    page[300:390, 500:590] = small
    away = np.array([[1, 0, -500.0], [0, 1, -300], [0, 0, 1]])
    found = laid(jpeg(page, 90), small, away)
    assert (found.outcome, found.reason) == (Compared.NOT_JUDGED, NOT_LAID)
