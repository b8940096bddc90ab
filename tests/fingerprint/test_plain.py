"""Pictures without content: which are named so, with what reason, and that photographs are not."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from benchmarks.copies import furniture
from benchmarks.degradations import DEGRADATIONS
from provenance.fingerprint import grounds, plain
from provenance.fingerprint.local.encode import features, query
from provenance.fingerprint.plain import Kind, drawn, look, reason
from provenance.fingerprint.whole_frame import describe, fingerprints
from provenance.model.image import WorkingCopy

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "samples" / "reference").glob("*.jpg"))
DRAWN = {
    "logo": Kind.ARTWORK,
    "flag": Kind.ARTWORK,
    "chart": Kind.ARTWORK,
    "map": Kind.ARTWORK,
    "slide": Kind.TEXT,
    "page": Kind.TEXT,
    "chat": Kind.TEXT,
    "settings": Kind.TEXT,
}


def copy(picture: Image.Image) -> WorkingCopy:
    return WorkingCopy(pixels=np.ascontiguousarray(picture.convert("RGB")))


def saved(picture: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


@pytest.mark.parametrize("kind", sorted(DRAWN))
def test_drawn_pictures_are_named_and_keep_nothing_to_be_found_by(kind: str) -> None:
    for number in range(3):
        picture = furniture.drawn(kind, number, number)
        for one in (picture, saved(picture.resize((picture.width * 3 // 4, picture.height * 3 // 4)), 50)):
            if kind == "logo" and look(copy(one)).body > plain.BODY_SHARE:
                continue
            assert drawn(copy(one))
            assert reason(copy(one), 0).kind is DRAWN[kind]
            assert not any(code.searchable for code in fingerprints(copy(one)))
    kept = features(copy(furniture.drawn(kind, 0, 0)))
    assert kept.points == 0 and kept.thumbnail
    assert len(query(copy(furniture.drawn(kind, 0, 0))).plain.xy) == 0


def test_the_reason_says_the_numbers_that_decided_it_and_what_to_ask_for() -> None:
    why = reason(copy(furniture.drawn("page", 1, 1)), 0)
    assert "text only" in why.words and f"{look(copy(furniture.drawn('page', 1, 1))).signs} small marks" in why.words
    assert why.words.endswith(why.remedy) and "ask for the picture" in why.remedy
    assert "40 pixels on the shorter side, 48 needed" in reason(copy(Image.new("RGB", (90, 40))), 3).words
    assert reason(copy(furniture.drawn("cartoon", 1, 1)), 5).words.startswith("too few details (5 points")


@pytest.mark.parametrize(("kind", "expected"), [("blank", Kind.BLANK), ("gradient", Kind.GRADIENT)])
def test_blank_and_smooth_pictures_are_named(kind: str, expected: Kind) -> None:
    for number in range(4):
        picture = copy(furniture.drawn(kind, number, number))
        assert reason(picture, 0).kind is expected
        assert not describe(picture).searchable


def test_a_cartoon_with_content_of_its_own_is_searched() -> None:
    for number in range(4):
        assert describe(copy(furniture.drawn("cartoon", number, number))).searchable
        assert features(copy(furniture.drawn("cartoon", number, number))).points > 100


@pytest.mark.parametrize("words", ["JPEG quality 10", "resized to 200 px", "blur, radius 2 px", "screenshot of a post"])
def test_photographs_are_not_taken_for_drawings(words: str) -> None:
    for path in SAMPLES:
        photo = Image.open(path).convert("RGB")
        photo.thumbnail((800, 800))
        assert not drawn(copy(photo))
        assert not drawn(copy(DEGRADATIONS[words](photo, np.random.default_rng(1))))


def test_drawn_says_what_the_whole_look_says() -> None:
    shown = [furniture.drawn(kind, number, number) for kind in furniture.FLAT for number in (1, 4)]
    for picture in (*shown, *(Image.open(path) for path in SAMPLES)):
        for one in (copy(picture), copy(saved(picture.convert("RGB").resize((300, 200)), 30))):
            assert drawn(one) is look(one).drawn


@pytest.mark.parametrize("longest", [200, 349, 350, 512])
def test_green_alone_tells_most_photographs_and_never_fewer_even_places_than_there_are(longest: int) -> None:
    shown = [furniture.drawn(kind, number, number) for kind in furniture.FLAT for number in (2, 3)]
    made = [saved(ImageOps.contain(one.convert("RGB"), (longest, longest)), (50, 95)[longest % 2]) for one in shown]
    photos = [ImageOps.contain(Image.open(path).convert("RGB"), (longest, longest)) for path in SAMPLES]
    for one in map(copy, (*made, *photos)):
        share = grounds.even_share(grounds.steps(one.pixels))
        assert not grounds.fewer_even(one.pixels, share)
        assert drawn(one) is look(one).drawn
    told = [grounds.fewer_even(copy(photo).pixels, plain.TEXT_SHARE) for photo in photos]
    assert sum(told) > len(told) / 2


def test_places_that_are_even_in_one_channel_alone_do_not_decide() -> None:
    chance = np.random.default_rng(7)
    for channel in range(3):
        pixels = chance.integers(0, 256, (200, 300, 3), np.uint8)
        pixels[:, :, channel] = 90
        assert grounds.fewer_even(pixels, 0.5) is (channel != 1)
        assert drawn(WorkingCopy(pixels=pixels)) is look(WorkingCopy(pixels=pixels)).drawn is False


@pytest.mark.parametrize("longest", [513, 800, 1023, 1024, 1600, 2100])
def test_a_rough_look_never_decides_over_a_drawn_picture(longest: int) -> None:
    rough = {}
    for number, kind in enumerate(sorted(DRAWN)):
        picture = saved(ImageOps.contain(furniture.drawn(kind, number, 5), (longest, longest)), (50, 90)[number % 2])
        factor = longest / max(picture.size)
        large = copy(picture.resize((round(picture.width * factor), round(picture.height * factor))))
        rough[kind] = grounds.even_share(grounds.steps(grounds.halved(large)))
        assert drawn(large) is look(large).drawn
    assert min(rough.values()) > plain.ROUGH_SHARE + 0.15
    photos = [copy(ImageOps.contain(Image.open(path), (longest, longest))) for path in SAMPLES]
    shares = [grounds.even_share(grounds.steps(grounds.halved(photo))) for photo in photos]
    assert min(shares) < plain.ROUGH_SHARE and not any(drawn(photo) for photo in photos)


@pytest.mark.parametrize("kind", [*sorted(DRAWN), "photograph"])
def test_large_pictures_are_named_as_they_are_when_scaled_in_one_step(kind: str) -> None:
    picture = Image.open(SAMPLES[1]) if kind == "photograph" else furniture.drawn(kind, 1, 1)
    factor = 2 * 2049 / max(picture.size)  # odd sides on the way down
    large = saved(picture.convert("RGB").resize((round(picture.width * factor), round(picture.height * factor))), 60)
    scaled = copy(large.resize((large.width // 8, large.height // 8), Image.Resampling.BOX))
    one, same = look(copy(large)), look(scaled)
    assert one.drawn is same.drawn is (kind != "photograph")
    assert reason(copy(large), 0).kind is reason(scaled, 0).kind
    assert abs(one.grounds - same.grounds) < 0.03 and abs(one.body - same.body) < 0.01


@pytest.mark.parametrize("change", ["night", "fog", "snow"])
def test_dark_hazy_and_bright_photographs_are_not_taken_for_drawings(change: str) -> None:
    for path in SAMPLES[:4]:
        photo = ImageOps.contain(Image.open(path).convert("RGB"), (600, 600))
        level = np.asarray(photo, np.float64)
        shown = {"night": (level - 100).clip(0) * 0.5, "fog": 180 + level * 0.12, "snow": 255 - (255 - level) * 0.35}
        picture = Image.fromarray(shown[change].astype(np.uint8))
        assert not drawn(copy(picture)) and not drawn(copy(saved(picture, 10)))


def test_a_page_of_words_with_a_photograph_in_it_is_searched() -> None:
    photo = Image.open(SAMPLES[0]).convert("RGB")
    for share in (0.25, 0.4):
        page = furniture.drawn("page", 2, 2)
        page.paste(ImageOps.contain(photo, (round(page.width * share), page.height)), (60, 300))
        assert not drawn(copy(page)) and not drawn(copy(saved(page, 40)))
        assert features(copy(page)).points > 0


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 70), st.integers(1, 70), st.integers(0, 255))
def test_any_size_down_to_one_pixel_is_measured(width: int, height: int, level: int) -> None:
    picture = copy(Image.new("RGB", (width, height), (level, 0, 255 - level)))
    looks = look(picture)
    assert looks.shorter_px == min(width, height) and 0 <= looks.body <= 1
    assert reason(picture, 0).words
