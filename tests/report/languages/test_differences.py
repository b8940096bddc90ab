"""What a comparison says of regions, in every form, is told in every language."""

from __future__ import annotations

import itertools

import pytest

from provenance.forensics.comparison import phrases
from provenance.model.differences import DifferingRegion
from provenance.report.languages.tongue import tongue

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
