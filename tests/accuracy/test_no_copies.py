"""Pictures that share furniture and no content: none is a copy, whatever design, avatar, bar or mark they share."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageOps

from benchmarks.copies import furniture
from benchmarks.degradations import jpeg
from provenance.matching.planting import LEAST_LEFT_S
from provenance.matching.search import check
from provenance.matching.words import NOT_ENOUGH_DETAIL
from provenance.model.context import Context
from provenance.model.matches import Answer, Match
from provenance.model.outcome import Ran
from provenance.reference.open import open_set
from tests.matching.pictures import entry, image_of

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reference"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
PLAIN = ("logo", "flag", "chart", "map", "slide", "page", "post of words", "chat", "settings", "blank", "gradient")
DESIGNS = 2

Dressed = Callable[[Pillow.Image, np.random.Generator, np.random.Generator], Pillow.Image]


def asked(picture: Pillow.Image, store) -> Ran:
    # Too little time is left to plant variants, which say what a search would find and find nothing themselves.
    outcome = check(image_of(picture), Context(now=NOW, references=(store,), left_s=lambda: LEAST_LEFT_S - 1))
    assert isinstance(outcome, Ran)
    return outcome


def answers(picture: Pillow.Image, store) -> set[Answer]:
    return {item.answer for item in asked(picture, store).evidence if isinstance(item, Match)}


def sent(picture: Pillow.Image) -> Pillow.Image:
    """Scaled down and saved again, as screenshots come."""
    small = picture.resize((picture.width * 4 // 5, picture.height * 4 // 5))
    return jpeg(60)(small, np.random.default_rng(0))


def chances(design: int, content: int) -> tuple[np.random.Generator, np.random.Generator]:
    return np.random.default_rng([7, design]), np.random.default_rng([11, content])


@pytest.fixture(scope="module")
def flat_set(tmp_path_factory):
    store = open_set(tmp_path_factory.mktemp("sets") / "flat.sqlite", create=True)
    store.add([entry(furniture.drawn(kind, design, 0)) for kind in furniture.FLAT for design in range(DESIGNS)])
    yield store
    store.close()


@pytest.mark.parametrize("kind", PLAIN)
def test_flat_pictures_of_one_design_are_no_copies_and_the_reason_is_said(flat_set, kind: str) -> None:
    for design in range(DESIGNS):
        outcome = asked(sent(furniture.drawn(kind, design, 1 + design)), flat_set)
        found = [item.answer for item in outcome.evidence if isinstance(item, Match)]
        assert Answer.COPY not in found
        if kind not in ("logo", "flag", "post of words"):
            assert found == [] and outcome.note.startswith(NOT_ENOUGH_DETAIL)


def test_a_cartoon_is_no_copy_of_another_and_is_found_again_itself(flat_set) -> None:
    assert Answer.COPY not in answers(sent(furniture.drawn("cartoon", 0, 5)), flat_set)
    assert Answer.COPY in answers(sent(furniture.drawn("cartoon", 0, 0)), flat_set)


def posted(photo: Pillow.Image, design: np.random.Generator, content: np.random.Generator) -> Pillow.Image:
    return furniture.in_post(photo, design, content)


PHOTOS = tuple(sorted(SAMPLES.glob("*.jpg")))[:2]


def photo(number: int) -> Pillow.Image:
    """Pictures with detail that share nothing: two samples, then seeded clouds with plain shapes in them."""
    if number < len(PHOTOS):
        return ImageOps.contain(Pillow.open(PHOTOS[number]).convert("RGB"), (900, 900))
    chance = np.random.default_rng(number)
    layers = [
        np.asarray(Pillow.fromarray(chance.integers(0, 256, (side, side, 3), np.uint8)).resize((800, 600)), np.float64)
        for side in (3, 8, 20, 50)
    ]
    return Pillow.fromarray(np.average(layers, axis=0, weights=(4, 3, 2, 2)).astype(np.uint8))


DRESSES: dict[str, Dressed] = {
    "sticker": furniture.with_sticker,
    "watermark": furniture.with_watermark,
    "caption bar": furniture.with_bar,
    "post": posted,
}


@pytest.mark.parametrize("dress", sorted(DRESSES))
def test_other_photographs_under_the_same_furniture_are_no_copies(tmp_path: Path, dress: str) -> None:
    store = open_set(tmp_path / "set", create=True)
    store.add(
        [entry(DRESSES[dress](photo(number), *chances(design, number))) for design in (0, 1) for number in (0, 2)]
    )
    for design in (0, 1):
        for number in (1, 5):
            query = sent(DRESSES[dress](photo(number), *chances(design, 10 + number)))
            assert Answer.COPY not in answers(query, store)
    store.close()


def test_a_reference_as_the_avatar_of_a_post_is_no_copy(tmp_path: Path) -> None:
    store = open_set(tmp_path / "set", create=True)
    store.add([entry(photo(number)) for number in (0, 2, 3)])
    for number in (1, 5):
        for face in (0, 2):
            query = furniture.in_post(photo(number), *chances(face, number), face=photo(face))
            assert answers(sent(query), store) <= {Answer.SHARED_ELEMENT}
    store.close()
