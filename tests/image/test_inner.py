"""Screens, collages and frames drawn here, with the boxes that must be found; and pictures in which there is none."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from provenance.image.inner.photographs import IN_A_FRAME, ON_A_SCREEN, PANE, InnerPhotograph, inner_photographs
from provenance.model.image import WorkingCopy

ROOT = Path(__file__).resolve().parents[2]
PHOTOS = ROOT.parent / "shared" / "corpora" / "photos"
Box = tuple[int, int, int, int]


def scenery(size: tuple[int, int], seed: int) -> Pillow.Image:
    """Something like a photograph: smooth shapes at all scales, in colour."""
    chance = np.random.default_rng(seed)
    layers = np.zeros((size[1], size[0], 3))
    for cells, weight in ((3, 70), (9, 40), (40, 25), (160, 12)):
        tile = chance.normal(0, weight, (cells, cells, 3)).clip(-127, 127) + 127
        shape = Pillow.fromarray(tile.astype(np.uint8)).resize(size, Pillow.Resampling.BICUBIC)
        layers += np.asarray(shape, float) - 127
    return Pillow.fromarray((layers + 120).clip(0, 255).astype(np.uint8))


def screen(page: str, ink: str, box: Box | None, *, size: tuple[int, int] = (540, 1000), seed: int = 0) -> Pillow.Image:
    """A post: lines of words above and below a photograph."""
    drawn = Pillow.new("RGB", size, page)
    draw = ImageDraw.Draw(drawn)
    draw.ellipse((16, 20, 64, 68), "teal")
    font = ImageFont.load_default(20)
    rows = [*range(90, (box or (0, 200, 0, 0))[1] - 30, 28), *range((box or (0, 0, 0, 200))[3] + 14, size[1] - 30, 28)]
    for top in rows:
        draw.text((16, top), "what was seen here today by many", ink, font)
    if box is not None:
        drawn.paste(scenery((box[2] - box[0], box[3] - box[1]), seed), box[:2])
    return drawn


def as_jpeg(picture: Pillow.Image, quality: int) -> Pillow.Image:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Pillow.open(buffer).convert("RGB")


def find(picture: Pillow.Image) -> tuple[InnerPhotograph, ...]:
    return inner_photographs(WorkingCopy(pixels=np.asarray(picture)))


def near(found: Box, true: Box, slack_px: int = 2) -> bool:
    return all(abs(a - b) <= slack_px for a, b in zip(found, true, strict=True))


@pytest.mark.parametrize("quality", [None, 90, 60, 30])
@pytest.mark.parametrize(("page", "ink"), [("#ffffff", "#0f1419"), ("#15202b", "#ffffff"), ("#000000", "#e7e9ea")])
@pytest.mark.parametrize("box", [(0, 300, 540, 700), (16, 280, 524, 620), (70, 200, 500, 830)])
def test_a_photograph_in_a_post_is_found_to_two_pixels(page: str, ink: str, box: Box, quality: int | None) -> None:
    drawn = screen(page, ink, box)
    found = find(drawn if quality is None else as_jpeg(drawn, quality))
    assert [one.kind for one in found] == [ON_A_SCREEN]
    assert near(found[0].box_px, box), found


def test_a_large_screen_scaled_down_keeps_its_box() -> None:
    drawn = screen("white", "black", (0, 600, 1080, 1400), size=(1080, 2100)).resize((700, 1361))
    (found,) = find(as_jpeg(drawn, 50))
    assert near(found.box_px, (0, 389, 700, 907), 3)


def test_a_screen_cut_through_the_photograph_gives_the_part_that_is_left() -> None:
    drawn = screen("white", "black", (0, 300, 540, 700)).crop((0, 480, 540, 1000))
    (found,) = find(as_jpeg(drawn, 60))
    assert near(found.box_px, (0, 0, 540, 220))


def test_two_photographs_in_one_thread_are_both_found() -> None:
    first, second = (16, 150, 524, 420), (16, 560, 524, 860)
    drawn = screen("white", "black", first, seed=1)
    drawn.paste("white", (0, 520, 540, 1000))
    drawn.paste(scenery((508, 300), 2), second[:2])
    found = find(drawn)
    assert len(found) == 2
    assert near(found[0].box_px, first)
    assert near(found[1].box_px, second)


def test_a_badge_that_hangs_over_the_edge_does_not_stretch_the_box() -> None:
    drawn = screen("white", "black", (16, 280, 524, 620))
    drawn.paste("white", (0, 620, 540, 680))
    ImageDraw.Draw(drawn).ellipse((420, 595, 470, 645), "crimson")
    (found,) = find(drawn)
    assert near(found.box_px, (16, 280, 524, 620))


@pytest.mark.parametrize("gutter_px", [0, 6, 16])
def test_the_panes_of_a_collage_are_found(gutter_px: int) -> None:
    width, height = 800, 600
    half = (width - gutter_px) // 2
    drawn = Pillow.new("RGB", (width, height), "white")
    drawn.paste(scenery((half, height), 3), (0, 0))
    drawn.paste(scenery((width - half - gutter_px, height), 4), (half + gutter_px, 0))
    found = find(as_jpeg(drawn, 80))
    assert len(found) == 2
    assert near(found[0].box_px, (0, 0, half, height), 3)
    assert near(found[1].box_px, (half + gutter_px, 0, width, height), 3)


def test_panes_without_a_gutter_are_called_panes() -> None:
    drawn = Pillow.new("RGB", (800, 600))
    for number, place in enumerate(((0, 0), (400, 0), (0, 300), (400, 300))):
        drawn.paste(scenery((400, 300), 10 + number), place)
    found = find(drawn)
    assert [one.kind for one in found] == [PANE] * 4
    assert near(found[3].box_px, (400, 300, 800, 600))


def test_the_panes_of_a_grid_in_a_post_have_its_words_beside_them() -> None:
    drawn = screen("white", "black", (0, 300, 540, 600), seed=6)
    drawn.paste(scenery((268, 300), 7), (272, 300))
    drawn.paste("white", (270, 300, 272, 600))
    found = find(as_jpeg(drawn, 80))
    assert [one.kind for one in found] == [PANE] * 2
    assert all(one.words_beside >= 4 for one in found)
    assert all(one.words_beside == 0 for one in find(drawn.crop((0, 300, 540, 600))))


@pytest.mark.parametrize("colour", ["black", "white", "#808080"])
def test_a_picture_between_bars_is_found(colour: str) -> None:
    drawn = Pillow.new("RGB", (640, 640), colour)
    drawn.paste(scenery((640, 360), 5), (0, 140))
    (found,) = find(as_jpeg(drawn, 70))
    assert found.kind == IN_A_FRAME and found.words_beside == 0
    assert near(found.box_px, (0, 140, 640, 500))


@pytest.mark.parametrize("seed", range(6))
def test_an_ordinary_picture_has_no_inner_photograph(seed: int) -> None:
    assert find(as_jpeg(scenery((640, 480), seed), 75)) == ()


@pytest.mark.parametrize("page", ["#ffffff", "#000000"])
def test_a_screen_of_words_has_no_inner_photograph(page: str) -> None:
    assert find(as_jpeg(screen(page, "#808080", None), 60)) == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (200, 3), (40, 40), (5000, 16)])
def test_pictures_of_any_size_are_answered(size: tuple[int, int]) -> None:
    assert find(scenery(size, 1)) == ()
    assert find(Pillow.new("RGB", size, "navy")) == ()


def test_the_answer_is_the_same_every_time_and_leaves_the_pixels_alone() -> None:
    pixels = np.array(as_jpeg(screen("white", "black", (16, 280, 524, 620)), 50))
    before = pixels.copy()
    pixels.flags.writeable = False
    copy = WorkingCopy(pixels=pixels)
    assert inner_photographs(copy) == inner_photographs(copy)
    assert np.array_equal(pixels, before)


def test_every_find_says_what_it_rests_on() -> None:
    (found,) = find(screen("white", "black", (16, 280, 524, 620)))
    numbers = dict(found.evidence)
    assert numbers["sides seen"] == 4
    assert numbers["least share of a side covered"] > 0.6


def test_the_sample_post_gives_up_its_photograph() -> None:
    path = ROOT / "samples" / "railcar_post.png"
    if not path.is_file():
        pytest.skip("the samples are not in this checkout")
    (found,) = find(Pillow.open(path).convert("RGB"))
    assert near(found.box_px, (32, 434, 1048, 1036), 3)


@pytest.fixture(scope="module")
def strangers() -> Iterator[list[Path]]:
    folder = PHOTOS / "strangers"
    if not folder.is_dir():
        pytest.skip("the shared photographs are not beside this checkout")
    yield sorted(folder.glob("*.jpg"))[5::12]


def test_photographs_of_the_corpus_rarely_have_an_inner_one(strangers: list[Path]) -> None:
    finds = [path.name for path in strangers if find(Pillow.open(path).convert("RGB"))]
    assert len(finds) <= len(strangers) // 20, finds


def test_photographs_of_the_corpus_are_found_in_posts(strangers: list[Path]) -> None:
    right = 0
    for number, path in enumerate(strangers):
        box = (16, 280, 524, 620)
        dark = number % 2 == 1
        drawn = screen("#15202b" if dark else "#ffffff", "white" if dark else "black", box)
        drawn.paste(Pillow.open(path).convert("RGB").resize((508, 340)), box[:2])
        right += any(near(one.box_px, box, 6) for one in find(as_jpeg(drawn, 60)))
    assert right >= 0.9 * len(strangers), f"{right} of {len(strangers)}"
