"""What a comparison says of regions, in every form, is told in every language."""

from __future__ import annotations

import itertools

import pytest

from provenance.forensics.comparison import phrases
from provenance.forensics.copy_move.identical import EQUAL
from provenance.model.differences import Compared, Comparison, DifferingRegion, SuspectRegion
from provenance.model.matches import Reference
from provenance.model.source import Source, SourceKind
from provenance.report.details import details
from provenance.report.languages.tongue import tongue
from provenance.report.page_words import OUR_ROWS
from provenance.report.regions import regions as rows_of

LOOKS = ("", "caption or text", "watermark or logo", "plain bar or frame", "blurred or pixelated")
NAMES = ("a.jpg", "one photo.jpg in set", phrases.REFERENCE)


def region(what: str = "", *, lost: bool = False, writing: bool = False, share: float = 0.031) -> DifferingRegion:
    return DifferingRegion(
        box_px=(3, 4, 50, 60),
        share=share,
        outlines=(),
        what=what,
        log10_nfa=-12.3,
        window_blocks=(0, 0, 3, 3),
        blocks=9,
        unusual=8,
        level=3.0,
        chance=0.05,
        tests=1000,
        detail_lost=lost,
        writing=writing,
    )


ONE = [
    (region(look, lost=lost, writing=writing, share=share),)
    for look, lost, writing, share in itertools.product(LOOKS, (False, True), (False, True), (0.031, 0.0001))
]
SEVERAL = [
    (region(first, lost=lost, writing=writing), region(second))
    for first, second, lost, writing in itertools.product(LOOKS, LOOKS, (False, True), (False, True))
] + [tuple(map(region, LOOKS[1:4]))]


@pytest.mark.parametrize("code", ["ru", "uk", "ko"])
@pytest.mark.parametrize("regions", [ONE, SEVERAL], ids=["one", "several"])
def test_every_form_is_told(code: str, regions: list[tuple[DifferingRegion, ...]]) -> None:
    into = tongue(code)
    for some, name in itertools.product(regions, NAMES):
        said = phrases.differs(some, "at the upper left", name)
        whole = f"{said.answer} ({said.box}); {said.rare}."
        first = whole if name == phrases.REFERENCE else f"{said.answer}."
        parts = (first, said.look, said.writing) if name == phrases.REFERENCE else (first, said.look)
        text = " ".join(filter(None, parts))
        told = into.told(text)
        assert told is not None, text
        assert "3.1 %" in told.replace(",", ".") or "0.1 %" in told.replace(",", "."), told


DETAILS = (
    "",
    EQUAL,
    "compressed once by 12 of 15 frequencies",
    "grid from 3, 5 where the rest has 0, 0",
    "equal to its partner, which lies turned by 1.5 degrees at a scale of 0.98",
    "equal to its partner, which lies turned by -90.0 degrees at a scale of 1.02",
)


def suspect(detail: str) -> SuspectRegion:
    return SuspectRegion(
        box_px=(3, 4, 1250, 60),
        share=0.4,
        outlines=(),
        log10_nfa=-2443.5,
        window_px=(0, 0, 300, 400),
        trials=1200,
        hits=1100,
        chance=5e-05,
        tests=12_000,
        detail=detail,
    )


@pytest.mark.parametrize("code", ["ru", "uk", "ko"])
def test_every_region_of_a_table_is_told(code: str) -> None:
    into = tongue(code)
    drawn = [one for some in (*ONE, *SEVERAL) for one in some]
    for text in (*rows_of(drawn), *rows_of([suspect(detail) for detail in DETAILS])):
        told = into.told(text, "region")
        assert told is not None and "of the picture" not in told and "blocks" not in told, text


@pytest.mark.parametrize("code", ["ru", "uk", "ko"])
@pytest.mark.parametrize("outcome", list(Compared))
def test_every_row_of_a_comparison_is_told(code: str, outcome: Compared) -> None:
    strip = "a plain strip below, 12 % of the height, laid over the reference"
    item = Comparison(
        source=Source(kind=SourceKind.PROGRAM, name="this program", origin="this check"),
        statement="",
        method="comparison",
        limits=(),
        reference=Reference(set_name="set", image_id="0" * 64, path="a.jpg", width_px=0, height_px=0),
        outcome=outcome,
        regions=(region("caption or text"), region(writing=True)),
        where="at the upper left",
        also=("tone or colour", "saving with loss", strip),
        beside=(strip,),
        each_beyond=True,
        block_px=8.0,
        blocks=400,
        log10_nfa=-12.3,
        reason="too few pixels of both are left to compare",
    )
    into, rows = tongue(code), details(item)
    assert [row.label for row in rows].count("region") == 2 and [row.text for row in rows].count(strip) == 1
    assert "blocks compared" in {row.label for row in rows}, "its number would be read as a sentence on points"
    for row in rows:
        assert into.word(row.label, "label") != row.label, row.label
        if row.label in OUR_ROWS:
            assert into.told(row.text, OUR_ROWS[row.label]) is not None, row
