"""First steps recovered from a JPEG saved twice are those of the first table; saved once, there are none."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.forensics.blind import twice
from provenance.image.decoding.coefficients import Coefficients, coefficients
from provenance.model.limits import Limits

from .conftest import Pixels, photograph

pytest.importorskip("jpeglib", reason="jpeglib is not installed (extra `jpeg`)")


def again(pixels: Pixels, quality: int) -> bytes:
    buffer = io.BytesIO()
    Pillow.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def read(data: bytes) -> Coefficients:
    found = coefficients(data, Limits())
    assert isinstance(found, Coefficients)
    return found


def recovered(data: bytes) -> dict[tuple[int, int], int]:
    one = read(data)
    return {
        first.at: first.step
        for first in twice.first_steps(one.quantised, one.steps, twice.luminance(one.quantised, one.steps))
    }


@pytest.fixture(scope="module")
def scene() -> Pixels:
    """Grey, and reduced once more, so that no grid is left of how it was kept."""
    grey = Pillow.fromarray(photograph("railcar_yard.jpg")).convert("L")
    return np.asarray(grey.resize((grey.width * 3 // 4, grey.height * 3 // 4), Pillow.Resampling.LANCZOS), np.uint8)


@pytest.mark.parametrize(("first", "last", "least"), [(50, 90, 14), (80, 90, 17), (75, 95, 17), (90, 95, 17)])
def test_first_steps_are_those_of_the_table_of_the_first_saving(
    scene: Pixels, first: int, last: int, least: int
) -> None:
    once = again(scene, first)
    with Pillow.open(io.BytesIO(once)) as opened:
        found = recovered(again(np.array(opened, np.uint8), last))
    steps = read(once).steps
    right = [at for at, step in found.items() if step == int(steps[at])]
    assert len(right) >= least
    assert len(found) - len(right) <= 1


@pytest.mark.parametrize("quality", [90, 95, 98])
def test_of_a_picture_that_was_saved_once_nothing_is_recovered(scene: Pixels, quality: int) -> None:
    assert not recovered(again(scene, quality))


def test_a_few_blocks_tell_no_first_step(scene: Pixels) -> None:
    """96 x 96 pixels have 144 blocks: of no frequency are there enough values to choose among forty steps."""
    part = scene[100:196, 100:196]
    with Pillow.open(io.BytesIO(again(part, 75))) as opened:
        assert not recovered(again(np.array(opened, np.uint8), 95))
