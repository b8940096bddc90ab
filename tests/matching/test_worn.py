"""Worn copies that the score refuses are let through by their exact geometry; other photographs are not."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageEnhance, ImageFilter, ImageOps

from provenance.fingerprint.local.encode import features, query
from provenance.matching.points import scoring
from provenance.matching.points.worn import a_copy_still
from provenance.matching.sighted import Sighting, sighted
from provenance.model.matches import Answer
from tests.matching.pictures import SAMPLES, copy_of, sample, saved


def laid(asked: Pillow.Image, reference: Pillow.Image) -> Sighting | None:
    return sighted(query(copy_of(asked)), features(copy_of(reference)), "reference", mirrored=False)


def worn(shown: Pillow.Image) -> Pillow.Image:
    """Turned, of hard tones, scribbled over, blurred, saved badly."""
    drawn = shown.rotate(6, Pillow.Resampling.BICUBIC, expand=True)
    drawn = ImageOps.autocontrast(ImageEnhance.Contrast(drawn.convert("L").convert("RGB")).enhance(2.0), 5)
    chance = np.random.default_rng(3)
    for _ in range(7):
        ends = [(int(chance.integers(drawn.width)), int(chance.integers(drawn.height))) for _ in range(3)]
        ImageDraw.Draw(drawn).line(ends, tuple(int(v) for v in chance.integers(0, 255, 3)), drawn.width // 35)
    return saved(drawn.filter(ImageFilter.GaussianBlur(1)), 20)


def test_a_worn_copy_is_let_through_though_the_score_refuses_it() -> None:
    let_through = 0
    for name in (path.name for path in sorted((SAMPLES / "reference").glob("*.jpg"))):
        whole = sample(f"reference/{name}")
        found = laid(worn(whole), whole)
        refused = found is not None and scoring.answer(found.laid.agreement) is not Answer.COPY
        let_through += bool(refused and found is not None and found.answer is Answer.COPY)
    assert let_through >= 1


def test_nothing_is_let_through_without_hard_tones_or_with_depth() -> None:
    whole = sample("reference/railcar_yard.jpg")
    asked = query(copy_of(whole))
    found = laid(whole, whole)
    assert found is not None
    a_little_off = {"inside_alike": 0.8, "inside_apart": 0.1, "inside_best": 0.9, "inside_correlation": 0.8}
    measured = replace(found.laid.agreement, **a_little_off)  # type: ignore[arg-type]
    hard = np.where(np.arange(asked.grey.size).reshape(asked.grey.shape) % 4 == 0, 255, asked.grey).astype(np.uint8)
    assert scoring.related(measured) > 0
    assert a_copy_still(measured, hard, found.laid.query_xy)
    assert not a_copy_still(measured, np.full_like(asked.grey, 128), found.laid.query_xy)
    for change in ({"parallax": 0.5}, {"bend": 0.2}, {"stretch": 1.1}, {"points": 12}, {"inside_best": 0.99}):
        assert not a_copy_still(replace(measured, **change), hard, found.laid.query_xy)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["reference/yard_empty.jpg", "stranger.jpg"])
def test_another_photograph_is_not_let_through_however_worn(name: str) -> None:
    found = laid(worn(sample(name)), sample("reference/railcar_yard.jpg"))
    assert found is None or found.answer is not Answer.COPY
