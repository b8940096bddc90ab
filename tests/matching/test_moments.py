"""Another moment before a camera at rest is told from a copy that something was laid over."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter, ImageOps

from provenance.fingerprint.local.encode import features, query
from provenance.matching.points import moments
from provenance.matching.sighted import sighted
from provenance.model.matches import Answer
from tests.matching.pictures import copy_of, noisy, sample, saved

PLACES = (0.12, 0.55), (0.45, 0.3), (0.7, 0.62), (0.3, 0.75)


def answer(asked: Pillow.Image, reference: Pillow.Image, *, mirrored: bool = False) -> Answer:
    found = sighted(query(copy_of(asked)), features(copy_of(reference)), "reference", mirrored=mirrored)
    assert found is not None
    return found.answer


def peopled(ground: Pillow.Image, places: tuple[tuple[float, float], ...]) -> Pillow.Image:
    """A view with small things cut from another photograph standing in it, as passers-by do."""
    seen = ground.copy()
    other = ImageOps.contain(sample("stranger.jpg"), (400, 400))
    for number, (x, y) in enumerate(places):
        side = seen.width // 11
        thing = other.crop((40 * number + 20, 60, 40 * number + 20 + side // 2, 60 + side))
        thing = ImageOps.fit(thing, (side // 2, side))
        mask = Pillow.new("L", thing.size)
        ImageDraw.Draw(mask).ellipse((0, 0, *thing.size), 255)
        at = round(x * seen.width), round(y * seen.height)
        seen.paste(thing, at, mask.filter(ImageFilter.GaussianBlur(1)))
    return seen


def stickers(seen: Pillow.Image) -> Pillow.Image:
    drawn = seen.copy()
    for x, y in PLACES[:3]:
        left, top, side = round(x * seen.width), round(y * seen.height), seen.height // 6
        ImageDraw.Draw(drawn).ellipse((left, top, left + side, top + side), "gold", "black", 3)
    return drawn


def words(seen: Pillow.Image) -> Pillow.Image:
    drawn = seen.copy()
    for line in range(3):
        at = seen.width // 20, seen.height // 3 + line * seen.height // 9
        ImageDraw.Draw(drawn).text(
            at, "WHAT THEY DO NOT SHOW YOU", "white", font_size=seen.height // 11, stroke_width=3, stroke_fill="black"
        )
    return drawn


def blurred_faces(seen: Pillow.Image) -> Pillow.Image:
    drawn = seen.copy()
    for x, y in PLACES:
        box = (round(x * seen.width), round(y * seen.height))
        area = (*box, box[0] + seen.width // 10, box[1] + seen.height // 7)
        drawn.paste(seen.crop(area).filter(ImageFilter.GaussianBlur(12)), area)
    return drawn


def bright(seen: Pillow.Image) -> Pillow.Image:
    return Pillow.fromarray((np.asarray(seen) * np.array((1.2, 0.95, 0.8)) * 1.15).clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("name", ["reference/railcar_yard.jpg"])
def test_things_that_came_and_went_make_another_moment(name: str) -> None:
    ground = sample(name)
    before, after = noisy(peopled(ground, PLACES[:2]), 1), noisy(peopled(ground, PLACES[2:]), 2)
    assert answer(after, before) is Answer.SAME_SCENE
    assert answer(saved(after, 30), before) is Answer.SAME_SCENE
    assert answer(ImageOps.mirror(after), before, mirrored=True) is Answer.SAME_SCENE


@pytest.mark.parametrize("laid_over", [stickers, words, blurred_faces, bright])
def test_what_is_laid_over_a_picture_leaves_a_copy(laid_over: Callable[[Pillow.Image], Pillow.Image]) -> None:
    before = peopled(sample("reference/railcar_yard.jpg"), PLACES[:2])
    assert answer(laid_over(before), before) is Answer.COPY
    assert answer(saved(laid_over(before), 30), before) is Answer.COPY
    if laid_over is not stickers:  # on a reference, some stickers are taken for things that went
        assert answer(before, laid_over(before)) is Answer.COPY


def test_a_picture_that_is_itself_has_no_spots() -> None:
    assert not moments.another_moment(moments.Spots())
    gone_and_come = moments.Spots(gone=4000.0, come=4000.0, other=0.0, number=6, noise_levels=3.0)
    only_come = moments.Spots(gone=0.0, come=8000.0, other=0.0, number=6, noise_levels=3.0)
    assert moments.another_moment(gone_and_come)
    assert not moments.another_moment(only_come)
    assert not moments.another_moment(replace(gone_and_come, noise_levels=15.0))
