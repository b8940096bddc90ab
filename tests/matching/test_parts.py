"""Parts of pictures: found where they lie, turned as they are, and strangers, layouts and avatars not called copies."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont, ImageOps

from provenance.fingerprint.local.encode import features, query
from provenance.fingerprint.local.encode import name as features_name
from provenance.matching.points import geometry
from provenance.matching.search import check
from provenance.matching.sighted import CANDIDATES, CROWD, sight, sighted
from provenance.model.context import Context
from provenance.model.features import Candidate
from provenance.model.matches import Answer, Match, Search
from provenance.model.outcome import Ran
from provenance.model.publication import CopyKind
from provenance.reference.open import open_set
from tests.matching.pictures import SAMPLES, copy_of, entry, image_of, sample

CARD = 32, 433, 1047, 1037
"""The photograph inside railcar_post.png."""
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def asked(picture: Pillow.Image, store) -> Ran:
    outcome = check(image_of(picture), Context(now=NOW, references=(store,)))
    assert isinstance(outcome, Ran)
    return outcome


def matches(picture: Pillow.Image, store) -> list[Match]:
    return [item for item in asked(picture, store).evidence if isinstance(item, Match)]


def the_copy(picture: Pillow.Image, reference: Pillow.Image, store) -> Match:
    (found,) = [match for match in matches(picture, store) if match.answer is Answer.COPY]
    assert found.reference.image_id == hashlib.sha256(np.ascontiguousarray(reference).tobytes()).hexdigest()
    assert found.alignment is not None
    return found


def covered(polygon, box: tuple[float, float, float, float], size: tuple[int, int]) -> float:
    """Intersection over union of an outline and a box, by counting pixels."""
    masks = []
    for outline in (polygon, [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])]):
        mask = Pillow.new("1", size)
        ImageDraw.Draw(mask).polygon([tuple(point) for point in outline], fill=1)
        masks.append(np.asarray(mask))
    return float((masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum())


def post(picture: Pillow.Image, face: Pillow.Image, words: str) -> Pillow.Image:
    inside = ImageOps.contain(picture, (500, 700))
    screen = Pillow.new("RGB", (540, inside.height + 240), "white")
    draw = ImageDraw.Draw(screen)
    screen.paste(ImageOps.fit(face, (56, 56)), (20, 20))
    draw.text((90, 26), "City Reporter", "black", ImageFont.load_default(20))
    draw.text((20, 92), words, "black", ImageFont.load_default(22))
    screen.paste(inside, (20, 140))
    for place, count in enumerate(("12", "340", "1.2k", "Share")):
        left = 30 + 128 * place
        draw.ellipse((left, inside.height + 170, left + 24, inside.height + 194), outline="grey", width=3)
        draw.text((left + 32, inside.height + 170), count, "grey", ImageFont.load_default(18))
    return screen


def test_the_photograph_inside_the_sample_post_is_found_where_it_lies(desk, yard) -> None:
    found = the_copy(sample("railcar_post.png"), yard, desk)
    assert found.fingerprint == features_name()
    assert found.copy in (CopyKind.NEAR, CopyKind.CROP)
    # The post shows three quarters of the reference, cut to its card.
    assert covered(found.alignment.query_region, CARD, (1080, 2160)) > 0.97
    assert found.alignment.reference_share == pytest.approx(0.76, abs=0.02)


@pytest.mark.parametrize("box", [(100, 50, 900, 700), (500, 300, 1100, 780), (620, 330, 1080, 640)])
def test_a_crop_is_found_and_its_place_in_the_reference_told(desk, yard, box) -> None:
    found = the_copy(yard.crop(box), yard, desk)
    share = (box[2] - box[0]) * (box[3] - box[1]) / (yard.width * yard.height)
    assert found.copy is CopyKind.CROP
    assert found.alignment.reference_share == pytest.approx(share, rel=0.04)
    assert covered(found.alignment.reference_region, box, yard.size) > 0.95
    assert f"cropped to {round(100 * found.alignment.reference_share)} %" in found.transform
    assert found.alignment.scale == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("degrees", [-27, 8, 143])
def test_a_turned_picture_is_found_and_the_turn_told(desk, yard, degrees) -> None:
    turned = yard.resize((900, 600)).rotate(-degrees, Pillow.Resampling.BICUBIC, expand=True)
    found = the_copy(turned, yard, desk)
    assert found.alignment.turn_deg == pytest.approx(degrees, abs=0.5)
    assert f"turned by {abs(degrees)} degrees {'clockwise' if degrees > 0 else 'counter-clockwise'}" in found.transform
    assert found.alignment.scale == pytest.approx(0.75, abs=0.01)


def test_what_was_mirrored_and_then_turned_is_told_in_that_order(desk, yard) -> None:
    turned = ImageOps.mirror(yard).resize((900, 600)).rotate(-10, Pillow.Resampling.BICUBIC, expand=True)
    found = the_copy(turned, yard, desk)
    assert found.transform.startswith("mirrored left-right, turned by 10 degrees clockwise")


def test_a_mirrored_crop_is_found_and_called_mirrored(desk, yard) -> None:
    box = (200, 100, 1000, 700)
    found = the_copy(ImageOps.mirror(yard.crop(box)), yard, desk)
    assert found.copy is CopyKind.MIRRORED and found.alignment.mirrored
    assert found.transform.startswith("mirrored left-right")
    assert covered(found.alignment.reference_region, box, yard.size) > 0.95
    assert covered(found.alignment.query_region, (0, 0, 800, 600), (800, 600)) > 0.97


def test_every_pane_of_a_collage_is_found_in_its_place(desk, yard) -> None:
    names = [
        "reference/railcar_yard.jpg",
        "reference/harbour_cranes.jpg",
        "stranger.jpg",
        "reference/market_stalls.jpg",
    ]
    board = Pillow.new("RGB", (920, 620), "white")
    for place, name in enumerate(names):
        board.paste(sample(name).resize((450, 300)), (5 + 460 * (place % 2), 5 + 310 * (place // 2)))
    found = [match for match in matches(board, desk) if match.answer is Answer.COPY]
    assert len(found) == 3
    for place in (0, 1, 3):
        digest = hashlib.sha256(np.ascontiguousarray(sample(names[place])).tobytes()).hexdigest()
        (match,) = [one for one in found if one.reference.image_id == digest]
        left, top = 5 + 460 * (place % 2), 5 + 310 * (place // 2)
        assert covered(match.alignment.query_region, (left, top, left + 450, top + 300), board.size) > 0.95


def test_an_inset_in_a_still_is_told_by_where_both_look_alike_not_by_the_screen_around_it(desk, yard) -> None:
    still = ImageOps.fit(sample("stranger.jpg"), (1280, 720))
    box = 60, 80, 560, 361
    still.paste("white", (box[0] - 4, box[1] - 4, box[2] + 4, box[3] + 4))
    still.paste(ImageOps.fit(yard, (box[2] - box[0], box[3] - box[1])), box[:2])
    ImageDraw.Draw(still).rectangle((0, 570, 1280, 720), "navy")
    ImageDraw.Draw(still).text((40, 600), "WORDS OF A TICKER", "white", ImageFont.load_default(48))
    found = the_copy(still, yard, desk)
    assert found.alignment is not None
    assert covered(found.alignment.query_region, box, still.size) > 0.9


def test_a_photograph_behind_pages_of_the_same_words_is_laid_too(desk, yard) -> None:
    """Ten pages that share words take each other's place among the likeliest; whoever has many votes comes next."""
    asked = query(copy_of(yard))
    own = entry(yard).image_id
    pages = [f"{number:064x}" for number in range(CANDIDATES)]

    class Crowded:
        """A set that has the yard behind pages of words, of which it keeps no points."""

        def __init__(self, votes: int) -> None:
            self.votes = votes

        def vote(self, probe, made_by, most):
            others = [Candidate(image_id=one, mirrored=False, votes=50_000) for one in pages]
            return [*others, Candidate(image_id=own, mirrored=False, votes=self.votes)][:most]

        def features(self, image_ids):
            return {one: features(copy_of(yard)) for one in image_ids if one == own}

    assert [one.image_id for one in sight(Crowded(20_000), asked, behind=CROWD)] == [own]
    assert sight(Crowded(2_000), asked, behind=CROWD) == sight(Crowded(20_000), asked) == []


def test_another_camera_position_and_a_stranger_are_no_copies(desk) -> None:
    for name in ("railcar_other_angle.jpg", "stranger.jpg"):
        assert not [match for match in matches(sample(name), desk) if match.answer is Answer.COPY]


def test_the_same_yard_without_the_load_is_the_same_scene_and_no_copy(desk, yard) -> None:
    answers = {match.reference.image_id: match.answer for match in matches(yard.resize((800, 533)), desk)}
    empty = hashlib.sha256(np.ascontiguousarray(sample("reference/yard_empty.jpg")).tobytes()).hexdigest()
    assert answers.get(empty) is not Answer.COPY


def test_a_post_in_the_same_layout_with_another_photo_is_no_copy(tmp_path) -> None:
    store = open_set(tmp_path / "posts.sqlite", create=True)
    face = sample("reference/river_bridge.jpg")
    store.add([entry(post(sample("reference/forest_track.jpg"), face, "A quiet morning by the old road"))])
    other = post(
        sample("reference/lorry_park.jpg"), sample("reference/warehouse.jpg"), "Trucks are waiting at the border"
    )
    assert [match.answer for match in matches(other, store) if match.answer is Answer.COPY] == []
    store.close()


def test_a_reference_as_the_avatar_is_no_copy_of_the_post(desk) -> None:
    query_post = post(sample("stranger.jpg"), sample("reference/railcar_yard.jpg"), "Look at this")
    assert not [match for match in matches(query_post, desk) if match.answer is Answer.COPY]


def test_the_same_question_has_the_same_answer_on_one_thread_and_on_two(desk) -> None:
    import cv2

    before = cv2.getNumThreads()
    try:
        answers = []
        for threads in (1, 2):
            cv2.setNumThreads(threads)
            answers.append([item.id for item in asked(sample("railcar_post.png"), desk).evidence])
    finally:
        cv2.setNumThreads(before)
    assert answers[0] == answers[1]


def test_the_order_of_adding_changes_no_answer(tmp_path, desk) -> None:
    other = open_set(tmp_path / "other.sqlite", create=True)
    for path in sorted((SAMPLES / "reference").glob("*.jpg"), reverse=True):
        other.add([entry(Pillow.open(path).convert("RGB"))])
    probe = query(copy_of(sample("railcar_post.png"))).probe
    assert other.vote(probe, features_name(), 10) == desk.vote(probe, features_name(), 10)
    other.close()


def test_a_set_without_local_features_says_so_and_searches_whole_frames(tmp_path, yard) -> None:
    store = open_set(tmp_path / "old.sqlite", create=True)
    store.add([entry(yard, with_features=False)])
    (search,) = [item for item in asked(sample("railcar_post.png"), store).evidence if isinstance(item, Search)]
    assert "screenshot" in search.would_miss and "provenance refs reindex" in search.would_miss
    assert "screenshot" not in search.would_catch
    store.close()


def test_a_plain_query_is_not_sought_by_parts(desk) -> None:
    assert sight(desk, query(copy_of(Pillow.new("RGB", (400, 300), "navy")))) == []


def test_a_homography_is_recovered_from_exact_points() -> None:
    truth = np.array([[0.9, 0.12, 14.0], [-0.1, 1.05, -8.0], [1e-4, -2e-4, 1.0]])
    start = np.random.default_rng(0).uniform(0, 500, (40, 2))
    fitted = geometry.homography(start, geometry.apply(truth, start))
    assert fitted is not None and np.allclose(fitted, truth, atol=1e-6)


def test_an_affine_transform_is_recovered_from_exact_points() -> None:
    truth = np.array([[0.5, -0.3, 100.0], [0.3, 0.5, 20.0], [0.0, 0.0, 1.0]])
    start = np.random.default_rng(1).uniform(0, 500, (5, 2))
    fitted = geometry.affine(start, geometry.apply(truth, start))
    assert fitted is not None and np.allclose(fitted, truth, atol=1e-9)
    scale, stretch, turn_deg = geometry.stretch(truth, np.array([50.0, 60.0]))
    assert scale == pytest.approx(np.hypot(0.5, 0.3))
    assert stretch == pytest.approx(1) and turn_deg == pytest.approx(np.degrees(np.arctan2(0.3, 0.5)))


def test_points_on_one_line_determine_nothing() -> None:
    line = np.column_stack([np.arange(10.0), 2 * np.arange(10.0)])
    assert geometry.affine(line, line) is None
    assert geometry.homography(line, line) is None


def test_other_photographs_under_one_bar_of_words_share_an_element_at_most(tmp_path, yard) -> None:
    def under_bar(picture: Pillow.Image) -> Pillow.Image:
        made = Pillow.new("RGB", (900, 760), "white")
        for row in range(5):
            words = f"WHAT THEY DO NOT WANT YOU TO SEE {row * 7919 % 1000} SHARE"
            ImageDraw.Draw(made).text((12, 6 + 30 * row), words, "black", ImageFont.load_default(26))
        made.paste(picture.resize((900, 600)), (0, 160))
        return made

    store = open_set(tmp_path / "bars.sqlite", create=True)
    store.add([entry(under_bar(yard))])
    others = [matches(under_bar(sample(f"reference/{name}.jpg")), store) for name in ("harbour_cranes", "wheat_road")]
    again = matches(under_bar(yard).resize((700, 591)), store)
    store.close()
    assert [match.answer for match in again] == [Answer.COPY]
    assert not [match for found in others for match in found if match.answer in (Answer.COPY, Answer.SAME_SCENE)]


def barred(picture: Pillow.Image) -> Pillow.Image:
    """A channel's red bar with two lines of words, and its logo, on a picture of 900 x 600."""
    drawn = ImageOps.fit(picture, (900, 600))
    draw = ImageDraw.Draw(drawn)
    draw.rectangle((0, 480, 900, 600), (180, 0, 0))
    draw.text((20, 490), "WATCH: EXCLUSIVE FOOTAGE FROM THE", "white", ImageFont.load_default(40))
    draw.text((20, 540), "FRONT LINE - CHANNEL 9 NEWS", "white", ImageFont.load_default(40))
    draw.rectangle((740, 20, 880, 80), "white")
    draw.text((750, 25), "CH 9", (180, 0, 0), ImageFont.load_default(44))
    return drawn


def plain_ground(seed: int) -> Pillow.Image:
    """Slow waves of one colour: a photograph of sky, water, a wall."""
    rows, columns = np.mgrid[0:600, 0:900]
    phase = np.random.default_rng(seed).uniform(0, 6, 4)
    waves = (
        150 + 40 * np.sin(columns / 140 + phase[0] + np.sin(rows / 90 + phase[1])) + 20 * np.sin(rows / 70 + phase[2])
    )
    return Pillow.fromarray(np.stack([waves, waves * 0.95, waves * 0.8], axis=2).clip(0, 255).astype(np.uint8))


def test_plain_pictures_under_one_bar_are_no_copies_in_any_look(tmp_path) -> None:
    store = open_set(tmp_path / "bars.sqlite", create=True)
    store.add([entry(barred(plain_ground(seed))) for seed in range(4)])
    for seed in range(10, 14):
        found = matches(barred(plain_ground(seed)), store)
        assert all(one.answer is not Answer.COPY for one in found)
    store.close()


def test_a_small_inset_is_found_and_dates_nothing(yard, desk) -> None:
    ground = sample("reference/market_stalls.jpg").transpose(Pillow.Transpose.FLIP_LEFT_RIGHT).resize((1600, 1066))
    ground.paste(ImageOps.contain(yard, (380, 380)), (700, 300))
    found = {Path(one.reference.path).name or one.reference.image_id: one for one in matches(ground, desk)}
    small = next(one for one in found.values() if one.alignment is not None and one.alignment.query_share < 0.1)
    assert small.answer is Answer.COPY
    assert small.copy is CopyKind.COMPONENT


def test_a_reference_without_points_is_no_damage(yard) -> None:
    kept = features(copy_of(Pillow.new("RGB", (400, 300), "white")))
    assert kept.points == 0
    assert sighted(query(copy_of(yard)), kept, "", mirrored=False) is None


def test_a_stretched_copy_says_so(yard, desk) -> None:
    wide = yard.resize((yard.width * 4 // 3, yard.height))
    found = next(one for one in matches(wide, desk) if one.answer is Answer.COPY)
    assert "stretched to 133 % in one direction" in found.statement
    plain = next(one for one in matches(yard.resize((900, 600)), desk) if one.answer is Answer.COPY)
    assert "stretched" not in plain.statement
