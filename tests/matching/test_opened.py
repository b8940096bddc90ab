"""At full resolution small things that moved tell another moment; a refused copy that lies exactly is let through."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageDraw, ImageFilter, ImageOps

from provenance.desk.desk import Desk
from provenance.fingerprint.local.encode import features
from provenance.fingerprint.whole_frame import describe
from provenance.matching import opened
from provenance.matching.full import closely, weighed
from provenance.matching.full.repeated import repeated
from provenance.matching.opened import compared, decided
from provenance.matching.sighted import Sighting, sighted
from provenance.matching.views import View, Views
from provenance.model.finding import Question
from provenance.model.matches import Answer, Match
from tests.matching.pictures import copy_of, noisy, sample, saved

PLACES = (0.12, 0.55), (0.45, 0.3), (0.7, 0.62), (0.3, 0.75), (0.82, 0.4)


def picture(name: str) -> Pillow.Image:
    return ImageOps.contain(sample(name), (800, 800))


def peopled(ground: Pillow.Image, places: tuple[tuple[float, float], ...]) -> Pillow.Image:
    """A view with passers-by of a fortieth of its width, cut from another photograph."""
    seen = ground.copy()
    other = picture("stranger.jpg")
    for number, (x, y) in enumerate(places):
        side = seen.width // 20
        thing = ImageOps.fit(other.crop((40 * number + 20, 60, 40 * number + 120, 260)), (side // 2, side))
        mask = Pillow.new("L", thing.size)
        ImageDraw.Draw(mask).ellipse((0, 0, *thing.size), 255)
        at = round(x * seen.width), round(y * seen.height)
        seen.paste(ImageOps.autocontrast(thing), at, mask.filter(ImageFilter.GaussianBlur(1)))
    return seen


def looked(asked: Pillow.Image, reference: Pillow.Image) -> tuple[Sighting, View, closely.Left]:
    copy, held = copy_of(asked), copy_of(reference)
    views = Views(copy=copy, frame=describe(copy))
    assert views.whole.query is not None
    both = [sighted(views.whole.query, features(held), "reference", mirrored=hand) for hand in (False, True)]
    found = min((one for one in both if one is not None), key=lambda one: one.order)
    left = compared(found, views.whole, held)
    assert left is not None
    return found, views.whole, left


def answer(asked: Pillow.Image, reference: Pillow.Image) -> Answer:
    found, view, left = looked(asked, reference)
    return decided(replace(found, answer=Answer.COPY, moved=False), left, view).answer


def stickers(shown: Pillow.Image) -> Pillow.Image:
    drawn = shown.copy()
    for x, y in PLACES[:3]:
        left, top, side = round(x * shown.width), round(y * shown.height), shown.height // 6
        ImageDraw.Draw(drawn).ellipse((left, top, left + side, top + side), "gold", "black", 3)
    return drawn


@pytest.mark.parametrize("quality", [90, 40])
def test_passers_by_of_a_fortieth_of_the_width_tell_another_moment(quality: int) -> None:
    ground = picture("reference/railcar_yard.jpg")
    before, after = noisy(peopled(ground, PLACES[:3]), 1), saved(noisy(peopled(ground, PLACES[3:]), 2), quality)
    assert answer(after, before) is Answer.SAME_SCENE


@pytest.mark.parametrize("quality", [90, 40, 15])
def test_a_copy_saved_badly_or_with_stickers_stays_one(quality: int) -> None:
    whole = picture("reference/railcar_yard.jpg")
    assert answer(saved(whole, quality), whole) is Answer.COPY
    assert answer(saved(stickers(whole), quality), whole) is Answer.COPY
    assert answer(whole, stickers(whole)) is Answer.COPY


@pytest.mark.parametrize("toned", [lambda shown: ImageOps.solarize(shown, 128), ImageOps.equalize])
def test_a_copy_of_which_the_tones_are_lost_stays_one(toned: Callable[[Pillow.Image], Pillow.Image]) -> None:
    whole = picture("reference/railcar_yard.jpg")
    assert answer(toned(whole), whole) is Answer.COPY


def test_what_a_filter_or_scaling_does_is_no_change() -> None:
    whole = picture("reference/railcar_yard.jpg")
    toned = Pillow.merge("RGB", [band.point(lambda v: round(255 * (v / 255) ** 1.4)) for band in whole.split()])
    for asked in (toned, ImageOps.contain(whole, (300, 300)), ImageOps.mirror(whole), ImageOps.grayscale(whole)):
        _, _, left = looked(asked.convert("RGB"), whole)
        assert left.alike > 0.97
        assert min(left.gone, left.come) == 0


def test_a_refused_copy_that_lies_exactly_is_let_through_and_an_overlapping_view_is_not() -> None:
    whole = picture("reference/railcar_yard.jpg")
    found, view, left = looked(saved(whole, 60), whole)
    refused = replace(found, answer=Answer.SAME_SCENE)
    assert decided(refused, left, view).answer is Answer.COPY
    beyond = replace(found.laid.agreement, goes_on=0.5, ends=0.0, reference_seen=0.5)
    assert decided(replace(refused, laid=replace(found.laid, agreement=beyond)), left, view).answer is refused.answer
    for worse in (replace(left, alike=0.8), replace(left, shift_px=1.2), replace(left, shared_shift=0.3)):
        assert decided(refused, worse, view).answer is refused.answer
    blurred = replace(left, soft=True, blocks=12, alike=1.0, median=0.99, shift_px=1.2, shared_shift=0.3)
    assert decided(refused, blurred, view).answer is Answer.COPY
    for worse in (replace(blurred, soft=False), replace(blurred, blocks=8), replace(blurred, shift_px=1.8)):
        assert decided(refused, worse, view).answer is refused.answer


def test_scores_move_by_what_is_left_and_only_so_far() -> None:
    whole = picture("reference/railcar_yard.jpg")
    found, view, left = looked(saved(whole, 60), whole)
    sure = decided(found, left, view).score
    moved = replace(left, gone=2000.0, come=2000.0, area=300.0, largest=90.0, specks=3, middling=0.5, alike=0.95)
    unsure = decided(found, moved, view).score
    assert found.score - 6 <= unsure < found.score < sure <= found.score + 4
    assert len(weighed.features(left)) == len(weighed.WEIGHTS) - 1


def test_where_every_block_is_alike_nothing_moved_whatever_tones_are_left() -> None:
    whole = picture("reference/railcar_yard.jpg")
    found, view, left = looked(saved(whole, 60), whole)
    toned = replace(left, gone=2000.0, come=2000.0, number_gone=4, number_come=4, area=300.0, largest=90.0)
    assert weighed.log_odds(toned) > weighed.ANOTHER_FROM
    still = replace(toned, blocks=200, alike=1.0, uneven=0.02)
    assert decided(found, still, view).answer is Answer.COPY
    assert decided(found, still, view).score == found.score
    for moved in (replace(still, alike=0.95), replace(still, uneven=0.2), replace(still, blocks=20)):
        assert decided(found, moved, view).answer is Answer.SAME_SCENE


def test_what_saving_and_folds_leave_of_a_copy_is_no_other_moment() -> None:
    """Where each changed block still shows what the other picture shows there, nothing moved; people who moved do."""
    whole = picture("reference/railcar_yard.jpg")
    found, view, left = looked(saved(whole, 60), whole)
    changed = replace(left, gone=2000.0, come=2000.0, number_gone=4, number_come=4, area=700.0, largest=90.0)
    worn = replace(changed, blocks=200, alike=0.9, uneven=0.4, replaced=0.2, displaced=0.1)
    assert weighed.log_odds(worn) > weighed.ANOTHER_FROM
    assert decided(found, worn, view).answer is Answer.COPY
    for moved in (
        replace(worn, replaced=0.3),
        replace(worn, displaced=0.2),
        replace(worn, shift_px=0.5),
        replace(worn, alike=0.85),
        replace(worn, uneven=0.02),
        replace(worn, blocks=20),
    ):
        assert decided(found, moved, view).answer is Answer.SAME_SCENE


def test_a_glare_over_a_refused_copy_is_no_other_photograph_in_its_place() -> None:
    whole = picture("reference/railcar_yard.jpg")
    found, view, left = looked(saved(whole, 60), whole)
    refused = replace(found, answer=Answer.SAME_SCENE)
    glare = replace(left, area=800.0, replaced=0.1, displaced=0.0, uneven=0.1)
    assert decided(refused, glare, view).answer is Answer.COPY
    assert decided(refused, replace(glare, replaced=0.6), view).answer is Answer.SAME_SCENE


def test_changes_are_replaced_where_things_moved_and_not_where_a_fold_lies_over_them() -> None:
    ground = picture("reference/railcar_yard.jpg")
    early, late = peopled(ground, PLACES[:3]), peopled(ground, PLACES[2:])
    moved = looked(saved(late, 60), early)[2]
    pixels = np.array(saved(ground, 60))
    pixels[:, 300:340] = pixels[:, 300:340] * 0.5
    folded = looked(Pillow.fromarray(pixels), ground)[2]
    assert min(moved.area, folded.area) > 0
    assert folded.replaced < 0.3 < moved.replaced


def marked(shown: Pillow.Image, *, slanted: float) -> Pillow.Image:
    """The picture under letters with dark rims in rows, half seen through, as agencies lay over a preview."""
    layer = Pillow.new("RGBA", (1800, 1800))
    drawn = ImageDraw.Draw(layer)
    for y in range(0, 1800, 120):
        for x in range(-(y % 200), 1800, 330):
            drawn.text((x, y), "AGENCY", (255, 255, 255, 140), font_size=48, stroke_width=1, stroke_fill=(0, 0, 0, 100))
    turned = layer.rotate(slanted).crop((500, 500, 500 + shown.width, 500 + shown.height))
    return Pillow.alpha_composite(shown.convert("RGBA"), turned).convert("RGB")


@pytest.mark.parametrize("slanted", [30, 0])
def test_a_mark_in_rows_over_all_of_a_copy_is_no_other_moment(slanted: float) -> None:
    whole = picture("reference/railcar_yard.jpg")
    found, view, left = looked(saved(marked(whole, slanted=slanted), 80), whole)
    assert weighed.marked_all_over(left)
    for before in (
        replace(found, answer=Answer.COPY, moved=False),
        replace(found, answer=Answer.SAME_SCENE, moved=True),
        replace(found, answer=Answer.SAME_SCENE, moved=False),
    ):
        assert decided(before, left, view).answer is Answer.COPY
    for other in (replace(left, repeated=0.3), replace(left, alike=0.5), replace(left, median=0.8)):
        assert not weighed.marked_all_over(other)


def test_what_stands_in_no_rows_does_not_repeat() -> None:
    shape = (300, 400)
    looked_at = np.ones(shape, np.bool_)
    chance = np.random.default_rng(5)
    rows, scattered, line = (np.zeros(shape, np.float32) for _ in range(3))
    letter = chance.choice([-30.0, 30.0], (14, 20)).astype(np.float32)
    for number, (y, x) in enumerate((y, x) for y in range(5, 280, 60) for x in range(5, 370, 80)):
        rows[y : y + 14, x : x + 20] = letter
        line[140:154, x : x + 20] = letter
        top, left = int(chance.integers(0, 280)), int(chance.integers(0, 370))
        scattered[top : top + 14, left : left + 20] = np.rot90(letter, 2 * (number % 2))
    said = [repeated(off, looked_at, off != 0) for off in (rows, scattered, line)]
    assert said[0] > 0.8
    assert max(said[1:]) < 0.3


def test_a_search_opens_the_file_at_its_place_and_does_without(tmp_path: Path) -> None:
    """Another file at that place is not looked at: the answer is what the set alone says."""
    from provenance import add

    ground = picture("reference/railcar_yard.jpg")
    held, asked = tmp_path / "held.png", tmp_path / "asked.png"
    noisy(peopled(ground, PLACES[:3]), 1).save(held)
    noisy(peopled(ground, PLACES[3:]), 2).save(asked)
    add([held], reference=tmp_path / "set")

    def found() -> list[Answer]:
        with Desk(references=[tmp_path / "set"], questions=(Question.SEEN_BEFORE,)) as desk:
            return [item.answer for item in desk.check(asked).report.evidence if isinstance(item, Match)]

    assert found() == [Answer.SAME_SCENE]
    ground.save(held)
    alone = found()
    held.unlink()
    assert found() == alone


def blended(under: Pillow.Image, over: Pillow.Image, share: float, middle: tuple[float, float]) -> Pillow.Image:
    """An oval of another picture over so much of the area, with a soft edge."""
    width, height = under.size
    across, down = (side * (share / np.pi) ** 0.5 for side in under.size)
    x, y = middle[0] * width, middle[1] * height
    mask = Pillow.new("L", under.size)
    ImageDraw.Draw(mask).ellipse((x - across, y - down, x + across, y + down), 255)
    return Pillow.composite(over, under, mask.filter(ImageFilter.GaussianBlur(1.5)))


@pytest.mark.parametrize("share", [0.12, 0.2])
def test_a_copy_with_a_part_replaced_stays_a_copy(share: float) -> None:
    """From another photograph, or from the same one elsewhere, whichever of the two was altered."""
    whole = picture("reference/railcar_yard.jpg")
    donor = ImageOps.fit(picture("stranger.jpg"), whole.size)
    for over in (donor, ImageChops.offset(whole, whole.width // 3, whole.height // 5)):
        altered = saved(blended(whole, over, share, (0.4, 0.45)), 85)
        assert answer(altered, whole) is Answer.COPY
        assert answer(whole, altered) is Answer.COPY


def test_what_the_likeness_takes_for_another_moment_is_seen_anew() -> None:
    whole = picture("reference/railcar_yard.jpg")
    found, view, left = looked(saved(whole, 60), whole)
    moved = replace(found, answer=Answer.SAME_SCENE, moved=True)
    anew = decided(moved, left, view)
    assert (anew.answer, anew.moved) == (Answer.COPY, False)
    assert decided(moved, replace(left, soft=True), view) is moved
    some = replace(left, gone=60.0, come=60.0, area=120.0, largest=60.0, middling=0.8, alike=0.95)
    assert decided(moved, some, view).answer is Answer.SAME_SCENE


def test_beside_another_moment_less_is_asked_for() -> None:
    whole = picture("reference/railcar_yard.jpg")
    found, view, left = looked(saved(whole, 60), whole)
    some = replace(left, gone=60.0, come=60.0, area=120.0, largest=60.0, middling=0.8, alike=0.95)
    alone = decided(found, some, view)
    assert alone.answer is Answer.COPY
    assert alone.another is not None
    beside = opened._told_apart(alone, alone.another)
    assert beside.answer is Answer.SAME_SCENE
    assert beside.moved
