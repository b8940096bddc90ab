"""Papers of one form that were filled in differently share an element; copies of one paper stay copies."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter, ImageFont, ImageOps

from provenance import add, compare
from provenance.desk.desk import Desk
from provenance.matching.full.filled import Writing, filled_differently, writing
from provenance.model.finding import Question
from provenance.model.matches import Answer, Match
from tests.matching.pictures import sample, saved

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SIZE = 560, 1100
ITEMS = "ORDER CHIT NCR", "BALL PEN BLUE", "FILE A4 WHITE", "GLUE STICK 21G", "PAPER CLIPS 50", "STAPLES NO 10"


def receipt(seed: int, *, scanned: bool = True) -> Pillow.Image:
    """One shop's form; numbers, dates and amounts by the seed. Scanned: shaded paper with the scanner's noise."""
    some = np.random.default_rng(seed)
    page = Pillow.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(page)

    def line(top: int, left: int, words: str, size: int = 22) -> None:
        draw.text((left, top), words, (25, 25, 25), ImageFont.load_default(size))

    line(40, 60, "HARBOUR STATIONERY", 40)
    for number, words in enumerate(
        ("12 Quay Street, Old Harbour", "Tel: 0312 555 019  Fax: 0312 555 020", "TAX INVOICE")
    ):
        line(100 + 34 * number, 60, words)
    emblem = Pillow.radial_gradient("L").resize((110, 110)).point(lambda level: 40 + level * 3 // 4)
    page.paste(emblem.convert("RGB"), (430, 90))
    issued = f"{some.integers(10, 28)}/0{some.integers(1, 9)}/2017"
    line(220, 60, f"Invoice no: {some.integers(10**6, 10**7)}   Date: {issued}")
    for top in (265, 570, 790):
        draw.line((40, top, 520, top), (25, 25, 25), 3)
    total = 0
    for number in range(6):
        price = int(some.integers(101, 9999))
        total += price
        line(285 + 46 * number, 60, f"{number + 1}. {ITEMS[number]}")
        line(285 + 46 * number, 420, f"{price / 100:.2f}")
    for number, (words, amount) in enumerate(
        (("Total", total), ("GST 6 %", total * 6 // 100), ("Change", total % 731))
    ):
        line(590 + 60 * number, 160, words, 28)
        line(590 + 60 * number, 400, f"{amount / 100:.2f}", 28)
    below = "Goods sold are not returnable", "THANK YOU FOR YOUR CUSTOM", "Keep this receipt as proof of purchase"
    for number, words in enumerate((*below, "Open daily from nine to six", "www.harbour-stationery.example")):
        line(820 + 46 * number, 60, words)
    return paper(page, seed) if scanned else page


def paper(page: Pillow.Image, seed: int) -> Pillow.Image:
    """Printed on paper that is shaded, creased and grey, of its own each, as a scanner shows it."""
    rng = np.random.default_rng(seed)
    creases = np.asarray(Pillow.fromarray(rng.integers(0, 255, (28, 14), np.uint8)).resize(page.size, 3)) / 255
    shade = 0.82 + 0.12 * creases[..., None]
    noise = rng.normal(0, 3, (page.height, page.width, 3))
    return Pillow.fromarray((np.asarray(page) * shade + noise).clip(0, 255).astype(np.uint8))


def halved(shown: Pillow.Image) -> Pillow.Image:
    return saved(shown.resize((shown.width // 2, shown.height // 2), Pillow.Resampling.LANCZOS), 70)


def photographed(shown: Pillow.Image) -> Pillow.Image:
    """On a table, at an angle, a little soft."""
    width, height = shown.size
    corners = (-30, -40, -20, height + 50, width + 40, height + 30, width + 25, -35)
    seen = shown.transform(
        shown.size, Pillow.Transform.QUAD, corners, Pillow.Resampling.BICUBIC, fillcolor=(90, 70, 50)
    )
    return saved(seen.filter(ImageFilter.GaussianBlur(0.8)), 75)


def retouched(shown: Pillow.Image) -> Pillow.Image:
    """The total exchanged."""
    altered = shown.copy()
    draw = ImageDraw.Draw(altered)
    draw.rectangle((390, 585, 520, 635), shown.getpixel((385, 600)))
    draw.text((400, 590), "871.36", (25, 25, 25), ImageFont.load_default(28))
    return saved(altered, 85)


def answers(asked: Pillow.Image, held: Pillow.Image, folder: Path) -> list[Match]:
    """What a search and a comparison of both say."""
    first, second = folder / "asked.png", folder / "held.png"
    asked.save(first)
    held.save(second)
    add([second], reference=folder / "set")
    with Desk(references=[folder / "set"], questions=(Question.SEEN_BEFORE,)) as desk:
        found = [item for item in desk.check(first).report.evidence if isinstance(item, Match)]
    return [*found, compare(first, second)[0]]


@pytest.mark.parametrize("scanned", [True, False])
def test_another_receipt_of_the_shop_is_no_copy_and_states_no_chance(scanned: bool, tmp_path: Path) -> None:
    found = answers(saved(receipt(6, scanned=scanned), 85), receipt(1, scanned=scanned), tmp_path)
    assert len(found) == 2
    assert {one.answer for one in found} == {Answer.SHARED_ELEMENT}
    assert {one.one_false_match_in for one in found} == {0}


@pytest.mark.parametrize(
    "worn",
    [
        lambda shown: saved(shown, 30),
        halved,
        lambda shown: saved(shown.filter(ImageFilter.GaussianBlur(1.5)), 70),
        lambda shown: saved(shown.crop((0, 80, 560, 900)), 75),
        photographed,
        retouched,
    ],
    ids=["saved", "halved", "blurred", "cropped", "photographed", "one number exchanged"],
)
def test_a_copy_of_a_receipt_stays_one(worn: Callable[[Pillow.Image], Pillow.Image], tmp_path: Path) -> None:
    found = answers(worn(receipt(1)), receipt(1), tmp_path)
    assert len(found) == 2
    assert {one.answer for one in found} == {Answer.COPY}


def told(first: Pillow.Image, second: Pillow.Image) -> Writing | None:
    width, height = second.size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    grey, colours = np.asarray(first.convert("L")), np.asarray(second)
    return writing(np.eye(3), grey, colours, reference_xy=corners, size_px=second.size)


def test_words_lines_and_their_spread_are_counted() -> None:
    same, exchanged, other = (told(one, receipt(1)) for one in (receipt(1), retouched(receipt(1)), receipt(6)))
    assert same is not None
    assert (same.words, same.lines) == (0, 0)
    assert exchanged is not None
    assert (exchanged.words > 0, exchanged.lines) == (True, 1)
    assert not filled_differently(exchanged)
    assert other is not None
    assert other.lines >= 8
    assert other.spread > 0.4
    assert filled_differently(other)


def test_a_dark_page_is_read_as_a_light_one() -> None:
    seen = told(ImageOps.invert(receipt(6)), ImageOps.invert(receipt(1)))
    assert seen is not None
    assert filled_differently(seen)


@pytest.mark.parametrize(
    ("words", "lines", "spread", "median"), [(3, 3, 0.9, 0.95), (9, 2, 0.9, 0.95), (9, 6, 0.2, 0.95), (9, 6, 0.9, 0.8)]
)
def test_what_differs_in_one_place_or_cannot_be_read_is_no_other_paper(
    words: int, lines: int, spread: float, median: float
) -> None:
    assert filled_differently(Writing(words=4, lines=3, spread=0.25, median=0.85))
    assert not filled_differently(Writing(words=words, lines=lines, spread=spread, median=median))


def test_a_photograph_is_no_page_whatever_is_written_over_it() -> None:
    shown = ImageOps.contain(sample("reference/railcar_yard.jpg"), (640, 640))
    captioned = []
    for words in ("BREAKING NEWS", "LATEST REPORT"):
        drawn = shown.copy()
        for top in range(40, shown.height - 40, 60):
            ImageDraw.Draw(drawn).text((40, top), words, "white", ImageFont.load_default(40))
        captioned.append(drawn)
    assert told(*captioned) is None
