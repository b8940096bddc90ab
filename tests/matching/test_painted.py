"""What people draw on a copy is no other moment: arrows, rings, words in few tones on one of both pictures."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image as Pillow
from PIL import ImageDraw

from provenance.matching.full import weighed
from provenance.matching.opened import decided
from provenance.model.matches import Answer
from tests.matching.pictures import saved
from tests.matching.test_opened import PLACES, looked, peopled, picture

Drawing = Callable[[ImageDraw.ImageDraw, float, float], None]


def arrows(drawn: ImageDraw.ImageDraw, x: float, y: float) -> None:
    drawn.line((x, y, x + 90, y + 50), fill=(230, 20, 20), width=10)
    drawn.regular_polygon((x + 95, y + 53, 22), 3, fill=(230, 20, 20))


def rings(drawn: ImageDraw.ImageDraw, x: float, y: float) -> None:
    drawn.ellipse((x, y, x + 110, y + 70), outline=(250, 230, 0), width=8)


def words(drawn: ImageDraw.ImageDraw, x: float, y: float) -> None:
    drawn.text((x, y), "LOOK HERE", (250, 220, 40), font_size=60)


def drawn_on(shown: Pillow.Image, how: Drawing) -> Pillow.Image:
    on = shown.copy()
    for x, y in PLACES:
        how(ImageDraw.Draw(on), 0.8 * x * on.width, 0.9 * y * on.height)
    return on


@pytest.mark.parametrize("how", [arrows, rings, words])
@pytest.mark.parametrize("on_reference", [False, True], ids=["on the query", "on the reference"])
def test_what_is_drawn_on_one_of_both_is_no_other_moment(how: Drawing, on_reference: bool) -> None:
    whole = picture("reference/railcar_yard.jpg")
    pair = drawn_on(whole, how), whole
    query, reference = pair[::-1] if on_reference else pair
    found, view, left = looked(saved(query, 80), reference)
    assert left.painted >= 0.85
    for before in (
        replace(found, answer=Answer.COPY, moved=False),
        replace(found, answer=Answer.SAME_SCENE, moved=True),
        replace(found, answer=Answer.SAME_SCENE, moved=False),
    ):
        assert decided(before, replace(left, gone=2000.0, come=6000.0, number_gone=3), view).answer is Answer.COPY
    for other in (replace(left, painted=0.7), replace(left, alike=0.5), replace(left, median=0.8)):
        assert not weighed.painted_over(other)


def test_what_came_before_a_camera_is_no_paint() -> None:
    whole = picture("reference/railcar_yard.jpg")
    _, _, left = looked(saved(peopled(whole, PLACES), 80), whole)
    assert left.come > 2.5 * left.gone
    assert left.painted < 0.7


def test_marks_that_went_while_more_came_are_no_paint_on_one_picture() -> None:
    whole = picture("reference/railcar_yard.jpg")
    before, after = whole.copy(), drawn_on(whole, words)
    ImageDraw.Draw(before).ellipse((620, 400, 690, 450), fill=(250, 220, 40))
    _, _, left = looked(saved(after, 80), before)
    assert left.come > 2.5 * left.gone
    assert left.number_gone == 1
    assert left.painted == 0


def test_a_thing_of_one_tone_that_moved_is_no_paint() -> None:
    whole = picture("reference/railcar_yard.jpg")
    before, after = whole.copy(), whole.copy()
    ImageDraw.Draw(before).ellipse((300, 60, 380, 110), fill=(40, 40, 45))
    ImageDraw.Draw(after).ellipse((420, 70, 500, 120), fill=(40, 40, 45))
    _, _, left = looked(saved(after, 80), before)
    assert left.area > 50
    assert left.painted == 0
