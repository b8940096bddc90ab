"""Negatives, reliefs and pictures of few tones are found with the filter taken back; what is neither is left alone."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter, ImageOps

from provenance import add
from provenance.desk.desk import Desk
from provenance.fingerprint.local.detect import detect
from provenance.fingerprint.local.negative import negative, order
from provenance.matching.undone import few_tones, reliefs
from provenance.model.finding import Question
from provenance.model.matches import Answer, Match
from tests.matching.pictures import SAMPLES, copy_of, sample


def picture(name: str) -> Pillow.Image:
    return ImageOps.contain(sample(name), (800, 800))


def page() -> Pillow.Image:
    drawn = Pillow.new("RGB", (640, 800), "white")
    for line in range(20):
        ImageDraw.Draw(drawn).text((30, 30 + 36 * line), "words of a page, in black on white", "black", font_size=26)
    return drawn


def painted() -> Pillow.Image:
    """Four greys up to white, as a chart has them, with many outlines."""
    drawn = Pillow.new("RGB", (640, 800), "white")
    for number in range(800):
        at = 16 * (number % 40), 40 * (number // 40)
        ImageDraw.Draw(drawn).rectangle((*at, at[0] + 9, at[1] + 24), ((0,) * 3, (80,) * 3, (160,) * 3)[number % 3])
    return drawn


def test_descriptors_of_a_negative_are_an_order_of_the_plain_ones() -> None:
    grey = np.asarray(ImageOps.grayscale(picture("stranger.jpg")))
    plain, turned = negative(detect(grey, 300)), detect(np.ascontiguousarray(255 - grey), 300)
    assert sorted(order()) == list(range(128))
    assert np.array_equal(order()[order()], np.arange(128))
    theirs = {tuple(xy): row for row, xy in enumerate(turned.xy.round(1).tolist())}
    pairs = [(row, theirs[tuple(xy)]) for row, xy in enumerate(plain.xy.round(1).tolist()) if tuple(xy) in theirs]
    assert len(pairs) > 200
    off = [np.abs(plain.descriptors[a].astype(int) - turned.descriptors[b]).mean() for a, b in pairs]
    assert np.median(off) < 3


def test_only_reliefs_and_pictures_of_few_tones_are_taken_back() -> None:
    whole = picture("reference/railcar_yard.jpg")
    assert len(reliefs(copy_of(whole.filter(ImageFilter.EMBOSS)))) == 4
    assert few_tones(copy_of(ImageOps.posterize(whole, 1))) is not None
    assert few_tones(copy_of(ImageOps.posterize(whole.convert("L").convert("RGB"), 2))) is not None
    for other in (
        whole,
        picture("stranger.jpg"),
        page(),
        ImageOps.invert(whole),
        painted(),
        Pillow.new("RGB", (300, 200), "grey"),
    ):
        assert not reliefs(copy_of(other))
        assert few_tones(copy_of(other)) is None


@pytest.mark.parametrize("filtered", ["negative", "relief", "two tones"])
def test_a_filtered_copy_is_found_and_a_filtered_stranger_is_not(filtered: str, tmp_path: Path) -> None:
    def made(shown: Pillow.Image) -> Pillow.Image:
        match filtered:
            case "negative":
                return ImageOps.invert(shown)
            case "relief":
                return shown.filter(ImageFilter.EMBOSS)
            case _:
                return ImageOps.posterize(shown, 1)

    held = sorted((SAMPLES / "reference").glob("*.jpg"))
    add(held, reference=tmp_path / "set")
    whole = picture("reference/railcar_yard.jpg")
    asked, stranger = tmp_path / "asked.png", tmp_path / "stranger.png"
    made(whole).save(asked)
    made(picture("stranger.jpg")).save(stranger)
    with Desk(references=[tmp_path / "set"], questions=(Question.SEEN_BEFORE,)) as desk:
        found = [item for item in desk.check(asked).report.evidence if isinstance(item, Match)]
        nothing = [item for item in desk.check(stranger).report.evidence if isinstance(item, Match)]
    assert any(one.reference.name == "railcar_yard.jpg" and one.answer is Answer.COPY for one in found)
    assert not nothing
