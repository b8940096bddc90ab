"""Writing that reads otherwise is what differs between two copies, and no caption laid over one of them."""

from __future__ import annotations

import time

import cv2
import numpy as np
import pytest

from benchmarks.forensics.benign import WAYS, Pixels, jpeg, kept
from benchmarks.forensics.writing import CHANGES, KINDS, written
from provenance.findings.compared import told as answered
from provenance.forensics.comparison import told
from provenance.forensics.comparison.writing import rewritten
from provenance.model.differences import Compared

from .conftest import photograph
from .laying import laid_as_sent
from .test_comparison import matched
from .test_comparison_bounds import texture

READS_OTHERWISE = "What differs there looks like writing on a ground that both have"
SIZE = (384, 512, 3)


@pytest.fixture(scope="module")
def photographs() -> list[Pixels]:
    return [photograph(name) for name in ("railcar_yard.jpg", "wheat_road.jpg")]


@pytest.mark.parametrize("ground", KINDS)
@pytest.mark.parametrize("change", CHANGES)
def test_changed_writing_differs_and_is_no_caption(ground: str, change: str, photographs: list[Pixels]) -> None:
    told_so = 0
    for number, picture in enumerate(photographs):
        for post in ("", "posted"):
            rng = np.random.default_rng([1, number])
            before, after, blob = written(picture, ground, change, rng)
            found = laid_as_sent(WAYS[post](after, rng) if post else kept(jpeg(after, 92)), before)
            assert found.outcome in (Compared.DIFFERS, Compared.NO_DIFFERENCE), found.regions
            for region in found.regions:
                x, y, width, height = region.box_px
                assert (blob[y : y + height, x : x + width] > 0).any() and not region.what
            told_so += any(region.writing for region in found.regions)
    assert told_so >= 2


@pytest.mark.parametrize("ground", KINDS)
def test_writing_as_it_was_is_no_difference(ground: str, photographs: list[Pixels]) -> None:
    rng = np.random.default_rng(2)
    before, _, _ = written(photographs[0], ground, "word", rng)
    for way in ("half size", "resaved"):
        assert laid_as_sent(WAYS[way](before, rng), before).outcome is Compared.NO_DIFFERENCE


def page(lines: tuple[str, ...]) -> Pixels:
    sheet = np.full(SIZE, 245, np.uint8)
    sheet[:, 420:] = texture(3)[:, 420:]
    for number, line in enumerate(lines):
        cv2.putText(sheet, line, (20, 60 + 55 * number), cv2.FONT_HERSHEY_DUPLEX, 1.0, (20, 20, 20), 2, cv2.LINE_AA)
    return sheet


LINES = ("Invoice 20418", "Sum due 1740", "Paid by cash", "Number 33017")


def test_the_answer_says_that_the_writing_differs() -> None:
    found = laid_as_sent(kept(jpeg(page((*LINES[:1], "Sum due 9240", *LINES[2:])), 90)), page(LINES))
    assert found.outcome is Compared.DIFFERS
    said = told._evidence(matched(), found, size_px=(SIZE[1], SIZE[0]))
    assert said.statement.count(READS_OTHERWISE) == 1 and "It looks like" not in said.statement
    sentences = [one.text for one in answered([said])]
    assert sum(one.startswith(READS_OTHERWISE) for one in sentences) == 1
    assert sentences[0].startswith("Differs from") and READS_OTHERWISE not in sentences[0]


@pytest.mark.parametrize("kind", ["box", "sticker", "line", "words below"])
def test_what_is_laid_over_a_page_keeps_its_name(kind: str) -> None:
    """Over writing or beside it: a black box, a sticker with a word of its own, a line, a caption of another ink."""
    copy = page(LINES)
    if kind == "box":
        copy[80:130, 160:300] = 20
    elif kind == "sticker":
        copy[80:140, 150:330] = (200, 30, 40)
        cv2.putText(copy, "SALE", (170, 125), cv2.FONT_HERSHEY_DUPLEX, 1.4, (255, 255, 255), 3, cv2.LINE_AA)
    elif kind == "line":
        cv2.line(copy, (15, 105), (330, 105), (20, 20, 20), 7)
    else:
        cv2.putText(copy, "SEEN THIS MORNING", (20, 330), cv2.FONT_HERSHEY_DUPLEX, 1.2, (200, 30, 40), 3, cv2.LINE_AA)
    found = laid_as_sent(kept(jpeg(copy, 90)), page(LINES))
    assert found.regions and not any(region.writing for region in found.regions)


@pytest.mark.filterwarnings("error")
def test_a_caption_over_a_plain_sky_has_no_line_to_belong_to() -> None:
    """Neither ground nor colour of the picture makes it writing that both have."""
    reference = np.full(SIZE, 150, np.uint8)
    reference[250:] = texture(4)[250:]
    copy = reference.copy()
    cv2.putText(copy, "SEEN THIS MORNING", (30, 110), cv2.FONT_HERSHEY_DUPLEX, 1.3, (250, 250, 250), 3, cv2.LINE_AA)
    found = laid_as_sent(kept(jpeg(copy, 90)), reference)
    assert found.outcome is Compared.OVERLAID
    assert {region.what for region in found.regions} == {"caption or text"}


def test_a_texture_without_colour_is_no_writing() -> None:
    """Of two colours are all its pixels; those of a veil over it as well."""
    reference = texture(2)
    copy = reference.astype(np.float64)
    copy[120:220, 150:330] = 0.75 * copy[120:220, 150:330] + 0.25 * 255
    found = laid_as_sent(kept(jpeg(copy.astype(np.uint8), 88)), reference)
    assert found.regions and not any(region.writing for region in found.regions)


def test_thousands_of_strokes_that_stand_alone_take_no_minutes() -> None:
    """Each is held against each other: a page of bars too far apart to be one line, all of them exchanged."""
    shape = 900, 1300
    pages = []
    for start in (30, 38):
        page = np.full((*shape, 3), 245, np.float32)
        for row in range(20, shape[0] - 30, 12):
            for column in range(start, shape[1] - 40, 16):
                page[row : row + 8, column : column + 2] = 20
        pages.append(page)
    mask = np.zeros(shape, np.bool_)
    mask[15:-15, 15:-15] = True
    begun = time.process_time()
    assert not rewritten(pages[1], pages[0], mask, drawn=True)
    assert time.process_time() - begun < 5
