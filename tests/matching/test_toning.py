"""A copy in other tones is a copy; another picture stays another in whatever tones."""

import numpy as np
import pytest
from PIL import ImageOps

from provenance.fingerprint.local import thumbnail
from provenance.fingerprint.local.encode import features, query
from provenance.matching.points.laying import lay
from provenance.matching.points.toning import toned
from provenance.matching.sighted import sighted
from provenance.model.matches import Answer
from tests.matching.pictures import SAMPLES, copy_of, sample


def test_a_solarised_copy_is_a_copy(yard) -> None:
    found = sighted(query(copy_of(ImageOps.solarize(yard, 128))), features(copy_of(yard)), "", mirrored=False)
    assert found is not None and found.answer is Answer.COPY


def test_the_likeness_takes_on_the_tones_of_the_query(yard) -> None:
    kept = features(copy_of(yard))
    laid = lay(query(copy_of(yard)), kept, mirrored=False)
    assert laid is not None
    plain = thumbnail.luma(kept.thumbnail)
    turned = toned(laid.transform, 255 - query(copy_of(yard)).grey, plain, (kept.width_px, kept.height_px))
    assert turned is not None
    assert np.corrcoef(turned.ravel(), plain.ravel())[0, 1] < -0.99


def test_what_lies_outside_of_the_reference_has_no_tones(yard) -> None:
    kept = features(copy_of(yard))
    away = np.array([[1.0, 0, 10_000], [0, 1, 0], [0, 0, 1]])
    plain = thumbnail.luma(kept.thumbnail)
    assert toned(away, query(copy_of(yard)).grey, plain, (kept.width_px, kept.height_px)) is None


@pytest.mark.parametrize("filtered", [lambda one: one, lambda one: ImageOps.solarize(one, 128)])
def test_no_curve_makes_another_picture_a_copy(yard, filtered) -> None:
    """The same yard without the rail car, and all other pictures of the sample set."""
    kept = features(copy_of(yard))
    others = [path for path in sorted((SAMPLES / "reference").glob("*.jpg")) if path.name != "railcar_yard.jpg"]
    assert len(others) > 3
    for path in others:
        seen = query(copy_of(filtered(sample(f"reference/{path.name}"))))
        found = sighted(seen, kept, "", mirrored=False)
        assert found is None or found.answer is not Answer.COPY, path.name
