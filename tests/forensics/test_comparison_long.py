"""A reference longer than the pictures in which OpenCV looks places up: the part that the copy shows is cut out."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.forensics.benign import Pixels, jpeg
from provenance.forensics.comparison.compare import difference
from provenance.forensics.comparison.frame import resized
from provenance.model.differences import Compared
from provenance.model.image import WorkingCopy

LONG_PX = 33_000


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("upright", [False, True])
def test_a_copy_of_a_part_of_a_long_strip(times: int, upright: bool, photographs: list[Pixels]) -> None:
    part, other = (one[:200].repeat(times, 0).repeat(times, 1) for one in photographs[:2])
    start = (LONG_PX - 1_000) * times
    strip = np.full((len(part), LONG_PX * times, 3), 90, np.uint8)
    strip[:, start : start + part.shape[1]] = part
    altered = photographs[0][:200].copy()
    altered[60:130, 200:300] = other[::times, ::times][60:130, 200:300]
    matrix = resized(altered.shape[1::-1], part.shape[1::-1])
    matrix[0, 2] += start
    for copy, outcome in ((photographs[0][:200], Compared.NO_DIFFERENCE), (altered, Compared.DIFFERS)):
        pictures, way = (jpeg(copy, 92), strip), matrix
        if upright:
            pictures, way = (pictures[0].swapaxes(0, 1), strip.swapaxes(0, 1)), matrix[[1, 0, 2]][:, [1, 0, 2]]
        found = difference(*(WorkingCopy(pixels=np.ascontiguousarray(one)) for one in pictures), way)
        assert found.outcome is outcome
