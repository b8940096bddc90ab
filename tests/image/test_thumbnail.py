from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image as Pillow

from provenance.image.thumbnail import jpeg_thumbnail
from provenance.model.image import WorkingCopy


@pytest.mark.parametrize(("size_px", "longest_px", "expected"), [((640, 480), 64, (64, 48)), ((30, 900), 90, (3, 90))])
def test_a_thumbnail_keeps_the_shape_within_the_longest_side(size_px, longest_px, expected):
    pixels = np.full((size_px[1], size_px[0], 3), (10, 200, 90), dtype=np.uint8)
    small = Pillow.open(io.BytesIO(jpeg_thumbnail(WorkingCopy(pixels=pixels), longest_px)))
    assert (small.format, small.size, small.mode) == ("JPEG", expected, "RGB")
    assert np.abs(np.asarray(small, dtype=int) - (10, 200, 90)).max() < 6
    assert not small.getexif()


def test_a_small_picture_is_not_enlarged():
    pixels = np.zeros((5, 7, 3), dtype=np.uint8)
    assert Pillow.open(io.BytesIO(jpeg_thumbnail(WorkingCopy(pixels=pixels), 100))).size == (7, 5)
