"""The block of searches by hand: prepared for the picture's address where one is known, as text that leads nowhere."""

import dataclasses
import re
from urllib.parse import unquote

from provenance.model.report import Report
from provenance.report import html
from provenance.report.by_hand import ENGINES, address_of, by_hand
from provenance.report.edition.edition import edition
from provenance.report.edition.parts import ALL

ADDRESS = "https://pictures.example/a b.jpg?x=1&y=<script>"


def known(report: Report) -> Report:
    return dataclasses.replace(report, settings={**report.settings, "addresses": ["ftp://x", ADDRESS]})


def test_each_engine_gets_the_address_of_the_picture(founding: Report) -> None:
    rows = by_hand(known(founding))
    assert [row.label for row in rows] == [name for name, *_ in ENGINES]
    for row, (_, start, _) in zip(rows, ENGINES, strict=True):
        assert row.text.startswith(start) and unquote(row.text.removeprefix(start)) == ADDRESS
        assert not re.search(r"[<> ]", row.text)


def test_without_an_address_the_front_pages_are_named(founding: Report) -> None:
    assert address_of(founding) == "" and [row.text for row in by_hand(founding)] == [front for *_, front in ENGINES]
    page = html.render(founding, {})
    assert 'id="by-hand"' in page and "decide first whether it may leave" in page and 'href="http' not in page


def test_an_edition_for_publication_tells_no_address(founding: Report) -> None:
    page = html.render(known(founding), {})
    assert "pictures.example" in page and "<script>" not in page
    made = edition(known(founding), ALL).report
    assert "pictures.example" not in html.render(made, {}) and "addresses" not in made.settings
